"""A style sheet with what a site uses of it, and no more: themes bring rules for everything that they could show.

A rule stays where every class that its selector asks for stands on a page or in a script. What a selector says in
brackets (`:not`, `:is`, `:has`) asks for nothing here: at worst a rule stays that no page needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import tinycss2
from tinycss2.ast import AtRule, IdentToken, LiteralToken, Node, QualifiedRule, WhitespaceToken

#: At-rules with rules in their block.
NESTING = ("media", "supports", "layer", "container")
_CLASSES = re.compile(r'class="([^"]*)"')
_SCRIPT = re.compile(r"<script[^<>]*>([^<]+)")
_WORD = re.compile(r"[\w-]+")
_PROPERTY = re.compile(r"--[\w-]+")
#: A rule that can be read without reading its sheet sign by sign, which takes a hundred times as long: nothing in
#: brackets, quotes or a comment, and no rule inside of it.
_PLAIN = re.compile(r"""(?<=[{}])([^{}()\[\]"'@;/\\]+)\{[^{}"'/\\]*\}""")
_CLASS = re.compile(r"\.([\w-]+)")


def names_of_page(html: str) -> set[str]:
    """The classes of a page, the custom properties that its styles name, and the words of the scripts in it."""
    classes = (names.split() for names in _CLASSES.findall(html))
    return set(_PROPERTY.findall(html)).union(*classes, *map(names_of_script, _SCRIPT.findall(html)))


def names_of_script(text: str) -> set[str]:
    """Every word of a script: each may be a class that it sets."""
    return set(_WORD.findall(text))


@dataclass
class Rule:
    """What is left of a rule: its selectors, and its declarations as (the custom property that it sets or "", text)."""

    head: str
    parts: list[tuple[str, str]]


@dataclass
class Group:
    """`@media` and its like, with the rules inside of it."""

    head: str
    inside: list[Kept]


Kept: TypeAlias = "Rule | Group | str"


def only_used(css: str, used: set[str]) -> str:
    """The rules of a sheet that can meet something where these classes are used, in their order; without the custom
    properties that neither a rule nor `used` asks for."""

    def plain(rule: re.Match[str]) -> str:
        some = any(used.issuperset(_CLASS.findall(one)) for one in rule[1].split(","))
        return rule[0] if some else ""

    css = _PLAIN.sub(plain, css)
    kept = [*_kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), used)]
    asks: dict[str, set[str]] = {"": {name for name in used if name.startswith("--")}}
    for rule in _rules(kept):
        for name, text in rule.parts:
            asks.setdefault(name, set()).update(_PROPERTY.findall(text))
    asked, waiting = set(asks[""]), list(asks[""])
    while waiting:
        new = asks.get(waiting.pop(), set()) - asked
        asked |= new
        waiting += new
    return "".join(_written(kept, asked | {""}))


def _kept(nodes: Iterable[Node], used: set[str]) -> Iterator[Kept]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            selectors = [one for one in _parted(node.prelude, ",") if _classes(one) <= used]
            if selectors:
                head = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                parts = [(_property(part), tinycss2.serialize(part).strip()) for part in _parted(node.content, ";")]
                yield Rule(head, parts)
        elif isinstance(node, AtRule) and node.lower_at_keyword in NESTING and node.content is not None:
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield Group(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}", [*_kept(inside, used)])
        elif isinstance(node, AtRule) and node.lower_at_keyword != "charset":
            yield f"{node.serialize()}\n"


def _rules(kept: Iterable[Kept]) -> Iterator[Rule]:
    for one in kept:
        if isinstance(one, Rule):
            yield one
        elif isinstance(one, Group):
            yield from _rules(one.inside)


def _written(kept: Iterable[Kept], asked: set[str]) -> Iterator[str]:
    for one in kept:
        if isinstance(one, str):
            yield one
        elif isinstance(one, Group):
            if rules := "".join(_written(one.inside, asked)):
                yield f"{one.head}{{{rules}}}\n"
        elif block := ";".join(text for name, text in one.parts if name in asked):
            yield f"{one.head}{{{block}}}\n"


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
