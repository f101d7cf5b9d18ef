"""Rules for protocols and conversations: each has its form, names chapters that are there, and can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.guide import NOTE_PARTS, SESSION_PARTS, Guide, sessions, turns
from ..cards.library import Library
from ..cards.problem import Problem, Text, near, problem, rule
from ..counted import in_english as counted

FEWEST_SESSIONS, MOST_SESSIONS = 6, 10
FEWEST_TURNS, MOST_TURNS, FEWEST_NOTES = 20, 30, 5
ROOMS = ("protocols", "conversations")


@rule("K004")
def protocol_form(library: Library) -> Iterator[Problem]:
    """A protocol has 6 to 10 sessions, numbered in order, and each says the same seven things in the same order.

    `## Session 1: What it is about`, then paragraphs that begin with `**Aim.**`, `**Script.**`, `**Task.**`,
    `**Stop rules.**`, `**Review questions.**`, `**What usually goes wrong.**` and `**When to refer.**`. Who works from
    it finds in each session the same thing at the same place.
    """
    for card in library.protocols.values():
        path, found = library.shown(card.path), list(sessions(card.body))
        if not FEWEST_SESSIONS <= len(found) <= MOST_SESSIONS:
            what = f"this protocol has {counted(len(found), 'session')}, not {FEWEST_SESSIONS} to {MOST_SESSIONS}"
            yield problem(protocol_form, path, card.title, what, "Head each with `## Session 1: What it is about`.")
        for number, session in enumerate(found, 1):
            if session.number != number:
                what = f"this is session {number} by its place, and is headed {session.number}"
                yield problem(protocol_form, path, session.title, what, "Number the sessions in order.")
            heads = tuple(map(str, session.parts))
            if heads != SESSION_PARTS:
                wrong = next(
                    (index for index, name in enumerate(SESSION_PARTS) if heads[index : index + 1] != (name,)), None
                )
                at = session.parts[-1] if wrong is None else session.title
                what = "a part too many" if wrong is None else f"`**{SESSION_PARTS[wrong]}.**` is not at its place"
                hint = "Each session has, in order: " + ", ".join(SESSION_PARTS) + "."
                yield problem(protocol_form, path, at, f"session {number}: {what}", hint)


@rule("K005")
def conversation_form(library: Library) -> Iterator[Problem]:
    """A conversation has 20 to 30 turns, and at least five of them have a supervisor's note that says what was heard,
    the choice, and another way.

    In a {conversation} directive each line is a turn (`Client: words`) or, further in, a line of the note on the turn
    above (`  Heard: ...`, `  Choice: ...`, `  Another way: ...`).
    """
    for card in library.conversations.values():
        path, (found, odd) = library.shown(card.path), turns(card.body)
        for line in odd:
            what = "this line is neither a turn nor a part of a note"
            hint = "Write `Client: words`, or below a turn `  Heard: ...`, `  Choice: ...`, `  Another way: ...`."
            yield problem(conversation_form, path, line, what, hint)
        if odd:
            continue
        noted = [turn for turn in found if turn.note]
        for turn in noted:
            if tuple(turn.note) != NOTE_PARTS:
                what = "the note on this turn has not each of its parts, in order"
                yield problem(conversation_form, path, turn.who, what, f"Write {', '.join(NOTE_PARTS)}.")
        if not FEWEST_TURNS <= len(found) <= MOST_TURNS:
            what = f"this conversation has {counted(len(found), 'turn')}, not {FEWEST_TURNS} to {MOST_TURNS}"
            yield problem(conversation_form, path, card.title, what, "Show the heart of one hour.")
        if len(noted) < FEWEST_NOTES:
            what = f"{counted(len(noted), 'note')} in the margin, not {FEWEST_NOTES} or more"
            yield problem(conversation_form, path, card.title, what, "Say at the turns that matter what was heard.")


@rule("K006")
def guide_found(library: Library) -> Iterator[Problem]:
    """A protocol or a conversation cannot be found: no list of its index names it, it is not in the table of contents,
    or it has a chapter's name. Or it names a chapter that is not there."""
    planned = {page.rpartition("/")[2] for page in library.outline}
    for room in ROOMS:
        index = library.pages.get(f"{room}/index", "")
        named = {
            name
            for match in re.finditer(rf"^`{{3,}}\{{{room}\}}[ \t]*(.*)$", index, re.MULTILINE)
            for name in match[1].split()
        }
        cards: dict[str, Guide] = getattr(library, room)
        for card in cards.values():
            path = library.shown(card.path)
            for name in card.chapters:
                if name not in library.chapters and name not in planned and not library.there("chapters", name):
                    yield problem(
                        guide_found, path, name, f"there is no chapter `{name}`", near(name, library.chapters)
                    )
            if card.name in library.chapters:
                hint = f"Rename it, for example to `{card.name}-hour.md`."
                yield problem(guide_found, path, card.title, "a chapter has this page's name", hint)
            if card.name not in named:
                hint = f"Name it in book/{room}/index.md."
                yield problem(guide_found, path, card.title, "no list of the index names this page", hint)
            elif f"{room}/{card.name}" not in library.toc:
                hint = f"Add `{room}/{card.name}` to book/_toc.yml."
                yield problem(guide_found, path, card.title, "this page is not in the table of contents", hint)
        for missing in sorted(named):
            if not library.there(room, missing):
                at = Text(missing, 1, 1)
                yield problem(
                    guide_found, f"book/{room}/index.md", at, f"there is no `{missing}`", near(missing, cards)
                )


CHECKS = (protocol_form, conversation_form, guide_found)
