"""Rules for the sheets of the kit: each line is a part of a sheet, what a sheet names is there, and it can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, Text, near, problem, rule
from ..cards.sheet import parts

CITED = re.compile(r"\{cite:[pt]\}`([^`]+)`")


@rule("K001")
def sheet_part(library: Library) -> Iterator[Problem]:
    """A line of a sheet is none of its parts, so it can neither be printed nor filled in.

    A sheet has headings (`## What we agree`), paragraphs, words to say (`> ...`), lists (`- ...`, `1. ...`), boxes to
    tick (`- [ ] ...`), fields (`Name: ____  Date: ____`, or `What happened: ____ 6 lines`), tables in which each empty
    cell is a field (`| 6 rows |` makes empty rows), and `Signatures: Client; Therapist`. An empty line parts them.
    """
    for sheet in library.sheets.values():
        for bad in parts(sheet)[1]:
            yield problem(sheet_part, library.shown(sheet.path), bad.at, bad.message, bad.hint)


@rule("K002")
def sheet_names(library: Library) -> Iterator[Problem]:
    """A sheet names a chapter or a work that is not there. Its page would lead nowhere.

    `chapters` holds the names of chapters; what `rests_on` cites stands in `book/references.bib`.
    """
    planned = {page.rpartition("/")[2] for page in library.outline}
    for sheet in library.sheets.values():
        path = library.shown(sheet.path)
        for name in sheet.chapters:
            if name not in library.chapters and name not in planned and not library.there("chapters", name):
                yield problem(sheet_names, path, name, f"there is no chapter `{name}`", near(name, library.chapters))
        for key in ",".join(CITED.findall(sheet.rests_on)).split(","):
            if key.strip() and key.strip() not in library.works:
                words = f"`{key.strip()}` is not in the bibliography"
                yield problem(sheet_names, path, sheet.rests_on, words, near(key.strip(), library.works))


@rule("K003")
def sheet_listed(library: Library) -> Iterator[Problem]:
    """A sheet stands on no list of `book/kit/index.md` or in no table of contents. Nobody would find it.

    Name it in a {sheets} directive of the index, and as `kit/NAME` in `book/_toc.yml`. What the index names must have
    its sheet.
    """
    index = library.pages.get("kit/index", "")
    named: dict[str, Text] = {}
    for match in re.finditer(r"^`{3,}\{sheets\}[ \t]*(.*)$", index, re.MULTILINE):
        line = index.count("\n", 0, match.start()) + 1
        named |= {name: Text(name, line, match.start(1) - match.start() + 1) for name in match[1].split()}
    for sheet in library.sheets.values():
        path = library.shown(sheet.path)
        if sheet.retired:  # its page stays for old links; no list needs it
            continue
        if sheet.name not in named:
            what = "no list of the kit's index names this sheet"
            yield problem(sheet_listed, path, sheet.title, what, "Name it in book/kit/index.md.")
        elif f"kit/{sheet.name}" not in library.toc:
            what = "this sheet is not in the table of contents"
            yield problem(sheet_listed, path, sheet.title, what, f"Add `kit/{sheet.name}` to book/_toc.yml.")
    for name, at in named.items():
        if not library.there("sheets", name):
            what = f"there is no sheet `{name}`"
            yield problem(sheet_listed, "book/kit/index.md", at, what, near(name, library.sheets))


@rule("K007")
def sheet_files(library: Library) -> Iterator[Problem]:
    """Two sheets would have files of one name. The second would be written over the first.

    A sheet's files are called as it is, or as `outside` says. Change one of the two.
    """
    first: dict[str, str] = {}
    for sheet in library.sheets.values():
        if sheet.retired:  # it has no files
            continue
        other = first.setdefault(sheet.stem, sheet.name)
        if other != sheet.name:
            what = f"its files would be called `{sheet.stem}`, as those of `{other}` are"
            at = sheet.outside or sheet.title
            yield problem(sheet_files, library.shown(sheet.path), at, what, "Write other words for `outside`.")


CHECKS = (sheet_part, sheet_names, sheet_listed, sheet_files)
