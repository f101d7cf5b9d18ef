"""Which colours stand on which, and whether they can be read (WCAG 2.2, level AA)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import tokens

READ, SEEN = 4.5, 3.0  # the least contrast of text, and of the edges of controls
FRONTS = ("ink", "ink-2", "act", "act-strong", "voice", "good", "off", "note")
#: Text and the ground that it stands on, by the names of the tokens.
TEXT = (
    *((front, back) for front in FRONTS for back in ("paper", "card")),
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
)
EDGES = (
    ("edge", "card"),
    ("edge", "paper"),
    ("edge", "sunk"),
    ("focus", "paper"),
    ("focus", "card"),
    ("act", "sunk"),
    ("gate-line", "card"),
)


def light(colour: str) -> float:
    """Relative luminance of a colour written as `#rrggbb`."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def weak(colour: Callable[[str, int], str] = tokens.colour) -> Iterator[tuple[str, str, int, float, float]]:
    """Pairs that cannot be read or seen: front, ground, scheme, contrast, and what is wanted. `colour` gives the value
    of a token in a scheme."""
    for scheme in (tokens.LIGHT, tokens.DARK):
        for pairs, wanted in ((TEXT, READ), (EDGES, SEEN)):
            for front, back in pairs:
                if (found := contrast(colour(front, scheme), colour(back, scheme))) < wanted:
                    yield front, back, scheme, found, wanted
