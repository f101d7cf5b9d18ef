"""One source of colour: nowhere else in the package stands a hex colour, and every pair that is read can be read."""

import re
from pathlib import Path

import pytest

from grader.web import contrast, desk_help, tokens

PACKAGE = Path(tokens.__file__).parent.parent
HEX = re.compile(r"(?<![&\w/])#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
KINDS = {".py", ".css", ".js", ".svg", ".j2", ".html", ".typ", ".json"}
FUNCTION = re.compile(r"\b(?:rgba?|hsla?|oklch|lab)\(\s*[\d.]")


def written() -> list[Path]:
    """All but the tokens' own file and what is made of them (`tests/web/test_desk_help.py` holds it to them)."""
    made = {tokens.FILE, desk_help.IN_LAB}
    return [
        path
        for path in PACKAGE.rglob("*")
        if path.suffix in KINDS and path not in made and "node_modules" not in path.parts
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


def test_text_has_4_5_to_1_and_the_edges_of_controls_3_to_1():
    assert list(contrast.weak()) == []
    assert contrast.contrast("#000000", "#ffffff") == pytest.approx(21)


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
