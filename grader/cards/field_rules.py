"""What can be wrong with a field of a card: each rule a function whose docstring is its page in `grader explain`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .problem import Placed, Problem, Text, near, problem, rule

_FEW = 3
_BLANK = "See what `grader new` writes for such a file."


#: What other item formats call a field -> what it is called here, the first that the card has.
ELSEWHERE = {
    **dict.fromkeys(("key", "answer", "answers", "correct", "solution"), ("right",)),
    **dict.fromkeys(("distractor", "incorrect", "false"), ("wrong",)),
    **dict.fromkeys(("stem", "question", "lead-in", "leadin"), ("ask",)),
    **dict.fromkeys(("vignette", "scenario", "case"), ("story",)),
    **dict.fromkeys(("rationale", "explanation", "feedback", "reason", "comment"), ("why", "explain")),
    **dict.fromkeys(("choices", "alternatives", "responses"), ("options",)),
    **dict.fromkeys(("references", "citations", "source"), ("sources",)),
    **dict.fromkeys(("rubric",), ("criteria",)),
    **dict.fromkeys(("status",), ("review",)),
}


@rule("F001")
def unknown_field(path: str, name: Text, what: str, known: Iterable[str]) -> Problem:
    """A field that this kind of card does not have. It is usually a slip of the fingers, and what stands in it would be
    ignored.

    Before:  objectiv: hold-secrets
    After:   objective: hold-secrets
    """
    fields = list(known)
    meant = next((field for field in ELSEWHERE.get(name.lower(), ()) if field in fields), "")
    hint = f"Here it is called `{meant}`." if meant else near(name, fields)
    return problem(unknown_field, path, name, f"`{name}` is not a field of {what}", hint)


@rule("F002")
def missing_field(path: str, at: Placed, name: str, what: str, help: str) -> Problem:
    """A field that every card of this kind needs is not there, or has nothing in it. The message says what belongs
    there.

    The template shows every field in its order: `grader new KIND NAME`.
    """
    return problem(missing_field, path, at, f"{what} needs `{name}`", help if help[-1] in ".?" else f"{help}.")


def missing_fields(path: str, group: Placed, lacking: Mapping[str, tuple[Placed, str]], what: str) -> Iterator[Problem]:
    """F002 for each field that a group lacks, by its place and its help; once for all where they are so many that it is
    hardly begun, or no card."""
    if len(lacking) > _FEW:
        listed = ", ".join(f"`{name}`" for name in lacking)
        yield problem(missing_field, path, group, f"{what} needs {listed}", _BLANK)
    else:
        for name, (at, help) in lacking.items():
            yield missing_field(path, at, name, what, help)


@rule("F003")
def wrong_shape(path: str, at: Placed, name: str, wanted: str) -> Problem:
    """A field holds a list where a text belongs, or the other way round.

    A list has one line for each entry, each starting with a hyphen and a space.
    """
    what = name if " " in name else f"`{name}`"  # a field, or words for an entry
    return problem(wrong_shape, path, at, f"{what} should be {wanted}", _BLANK)


@rule("F004")
def not_a_choice(path: str, value: Text, name: str, words: Iterable[str]) -> Problem:
    """The field takes one of a few words, and this is another. The nearest word is offered, or the list of them.

    Before:  level: aply
    After:   level: apply
    """
    return problem(not_a_choice, path, value, f"`{name}` cannot be `{value}`", near(value, words))


@rule("F005")
def not_a_number(path: str, value: Text, name: str) -> Problem:
    """The field takes a whole number above zero, in figures, without a unit. Minutes and points are added up, so a
    word cannot stand there."""
    return problem(
        not_a_number,
        path,
        value,
        f"`{name}` should be a whole number above zero, not `{value}`",
        "Write it in figures: `45`.",
    )


@rule("F006")
def review_form(path: str, value: Text) -> Problem:
    """The review line says who reviewed the card. Only a named, real clinician with a credential can review, on a date.

    `review: draft`, or `review: 2027-02-01 by A Name, Credential`, or `review: retired, see OTHER-CARD`.
    """
    return problem(
        review_form,
        path,
        value,
        f"`review` cannot be `{value}`",
        "Write `draft`, or `DATE by NAME, CREDENTIAL`, or `retired, see NAME`.",
    )


@rule("F007")
def option_side(path: str, at: Placed) -> Problem:
    """An option starts with `right:` or with `wrong:`, so that the left margin tells the truth about the key. There
    is no box to tick and none to mistick."""
    return problem(
        option_side,
        path,
        at,
        "an option starts with either `right:` or `wrong:`",
        "Write the option's text behind one of the two.",
    )


@rule("F008")
def level_number(path: str, name: Text) -> Problem:
    """A level of a criterion is a number of points from 0 to 10, followed by what is on the page at that level.
    Markers choose among the levels, nothing between."""
    return problem(
        level_number, path, name, f"`{name}` is not a level of a criterion", "Levels are whole numbers: 4, 2, 0."
    )


@rule("F009")
def one_of(path: str, at: Placed, names: Iterable[str], what: str) -> Problem:
    """A line names exactly one card: `question: NAME`, `vignette: NAME` or `reflection: NAME`. With two on a line,
    one would be left out of the notebook."""
    return problem(
        one_of,
        path,
        at,
        f"{what} names one of " + ", ".join(f"`{name}`" for name in names),
        "Put each card on its own line.",
    )


@rule("F010")
def not_a_share(path: str, value: Text, name: str) -> Problem:
    """The field takes a share between 0 and 1, with a point: 0.6 means six trainees in ten. A percentage or a comma
    would be read as another number.

    Before:  difficulty: 60 %
    After:   difficulty: 0.6
    """
    return problem(
        not_a_share,
        path,
        value,
        f"`{name}` should be a share between 0 and 1, not `{value}`",
        "Write it with a point: `0.6`.",
    )


@rule("F011")
def not_a_date(path: str, value: Text, name: str) -> Problem:
    """The field takes a day as year, month, day, so that a program can tell when it is time to look again. Figures in
    another order are read differently in different countries.

    Before:  checked: 28/11/2026
    After:   checked: 2026-11-28
    """
    return problem(
        not_a_date,
        path,
        value,
        f"`{name}` should be a day such as 2026-11-28, not `{value}`",
        "Write year, month, day, with hyphens.",
    )
