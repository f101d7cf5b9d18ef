"""Makes the font files of grader/web/fonts from the families' own packages. Run it only to take a newer version of one.

    npm install --ignore-scripts source-sans source-serif @expo-google-fonts/noto-sans-{devanagari,arabic,...}
    python scripts/fonts.py node_modules grader/web/fonts        (needs fonttools and brotli)

Pages get two WOFF2 files of each face: what English uses, and the rest of Latin, Greek and Cyrillic, which a browser
loads only where a page holds it. Papers get one TTF of each face, and one regular weight of Noto Sans for each other
script. The families are under the SIL Open Font License 1.1, which keeps the name *Source* for what Adobe itself
makes: the cut-down faces are called Candor Sans and Candor Serif.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = (
    "20-7E A0-17F 192 218-21B 2C6 2C7 2D8-2DD 2009 2010-2015 2018-201E 2020-2022 2026 2030 2032 2033 "
    "2039 203A 2044 20AC 2122 2190-2193 2212 2248 2260 2264 2265 25CB 25CF 2610 2611 2713 2717"
)
REST = (
    "180-191 193-217 21C-24F 250-2AF 2B0-2FF 300-36F 370-3FF 400-52F 1C80-1C8F 1D00-1DBF 1E00-1EFF 1F00-1FFF "
    "2002-2008 200A 2070-208E 20A0-20AB 20AD-20BF 2100-214F 2C60-2C7F A720-A7FF AB30-AB6F"
)
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]

#: Our file, its family's name, the file of the package, the axes that are kept.
FACES = [
    ("sans", "Candor Sans", "source-sans/VF/SourceSans3VF-Upright.ttf", {"wght": (400, 700)}),
    ("sans-italic", "Candor Sans", "source-sans/VF/SourceSans3VF-Italic.ttf", {"wght": (400, 700)}),
    ("serif", "Candor Serif", "source-serif/VAR/SourceSerif4Variable-Roman.ttf", {"wght": (400, 700), "opsz": 20}),
]
SCRIPTS = [
    "devanagari",
    "arabic",
    "hebrew",
    "bengali",
    "tamil",
    "telugu",
    "gujarati",
    "gurmukhi",
    "kannada",
    "malayalam",
    "sinhala",
    "thai",
    "lao",
    "khmer",
    "myanmar",
    "georgian",
    "armenian",
    "ethiopic",
]
#: Chinese, Japanese and Korean: the characters of the national sets that registers of names use.
ENCODINGS = {"sc": ("gb2312", "shift_jis", "big5"), "kr": ("euc_kr",)}


def points(ranges: str) -> list[int]:
    """`20-7E A0` -> code points."""
    found = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def two_bytes(encoding: str) -> set[int]:
    """The characters of a national set that has two bytes to a character; of Big5 the frequent half."""
    found = set()
    for high in range(0x81, 0xC7 if encoding == "big5" else 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found |= {ord(char) for char in bytes([high, low]).decode(encoding)}
            except UnicodeDecodeError:
                continue
    return found


def cut(font: TTFont, wanted: list[int], features: list[str] | str = "*") -> TTFont:
    options = subset.Options(
        layout_features=features,
        notdef_outline=True,
        hinting=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17, 25],
        name_languages=[0x409],
    )
    worker = subset.Subsetter(options)
    worker.populate(unicodes=wanted)
    worker.subset(font)
    return font


def rename(font: TTFont, family: str, style: str) -> None:
    """The family's name in every place that a program reads it from; the copyright line stays."""
    plain = family.replace(" ", "")
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 21, 22, 25) or record.nameID > 25:
            font["name"].removeNames(nameID=record.nameID)
    for number, words in {
        1: family,
        2: style,
        3: f"{plain}-{style};made from Source by Adobe",
        4: f"{family} {style}",
        6: f"{plain}-{style}",
    }.items():
        font["name"].setName(words, number, 3, 1, 0x409)


def faces(packages: Path, to: Path) -> None:
    for name, family, source, axes in FACES:
        style = "Italic" if name.endswith("italic") else "Regular"
        for part, ranges in (("", LATIN), ("-rest", REST), (None, f"{LATIN} {REST}")):
            font = instancer.instantiateVariableFont(cut(TTFont(packages / source), points(ranges), FEATURES), axes)
            if "STAT" in font:
                del font["STAT"]
            rename(font, family, style)
            font.flavor = None if part is None else "woff2"
            font.save(to / (f"{name}.ttf" if part is None else f"{name}{part}.woff2"))


def fields(to: Path) -> None:
    """The face of what is typed into a PDF's fields: one weight, without features, as viewers ask one glyph a letter.
    Beside it what a PDF says of a font: its box, and each letter's glyph and width in thousandths."""
    font = instancer.instantiateVariableFont(TTFont(to / "sans.ttf"), {"wght": 400})
    font = cut(font, sorted(font.getBestCmap()), [])
    for table in set(font.keys()) & {"GSUB", "GPOS", "GDEF", "STAT", "post"}:
        del font[table]
    rename(font, "Candor Fields", "Regular")  # or papers would take it for their own face
    font.save(to / "fields.ttf")
    scale, order = 1000 / font["head"].unitsPerEm, font.getGlyphOrder()
    head, lines, capital = font["head"], font["hhea"], font["OS/2"]
    told = {
        "box": [round(scale * side) for side in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "ascent": round(scale * lines.ascent),
        "descent": round(scale * lines.descent),
        "capital": round(scale * capital.sCapHeight),
        "widths": [round(scale * font["hmtx"][name][0]) for name in order],
        "letters": [[order.index(name), point] for point, name in sorted(font.getBestCmap().items())],
    }
    (to / "fields.json").write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")


def scripts(packages: Path, to: Path) -> None:
    google = packages / "@expo-google-fonts"
    for script in SCRIPTS:
        font = TTFont(next((google / f"noto-sans-{script}" / "400Regular").glob("*.ttf")))
        cut(font, list(font.getBestCmap())).save(to / f"noto-{script}.ttf")
    for part, encodings in ENCODINGS.items():
        font = TTFont(next((google / f"noto-sans-{part}" / "400Regular").glob("*.ttf")))
        wanted = set().union(*map(two_bytes, encodings))
        if part == "kr":
            wanted = {point for point in wanted if 0x3130 <= point < 0x3190 or 0xAC00 <= point < 0xD7B0}
        else:
            wanted = {point for point in wanted if point >= 0x2E80}
        cut(font, sorted(wanted), ["kern", "ccmp", "locl", "liga"]).save(
            to / f"noto-{'cjk' if part == 'sc' else 'hangul'}.ttf"
        )


def main() -> None:
    packages, to = map(Path, sys.argv[1:3])
    to.mkdir(parents=True, exist_ok=True)
    faces(packages, to)
    fields(to)
    scripts(packages, to)
    ranges = {part: ",".join(f"U+{each}" for each in words.split()) for part, words in (("", LATIN), ("-rest", REST))}
    (to / "ranges.json").write_text(json.dumps(ranges, indent=1) + "\n", encoding="utf-8")
    shutil.copy(packages / "source-sans" / "LICENSE.md", to / "OFL-Source-Sans.txt")
    shutil.copy(packages / "source-serif" / "LICENSE.md", to / "OFL-Source-Serif.txt")
    shutil.copy(packages / "@expo-google-fonts" / "noto-sans-devanagari" / "LICENSE_FONT", to / "OFL-Noto.txt")
    shutil.copy(packages / "@expo-google-fonts" / "noto-sans-sc" / "LICENSE_FONT", to / "OFL-Noto-CJK.txt")


if __name__ == "__main__":
    main()
