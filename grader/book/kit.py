"""The kit in the book: each sheet as a page that can be printed, lists of sheets, the files beside the pages, and from
a chapter to its sheets."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from .directive import CardDirective, html, one_line
from .library import library_of
from ..cards.library import Library
from ..cards.sheet import Blank, Checks, Grid, Heading, Line, Part, Points, Sheet, Signatures, Words, parts
from ..kit import CannotMake, make
from ..kit.make import names
from ..kit.words import FIT, about, dated, fits, review
from ..language import t

ROOM = "kit/"
FILES = "files"  # beside the pages of the kit
WORKSHEET = "appendix/jurisdiction"
RULED = "[\u00a0]{.candor-blank}"


def show(app: Sphinx, docname: str, source: list[str]) -> None:
    """The file of a sheet becomes its page."""
    sheet = sheet_of(library_of(app), docname)
    if sheet:
        source[0] = page(sheet, library_of(app))


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the files to which they link."""
    if exception or app.builder.format != "html" or not library_of(app).sheets:
        return
    try:
        for _ in make(library_of(app), Path(app.outdir) / ROOM / FILES):
            pass
    except CannotMake as error:
        raise ExtensionError(str(error)) from None


def link_sheets(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """At a chapter's end: the sheets of the kit that serve what it teaches. A sheet's own page is marked as one."""
    section = next(iter(doctree.findall(nodes.section)), None)
    if section is None or app.builder.format != "html":
        return
    if sheet_of(library_of(app), docname):
        section["classes"].append("candor-sheet")
    name = docname.rpartition("/")[2]
    links = [
        f'<a href="{app.builder.get_relative_uri(docname, ROOM + sheet.name)}">{escape(sheet.title)}</a>'
        for sheet in library_of(app).sheets.values()
        if name in sheet.chapters and not sheet.retired and ROOM + sheet.name in app.env.found_docs
    ]
    if links:
        said = t("<strong>From the kit:</strong> {links}.", links="; ".join(links))
        words = f'<p class="candor-assignment">{said}</p>'
        section.append(nodes.raw("", words, format="html"))


class Sheets(CardDirective):
    """Sheets of the kit, in the order named: what each is for, and its files."""

    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        items = []
        for name in self.arguments[0].split():
            if sheet := self.find("sheets", name):
                words = f"[{sheet.title}](/{ROOM}{name}.md). {one_line(sheet.use)}"
                files = [] if sheet.retired else [html(_links(sheet))]
                items.append(nodes.list_item("", *self.parse(words), *files))
        return [nodes.bullet_list("", *items, classes=["candor-sheets"])]


def page(sheet: Sheet, library: Library) -> str:
    """A sheet as MyST: what it is and must be fitted to, its files, the sheet itself, what it rests on."""
    facts = "\n".join(f"- **{label}:** {words}" for label, words in about(sheet))
    fit = "\n\n".join(f"**{label}.** {words}" for label, words in fits(sheet))
    body = "\n\n".join(_part(part) for part in parts(sheet)[0])
    where = {str(page).rpartition("/")[2]: str(page) for page in library.toc}
    taught = [
        f"[{library.chapters[name].title}](/{where[name]}.md)"
        for name in map(str, sheet.chapters)
        if name in library.chapters and name in where
    ]
    worksheet = t("worksheet on the law where you are")
    if WORKSHEET in library.toc:
        worksheet = f"[{worksheet}](/{WORKSHEET}.md)"
    ask = t(
        "Answer the questions of the {worksheet}, change what differs, and ask your supervisor or a lawyer.",
        worksheet=worksheet,
    )
    where_taught = t(
        "Taught in: {chapters}. All sheets: [a kit to work with]({kit}).",
        chapters=", ".join(taught) or t("no chapter yet"),
        kit=f"/{ROOM}index.md",
    )
    version = dated(sheet)
    end = f"{sheet.rests_on.strip()}\n\n" if sheet.rests_on else ""
    return "\n\n".join(
        [
            f"# {sheet.title}",
            f"{{.candor-badge}}\n{review(sheet)} {version[:1].upper()}{version[1:]}. CC BY 4.0.",
            facts,
            "" if sheet.retired else f"```{{raw}} html\n{_links(sheet)}\n```",
            f":::{{admonition}} {t(FIT)}\n:class: note\n{fit}\n\n{ask}\n:::",
            body,
            f"## {t('What this sheet rests on')}\n\n{end}{where_taught}",
        ]
    )


def sheet_of(library: Library, docname: str) -> Sheet | None:
    """The sheet of the kit that is a page; None for any other page."""
    return library.sheets.get(docname.removeprefix(ROOM)) if docname.startswith(ROOM) else None


def _links(sheet: Sheet) -> str:
    links = "".join(f'<a class="candor-button" href="{FILES}/{name}">{words}</a>' for name, words in names(sheet))
    title = escape(sheet.title, quote=True)
    label = t("Files: {title}", title=title)
    return f'<p class="candor-files" role="group" aria-label="{label}">{links}</p>'


def _part(part: Part) -> str:
    match part:
        case Heading(level, text):
            return f"{'#' * (level + 1)} {text}"
        case Words(text, kind):
            return f"> {text}" if kind == "say" else text
        case Points(items, numbered):
            return "\n".join(f"{number}. {item}" if numbered else f"- {item}" for number, item in enumerate(items, 1))
        case Checks(items):
            ticks = "\n".join(f"- {one.label}" for one in items)
            return f"{{.candor-ticks}}\n{ticks}"
        case Line(blanks):
            return _line(blanks)
        case Grid(head, rows):
            cells = [[("\u00a0" if isinstance(cell, Blank) else cell) for cell in row] for row in rows]
            rows_of_text = [" | ".join(line) for line in (head, ["---"] * len(head), *cells)]
            return "\n".join(f"| {line} |" for line in rows_of_text)
        case Signatures(people):
            return "\n\n".join(_side(t("{role}, name", role=role), t("Signature"), t("Date")) for role, _, _ in people)


def _line(blanks: tuple[Blank, ...]) -> str:
    first = blanks[0]
    if first.lines > 1:
        tall = min(4, -(-first.lines // 2))
        return f'{first.label}\n\n```{{raw}} html\n<div class="candor-room candor-room-{tall}"></div>\n```'
    return _side(*(blank.label for blank in blanks))


def _side(*labels: str) -> str:
    fields = " ".join(f"[{label}: {RULED}]{{.candor-field}}".replace("?:", "?") for label in labels)
    return f"{{.candor-line}}\n{fields}"


DIRECTIVES = {"sheets": Sheets}
