"""The faces of our pages: `@font-face` rules, beside a page's files or inside the page itself."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

FOLDER = Path(__file__).with_name("fonts")
WEIGHTS = "400 700"
#: Our file -> its family and style. Each has a second file, `-rest`, for what English does not use.
FACES = {
    "sans": ("Candor Sans", "normal"),
    "sans-italic": ("Candor Sans", "italic"),
    "serif": ("Candor Serif", "normal"),
}
#: What stands in until a face has come: our family -> (its ascent, its descent), and for each font that a device may
#: have the names it goes by and the size, in percent, at which English prose is as wide as in our face. So no line
#: breaks elsewhere, and nothing moves, when the face comes. From the fonts' own advance widths, by the letters of a
#: chapter.
STAND_INS: dict[str, tuple[tuple[float, float], dict[str, tuple[tuple[str, ...], float]]]] = {
    "Candor Sans": (
        (1.0, 0.326),
        {
            "Segoe": (("Segoe UI",), 95.1),
            "Roboto": (("Roboto",), 94.8),
            "Arial": (("Arial", "Liberation Sans"), 94.3),
            "DejaVu": (("DejaVu Sans",), 82.1),
        },
    ),
    "Candor Serif": (
        (1.036, 0.335),
        {
            "Georgia": (("Georgia",), 101.4),
            "Noto": (("Noto Serif",), 93.9),
            "Times": (("Times New Roman", "Liberation Serif"), 111.6),
            "DejaVu": (("DejaVu Serif",), 87.1),
        },
    ),
}


def files() -> list[Path]:
    """What a site puts beside its style sheet for `linked`."""
    return [FOLDER / f"{name}{part}.woff2" for name in FACES for part in _ranges()]


def linked(base: str) -> str:
    """Rules for a site that has the font files in the folder `base`; a browser loads those that a page needs."""
    own = "".join(_rule(name, part, f"{base}{name}{part}.woff2") for name in FACES for part in _ranges())
    return own + _stand_ins()


def inside(page: str) -> str:
    """Rules with the fonts in them, for a page that stands alone: the faces and ranges that its text needs."""
    rest = any(_matches(char) for char in set(page) if ord(char) > 0x17F)
    italic = re.search(r"<(em|i|cite)\b", page) is not None
    names = [name for name in FACES if italic or name != "sans-italic"]
    return "".join(
        _rule(name, part, _data(f"{name}{part}")) for name in names for part in _ranges() if rest or not part
    )


def _rule(name: str, part: str, address: str) -> str:
    family, style = FACES[name]
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{WEIGHTS};font-display:swap;'
        f'src:url("{address}") format("woff2");unicode-range:{_ranges()[part]}}}\n'
    )


def _stand_ins() -> str:
    """Rules for `Candor Sans as Arial` and its like: a device's font in the measures of ours."""
    rules = []
    for family, ((ascent, descent), fonts) in STAND_INS.items():
        for short, (names, size) in fonts.items():
            source = ",".join(f'local("{name}")' for name in names)
            rules.append(
                f'@font-face{{font-family:"{family} as {short}";src:{source};size-adjust:{size}%;'
                f"ascent-override:{100 * ascent / size:.1%};descent-override:{100 * descent / size:.1%};"
                "line-gap-override:0%}\n"
            )
    return "".join(rules)


@lru_cache(maxsize=1)
def _ranges() -> dict[str, str]:
    """Part of a face -> its `unicode-range`."""
    return cast(dict[str, str], json.loads((FOLDER / "ranges.json").read_text(encoding="utf-8")))


def _matches(char: str) -> bool:
    """Whether the second file of a face holds a character."""
    point = ord(char)
    for part in _ranges()["-rest"].split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        if int(first, 16) <= point <= int(last or first, 16):
            return True
    return False


@cache
def _data(name: str) -> str:
    return "data:font/woff2;base64," + b64encode((FOLDER / f"{name}.woff2").read_bytes()).decode("ascii")
