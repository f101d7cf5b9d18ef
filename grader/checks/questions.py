"""Rules for question cards: what cannot be scored or trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, near, problem, rule

LONGEST = 200  # characters of an option


@rule("Q001")
def right_options(library: Library) -> Iterator[Problem]:
    """A one-best-answer question has exactly one `right:` option; an all-that-apply question has two or more, and at least one `wrong:`.

    With none or several right options, nobody can earn the point, or everybody can argue for it.
    """
    for card in library.questions.values():
        right = [option for option in card.options if option.right]
        if card.kind == "one-best-answer" and len(right) != 1:
            at = right[1].text if len(right) > 1 else card.options[0].text
            yield problem(right_options, library.shown(card.path), at, f"a one-best-answer question needs exactly one right option; this one has {len(right)}", "Change `right:` and `wrong:`, or the kind.")
        elif card.kind == "all-that-apply" and not 2 <= len(right) < len(card.options):
            yield problem(right_options, library.shown(card.path), card.kind, f"an all-that-apply question needs at least two right options and one wrong; this one has {len(right)} right of {len(card.options)}", "Change the options, or the kind.")


@rule("Q002")
def number_of_options(library: Library) -> Iterator[Problem]:
    """A one-best-answer question has four options, an all-that-apply question four or five.

    Fewer make guessing pay; more are read by nobody, and the last ones are fillers.
    """
    for card in library.questions.values():
        allowed = (4,) if card.kind == "one-best-answer" else (4, 5)
        if len(card.options) not in allowed:
            at = card.options[-1].text
            yield problem(number_of_options, library.shown(card.path), at, f"this question has {len(card.options)} options; {' or '.join(map(str, allowed))} are wanted", "Add or drop a distractor.")


@rule("Q003")
def options_alike(library: Library) -> Iterator[Problem]:
    """Two options say the same, so one of them is no choice at all. Often a line was copied and not changed."""
    for card in library.questions.values():
        seen: dict[str, object] = {}
        for option in card.options:
            words = " ".join(re.findall(r"\w+", option.text.lower()))
            if words in seen:
                yield problem(options_alike, library.shown(card.path), option.text, f"this option is the same as the one on line {seen[words].line}", "Write a different distractor.")
            seen.setdefault(words, option.text)


@rule("Q004")
def option_form(library: Library) -> Iterator[Problem]:
    """An option is one plain line of at most 200 characters: it becomes one line of a notebook that a trainee clicks.

    Line breaks, square brackets with a mark, and Markdown would change how it is read or scored.
    """
    for card in library.questions.values():
        for option in card.options:
            text, path = option.text, library.shown(card.path)
            if "\n" in text.strip() or text != text.strip():
                yield problem(option_form, path, text, "an option stands on one line", "Join its lines, and take out spaces at its ends.")
            elif len(text) > LONGEST:
                yield problem(option_form, path, text, f"this option has {len(text)} characters; {LONGEST} at most", "Say it shorter; move detail to the story.")
            elif re.search(r"\[[ xX]?\]|\*\*|`|\]\(|<[a-zA-Z/]", text):
                yield problem(option_form, path, text, "an option is plain text, without Markdown or boxes", "Take the marks out.")


@rule("Q005")
def objective_known(library: Library) -> Iterator[Problem]:
    """A question tests an objective of the chapter whose folder it is in. The name must be one of that chapter's front matter."""
    for card in library.questions.values():
        chapter = library.chapters.get(card.chapter)
        if chapter and card.objective not in chapter.objectives:
            yield problem(objective_known, library.shown(card.path), card.objective, f"`{card.objective}` is not an objective of {chapter.name}", near(card.objective, chapter.objectives))


@rule("Q006")
def folder_is_a_chapter(library: Library) -> Iterator[Problem]:
    """A question's folder in `exercises/bank/` has the name of a chapter; that is how a card knows where it belongs. A slip in the folder's name would leave the card to no chapter.

    Before:  exercises/bank/confidence/a-card.yml
    After:   exercises/bank/confidentiality/a-card.yml
    """
    for card in library.questions.values():
        if not library.there("chapters", card.chapter):
            yield problem(folder_is_a_chapter, library.shown(card.path), None, f"there is no chapter `{card.chapter}`", near(card.chapter, library.chapters))


@rule("Q007")
def above(library: Library) -> Iterator[Problem]:
    """*All of the above* and *none of the above* test logic, not judgement: two right options give the key away, and a doubtful one decides nothing.

    Haladyna's item-writing guidelines advise against both.
    """
    for card in library.questions.values():
        for option in card.options:
            if re.search(r"\b(all|none|both|neither|any) of the above\b|^(all|none|both|neither) of these\.?$", option.text, re.IGNORECASE):
                yield problem(above, library.shown(card.path), option.text, f"an option cannot be `{option.text}`", "Write a distractor, or make it an all-that-apply question.")


CHECKS = (right_options, number_of_options, options_alike, option_form, objective_known, folder_is_a_chapter, above)
