"""The language of the interface: what we say on pages, papers and screens, in the language that an edition chose.

The English sentence is the message: `t("By the end you can")`. A catalogue, `locale/<tag>/candor.po`, says it in
another language; what it lacks stays English. Catalogues are gettext's, and are read as translators write them: there
is nothing to compile. `scripts/language.py` keeps them up to date. What authors wrote, prose and cards, is not in them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from gettext import c2py
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
TEMPLATE = LOCALE / "candor.pot"
ENGLISH = "en"
#: English with every message in brackets and accented: what a page shows without them did not come through here.
PSEUDO = "en-XA"
#: Languages that are written from right to left, by their own script.
RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "syr", "ug", "ur", "yi"))
#: What may identify a client, as the desk and the notes in the book say it.
RULES = "grader/labextension/static/guard.json"
#: The sources of what the book's pages say, and of what the desk does: each takes some of the other's.
BOOK, DESK = ("js/src/book/", "js/src/desk/guard.js", RULES), ("js/src/book/", "js/src/desk/", RULES)
MARKING = ("js/src/marking/",)  # of the marking page
_WORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (?=\")")
_KEPT = re.compile(r"\{[^{}]*\}|<[^<>]*>|&#?\w{1,10};|\]\([^()]*\)|`[^`]*`")
_ACCENTS = str.maketrans("AEIOUYaeiouycns", "ÅÉÎÖÛÝåéîöûýçñš")


@dataclass(frozen=True)
class Message:
    """An entry of a catalogue. `many`: the English plural, "" for a message without one; `said`: the translation, or
    its forms; `files`: where the message is used, from the repository's root."""

    context: str
    text: str
    many: str
    said: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """The messages of a language, by context and English text. `form`: a whole number -> the place of its form in
    `said`; `categories`: what CLDR calls these forms, in their order."""

    tag: str
    messages: Mapping[tuple[str, str], Message]
    form: Callable[[int], int]
    categories: tuple[str, ...]

    def find(self, context: str, text: str) -> tuple[str, ...]:
        """The translation with its forms; empty where there is none."""
        found = self.messages.get((context, text))
        return found.said if found is not None and all(found.said) else ()


_used: list[tuple[str, Catalogue | None]] = [(ENGLISH, None)]


def use(tag: str = ENGLISH) -> None:
    """Say what follows in the language of this tag (BCP 47): in that of its catalogue, or of the nearest one."""
    _used[0] = (tag, _catalogue(tag))


@contextmanager
def untranslated() -> Iterator[None]:
    """Messages are English inside of this block: for what is compared, and must not change with the language."""
    before = _used[0]
    _used[0] = (ENGLISH, None)
    try:
        yield
    finally:
        _used[0] = before


def language() -> str:
    """The tag of the language in which messages are said: that of the catalogue in use, or English as it was asked."""
    asked, catalogue = _used[0]
    return catalogue.tag if catalogue else asked if asked.split("-")[0] == ENGLISH else ENGLISH


def t(text: str, /, **values: object) -> str:
    """A message, with its `{placeholders}` filled in where values are given. For HTML: `Markup(t(...)).format(...)`."""
    return _filled(_said("", text), values)


def tc(context: str, text: str, /, **values: object) -> str:
    """A message whose English means several things: `tc("verb", "Record")`."""
    return _filled(_said(context, text), values)


def tn(one: str, many: str, n: float, /, **values: object) -> str:
    """A message about a number, `{n}`: `tn("{n} question", "{n} questions", 2)`. A part of one takes the form of the
    next whole number, in English the plural."""
    catalogue = _used[0][1]
    forms = catalogue.find("", one) if catalogue else ()
    if catalogue and forms:
        text = forms[min(catalogue.form(abs(math.ceil(n))), len(forms) - 1)]
    else:
        text = one if f"{n:g}" == "1" else many
    return text.format(n=number(n), **values)


def later(text: str) -> str:
    """A message that `t` will say once a language is chosen: for tables that are read before that."""
    return text


def day(when: date) -> str:
    """A day in words: `28 November 2026`."""
    return tc("date", "{day} {month} {year}", day=when.day, month=t(MONTHS[when.month - 1]), year=when.year)


def month(when: date) -> str:
    """A month in words: `November 2026`."""
    return tc("date", "{month} {year}", month=t(MONTHS[when.month - 1]), year=when.year)


def number(n: float, places: int | None = None, sign: str = "") -> str:
    """A number as it is read: `1.5`, in other languages `1,5`; with as many decimal places as are asked for, and with
    its sign where `sign` is "+"."""
    if isinstance(n, int) and places is None:
        return str(n)
    return (f"{n:{sign}g}" if places is None else f"{n:{sign}.{places}f}").replace(".", tc("decimal mark", "."))


def in_percent(share: float) -> str:
    """A share of 1: `42 %`."""
    return t("{share} %", share=number(100 * share, 0))


def joined(items: Iterable[str], pair: str) -> str:
    """Several things in a row, by a message about two of them: `A and B and C` by `{first} and {second}`."""
    return reduce(lambda first, second: t(pair, first=first, second=second), items)


