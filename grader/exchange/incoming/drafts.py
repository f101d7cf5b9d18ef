"""Questions as another system gave them -> drafts of cards, with `???` where a person has to say what nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .markup import one_line
from .named import slug, wanted
from .rubric import rubric
from .taken import Asked, Choice, Matching, Report, Written
from .. import labels
from ...cards.library import Library
from ...cards.render import UNLESS
from ...cards.templates import BLANK
from ...cards.written import Value, filled
from ...language import everywhere, t

#: The folder of cards whose chapter nobody knows yet.
UNPLACED = "to-be-placed"
_STORY = re.compile(r"^ *- name: *([a-z0-9-]+) *$", re.MULTILINE)


@dataclass(frozen=True)
class Draft:
    """A card to be written: its kind (a key of kinds.BY_WORD), chapter, name and text."""

    kind: str
    chapter: str
    name: str
    text: str
    use: str


@dataclass
class Drafts:
    """Makes drafts for a library. `file`: what the questions come from, as the cards name it; `chapter` and `use`: of
    questions that do not say their own; `names`: those that are given already, each with its place."""

    library: Library
    file: str
    chapter: str
    use: str
    names: dict[str, str]
    report: Report
    _told: int = 0
    _homes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, chapter in self.library.chapters.items():
            self._homes |= {name.casefold(): name, str(chapter.title).casefold(): name}

    @property
    def head(self) -> str:
        """The first line of the card of the question that the report stands at."""
        return f"From {self.file}: {self.report.question}"

    def make(self, asked: Asked) -> Draft:
        """The draft of a question, the one that the report stands at. What its card cannot hold goes into the report
        and stands as a comment in it."""
        known, other = labels.read(asked.tags)
        name = self._name(asked, len(asked.pairs) if isinstance(asked, Matching) else 0)
        chapter = self._home(known, asked.home)
        use = (known.get("use") or [self.use])[0]
        values: dict[str, Value] = {}
        if asked.id and asked.id != name and len(asked.id) <= 100:
            values["known_as"] = asked.id
        if isinstance(asked, Written):
            kind, remarks = "reflection", self._reflection(asked, chapter, known, values)
        elif isinstance(asked, Matching):
            kind, remarks = "set", self._set(asked, name, use, values)
        else:
            kind, remarks = "question", self._question(asked, known, use, values)
        head = [self.head, *([t("Its tags: {names}", names=", ".join(other))] if other else [])]
        if chapter == UNPLACED:
            head.append(t("Its chapter is not known: move this file into the folder of one."))
        mine = (loss for loss in self.report.losses[self._told :] if loss.question == self.report.question)
        losses = [t("Not carried: {what}", what=loss.said) for loss in mine]
        self._told = len(self.report.losses)
        return Draft(kind, chapter, name, filled(kind, values, [*head, *losses, *remarks]), use)

    def _home(self, known: dict[str, list[str]], category: str) -> str:
        own = known.get("chapter", [""])[0]
        if own in self.library.chapters:
            return own
        return self._homes.get(category.casefold(), "") or self.chapter or UNPLACED

    def _name(self, asked: Asked, stories: int) -> str:
        """A name that is free, and with each story's number behind it, too."""
        name, number = (first := wanted(asked)), 2
        while any(own in self.names for own in (name, *(f"{name}-{story}" for story in range(1, stories + 1)))):
            name, number = f"{first}-{number}", number + 1
        if name != first:
            self.report.lost(
                t("its name"),
                t("another card has it; this one has a number behind it"),
                f"{first} ({self.names.get(first) or 'a story of a set'})",
            )
        self.names[name] = self.file
        return name

    def _question(self, asked: Asked, known: dict[str, list[str]], use: str, values: dict[str, Value]) -> list[str]:
        assert isinstance(asked, Choice)
        story, ask = parted(asked.stem)
        explain, unless = _unless(asked.explain)
        values |= {"use": use, "kind": "all-that-apply" if asked.many else "one-best-answer"}
        values |= _known(known, "objective", "level", "topic", "difficulty", "task", "gate")
        values |= {"story": story} if story else {}
        values |= {"ask": one_line(ask)} if ask else {}
        values["options"] = [
            {"right" if right else "wrong": one_line(offer.text) or BLANK, "why": one_line(offer.why) or BLANK}
            for offer, right in zip(asked.offers, self._key(asked))
        ]
        values |= {"explain": one_line(explain)} if explain else {}
        values |= {"unless": one_line(unless)} if unless else {}
        values |= {"sources": known["source"]} if "source" in known else {}
        if home := known.get("set"):
            self.report.lost(t("its place in a set"), t("it comes as a question of its own"), home[0])
        return []

    def _key(self, asked: Choice) -> list[bool]:
        """Which options are right; what their weights say beyond that goes into the report."""
        shares = [offer.share for offer in asked.offers]
        theirs = ", ".join(f"{100 * share:.4g} %" for share in shares)
        best = max(shares, default=0)
        right = [share > 0 if asked.many else share > 0.99 for share in shares]
        some = best > 0 and not any(right)
        if some:
            self.report.lost(t("its weights"), t("no option is worth all of it; what is worth most is right"), theirs)
            right = [share == best for share in shares]
        if not asked.many and sum(right) > 1:
            self.report.lost(
                t("its single answer"), t("several options are right, each alone: leave one right in the card")
            )
        if some:
            return right
        if not any(right):
            self.report.lost(t("the key"), t("the file says of no option that it is right: mark it in the card"))
        good, bad = max(1, sum(right)), max(1, len(right) - sum(right))
        ours = [(1 / good if one else -1 / bad) if asked.many else float(one) for one in right]
        if any(abs(share - own) > 0.001 for share, own in zip(shares, ours)):
            rule = (
                t("right ones chosen less wrong ones")
                if asked.many
                else t("all for the right one, nothing for another")
            )
            self.report.lost(t("its weights"), t("a card is scored by one rule: {rule}", rule=rule), theirs)
        return right

    def _set(self, asked: Asked, name: str, use: str, values: dict[str, Value]) -> list[str]:
        """A matching question: its answers are the options, each prompt is a story."""
        assert isinstance(asked, Matching)
        answers = dict.fromkeys([*(answer for _, answer in asked.pairs), *asked.spare])
        short: dict[str, str] = {}
        for number, answer in enumerate(answers, 1):
            word = "-".join(slug(answer).split("-")[:4]) or f"option-{number}"
            short[answer] = word if word not in short.values() else f"{word}-{number}"
        stories: list[Value] = []
        for number, (prompt, answer) in enumerate(asked.pairs, 1):
            own = f"{name}-{number}"
            self.names[own] = self.file
            stories.append(
                {
                    "name": own,
                    "use": use,
                    "objective": BLANK,
                    "level": BLANK,
                    "story": prompt,
                    "right": [short[answer]],
                    "why": dict.fromkeys(short.values(), BLANK),
                    "explain": one_line(asked.explain) or BLANK,
                    "sources": [BLANK],
                }
            )
        values |= {"theme": asked.title or BLANK, "ask": one_line(asked.stem) or BLANK, "stories": stories}
        values |= {"kind": "extended-matching" if len(answers) > 7 else "one-best-answer"}
        values["options"] = {word: answer or BLANK for answer, word in short.items()}
        values.pop("known_as", None)  # a set has none: what is asked are its stories
        return []

    def _reflection(
        self, asked: Asked, chapter: str, known: dict[str, list[str]], values: dict[str, Value]
    ) -> list[str]:
        assert isinstance(asked, Written)
        *before, last = asked.stem.split("\n\n")
        before_them = "|".join(map(re.escape, everywhere(labels.WORDS)))
        words = re.fullmatch(rf"(?:{before_them}) (\d{{1,4}}[-–]\d{{1,4}})", last)
        values |= {"title": asked.title} if asked.title else {}
        values |= {"chapter": chapter} if chapter != UNPLACED else {}
        values |= _known(known, "objective")
        values |= (
            {"words": words[1].replace("–", "-"), "prompt": "\n\n".join(before)} if words else {"prompt": asked.stem}
        )
        values |= {"sources": known["source"]} if "source" in known else {}
        criteria, escalate, rest = rubric(asked.rubric)
        values |= {"criteria": criteria} if criteria else {}
        values |= {"escalate": escalate} if escalate else {}
        told = [(t("what it says to whoever marks it"), rest), (t("its general feedback"), asked.explain)]
        for what, text in told:
            if text:
                self.report.lost(what, t("it stands as a comment in the card, to be written as criteria"))
        return [t("For whoever marks it:\n{text}", text=text) for _, text in told if text]


