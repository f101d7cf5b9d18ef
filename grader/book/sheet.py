"""A style sheet with what a site uses of it, and no more: themes bring rules for everything that they could show.

A rule stays where every class that its selector asks for stands on a page or in a script. What a selector says in
brackets (`:not`, `:is`, `:has`) asks for nothing here: at worst a rule stays that no page needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import tinycss2
from tinycss2.ast import AtRule, IdentToken, LiteralToken, Node, QualifiedRule, WhitespaceToken

#: At-rules with rules in their block.
NESTING = ("media", "supports", "layer", "container")
_CLASSES = re.compile(r'class="([^"]*)"')
_SCRIPT = re.compile(r"<script[^<>]*>([^<]+)")
_WORD = re.compile(r"[\w-]+")
_PROPERTY = re.compile(r"--[\w-]+")


def names_of_page(html: str) -> set[str]:
    """The classes of a page, the custom properties that its styles name, and the words of the scripts in it."""
    classes = (names.split() for names in _CLASSES.findall(html))
    return set(_PROPERTY.findall(html)).union(*classes, *map(names_of_script, _SCRIPT.findall(html)))


def names_of_script(text: str) -> set[str]:
    """Every word of a script: each may be a class that it sets."""
    return set(_WORD.findall(text))


def only_used(css: str, used: set[str]) -> str:
    """The rules of a sheet that can meet something where these classes are used, in their order; without the custom
    properties that neither a rule nor `used` asks for."""

    def met(rule: QualifiedRule) -> str:
        selectors = [one for one in _parted(rule.prelude, ",") if _classes(one) <= used]
        head = ",".join(tinycss2.serialize(one).strip() for one in selectors)
        return f"{head}{{{tinycss2.serialize(rule.content).strip()}}}\n" if head else ""

    text = _rewritten(css, met)
    asks: dict[str, set[str]] = {"": {name for name in used if name.startswith("--")}}

    def note(rule: QualifiedRule) -> str:
        for part in _parted(rule.content, ";"):
            asks.setdefault(_property(part), set()).update(_PROPERTY.findall(tinycss2.serialize(part)))
        return ""

    _rewritten(text, note)
    asked, waiting = set(asks[""]), list(asks[""])
    while waiting:
        new = asks.get(waiting.pop(), set()) - asked
        asked |= new
        waiting += new

    def asked_for(rule: QualifiedRule) -> str:
        kept = [part for part in _parted(rule.content, ";") if (name := _property(part)) == "" or name in asked]
        block = ";".join(tinycss2.serialize(part).strip() for part in kept)
        return f"{tinycss2.serialize(rule.prelude)}{{{block}}}\n" if block else ""

    return _rewritten(text, asked_for)


def _rewritten(css: str, write: Callable[[QualifiedRule], str]) -> str:
    """A sheet with each of its rules as `write` gives it, those inside of `@media` and its like, too."""
    return "".join(_each(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), write))


def _each(nodes: Iterable[Node], write: Callable[[QualifiedRule], str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            yield write(node)
        elif isinstance(node, AtRule) and node.lower_at_keyword in NESTING and node.content is not None:
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if rules := "".join(_each(inside, write)):
                yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{rules}}}\n"
        elif isinstance(node, AtRule) and node.lower_at_keyword != "charset":
            yield f"{node.serialize()}\n"


def _parted(tokens: Iterable[Node], sign: str) -> list[list[Node]]:
    """What stands between signs that are not in brackets, without comments; nothing empty."""
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if isinstance(token, LiteralToken) and token.value == sign:
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return [part for part in parts if any(not isinstance(token, WhitespaceToken) for token in part)]


def _classes(selector: list[Node]) -> set[str]:
    return {
        token.value
        for dot, token in pairwise(selector)
        if isinstance(dot, LiteralToken) and dot.value == "." and isinstance(token, IdentToken)
    }


def _property(part: list[Node]) -> str:
    """The custom property that a declaration sets; "" for any other, and for a rule inside of a rule."""
    first = next(token for token in part if not isinstance(token, WhitespaceToken))
    return first.value if isinstance(first, IdentToken) and first.value.startswith("--") else ""
