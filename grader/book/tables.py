"""The book's tables, as MyST text."""

from __future__ import annotations

import re
from collections import Counter

from ..cards.bodies import Area, Body, Requirement, day_of
from ..cards.chapter import Chapter
from ..cards.library import Library
from ..language import later, t, tn

EVIDENCE = {
    "official-current": later("The body's own page"),
    "official-dated": later("The body's own page, older or undated"),
    "third-party": later("Somebody else's account"),
    "copy": later("A copy of official text on an unrelated site"),
    "derived": later("Worked out from other rows"),
    "none": later("No source read"),
}
LETTER = re.compile("(?:[a-z]{2}-)?[a-z]")  # what a body itself calls an area: a, st-f
UNCONFIRMED = later("Unconfirmed: check with the body.")


def cell(text: str, blank: str = "–") -> str:
    """Text that stays in its cell of a Markdown table; `blank` where there is none."""
    return " ".join(text.split()).replace("|", "\\|") or blank


def table(head: list[str], rows: list[list[str]], blank: str = "–") -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join(lines + [f"| {' | '.join(cell(text, blank) for text in row)} |" for row in rows])


def requirements(body: Body) -> str:
    """A body's requirements. What was not read, or is old or in conflict, is marked as unconfirmed."""
    page = f"[{t('this page')}](<{body.source}>)" if body.source.startswith("http") else body.source
    about = [
        t(
            "**Read in:** {page}; version: {version}; date: {date}. **Where:** {place}. **Examination:** {exam}.",
            page=page,
            version=body.version,
            date=day_of(body.date),
            place=body.country,
            exam=body.exam.rstrip("."),
        ),
        str(body.note),
    ]
    rows = [[_asked(asked), _amount(asked), _checked(asked)] for asked in body.requirements]
    return "\n\n".join(
        [part for part in about if part.strip()]
        + [table([t("What is asked"), t("How much"), t("How this was checked")], rows)]
    )


def bodies(listed: list[Body]) -> str:
    """The bodies side by side: what each asks in hours, or in another measure where it asks none in hours, and how much
    of that is unconfirmed."""
    rows = []
    for body in listed:
        hours = [_hours(body, kinds) for kinds in ({"client"}, {"supervision"}, {"education", "training", "sar"})]
        asked, open_rows = len(body.requirements), sum(map(unconfirmed, body.requirements))
        open_said = tn("{of} of {n} row", "{of} of {n} rows", asked, of=open_rows) if open_rows else t("none")
        rows.append([str(body.title), body.country.split(";")[0], *hours, day_of(body.date), open_said])
    heads = [t("Body"), t("Where"), t("Client hours"), t("Supervision"), t("Education"), t("Version")]
    return table([*heads, t("Unconfirmed")], rows)


def _hours(body: Body, kinds: set[str]) -> str:
    """What a body asks of these kinds, row by row, in hours where any are asked; what was not read is said."""
    of_these = [one for one in body.requirements if not one.within and kinds & set(one.counts)]
    asked = [one for one in of_these if one.kind == "hours"]
    said = [f"{one.minimum} {one.unit}".removesuffix(" hours") for one in asked if one.minimum]
    said = [re.sub(r" (clock|clinical)$", "", one) for one in said]
    said += [f"{one.minimum} {one.unit}" for one in of_these if not asked and one.minimum and one.unit]
    return " + ".join(said + [t("not read")] * (len(said) < len(asked)))


def unconfirmed(asked: Requirement) -> bool:
    return asked.verify == "yes" or asked.confidence == "KNOWN"


def _asked(asked: Requirement) -> str:
    return f"{asked.title.rstrip('.')}. *{asked.note}*" if asked.note else str(asked.title)


def _amount(asked: Requirement) -> str:
    caps = [_cap(name, value) for name, value in asked.caps.items()]
    if asked.minimum:
        first = f"{asked.minimum} {asked.unit}".strip()
    else:
        first = "" if caps else t("number not read") if asked.unit or asked.kind in ("hours", "count") else ""
    return "; ".join(part for part in (first, *caps) if part)


def _cap(name: str, value: str) -> str:
    """`group-share: 0.5` -> group: at most 50%; `each-area-at-least: 3` -> each area: at least 3."""
    what = re.sub(r"(?<!\be)-", " ", name.removesuffix("-at-least").removesuffix("-share"))
    size = f"{float(value):.0%}" if name.endswith("-share") else value
    if name.endswith("-at-least"):
        return t("{what}: at least {amount}", what=what, amount=size)
    return t("{what}: at most {amount}", what=what, amount=size)


