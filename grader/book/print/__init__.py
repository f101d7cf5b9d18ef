"""The book to keep and to print: as EPUB, and as PDF."""

from . import edition, transform
from .epub import Epub

__all__ = ["Epub", "edition", "transform"]
