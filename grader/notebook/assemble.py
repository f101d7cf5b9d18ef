"""Cards -> the source notebook of an assignment. The only module that imports nbformat.

The notebook is deterministic: the same cards give the same bytes, so that the committed one can be compared.
It holds no key and no reason. A rubric's descriptors stand in nbgrader's mark-scheme region, which the
release does not carry and Formgrader shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .score import option_lines
from .submission import PLACEHOLDER
from ..cards.library import Library
from ..cards.model import Assignment, Card, Criterion, Question, Reflection, Vignette
from ..cards.render import HOW
from ..counted import counted
from ..language import ENGLISH, language, later, other, t, tn

if TYPE_CHECKING:
    from nbformat import NotebookNode

VERSION = 1
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Item:
    """A question of an assignment with its points, and the cell that tells the part of a case in which it stands."""

    question: Question
    points: int
    part: str = ""


class CannotAssemble(Exception):
    """An assignment names a card that is not there. `grader check` says which, and where."""


def nothing_to_hand_out(library: Library) -> str:
    """Why there is nothing to hand out, and what to do."""
    if library.program:
        return t(
            "The edition {name} has no assignment: those of the library go with what it leaves out. Write one (grader "
            "new assignment NAME), or choose in program.yml what is kept.",
            name=library.program.name,
        )
    return t(
        "{root} holds no assignment; what comes with an installed package is a learner's part. Give the whole "
        "library with --library.",
        root=library.root,
    )


def items(assignment: Assignment, library: Library) -> Iterator[Item | Reflection | tuple[Vignette, int]]:
    """What an assignment holds, in order: questions, reflections, and (vignette, part number) where a part starts."""
    for entry in assignment.items:
        if entry.question:
            yield Item(_find(library.questions, entry.question, assignment), entry.points)
        elif entry.set:
            yield Item(_story(entry.set, library, assignment), entry.points)
        elif entry.reflection:
            yield _find(library.reflections, entry.reflection, assignment)
        else:
            vignette = _find(library.vignettes, entry.vignette, assignment)
            for number, part in enumerate(vignette.parts):
                yield vignette, number
                for ask in part.ask:
                    card = library.questions.get(ask.question) if ask.question else None
                    if card and card.use != "practice":
                        yield Item(card, entry.points, _told(vignette, number))


def _told(vignette: Vignette, number: int) -> str:
    """The name of the cell that tells a part of a case; parts count from 0."""
    return f"{vignette.name}--part-{number + 1}"


def _find(shelf: Mapping[str, Found], name: str, assignment: Assignment) -> Found:
    if name not in shelf:
        words = later("assignment {assignment}: there is no card `{name}`. Run `grader check` and mend it first.")
        raise CannotAssemble(t(words, assignment=assignment.name, name=name))
    return shelf[name]


def _story(name: str, library: Library, assignment: Assignment) -> Question:
    """The story of a set that this version of the library asks."""
    _find(library.sets, name, assignment)
    story = library.handed_out(name)
    if story is None:
        words = later(
            "assignment {assignment}: the set `{name}` has no graded story. Run `grader check` and mend it first."
        )
        raise CannotAssemble(t(words, assignment=assignment.name, name=name))
    return story


def questions(assignment: Assignment, library: Library) -> dict[str, Item]:
    """The questions of an assignment by the name of their answer cell."""
    return {str(item.question.name): item for item in items(assignment, library) if isinstance(item, Item)}


def reflections(assignment: Assignment, library: Library) -> dict[str, Reflection]:
    """The reflections of an assignment by the name of their answer cell."""
    return {card.name: card for card in items(assignment, library) if isinstance(card, Reflection)}


def criterion_cell(reflection: Reflection, criterion: Criterion) -> str:
    """The name of a criterion's cell: the reflection's name and the criterion's place."""
    return f"{reflection.name}--{reflection.criteria.index(criterion) + 1}"


def notebook(assignment: Assignment, library: Library) -> str:
    """The source notebook of an assignment, as the text of an .ipynb file."""
    import nbformat

    cells = [_locked(f"{assignment.name}--intro", _intro(assignment, library), "text")]
    number = 0
    for item in items(assignment, library):
        if isinstance(item, Item):
            number += 1
            cells += _question(item, number)
        elif isinstance(item, Reflection):
            cells += _reflection(item)
        else:
            cells.append(_locked(_told(*item), _part(*item), "case", **_tongue(item[0])))
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place:03d}"
    made = nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "candor": {"assignment": assignment.name, "version": VERSION, **_spoken()},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.validate(made)
    return str(nbformat.writes(made)) + "\n"


def _tongue(card: Card) -> dict[str, str]:
    """The language of a card, for its cells, where the interface speaks another one."""
    return {"language": card.written_in} if other(card.written_in) else {}


def _spoken() -> dict[str, str]:
    """The language of the notebook, by which the desk in a JupyterLab speaks; nothing in English."""
    return {} if language().split("-")[0] == ENGLISH else {"language": language()}


def target(assignment: Assignment, root: Path) -> Path:
    """Where an assignment's source notebook stands in a course."""
    return root / "source" / assignment.name / f"{assignment.name}.ipynb"


