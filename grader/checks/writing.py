"""Writing flaws that a program can see, after the item-writing guidelines of Haladyna and colleagues. All are warnings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ..fields import field_order
from ..library import Library
from ..model import LETTERS, Question
from ..problem import Problem, Text, problem, rule
from ..source import Fields, read_fields

LONGEST_SHARE, BALANCE, RATIO, LIKE, RARE = 0.30, 0.03, 2.2, 85, 3
ABSOLUTE = re.compile(r"\b(always|never|only|must|all|none|every|nobody|everybody|everyone|impossible|completely|entirely)\b", re.IGNORECASE)


def _one_best(library: Library) -> list[Question]:
    return [card for card in library.questions.values() if card.kind == "one-best-answer" and len(card.key) == 1 and not card.retired]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


@rule("W101", "warning")
def longest_is_right(library: Library) -> Iterator[Problem]:
    """The right option is the longest too often. Test-wise trainees choose the longest option, since authors qualify what is true.

    At most three in ten of a chapter's cards may have the right option as the longest. Lengthen distractors with detail, or shorten the right option.
    """
    chapters = defaultdict(list)
    for card in _one_best(library):
        chapters[card.chapter].append(card)
    for cards in chapters.values():
        caught = [card for card in cards if len(_right(card)) > max(len(option.text) for option in card.options if not option.right)]
        if len(cards) >= 4 and len(caught) / len(cards) > LONGEST_SHARE:
            for card in caught:
                yield problem(longest_is_right, library.shown(card.path), _right(card), f"the right option is the longest, as in {len(caught)} of the chapter's {len(cards)} cards", "Lengthen a distractor, or shorten this one.")


def _right(card: Question) -> Text:
    return next(option.text for option in card.options if option.right)


@rule("W102", "warning")
def letters_even(library: Library) -> Iterator[Problem]:
    """The right option has the same letter too often: over the whole bank more than three points from even, or in more than half of a chapter's cards. Test-wise trainees notice, and guess by it."""
    cards = _one_best(library)
    count = Counter(card.key[0] for card in cards)
    if len(cards) >= 100:
        for letter in LETTERS[:4]:
            share = count[letter] / len(cards)
            if abs(share - 0.25) > BALANCE:
                yield problem(letters_even, "exercises/bank", None, f"{letter} is right in {share:.0%} of {len(cards)} cards; 22 to 28 % are wanted", "Move the right option in some cards.")
    chapters = defaultdict(list)
    for card in cards:
        chapters[card.chapter].append(card)
    for name, some in chapters.items():
        letter, most = Counter(card.key[0] for card in some).most_common(1)[0]
        if len(some) >= 6 and most > len(some) / 2:
            yield problem(letters_even, f"exercises/bank/{name}", None, f"{letter} is right in {most} of this chapter's {len(some)} cards", "Move the right option in some of them.")


@rule("W103", "warning")
def absolutes(library: Library) -> Iterator[Problem]:
    """A wrong option is absolute (always, never, only, must, all) where no right option is. Trainees rule it out without reading the story."""
    for card in library.questions.values():
        if any(ABSOLUTE.search(option.text) for option in card.options if option.right):
            continue
        for option in card.options:
            match = ABSOLUTE.search(option.text)
            if match and match[1].lower() in ("always", "never", "nobody", "impossible"):
                yield problem(absolutes, library.shown(card.path), option.text, f"`{match[1]}` gives this option away as wrong", "Say it as somebody who believes it would.")


@rule("W104", "warning")
def negative_ask(library: Library) -> Iterator[Problem]:
    """The ask is negative (not, except, least). Readers lose the *not*, and the task becomes a search for the odd one out."""
    for card in library.questions.values():
        match = re.search(r"\b(not|except|least|NOT|EXCEPT)\b", card.ask)
        if match and not re.search(r"\b(whether or not|if not|at least)\b", card.ask):
            yield problem(negative_ask, library.shown(card.path), card.ask, f"the ask says `{match[1]}`", "Ask for the best, first, next or most.")


@rule("W105", "warning")
def parallel_options(library: Library) -> Iterator[Problem]:
    """Options differ in form: one is more than twice as long as another, or some end with a full stop and some do not. The odd one draws the eye."""
    for card in library.questions.values():
        texts = [option.text for option in card.options]
        short, long = min(texts, key=len), max(texts, key=len)
        if len(long) > RATIO * len(short) and len(long) - len(short) > 30:
            yield problem(parallel_options, library.shown(card.path), long, f"this option has {len(long)} characters and the shortest {len(short)}", "Bring them closer.")
        ends = Counter(text.rstrip()[-1:] in ".!?\"”" for text in texts)
        if len(ends) > 1:
            odd = next(text for text in texts if (text.rstrip()[-1:] in ".!?\"”") != ends.most_common(1)[0][0])
            yield problem(parallel_options, library.shown(card.path), odd, "this option ends in another way than the others", "Give all a full stop, or none.")


