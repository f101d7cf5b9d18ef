"""What goes out of mock exams: a form in words, what the pool lacked, and a form as an assignment card."""

from __future__ import annotations

from collections import Counter

from .forms import LONGEST, PARTS_OF_A_CASE, SHORTEST, WITH_PRACTICE, Form, cases, drawable
from ...cards.library import Library
from ...cards.model import Blueprint
from ...counted import counted
from ...language import t, tn
from ...notebook.closed import asked as asks


def summary(form: Form) -> str:
    """What a person reads of a form: how many, which areas, the letters, and what could not be met."""
    right = [f"{letter} {number}" for letter, number in sorted(form.letters.items())]
    several = sum(not card.single for card in form.questions)  # no one letter is right in these
    letters = ", ".join(right + [t("{n} all-that-apply", n=several)] * bool(several))
    lines = [
        t(
            "{form}: {drawn} of {questions}, {minutes}; letters {letters}; {repeated} seen in an earlier form.",
            form=form.name,
            drawn=len(form.slots),
            questions=counted(form.blueprint.questions, "question"),
            minutes=counted(form.blueprint.minutes, "minute"),
            letters=letters or t("none"),
            repeated=counted(form.repeated, "case") if form.cases else counted(form.repeated, "question"),
        )
    ]
    tasks = Counter(str(card.task) for card in form.questions if card.task)
    if tasks:
        lines.append(
            "  "
            + t(
                "by task: {tasks}",
                tasks=", ".join(f"{task.replace('-', ' ')} {number}" for task, number in tasks.most_common()),
            )
        )
    lines += [
        "  "
        + t(
            "could not be met: {area} lacks {number}. Write cards for chapters that cover it, or lower the weight.",
            area=area,
            number=number,
        )
        for area, number in form.unmet.items()
    ]
    return "\n".join(lines)


def met(form: Form, library: Library) -> str:
    """What trainees may have met in an assignment, where anything; whoever had it back has read its reasons."""
    asked = {card.name for card in form.questions if card.use != "practice"}
    found: dict[str, set[str]] = {}
    for assignment in library.assignments.values():
        if not assignment.blueprint and (both := asked.intersection(asks(assignment, library))):
            found[assignment.name] = both
    if not found:
        return ""
    return "  " + tn(
        "{n} question is asked in an assignment as well ({names}). A course that has this form keeps its reasons "
        "closed; whoever had it back before has read them.",
        "{n} questions are asked in assignments as well ({names}). A course that has this form keeps their reasons "
        "closed; whoever had them back before has read them.",
        len(set().union(*found.values())),
        names=", ".join(found),
    )


def shortage(blueprint: Blueprint, library: Library, drawn: list[Form], uses: tuple[str, ...]) -> str:
    """Where the forms lack questions or repeat them: how many there are to draw from, and what to do; else empty."""
    if not any(form.unmet or form.repeated for form in drawn):
        return ""
    if blueprint.form == "case":
        full = sum(map(len, cases(library).values()))
        return t(
            "There are {cases} full cases to draw from. Write cases of {least} to {most} exam questions in {parts} "
            "parts or more in a private folder (--private), or build fewer forms.",
            cases=full,
            least=SHORTEST,
            most=LONGEST,
            parts=PARTS_OF_A_CASE,
        )
    there = [card for card, _ in drawable(blueprint, library, uses).values()]
    more = len(drawable(blueprint, library, WITH_PRACTICE)) - len(there)
    own = sum(map(library.is_private, there))
    held = t(
        "There are {questions} to draw from, {own} of them your own.",
        questions=counted(len(there), "question"),
        own=own,
    )
    if not more:
        return f"{held} {t('Write exam questions in a private folder (--private), or build fewer forms.')}"
    return f"{held} " + t(
        "Write exam questions in a private folder (--private), or add --with-practice: {more} more, whose answers "
        "stand in the book, or build fewer forms.",
        more=more,
    )


def assignment(form: Form) -> str:
    """A form as an assignment card, for a program's private folder: `grader course DIR --private FOLDER` hands it
    out, keys stay with the program."""
    items = [f"  - vignette: {case.name}" for case in form.cases] or [
        f"  - question: {card.name}" for card in form.questions
    ]
    chapters = sorted({card.chapter for card in form.questions} | {str(case.chapters[0]) for case in form.cases})
    return "\n".join(
        [
            f"title: '{str(form.blueprint.title).replace(chr(39), chr(39) * 2)}, form {form.number}'",
            f"chapters: [{', '.join(chapters)}]",
            f"minutes: {form.blueprint.minutes}",
            "intro: |",
            *(f"  {line}" for line in str(form.blueprint.note).strip().split("\n")),
            "items:",
            *items,
            f"blueprint: {form.blueprint.name}",
            *["practice: yes"] * any(card.use == "practice" for card in form.questions),
            "review: draft",
            "",
        ]
    )
