"""Rules for question cards: what cannot be scored or trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .gates import bearing
from ..cards.library import Library
from ..cards.problem import Problem, near, problem, rule

SIZES = {"one-best-answer": (4, 5), "all-that-apply": (5, 6)}  # of a question that stands alone
MOST_RIGHT = 4


@rule("Q001")
def right_options(library: Library) -> Iterator[Problem]:
    """A one-best-answer or extended-matching question has exactly one right option; an all-that-apply question has one
    to four, and at least one wrong.

    With none or several right options, nobody can earn the point, or everybody can argue for it.
    """
    for card in library.questions.values():
        right = [option for option in card.options if option.right]
        path = library.shown(card.path)
        if card.set and not right:
            continue  # its `right` names no option of the set: S003 says so
        if card.single and len(right) != 1:
            at = card.named or (right[1].text if len(right) > 1 else card.options[0].text)
            hint = (
                "Change its `right`, or the set's kind." if card.set else "Change `right:` and `wrong:`, or the kind."
            )
            yield problem(
                right_options,
                path,
                at,
                f"{_a(card.kind)} question needs exactly one right option; this one has {len(right)}",
                hint,
            )
        elif not card.single and not 1 <= len(right) <= min(MOST_RIGHT, len(card.options) - 1):
            yield problem(
                right_options,
                path,
                card.named or card.kind,
                f"an all-that-apply question has one to {MOST_RIGHT} right options and at least one wrong; this one has"
                f" {len(right)} right of {len(card.options)}",
                "Change the options, or the kind.",
            )


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


@rule("Q002")
def number_of_options(library: Library) -> Iterator[Problem]:
    """A one-best-answer question that stands alone has four or five options, an all-that-apply question five or six.

    Fewer make guessing pay; more are read by nobody, and the last ones are fillers. A set has more, since its stories
    share them.
    """
    for card in library.questions.values():
        allowed = SIZES[str(card.kind)] if not card.set else ()
        if allowed and len(card.options) not in allowed:
            at = card.options[-1].text
            yield problem(
                number_of_options,
                library.shown(card.path),
                at,
                f"this question has {len(card.options)} options; {' or '.join(map(str, allowed))} are wanted",
                "Add or drop a distractor.",
            )


@rule("Q005")
def objective_known(library: Library) -> Iterator[Problem]:
    """A question tests an objective of its chapter: that of its folder, or the one that a story of a set names. It
    must stand in that chapter's front matter."""
    for card in library.questions.values():
        chapter = library.chapters.get(card.chapter)
        if chapter and card.objective not in chapter.objectives:
            yield problem(
                objective_known,
                library.shown(card.path),
                card.objective,
                f"`{card.objective}` is not an objective of {chapter.name}",
                near(card.objective, chapter.objectives),
            )


@rule("Q006")
def folder_is_a_chapter(library: Library) -> Iterator[Problem]:
    """A question's folder in `exercises/bank/` has the name of a chapter; that is how a card knows where it belongs. A
    slip in the folder's name would leave the card to no chapter.

    A story of a set may name another chapter of the book under `chapter`.

    Before:  exercises/bank/confidence/a-card.yml
    After:   exercises/bank/confidentiality/a-card.yml
    """
    for card in library.questions.values():
        if not library.there("chapters", card.chapter):
            yield problem(
                folder_is_a_chapter,
                library.shown(card.path),
                card.home or None,
                f"there is no chapter `{card.chapter}`",
                near(card.chapter, library.chapters),
            )


@rule("Q008")
def has_a_story(library: Library) -> Iterator[Problem]:
    """A question that asks for judgement has a story: somebody to think about. One that asks what must be known may do
    without, and says so by its `topic`.

    Without either, nobody can tell what is tested, and the counts of the bank are wrong.
    """
    for card in library.questions.values():
        if not card.story and not card.topic:
            yield problem(
                has_a_story,
                library.shown(card.path),
                card.at,
                "this question has neither a story nor a topic",
                "Write the story, or name the `topic` where it asks what must be known.",
            )


@rule("Q009", "warning")
def count_given_away(library: Library) -> Iterator[Problem]:
    """The ask of an all-that-apply question says how many are right. Then two options that are certain settle the
    others, and partial knowledge looks like whole.

    Before:  Which two of these belong in the first session?
    After:   Which of these belong in the first session?
    """
    for card in library.questions.values():
        match = re.search(
            r"\b(two|three|four|five|both|[2-5])\b(?! (?:days|weeks|months|years|hours|minutes|people|partners|of"
            r" them))",
            card.ask,
            re.IGNORECASE,
        )
        if match and not card.single and not card.retired:
            yield problem(
                count_given_away,
                library.shown(card.path),
                card.ask,
                f"the ask says `{match[1]}`, which may be how many are right",
                "Ask which apply, without a number.",
            )


@rule("Q011", "warning")
def gate_has_a_source(library: Library) -> Iterator[Problem]:
    """A question that must not be missed rests on a work about that danger: the evidence card of one of its sources
    says so under `bears_on`.

    A work on something else that mentions the danger is no ground to stop a trainee on.
    """
    for card in library.questions.values():
        if card.gate and not card.retired and not bearing(card, library):
            yield problem(
                gate_has_a_source,
                library.shown(card.path),
                card.gate,
                f"no source of this question is known to bear on `{card.gate}`",
                "Cite a work about that danger, and say `bears_on` on its evidence card in book/evidence.",
            )


CHECKS = (
    right_options,
    number_of_options,
    objective_known,
    folder_is_a_chapter,
    has_a_story,
    count_given_away,
    gate_has_a_source,
)
