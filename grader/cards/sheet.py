"""A sheet of the kit as a card: its front matter, and its text by a small grammar of headings, words and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .model import Card
from .problem import Text
from .vocabulary import optional, required
from ..counted import in_english as counted

ONE_LINE = 54  # letters of a label that still stand beside their field


@dataclass(frozen=True, kw_only=True)
class Sheet(Card):
    """A sheet of the kit: a form or a script that a clinician fits to the place, prints or fills in."""

    title: Text = required("The sheet's title")
    use: Text = required("What the sheet is for, in one sentence")
    who: Text = required("Who fills it in, with whom, and who keeps it")
    law: Text = required("Which law it must be fitted to before use")
    code: Text = required("Which professional code it must be fitted to before use")
    chapters: tuple[Text, ...] = required("Chapters that teach what it is for: names, the first one first")
    version: int = required("Its version: 1, then one more with each change of its words")
    date: Text = required("The day of this version, YYYY-MM-DD", date=True)
    outside: Text = optional("Neutral words for its printed title and its files' names, where a find could harm")
    rests_on: Text = optional("What it rests on and how far that goes, with {cite:p} of works; on the page alone")
    allow: dict[str, Text] = optional("A warning that this sheet excuses, with the reason", default={})
    review: Text = required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")
    body: Text = field(default=Text(), metadata={"internal": True})

    @property
    def printed(self) -> str:
        """Its title on paper."""
        return self.outside or self.title

    @property
    def stem(self) -> str:
        """What its files are called, without size and ending."""
        return re.sub(r"[^a-z0-9]+", "-", self.outside.lower()).strip("-") or self.name


@dataclass(frozen=True)
class Blank:
    """A field. `name`: unique on its sheet; `about`: what a screen reader says; `lines`: 1, or the height of a box."""

    name: str
    label: str
    about: str
    lines: int = 1


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph. `kind`: text; say (words to say aloud)."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Points:
    """A list of words; `numbered`: steps."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Checks:
    items: tuple[Blank, ...]


@dataclass(frozen=True)
class Line:
    """Fields that stand side by side on one line, or one box."""

    blanks: tuple[Blank, ...]

    @property
    def beside(self) -> bool:
        """Whether the fields stand beside their labels, not below them."""
        first = self.blanks[0]
        return len(self.blanks) > 1 or (first.lines == 1 and len(first.label) <= ONE_LINE)


