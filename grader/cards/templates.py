"""Templates: a card with a question above each blank, and `???` where somebody writes."""

from __future__ import annotations

import typing
from pathlib import Path

from . import model
from .library import NAME, ROOMS
from .model import KIND_OF_CARD

#: What cannot be told from a field's type: the shape of lists and groups.
SHAPES = {
    "options": "\n" + "\n".join(f"  - {side}: ???\n    why: |\n      ???" for side in ("wrong", "right", "wrong", "wrong")),
    "people": "\n  - name: ???\n    age: ???\n    pronouns: ???\n    story: |\n      ???",
    "parts": "\n  - title: Intake\n    story: |\n      ???\n    ask:\n      - write: ???\n    teacher: |\n      ???",
    "criteria": "\n" + "\n".join("  - name: ???\n    4: ???\n    2: ???\n    0: ???" for _ in range(3)),
    "anchors": "\n  - marks: [4, 4, 4]\n    answer: |\n      ???\n  - marks: [2, 0, 0]\n    answer: |\n      ???",
    "items": "\n  - question: ???\n  - reflection: ???",
    "weights": "\n  - area: ???\n    questions: 10",
    "requirements": "\n  - id: ???\n    title: ???\n    kind: hours\n    unit: hours\n    confidence: KNOWN\n    evidence: none\n    verify: yes",
    "objectives": "\n  short-name: ???",
}
LONG = {"story", "explain", "prompt", "intro", "unless", "caution", "note"}
LEFT_OUT = {"allow", "replaces", "codes", "check", "areas", "blueprint", "practice"}


def template(kind: str) -> str:
    """A blank card of a kind (a key of model.KIND_OF_CARD)."""
    cls = KIND_OF_CARD[kind]
    hints = typing.get_type_hints(cls)
    lines: list[str] = []
    for name, field in cls.__dataclass_fields__.items():
        help = field.metadata.get("help")
        if help is None or name in LEFT_OUT:
            continue
        words = field.metadata.get("words")
        optional = "" if field.metadata.get("required") else " (may be left out)"
        lines += [f"# {help}{optional}" + (f": {', '.join(words)}" if words and len(", ".join(words)) < 90 else ""), _blank(name, hints[name], bool(optional))]
    body = "\n".join(lines) + "\n"
    return f"---\n{body}---\n\n# ???\n\n???\n\n```{{objectives}}\n```\n" if cls is model.Chapter else body


def _blank(name: str, kind: object, optional: bool) -> str:
    mark = "# " if optional else ""
    if name == "review":
        return "review: draft"
    if name in SHAPES:
        return f"{name}:{SHAPES[name]}"
    if name in LONG:
        return f"{mark}{name}: |\n{mark}  ???"
    if typing.get_origin(kind) is tuple:
        return f'{mark}{name}: ["???"]'
    return f"{mark}{name}: ???"


def place(kind: str, name: str, root: Path) -> Path:
    """Where a new card goes. Raises ValueError with one line for a name that cannot be."""
    *folders, stem = name.removesuffix(".yml").removesuffix(".md").split("/")
    wanted = {"question": 1, "chapter": 1}.get(kind, 0)
    if len(folders) != wanted or not all(NAME.fullmatch(part) for part in (*folders, stem)):
        form = {"question": "CHAPTER/NAME", "chapter": "PART/NAME"}.get(kind, "NAME")
        raise ValueError(f"A {kind} is named {form}, in small letters, figures and hyphens; not `{name}`.")
    if kind == "chapter":
        return root / "book" / folders[0] / f"{stem}.md"
    room = next(room for room, (_, cls) in ROOMS.items() if cls is KIND_OF_CARD[kind])
    return root / Path(*[folders.pop(0) if part == "*" else part for part in room.split("/")[:-1]]) / f"{stem}.yml"