def _cell(name: str, source: str, candor: Mapping[str, object], editable: bool, **nbgrader: object) -> NotebookNode:
    import nbformat

    metadata: dict[str, object] = {
        "candor": candor,
        "deletable": False,
        "nbgrader": {
            "grade": False,
            "grade_id": name,
            "locked": True,
            "schema_version": 3,
            "solution": False,
            "task": False,
            **nbgrader,
        },
    }
    if not editable:
        metadata["editable"] = False
    made: NotebookNode = nbformat.v4.new_markdown_cell(source.rstrip("\n"), metadata=metadata)
    return made


def _locked(name: str, source: str, role: str, **candor: object) -> NotebookNode:
    return _cell(name, source, {"role": role, **candor}, editable=False)


def _answer(name: str, source: str, points: float, **candor: object) -> NotebookNode:
    return _cell(name, source, candor, editable=True, grade=True, solution=True, locked=False, points=points)


#: What a notebook says of itself where it is a file in a trainee's hands; the desk says it in its own way.
SAVED_BY_HAND = later(
    "Your answers are the text of this notebook: save it (Ctrl+S, or Cmd+S on a Mac) and hand it in."
    " Nothing needs to be run."
)
MARKED_BY_HAND = later(
    "To answer a question, choose an option. If the options cannot be clicked, put an `x` between the square brackets"
    " in front of your answer."
)


def _intro(assignment: Assignment, library: Library) -> str:
    held = list(items(assignment, library))
    asked = sum(isinstance(item, Item) for item in held)
    written = sum(isinstance(item, Reflection) for item in held)
    contents = [counted(asked, "question")] * bool(asked) + [counted(written, "reflection")] * bool(written)
    holds = t("{first} and {second}", first=contents[0], second=contents[1]) if contents[1:] else "".join(contents)
    size = tn(
        "**{contents}, about {n} minute.**", "**{contents}, about {n} minutes.**", assignment.minutes, contents=holds
    )
    return "\n\n".join(
        [
            f"# {assignment.title}",
            assignment.intro.strip(),
            f"{size} {t(SAVED_BY_HAND)}",
            f"{t(MARKED_BY_HAND)} {t('In reflections, do not describe a real client, however well disguised.')}",
        ]
    )


def _question(item: Item, number: int) -> list[NotebookNode]:
    card = item.question
    how = t(HOW[card.kind])
    worth = "" if item.points == 1 else f" ({counted(item.points, 'point')})"
    story = f"{card.story.strip()}\n\n" if card.story else ""
    of = _tongue(card) | ({"part": item.part} if item.part else {})
    text = f"### {t('Question {number}', number=number)}{worth}\n\n{story}**{card.ask.strip()}**\n\n*{how}*"
    return [
        _locked(f"{card.name}--ask", text, "ask", question=card.name, **of),
        # The options stand in the metadata too: without a card nobody could else tell what was released and what typed.
        _answer(
            card.name,
            "\n".join(option_lines(card)),
            item.points,
            role="answer",
            kind=str(card.kind),
            options=[str(option.text) for option in card.options],
            **of,
        ),
    ]


def _reflection(card: Reflection) -> list[NotebookNode]:
    names = "\n".join(f"- {criterion.name} ({counted(criterion.points, 'point')})" for criterion in card.criteria)
    prompt = (
        f"## {t('Reflection: {title}', title=card.title)}\n\n{card.prompt.strip()}\n\n"
        f"{t('Write {words} words. You are marked on:', words=card.words)}\n\n{names}"
    )
    cells = [
        _locked(f"{card.name}--prompt", prompt, "prompt", reflection=card.name, **_tongue(card)),
        _answer(card.name, PLACEHOLDER, 0, role="reflection", words=str(card.words)),
    ]
    for criterion in card.criteria:
        cells.append(
            _cell(
                criterion_cell(card, criterion),
                _criterion(criterion),
                {"role": "criterion", "reflection": card.name},
                editable=False,
                task=True,
                points=criterion.points,
            )
        )
    return cells


def _criterion(criterion: Criterion) -> str:
    levels = "\n".join(
        f"- **{points}**: {' '.join(text.split())}" for points, text in sorted(criterion.levels.items(), reverse=True)
    )
    return (
        f"**{criterion.name}** ({counted(criterion.points, 'point')})\n\n=== BEGIN MARK SCHEME ==="
        f"\n\n{levels}\n\n=== END MARK SCHEME ==="
    )


def _part(vignette: Vignette, number: int) -> str:
    part = vignette.parts[number]
    lines = ["## " + t("Case: {title}", title=vignette.title)] if number == 0 else []
    if number == 0 and vignette.caution:
        lines.append(t("*Before you read:* {note}", note=vignette.caution.strip()))
    if number == 0:
        lines.append(f"*{vignette.setting.strip()}*")
        lines.append(
            "\n".join(f"- **{p.name}**, {p.age}, {p.pronouns}. {' '.join(p.story.split())}" for p in vignette.people)
        )
    lines += [f"### {part.title}", part.story.strip()]
    lines += [t("*Think about:* {task}", task=ask.write.strip()) for ask in part.ask if ask.write]
    return "\n\n".join(lines)


def layout(assignment: Assignment, library: Library) -> list[str]:
    """The names of an assignment's cells, in order."""
    names = [f"{assignment.name}--intro"]
    for item in items(assignment, library):
        if isinstance(item, Item):
            names += [f"{item.question.name}--ask", item.question.name]
        elif isinstance(item, Reflection):
            names += [f"{item.name}--prompt", item.name, *(criterion_cell(item, one) for one in item.criteria)]
        else:
            names.append(_told(*item))
    return names
