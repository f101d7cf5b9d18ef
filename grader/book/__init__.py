"""The Sphinx extension of the book."""

from .extension import setup

__all__ = ["setup"]
