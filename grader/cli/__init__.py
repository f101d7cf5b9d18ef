"""The commands: parse words, call, print, show progress, exit. No logic lives here.

Exit 0: clean. 1: there is something to mend. 2: cannot run. Imports are lazy, so that a command starts at once.
"""

from .door import main

__all__ = ["main"]
