"""The book to keep and to print: as EPUB, and as PDF."""

from . import beside, transform
from .epub import Epub
from .pdf import Pdf

__all__ = ["Epub", "Pdf", "beside", "transform"]
