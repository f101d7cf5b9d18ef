"""What the book is made of: its table of contents, its pages, its outline and its bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .problem import Text
from .program import Program
from .source import Fields, Items, Node, read_fields, read_text, unmerged

if TYPE_CHECKING:
    from .library import Library

TOC, OUTLINE, WORKS = "book/_toc.yml", "book/outline.yml", "book/references.bib"
MERGED = (WORKS,)  # an edition's own is read beside the library's, not in its place
#: Pages of these folders carry no front matter of a chapter.
PLAIN = ("appendix", "conversations", "front", "kit", "places", "practice", "protocols")


def page_of(library: Library, path: Path) -> str:
    """The name of a page from its file: `ethics/confidentiality`."""
    home = next(home for home in reversed(library.homes) if path.is_relative_to(home / "book"))
    return path.relative_to(home / "book").with_suffix("").as_posix()


def read_book(library: Library) -> None:
    """Read into the library what the book is made of, apart from its cards."""
    toc, problems = read_fields(library.source(TOC), TOC)
    library.problems += problems
    if toc:
        library.contents = laid_out(toc, library.program)
        library.toc, library.parts = _walk(library.contents)
    for path in library.sources("book/**/*.md"):
        text, problems = read_text(path, library.shown(path))
        library.problems += problems or unmerged(text or "", library.shown(path))
        if text is not None:
            library.pages[page_of(library, path)] = Text(text, 1, 1)
    if (library.root / OUTLINE).is_file():
        outline, problems = read_fields(library.root / OUTLINE, OUTLINE)
        library.problems += problems
        library.outline = (
            {str(page): title for page, title in outline.values.items() if isinstance(title, Text)} if outline else {}
        )
    for home in library.homes:
        if home != library.root and not (home / WORKS).is_file():
            continue
        text, problems = read_text(home / WORKS, library.shown(home / WORKS))
        library.problems += problems or unmerged(text or "", library.shown(home / WORKS))
        for number, line in enumerate((text or "").split("\n"), 1):
            if match := re.match(r"@\w+\{([^,\s]+),", line):
                library.works.setdefault(match[1], Text(match[1], number, 1))


def named(page: str, names: Iterable[str]) -> bool:
    """Whether a page is one of those named: whole, as `front/how-to-use`, by its file, or a chapter by its name
    alone."""
    folder, _, name = page.rpartition("/")
    asked = {name.removeprefix("book/").removesuffix(".md") for name in names}
    return page in asked or bool(folder and folder not in PLAIN and name in asked)


def leaves_out(program: Program, page: str) -> bool:
    """Whether an edition does without a page: one that it names, or that of a place whose law it does not show."""
    folder, _, name = page.rpartition("/")
    hidden = folder == "places" and name != "index" and program.places and name not in program.places
    return bool(hidden) or any(named(page, change.what) for change in program.left_out)


def laid_out(toc: Fields, program: Program | None) -> Fields:
    """The table of contents of an edition: without the pages that it leaves out, with its own where it says."""
    if program is None:
        return toc
    made = _without(toc, program)
    for page in program.added:
        _put(made, page.page, str(page.after), str(page.part))
    return made


def _without(node: Fields, program: Program) -> Fields:
    """A group of fields without the entries of pages that go, and without parts that have none left."""
    made = Fields(line=node.line, column=node.column)
    for name, value in node.values.items():
        if isinstance(value, Items):
            kept: list[Node] = []
            for one in value.values:
                if isinstance(one, Fields):
                    page = one.get("file")
                    one, had = _without(one, program), _lists(one)
                    if leaves_out(program, page) if isinstance(page, Text) else had and not _lists(one):
                        continue
                kept.append(one)
            made.values[name] = Items(kept, value.line, value.column)
        else:
            made.values[name] = value
    return made


def _lists(node: Fields) -> bool:
    return any(isinstance(value, Items) and value.values for value in node.values.values())


def _put(toc: Fields, page: Text, after: str, caption: str) -> None:
    """Put a page behind another, or at the end of a part. A part that is not there begins behind the part of that
    other page, or at the end."""
    parts = toc.get("parts")
    if not isinstance(parts, Items):
        parts = toc.values[Text("parts")] = Items()
    entry = Fields({Text("file"): page}, page.line, page.column)
    behind = len(parts.values)
    for number, part in enumerate(parts.values):
        listed = part.get("chapters") if isinstance(part, Fields) else None
        if not isinstance(part, Fields) or not isinstance(listed, Items):
            continue
        place = next(
            (
                at
                for at, one in enumerate(listed.values, 1)
                if after and isinstance(one, Fields) and named(str(one.get("file")), [after])
            ),
            0,
        )
        own = part.get("caption") == caption
        if (place and not caption) or own:
            listed.values.insert(place or len(listed.values), entry)
            return
        behind = number + 1 if place else behind
    made: dict[Text, Node] = {Text("caption"): Text(caption)} if caption else {}
    parts.values.insert(behind, Fields({**made, Text("chapters"): Items([entry])}, page.line, page.column))


def _walk(toc: Fields) -> tuple[tuple[Text, ...], dict[str, str]]:
    """The files in the table of contents, in order, and for each chapter the caption of its part."""
    files: list[Text] = []
    parts: dict[str, str] = {}

    def visit(node: object, caption: str) -> None:
        if isinstance(node, Items):
            for child in node.values:
                visit(child, caption)
        elif isinstance(node, Fields):
            caption = str(node.get("caption") or caption)
            page = node.get("file") or node.get("root")
            if isinstance(page, Text):
                files.append(page)
                if "/" in page and page.split("/")[0] not in PLAIN:
                    parts[str(page)] = caption
            for child in node.values.values():
                if isinstance(child, (Items, Fields)):
                    visit(child, caption)

    visit(toc, "")
    return tuple(files), parts
