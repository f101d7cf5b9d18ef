"""A sheet as a DOCX for a word processor: real headings and tables, and content controls where one writes.

A control shows a line or spaces until something is typed into it, so that the same file can be printed and filled in
by hand. python-docx makes the document; what it has no word for (controls, page numbers) is written as its XML.
"""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch
from io import BytesIO
from itertools import count

from docx import Document
from docx.document import Document as Made
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from . import word, words
from .paper import widths
from ..cards.sheet import (
    Blank,
    Checks,
    Grid,
    Heading,
    Line,
    Part,
    Points,
    Sheet,
    Signatures,
    Words,
    parts,
    plain,
    spans,
)
from ..language import t
from ..web import tokens
from ..web.brand import brand
from ..web.paper import pages

PAPERS = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
SIDE = Mm(20)
SERIF, SANS = "Georgia", "Calibri"
ROOM = "\u00a0" * 6
WIDE = 78  # letters of a line


def docx(sheet: Sheet, size: str) -> bytes:
    """A sheet as DOCX, `a4` or `letter`."""
    made = Document()
    width, height = PAPERS[size]
    section = made.sections[0]
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = SIDE
    section.top_margin = section.bottom_margin = Mm(16)
    section.header_distance = section.footer_distance = Mm(8)
    room = width - 2 * SIDE
    _styles(made)
    _frame(made, sheet, room)
    made.add_paragraph(sheet.printed, style="Title")
    made.add_paragraph(words.review(sheet), style="Quiet")
    writer = _Writer(made, room)
    for part in parts(sheet)[0]:
        if isinstance(part, Signatures):  # nobody signs a page that does not say what is signed
            made.paragraphs[-1].paragraph_format.keep_with_next = True
        _part(part, writer)
    _fit(made, sheet)
    core = made.core_properties
    core.title, core.author, core.language, core.comments = (
        sheet.printed,
        f"{brand().name} contributors",
        "en",
        words.foot(sheet),
    )
    core.created = core.modified = datetime.combine(words.day(sheet), datetime.min.time())
    core.last_modified_by = core.author
    out = BytesIO()
    made.save(out)
    return word.dated(out.getvalue(), words.day(sheet))


def _colour(name: str) -> RGBColor:
    return RGBColor.from_string(tokens.colour(name).lstrip("#").upper())


def _styles(made: Made) -> None:
    text = made.styles["Normal"]
    text.font.name, text.font.size, text.font.color.rgb = SANS, Pt(11), _colour("ink")
    text.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>'))
    text.paragraph_format.space_after = Pt(6)
    for name, size, colour in (("Title", 24, "ink"), ("Heading 1", 15, "ink"), ("Heading 2", 12.5, "act")):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = SERIF, Pt(size), True, _colour(colour)
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[key]
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.9), Pt(4)
        for border in style.element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)
    for name, size, colour in (("Quiet", 9.5, "ink-2"), ("Say", 11.5, "voice"), ("Fit", 10, "note")):
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = text
        style.font.size, style.font.color.rgb = Pt(size), _colour(colour)
    made.styles["Say"].font.name = SERIF
    made.styles["Fit"].paragraph_format.space_after = Pt(3)
    made.styles["Say"].paragraph_format.left_indent = Mm(6)


def _frame(made: Made, sheet: Sheet, room: int) -> None:
    section = made.sections[0]
    head = section.header.paragraphs[0]
    head.style = made.styles["Quiet"]
    head.paragraph_format.tab_stops.clear_all()
    head.paragraph_format.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(brand().name).bold = True
    head.add_run(f"\t{t(words.PROGRAM)}")
    foot = section.footer.paragraphs[0]
    foot.style = made.styles["Quiet"]
    foot.add_run(words.foot(sheet))
    before, between, behind = pages()
    for words_before, code in ((f" {before}", "PAGE"), (between, "NUMPAGES")):
        foot.add_run(words_before)
        foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    if behind:
        foot.add_run(behind)


