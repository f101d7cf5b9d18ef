"""Rules for vignettes and reflections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, near, problem, rule
from ..cards.vocabulary import TASKS
from ..counted import in_english as counted

SLACK = 0.25
CODES = {
    "icd11": r"[0-9A-Z]{2}[0-9A-Z]{2}(\.[0-9A-Z]{1,2})?",
    "dsm5tr": r"[0-9]{3}\.[0-9]{1,2}|F[0-9]{2}(\.[0-9]{1,3})?",
}


@rule("V001")
def vignette_chapters(library: Library) -> Iterator[Problem]:
    """A vignette names the chapters that it serves, the first being its home. Each must be a chapter of the book.

    Before:  chapters: [confidence]
    After:   chapters: [confidentiality]
    """
    for card in library.vignettes.values():
        for name in card.chapters:
            if not library.there("chapters", name) and name not in library.planned:
                yield problem(
                    vignette_chapters,
                    library.shown(card.path),
                    name,
                    f"there is no chapter `{name}`",
                    near(name, [*library.chapters, *library.planned]),
                )


@rule("V002")
def vignette_asks(library: Library) -> Iterator[Problem]:
    """What a part of a case asks must be there: a question card of the bank, or a reflection. A case with a missing
    question would go out with a hole in it.

    Look at the card's file name: that is its name.
    """
    for card in library.vignettes.values():
        for part in card.parts:
            for ask in part.ask:
                for name, what in ((ask.question, "question"), (ask.reflection, "reflection")):
                    if name and not library.there(f"{what}s", name):
                        yield problem(
                            vignette_asks,
                            library.shown(card.path),
                            name,
                            f"there is no {what} `{name}`",
                            near(name, getattr(library, f"{what}s")),
                        )


@rule("V003")
def adults(library: Library) -> Iterator[Problem]:
    """Everybody in a vignette is an adult. No minor appears in any sexual context; a child who must be protected is
    named without an age or a story."""
    for card in library.vignettes.values():
        for person in card.people:
            if not re.fullmatch(r"[0-9]{2,3}", person.age) or not 18 <= int(person.age) <= 110:
                yield problem(
                    adults,
                    library.shown(card.path),
                    person.age,
                    f"`age` is a number of years from 18, not `{person.age}`",
                    "People under 18 are not given a place in a vignette.",
                )


@rule("V004")
def code_form(library: Library) -> Iterator[Problem]:
    """A diagnostic code has the form of its system: ICD-11 such as HA00 or HA01.0, DSM-5-TR such as 302.72 or F52.21.

    Put a code in quotes when it could be read as a number.
    """
    for card in library.vignettes.values():
        for system, codes in card.codes.items():
            if system not in CODES:
                yield problem(
                    code_form,
                    library.shown(card.path),
                    system,
                    f"`{system}` is not a system of codes",
                    near(system, CODES),
                )
                continue
            for code in codes:
                if not re.fullmatch(CODES[system], code):
                    yield problem(
                        code_form,
                        library.shown(card.path),
                        code,
                        f"`{code}` does not look like a code of {system}",
                        "Look it up in the classification itself.",
                    )


@rule("V006")
def case_task(library: Library) -> Iterator[Problem]:
    """An exam question that a case asks names its task: ethics-and-safety, assessment, planning, intervention or
    therapeutic-relationship.

    A case form is reported by task. A question without one would be left out of the trainee's profile.
    """
    for card in library.vignettes.values():
        for name in card.questions:
            asked = library.questions.get(name)
            if asked and asked.use == "exam" and not asked.task:
                yield problem(
                    case_task,
                    library.shown(asked.path),
                    asked.level,
                    f"`{card.name}` asks this exam question, and it names no task",
                    f"Add `task:` under `level:`, one of: {', '.join(TASKS)}.",
                )


@rule("R001")
def reflection_place(library: Library) -> Iterator[Problem]:
    """A reflection belongs to a chapter and to one of its objectives. Feedback uses both, to say what to read next.

    The objective is the short name in the chapter's front matter.
    """
    for card in library.reflections.values():
        chapter = library.chapters.get(card.chapter)
        if not library.there("chapters", card.chapter):
            yield problem(
                reflection_place,
                library.shown(card.path),
                card.chapter,
                f"there is no chapter `{card.chapter}`",
                near(card.chapter, library.chapters),
            )
        elif chapter and card.objective not in chapter.objectives:
            yield problem(
                reflection_place,
                library.shown(card.path),
                card.objective,
                f"`{card.objective}` is not an objective of {chapter.name}",
                near(card.objective, chapter.objectives),
            )


@rule("R002")
def word_range(library: Library) -> Iterator[Problem]:
    """The wanted length is two numbers with a hyphen: `150-300`. Trainees see it as they write, and markers judge
    length by it alone.

    Before:  words: about 200
    After:   words: 150-250
    """
    for card in library.reflections.values():
        match = re.fullmatch(r"([0-9]{1,4})-([0-9]{1,4})", card.words)
        if not match or int(match[1]) >= int(match[2]):
            yield problem(
                word_range,
                library.shown(card.path),
                card.words,
                f"`words` is a range, not `{card.words}`",
                "Write it like this: 150-300.",
            )


@rule("R003")
def rubric_levels(library: Library) -> Iterator[Problem]:
    """A rubric has three or four criteria, and each criterion at least two levels, one of them 0.

    Without a descriptor for 0, markers disagree most about the weakest answers, where it matters most.
    """
    for card in library.reflections.values():
        path = library.shown(card.path)
        if not 3 <= len(card.criteria) <= 4:
            yield problem(
                rubric_levels,
                path,
                card.criteria[0].name,
                f"a rubric has three or four criteria; this one has {len(card.criteria)}",
                "Join or split criteria.",
            )
        for criterion in card.criteria:
            if len(criterion.levels) < 2 or 0 not in criterion.levels:
                yield problem(
                    rubric_levels,
                    path,
                    criterion.name,
                    f"`{criterion.name}` needs at least two levels, one of them 0",
                    "Say what is on the page at each level.",
                )


@rule("R004")
def anchor_marks(library: Library) -> Iterator[Problem]:
    """Each anchor answer has one mark for each criterion, and each mark is a level of that criterion. Markers
    calibrate on these, and a mark that is no level teaches them to invent levels."""
    for card in library.reflections.values():
        for anchor in card.anchors:
            path = library.shown(card.path)
            if len(anchor.marks) != len(card.criteria):
                yield problem(
                    anchor_marks,
                    path,
                    anchor.marks[0],
                    f"this anchor has {len(anchor.marks)} marks for {len(card.criteria)} criteria",
                    "Give one mark for each criterion, in their order.",
                )
                continue
            for mark, criterion in zip(anchor.marks, card.criteria):
                if mark not in map(str, criterion.levels):
                    levels = ", ".join(map(str, sorted(criterion.levels, reverse=True)))
                    yield problem(
                        anchor_marks,
                        path,
                        mark,
                        f"{mark} is not a level of `{criterion.name}`",
                        f"Its levels: {levels}.",
                    )


#: What markers calibrate on, each with the least and the most of the points; half is the pass.
ANCHORS = {
    "a strong answer": (0.75, 1.0),
    "one just above the pass": (0.5, 0.75),
    "one just below the pass": (0.25, 0.5),
    "a weak answer": (0.0, 0.25),
}


@rule("R005")
def anchor_spread(library: Library) -> Iterator[Problem]:
    """There are four anchor answers: a strong one (three quarters of the points or more), one just above the pass (half
    to three quarters), one just below it (a quarter to half), and a weak one (a quarter or less).

    A marker who has seen only good answers cannot tell a weak one, and most marks are hard near the pass.
    """
    for card in library.reflections.values():
        if not card.points:
            continue
        shares = [sum(int(mark) for mark in anchor.marks if mark.isdecimal()) / card.points for anchor in card.anchors]
        missing, left = [], sorted(shares, reverse=True)
        for kind, (least, most) in ANCHORS.items():  # the best first, so that none stands for two
            fits = next((share for share in left if least <= share <= most), None)
            if fits is None:
                missing.append(kind)
            else:
                left.remove(fits)
        if missing:
            yield problem(
                anchor_spread,
                library.shown(card.path),
                card.anchors[0].marks[0],
                f"the anchors lack {', '.join(missing[:-1])}{' and ' * bool(missing[1:])}{missing[-1]}",
                "Of the points: three quarters or more; half to three quarters; a quarter to half; a quarter or less.",
            )


@rule("R006", "warning")
def anchor_length(library: Library) -> Iterator[Problem]:
    """An anchor answer is much shorter or longer than what is asked of trainees: more than a quarter outside `words`.

    Markers who calibrate on a long answer mark down the ones that keep to the length.
    """
    for card in library.reflections.values():
        match = re.fullmatch(r"([0-9]{1,4})-([0-9]{1,4})", card.words)
        if match is None:
            continue
        for anchor in card.anchors:
            count = len(anchor.answer.split())
            if not int(match[1]) * (1 - SLACK) <= count <= int(match[2]) * (1 + SLACK):
                yield problem(
                    anchor_length,
                    library.shown(card.path),
                    anchor.answer,
                    f"this anchor answer has {counted(count, 'word')}; trainees are asked for {card.words}",
                    "Write it as long as a trainee would.",
                )


CHECKS = (
    vignette_chapters,
    vignette_asks,
    adults,
    code_form,
    case_task,
    reflection_place,
    word_range,
    rubric_levels,
    anchor_marks,
    anchor_spread,
    anchor_length,
)
