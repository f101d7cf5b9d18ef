"""Cards -> text: Markdown as HTML, and what `grader show` prints. Nothing is read or written here."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from .chapter import Chapter
from .evidence import Evidence, Place
from .model import Card, Question, Reflection, Vignette
from .sets import QuestionSet
from .told import facts, read
from .vocabulary import LETTERS, spoken
from ..counted import counted
from ..language import later, number, t, tc

if TYPE_CHECKING:
    from .library import Library

_markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes").disable("image")
#: For plain text, whose quotation marks stay as the author typed them.
_signs = MarkdownIt("commonmark", {"html": False}).disable("image")
OPENING = 90  # characters of a story
HOW = {
    "one-best-answer": later("Choose one answer."),
    "extended-matching": later("Choose one answer."),
    "all-that-apply": later("Choose all that apply."),
}


#: What stands before the fact that would change an answer.
UNLESS = later("Unless:")


def inline(text: str) -> str:
    """A line of Markdown as HTML; raw HTML in it is escaped."""
    return str(_markdown.renderInline(" ".join(text.split())))


def block(text: str) -> str:
    """Paragraphs of Markdown as HTML; raw HTML in them is escaped."""
    return str(_markdown.render(text.strip()))


def words(text: str) -> str:
    """Markdown as plain text, for a cell of a table: a line for each paragraph and each entry of a list."""
    pieces = re.split(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*]|[0-9]{1,2}\.) )", text.strip())
    return "\n".join(_plain_piece(" ".join(piece.split())) for piece in pieces)


def _plain_piece(text: str) -> str:
    return "".join(token.content for inner in _signs.parseInline(text) for token in inner.children or ())


def opening(question: Question) -> str:
    """How the story of a question begins, to tell it from others that ask the same; empty without a story."""
    return textwrap.shorten(words(question.story or ""), OPENING, placeholder=" …")


def verdict(question: Question, letter: str) -> str:
    """What is said of an option before its reason, which may read like praise of it: Best, Right, Not the best answer,
    or Does not apply. So colour is never alone."""
    if letter not in question.key:
        return t("Not the best answer") if question.single else t("Does not apply")
    return t("Best") if question.single else tc("option", "Right")


def plain(card: Card) -> str:
    """A card as text, with its key and its reasons, for the author and the supervisor."""
    lines = [_head(card, type(card).__name__.lower()), ""]
    if isinstance(card, Question):
        lines += _question(card)
    elif isinstance(card, Vignette):
        lines += [str(card.title), str(card.setting), ""]
        lines += [_wrap(f"{p.name}, {p.age}, {p.pronouns}. {p.story}") for p in card.people]
        for part in card.parts:
            lines += ["", part.title.upper(), _wrap(part.story)]
            lines += ["  " + t("asks: {name}", name=ask.question or ask.write) for ask in part.ask]
            lines += [_wrap(t("Teacher: {text}", text=part.teacher))] if part.teacher else []
    elif isinstance(card, Reflection):
        lines += [str(card.title), "", _wrap(card.prompt), ""]
        for criterion in card.criteria:
            lines.append(f"{criterion.name} ({counted(criterion.points, 'point')})")
            lines += [
                _wrap(f"{points}: {text}", "     ", "  ")
                for points, text in sorted(criterion.levels.items(), reverse=True)
            ]
    elif isinstance(card, Evidence):
        lines += [_wrap(f"{label}: {text}", "  ") for label, text in facts(card)]
    elif isinstance(card, Place):
        lines += [_wrap(f"{row.topic}: {row.says} {row.section}. {read(row)}", "  ") for row in card.law]
        lines += [_wrap(f"{row.topic}: {row.name}, {row.reach}. {read(row)}", "  ") for row in card.lines]
    elif isinstance(card, Chapter):
        lines += [f"{card.title} ({counted(card.minutes, 'minute')})", ""] + [
            f"- {name}: {text}" for name, text in card.objectives.items()
        ]
    else:
        lines += [str(getattr(card, "title", ""))]
        lines += [f"- {item.card}" for item in getattr(card, "items", ())]
    return "\n".join(lines)


def plain_set(card: QuestionSet, stories: Iterable[Question]) -> str:
    """A set as text: its options once, then each story with its key and its reasons."""
    stories = list(stories)
    many = counted(len(stories), "story", "stories")
    lines = [_head(card, "set"), "", f"{card.theme}: {card.kind}, {many}", ""]
    options = stories[0].options if stories else ()
    lines += [_wrap(f"{letter}. {option.text}", "     ", "  ") for letter, option in zip(LETTERS, options)]
    for story in stories:
        lines += ["", f"---- {story.name}, {story.chapter}", "", *_question(story)]
    return "\n".join(lines)


def of_case(card: Card, library: Library) -> str:
    """Where a question stands in a case, and what is told there before it is asked: alone it may say nothing (*The bus
    company*). Empty for what no case asks."""
    found = []
    for case in library.vignettes.values():
        for place, part in enumerate(case.parts, 1):
            if card.name in [ask.question for ask in part.ask]:
                where = {"case": case.title, "name": case.name, "n": place, "of": len(case.parts), "part": part.title}
                head = t("Asked in the case “{case}” ({name}), part {n} of {of}, {part}, which reads:", **where)
                found += [_wrap(head), "", _wrap(part.story, "  ", "  "), ""]
    return "\n".join(found)


def _head(card: Card | QuestionSet, kind: str) -> str:
    """Name, kind and review of a card; the last two in the words that stand on a card, whatever the language."""
    return f"{card.name}  (`{kind}`, `review: {getattr(card, 'review', '')}`)"


def _question(card: Question) -> list[str]:
    about = [
        f"`{card.use}`",
        f"`{card.kind}`",
        spoken(card.level),
        t("objective {name}", name=card.objective),
        spoken(card.topic) if card.topic else "",
        t("gate {name}", name=spoken(card.gate)) if card.gate else "",
    ]
    about += [
        t("planned difficulty {share}", share=number(card.difficulty)) if card.difficulty else "",
        t("of the set {name}", name=card.set) if card.set else "",
    ]
    lines = ["; ".join(part for part in about if part), ""]
    lines += [line for text in (card.story, card.ask) if text for line in (_wrap(text), "")]
    for letter, option in zip(LETTERS, card.options):
        lines += [
            _wrap(f"{'*' if option.right else ' '} {letter}. {option.text}", "     "),
            _wrap(option.why, "     ", "     "),
            "",
        ]
    lines += [_wrap(card.explain)] + ([_wrap(f"{t(UNLESS)} {card.unless}")] if card.unless else [])
    return [*lines, "", f"{t('Sources:')} {', '.join(card.sources)}"]


def _wrap(text: str, later: str = "", first: str = "") -> str:
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(textwrap.fill(part, 100, initial_indent=first, subsequent_indent=later) for part in paragraphs)
