"""A large library, made from a seed: as many cards as wanted, in chapters of full length, all of them sound."""

import itertools
import random
from pathlib import Path

SMALL = [
    "the",
    "a",
    "of",
    "to",
    "and",
    "in",
    "she",
    "he",
    "they",
    "it",
    "is",
    "was",
    "that",
    "for",
    "with",
    "on",
    "as",
    "at",
    "by",
    "not",
    "this",
    "from",
    "but",
    "have",
    "you",
    "her",
    "his",
    "what",
    "when",
    "who",
]
PARTS = [consonant + vowel for consonant in "bdfglmnprstv" for vowel in "aeiou"]
SECTIONS = (
    "What the evidence says",
    "A case, worked",
    "Check yourself",
    "Take to supervision",
    "Key points",
    "Further reading",
)
LEVELS = ("apply", "analyse", "evaluate", "understand")


class Writer:
    """Words as English has them: half of them small and common, the others rarer the longer one reads."""

    def __init__(self, seed: int = 1):
        self.random = random.Random(seed)
        self.long = ["".join(parts) for parts in itertools.islice(itertools.product(PARTS, repeat=3), 0, None, 71)]
        self.random.shuffle(self.long)

    def words(self, count: int) -> str:
        some = [self.random.choice(SMALL) if self.random.random() < 0.5 else self._rare() for _ in range(count)]
        return " ".join(some).capitalize() + "."

    def _rare(self) -> str:
        return self.long[min(int(self.random.paretovariate(0.6)), len(self.long)) - 1]


def write(root: Path, cards: int = 1000, chapters: int = 40) -> Path:
    """Write a library of `cards` questions and `chapters` chapters, each with a vignette, a reflection and an
    assignment."""
    writer = Writer()
    _put(
        root,
        "book/references.bib",
        "\n".join(f"@book{{work{n}of{c},\n  title = {{A work}}\n}}" for c in range(chapters) for n in range(8)),
    )
    _put(root, "book/intro.md", "# A large library\n")
    files = "".join(f"  - file: part/chapter-{c}\n" for c in range(chapters))
    _put(root, "book/_toc.yml", f"format: jb-book\nroot: intro\nparts:\n- caption: A part\n  chapters:\n{files}")
    _put(root, "exercises/certification/body.yml", BODY)
    for c in range(chapters):
        names = [f"card-{c}-{n}" for n in range(cards * c // chapters, cards * (c + 1) // chapters)]
        for place, name in enumerate(names):
            _put(root, f"exercises/bank/chapter-{c}/{name}.yml", _question(writer, c, place))
        graded = [name for place, name in enumerate(names) if _use(place) == "graded"]
        practice = [name for place, name in enumerate(names) if _use(place) == "practice"]
        _put(root, f"case_vignettes/case-{c}.yml", _vignette(writer, c))
        _put(root, f"exercises/reflections/task-{c}.yml", _reflection(writer, c))
        items = (
            "".join(f"  - question: {name}\n" for name in graded)
            + f"  - vignette: case-{c}\n  - reflection: task-{c}\n"
        )
        _put(
            root,
            f"exercises/assignments/set-{c}.yml",
            f"title: Set\nchapters: [chapter-{c}]\nminutes: 60\nintro: |\n  Go on.\nitems:\n{items}review: draft\n",
        )
        _put(root, f"book/part/chapter-{c}.md", _chapter(writer, c, practice))
    return root


def _put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _use(place: int) -> str:
    return ("practice", "graded", "graded", "practice", "exam")[place % 5]


def _question(writer: Writer, chapter: int, place: int) -> str:
    sides = ["wrong"] * 4
    sides[(place + chapter) % 4] = "right"
    options = "".join(
        f"  - {side}: {writer.words(11 + 3 * (side == 'wrong' and other % 2))}\n    why: |\n      {writer.words(30)}\n"
        for other, side in enumerate(sides)
    )
    story = "\n".join("  " + writer.words(15) for _ in range(5))
    return (
        f"use: {_use(place)}\nobjective: aim-{place % 2}\nkind: one-best-answer\nlevel: {LEVELS[place % 4]}\nstory:"
        f" |\n{story}\nask: What is the best next step?\noptions:\n{options}explain: |\n  {writer.words(30)}\nsources:"
        f" [work{place % 8}of{chapter}]\nreview: draft\n"
    )


def _vignette(writer: Writer, chapter: int) -> str:
    story = "\n".join("      " + writer.words(15) for _ in range(6))
    return (
        f"title: A case\nchapters: [chapter-{chapter}]\norigin: invented\nsetting: A clinic\npeople:\n  - name: Ines\n "
        f"   age: 41\n    pronouns: she/her\nparts:\n  - title: Intake\n    story: |\n{story}\n    ask:\n      - write:"
        " What would you say?\nreview: draft\n"
    )


def _reflection(writer: Writer, chapter: int) -> str:
    criteria = "".join(
        f"  - name: {name}\n    4: {writer.words(12)}\n    0: {writer.words(12)}\n"
        for name in ("First", "Second", "Third")
    )
    anchors = "".join(
        f"  - marks: {marks}\n    answer: |\n      {writer.words(160)}\n"
        for marks in ("[4, 4, 4]", "[4, 4, 0]", "[0, 0, 4]", "[0, 0, 0]")
    )
    return (
        f"title: A task\nchapter: chapter-{chapter}\nobjective: aim-0\nwords: 150-300\nprompt: |\n "
        f" {writer.words(40)}\ncriteria:\n{criteria}escalate: [A client could be"
        f" recognised.]\nanchors:\n{anchors}review: draft\n"
    )


def _chapter(writer: Writer, chapter: int, practice: list[str]) -> str:
    cite = "".join(f" {{cite:p}}`work{n}of{chapter}`" for n in range(8))
    ideas = "\n\n".join(
        f"## {writer.words(5)[:-1]}\n\n" + "\n".join(writer.words(18) for _ in range(13)) for _ in range(8)
    )
    asked = "\n\n".join(f"```{{question}} {name}\n```" for name in practice)
    end = "\n\n".join(
        f"## {name}\n\n{body}"
        for name, body in zip(
            SECTIONS,
            (f"Much is known{cite}.", f"```{{vignette}} case-{chapter}\n```", asked, "Bring it.", "- One.", "- Two."),
        )
    )
    return CHAPTER.format(
        chapter=chapter,
        minutes=_minutes(
            text := f"# Chapter {chapter}\n\nShe says it.\n\n```{{objectives}}\n```\n\n{ideas}\n\n{end}\n"
        ),
        text=text,
    )


def _minutes(text: str) -> int:
    from grader.cards.reading_time import minutes

    return minutes(text)


CHAPTER = """---
title: Chapter {chapter}
minutes: {minutes}
objectives:
  aim-0: Apply one thing.
  aim-1: Apply another.
covers: [body/a]
review: draft
---

{text}"""
BODY = """title: A body
country: US
source: "https://example.org"
version: "2025"
date: undated
exam: No examination is mentioned in the pages read.
areas:
  - {id: a, title: Ethics}
requirements:
  - {id: letters, title: Letters, kind: document, confidence: KNOWN, evidence: none, verify: "yes"}
review: draft
"""
