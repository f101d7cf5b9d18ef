"""Writing flaws that a program can see, after the item-writing guidelines of Haladyna and colleagues. All are
warnings."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from .lists import lists
from .text import first_line
from ..cards.fields import field_order
from ..cards.library import Library
from ..cards.model import Question
from ..cards.problem import Problem, Text, problem, rule
from ..cards.vocabulary import LETTERS

LONGEST_SHARE, BALANCE, RATIO, RARE = 0.30, 0.03, 2.2, 3
#: One of these gives a wrong option away; two wrong options with one of the others do.
STRONG = re.compile(r"\b(always|never|impossible)\b", re.IGNORECASE)
ABSOLUTE = re.compile(
    r"\b(always|never|impossible|only|must|none|every|everybody|everyone|nobody|completely|entirely)\b", re.IGNORECASE
)


def _one_best(library: Library) -> list[Question]:
    return [card for card in library.questions.values() if card.single and len(card.key) == 1 and not card.retired]


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.lower())


@rule("W101", "warning")
def longest_is_right(library: Library) -> Iterator[Problem]:
    """The right option is the longest too often. Test-wise trainees choose the longest option, since authors qualify
    what is true.

    At most three in ten of a chapter's cards may have the right option as the longest. Lengthen distractors with
    detail, or shorten the right option.
    """
    chapters = defaultdict(list)
    for card in _one_best(library):
        chapters[card.chapter].append(card)
    for cards in chapters.values():
        caught = [
            card
            for card in cards
            if all(len(_right(card)) > len(option.text) for option in card.options if not option.right)
        ]
        if len(cards) >= 4 and len(caught) / len(cards) > LONGEST_SHARE:
            for card in caught:
                yield problem(
                    longest_is_right,
                    library.shown(card.path),
                    card.named or _right(card),
                    f"the right option is the longest, as in {len(caught)} of the chapter's {len(cards)} cards",
                    "Lengthen a distractor, or shorten this one.",
                )


def _right(card: Question) -> Text:
    return next(option.text for option in card.options if option.right)


@rule("W102", "warning")
def letters_even(library: Library) -> Iterator[Problem]:
    """The right option has the same letter too often: over the whole bank more than three points from even, or in more
    than half of a chapter's cards. Test-wise trainees notice, and guess by it.

    Even is counted for the lists as they are: of four options each has a quarter, of eight an eighth. In a set the
    letter goes with the option, so the options are moved.
    """
    cards = _one_best(library)
    count = Counter(card.key[0] for card in cards)
    if len(cards) >= 100:
        for letter, even in expected(cards).items():
            share, wanted = count[letter] / len(cards), even / len(cards)
            if abs(share - wanted) > BALANCE:
                yield problem(
                    letters_even,
                    "exercises/bank",
                    None,
                    f"{letter} is right in {share:.0%} of {len(cards)} cards; {wanted - BALANCE:.0%} to"
                    f" {wanted + BALANCE:.0%} are wanted",
                    "Move the right option in some cards.",
                )
    chapters = defaultdict(list)
    for card in cards:
        chapters[card.chapter].append(card)
    for name, some in chapters.items():
        letter, most = Counter(card.key[0] for card in some).most_common(1)[0]
        if len(some) >= 6 and most > len(some) / 2:
            yield problem(
                letters_even,
                f"exercises/bank/{name}",
                None,
                f"{letter} is right in {most} of this chapter's {len(some)} cards",
                "Move the right option in some of them.",
            )


def expected(cards: Sequence[Question]) -> dict[str, float]:
    """In how many of these cards each letter would be right by chance, one option of each being right."""
    even: dict[str, float] = {}
    for card in cards:
        for letter, _ in zip(LETTERS, card.options):
            even[letter] = even.get(letter, 0.0) + 1 / len(card.options)
    return even


@rule("W103", "warning")
def absolutes(library: Library) -> Iterator[Problem]:
    """A wrong option is absolute where no right option is. Trainees rule it out without reading the story. In a set, an
    option that is the answer to some story may be absolute.

    One *always*, *never* or *impossible* is enough; *only*, *must*, *every* and their like count when two wrong options
    have one.
    Before:  Never speak to one partner alone.
    After:   Speak to both of them together from now on.
    """
    for found in lists(library):
        if any(ABSOLUTE.search(text) for text in found.right):
            continue
        wrong = [text for text in found.texts if text not in found.right]
        several = sum(bool(ABSOLUTE.search(text)) for text in wrong) > 1
        for text in wrong:
            if match := (ABSOLUTE if several else STRONG).search(text):
                yield problem(
                    absolutes,
                    found.path,
                    text,
                    f"`{match[1]}` gives this option away as wrong",
                    "Say it as somebody who believes it would.",
                )


@rule("W104", "warning")
def negative_ask(library: Library) -> Iterator[Problem]:
    """The ask is negative (not, except, least). Readers lose the *not*, and the task becomes a search for the odd
    one out."""
    for card in library.questions.values():
        match = re.search(r"\b(not|except|least|NOT|EXCEPT)\b", card.ask)
        if match and not re.search(r"\b(whether or not|if not|at least)\b", card.ask):
            yield problem(
                negative_ask,
                library.shown(card.path),
                card.ask,
                f"the ask says `{match[1]}`",
                "Ask for the best, first, next or most.",
            )


@rule("W105", "warning")
def parallel_options(library: Library) -> Iterator[Problem]:
    """Options differ in form: one is more than twice as long as another, or some end with a full stop and some do
    not. The odd one draws the eye."""
    for found in lists(library):
        texts = found.texts
        short, long = min(texts, key=len), max(texts, key=len)
        if len(long) > RATIO * len(short) and len(long) - len(short) > 30:
            yield problem(
                parallel_options,
                found.path,
                long,
                f"this option has {len(long)} characters and the shortest {len(short)}",
                "Bring them closer.",
            )
        ends = Counter(text.rstrip()[-1:] in '.!?"”' for text in texts)
        if len(ends) > 1:
            odd = next(text for text in texts if (text.rstrip()[-1:] in '.!?"”') != ends.most_common(1)[0][0])
            yield problem(
                parallel_options,
                found.path,
                odd,
                "this option ends in another way than the others",
                "Give all a full stop, or none.",
            )


@rule("W106", "warning")
def word_clue(library: Library) -> Iterator[Problem]:
    """A rare word of the story comes back in the right option and in no other. The trainee matches words instead of
    reasoning."""
    # A word is rare where the book hardly uses it; names are not words.
    book = Counter(word for page in library.pages.values() for word in words(page))
    for card in _one_best(library):
        right = set(words(_right(card)))
        names = {name.lower() for name in re.findall(r"(?<![.!?:\n] )(?<!^)\b[A-Z][a-z]+", card.story)}
        others = {word for option in card.options if not option.right for word in words(option.text)}
        for word in sorted(right & set(words(card.story)) - others - names):
            if len(word) >= 7 and book[word] <= RARE:
                yield problem(
                    word_clue,
                    library.shown(card.path),
                    card.named or _right(card),
                    f"`{word}` stands in the story and in the right option alone",
                    "Use it in a distractor too, or say it differently.",
                )
                break


@rule("W110", "warning")
def reading_order(library: Library) -> Iterator[Problem]:
    """A card's fields stand in reading order, so that every card scans the same way: what, who, the question, the
    reasons, the sources, the review.

    An editor who reads forty cards in an evening finds each thing without looking. The template has the order.
    """
    alone = [(card, card) for card in library.cards() if not getattr(card, "set", "")]
    for home, card in [*alone, *((group, part) for group in library.sets.values() for part in (group, *group.stories))]:
        order = field_order(type(card))
        placed = [(line, name) for name in order if (line := first_line(getattr(card, name)))]
        for (line, name), (after, later) in itertools.pairwise(placed):
            if after < line:
                yield problem(
                    reading_order,
                    library.shown(home.path),
                    Text("", after, 1),
                    f"`{later}` stands before `{name}`",
                    "The order: " + ", ".join(order) + ".",
                )
                break


CHECKS = (
    longest_is_right,
    letters_even,
    absolutes,
    negative_ask,
    parallel_options,
    word_clue,
    reading_order,
)
