"""A trainee's notebook before and after it is handed in: what is answered, what is open, what may identify a client,
and a code.

Everything is read from the notebook itself; no card and no key is needed, so a trainee can run it too.
"""

from __future__ import annotations

import hashlib
import json
import re
from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from .frame import Released, same
from .guard import LONGEST, Identifier, identifiers
from .intake import Json, Notebook, Refused, grade_id, ours_in, read_notebook, source_of, typed_into
from .reading import Reading, option_line, read_answer, released_options
from .recovery import written
from .submission import PLACEHOLDER
from ..cards.vocabulary import LETTERS
from ..counted import counted
from ..language import t


@dataclass
class Work:
    """What stands in a notebook. `questions`: heading -> what is read there; `reflections`: title -> words; `found`:
    title -> identifiers.

    `code` is the SHA-256 of the answers: of the JSON list of [name, text] of every answer cell, in order, without
    spaces.
    """

    assignment: str
    questions: list[tuple[str, Reading]] = field(default_factory=list)
    reflections: list[tuple[str, int, str]] = field(default_factory=list)
    found: dict[str, list[Identifier]] = field(default_factory=dict)
    code: str = ""
    unsearched: int = 0  # characters in which nothing was looked for
    beside: list[str] = field(default_factory=list)  # questions whose answer stands in a cell beside their options
    behind: dict[str, int] = field(default_factory=dict)  # reflections written in such a cell -> their words there
    copies: int = 0  # cells of an answer that stand there once more
    added: int = 0  # cells of the trainee's own that hold text

    @property
    def answered(self) -> int:
        return sum(reading.state == "answered" for _, reading in self.questions)

    @property
    def done(self) -> int:
        """Questions that are answered and reflections that have the words they ask for, as the desk's bar counts."""
        asked = [(words, re.match(r"\d+", aim)) for _, words, aim in self.reflections]
        return self.answered + sum(words >= (int(least[0]) if least else 1) for words, least in asked)

    @property
    def open(self) -> list[str]:
        return [heading for heading, reading in self.questions if reading.state == "blank"]

    @property
    def look(self) -> list[tuple[str, str]]:
        """Questions whose answer waits for a person, each with the reason."""
        return [(heading, reading.note) for heading, reading in self.questions if reading.state == "look"]


def read(path: Path) -> Work:
    """Read a notebook as it would be handed in. Raises Refused with one line that names the file."""
    notebook = read_notebook(path)
    work = Work(str(ours_in(notebook).get("assignment", "")))
    cells = [(cell, _role(cell), source_of(cell)) for cell in notebook["cells"]]
    if not any(role in ("answer", "reflection") for _, role, _ in cells):
        raise Refused(t("{path}: no answer of an assignment is in it. Give the file that you answered.", path=path))
    given = "\n".join(source for _, role, source in cells if role and role not in ("answer", "reflection"))
    heading, left = "", LONGEST
    headings: dict[str, str] = {}
    answers = []

    def searched(text: str) -> list[Identifier]:
        """What may identify a client; of all cells together no more is searched than of one."""
        nonlocal left
        part, left = text[:left], left - min(left, len(text))
        work.unsearched += len(text) - len(part)
        return identifiers(part, given)

    for cell, role, source in cells:
        if role in ("ask", "prompt"):
            heading = _heading(source) or heading
        elif not role:  # a cell of the trainee's own is handed in too
            work.added += bool(source.strip())
            if marked := searched(source):
                work.found.setdefault("Text that you added", []).extend(marked)
        if role in ("answer", "reflection"):
            headings.setdefault(grade_id(cell), heading or grade_id(cell))
            answers.append([grade_id(cell), source])
        if role == "reflection" and (marked := searched("" if source.strip() == PLACEHOLDER else source)):
            work.found.setdefault(heading, []).extend(marked)
    _read_answers(work, notebook, headings)
    work.copies = len(answers) - len(headings)
    work.code = hashlib.sha256(
        json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    ).hexdigest()
    return work


def _read_answers(work: Work, notebook: Notebook, headings: Mapping[str, str]) -> None:
    """What the graders will read, by their own rules: of the notebook itself, since no card is here."""
    frame, ours = _frame(notebook)
    found = written(notebook, frame)
    for one in frame:
        heading, texts = headings.get(one.name, ""), found.texts.get(one.name, [])
        if one.role == "answer":
            nothing = Reading((), "look", t("the answer is not in its place"))
            read = read_answer("\n".join(texts), released_options(one.source), one.kind) if texts else nothing
            work.questions.append((heading, read))
            work.beside += [heading] * (one.name in found.notes and read.state != "blank")
        elif one.role == "reflection":
            words = sum(len(text.split()) for text in texts if not same(text, PLACEHOLDER))
            if one.name in found.notes and words:
                work.behind[heading], words = words, 0
            work.reflections.append((heading, words, str(ours[one.name].get("words", ""))))


def _frame(notebook: Notebook) -> tuple[list[Released], dict[str, Json]]:
    """The cells that were handed out, as far as the notebook says so itself, and what it says of each."""
    frame: dict[str, Released] = {}
    said: dict[str, Json] = {}
    for cell in notebook["cells"]:
        name, role, ours = grade_id(cell), _role(cell), ours_in(cell)
        if not role or name in frame:
            continue
        source = source_of(cell)
        if role == "answer":
            source = "\n".join(map(option_line, LETTERS, _options(ours)))
        elif role == "reflection":
            source = PLACEHOLDER
        elif role != "criterion" and typed_into(cell):
            source = ""  # so that what was typed there is found, as the graders find it
        kept = role if role in ("answer", "reflection", "criterion") else "text"
        frame[name], said[name] = Released(name, source, "", kept, kind=str(ours.get("kind", ""))), ours
    return list(frame.values()), said


