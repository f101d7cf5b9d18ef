"""The kit: sheets that a clinician prints or fills in, as PDF and DOCX, made from one file each."""

from .make import CannotMake, make

__all__ = ["CannotMake", "make"]
