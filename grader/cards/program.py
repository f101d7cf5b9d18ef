"""A program's own edition as data: `program.yml`, and the folder that it stands in.

An edition is a folder with that file and any of `book`, `case_vignettes` and `exercises`, laid over a library. It holds
what differs and nothing of the library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .fields import read_alone
from .problem import Problem, Text
from .vocabulary import optional, required
from ..language import untranslated

FILE = "program.yml"
#: What refers to a page or a card that goes, and what may be done with it. What is replaced is named under `replaced`.
CHOICES = {
    "questions": ("drop",),
    "reflections": ("drop",),
    "cases": ("drop", "keep"),
    "assignments": ("drop", "keep"),
    "exams": ("drop", "keep"),
    "guides": ("keep",),
    "pages": ("keep",),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """Pages or cards that are left out or replaced, and what becomes of all that refers to what goes with them."""

    what: tuple[Text, ...] = required("Chapters by name, pages as FOLDER/NAME, or files as exercises/exams/NAME.yml")
    questions: Text = optional("Questions and sets that test what is gone: drop", words=CHOICES["questions"])
    reflections: Text = optional("Reflections on what is gone: drop", words=CHOICES["reflections"])
    cases: Text = optional(
        "Cases that serve it, or ask what is gone: drop; or keep, without that", words=CHOICES["cases"]
    )
    assignments: Text = optional("Assignments, in the same way: drop or keep", words=CHOICES["assignments"])
    exams: Text = optional(
        "Forms of cases that draw from a part of the book that goes: drop or keep", words=CHOICES["exams"]
    )
    guides: Text = optional("Sheets, protocols and conversations: keep", words=CHOICES["guides"])
    pages: Text = optional(
        "Pages that link to it or show a card of it: keep; the words of a link stay", words=CHOICES["pages"]
    )
    each: dict[Text, Text] = optional("A choice for one file, by its name, where it differs", default={})


@dataclass(frozen=True, kw_only=True)
class Added:
    """A page of the program's own, and where it stands in the table of contents."""

    page: Text = required("The page: FOLDER/NAME, the file is book/FOLDER/NAME.md")
    after: Text = optional("The page behind which it stands, or its chapter's name")
    part: Text = optional("The caption of its part; one that is not there begins a part of its own")


@dataclass(frozen=True, kw_only=True)
class Program:
    """Who publishes an edition, how it looks, and what in it differs from the library. `path`: its file."""

    path: Path = field(metadata={"internal": True})
    name: Text = required("The program's name, as it stands where the library's own would stand")
    language: Text = optional("The language of the pages, such as en-GB", default=Text("en"))
    about: Text = optional("Who the program is, in a sentence, for search engines")
    logo: Text = optional("An SVG or PNG file in this folder")
    favicon: Text = optional("An SVG or PNG file in this folder, for the browser's tab")
    contact: Text = optional("Whom readers write to: an address of mail or of a page")
    address: Text = optional("Where the site will stand: https://program.example/candor")
    licence: Text = optional("What holds for the program's own pages, in a sentence")
    colours: dict[Text, tuple[Text, ...]] = optional(
        "A colour's name: its value on light ground, then on dark", default={}
    )
    places: tuple[Text, ...] = optional("Whose law and help lines are shown; all where none is named", default=())
    bodies: tuple[Text, ...] = optional("Whose requirements are shown; all where none is named", default=())
    left_out: tuple[Change, ...] = optional("What the edition does without", default=())
    replaced: tuple[Change, ...] = optional("What the edition has its own file for", default=())
    added: tuple[Added, ...] = optional("Pages of the program's own", default=())
    rules: dict[Text, Text] = optional(
        "A rule's code: error, where the program asks for more; warning, for some of the house's form", default={}
    )

    @property
    def folder(self) -> Path:
        return self.path.parent


def find_edition(start: Path) -> Path | None:
    """The nearest folder at or above `start` that is an edition; absent in a library, also in one that lies in an
    edition's folder."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
        if (folder / "book" / "_toc.yml").is_file():
            return None
    return None


@untranslated()
def read_program(folder: Path, shown: str = "") -> tuple[Program | None, list[Problem]]:
    """The program of an edition's folder, and what is wrong with its file; None where it cannot be used. `shown` is the
    path of the file as messages print it."""
    return read_alone(Program, folder.resolve() / FILE, "an edition", shown)