@dataclass(frozen=True)
class Grid:
    """A table: each cell is words or a field."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | Blank, ...], ...]


@dataclass(frozen=True)
class Signatures:
    """For each person: the role, and fields for the printed name and the date. The signature itself is ink."""

    people: tuple[tuple[str, Blank, Blank], ...]


Part = Heading | Words | Points | Checks | Line | Grid | Signatures


class BadPart(Exception):
    """A line that the grammar does not know. `at`: where; `hint`: what to write."""

    def __init__(self, at: Text, message: str, hint: str):
        super().__init__(message)
        self.at, self.message, self.hint = at, message, hint


BLANK = re.compile(r"_{4,}")
TALL = re.compile(r"(\S{1,20})\s{1,9}lines?")
ITEM = re.compile(r"- (?!\[)(.+)")
STEP = re.compile(r"\d{1,2}\. (.+)")
CHECK = re.compile(r"- \[ \] (.+)")
RULE = re.compile(r"\|(?:\s{0,9}:?-{3,}:?\s{0,9}\|)+")
EMPTY_ROWS = re.compile(r"\|\s{0,9}(\S{1,9})\s{1,9}rows?\s{0,9}\|")
SIGN = "Signatures:"
TALLEST, MOST = 30, 40


def parts(sheet: Sheet) -> tuple[list[Part], list[BadPart]]:
    """The parts of a sheet in order, and every line that is no part."""
    reader = _Reader()
    for block in _blocks(sheet.body):
        try:
            reader.read(block)
        except BadPart as bad:
            reader.bad.append(bad)
    return reader.made, reader.bad


def _blocks(body: Text) -> Iterator[list[Text]]:
    """Lines that stand together, each with its place in the file."""
    block: list[Text] = []
    for number, line in enumerate([*body.split("\n"), ""], body.line or 1):
        if line.strip():
            block.append(Text(line.rstrip(), number, 1))
        elif block:
            yield block
            block = []


class _Reader:
    def __init__(self) -> None:
        self.made: list[Part] = []
        self.bad: list[BadPart] = []
        self.names: set[str] = set()
        self.under = ""

    def read(self, block: list[Text]) -> None:
        first = block[0]
        if first.startswith("#"):
            self.heading(first)
            if block[1:]:
                self.read(block[1:])
        elif first.startswith("|"):
            self.grid(block)
        elif first.startswith(">"):
            self.made.append(Words(" ".join(line.lstrip("> ") for line in block), "say"))
        elif first.startswith(("- [", "-[", "* [")):
            self.made.append(Checks(tuple(self.check(line) for line in _joined(block))))
        elif ITEM.match(first):
            self.made.append(Points(tuple(self.item(ITEM, line) for line in _joined(block))))
        elif STEP.match(first):
            self.made.append(Points(tuple(self.item(STEP, line) for line in _joined(block)), True))
        elif first.startswith(SIGN):
            self.signatures(block)
        elif any("__" in line for line in block):
            self.made += [self.line(line) for line in block]
        else:
            self.made.append(Words(" ".join(block)))

    def heading(self, line: Text) -> None:
        match = re.fullmatch(r"(#{2,3}) (\S.*)", line)
        if not match:
            raise BadPart(line, f"`{line}` is no heading of a sheet", "Write `## Heading` or `### Heading`.")
        self.under = match[2]
        self.made.append(Heading(len(match[1]) - 1, match[2]))

    def item(self, form: re.Pattern[str], line: Text) -> str:
        match = form.fullmatch(line)
        if not match or "__" in line:
            raise BadPart(line, f"`{_short(line)}` does not belong in this list", "Leave an empty line before it.")
        return match[1]

    def check(self, line: Text) -> Blank:
        match = CHECK.fullmatch(line)
        if not match:
            raise BadPart(line, f"`{_short(line)}` is no box to tick", "Write `- [ ] ` and the words.")
        return self.blank(match[1], match[1])

    def line(self, line: Text) -> Line:
        *labels, rest = BLANK.split(line)
        tall = TALL.fullmatch(rest.strip()) if len(labels) == 1 else None
        if not labels or (rest.strip(" .") and not tall) or "__" in "".join(labels):
            raise BadPart(line, f"`{_short(line)}` is no field", "Write `Label: ____`, or `Label: ____ 6 lines`.")
        lines = self.count(line, tall[1], TALLEST, "lines") if tall else 1
        named = [re.sub(r"[:.]?(\*{0,2})$", r"\1", label.strip()) for label in labels]
        if not all(named):
            raise BadPart(line, "this field has no label", "Say before the line what is to be written: `Name: ____`.")
        return Line(tuple(self.blank(label, label, lines) for label in named))

    def grid(self, block: list[Text]) -> None:
        if len(block) < 3 or not RULE.fullmatch(block[1]):
            raise BadPart(block[0], "this table has no line below its head", "Write `|---|---|` below the head.")
        head = _cells(block[0])
        rows: list[tuple[str | Blank, ...]] = []
        for line in block[2:]:
            if empty := EMPTY_ROWS.fullmatch(line):
                for _ in range(self.count(line, empty[1], MOST, "rows")):
                    rows.append(self.row(head, [""] * len(head), len(rows) + 1))
                continue
            cells = _cells(line)
            if len(cells) != len(head):
                words = f"this row has {counted(len(cells), 'cell')}, and the head has {len(head)}"
                raise BadPart(line, words, "Give each row as many cells as the head; `| 6 rows |` makes empty ones.")
            rows.append(self.row(head, cells, len(rows) + 1))
        self.made.append(Grid(tuple(head), tuple(rows)))

    def row(self, head: list[str], cells: list[str], number: int) -> tuple[str | Blank, ...]:
        what = cells[0] or f"row {number}"
        return tuple(
            cell or self.blank(f"{what} {head[place]}", f"{what}, {head[place]}") for place, cell in enumerate(cells)
        )

    def signatures(self, block: list[Text]) -> None:
        roles = [role.strip() for role in " ".join(block).removeprefix(SIGN).split(";") if role.strip()]
        if not roles:
            raise BadPart(block[0], "nobody is named who signs", "Write `Signatures: Client; Therapist`.")
        self.made.append(
            Signatures(
                tuple(
                    (role, self.blank(f"{role} name", f"Name: {role}"), self.blank(f"{role} date", f"Date: {role}"))
                    for role in roles
                )
            )
        )

    def count(self, line: Text, given: str, most: int, what: str) -> int:
        if not given.isdecimal() or not 1 <= int(given) <= most:
            raise BadPart(line, f"`{given}` is no number of {what}", f"Write a number from 1 to {most}.")
        return int(given)

    def blank(self, name: str, label: str, lines: int = 1) -> Blank:
        base = re.sub(r"[^a-z0-9]+", "-", plain(name).lower()).strip("-")[:48].strip("-") or "field"
        made, again = base, 1
        while made in self.names:
            again += 1
            made = f"{base}-{again}"
        self.names.add(made)
        about = f"{self.under}: {label}" if self.under and self.under != label else label
        return Blank(made, label, plain(about), lines)


def _joined(block: list[Text]) -> list[Text]:
    """List entries, each with the indented lines that go on with it."""
    made: list[Text] = []
    for line in block:
        if line.startswith("  ") and made:
            made[-1] = Text(f"{made[-1]} {line.strip()}", made[-1].line, made[-1].column)
        else:
            made.append(line)
    return made


def _cells(line: Text) -> list[str]:
    if not line.endswith("|") or len(line) < 2:
        raise BadPart(line, "this row of a table does not end with `|`", "Write `| one | two |`.")
    return [cell.strip() for cell in line[1:-1].split("|")]


def plain(text: str) -> str:
    """A text without the marks of bold and slanted letters."""
    return text.replace("*", "")


def spans(text: str) -> list[tuple[str, str]]:
    """(words, kind) of a text: kind is `bold`, `slanted` or empty."""
    made = []
    for piece in re.split(r"(\*\*[^*]{1,400}\*\*|\*[^*]{1,400}\*)", text):
        kind = "bold" if piece.startswith("**") else "slanted" if piece.startswith("*") and len(piece) > 2 else ""
        if piece:
            made.append((piece.strip("*") if kind else piece, kind))
    return made


def _short(line: str) -> str:
    return line if len(line) <= 50 else line[:49] + "…"
