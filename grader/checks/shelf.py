"""Rules that look at many cards at once: sources, objectives, replacements, blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..cards.kinds import KINDS_OF_CARD
from ..cards.library import Library
from ..cards.model import Question, Reflection
from ..cards.problem import Problem, Text, near, problem, rule
from ..cards.source import read_text
from ..counted import in_english


@rule("L003")
def source_known(library: Library) -> Iterator[Problem]:
    """A card's `sources` are keys of `book/references.bib`. A reader must be able to follow a reason to its ground.

    Nothing is added from memory: a new work needs an entry that somebody has confirmed.
    """
    for card in library.cards():
        for key in getattr(card, "sources", ()):
            if key not in library.works:
                yield problem(
                    source_known,
                    library.shown(card.path),
                    key,
                    f"`{key}` is not in the bibliography",
                    near(key, library.works),
                )


@rule("L004")
def replacement_known(library: Library) -> Iterator[Problem]:
    """`replaces` and `retired, see NAME` name a card of the same kind. That is how a correction can be followed by
    an editor years later, who finds the old card in an old notebook."""
    for kind in ("questions", "vignettes", "reflections", "assignments", "sheets"):
        shelf = getattr(library, kind)
        for card in shelf.values():
            seen = card.review.partition("retired, see ")[2]
            for name, at in ((getattr(card, "replaces", ""), getattr(card, "replaces", None)), (seen, card.review)):
                if name and not library.there(kind, name):
                    yield problem(
                        replacement_known, library.shown(card.path), at, f"there is no card `{name}`", near(name, shelf)
                    )


@rule("L019")
def known_as_once(library: Library) -> Iterator[Problem]:
    """`known_as` is the id by which learning platforms know a card: the name that it had when it was given out. Two
    cards with one id would be taken for the same question there, and the newer would replace the older.

    A card whose file was never renamed needs no `known_as`: its name is its id.
    """
    seen: dict[str, str] = {}
    cards: list[Question | Reflection] = [*library.questions.values(), *library.reflections.values()]
    for card in sorted(cards, key=lambda card: bool(card.known_as)):
        shown = library.shown(card.path)
        if card.outside in seen and card.known_as:
            yield problem(
                known_as_once,
                shown,
                card.known_as,
                f"another card is known by the id `{card.outside}`: {seen[card.outside]}",
                "Give each its own; a copy of a card is a question of its own.",
            )
        seen.setdefault(card.outside, shown)


@rule("L005")
def objective_practised(library: Library) -> Iterator[Problem]:
    """Every objective of a chapter is practised by at least two question cards. One alone teaches its answer, not
    the objective."""
    count = Counter((card.chapter, str(card.objective)) for card in library.questions.values() if not card.retired)
    unread = {path.parent.name for path in library.unread.get("questions", ())}
    for chapter in library.chapters.values():
        for name in () if chapter.name in unread else chapter.objectives:
            practised = in_english(count[chapter.name, str(name)], "question card")
            if count[chapter.name, str(name)] < 2:
                yield problem(
                    objective_practised,
                    library.shown(chapter.path),
                    name,
                    f"`{name}` is practised by {practised}; at least 2 are wanted",
                    f"Write one: grader new question {chapter.name}/NAME.",
                )


@rule("L006", "warning")
def graded_card_unused(library: Library) -> Iterator[Problem]:
    """A graded card or a reflection stands in no assignment, so no trainee meets it. A set that is named there stands
    for all its graded stories.

    Add it to an assignment, name it in a case of one, or make it a practice card.
    """
    if library.unread.keys() & {"assignments", "vignettes"}:
        return
    used = {str(item.card) for card in library.assignments.values() for item in card.items}
    used |= {str(name) for card in library.vignettes.values() if card.name in used for name in card.questions}
    for card in [*library.questions.values(), *library.reflections.values()]:
        if (
            getattr(card, "use", "graded") == "graded"
            and not {card.name, getattr(card, "set", "")} & used
            and not card.retired
        ):
            yield problem(
                graded_card_unused,
                library.shown(card.path),
                getattr(card, "named", None),
                "this card stands in no assignment",
                "Add it to one, or make it a practice card.",
            )


#: An optional field of a template. A line `# ???` is a chapter's title.
COMMENT = re.compile(r"\s*# (?!\?\?\?$)")


@rule("L009")
def blank_left(library: Library) -> Iterator[Problem]:
    """`???` marks a place of a template where somebody still has to write.

    A card with a blank is neither printed nor scored: finish it, or take the file away until it is ready. It is said
    once for each file, at the first blank; other rules are silent about the lines that have one. A field that may be
    left out, and still is a comment, is no blank.
    """
    for path, places in blanks(library).items():
        many = "one blank, `???`, is left here" if len(places) == 1 else f"{len(places)} blanks, `???`, are left"
        others = ", ".join(str(place.line) for place in places[1:9]) + (", ..." if len(places) > 9 else "")
        yield problem(
            blank_left,
            path,
            places[0],
            many if len(places) == 1 else f"{many}: here and on line {others}",
            "Write what the comment above each asks.",
        )


def blanks(library: Library) -> dict[str, list[Text]]:
    """By file, as messages print it: where `???` still stands, in cards that were read and in those that could not
    be."""
    found: dict[str, list[Text]] = {}
    read = (card.path for card in (*library.cards(), *library.sets.values()))
    for path in dict.fromkeys((*read, *(path for paths in library.unread.values() for path in paths))):
        text, _ = read_text(path, "")
        for number, line in enumerate((text or "").split("\n"), 1):
            if "???" in line and not COMMENT.match(line):
                found.setdefault(library.shown(path), []).append(Text("", number, line.index("???") + 1))
    return found


@rule("L010")
def work_twice(library: Library) -> Iterator[Problem]:
    """A key stands once in the bibliography. With two entries, nobody knows which one a card means, and the book
    prints whichever comes last."""
    text, _ = read_text(library.root / "book/references.bib", "")
    seen: dict[str, int] = {}
    for number, line in enumerate((text or "").split("\n"), 1):
        if match := re.match(r"@\w+\{([^,\s]+),", line):
            if match[1] in seen:
                yield problem(
                    work_twice,
                    "book/references.bib",
                    Text("", number, 1),
                    f"`{match[1]}` is in the bibliography twice; first on line {seen[match[1]]}",
                    "Keep one entry.",
                )
            seen.setdefault(match[1], number)


#: How a page's name may end by mistake.
PAGES = (".md", ".markdown", ".mdown", ".mkd", ".md.txt")


@rule("L014")
def card_not_read(library: Library) -> Iterator[Problem]:
    """A file lies among the cards and is not read: its name ends otherwise than in `.yml`, or it lies a folder too
    high, too deep, or in a folder of another name. What stands in it is missing everywhere, and nothing else says so.

    Before:  exercises/bank/confidentiality/secret-told-alone.yaml
    After:   exercises/bank/confidentiality/secret-told-alone.yml
    """
    rooms = dict.fromkeys(kind.room for kind in KINDS_OF_CARD if kind.room.endswith(".yml"))
    for home in (*library.homes, *library.private):
        for room in rooms:
            read, top = set(home.glob(room)), home / room.partition("/*")[0]
            for path in sorted(top.rglob("*")):
                inside = path.relative_to(top).parts
                if path in read or path.is_dir() or any(part.startswith((".", "_")) for part in inside):
                    continue
                if path.suffix == ".yml":
                    place = room.replace("*/*", "CHAPTER/NAME").replace("*", "NAME")
                    what, hint = "this file is not read where it lies", f"Put it where it belongs: {place}"
                elif path.suffix.lower() in (".yml", ".yaml", ".txt", ".json"):
                    name = path.name.partition(".")[0]
                    what, hint = "this file is not read: a card's name ends in `.yml`", f"Rename it: {name}.yml"
                else:
                    continue
                yield problem(card_not_read, library.shown(path), None, what, hint)
        tops = {home / room.partition("/*")[0] for room in rooms}
        for path in sorted((home / "exercises").rglob("*.yml")):
            if tops.isdisjoint(path.parents) and not path.is_dir():
                names = ", ".join(sorted(top.name for top in tops if top.parent.name == "exercises"))
                hint = f"Put it into a folder that is read: {names}; a case into case_vignettes."
                yield problem(card_not_read, library.shown(path), None, "this file is not read where it lies", hint)
        for path in sorted((home / "book").rglob("*")):
            if path.name.lower().endswith(PAGES) and path.suffix != ".md" and not path.is_dir():
                what, hint = "this page is not read: its name ends in `.md`", "Rename it."
                yield problem(card_not_read, library.shown(path), None, what, hint)


CHECKS = (
    source_known,
    replacement_known,
    known_as_once,
    objective_practised,
    graded_card_unused,
    blank_left,
    work_twice,
    card_not_read,
)