def taken_names(library: Library) -> dict[str, str]:
    """Every name that a question, a set or a reflection of a library has -> its file."""
    shelves = (library.questions, library.sets, library.reflections)
    names = {name: library.shown(card.path) for shelf in shelves for name, card in shelf.items()}
    unread = [path for paths in library.unread.values() for path in paths]
    # The stories of a set that cannot be read yet, as a draft.
    stories = ((name, path) for path in unread for name in _STORY.findall(path.read_text("utf-8", "replace")))
    taken = [*((path.stem, path) for path in unread), *stories]
    return {name: library.shown(path) for name, path in taken} | names


def _known(known: dict[str, list[str]], *names: str) -> Iterator[tuple[str, str]]:
    return ((name, known[name][0]) for name in names if name in known)


def parted(stem: str) -> tuple[str, str]:
    """(story, ask): the ask is the last paragraph, or the last sentence of a single one."""
    *before, last = stem.split("\n\n")
    if strong := re.fullmatch(r"\*\*([^*]+(?:\*(?!\*)[^*]+)*)\*\*", last):
        return "\n\n".join(before), strong[1]
    if re.match(r"\s*(?:[-+>]|\d+[.)]) |```", last):
        return stem, ""
    if before:
        return "\n\n".join(before), last
    sentences = re.split(r"(?<=[.!?…])\s+(?=[“\"'‘(A-ZÀ-ÞΑ-ΩА-Я¿])", last)
    if len(sentences) > 2 and last.rstrip("”\"’'").endswith(("?", ":")):
        return last.removesuffix(sentences[-1]).strip(), sentences[-1]
    return "", last


def _unless(explain: str) -> tuple[str, str]:
    *before, last = explain.split("\n\n")
    found = re.match(rf"\*(?:{'|'.join(map(re.escape, everywhere(UNLESS)))})\* *", last)
    return ("\n\n".join(before), last[found.end() :]) if found else (explain, "")
