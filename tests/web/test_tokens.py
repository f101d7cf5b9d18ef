"""One source of colour: nowhere else in the package stands a hex colour, and every pair that is read can be read."""

import re
from pathlib import Path

import pytest

from grader.web import tokens

PACKAGE = Path(tokens.__file__).parent.parent
HEX = re.compile(r"(?<![&\w/])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
KINDS = {".py", ".css", ".js", ".svg", ".j2", ".html", ".typ", ".json"}
FUNCTION = re.compile(r"\b(?:rgba?|hsla?|oklch|lab)\(\s*[\d.]")


def written() -> list[Path]:
    return [
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in KINDS and path != tokens.FILE and "node_modules" not in path.parts
    ]


def test_no_colour_stands_outside_the_tokens():
    files = written()
    assert len(files) > 90 and {path.suffix for path in files} >= {".py", ".css", ".js", ".j2", ".typ"}
    found = [
        f"{path.relative_to(PACKAGE)}: {hit[0]}"
        for path in files
        for pattern in (HEX, FUNCTION)
        for hit in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


FRONTS = ("ink", "ink-2", "act", "act-strong", "voice", "good", "off", "note")
TEXT = [
    *[(front, back) for front in FRONTS for back in ("paper", "card")],
    ("ink-2", "sunk"),
    ("on-act", "act"),
    ("on-act", "act-strong"),
    ("on-gate", "gate"),
    ("ink", "act-soft"),
    ("ink-2", "act-soft"),
    ("act", "act-soft"),
    ("ink", "voice-soft"),
    ("voice", "voice-soft"),
    ("act", "voice-soft"),
    ("good", "good-soft"),
    ("ink", "good-soft"),
    ("off", "off-soft"),
    ("ink", "off-soft"),
    ("note", "note-soft"),
    ("ink", "note-soft"),
    ("act", "note-soft"),
]


@pytest.mark.parametrize("scheme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_text_has_4_5_to_1_and_the_edges_of_controls_3_to_1(scheme):
    weak = [
        (front, back)
        for front, back in TEXT
        if contrast(tokens.colour(front, scheme), tokens.colour(back, scheme)) < 4.5
    ]
    assert weak == []
    edges = [
        ("edge", "card"),
        ("edge", "paper"),
        ("edge", "sunk"),
        ("focus", "paper"),
        ("focus", "card"),
        ("act", "sunk"),
        ("gate-line", "card"),
    ]
    assert [
        pair for pair in edges if contrast(tokens.colour(pair[0], scheme), tokens.colour(pair[1], scheme)) < 3
    ] == []


def test_every_name_that_a_style_uses_is_a_token():
    known = {
        f"--cd-{name}" for group in ("colour", "family", "type", "space", "radius") for name in tokens.tokens()[group]
    }
    used = {name for path in written() for name in re.findall(r"var\((--cd-[\w-]+)", path.read_text(encoding="utf-8"))}
    assert used <= known and len(used) > 30


def test_each_surface_gets_its_own_names_for_the_same_colours():
    css = tokens.css()
    assert (
        css.count("--cd-act:") == 4
        and 'html[data-theme="dark"]' in css
        and "prefers-color-scheme:dark" in css
        and "@media print" in css
    )
    assert "--pst-color-primary:var(--cd-act)" in tokens.theme_css()
    assert (
        "--jp-brand-color1:var(--cd-act)" in tokens.jupyter_css()
        and tokens.jupyter_css().count(f"--cd-act:{tokens.colour('act', tokens.DARK)}") == 1
    )
