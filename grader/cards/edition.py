"""An edition laid over a library: what goes, and what becomes of all that refers to it.

The choices stand in `program.yml`. Where one is missing it is a problem, named once, and nothing is published.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from .chapter import Chapter
from .contents import MERGED, PLAIN, leaves_out, named
from .model import Assignment, Blueprint, Card, Question, Reflection, Vignette
from .problem import Problem, Text
from .program import CHOICES, Change, Program
from .program_rules import cannot_stay, first_page, no_choice, no_place, not_named, nothing_there, undecided
from .reading_time import minutes
from .references import Gone, labels, refers, without
from .sets import QuestionSet, uses_of
from .source import read_text

if TYPE_CHECKING:
    from .library import Library

#: What is chosen for -> the library's shelves, and how a page or a card names what stands on each.
SHELVES = {
    "questions": {"sets": "set", "questions": "question"},
    "reflections": {"reflections": "reflection"},
    "cases": {"vignettes": "vignette"},
    "assignments": {"assignments": "assignment"},
    "exams": {"exams": "exam"},
    "guides": {"sheets": "listed", "protocols": "listed", "conversations": "listed"},
}
ROOMS = ("book", "case_vignettes", "exercises")
ALONE = {"bodies": "listed", "evidence": "evidence", "places": "place"}  # shelves of what refers to no chapter


def lay(library: Library) -> None:
    """Take out of a library what its edition does without, by what was decided about the rest. What is wrong with that
    is put among the library's problems."""
    program = library.program
    if program is None:
        return
    path = library.shown(program.path)
    library.problems += _misplaced(library, program, path)
    for out, changes in ((True, program.left_out), (False, program.replaced)):
        for change in changes:
            library.problems += _Laying(library, path, change, out).problems()
    hidden: set[str] = set()
    for kind, wanted in (("bodies", program.bodies), ("places", program.places)):
        shelf = getattr(library, kind)
        library.problems += [nothing_there(path, name, shelf) for name in wanted if name not in shelf]
        hidden |= {name for name in shelf if wanted and name not in wanted}
    directives = ("listed", "requirements", "coverage", "place")
    gone = Gone(
        frozenset(f"places/{name}" for name in hidden),
        cards=frozenset(f"{directive}:{name}" for name in hidden for directive in directives),
    )
    for page in library.pages:
        _strip(library, page, gone)
    library.places = {name: card for name, card in library.places.items() if name not in hidden}
    library.pages = {page: text for page, text in library.pages.items() if not leaves_out(program, page)}
    library.outline = {page: title for page, title in library.outline.items() if not leaves_out(program, page)}


def _misplaced(library: Library, program: Program, path: str) -> Iterator[Problem]:
    """Names that the library does not have, files that replace one of its without a word, pages without a place."""
    known = [*library.outline, *library.pages]
    short = [page.rpartition("/")[2] for page in known if page.partition("/")[0] not in PLAIN]
    shelves = [getattr(library, shelf) for of in (*SHELVES.values(), ALONE) for shelf in of]
    unread = [file for files in library.unread.values() for file in files]
    cards = {library.shown(file) for file in (*(card.path for shelf in shelves for card in shelf.values()), *unread)}
    names = {*known, *(name for shelf in shelves for name in shelf), *(file.stem for file in unread)}
    replaced = [str(name) for change in program.replaced for name in change.what]
    root = str(library.contents.get("root"))
    for out, changes in ((True, program.left_out), (False, program.replaced)):
        for name in (name for change in changes for name in change.what):
            there = any(named(page, [name]) for page in known)
            if not there and not (name in cards if out else _is_file(library, name)):
                yield nothing_there(path, name, [*known, *short])
            elif out and named(root, [name]):
                yield first_page(path, name, root)
        yield from (nothing_there(path, name, names) for one in changes for name in one.each if name not in names)
    own = [
        file.relative_to(program.folder).as_posix()
        for room in ROOMS
        for file in sorted((program.folder / room).rglob("*"))
        if file.is_file()
    ]
    for file in own:
        page = _page(file)
        if _is_file(library, file) and file not in (*MERGED, *replaced) and not named(page, replaced):
            yield not_named(library.shown(program.folder / file), None, file)
        elif file.endswith(".md") and page in library.pages and page not in library.toc:
            at = next((name for change in program.replaced for name in change.what if named(page, [name])), None)
            if at is None:
                yield no_place(library.shown(program.folder / file), None, page)
            else:
                yield nothing_there(path, at, _renamed(library, page), file)
    for at in (name for change in program.replaced for name in change.what):
        if at not in own and not any(named(_page(name), [at]) for name in own):
            yield not_named(path, at, str(at))
    for one in program.added:
        if f"book/{one.page}.md" not in own:
            yield no_place(path, one.page, str(one.page), map(_page, own))
        if one.after and not any(named(page, [one.after]) for page in library.toc):
            yield no_place(path, one.after, str(one.after), [*library.toc, *short])


