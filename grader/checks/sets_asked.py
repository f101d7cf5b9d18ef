"""Rules for where sets of questions are asked: which stories an assignment or a case may hold, and what its versions
ask."""

from __future__ import annotations

from collections.abc import Iterator

from .assignments import asked
from ..cards.library import Library
from ..cards.model import Assignment, Question, Vignette
from ..cards.problem import Problem, Text, problem, rule


@rule("S011")
def siblings_apart(library: Library) -> Iterator[Problem]:
    """Two stories of one set never meet in an assignment or in a case. Who has answered the first has seen the list,
    and knows something of the second.

    Forms of a mock exam keep them apart by themselves.
    """
    held: list[tuple[Assignment | Vignette, list[tuple[Text, Question]]]] = [
        (card, [(line, question) for line, question in asked(library, card) if question.use != "practice"])
        for card in library.assignments.values()
    ]
    held += [
        (case, [(name, library.questions[name]) for name in case.questions if name in library.questions])
        for case in library.vignettes.values()
    ]
    for card, lines in held:
        seen: dict[str, Text] = {}
        for line, question in lines:
            if question.set and question.set in seen and not card.retired:
                yield problem(
                    siblings_apart,
                    library.shown(card.path),
                    line,
                    f"`{question.name}` is of the set `{question.set}`, which is asked on line"
                    f" {seen[question.set].line} already",
                    "Take a question of another set.",
                )
            seen.setdefault(question.set, line)


@rule("S012")
def graded_story(library: Library) -> Iterator[Problem]:
    """An assignment that names a set asks one of its graded stories: which one depends on the version letter of the
    course. A set without any cannot be asked there.

    Practice stories stand in the book, exam stories wait for a mock exam.
    """
    for card in library.assignments.values():
        for item in card.items:
            if item.set in library.sets and library.sets[item.set].options and not library.stories(item.set, "graded"):
                yield problem(
                    graded_story,
                    library.shown(card.path),
                    item.set,
                    f"the set `{item.set}` has no graded story",
                    f"Write one: grader new story {item.set}.",
                )


@rule("S013", "warning")
def versions_alike(library: Library) -> Iterator[Problem]:
    """The graded stories of a set that an assignment names test one objective, and there are two or more.

    Then version B of a course asks other stories than version A and gives the same points for the same objectives. With
    one story all versions ask it.
    """
    for card in library.assignments.values():
        for item in card.items:
            stories = library.stories(item.set, "graded") if item.set else []
            aims = list(dict.fromkeys((story.chapter, str(story.objective)) for story in stories))
            if len(stories) == 1:
                yield problem(
                    versions_alike,
                    library.shown(card.path),
                    item.set,
                    f"the set `{item.set}` has one graded story, so that every version asks it",
                    f"Write another: grader new story {item.set}.",
                )
            elif len(aims) > 1:
                yield problem(
                    versions_alike,
                    library.shown(card.path),
                    item.set,
                    f"the graded stories of `{item.set}` test {len(aims)} objectives:"
                    f" {', '.join(aim for _, aim in aims)}",
                    "Let them test one, or name a story with `question:`.",
                )


CHECKS = (siblings_apart, graded_story, versions_alike)
