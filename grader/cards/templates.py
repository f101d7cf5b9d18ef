"""Templates: a card with a question above each blank, and `???` where somebody writes."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path

from .bodies import Body
from .chapter import Chapter
from .guide import NOTE_PARTS, SESSION_PARTS, Conversation, Protocol
from .kinds import BY_WORD
from .library import NAME
from .model import Assignment, Blueprint, Part, Question, Reflection
from .sets import QuestionSet, Story
from .sheet import Sheet
from .source import Items, parse_fields

#: What stands where somebody writes.
BLANK = "???"
#: What cannot be told from a field's type: the shape of lists and groups.
SHAPES = {
    (Question, "options"): (
        "\n" + "\n".join(f"  - {side}: ???\n    why: |\n      ???" for side in ("wrong", "right", "wrong", "wrong"))
    ),
    (QuestionSet, "options"): "\n" + "\n".join(f"  {name}: ???" for name in ("first", "second", "third", "fourth")),
    (Story, "right"): " ???",
    (Story, "why"): "\n" + "\n".join(f"  {name}: ???" for name in ("first", "second", "third", "fourth")),
    (Part, "ask"): "\n  - write: ???",
    (Reflection, "criteria"): "\n" + "\n".join("  - name: ???\n    4: ???\n    2: ???\n    0: ???" for _ in range(3)),
    (Reflection, "anchors"): (
        "\n"
        + "\n".join(
            f"  - marks: [{marks}]\n    answer: |\n      ???" for marks in ("4, 4, 4", "2, 4, 2", "2, 2, 0", "0, 0, 0")
        )
    ),
    (Assignment, "items"): "\n  - question: ???\n  - set: ???\n  - reflection: ???",
    (Blueprint, "weights"): "\n  - area: ???\n    questions: 10",
    (
        Body,
        "requirements",
    ): (
        "\n  - id: ???\n    title: ???\n    kind: hours\n    unit: hours\n    confidence: KNOWN\n    evidence: none\n  "
        "  verify: yes"
    ),
    (Sheet, "version"): " 1",
    (Chapter, "objectives"): "\n  short-name: ???",
}
LEFT_OUT = {"allow", "replaces", "known_as", "codes", "check", "areas", "adds_to", "blueprint", "practice"}


def template(kind: str) -> str:
    """A blank card of a kind (a key of kinds.BY_WORD)."""
    cls = BY_WORD[kind].cls
    body = "\n".join(_blanks(cls)) + "\n"
    if cls is Sheet:
        fields = "Name: ____  Date: ____\n\nNotes: ____ 4 lines\n\nSignatures: Client; Therapist\n"
        return f"---\n{body}---\n\n## ???\n\n???\n\n{fields}"
    if cls is Protocol:
        parts = "".join(f"**{name}.** ???\n\n" for name in SESSION_PARTS)
        return f"---\n{body}---\n\n# ???\n\n## What it rests on\n\n???\n\n## Session 1: ???\n\n???\n\n{parts}"
    if cls is Conversation:
        note = "".join(f"  {name}: ???\n" for name in NOTE_PARTS)
        talk = f"```{{conversation}}\nClient: ???\nTherapist: ???\n{note}```\n"
        return f"---\n{body}---\n\n# ???\n\n???\n\n{talk}\n## What to take from it\n\n???\n"
    return f"---\n{body}---\n\n# ???\n\n???\n\n```{{objectives}}\n```\n" if cls is Chapter else body


def blanks(cls: type) -> Iterator[tuple[str, str, str, bool]]:
    """Each field that an author fills: its name, its question as a comment, the blank, and whether it may be left
    out."""
    hints = typing.get_type_hints(cls)
    for field in dataclasses.fields(cls):
        name = field.name
        help = field.metadata.get("help")
        if help is None:
            continue
        words = field.metadata.get("words")
        optional = not field.metadata.get("required") and (cls, name) not in SHAPES
        choice = f": {', '.join(words)}" if words and len(", ".join(words)) < 90 else ""
        question = f"# {help}{' (may be left out)' if optional else ''}{choice}"
        yield name, question, _blank(cls, field, hints[name], optional), optional


def _blanks(cls: type) -> Iterator[str]:
    """For each field its question as a comment, and the blank below it."""
    for name, question, blank, _ in blanks(cls):
        if name not in LEFT_OUT:
            yield from (question, blank)


def _blank(cls: type, field: dataclasses.Field[object], kind: object, optional: bool) -> str:
    name = field.name
    mark = "# " if optional else ""
    if name == "review" and not optional:
        return "review: draft"
    if shape := SHAPES.get((cls, name)):
        return f"{name}:{shape}"
    if field.metadata.get("block"):
        return f"{mark}{name}: |\n{mark}  ???"
    if typing.get_origin(kind) is tuple:
        entry = typing.get_args(kind)[0]
        if not (isinstance(entry, type) and dataclasses.is_dataclass(entry)):
            return f'{mark}{name}: ["???"]'
        lines = "\n".join(_blanks(entry)).split("\n")
        return "\n".join([f"{name}:", f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])])
    return f"{mark}{name}: ???"


def another_story(text: str, options: Iterable[str]) -> str:
    """The text of a set's file with a blank story behind its last; `options`: the short names of its options. Raises
    ValueError with one line."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if re.match(r"stories: *(#.*)?$", line)), None)
    if start is None:
        raise ValueError("It has no line `stories:` with a list below. Add the story by hand, as the others are.")
    end = next(
        (number for number, line in enumerate(lines) if number > start and re.match(r"[^\s#-]", line)), len(lines)
    )
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    indent = next(
        (line[: len(line) - len(line.lstrip())] for line in lines[start + 1 : end] if line.lstrip().startswith("-")),
        "  ",
    )
    made = "\n".join([*lines[:end], *(f"{indent}{line}".rstrip() for line in _story(options)), *lines[end:]])
    if _stories(made) != _stories(text) + 1:
        raise ValueError(
            "Its list of stories is written in a way that cannot be added to here. Add the story by hand, as the others"
            " are."
        )
    return made


def _stories(text: str) -> int:
    """How many stories a set's file has."""
    fields, _ = parse_fields(text, "")
    stories = fields.get("stories") if fields else None
    return len(stories.values) if isinstance(stories, Items) else 0


def own_stories(theme: str, parent: str, options: Iterable[str]) -> str:
    """A program's own file with one blank story over the options of a set."""
    story = "\n".join(f"  {line}" for line in _story(options))
    return f"theme: {_quoted(theme)}\nadds_to: {parent}\nstories:\n{story}\nreview: draft\n"


def _story(options: Iterable[str]) -> list[str]:
    """A blank story as an entry of a list, with a line for the reason under each option."""
    options = list(options)
    blank = SHAPES[Story, "why"]
    text = "\n".join(_blanks(Story)).replace(f"why:{blank}", "why:\n" + "\n".join(f"  {name}: ???" for name in options))
    text = text.replace("several only in all-that-apply", "several only in all-that-apply: " + ", ".join(options))
    first, *rest = text.split("\n")
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def place(kind: str, name: str, root: Path) -> Path:
    """Where a new card goes. Raises ValueError with one line for a name that cannot be."""
    *folders, stem = name.removesuffix(".yml").removesuffix(".md").split("/")
    wanted = {"question": 1, "set": 1, "chapter": 1}.get(kind, 0)
    if len(folders) != wanted or not all(NAME.fullmatch(part) for part in (*folders, stem)):
        form = {"question": "CHAPTER/NAME", "set": "CHAPTER/NAME", "chapter": "PART/NAME"}.get(kind, "NAME")
        raise ValueError(f"A {kind} is named {form}, in small letters, figures and hyphens; not `{name}`.")
    if kind == "chapter":
        return root / "book" / folders[0] / f"{stem}.md"
    room = BY_WORD[kind].room
    folder = Path(*[folders.pop(0) if part == "*" else part for part in room.split("/")[:-1]])
    return root / folder / f"{stem}{Path(room).suffix}"
