"""What the pages for mock exam and review know: the practice cards, and forms made of them. No graded or exam card is
in it.

All of them are known by name and chapter from the start; what stands on a card comes with its chapter's file, when
somebody is about to see it.

A form takes first what no chapter shows, so that somebody who has read the book meets something new.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from math import ceil
from pathlib import Path
from types import MappingProxyType

from sphinx.application import Sphinx

from . import citations
from .library import library_of
from .tables import in_order
from ..cards.library import Library
from ..cards.model import Blueprint, Question
from ..cards.reading_time import directives
from ..cards.render import block, inline
from ..cards.told import unbroken
from ..cards.vocabulary import spoken
from ..learner.exam.forms import draw
from ..learner.spacing import PARAMETERS
from ..web.files import write as write_file
from ..web.words import typeset, written_in

FILE = "candor-practice.js"
SCRIPT = "candor-app.js"  # behind the index
CARDS = "candor-cards"  # the folder of the chapters' files
FORMS = 3
SEED = 1


def write(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the index, and a file for each chapter."""
    if exception or app.builder.format != "html":
        return
    for name, text in files(library_of(app), _works(app)).items():
        path = Path(app.outdir) / "_static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text, lasting=False)


def _works(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Each work that the book cites: its key -> how it is named, and where it stands in the list of references."""
    known = citations.bibliography(app.env).citations
    return {
        one.key: (
            citations.short(app.env, one.key),
            f"{app.builder.get_target_uri(one.bibliography_key.docname)}#{one.citation_id}",
        )
        for one in known
    }


def files(library: Library, works: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> dict[str, str]:
    """Name below the site's `_static` -> text. Scripts and not JSON, so that they also work from a folder on disk; JSON
    in a string all the same, which a browser reads in half the time. The index sets `window.candorPractice`; a
    chapter's file puts its cards into `window.candorCards`, and its address changes when they do."""
    made, shelves = {}, []
    for chapter in in_order(library):
        held = {name: card for name, card in sorted(asked(library).items()) if card.chapter == chapter.name}
        text = _json({name: _card(card, library, works) for name, card in held.items()})
        name = f"{CARDS}/{chapter.name}.js"
        address, made[name] = shelved(name, text)
        place = {
            "title": str(typeset(str(chapter.title))),
            "part": library.parts.get(f"{chapter.part}/{chapter.name}", ""),
            "page": f"{chapter.part}/{chapter.name}.html",
        }
        safety = [name for name, card in held.items() if card.gate]
        if held:
            shelves.append({**place, "file": address, "cards": list(held), "safety": safety})
    exams = {one.name: _exam(one, library) for one in library.exams.values() if one.form == "knowledge"}
    index = {"chapters": shelves, "areas": library.areas, "exams": exams, "parameters": PARAMETERS}
    made[FILE] = in_script("candorPractice", index)
    return made


def in_script(name: str, value: object) -> str:
    """A script that gives the window a value."""
    return f"window.{name} = JSON.parse({_json(_json(value))});\n"


def shelved(name: str, text: str) -> tuple[str, str]:
    """The address of a script, which changes with what is in it, and the script: it puts a value, given as JSON, into
    `window.candorCards` under that address."""
    address = f"{name}?v={sha256(text.encode()).hexdigest()[:8]}"
    return address, f"(window.candorCards ??= {{}})[{_json(address)}] = JSON.parse({_json(text)});\n"


def asked(library: Library) -> dict[str, Question]:
    """The cards to practise on."""
    return {
        card.name: card for card in library.questions.values() if card.published and card.chapter in library.chapters
    }


def in_chapters(library: Library) -> set[str]:
    """The practice cards that stand on a page of the book: by themselves, in a set, or in a case."""
    shown: set[str] = set()
    for page in library.pages.values():
        shown.update(directives(page, "question"))
        shown.update(story.name for name in directives(page, "set") for story in library.stories(name, "practice"))
        cases = (library.vignettes.get(name) for name in directives(page, "vignette"))
        shown.update(str(name) for case in cases if case for name in case.questions)
    return {name for name in shown if name in library.questions and library.questions[name].published}


def elsewhere(library: Library) -> Counter[str]:
    """How many cards of each chapter stand on no page of the book: they come in sessions, review and mock exams."""
    shown = in_chapters(library)
    return Counter(str(card.chapter) for name, card in asked(library).items() if name not in shown)


def _exam(blueprint: Blueprint, library: Library) -> dict[str, object]:
    drawn = list(draw(blueprint, library, SEED, ("practice",), FORMS, in_chapters(library)))
    longest = max((len(form.slots) for form in drawn), default=0)
    return {
        "title": str(blueprint.title),
        # A book with fewer chapters has shorter forms: as much less time for each.
        "minutes": ceil(blueprint.minutes * min(1, longest / blueprint.questions)),
        "forms": [[{"card": card.name, "area": area} for area, card in form.slots] for form in drawn],
    }


def _json(value: object) -> str:
    """JSON that is safe in a script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _card(card: Question, library: Library, works: Mapping[str, tuple[str, str]]) -> dict[str, object]:
    chapter = library.chapters[card.chapter]

    def told(text: str, block: bool = False) -> str:
        return str(written_in(card.written_in, unbroken(text), block=block))

    return {
        "kind": str(card.kind),
        "story": told(block(card.story), block=True),
        "ask": told(inline(card.ask)),
        "options": [
            {"text": told(inline(option.text)), "why": told(inline(option.why)), "right": option.right}
            for option in card.options
        ],
        "explain": told(inline(card.explain)),
        "unless": told(inline(card.unless)) if card.unless else "",
        "sources": [works.get(str(key), (str(key), "")) for key in card.sources],
        "gate": spoken(card.gate) if card.gate else "",
        "section": chapter.section(str(card.objective)),
        "objective": typeset(" ".join(str(chapter.objectives.get(card.objective, card.objective)).split())),
    }
