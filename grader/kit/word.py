"""What python-docx has no word for, written as XML: controls, shades, rules; and a file that is the same each time."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, RGBColor
from docx.table import _Cell, _Row

from ..cards.sheet import Blank

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def field(blank: Blank, number: int, shows: str) -> BaseOxmlElement:
    """A control for plain text; it shows `shows` until something is typed."""
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{_quoted(blank.about)}"/>'
        f'<w:tag w:val="{blank.name}"/><w:id w:val="{number}"/>'
        '<w:showingPlcHdr/><w:text w:multiLine="1"/></w:sdtPr>'
        f'<w:sdtContent><w:r><w:t xml:space="preserve">{shows}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def tick(blank: Blank, number: int) -> BaseOxmlElement:
    """A control that is a box to tick."""
    return parse_xml(
        f'<w:sdt {nsdecls("w")} {W14}><w:sdtPr><w:alias w:val="{_quoted(blank.about)}"/>'
        f'<w:tag w:val="{blank.name}"/><w:id w:val="{number}"/>'
        '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr>'
        "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    )


def tall(row: _Row, height: int) -> None:
    """A row of at least this height."""
    row.height, row.height_rule = Length(height), WD_ROW_HEIGHT_RULE.AT_LEAST


def shade(cell: _Cell, colour: RGBColor) -> None:
    """A cell on a colour."""
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def rule_below(cell: _Cell, colour: RGBColor) -> None:
    """A cell with a line under it alone."""
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:color="{colour}"/></w:tcBorders>')
    )


def dated(data: bytes, day: date) -> bytes:
    """The same document with one date on every part: the same card gives the same bytes on every day."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for part in parts.infolist():
            same = ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0))
            made.writestr(same, parts.read(part), ZIP_DEFLATED)
    return out.getvalue()


def _quoted(text: str) -> str:
    """For an attribute of XML; Word takes 64 letters."""
    return text[:64].replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
