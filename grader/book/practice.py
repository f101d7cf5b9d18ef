"""What the pages for rehearsal and review know: the practice cards, and forms made of them. No graded or exam card is
in it.

A form takes first what no chapter shows, so that somebody who has read the book meets something new.
"""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx

from .library import library_of
from ..cards.library import Library
from ..cards.model import Question
from ..cards.reading_time import directives
from ..cards.render import block, inline
from ..learner.exam.forms import draw
from ..learner.spacing import PARAMETERS
from ..web.files import write as write_file

FILE = "candor-practice.js"
SCRIPT = "candor-app.js"  # behind the cards
FORMS = 3
SEED = 1


def write(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: a script that sets `window.candorPractice`. A script and not JSON, so that it also works from
    a folder on disk; JSON in a string all the same, which a browser reads in half the time."""
    if exception or app.builder.format != "html":
        return
    path = Path(app.outdir) / "_static" / FILE
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(data(library_of(app)), ensure_ascii=False)
    write_file(path, f"window.candorPractice = JSON.parse({text});\n", lasting=False)


def data(library: Library) -> str:
    """Cards, areas, forms and the parameters of the schedule, as JSON that is safe in a script."""
    cards = {
        card.name: _card(card, library)
        for card in library.questions.values()
        if card.published and card.chapter in library.chapters
    }
    made, shown = {}, in_chapters(library)
    for blueprint in library.exams.values():
        if blueprint.form == "knowledge":
            made[blueprint.name] = {
                "title": str(blueprint.title),
                "minutes": blueprint.minutes,
                "forms": [
                    [{"card": card.name, "area": area} for area, card in form.slots]
                    for form in draw(blueprint, library, SEED, ("practice",), FORMS, shown)
                ],
            }
    everything = {"cards": cards, "areas": library.areas, "exams": made, "parameters": PARAMETERS}
    return json.dumps(everything, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


def in_chapters(library: Library) -> set[str]:
    """The practice cards that stand on a page of the book: by themselves, in a set, or in a case."""
    shown: set[str] = set()
    for page in library.pages.values():
        shown.update(directives(page, "question"))
        shown.update(story.name for name in directives(page, "set") for story in library.stories(name, "practice"))
        cases = (library.vignettes.get(name) for name in directives(page, "vignette"))
        shown.update(str(name) for case in cases if case for name in case.questions)
    return {name for name in shown if name in library.questions and library.questions[name].published}


def _card(card: Question, library: Library) -> dict[str, object]:
    chapter = library.chapters[card.chapter]
    return {
        "kind": str(card.kind),
        "story": block(card.story),
        "ask": inline(card.ask),
        "options": [
            {"text": inline(option.text), "why": inline(option.why), "right": option.right} for option in card.options
        ],
        "explain": inline(card.explain),
        "unless": inline(card.unless) if card.unless else "",
        "gate": str(card.gate).replace("-", " "),
        "chapter": str(chapter.title),
        "part": library.parts.get(f"{chapter.part}/{chapter.name}", ""),
        "page": f"{chapter.part}/{chapter.name}.html",
        "section": chapter.section(str(card.objective)),
        "objective": " ".join(str(chapter.objectives.get(card.objective, card.objective)).split()),
    }