@rule("W106", "warning")
def word_clue(library: Library) -> Iterator[Problem]:
    """A rare word of the story comes back in the right option and in no other. The trainee matches words instead of reasoning."""
    # A word is rare where the book hardly uses it; names are not words.
    book = Counter(word for page in library.pages.values() for word in _words(page))
    for card in _one_best(library):
        right = set(_words(_right(card)))
        names = {name.lower() for name in re.findall(r"(?<![.!?:\n] )(?<!^)\b[A-Z][a-z]+", card.story)}
        others = {word for option in card.options if not option.right for word in _words(option.text)}
        for word in sorted(right & set(_words(card.story)) - others - names):
            if len(word) >= 7 and book[word] <= RARE:
                yield problem(word_clue, library.shown(card.path), _right(card), f"`{word}` stands in the story and in the right option alone", "Use it in a distractor too, or say it differently.")
                break


@rule("W107", "warning")
def stories_alike(library: Library) -> Iterator[Problem]:
    """Two stories are nearly the same. A trainee who knows one card knows the other; practice, graded and exam cards differ in situation.

    Similarity is rapidfuzz's token_set_ratio; 85 of 100 or more is too near.
    """
    from rapidfuzz.fuzz import token_set_ratio

    cards = [(card, frozenset(_words(card.story))) for card in library.questions.values() if not card.retired]
    for number, (card, words) in enumerate(cards):
        for other, others in cards[:number]:
            if len(words & others) * 2 > min(len(words), len(others)) and token_set_ratio(card.story, other.story) >= LIKE:
                yield problem(stories_alike, library.shown(card.path), card.story, f"this story is nearly that of `{other.name}`", "Write another situation.")


@rule("W108", "warning")
def story_length(library: Library) -> Iterator[Problem]:
    """A story has 25 to 150 words: enough for a person, short enough to hold in mind. Longer ones test reading; shorter ones test recall, since there is nobody to think about."""
    for card in library.questions.values():
        count = len(card.story.split())
        if not 25 <= count <= 150:
            yield problem(story_length, library.shown(card.path), card.story, f"this story has {count} words; 25 to 150 are wanted", "Cut what does not bear on the decision, or add the person.")


@rule("W109", "warning")
def house_words(library: Library) -> Iterator[Problem]:
    """A word that stigmatises, judges or is out of date, with a better one from `book/house-words.yml`. What a client says in quotation marks may stand."""
    fields, _ = read_fields(library.root / "book/house-words.yml", "book/house-words.yml") if (library.root / "book/house-words.yml").is_file() else (None, [])
    better = {str(word).lower(): str(words) for word, words in fields.values.items()} if isinstance(fields, Fields) else {}
    if not better:
        return
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(better, key=len, reverse=True))) + r")\b", re.IGNORECASE)
    for card in library.cards():
        text = card.path.read_text(encoding="utf-8", errors="replace")
        bare = re.sub(r"\"[^\"\n]*\"|“[^”\n]*”|\*[^*\n]+\*|`[^`\n]*`", lambda match: " " * len(match[0]), text)
        for number, line in enumerate(bare.split("\n"), 1):
            for match in pattern.finditer(line):
                yield problem(house_words, library.shown(card.path), Text("", number, match.start() + 1), f"`{match[1]}`", f"Better: {better[match[1].lower()]}")


@rule("W110", "warning")
def reading_order(library: Library) -> Iterator[Problem]:
    """A card's fields stand in reading order, so that every card scans the same way: what, who, the question, the reasons, the sources, the review. An editor who reads thirty in an evening finds each thing in its place."""
    for card in library.cards():
        order = field_order(type(card))
        placed = [(getattr(card, name).line, name) for name in order if isinstance(getattr(card, name), Text) and getattr(card, name).line]
        for (line, name), (after, later) in zip(placed, placed[1:]):
            if after < line:
                yield problem(reading_order, library.shown(card.path), Text("", after, 1), f"`{later}` stands before `{name}`", "The order: " + ", ".join(order) + ".")
                break


CHECKS = (
    longest_is_right, letters_even, absolutes, negative_ask, parallel_options, word_clue, stories_alike, story_length,
    house_words, reading_order,
)  # fmt: skip
