"""A synthetic cohort: invented trainees whose answers come from a fixed seed. Nobody here is real."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ..cards.library import Library
from ..cards.model import Assignment, Question, Reflection
from ..cards.vocabulary import LETTERS
from ..notebook.assemble import questions, reflections
from ..notebook.intake import source_of
from ..web.files import write

SIZE = 12
SEED = 20261123
LABEL = "(Synthetic answer.) "


#: A notebook of ours as JSON, or a cell of one.
Released: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Trainee:
    """An invented trainee: the letters marked in each question, and which anchor answer each reflection copies
    (None: left blank)."""

    id: str
    chosen: dict[str, tuple[str, ...]]
    anchors: dict[str, int | None]


def cohort(assignment: Assignment, library: Library, size: int = SIZE, seed: int = SEED) -> list[Trainee]:
    """The same trainees for the same seed and cards. The last one hands in a blank notebook."""
    dice = random.Random(seed)
    trainees = []
    for number in range(1, size + 1):
        skill = 0 if number == size else dice.uniform(0.45, 0.95)
        chosen = {name: _choose(item.question, skill, dice) for name, item in questions(assignment, library).items()}
        anchors = {
            name: dice.randrange(len(card.anchors)) if skill else None
            for name, card in reflections(assignment, library).items()
        }
        trainees.append(Trainee(f"synthetic-{number:02d}", chosen, anchors))
    return trainees


def _choose(question: Question, skill: float, dice: random.Random) -> tuple[str, ...]:
    letters = LETTERS[: len(question.options)]
    if not skill:
        return ()
    if not question.single:
        return tuple(letter for letter in letters if (letter in question.key) == (dice.random() < skill))
    wrong = [letter for letter in letters if letter not in question.key]
    return question.key if dice.random() < skill else (dice.choice(wrong),)


def answered(released: Released, trainee: Trainee, library: Library) -> Released:
    """The released notebook as this trainee hands it in."""
    notebook = copy.deepcopy(released)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name in trainee.chosen:
            source = source_of(cell)
            for letter in trainee.chosen[name]:
                source = source.replace(f"- [ ] **{letter}.**", f"- [x] **{letter}.**")
            cell["source"] = source
        elif (anchor := trainee.anchors.get(name)) is not None:
            cell["source"] = LABEL + written(library.reflections[name], anchor)
    return notebook


def written(reflection: Reflection, anchor: int) -> str:
    return reflection.anchors[anchor].answer.strip()


def hand_in(trainees: list[Trainee], released: Path, folder: Path, assignment: Assignment, library: Library) -> None:
    """Write each trainee's notebook as the browser's download would be named, for `nbgrader zip_collect`.

    The first one also holds a code cell that would leave a file if anything ran it.
    """
    notebook = json.loads(released.read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, trainee in enumerate(trainees):
        made = answered(notebook, trainee, library)
        if number == 0:
            made["cells"].append(canary(folder.parent / "CANARY"))
        path = folder / f"{trainee.id}__{assignment.name}.ipynb"
        write(path, json.dumps(made, ensure_ascii=False, indent=1))


def canary(path: Path) -> Released:
    """A code cell that writes a file when something runs it."""
    source = f"open({str(path)!r}, 'w').write('this ran')"
    return {
        "cell_type": "code",
        "id": "canary",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