def script_words(sources: tuple[str, ...]) -> dict[str, object]:
    """What scripts say, for `js/src/words.js`: {"": {"lang": tag}, English text (behind its context and U+0004,
    where it has one): translation, or CLDR's plural category -> translation}; of `sources`, how the paths of their
    files begin. Empty in English."""
    catalogue = _used[0][1]
    if catalogue is None:
        return {}
    told: dict[str, object] = {"": {"lang": catalogue.tag}}
    for message in catalogue.messages.values():
        if any(file.startswith(sources) for file in message.files) and all(message.said):
            forms = dict(zip(catalogue.categories, message.said))
            name = f"{message.context}\u0004{message.text}" if message.context else message.text
            told[name] = forms if message.many else message.said[0]
    return told


def for_scripts(sources: tuple[str, ...]) -> str:
    """A script that sets `candorWords` to what the scripts of these sources say. Empty in English."""
    told = script_words(sources)
    if not told:
        return ""
    inert = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"globalThis.candorWords={inert};\n"


def script_file() -> str:
    """The name of a file with that script."""
    return f"candor-words.{language()}.js"


def other(tag: str, around: str = "") -> str:
    """The tag of a text's language where it must be said, since what stands around it is another one (that of the
    interface by default); else empty. Kinds of one language are told apart where both name their region."""
    around = around or language()
    one, two = (name.casefold().split("-") for name in (tag, around))
    return "" if one[0] == two[0] and (len(one) == 1 or len(two) == 1 or one == two) else tag


def direction(tag: str) -> str:
    """In which direction a language is written: `rtl` or `ltr`."""
    first, *rest = tag.casefold().split("-")
    return "rtl" if {"arab", "hebr"} & set(rest) or (first in RIGHT_TO_LEFT and "latn" not in rest) else "ltr"


def everywhere(text: str) -> list[str]:
    """A message in English and in every language that has it: to find again what was written in one of them."""
    found = (one.find("", text) for tag in languages() if (one := _catalogue(tag)))
    return list(dict.fromkeys([text, *(said[0] for said in found if said)]))


def languages() -> list[str]:
    """The tags of all catalogues."""
    return sorted(path.parent.name for path in LOCALE.glob("*/candor.po"))


def read(path: Path) -> Iterator[Message]:
    """The messages of a PO file as Babel writes it, its head (the message "") first; without those that are only
    guessed (fuzzy)."""
    for entry in path.read_text(encoding="utf-8").split("\n\n"):
        said: dict[str, str] = {}
        files: list[str] = []
        word = ""
        for line in entry.splitlines():
            if line.startswith("#"):
                files += line[3:].split() if line.startswith("#:") else ()
                continue
            if found := _WORD.match(line):
                word = found[1]
            said[word] = said.get(word, "") + json.loads(line[found.end() if found else 0 :])
        fuzzy = "#, fuzzy" in entry and said.get("msgid")
        if "msgid" in said and not fuzzy:
            forms = tuple(text for word, text in said.items() if word.startswith("msgstr"))
            one, many = said["msgid"], said.get("msgid_plural", "")
            yield Message(said.get("msgctxt", ""), one, many, forms, tuple(files))


def pseudo(text: str) -> str:
    """A message in brackets and with accents; placeholders, tags and addresses stay as they are."""
    ends = [*_KEPT.finditer(text)]
    starts = [0, *(kept.end() for kept in ends)]
    parts = [text[start : kept.start()].translate(_ACCENTS) + kept[0] for start, kept in zip(starts, ends)]
    return f"⟦{''.join(parts)}{text[starts[-1] :].translate(_ACCENTS)}⟧"


def _said(context: str, text: str) -> str:
    catalogue = _used[0][1]
    forms = catalogue.find(context, text) if catalogue else ()
    return forms[0] if forms else text


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format(**values) if values else text


@cache
def _catalogue(tag: str) -> Catalogue | None:
    """The catalogue for a tag: its own, that of the tag without its last parts (RFC 4647, lookup), or, for a language
    without a region, that of a region. None for English and for a language without one."""
    if tag == PSEUDO:
        made = {(one.context, one.text): _bracketed(one) for one in read(TEMPLATE)}
        return Catalogue(tag, made, lambda n: int(n != 1), ("one", "other"))
    parts, known = tag.split("-"), {one.casefold(): one for one in languages()}
    asked = ["-".join(parts[:length]).casefold() for length in range(len(parts), 0, -1)]
    asked += [one for one in known if len(parts) == 1 and one.startswith(f"{tag.casefold()}-")]
    found = next((known[one] for one in asked if one in known), None)
    return _read(found) if found else None


def _bracketed(message: Message) -> Message:
    texts = (message.text, message.many) if message.many else (message.text,)
    return Message(message.context, message.text, message.many, tuple(map(pseudo, texts)), message.files)


def _read(tag: str) -> Catalogue:
    head, *messages = read(LOCALE / tag / "candor.po")
    told = dict(line.split(": ", 1) for line in head.said[0].splitlines() if ": " in line)
    rule = told["Plural-Forms"].partition("plural=")[2].rstrip(";")
    made = {(one.context, one.text): one for one in messages}
    return Catalogue(tag, made, c2py(rule), tuple(told["X-Plural-Categories"].split()))


MONTHS = (
    later("January"),
    later("February"),
    later("March"),
    later("April"),
    later("May"),
    later("June"),
    later("July"),
    later("August"),
    later("September"),
    later("October"),
    later("November"),
    later("December"),
)
