"""Walks the rooms and reads every card: the whole library, with its problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from .bodies import Body
from .chapter import Chapter
from .contents import page_of, read_book
from .edition import lay
from .evidence import Evidence, Place
from .fields import read_card
from .guide import Conversation, Protocol
from .kinds import BY_CLASS, KINDS_OF_CARD
from .model import Assignment, Blueprint, Card, Question, Reflection, Vignette
from .problem import Problem, Text, problem, rule
from .program import FILE, Program, read_program
from .sets import QuestionSet, questions
from .sheet import Sheet
from .source import Fields, read_text
from .vocabulary import LETTERS
from ..language import untranslated


@rule("L001")
def odd_name(path: str, name: str, at: Text | None = None) -> Problem:
    """A file's name is the card's identity: it stands in notebooks, addresses and the gradebook.

    It is made of small letters, figures and hyphens: `secret-told-alone.yml`. Folders that hold cards follow the same
    rule.
    """
    return problem(
        odd_name,
        path,
        at,
        f"`{name}` is not a name for a card",
        "Use small letters, figures and hyphens, for example `secret-told-alone`.",
    )


@rule("L002")
def same_name(path: str, at: Text | None, first: str) -> Problem:
    """Two cards have the same name. Names are unique over the whole library, since a notebook knows a card by its name
    alone:

    two questions, or a question and a reflection, could not be told apart. Rename the newer of the two, before it is
    released.
    """
    return problem(same_name, path, at, f"another card has this name: {first}", "Rename the newer of the two.")


@rule("S001")
def no_options(path: str, at: Text, parent: str) -> Problem:
    """A set has its own `options`, or `adds_to` a set that has them. Without a list of options its stories cannot be
    asked.

    A program's own stories over options that everyone may know stand in its private folder: `adds_to: NAME-OF-THE-SET`.
    """
    what = f"there is no set `{parent}` with options" if parent else "this set has no `options`"
    return problem(
        no_options, path, at, what, "Give `options`, or the name of the set whose options these stories share."
    )


@rule("S002")
def own_options(path: str, at: Text, what: str) -> Problem:
    """Stories that are added to a set take its kind and its options as they are, so that an answer means the same in
    all of them.

    What is given here besides would be ignored. A set with other options is a set of its own: leave out `adds_to`.
    """
    return problem(
        own_options, path, at, f"a set with `adds_to` has no `{what}` of its own", "Take it out, or take out `adds_to`."
    )


NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(eq=False)
class Library:
    """Everything that was read. Cards are kept by name; a card with a broken field is left out and reported.
    Rules remember what they read in it: who changes a file loads anew. `program`: whose edition it is; absent where it
    is the library as it stands. `contents`: the table of contents as it was read. `version`: a letter from A on; it
    says which story of a set an assignment takes.
    """

    root: Path
    private: tuple[Path, ...] = ()
    program: Program | None = None
    chapters: dict[str, Chapter] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    vignettes: dict[str, Vignette] = field(default_factory=dict)
    reflections: dict[str, Reflection] = field(default_factory=dict)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    exams: dict[str, Blueprint] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    sets: dict[str, QuestionSet] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    protocols: dict[str, Protocol] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    works: dict[str, Text] = field(default_factory=dict)
    contents: Fields = field(default_factory=Fields)
    toc: tuple[Text, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Text] = field(default_factory=dict)
    outline: dict[str, Text] = field(default_factory=dict)
    unread: dict[str, list[Path]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    version: str = "A"

    @property
    def homes(self) -> tuple[Path, ...]:
        """The folders that what is published is read from: the library's, then the edition's that is laid over it."""
        return (self.root, self.program.folder) if self.program else (self.root,)

    def source(self, name: str) -> Path:
        """The file of that name from the library's root; the edition's where it has one."""
        return next((home / name for home in reversed(self.homes) if (home / name).is_file()), self.root / name)

    def sources(self, pattern: str) -> list[Path]:
        """The files that a pattern from the root names, each once: the edition's where it has one."""
        found = {path.relative_to(home): path for home in self.homes for path in home.glob(pattern)}
        return [found[name] for name in sorted(found, key=lambda name: name.parts)]  # quicker than by the paths

    def page_file(self, page: str) -> str:
        """The file of a page, as messages print it."""
        return self.shown(self.source(f"book/{page}.md"))

    def shown(self, path: Path) -> str:
        """A path as messages print it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    def is_private(self, card: Card) -> bool:
        """Whether a card is a program's own: it was read from one of its private folders."""
        return any(card.path.is_relative_to(folder) for folder in self.private)

    def there(self, shelf: str, name: str) -> bool:
        """Whether a card of this name has its file. One that could not be read is reported once, for itself, and not
        by all who name it."""
        unread = self.unread.get("questions" if shelf == "sets" else shelf, ())
        return name in getattr(self, shelf) or any(name in _names(path) for path in unread)

    def unread_file(self, name: str) -> Path | None:
        """The file that would have given a card of this name, and could not be read."""
        return next((path for paths in self.unread.values() for path in paths if name in _names(path)), None)

    def cards(self) -> Iterator[Card]:
        """Every card, each question of a set among them; the sets themselves are in `sets`."""
        for kind in KINDS_OF_CARD:
            if kind.shelf != "sets":
                yield from getattr(self, kind.shelf).values()

    def stories(self, name: str, *uses: str) -> list[Question]:
        """The questions of a set that are not retired, of some uses or of all: the library's in their order, then a
        program's own."""
        return [
            card
            for card in self.questions.values()
            if card.set == name and not card.retired and (not uses or card.use in uses)
        ]

    def handed_out(self, name: str, version: str = "") -> Question | None:
        """The story of a set that an assignment asks in a version, this library's by default. Where there are fewer
        stories than letters it begins again."""
        graded = self.stories(name, "graded")
        return graded[LETTERS.index(version or self.version) % len(graded)] if graded else None

    @property
    def planned(self) -> dict[str, str]:
        """Chapters of the outline that are not in the book yet: name -> title. A draft beside the table of contents
        is not."""
        return {page.split("/")[-1]: str(title) for page, title in self.outline.items() if page not in self.toc}

    @property
    def areas(self) -> dict[str, str]:
        """Every area of every encoded body: `aasect-cst/a` -> its title."""
        return {f"{body.name}/{area.id}": str(area.title) for body in self.bodies.values() for area in body.areas}

    @property
    def shown_bodies(self) -> dict[str, Body]:
        """The bodies whose requirements are shown: those that an edition chose, or all."""
        chosen = self.program.bodies if self.program else ()
        return {name: body for name, body in self.bodies.items() if not chosen or name in chosen}


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a library; an edition is none."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            continue
        if (folder / "book" / "_toc.yml").is_file() and (folder / "exercises").is_dir():
            return folder
    return None


