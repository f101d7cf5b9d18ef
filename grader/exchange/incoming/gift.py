r"""GIFT (docs.moodle.org, *GIFT format*), as teachers write it: weights, feedback, escapes, categories, comments.

A question ends at an empty line outside its braces. `\` takes the meaning from the sign behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .markup import markdown, of_markdown, plain
from .taken import Asked, Choice, Matching, Offer, Refused, Report, Written, number
from ...language import t

_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_NAME = re.compile(r"\s*::((?:\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
_FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_MARK = re.compile(r"\[(id|tag):((?:\\.|[^\]\\[]){0,300})\]")
_WEIGHT = re.compile(r"\s*%([-+]?[0-9]{1,3}(?:[.,][0-9]{0,20})?)%")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)
_TOKEN = re.compile(r"\\.|[^\\]", re.DOTALL)


@dataclass
class _Piece:
    """A question's own text, and the comments that stand above it."""

    line: int
    text: str
    comments: str
    home: str


def read(text: str, report: Report) -> Iterator[Asked]:
    """The questions of a file that cards can hold; the others go into the report. Raises Refused."""
    if "\0" in text or re.match(r"\s*<(?:\?xml|[\w:-]+ xmlns|quiz)", text):
        raise Refused(t("it is no GIFT, which is plain text: export it as that, or import it as moodle or qti"))
    for piece in _pieces(text.replace("\r\n", "\n").replace("\r", "\n")):
        body = piece.text
        named = _NAME.match(body)
        title = " ".join(_unescaped(named[1]).split()) if named else ""
        report.question = title or t("the question at line {line}", line=piece.line)
        yield from _question(body[named.end() :] if named else body, title, piece, report)
    report.question = ""


def _pieces(text: str) -> Iterator[_Piece]:
    """The questions, each with the category that stands above it."""
    held: list[str] = []
    comments: list[str] = []
    home, begun, open_ = "", 0, False
    for at, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        # A brace that nobody closed does not swallow the questions behind it, nor does an empty line that is missing.
        begins = held and _begins(bare, held, open_)
        if begins or (held and not bare and not open_):
            yield _Piece(begun, "\n".join(held).strip(), "\n".join(comments), home)
            held, comments, open_ = [], [], False
        if bare.startswith("//"):
            comments.append(bare[2:])
        elif not held and bare.startswith("$CATEGORY:"):
            home = bare.removeprefix("$CATEGORY:").replace("//", "\0").rsplit("/", 1)[-1].replace("\0", "/").strip()
            comments = []
        elif bare or open_:
            begun = begun if held else at
            held.append(line)
            open_ = _opens(line, open_)
    if held:
        yield _Piece(begun, "\n".join(held).strip(), "\n".join(comments), home)


def _begins(bare: str, held: list[str], open_: bool) -> bool:
    """Whether a line begins the next question though no empty line stands before it outside braces."""
    if open_:
        return not held[-1].strip() and bool(re.match(r"::|\$CATEGORY:|//", bare))
    return bool(re.match(r"::|\$CATEGORY:", bare)) and held[-1].rstrip().endswith("}")


def _opens(line: str, open_: bool) -> bool:
    """Whether a brace is open at the end of a line."""
    for token in _TOKEN.findall(line):
        open_ = True if token == "{" else False if token == "}" else open_
    return open_


def _question(body: str, title: str, piece: _Piece, report: Report) -> Iterator[Asked]:
    formed = _FORM.match(body)
    form = formed[1] if formed else "moodle"
    start, end = _braces(body, formed.end() if formed else 0)
    if start < 0 or end < 0:
        why = t("it has no answer in braces") if start < 0 else t("its closing brace is missing")
        report.lost(t("the whole question"), t("{why}: no card holds that", why=why), " ".join(body.split())[:120])
        return
    before, inner, behind = body[formed.end() if formed else 0 : start], body[start + 1 : end], body[end + 1 :]
    behind = behind.strip()
    gap = "" if not behind else " _____ " if behind[0].isalnum() else " _____"
    inner, _, general = _parted(inner, "####")
    marks = [(kind, _unescaped(word).strip()) for kind, word in _MARK.findall(piece.comments)]
    about: dict[str, Any] = {
        "id": next((word for kind, word in marks if kind == "id"), ""),
        "title": title,
        "stem": _text(f"{before.strip()}{gap}{behind}", form, report),
        "explain": _text(general, form, report),
        "home": piece.home,
        "tags": tuple(word for kind, word in marks if kind == "tag"),
    }
    made = _answers(inner, form, about, report)
    if made:
        yield made


