"""The library that a build of the book is made from."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sphinx.application import Sphinx

from ..cards.library import Library

#: By the application and not in its environment: the library is read anew for each build and never pickled.
_read: WeakKeyDictionary[Sphinx, Library] = WeakKeyDictionary()


def keep(app: Sphinx, library: Library) -> None:
    """Say which library a build reads."""
    _read[app] = library


def library_of(app: Sphinx) -> Library:
    """The library of a build. Raises KeyError before it was read."""
    return _read[app]
