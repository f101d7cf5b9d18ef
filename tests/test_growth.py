"""Nothing grows faster than its input: no regular expression, no comparison. One cell of a trainee's then stops
nobody's evening.

Every pattern of the package is found in its source, and the inputs that make it work hardest are made from the pattern
itself.
"""

import ast
import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from grader.cards.vocabulary import DESIGNS, LETTERS
from grader.checks.cases import CODES
from grader.notebook import guard
from grader.notebook.answer_lines import lead
from support.growth import REFUSED, growth, hard_inputs

PACKAGE = Path(__file__).parent.parent / "grader"
SOFT = json.loads(guard.RULES.read_text(encoding="utf-8"))["soft"]
CALLS = {"compile", "match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
#: Patterns that are made where they are used: by their source, as they come out.
MADE = {
    "CODES[system]": list(CODES.values()),
    r'''rf"`{{3,}}\{{{kind}\}}\s*(\S*)"''': [r"`{3,}\{question\}\s*(\S*)"],
    r'''rf"^`{{3,}}\{{{name}\}}[ ]*([^\s`]*)"''': [r"^`{3,}\{question\}[ ]*([^\s`]*)"],
    r'''rf"(?<![\w-])({wanted})(?![\w-])"''': [r"(?<![\w-])(frigid|sex\s+addict)(?![\w-])"],
    "wanted": [r"sex\s+addict|frigid"],
    'whole.encode("latin-1")': [r"(?<![0-9a-z_-])(?:ana\-4420|\u00e9l|a\x00n\x00)(?![0-9a-z_-])"],
    r'''rf"^`{{3,}}\{{{room}\}}[ \t]*(.*)$"''': [r"^`{3,}\{protocols\}[ \t]*(.*)$"],
    r'''rf"\b{counted_from['name']}, (?:\d|an? |the |your )"''': [r"\bUlrich, (?:\d|an? |the |your )"],
    "signs": list(DESIGNS.values()),
    r'''rf"(?:{before_them}) (\d{{1,4}}[-–]\d{{1,4}})"''': [r"(?:Words:|Palavras:) (\d{1,4}[-–]\d{1,4})"],
    r'''rf"{_FRONT}|\(?(?P<label>[{labels}{labels.lower()}])(?:\s?[.):]|\s-(?=\s)|(?=\s*$))"''': [
        lead(LETTERS[-1]).pattern
    ],
    '_whole(rule["pattern"], data["parts"])': [],  # each rule and each sign of guard.json, below
    '_whole(pattern, data["parts"])': [],
    'whole(sign["pattern"])': [],
    'whole(data["person"])': [],
    # `opens` is asked about the 60 characters before a word alone.
    "str(data[name])": [
        value for name, value in SOFT.items() if isinstance(value, str) and name not in ("opens", "known")
    ],
    "re.escape(one)": ["Romeo\\ and\\ Juliet"],
    r'''rf"(<[^<>]*>)|(?<![^\W_]){re.escape(word)}(?:e?s)?(?![^\W_])"''': [
        r"(<[^<>]*>)|(?<![^\W_])sex\ therapy(?:e?s)?(?![^\W_])"
    ],
}


def sources() -> list[Path]:
    """The modules of the package that may hold patterns."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if re.search(r"\bre\b", path.read_text(encoding="utf-8"))]


def patterns(path: Path):
    """(line, pattern, flags, how it is used) for every pattern of a module."""
    source = path.read_text(encoding="utf-8")
    module = import_module(
        ".".join(("grader", *path.relative_to(PACKAGE).with_suffix("").parts))
        .removesuffix(".__init__")
        .removesuffix(".__main__")
    )
    names, nodes = vars(module), list(ast.walk(ast.parse(source)))
    used: dict[str, set[str]] = {}
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    for node in calls:
        if isinstance(node.func.value, ast.Name) and node.func.attr in CALLS:
            used.setdefault(node.func.value.id, set()).add(node.func.attr)
    compiled = {
        id(node.value): node.targets[0].id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in calls:
        if getattr(node.func.value, "id", "") == "re" and node.func.attr in CALLS:
            ways = used.get(compiled.get(id(node), ""), {"search"}) if node.func.attr == "compile" else {node.func.attr}
            for pattern, flags in _evaluated(node, names, source):
                yield node.lineno, pattern, flags, ways


def _evaluated(node: ast.Call, names: dict, source: str) -> list[tuple[str | None, int]]:
    """The patterns of a call with their flags; None for one that only its function knows and MADE does not."""

    def value(part):
        return eval(compile(ast.Expression(part), "pattern", "eval"), dict(names))

    after = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(node.func.attr, 2)
    flags = [value(keyword.value) for keyword in node.keywords if keyword.arg == "flags"] + [
        value(part) for part in node.args[after:]
    ]
    try:
        made = [value(node.args[0])]
    except NameError:
        made = MADE.get(ast.get_source_segment(source, node.args[0]), [None])
    return [(pattern, int(flags[0]) if flags else 0) for pattern in made]


def used_as(pattern: re.Pattern, way: str):
    if way in ("match", "fullmatch"):
        return getattr(pattern, way)
    return lambda text: [None for _ in pattern.finditer(text)]


def grows_no_faster(place: str, pattern: str, flags: int, ways: set[str]) -> None:
    compiled = re.compile(pattern, flags)
    for way in {"match" if way in ("match", "fullmatch") else "search" for way in ways}:
        for make in hard_inputs(pattern, flags):
            grew = growth(used_as(compiled, way), make)
            assert grew <= REFUSED, f"{place}: {grew:.1f} times for twice the text {make(60)!r} ({way})"


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_pattern_grows_faster_than_its_text(path):
    for line, pattern, flags, ways in patterns(path):
        assert pattern is not None, f"line {line}: only its function knows this pattern: put how it comes out into MADE"
        grows_no_faster(f"line {line}", pattern, flags, ways)


@pytest.mark.parametrize("number, kind, pattern", [(number, *one) for number, one in enumerate(guard.patterns(), 1)])
def test_no_rule_of_the_guard_grows_faster_than_its_text(number, kind, pattern):
    grows_no_faster(f"guard.json:{number} {kind}", pattern, 0, {"finditer"})


@pytest.mark.parametrize(
    "pattern",
    [
        r"\W*(?:answer|option)?\W*([A-H])\W*",
        r" *\(.*\)$",
        r"[a-z]+@[a-z]+",
        r".+__[a-z0-9-]+? ?\(\d\)$",
        r"(a|a)*b",
        r"^\s*- ",
    ],
)
def test_a_pattern_that_grows_is_seen(pattern):
    compiled = re.compile(pattern, re.MULTILINE)
    assert any(
        growth(used_as(compiled, way), make, patience=1) > REFUSED
        for way in ("fullmatch", "search")
        for make in hard_inputs(pattern)
    )
