"""How a page and a paper look, and how a file is written. It knows nothing of cards, courses and trainees."""

from .files import write
from .interval import FEWEST, Interval, wilson

__all__ = ["FEWEST", "Interval", "wilson", "write"]
