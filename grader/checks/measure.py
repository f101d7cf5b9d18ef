"""The measure of the bank: what a reader of the options alone finds, by use, in sets and alone; its ceilings, and
the questions that give most away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .wording import PUBLIC, Guess, guesses, leaning, openers, rate
from .writing import expected
from ..cards.library import Library
from ..cards.model import Question
from ..cards.problem import Problem, problem, rule
from ..cards.vocabulary import USES
from ..counted import in_english as counted

CEILING = {"graded": 0.35, "exam": 0.35, "practice": 0.45}
ENOUGH = 30  # questions of a use, from which its share means something
EXTREME = 10.0  # natural logarithm of odds: the words alone make the best option 20,000 times likelier than the next
LEANING = 2.5  # standard errors of a first word
SHOWN = 2.0


@rule("W115", "warning")
def first_words_even(library: Library) -> Iterator[Problem]:
    """A first word opens best options much more often, or much more seldom, than chance would have it: by more than 2.5
    standard errors.

    A trainee who has answered fifty questions knows such a word without knowing why. Let wrong options begin with it
    too, or right ones.
    Before:  *Stop* opens thirty options, and seventeen of them are best
    After:   *Stop* opens thirty options, and eight of them are best
    """
    for word, best, every, chance in openers(_live(library), LEANING):
        yield problem(
            first_words_even,
            "exercises/bank",
            None,
            f"`{word}` opens {every} options, and {best} of them are best; {chance:.0f} would be by chance",
            "Begin other options with it, or these with another word.",
        )


@rule("W116", "warning")
def ceiling(library: Library) -> Iterator[Problem]:
    """Word statistics find the best option too often, from the options alone: in more than 35 % of the graded or the
    exam questions, or 45 % of practice.

    On public questions for licensing in psychology, medicine and law the same reader finds 23 to 32 %. Above that, a
    quiz can be passed without its stories.
    `grader check --report` prints the figures; `--worst` lists the questions to rewrite first. Sets do most: their
    options are right as often as wrong.
    """
    cards, found = _read(library)
    for use, most in CEILING.items():
        share, chance, count = rate(found, [card for card in cards if card.use == use])
        if count >= ENOUGH and share > most:
            yield problem(
                ceiling,
                "exercises/bank",
                None,
                f"word statistics find the best option of {share:.0%} of {count} {use} questions; at most {most:.0%} is"
                f" wanted, {chance:.0%} is chance",
                "Rewrite the worst, as sets: grader check --report --worst.",
            )


@rule("W117", "warning")
def tells_by_words(library: Library) -> Iterator[Problem]:
    """The words of this question's options alone point at the best one, and strongly. The reader that learns from all
    other questions finds it without story and ask.

    What it leads by are natural logarithms of odds: by 10 the words make it 20,000 times likelier than the next.
    Look at what the best option has and the others lack: a question, two things joined, a limit, a kind word. Give it
    to a wrong option too, or make it a story in a set.
    """
    cards, found = _read(library)
    for card in cards if len(found) >= ENOUGH else ():
        if card.name in found and not card.set and found[card.name].margin >= EXTREME:
            best = next(option.text for option in card.options if option.right)
            yield problem(
                tells_by_words,
                library.shown(card.path),
                best,
                f"by its words alone this option is taken for the best (it leads by {found[card.name].margin:.0f})",
                "Cover the story and read the options: what tells? Or make it a story in a set.",
            )


def _live(library: Library) -> list[Question]:
    return [card for card in library.questions.values() if not card.retired]


_last: tuple[list[Question], dict[str, Guess]] = ([], {})


def _read(library: Library) -> tuple[list[Question], dict[str, Guess]]:
    """The live questions and what is guessed of them. The last reading is kept: two rules and the report ask for the
    same one."""
    global _last
    cards = _live(library)
    if len(cards) != len(_last[0]) or any(mine is not other for mine, other in zip(cards, _last[0])):
        _last = cards, guesses(cards)
    return _last


CHECKS = (first_words_even, ceiling, tells_by_words)


def report(library: Library, worst: bool = False) -> str:
    """The figures as text. `worst`: with the fifth of the questions outside sets that gives most away."""
    cards, found = _read(library)
    if not found:
        return ""
    lines = [
        "The best option found by word statistics, from the options alone (naive Bayes over words and pairs, whole sets"
        " kept together):"
    ]
    for use in USES:
        mine = [card for card in cards if card.use == use]
        parts = [
            _rate(found, mine),
            f"in sets {_rate(found, [card for card in mine if card.set])}",
            f"alone {_rate(found, [card for card in mine if not card.set])}",
        ]
        lines.append(f"  {use}: {'; '.join(parts)}; at most {CEILING[use]:.0%} is wanted")
    lines.append(
        "  public licensing questions by the same reader: "
        + ", ".join(f"{what} {share:.0%}" for what, share in PUBLIC.items())
    )
    for use in USES:
        lines += _looks(use, [card for card in cards if card.use == use and card.name in found])
    lean = openers(cards, SHOWN)
    lines.append(
        "  first words that lean, best of all (by chance): "
        + (", ".join(f"{word} {best} of {every} ({chance:.0f})" for word, best, every, chance in lean) or "none")
    )
    lines.append(
        "  words that lean, best options of all with the word: "
        + ", ".join(f"{word} {best} of {every}" for word, best, every in leaning(cards))
    )
    return "\n".join([*lines, *_worst(found, cards, worst)])


def _rate(found: dict[str, Guess], cards: list[Question]) -> str:
    share, chance, count = rate(found, cards)
    return f"{share:.0%} of {count} (chance {chance:.0%})" if count else "none"


def _looks(use: str, cards: list[Question]) -> list[str]:
    """Letters and lengths of the best options of a use."""
    if not cards:
        return []
    letters, even = Counter(card.key[0] for card in cards), expected(cards)
    longest = sum(max(card.options, key=lambda option: len(option.text)).right for card in cards)
    length = {
        side: [len(option.text.split()) for card in cards for option in card.options if option.right == side]
        for side in (True, False)
    }
    mean = {side: sum(counts) / (len(counts) or 1) for side, counts in length.items()}
    return [
        f"  {use}, letter of the best option, and by chance: "
        + ", ".join(f"{letter} {letters[letter]} ({wanted:.0f})" for letter, wanted in even.items()),
        (
            f"  {use}, the best option is the longest in {longest} of {len(cards)} ({longest / len(cards):.0%}); words"
            f" of best options {mean[True]:.1f}, of others {mean[False]:.1f}"
        ),
    ]


def _worst(found: dict[str, Guess], cards: list[Question], listed: bool) -> list[str]:
    alone = sorted(
        (card for card in cards if card.name in found and not card.set), key=lambda card: -found[card.name].margin
    )
    fifth = alone[: max(1, len(alone) // 5)] if alone else []
    if not fifth:
        return []
    said = (
        f"  the worst fifth outside sets: {counted(len(fifth), 'question')} whose best option leads by"
        f" {found[fifth[-1].name].margin:.1f} or more"
    )
    if not listed:
        return [f"{said}; --worst lists them"]
    return [said, *(f"    {found[card.name].margin:5.1f}  {card.use:8}  {card.chapter}/{card.name}" for card in fifth)]