def _answers(inner: str, form: str, about: dict[str, Any], report: Report) -> Asked | None:
    bare = inner.strip()
    if not bare:
        return Written(**about)
    truth = _TRUTH.match(bare)
    if truth:
        return _true_or_false(truth[1][0] in "Tt", bare[truth.end() :], form, about, report)
    if bare.startswith("#"):
        report.lost(t("the whole question"), t("a number to type: no card holds that"), "numerical")
        return None
    found = _split(bare, report)
    if all(sign == "=" for sign, _ in found):
        if len(found) > 1 and all(_parted(text, "->")[1] for _, text in found):
            return _matching([text for _, text in found], form, about, report)
        report.lost(t("the whole question"), t("words to type: no card holds that"), "shortanswer")
        return None
    offers = tuple(_offer(sign, text, form, report) for sign, text in found)
    return Choice(**about, offers=offers, many=all(sign == "~" for sign, _ in found))


def _true_or_false(right: bool, said: str, form: str, about: dict[str, Any], report: Report) -> Asked:
    """`{T#if wrong#if right}`: the first word behind the answer is for those who are wrong."""
    _, _, said = _parted(said, "#")
    wrong, _, fine = _parted(said, "#")
    whys = [_text(fine, form, report), _text(wrong, form, report)]
    offers = (Offer("True", float(right), whys[not right]), Offer("False", float(not right), whys[right]))
    return Choice(**about, offers=offers)


def _matching(lines: list[str], form: str, about: dict[str, Any], report: Report) -> Asked:
    pairs, spare = [], []
    for line in lines:
        prompt, _, answer = _parted(line, "->")
        said = " ".join(_text(answer, "plain", report).split())
        if prompt.strip():
            pairs.append((_text(prompt, form, report), said))
        else:
            spare.append(said)
    return Matching(**about, pairs=tuple(pairs), spare=tuple(spare))


def _offer(sign: str, text: str, form: str, report: Report) -> Offer:
    weight = _WEIGHT.match(text)
    text = text[weight.end() :] if weight else text
    formed = _FORM.match(text)
    text, form = (text[formed.end() :], formed[1]) if formed else (text, form)
    said, _, why = _parted(text, "#")
    share = number(weight[1], report) / 100 if weight else float(sign == "=")
    return Offer(_text(said, form, report), share, _text(why, form, report))


def _split(inner: str, report: Report) -> list[tuple[str, str]]:
    """The answers in braces, each with the sign before it: `=` right, `~` wrong. In an attribute of an HTML tag no
    answer begins."""
    found: list[tuple[str, list[str]]] = []
    within = False  # a tag
    tokens = _TOKEN.findall(inner)
    for at, token in enumerate(tokens):
        within = (within and token not in (">", "~", "\n")) or (
            token == "<" and "".join(tokens[at + 1 : at + 2]).isalpha()
        )
        if token == "=" and within:
            report.lost(t("a backslash before an ="), t("an = within a tag was read as part of it; GIFT writes \\="))
        elif token in ("=", "~"):
            _alone(token, found, tokens[at + 1 : at + 2], report)
            found.append((token, []))
            continue
        if found:
            found[-1][1].append(token)
        elif token.strip():
            found.append(("~", [token]))
    return [(sign, "".join(held)) for sign, held in found]


def _alone(sign: str, found: list[tuple[str, list[str]]], behind: list[str], report: Report) -> None:
    """Name an `=` between spaces within a line, which looks like one of a sum and begins an answer."""
    before = "".join(found[-1][1][-1:]) if found else ""
    if sign == "=" and before == " " and behind == [" "] and "".join(found[-1][1]).strip():
        report.lost(
            t("a backslash before an =, perhaps"), t("each = without one begins an answer; look at the options")
        )


def _braces(body: str, start: int) -> tuple[int, int]:
    """Where the first brace opens and the last one closes; -1 where none does."""
    opened, closed, at = -1, -1, start
    for token in _TOKEN.findall(body[start:]):
        if token == "{" and opened < 0:
            opened = at
        elif token == "}" and opened >= 0 and closed < 0:
            closed = at
        at += len(token)
    return opened, closed


def _parted(text: str, sign: str) -> tuple[str, str, str]:
    """`str.partition` at the first sign that no backslash stands before."""
    at = 0
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(sign, at):
            return text[:at], sign, text[at + len(sign) :]
        else:
            at += 1
    return text, "", ""


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def _text(text: str, form: str, report: Report) -> str:
    text = _unescaped(text).strip()
    if form == "markdown":
        return of_markdown(text, report)
    if form == "html" or (form == "moodle" and re.search(r"</?[a-zA-Z][^<>]*>|&#?\w+;", text)):
        return markdown(text.replace("\n", "<br>") if form == "moodle" else text, report)
    return plain(text)