def _role(cell: Json) -> str:
    role = ours_in(cell).get("role")
    return role if isinstance(role, str) else ""


def _options(ours: Json) -> tuple[str, ...]:
    """The options that were released, which a released notebook carries with each answer cell."""
    options = ours.get("options")
    return tuple(map(str, options)) if isinstance(options, list) else ()


def _heading(source: str) -> str:
    found = re.search(r"^#{1,6}[ \t]+(\S.*)$", source, re.MULTILINE)
    if not found:
        return ""
    words = found[1].split("(", 1)[0] if found[1].endswith(")") else found[1]
    return words.removeprefix("Reflection: ").strip()


def receipt(work: Work, trainee: str, now: datetime) -> str:
    """The receipt that the desk writes: what was answered, what was left open, what a person must look at, the time and
    the code."""
    written = [
        f"{words} word" + "s" * (words != 1) + f" (aim for {aim})" * bool(aim) for _, words, aim in work.reflections
    ]
    return "\n".join(
        [
            "Receipt",
            f"Trainee: {trainee}",
            f"Assignment: {work.assignment}",
            f"Time: {_for_people(now)}",
            f"Answered: {work.done} of {len(work.questions) + len(work.reflections)}",
            f"Questions: {work.answered} of {len(work.questions)} answered",
            f"Open questions: {', '.join(work.open) or 'none'}",
            *[f"A person must look: {', '.join(heading for heading, _ in work.look)}"] * bool(work.look),
            f"Reflections: {', '.join(written) or 'none'}",
            f"Code: {work.code}",
            "By the code your program sees that the answers in the file are those of this receipt.",
            "",
        ]
    )


def _for_people(now: datetime) -> str:
    """A time as the desk writes it: `1 March 2026, 21:04:05 (UTC+01:00)`, the zone where it is known."""
    zone = f"{now:%z}"
    known = f" (UTC{zone[:3]}:{zone[3:5]})" if zone else ""
    return f"{now.day} {month_name[now.month]} {now.year}, {now:%H:%M:%S}{known}"


def verify(work: Work, text: str) -> str:
    """Empty where a receipt belongs to these answers; else, in one line, what differs.

    Its code and what it counts are compared. The trainee and the time are what the trainee's own machine said.
    """
    code = re.search(r"\b[0-9a-f]{64}\b", text)
    if code is None:
        return t(
            "There is no code in this receipt. It was made where the browser could not count one; "
            "compare the answers by eye."
        )
    if code[0] != work.code:
        return t(
            "The answers in this notebook are not those of the receipt: one or more were changed after "
            "it was made, or it belongs to another file."
        )
    said, now = _lines(text), _lines(receipt(work, "", datetime.now()))
    # The desk counts boxes. Where an answer is not plain boxes, its count may differ, and the code has the last word.
    for name in (
        ("Assignment", "Reflections")
        if work.look or work.beside or work.copies
        else ("Assignment", "Questions", "Open questions", "Reflections")
    ):
        if said.get(name) != now[name]:
            return t(
                "The answers are those of the receipt, but its line `{line}` is not what the notebook says, which is "
                "`{now}`.",
                line=f"{name}: {said.get(name, '')}",
                now=now[name],
            )
    return ""


def _lines(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.splitlines())
    return {name: rest.removeprefix(" ") for name, colon, rest in pairs if colon}


def review(work: Work) -> str:
    """What a trainee reads before handing in."""
    lines = [
        t(
            "{assignment}: {answered} of {questions} answered.",
            assignment=work.assignment or t("This notebook"),
            answered=work.answered,
            questions=counted(len(work.questions), "question"),
        )
    ]
    lines += ["  " + t("Open: {names}", names=", ".join(work.open))] * bool(work.open)
    lines += [
        "  "
        + t(
            "{heading}: a person will have to look, since {note}. Mark one option with an x, and leave "
            "the rest as it was.",
            heading=heading,
            note=note,
        )
        for heading, note in work.look
    ]
    for title, words, aim in work.reflections:
        words = words or work.behind.get(title, 0)
        has = f"{title}: {counted(words, 'word')}"
        lines.append(f"  {has} ({t('aim for {words}', words=aim)})." if aim else f"  {has}.")
    if work.beside:
        names = ", ".join(work.beside)
        lines.append("  " + t("{names}: read in text that you added. Mark the options themselves.", names=names))
    lines += [
        "  "
        + t(
            "{heading}: it stands in text that you added, and it was read. Better write it into the answer.",
            heading=heading,
        )
        for heading in work.behind
    ]
    if work.added and any(not words and title not in work.behind for title, words, _ in work.reflections):
        lines.append("  " + t("You added text beside the answers. Write it into an answer: that is what is marked."))
    for title, found in work.found.items():
        lines.append("  " + t("{title}: this may identify a client.", title=title))
        lines += [
            "    " + t("`{text}` is {why}. Better: {better}.", text=one.text, why=t(one.why), better=t(one.better))
            for one in found
        ]
    if work.unsearched:
        lines.append(
            "  "
            + t(
                "Only the first {n} characters were searched for what may identify a client, and {rest} were not. Read "
                "them yourself.",
                n=f"{LONGEST:,}",
                rest=f"{work.unsearched:,}",
            )
        )
    elif not work.found:
        lines.append(
            "  "
            + t(
                "Nothing was found that may identify a client. The search sees patterns, not people: read it "
                "once more yourself."
            )
        )
    return "\n".join(lines)
