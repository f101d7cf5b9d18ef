"""A sheet as PDF: laid out and tagged by Typst, its fields put in by pypdf.

Typst cannot make form fields. It marks each place by a link, which it tags, puts in reading order and gives its
rectangle; here every such link becomes a field (a widget), and its tag `Link` becomes `Form`. So the order of the
keyboard is the order of reading, and nothing is measured twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from io import BytesIO
from typing import Any, cast

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from . import typed, words
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
from ..web.paper import Paper

Laid = dict[str, Any]  # a part as paper.typ takes it
MARK = "field:"
MULTILINE = 1 << 12
NARROWEST, WIDEST = 9, 34  # letters that decide the width of a column


def pdf(sheet: Sheet, size: str) -> bytes:
    """A sheet as a PDF that can be filled in, `a4` or `letter`. Raises CannotPrint."""
    paper = Paper(sheet.printed, t(words.PROGRAM), words.day(sheet), kind=words.review(sheet), foot=words.foot(sheet))
    found = parts(sheet)[0]
    paper.parts += [_part(part) for part in found]
    paper.parts.append({"part": "fit", "title": t(words.FIT), "rows": words.fits(sheet), "end": words.fit_end()})
    return _fillable(paper.pdf(size), dict(_fields(found)))


@singledispatch
def _part(part: Part) -> Laid:
    raise TypeError(part)  # pragma: no cover - a part without its form


@_part.register
def _(part: Heading) -> Laid:
    return {"part": "heading", "level": part.level, "text": plain(part.text)}


@_part.register
def _(part: Words) -> Laid:
    return {"part": "rich", "kind": part.kind, "spans": spans(part.text)}


@_part.register
def _(part: Points) -> Laid:
    return {"part": "points", "numbered": part.numbered, "items": [spans(item) for item in part.items]}


@_part.register
def _(part: Checks) -> Laid:
    return {"part": "checks", "items": [{"field": MARK + one.name, "spans": spans(one.label)} for one in part.items]}


@_part.register
def _(part: Line) -> Laid:
    return {"part": "line", "beside": part.beside, "blanks": [_blank(one) for one in part.blanks]}


@_part.register
def _(part: Grid) -> Laid:
    rows = [[_blank(cell) if isinstance(cell, Blank) else spans(cell) for cell in row] for row in part.rows]
    return {"part": "grid", "head": part.head, "widths": widths(part), "rows": rows}


@_part.register
def _(part: Signatures) -> Laid:
    people = [
        {"role": role, "named": t("{role}: name", role=role), "name": MARK + name.name, "date": MARK + day.name}
        for role, name, day in part.people
    ]
    return {"part": "signed", "people": people}


def _blank(blank: Blank) -> Laid:
    return {"field": MARK + blank.name, "spans": spans(blank.label), "lines": blank.lines}


def widths(grid: Grid) -> list[int]:
    """Shares of the width, by the longest words of each column; an empty column gets as much as a long head.

    A table with one column to write in is questions and answers: the answers get more than the questions.
    """
    made = []
    fields = sum(any(isinstance(row[place], Blank) for row in grid.rows) for place in range(len(grid.head)))
    room = 18 if fields > 1 else WIDEST + 6
    for place, head in enumerate(grid.head):
        cells = [row[place] for row in grid.rows]
        longest = max([len(head), *(len(cell) for cell in cells if isinstance(cell, str))])
        made.append(max(NARROWEST, min(WIDEST, longest), room if any(isinstance(cell, Blank) for cell in cells) else 0))
    return made


def _fields(found: list[Part]) -> Iterator[tuple[str, tuple[str, Blank]]]:
    """The name of each field, its kind (text, cell or check) and what it is."""
    for part in found:
        match part:
            case Checks(items):
                yield from ((one.name, ("check", one)) for one in items)
            case Line(blanks):
                yield from ((one.name, ("text", one)) for one in blanks)
            case Grid(_, rows):
                yield from ((cell.name, ("cell", cell)) for row in rows for cell in row if isinstance(cell, Blank))
            case Signatures(people):
                yield from ((one.name, ("text", one)) for _, name, day in people for one in (name, day))


def _fillable(data: bytes, fields: dict[str, tuple[str, Blank]]) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(data))
    root: Any = writer.root_object
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tags = {int(numbers[at]): numbers[at + 1].get_object() for at in range(0, len(numbers), 2)}
    made = ArrayObject()
    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            annotation: Any = reference.get_object()
            target = str(annotation.get("/A", {}).get("/URI", ""))
            if target.startswith(MARK):
                kind, blank = fields[target.removeprefix(MARK)]
                _turn(writer, annotation, kind, blank)
                annotation[NameObject("/P")] = page.indirect_reference
                tags[annotation["/StructParent"]][NameObject("/S")] = NameObject("/Form")
                made.append(reference)
    fonts = DictionaryObject({NameObject(typed.NAME): typed.embedded(writer)})
    root[NameObject("/AcroForm")] = DictionaryObject(
        {
            NameObject("/Fields"): made,
            NameObject("/NeedAppearances"): BooleanObject(True),
            NameObject("/DA"): TextStringObject(f"{typed.NAME} 10 Tf 0 g"),
            NameObject("/DR"): DictionaryObject({NameObject("/Font"): fonts}),
        }
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _turn(writer: PdfWriter, annotation: DictionaryObject, kind: str, blank: Blank) -> None:
    """A link becomes a field in the same place."""
    for name in ("/A", "/Border", "/Contents"):
        annotation.pop(name, None)
    annotation[NameObject("/Subtype")] = NameObject("/Widget")
    annotation[NameObject("/T")] = TextStringObject(blank.name)
    annotation[NameObject("/TU")] = TextStringObject(blank.about)
    if kind != "check":
        annotation[NameObject("/FT")] = NameObject("/Tx")
        annotation[NameObject("/DA")] = TextStringObject(f"{typed.NAME} {9 if kind == 'cell' else 10} Tf 0 g")
        if blank.lines > 1 or kind == "cell":
            annotation[NameObject("/Ff")] = NumberObject(MULTILINE)
        return
    left, low, right, high = (float(number) for number in cast(ArrayObject, annotation["/Rect"]))
    wide, tall = right - left, high - low
    cross = f"1.2 w 1 J 2.5 2.5 m {wide - 2.5:.2f} {tall - 2.5:.2f} l 2.5 {tall - 2.5:.2f} m {wide - 2.5:.2f} 2.5 l S"
    looks = {
        name: writer._add_object(_look(drawn, wide, tall)) for name, drawn in (("/Yes", f"q {cross} Q"), ("/Off", ""))
    }
    annotation[NameObject("/FT")] = NameObject("/Btn")
    annotation[NameObject("/V")] = annotation[NameObject("/AS")] = NameObject("/Off")
    states = DictionaryObject({NameObject(name): look for name, look in looks.items()})
    annotation[NameObject("/AP")] = DictionaryObject({NameObject("/N"): states})


def _look(drawn: str, wide: float, tall: float) -> DecodedStreamObject:
    """What a box to tick shows in one of its states."""
    stream = DecodedStreamObject()
    stream.set_data(drawn.encode("ascii"))
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject([FloatObject(number) for number in (0, 0, wide, tall)])
    return stream
