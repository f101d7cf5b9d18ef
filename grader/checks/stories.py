"""Rules for the story of a question: how long it is, and that it begins at its beginning. Both are warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, problem, rule
from ..counted import in_english as counted


@rule("W108", "warning")
def story_length(library: Library) -> Iterator[Problem]:
    """A story has 25 to 150 words: enough for a person, short enough to hold in mind. Longer ones test reading; shorter
    ones test recall, since there is nobody to think about.

    A question with a `topic` asks what must be known: its story may be as short as it likes, or left out.
    """
    for card in library.questions.values():
        count = len(card.story.split())
        if count > 150 or (count < 25 and card.story and not card.topic):
            yield problem(
                story_length,
                library.shown(card.path),
                card.story,
                f"this story has {counted(count, 'word')}; 25 to 150 are wanted",
                "Cut what does not bear on the decision, or add the person.",
            )


_TIMES = "minutes?|hours?|days?|nights?|evenings?|weeks?|months?|years?|sessions?|meetings?|visits?"
_DAYS = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
_AT = rf"(?:day|night|morning|afternoon|evening|week|month|year|session|hour|meeting|visit|call|time|(?:{_DAYS})day)"
_MET = "session|hour|meeting|visit|call|appointment|conversation|letter"
#: How a story opens that goes on from one which is not there: time that has passed since (*two weeks after this*), a
#: point beside another (*the following week*, *that same evening*), or a word for both (*afterwards*).
_GOES_ON = re.compile(
    rf"(?:\S+ ){{0,3}}(?:{_TIMES}|some time|little|while|moment|soon|shortly|long) (?:later|afterwards|on(?=,))"
    rf"|(?:\S+ ){{1,3}}(?:{_TIMES}) (?:after|since|from|before) (?:this|that|it|then|which)\b"
    rf"|(?:\S+ ){{1,3}}(?:{_TIMES}) after (?:the|that|this) (?:{_MET})(?=,| (?:he|she|they|you|(?-i:[A-Z])\w+)\b)"
    rf"|the {_AT} after(?=,| (?:he|she|they|you|this|that|it)\b)"
    rf"|(?:(?:on|in|at|by|during|before|until) )?(?:(?:the|that|this) )(?:very )?(?:next|following|same|subsequent) "
    rf"{_AT}\b(?! (?:each|every|as|of|when|in which)\b)"
    r"|(?:next|following|same) (?:day|night|morning|afternoon|evening|session|hour|meeting|visit)\b"
    rf"|(?:(?:on|in|at|by|during|before|until) )?that {_AT}\b"
    r"|(?:after|since|before|until|from|by) (?:this|that|then|which)\b(?! [a-z])"
    r"|(?:since then|after that|after this|from then on|by then|in the meantime|some time later|soon after(?:wards)?)\b"
    r"|(?:afterwards|meanwhile|later|thereafter|subsequently|this time|once again|then)\b(?!-| [a-z]+ing\b)",
    re.IGNORECASE,
)
#: Time that is counted from something of somebody by name: from "Two days after Ulrich's first hour".
_COUNTED_FROM = re.compile(
    r"(?:\S+ ){1,3}(?:after|since|before) (?:[a-z]+ ){0,2}(?P<name>[A-Z]\w+)['\u2019]s\b",
)


@rule("W119", "warning")
def story_from_its_beginning(library: Library) -> Iterator[Problem]:
    """A story begins after something that it does not tell: *a week later*, *the next session*, or time counted from
    what happened to somebody whom it does not introduce. A question is drawn alone, into a session or a form.

    Who reads it should learn first who is in front of them. A graded or exam question of a case stands behind the
    case's own text, and may go on from it.
    Before:  Two days after Ulrich's first hour, Merle rings.
    After:   Two days ago Ulrich, 47, came for a first hour. Today his wife Merle rings.
    """
    behind = {str(name) for case in library.vignettes.values() for name in case.questions}
    for card in library.questions.values():
        if card.retired or (card.name in behind and card.use != "practice"):
            continue
        story = " ".join(card.story.split())
        counted_from = _COUNTED_FROM.match(story)
        new = counted_from and not re.search(rf"\b{counted_from['name']}, (?:\d|an? |the |your )", story)
        if opening := _GOES_ON.match(story) or (counted_from if new else None):
            yield problem(
                story_from_its_beginning,
                library.shown(card.path),
                card.story,
                f"`{opening[0]}` goes on from something that this story does not tell",
                "Say first who it is, and what happened before.",
            )


CHECKS = (story_length, story_from_its_beginning)
