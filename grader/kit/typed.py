"""The face of what somebody types into a PDF's fields: embedded, since a viewer's own knows no Ł, Ş or ё.

It stands in the file as a composite font (ISO 32000-2, 9.7): a letter is its glyph's number in two bytes, and a map
says back which letter that is.
"""

from __future__ import annotations

import json
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from ..web.fonts import FOLDER

NAME = "/CandorFields"
SYMBOLIC = 1 << 2
ROWS = 100  # of a `beginbfchar`, at most


def embedded(writer: PdfWriter) -> IndirectObject:
    """The font, put into a file; for the resources of its form, under `NAME`."""
    told: dict[str, Any] = json.loads((FOLDER / "fields.json").read_text(encoding="utf-8"))
    data = (FOLDER / "fields.ttf").read_bytes()
    descriptor = {
        "/Type": NameObject("/FontDescriptor"),
        "/FontName": NameObject(NAME),
        "/Flags": NumberObject(SYMBOLIC),
        "/FontBBox": _numbers(told["box"]),
        "/ItalicAngle": NumberObject(0),
        "/Ascent": NumberObject(told["ascent"]),
        "/Descent": NumberObject(told["descent"]),
        "/CapHeight": NumberObject(told["capital"]),
        "/StemV": NumberObject(80),
        "/FontFile2": _stream(writer, data, {"/Length1": NumberObject(len(data))}),
    }
    system = {
        "/Registry": TextStringObject("Adobe"),
        "/Ordering": TextStringObject("Identity"),
        "/Supplement": NumberObject(0),
    }
    glyphs = {
        "/Type": NameObject("/Font"),
        "/Subtype": NameObject("/CIDFontType2"),
        "/BaseFont": NameObject(NAME),
        "/CIDSystemInfo": _dictionary(system),
        "/CIDToGIDMap": NameObject("/Identity"),
        "/FontDescriptor": writer._add_object(_dictionary(descriptor)),
        "/W": ArrayObject([NumberObject(0), _numbers(told["widths"])]),
    }
    whole: dict[str, PdfObject] = {
        "/Type": NameObject("/Font"),
        "/Subtype": NameObject("/Type0"),
        "/BaseFont": NameObject(NAME),
        "/Encoding": NameObject("/Identity-H"),
        "/DescendantFonts": ArrayObject([writer._add_object(_dictionary(glyphs))]),
        "/ToUnicode": _stream(writer, _letters(told["letters"]).encode("ascii"), {}),
    }
    return writer._add_object(_dictionary(whole))


def _letters(pairs: list[list[int]]) -> str:
    """A map from glyph to letter, as a CMap; the first letter of a glyph stands for it."""
    first: dict[int, int] = {}
    for glyph, point in pairs:
        first.setdefault(glyph, point)
    rows = [f"<{glyph:04X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for glyph, point in sorted(first.items())]
    blocks = (rows[at : at + ROWS] for at in range(0, len(rows), ROWS))
    maps = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{maps}endcmap CMapName currentdict /CMap defineresource pop end end\n"
    )


def _stream(writer: PdfWriter, data: bytes, more: dict[str, PdfObject]) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    packed = stream.flate_encode()
    packed.update(_dictionary(more))
    return writer._add_object(packed)


def _dictionary(values: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in values.items()})


def _numbers(values: list[int]) -> ArrayObject:
    return ArrayObject([NumberObject(value) for value in values])