def _checked(asked: Requirement) -> str:
    where = t(EVIDENCE[asked.evidence])
    if asked.source.startswith("http") and asked.evidence != "copy":
        where = f"[{where}](<{asked.source}>)"
    return (f"**{t(UNCONFIRMED)}** " if unconfirmed(asked) else "") + f"{where}; {asked.dated}."


class Coverage:
    """A body's areas against the chapters of a library: `rows` has a chapter with its areas, in the book's order."""

    def __init__(self, body: Body, library: Library):
        self.body = body
        self.codes = {area.id: _code(area, number) for number, area in enumerate(body.areas, 1)}
        of = {str(area.id): set(map(str, area.chapters)) for area in body.areas}
        for chapter in library.chapters.values():
            for covered in (name.partition("/") for name in chapter.covers):
                if covered[0] == body.name and covered[2] in of:
                    of[covered[2]].add(chapter.name)
        every = [
            (chapter, [area.id for area in body.areas if chapter.name in of[area.id]]) for chapter in in_order(library)
        ]
        self.rows = [(chapter, areas) for chapter, areas in every if areas]
        self.cards = Counter(question.chapter for question in library.questions.values() if not question.retired)

    def gaps(self) -> str:
        """The areas with fewer than two chapters, by name."""
        gaps = []
        for count, words in enumerate((t("**No chapter yet:** {areas}."), t("**One chapter only:** {areas}."))):
            few = [_named(area) for area in self.body.areas if len(self._of(area)) == count]
            gaps += ["- " + words.format(areas="; ".join(few))] if few else []
        if not gaps:
            return t("Every area has at least two chapters.")
        return t("**Gaps** (areas with fewer than two chapters)") + "\n\n" + "\n".join(gaps)

    def areas(self) -> str:
        """A row for each area: how many chapters bear on it, with their questions and minutes."""
        rows = []
        for area in self.body.areas:
            found = self._of(area)
            cards, minutes = sum(self.cards[one.name] for one in found), sum(one.minutes for one in found)
            few = str(len(found)) if found else t("**none**")
            rows.append([f"**{self.codes[area.id]}** {area.title}", few, str(cards), str(minutes)])
        return table([t("Area"), t("Chapters"), t("Questions"), t("Minutes")], rows)

    def matrix(self) -> str:
        """A row for each chapter; a column for each area, which holds its code where the chapter bears on it."""
        rows = [
            [f"[{chapter.title}](/{chapter.part}/{chapter.name}.md)"]
            + [self.codes[area.id] if area.id in areas else "" for area in self.body.areas]
            for chapter, areas in self.rows
        ]
        return table([t("Chapter"), *self.codes.values()], rows, blank="")

    def _of(self, area: Area) -> list[Chapter]:
        return [chapter for chapter, areas in self.rows if area.id in areas]


def _code(area: Area, number: int) -> str:
    """The body's own letter where it has one, or else a number."""
    return str(area.id) if LETTER.fullmatch(area.id) else str(number)


def _named(area: Area) -> str:
    """Its title, with the body's own letter where it has one."""
    return f"{area.title} ({area.id})" if LETTER.fullmatch(area.id) else str(area.title)


def study_time(library: Library) -> str:
    """Minutes of each chapter, and their sum for each part."""
    lines, total = [], 0
    parts: dict[str, list[Chapter]] = {}
    for chapter in in_order(library):
        parts.setdefault(library.parts.get(f"{chapter.part}/{chapter.name}", chapter.part), []).append(chapter)
    rows = []
    for part, chapters in parts.items():
        minutes = sum(chapter.minutes for chapter in chapters)
        total += minutes
        rows.append([f"**{part}**", f"**{minutes}**"])
        rows += [
            [f"[{chapter.title}](/{chapter.part}/{chapter.name}.md)", str(chapter.minutes)] for chapter in chapters
        ]
    lines.append(table([t("Chapter"), t("Minutes")], rows))
    lines.append(t("In all {minutes} minutes, about {hours} hours.", minutes=total, hours=round(total / 60)))
    return "\n\n".join(lines)


def in_order(library: Library) -> list[Chapter]:
    """The chapters in the order of the table of contents."""
    by_page = {f"{chapter.part}/{chapter.name}": chapter for chapter in library.chapters.values()}
    return [by_page[page] for page in library.toc if page in by_page]