@untranslated()  # what is wrong with a card is said in English, as all findings are
def load(
    root: Path,
    *private: Path,
    edition: Path | None = None,
    progress: Callable[[int], object] | None = None,
    version: str = "A",
) -> Library:
    """Read the library at `root`, the edition that is laid over it, and the cards of `private` folders that have the
    same rooms.

    `progress` is called with the number of files still to come, then once for each file. `version`: see Library.
    """
    library = Library(root.resolve(), tuple(folder.resolve() for folder in private), version=version)
    if edition:
        library.program, library.problems = read_program(edition, library.shown(edition.resolve() / FILE))
    read_book(library)
    todo = []
    for kind in KINDS_OF_CARD:
        if kind.cls in (QuestionSet, Chapter):  # sets come with questions, chapters from the table of contents
            continue
        found = [
            *library.sources(kind.room),
            *(path for home in library.private for path in sorted(home.glob(kind.room))),
        ]
        todo += [(path, kind.cls) for path in found if path.name[0] != "_" and path.stem != "index"]
    chapters = [path for path in library.sources("book/*/*.md") if page_of(library, path) in library.parts]
    todo += [(path, Chapter) for path in chapters]
    for path, cls in todo:
        if progress:
            progress(len(todo))
        add(library, path, cls)
    for card in library.sets.values():
        _unfold(library, card)
    lay(library)
    library.files = len(todo) + 2
    return library


def add(library: Library, path: Path, cls: type) -> None:
    """Read one card into the library."""
    shown = library.shown(path)
    shelf = BY_CLASS[cls].shelf
    if not NAME.fullmatch(path.stem):
        library.problems.append(odd_name(shown, path.stem))
        return
    card, problems = read_card(cls, path, shown)
    library.problems += problems
    if card is None:
        library.unread.setdefault(shelf, []).append(path)
        return
    program = library.program
    if program and getattr(card, "language", None) == "" and path.is_relative_to(program.folder):
        card = replace(card, language=Text(program.language))  # type: ignore[call-arg]  # those that have one
    _put(library, BY_CLASS[type(card)].shelf, card, None)


def _put(library: Library, shelf: str, card: Card, at: Text | None) -> None:
    """Questions, sets and reflections share their names: a notebook knows a cell by its card's name."""
    kinds = ("questions", "sets", "reflections") if shelf in ("questions", "sets", "reflections") else (shelf,)
    other = next((getattr(library, kind)[card.name] for kind in kinds if card.name in getattr(library, kind)), None)
    if other is not None:
        line = getattr(getattr(other, "named", None), "line", 0) or 1
        library.problems.append(same_name(library.shown(card.path), at, f"{library.shown(other.path)}:{line}"))
        library.unread.setdefault(shelf, []).append(card.path)
    else:
        getattr(library, shelf)[card.name] = card


def _unfold(library: Library, card: QuestionSet) -> None:
    """Put the stories of a set among the questions."""
    shown = library.shown(card.path)
    parent = library.sets.get(str(card.adds_to)) if card.adds_to else card
    if parent is None or not parent.options:
        if not (card.adds_to and library.there("sets", card.adds_to)):
            library.problems.append(no_options(shown, card.adds_to or card.theme, card.adds_to))
        library.unread.setdefault("questions", []).append(card.path)
        return
    for given, what in ((card.kind.line, "kind"), (card.options, "options")) if card.adds_to else ():
        if given:
            library.problems.append(own_options(shown, card.adds_to, what))
    for question in questions(card, parent):
        if NAME.fullmatch(question.name):
            _put(library, "questions", question, question.named)
        else:
            library.problems.append(odd_name(shown, question.name, question.named))


def _names(path: Path) -> set[str]:
    """The names that a file which could not be read would have given: its own, and those of its stories where it is
    a set."""
    text, _ = read_text(path, "")
    return {path.stem, *re.findall(r"^[ \t]+(?:- )?name: *([a-z0-9-]+)[ \t]*$", text or "", re.MULTILINE)}