def _renamed(library: Library, page: str) -> list[str]:
    """The page of the library whose title is most like that of a page which has no place any more; empty without."""
    titles = {str(card.title): f"{card.part}/{card.name}" for card in library.chapters.values()}
    title = re.search(r"^title: *(\S.*)$", library.pages[page], re.MULTILINE)
    return [titles[one] for one in get_close_matches(title[1].strip("\"'"), titles, 1, 0.7)] if title else []


def _is_file(library: Library, name: str) -> bool:
    """Whether the library has a file of this name in one of its rooms, and not somewhere else on the disk."""
    parts = PurePosixPath(name).parts
    return parts[:1] in [(room,) for room in ROOMS] and ".." not in parts and (library.root / name).is_file()


def _page(file: str) -> str:
    return file.removeprefix("book/").removesuffix(".md")


class _Laying:
    """One entry of `left_out` or `replaced`, and what goes for its sake: `pages`, the `labels` on them, and `cards`, as
    a directive names them; `unasked` are sets without a graded story. `chapters` are those that are left out,
    `replaced` those that the program wrote itself."""

    def __init__(self, library: Library, path: str, change: Change, out: bool):
        self.library, self.path, self.change, self.out = library, path, change, out
        pages = {page for page in library.pages if named(page, change.what)}
        names = {page.rpartition("/")[2] for page in pages}
        self.pages, self.chapters, self.replaced = (pages, names, set()) if out else (set[str](), set[str](), names)
        files = [library.root / f"book/{page}.md" for page in pages]
        before = {label for file in files if file.is_file() for label in labels(read_text(file, "")[0] or "")}
        stays = (text for page, text in library.pages.items() if page not in self.pages)
        self.labels = before - {label for text in stays for label in labels(text)}
        self.parts = {page.partition("/")[0] for page in self.pages} - {
            page.partition("/")[0] for page in library.parts
        }
        self.cards: set[str] = set()
        self.unasked: set[str] = set()

    def problems(self) -> Iterator[Problem]:
        """Do what was chosen, and say what was not."""
        if self.out:
            self._take_out()
        uses = uses_of(self.library.questions)
        for kind, shelves in SHELVES.items():
            found, lost = [], []
            for shelf in shelves:  # one after the other: with a set go its stories, also those of another chapter
                for card in self._referring(shelf):
                    found.append(card.name)
                    lost += [] if self._do(kind, shelf, card) else [self._leave_out_as(card)]
            if kind == "questions":
                self._empty_sets(uses)
            if lost:
                yield cannot_stay(self.path, self.change.what[0], kind, lost)
            yield from self._decide(kind, found)
        for body in [*self.library.bodies.values()] if self.chapters else ():
            areas = tuple(dataclasses.replace(area, chapters=self._stay(area.chapters)) for area in body.areas)
            self.library.bodies[body.name] = dataclasses.replace(body, areas=areas)
        gone = Gone(frozenset(self.pages), frozenset(self.labels), frozenset(self.cards))
        pages = [page for page, text in self.library.pages.items() if self._ours(page) and refers(page, text, gone)]
        yield from self._decide("pages", pages)
        for page in pages:
            _strip(self.library, page, gone)

    def _empty_sets(self, before: dict[str, set[str]]) -> None:
        """A set that lost its last story goes; of one that lost its graded ones no assignment can ask any more."""
        now = uses_of(self.library.questions)
        for name in self.library.sets.keys() & before.keys() - now.keys():
            del self.library.sets[name]
            self.cards.add(f"set:{name}")
        self.unasked |= {f"set:{name}" for name, uses in now.items() if "graded" in before[name] - uses}

    def _leave_out_as(self, card: Card) -> str:
        """How `left_out` names a card: by its page, where it has one."""
        file = self.library.shown(card.path)
        return _page(file) if file.endswith(".md") else card.name

    def _take_out(self) -> None:
        """Take out the cards whose own file is left out: guides with their pages, and those named by their path."""
        files = {f"book/{page}.md" for page in self.pages} | set(map(str, self.change.what))
        files |= {f"book/{page}.yml" for page in self.pages if page.startswith("places/")}
        for shelves in (*SHELVES.values(), ALONE):
            for shelf, word in shelves.items():
                cards = getattr(self.library, shelf)
                for card in [card for card in cards.values() if self.library.shown(card.path) in files]:
                    del cards[card.name]
                    self.cards.add(f"{word}:{card.name}")

    def _do(self, kind: str, shelf: str, card: Card) -> bool:
        """Keep a card without what goes, or drop it; whether that can be done."""
        keep = self._chosen(kind, card.name) == "keep"
        kept = self._kept(card) if keep else None
        if kept is not None:
            getattr(self.library, shelf)[card.name] = kept
            return True
        del getattr(self.library, shelf)[card.name]
        self.cards.add(f"{SHELVES[kind][shelf]}:{card.name}")
        return not keep

    def _ours(self, page: str) -> bool:
        """Whether a page stays and is the library's own."""
        return page not in self.pages and self.library.source(f"book/{page}.md").is_relative_to(self.library.root)

    def _chosen(self, kind: str, name: str) -> str:
        return str(self.change.each.get(Text(name)) or getattr(self.change, kind))

    def _decide(self, kind: str, names: list[str]) -> Iterator[Problem]:
        """What was not chosen of a kind, and choices that it does not have."""
        if open_ := [name for name in names if not self._chosen(kind, name)]:
            yield undecided(self.path, self.change.what[0], kind, open_)
        for name in names:
            word = self.change.each.get(Text(name))
            if word and word not in CHOICES[kind]:
                yield no_choice(self.path, word, [kind])

    def _referring(self, shelf: str) -> list[Card]:
        """The library's own cards of a shelf that refer to what goes."""
        cards = getattr(self.library, shelf).values()
        return [card for card in cards if card.path.is_relative_to(self.library.root) and self._refers(card)]

    def _refers(self, card: Card) -> bool:
        if isinstance(card, (Question, QuestionSet, Reflection)):
            return self._tests_gone(card)
        if isinstance(card, Blueprint):
            return card.form == "case" and any(weight.area in self.parts for weight in card.weights)
        chapters = set(map(str, getattr(card, "chapters", ())))
        return bool(chapters & self.chapters) or bool(_asked(card) & (self.cards | self.unasked))

    def _tests_gone(self, card: Question | QuestionSet | Reflection) -> bool:
        """Whether a question, a set or a reflection is about a chapter that goes, or an objective that its own one does
        not have."""
        chapter = str(card.chapter)
        if chapter in self.chapters or (isinstance(card, Question) and f"set:{card.set}" in self.cards):
            return True
        if isinstance(card, QuestionSet) or chapter not in self.replaced:
            return False
        found = self.library.chapters.get(chapter)
        return found is not None and card.objective not in found.objectives

    def _stay(self, chapters: tuple[Text, ...]) -> tuple[Text, ...]:
        return tuple(name for name in chapters if name not in self.chapters)

    def _kept(self, card: Card) -> Card | None:
        """A card without what refers to what goes; None where nothing of it is left."""
        if isinstance(card, Blueprint):
            weights = tuple(weight for weight in card.weights if weight.area not in self.parts)
            count = sum(weight.questions for weight in weights)
            return dataclasses.replace(card, weights=weights, questions=count) if weights else None
        chapters = self._stay(getattr(card, "chapters", ()))
        if not chapters:
            return None
        more: dict[str, Any] = {"chapters": chapters}
        if isinstance(card, Vignette):
            more["parts"] = tuple(
                dataclasses.replace(part, ask=tuple(ask for ask in part.ask if not _of_ask(ask) & self.cards))
                for part in card.parts
            )
        if isinstance(card, Assignment):
            more["items"] = tuple(item for item in card.items if not _of_item(item) & (self.cards | self.unasked))
        return None if more.get("items") == () else dataclasses.replace(card, **more)


def _of_ask(ask: Any) -> set[str]:
    return {f"question:{ask.question}", f"reflection:{ask.reflection}"}


def _of_item(item: Any) -> set[str]:
    return {f"{kind}:{getattr(item, kind)}" for kind in ("question", "set", "vignette", "reflection")}


def _asked(card: Card) -> set[str]:
    """What a case or an assignment asks, as a directive names it."""
    if isinstance(card, Vignette):
        return {one for part in card.parts for ask in part.ask for one in _of_ask(ask)}
    return {one for item in card.items for one in _of_item(item)} if isinstance(card, Assignment) else set()


def _strip(library: Library, page: str, gone: Gone) -> None:
    """A page without what leads to something gone; its card, too."""
    library.pages[page] = without(page, library.pages[page], gone)
    for shelf in (library.chapters, library.sheets, library.protocols, library.conversations):
        card: Any = shelf.get(page.rpartition("/")[2])
        if card is not None and library.source(f"book/{page}.md") == card.path:
            body = without(page, card.body, gone)
            more = {"minutes": minutes(body)} if isinstance(card, Chapter) and body != card.body else {}
            shelf[card.name] = dataclasses.replace(card, body=body, **more)
