"""pybtex looks up its plug-ins anew for each citation, and reads every installed package's metadata to do so.

Remembering the answer takes a third off a build of this book.
"""

from __future__ import annotations

import functools


def remember_plugins() -> None:
    import pybtex.plugin

    known = pybtex.plugin.entry_points
    if not hasattr(known, "cache_info"):
        pybtex.plugin.entry_points = functools.lru_cache(None)(known)
