"""The book's tables, as MyST text."""

from __future__ import annotations

from collections import Counter

from ..library import Library
from ..model import Body, Chapter, Requirement

EVIDENCE = {
    "official-current": "the body's own page",
    "official-dated": "the body's own page, older or undated",
    "third-party": "somebody else's account",
    "copy": "a copy of official text on an unrelated site",
    "derived": "worked out from other rows",
    "none": "no source read",
}


def cell(text: str) -> str:
    """Text that stays in its cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|") or "."


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join(lines + [f"| {' | '.join(map(cell, row))} |" for row in rows])


def requirements(body: Body) -> str:
    """A body's requirements. What was not read, or is old or in conflict, is marked as unconfirmed."""
    about = [f"*{body.title}, {body.country}. Version read: {body.version} ({body.date}).* {body.exam}", str(body.note)]
    rows = [[_asked(asked), _amount(asked), _checked(asked)] for asked in body.requirements]
    return "\n\n".join([part for part in about if part.strip()] + [table(["What is asked", "How much", "How this was checked"], rows)])


def _asked(asked: Requirement) -> str:
    return f"{asked.title}" + (f" *{asked.note}*" if asked.note else "")


def _amount(asked: Requirement) -> str:
    most = "; ".join(f"{name.replace('-', ' ')}: at most {value}" for name, value in asked.caps.items())
    amount = f"{asked.minimum} {asked.unit}".strip() if asked.minimum else "no number read"
    return f"{amount} ({most})" if most else amount


def _checked(asked: Requirement) -> str:
    words = f"{EVIDENCE[asked.evidence]}" + (f", {asked.version}" if asked.version else "") + (f", {asked.date}" if asked.date else "")
    return f"**Unconfirmed: check with the body.** {words}." if asked.verify == "yes" or asked.confidence == "KNOWN" else f"{words}."


def coverage(body: Body, library: Library) -> str:
    """Each area with its chapters and its cards; gaps first, by name."""
    chapters = {area.id: [c for c in in_order(library) if f"{body.name}/{area.id}" in c.covers] for area in body.areas}
    cards = Counter(question.chapter for question in library.questions.values() if not question.retired)
    rows, gaps = [], []
    for area in body.areas:
        found = chapters[area.id]
        if len(found) < 2:
            gaps.append(f"{area.id} ({area.title}): {len(found)} chapter{'s' * (len(found) != 1)}")
        links = ", ".join(f"[{c.title}](/{c.part}/{c.name}.md)" for c in found) or "**none**"
        rows.append([f"{area.id}", str(area.title), links, str(sum(cards[c.name] for c in found)), str(sum(c.minutes for c in found))])
    said = "**Gaps** (fewer than two chapters): " + "; ".join(gaps) + "." if gaps else "Every area has at least two chapters."
    return f"{said}\n\n" + table(["Area", "Title", "Chapters", "Questions", "Minutes"], rows)


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
        rows += [[f"[{chapter.title}](/{chapter.part}/{chapter.name}.md)", str(chapter.minutes)] for chapter in chapters]
    lines.append(table(["Chapter", "Minutes"], rows))
    lines.append(f"In all {total} minutes, about {round(total / 60)} hours.")
    return "\n\n".join(lines)


def in_order(library: Library) -> list[Chapter]:
    """The chapters in the order of the table of contents."""
    by_page = {f"{chapter.part}/{chapter.name}": chapter for chapter in library.chapters.values()}
    return [by_page[page] for page in library.toc if page in by_page]
