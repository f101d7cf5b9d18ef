"""A graded copy, read into what its feedback says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeAlias

from .chosen import Chosen
from .feedback_model import Asked, Choice, Feedback, Level, Told, Written
from ..cards.library import Library
from ..cards.model import Question, Reflection
from ..cards.render import verdict
from ..cards.vocabulary import LETTER, LETTERS
from ..grading.kept import settled_as
from ..grading.plan import WAIVED
from ..language import language, t
from ..notebook.assemble import criterion_cell
from ..notebook.closed import closed
from ..notebook.submission import INERT, PLACEHOLDER, typed
from ..web.interval import likely

#: A cell of a graded copy as JSON, or a part of its metadata.
Cell: TypeAlias = Mapping[str, Any]
NOT_SHOWN: Mapping[str, Chosen] = MappingProxyType({})


def view(
    cells: Sequence[Cell], names: Mapping[str, Any], library: Library, cohort: Mapping[str, Chosen] = NOT_SHOWN
) -> Feedback:
    """The feedback of a graded copy.

    `cells`: with nbgrader's `score`, `points` and `comment` in their metadata, and our `waits`, `settled`, `remark` and
    `aside`.
    `names`: nbgrader's resources (student, assignment, late_penalty). `cohort`: question -> what all chose.
    """
    card = library.assignments.get(names["assignment"])
    kept = closed(card, library) if card else None
    marked, unmarked = scores(cells)
    made = Feedback(
        title=str(card.title) if card else names["assignment"],
        trainee=names.get("student", ""),
        score=round(sum(score for score, _ in marked.values()) - (names.get("late_penalty") or 0.0), 2),
        points=sum(points for _, points in marked.values()),
        unmarked=unmarked,
        late=names.get("late_penalty") or 0.0,
        items=_items(cells, library, cohort, kept),
    )
    asked = made.counted
    made.right = sum(one.score / one.points for one in asked)
    made.interval = likely(made.right, len(asked))
    return made


def scores(cells: Sequence[Cell]) -> tuple[dict[str, tuple[float, float]], float]:
    """(cell -> score and points of what is marked, points that nobody has marked yet)."""
    places = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    graded = [place for place in places if (place.get("grade") or place.get("task")) and "score" in place]
    marked = {place["grade_id"]: (place["score"] or 0.0, place["points"]) for place in graded if not place.get("waits")}
    return marked, sum(place["points"] for place in graded if place.get("waits"))


def _items(
    cells: Sequence[Cell], library: Library, cohort: Mapping[str, Chosen], kept: frozenset[str] | None
) -> list[Asked | Written | Told]:
    """`kept`: the questions whose key stays closed; None: nobody knows which, so all of them."""
    items: list[Asked | Written | Told] = []
    texts: dict[str, str] = {}
    written: dict[str, Written] = {}
    number = 0
    for cell in cells:
        place, ours, source = cell["metadata"].get("nbgrader", {}), cell["metadata"].get("candor", {}), cell["source"]
        name = place.get("grade_id", "")
        if ours.get("role") == "supervisor" or name.endswith("--intro"):
            continue
        if name.endswith(("--ask", "--prompt")):
            texts[name.rsplit("--", 1)[0]] = source
        elif ours.get("role") == "answer":
            number += 1
            shut = kept is None or name in kept
            asked = _asked(name, number, texts.get(name, ""), source, place, ours, library.questions.get(name), shut)
            items.append(_beside(asked, cohort.get(name)))
        elif ours.get("role") == "reflection":
            card = library.reflections.get(name)
            one = Written(
                name,
                str(card.title) if card else name,
                texts.get(name, ""),
                "" if source.strip() == PLACEHOLDER else typed(source),
                remark=place.get("remark") or "",
                aside=place.get("aside"),
                written_in=card.written_in if card else language(),
            )
            written[name] = one
            items.append(one)
        elif place.get("task") and (owner := written.get(name.rsplit("--", 1)[0])):
            owner.levels.append(_level(name, source, place, library.reflections.get(owner.name)))
        else:
            case = library.vignettes.get(name.partition("--part-")[0])
            tag = case.written_in if case else language()
            items.append(Told(_plain(source), ours.get("role") in ("extra", "other"), tag))
    return items


_OPTION = re.compile(rf"^- \[([ x])\] \*\*({LETTER})\.\*\* (.*)$", re.MULTILINE)


def _asked(
    name: str, number: int, text: str, source: str, place: Cell, ours: Cell, card: Question | None, shut: bool
) -> Asked:
    shown, _, submitted = source.partition("\n\nThe cell as submitted:\n\n")
    tag = card.written_in if card else language()
    settled = place.get("settled")
    chosen = ours.get("chosen", ()) if settled is None else settled
    lines = [(letter, words, letter in chosen) for _, letter, words in _OPTION.findall(shown)]
    if card and tuple(words for _, words, _ in lines) != tuple(str(option.text) for option in card.options):
        card = None  # another card than the one that was answered: its reasons would stand at the wrong letters
    told = None if shut else card
    comment = place.get("comment") or ""
    decided = next((words for words in WAIVED.values() if comment.startswith(words)), "")
    return Asked(
        name,
        number,
        text=_without_heading(text),
        card=told,
        choices=[_choice(told, *line) if told else Choice(*line) for line in lines],
        score=place.get("score") or 0.0,
        points=place.get("points") or 0.0,
        state=ours.get("state", "") if settled is None else settled_as(settled),
        note=ours.get("note", ""),
        waits=bool(place.get("waits")),
        remark=place.get("remark") or "",
        aside=place.get("aside"),
        comment="" if told or shut else comment.removeprefix(decided).strip(),
        submitted=typed(submitted) if submitted else "",
        decided=decided,
        written_in=tag,
        looked_at=ours.get("state") not in ("answered", "blank"),
        closed=shut,
    )


def _choice(card: Question, letter: str, words: str, mine: bool) -> Choice:
    """An option as it came out: what is right and what was chosen is marked."""
    right = letter in card.key
    state = "right" if right else "wrong" if mine else ""
    why = str(card.options[LETTERS.index(letter)].why)
    word = verdict(card, letter)
    if right and not mine and not card.single:
        word = t("{verdict}, not marked", verdict=word)
    return Choice(letter, words, mine, state, word, why)


def _beside(asked: Asked, cohort: Chosen | None) -> Asked:
    """With what the cohort chose beside each option; not where the key stays secret, since it would give it away."""
    if cohort is None or asked.card is None:
        return asked
    choices = [replace(choice, share=cohort.share(choice.letter)) for choice in asked.choices]
    return replace(asked, choices=choices, answers=cohort.answers)


def _level(name: str, source: str, place: Cell, card: Reflection | None) -> Level:
    score = None if place.get("waits") or place.get("score") is None else place["score"]
    for criterion in card.criteria if card else ():
        if card and criterion_cell(card, criterion) == name:
            reached = criterion.levels.get(int(score), "") if score is not None and score == int(score) else ""
            return Level(
                criterion.name, score, place["points"], " ".join(str(reached).split()), place.get("remark") or ""
            )
    named = source.split("\n", 1)[0].partition("(")[0].replace("*", "").strip()
    return Level(named, score, place["points"], "", place.get("remark") or "")


def _without_heading(text: str) -> str:
    """The released question without its own heading, which the page has already."""
    return re.sub(r"\A###? [^\n]*\n+", "", text)


def _plain(source: str) -> str:
    """A cell's text with what a trainee typed in it as it was typed."""
    return INERT.sub(lambda found: typed(found[0]), source)