class _Writer:
    def __init__(self, made: Made, room: int):
        self.made, self.room, self.ids = made, room, count(1)

    def spans(self, paragraph: Paragraph, text: str) -> Paragraph:
        for piece, kind in spans(text):
            run = paragraph.add_run(piece)
            run.bold, run.italic = kind == "bold" or None, kind == "slanted" or None
        return paragraph

    def field(self, paragraph: Paragraph, blank: Blank, shows: str) -> None:
        paragraph._p.append(word.field(blank, next(self.ids), shows))

    def tick(self, paragraph: Paragraph, blank: Blank) -> None:
        paragraph._p.append(word.tick(blank, next(self.ids)))

    def table(self, rows: int, shares: list[int], style: str = "Table Grid") -> Table:
        table: Table = self.made.add_table(rows, len(shares), style=style)
        table.autofit = False
        for column, share in zip(table.columns, shares):
            column.width = int(self.room * share / sum(shares))
            for cell in column.cells:
                cell.width = column.width
        return table

    def gap(self) -> None:
        form = self.made.add_paragraph().paragraph_format
        form.space_after, form.line_spacing = Pt(0), Pt(7)


@singledispatch
def _part(part: Part, to: _Writer) -> None:
    raise TypeError(part)  # pragma: no cover - a part without its form


@_part.register
def _(part: Heading, to: _Writer) -> None:
    to.made.add_heading(plain(part.text), part.level)


@_part.register
def _(part: Words, to: _Writer) -> None:
    to.spans(to.made.add_paragraph(style="Say" if part.kind == "say" else None), part.text)


@_part.register
def _(part: Points, to: _Writer) -> None:
    for number, item in enumerate(part.items, 1):
        if part.numbered:  # by hand: Word would count on from the list before
            paragraph = to.spans(to.made.add_paragraph(f"{number}.\t"), item)
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), -Mm(8)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
        else:
            to.spans(to.made.add_paragraph(style="List Bullet"), item)


@_part.register
def _(part: Checks, to: _Writer) -> None:
    for one in part.items:
        paragraph = to.made.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), -Mm(8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))
        to.tick(paragraph, one)
        to.spans(paragraph, f"\t{one.label}")


@_part.register
def _(part: Line, to: _Writer) -> None:
    first = part.blanks[0]
    if first.lines > 1:
        label = to.spans(to.made.add_paragraph(), first.label)
        label.paragraph_format.keep_with_next = True
        box = to.table(1, [1])
        word.tall(box.rows[0], Mm(6) * first.lines)
        to.field(box.cell(0, 0).paragraphs[0], first, ROOM)
        to.gap()
        return
    paragraph = to.made.add_paragraph()
    labels = sum(len(blank.label) + 4 for blank in part.blanks) if part.beside else 0
    shows = "_" * max(12, (WIDE - labels) // len(part.blanks))
    for place, blank in enumerate(part.blanks):
        to.spans(paragraph, f"{'  ' if place else ''}{blank.label}: ".replace("?:", "?"))
        if not part.beside:
            paragraph.add_run().add_break()
        to.field(paragraph, blank, shows)


@_part.register
def _(part: Grid, to: _Writer) -> None:
    table = to.table(1 + len(part.rows), widths(part))
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell, text in zip(head.cells, part.head):
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = True, Pt(9.5)
        word.shade(cell, _colour("sunk"))
    for row, cells in zip(table.rows[1:], part.rows):
        word.tall(row, Mm(9))
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, given in zip(row.cells, cells):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            if isinstance(given, Blank):
                to.field(paragraph, given, ROOM)
            else:
                to.spans(paragraph, given)
    to.gap()


@_part.register
def _(part: Signatures, to: _Writer) -> None:
    table = to.table(2 * len(part.people), [4, 5, 2], style="Normal Table")
    for number, (role, name, day) in enumerate(part.people):
        lines, under = table.rows[2 * number], table.rows[2 * number + 1]
        for row, tall in ((lines, Mm(13)), (under, Mm(6))):
            word.tall(row, tall)
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, blank in zip(lines.cells, (name, None, day)):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
            word.rule_below(cell, _colour("ink"))
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            if blank:
                to.field(cell.paragraphs[0], blank, ROOM)
        for cell, text in zip(under.cells, (t("{role}: name", role=role), t("Signature"), t("Date"))):
            cell.paragraphs[0].style = to.made.styles["Quiet"]
            cell.paragraphs[0].add_run(text)
    to.gap()


def _fit(made: Made, sheet: Sheet) -> None:
    made.add_heading(t(words.FIT), 2)
    for label, text in words.fits(sheet):
        paragraph = made.add_paragraph(style="Fit")
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(text)
    made.add_paragraph(words.fit_end(), style="Fit")
