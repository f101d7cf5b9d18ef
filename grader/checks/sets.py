"""Rules for sets of questions: a story names options that are there, the options are bare, and meeting a set twice
gives nothing away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, Text, near, problem, rule
from ..cards.sets import QuestionSet
from ..counted import in_english as counted

SIZES = {"one-best-answer": (4, 8), "all-that-apply": (5, 6), "extended-matching": (8, 12)}
WORDS = 10  # of an option
STORIES = (3, 6)
#: What makes a reason, or a second clause, of an option.
CLAUSE = re.compile(
    r"(, so\b|\bso that\b|\bbecause\b|\bsince\b|;)|(, (?:and|but|or|then|as|which|who|until|should|if|when)\b)",
    re.IGNORECASE,
)
#: A word with a capital inside a sentence is mostly a name; one that so many pages of the book have is not.
CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-zà-öø-ÿ]{2,}(?![\w-])")
COMMON = 4


def _families(library: Library) -> Iterator[tuple[QuestionSet, QuestionSet]]:
    """Each set that was read, with the one that has its options."""
    for card in library.sets.values():
        parent = library.sets.get(str(card.adds_to)) if card.adds_to else card
        if parent is not None and parent.options:
            yield card, parent


@rule("S003")
def option_named(library: Library) -> Iterator[Problem]:
    """A story's `right`, and each line of its `why`, names an option of the set by its short name. A slip would leave
    the story without a key, or a reason without its option.

    Before:  right: invit
    After:   right: invite
    """
    for card, parent in _families(library):
        for story in card.stories:
            for name in (*story.right, *story.why):
                if name not in parent.options:
                    yield problem(
                        option_named,
                        library.shown(card.path),
                        name,
                        f"`{name}` is not an option of this set",
                        near(name, parent.options),
                    )


@rule("S004")
def reason_for_each(library: Library) -> Iterator[Problem]:
    """Each story gives a reason under each option of its set: why it is right here, or the misunderstanding that makes
    it tempting.

    The list is shared and the reasons are not. A trainee who chose that option would learn nothing from this story.
    """
    for card, parent in _families(library):
        for story in card.stories:
            missing = [str(name) for name in parent.options if name not in story.why]
            if missing:
                said = f"`{missing[0]}`" + (f" and {len(missing) - 1} more" if len(missing) > 1 else "")
                yield problem(
                    reason_for_each,
                    library.shown(card.path),
                    story.name,
                    f"the story `{story.name}` has no reason under {said}",
                    f"Add a line to its `why`: {missing[0]}: ...",
                )


@rule("S005")
def number_in_set(library: Library) -> Iterator[Problem]:
    """A set has four to eight options; one of all-that-apply five or six; one of extended matching eight to twelve.

    With fewer the stories cannot differ, with more nobody reads the list through. There is one letter for each, A to L.
    """
    for card in library.sets.values():
        least, most = SIZES[str(card.kind)]
        if card.options and not card.adds_to and not least <= len(card.options) <= most:
            at = list(card.options.values())[-1]
            yield problem(
                number_in_set,
                library.shown(card.path),
                at,
                f"this set of {card.kind} has {len(card.options)} options; {least} to {most} are wanted",
                "Add options that are the answer to a story, or take some out.",
            )


@rule("S006")
def asks_something(library: Library) -> Iterator[Problem]:
    """A story asks something: in its own `ask`, or in the `ask` of its set, where all stories ask the same. Without
    it a trainee sees a story and a list, and guesses at the task."""
    for card, parent in _families(library):
        for story in card.stories:
            if not (story.ask or card.ask or parent.ask):
                yield problem(
                    asks_something,
                    library.shown(card.path),
                    story.name,
                    f"the story `{story.name}` has no `ask`, nor has its set",
                    "Write the question under the set's theme, or under this story.",
                )


@rule("S007", "warning")
def bare_option(library: Library) -> Iterator[Problem]:
    """An option of a set is bare: an act, a hypothesis, a name, without a reason and without a second clause.

    What explains itself gives itself away, and fits one story only.
    Before:  Speak to each alone, since fear shows only there.
    After:   Speak to each of them alone
    """
    for card in library.sets.values():
        for text in card.options.values():
            clause = CLAUSE.search(text)
            if len(text.split()) <= WORDS and clause and (clause[1] or not _a_list(text)):
                what = "gives a reason" if clause[1] else "has a second clause"
                yield problem(
                    bare_option,
                    library.shown(card.path),
                    text,
                    f"this option {what}: `{clause[0].strip(', ')}`",
                    "Say the act alone; reasons stand under `why`.",
                )


@rule("S014")
def short_option(library: Library) -> Iterator[Problem]:
    """An option of a set has at most ten words. Every option is read beside every story, and one that needs more says
    how, when or why: it fits its own story and no other.

    An edition may make a warning of this: `rules: {S014: warning}`.
    Before:  Ring the general practitioner today and say that the tablet has to be changed soon
    After:   Ring the general practitioner today
    """
    for card in library.sets.values():
        for text in card.options.values():
            count = len(text.split())
            if count > WORDS:
                yield problem(
                    short_option,
                    library.shown(card.path),
                    text,
                    f"this option has {counted(count, 'word')}; {WORDS} at most",
                    "Say the act alone; reasons stand under `why`.",
                )


def _a_list(text: str) -> bool:
    """Whether commas part the members of a list, as in *mood, sleep, and drink*."""
    return bool(re.search(r"\w, [\w ]{1,20}, (?:and|or) ", text))


@rule("S008", "warning")
def number_of_stories(library: Library) -> Iterator[Problem]:
    """A set has three to five stories. With two, whoever has met one knows much of the other; above six the list
    becomes a lesson of its own.

    Stories that a program adds in its own folder are counted too.
    """
    for card in library.sets.values():
        count = len(library.stories(card.name))
        if not card.adds_to and count and not STORIES[0] <= count <= STORIES[1]:
            yield problem(
                number_of_stories,
                library.shown(card.path),
                card.theme,
                f"this set has {counted(count, 'story', 'stories')}; three to five are wanted",
                f"Write another: grader new story {card.name}." if count < STORIES[0] else "Begin another set.",
            )


@rule("S009", "warning")
def keys_tell(library: Library) -> Iterator[Problem]:
    """Meeting a set twice tells something. At least half of its options are the answer to one of its stories, and
    either some answer comes twice or some option never is one.

    Long lists for extended matching need not be half used. If each option were the answer exactly once, a trainee who
    met three stories would know the fourth; if few ever were, the rest would be filling.
    """
    for card in library.sets.values():
        stories = library.stories(card.name)
        if card.adds_to or not card.options or len(stories) < 2:
            continue
        times = Counter(letter for question in stories for letter in question.key)
        if len(times) * 2 < len(card.options) and card.kind != "extended-matching":
            yield problem(
                keys_tell,
                library.shown(card.path),
                card.theme,
                f"{len(times)} of these {len(card.options)} options are the answer to a story; half of them are wanted",
                "Write a story to which another option is the answer.",
            )
        elif len(times) == len(card.options) and max(times.values()) == 1:
            yield problem(
                keys_tell,
                library.shown(card.path),
                card.theme,
                "each option is the answer exactly once, so the last story can be told from the others",
                "Let an answer come twice, or add an option that is none.",
            )


@rule("S010", "warning")
def other_people(library: Library) -> Iterator[Problem]:
    """Two stories of a set have a person of the same name. Each is about somebody else: a reader who meets the
    second would carry over what the first one said."""
    pages = Counter(name for page in library.pages.values() for name in _names(page))
    for card in library.sets.values():
        seen: dict[str, Text] = {}
        for story in card.stories:
            names = {name for name in _names(story.story) if pages[name] < COMMON}
            for name in sorted(names & seen.keys()):
                yield problem(
                    other_people,
                    library.shown(card.path),
                    story.story,
                    f"`{name}` stands in the story `{seen[name]}` as well",
                    "Give the person another name, or the place.",
                )
                break
            seen |= dict.fromkeys(names - seen.keys(), story.name)


def _names(text: str) -> set[str]:
    return set(CAPITAL.findall(" ".join(text.split())))


CHECKS = (
    option_named,
    reason_for_each,
    number_in_set,
    asks_something,
    bare_option,
    short_option,
    number_of_stories,
    keys_tell,
    other_people,
)
