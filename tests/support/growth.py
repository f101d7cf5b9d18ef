"""How work grows with its input, and the inputs that make a regular expression work hardest.

Time is that of this thread alone, without the collector of garbage (whose work grows with all that other tests left),
the best of several, and a growth that looks bad is measured again: a busy machine can only make the doubled input look
slower once, not every time.
"""

import gc
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from statistics import median

parse, kinds = import_module("re._parser").parse, import_module("re._constants")
SIZE, SHORT = 8_000, 0.002  # characters; seconds in which nothing that grows with the square of so many gets through
REFUSED = 2.9  # n log n doubles to a little above 2, the square to 4
EARLY = 2.2  # from a quarter to a half: what grows by REFUSED from the whole on grows by 2.34 there
REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT, getattr(kinds, "POSSESSIVE_REPEAT", None)}


def seconds(work: Callable, given, times: int = 1) -> float:
    best = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            start = time.thread_time()
            work(given)
            best = min(best, time.thread_time() - start)
    finally:
        gc.enable()
    return best


class NoEnd(Exception):
    """The time was up."""


@contextmanager
def within(patience: float) -> Iterator[None]:
    """Raises NoEnd once this process has worked for so many seconds. A clock on the wall would go on while a busy
    machine works for others."""

    def up(number, frame):
        raise NoEnd

    before = signal.signal(signal.SIGPROF, up)
    signal.setitimer(signal.ITIMER_PROF, patience)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def growth(work: Callable, make: Callable[[int], object], size: int = SIZE, patience: float = 4) -> float:
    """By how much the time grows when the input is doubled; 1 where it is too short to matter, infinite where no end is
    in sight after `patience` seconds of work."""
    try:
        with within(patience):
            # What is done with a quarter in so little time is done with all in SHORT, if it grows with the square.
            quarter = seconds(work, make(size // 4))
            if quarter < SHORT / 16:
                return 1.0
            quarter = min(quarter, seconds(work, make(size // 4)))
            half = seconds(work, make(size // 2))
            if half <= EARLY * quarter:
                return half / quarter
            one, two = make(size), make(2 * size)
            short = seconds(work, one)
            if short < SHORT:
                return 1.0
            pairs = [(short, seconds(work, two))]
            while (grew := _grew(pairs)) > REFUSED and len(pairs) < 8:  # either may have been disturbed
                pairs.append((seconds(work, one, 2), seconds(work, two)))
            return grew
    except NoEnd:
        return float("inf")


def _grew(pairs: list[tuple[float, float]]) -> float:
    """The growth that several measures of the short and the long show: of the best of each or, where the machine was
    faster for one of them, of most of those that were taken one behind the other."""
    shorts, longs = zip(*pairs)
    each = median(long / max(short, 1e-9) for short, long in pairs)
    return min(each, min(longs) / max(min(shorts), 1e-9))


def hard_inputs(pattern: str, flags: int = 0) -> Iterator[Callable[[int], str]]:
    """For each repeated part of a pattern: what stands before it, then the part (or any sign of its classes) many
    times, then something that does not fit."""
    tree = parse(pattern, flags)
    alphabet = list(dict.fromkeys(_signs(tree) + list(' a0-*([<\n"')))
    seen = set()
    for before, part in [([], ""), *_repeats(tree, [])]:
        head = "".join(before)
        units = [(head, sign) for sign in alphabet] + [(head, part), ("", head + part), (head, part + "!"), ("", head)]
        units += [("", "".join(before[-near:]) + part) for near in (1, 2, 3)]
        for head, unit in units:
            for tail in ("", "\x00"):
                if unit and (head, unit, tail) not in seen:
                    seen.add((head, unit, tail))
                    yield lambda size, head=head, unit=unit, tail=tail: head + unit * (size // len(unit)) + tail


def _signs(tree) -> list[str]:
    """A sign of each class in a pattern."""
    found = []
    for kind, value in tree:
        for inner in _inside(kind, value):
            found += _signs(inner)
        if kind in (kinds.NOT_LITERAL, kinds.IN, kinds.ANY):
            found.append(_sample([(kind, value)]))
    return found


def _inside(kind, value) -> list:
    if kind is kinds.BRANCH:
        return value[1]
    if kind is kinds.SUBPATTERN:
        return [value[3]]
    if kind in REPEATS:
        return [value[2]]
    if kind in (kinds.ASSERT, kinds.ASSERT_NOT):
        return [value[1]]
    return []


def _repeats(tree, before: list[str]) -> Iterator[tuple[list[str], str]]:
    """(what may stand before it, piece by piece, one of it) for each part that may stand often."""
    for kind, value in tree:
        if kind in REPEATS and value[1] > 8:
            yield before, _sample(value[2])
        for inner in _inside(kind, value):
            yield from _repeats(inner, before)
        before = [*before, _sample([(kind, value)])]


def _sample(tree) -> str:
    """A text that (mostly) fits a pattern: what is optional stands once."""
    made = ""
    for kind, value in tree:
        if kind is kinds.LITERAL:
            made += chr(value)
        elif kind is kinds.NOT_LITERAL:
            made += "a" if value != ord("a") else "b"
        elif kind is kinds.ANY:
            made += "a"
        elif kind is kinds.IN:
            made += _one_of(value)
        elif kind is kinds.BRANCH:
            made += _sample(value[1][0])
        elif kind is kinds.SUBPATTERN:
            made += _sample(value[3])
        elif kind in REPEATS:
            made += _sample(value[2]) * max(1, value[0])
    return made


def _one_of(choices) -> str:
    negated = choices[0][0] is kinds.NEGATE
    for sign in 'a0 A-!*\n_é,."':
        if bool(re.match(_class(choices), sign)):
            return sign
    kind, value = choices[1 if negated else 0]
    return chr(value if kind is kinds.LITERAL else value[0] if kind is kinds.RANGE else ord("a"))


def _class(choices) -> str:
    """The choices of a class, as a class again."""
    names = {
        kinds.CATEGORY_DIGIT: r"\d",
        kinds.CATEGORY_NOT_DIGIT: r"\D",
        kinds.CATEGORY_SPACE: r"\s",
        kinds.CATEGORY_NOT_SPACE: r"\S",
        kinds.CATEGORY_WORD: r"\w",
        kinds.CATEGORY_NOT_WORD: r"\W",
    }
    made = ""
    for kind, value in choices:
        if kind is kinds.NEGATE:
            made += "^"
        elif kind is kinds.LITERAL:
            made += re.escape(chr(value))
        elif kind is kinds.RANGE:
            made += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            made += names[value]
    return f"[{made}]"
