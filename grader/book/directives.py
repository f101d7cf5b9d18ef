"""The directives. Each makes MyST text or nodes from cards, and lets Sphinx do the rest."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from ..library import Library
from ..model import LETTERS, Question, Vignette
from ..problem import near
from ..render import HOW, form, verdict
from . import tables

logger = logging.getLogger(__name__)


class _Directive(SphinxDirective):
    """What ours share: the library, a warning with a place, and Markdown -> nodes."""

    has_content = False
    required_arguments = 1

    @property
    def library(self) -> Library:
        return self.env.app.candor

    def find(self, shelf: str, name: str):
        """A card by its name; a warning with file and line where it is not there."""
        card = getattr(self.library, shelf).get(name)
        if card is None:
            words = near(name, getattr(self.library, shelf))
            logger.warning("there is no card `%s` in %s. %s", name, shelf, words, location=self.get_location(), type="candor")
        else:
            self.env.note_dependency(str(card.path))
        return card

    def parse(self, text: str, node: nodes.Element | None = None) -> list[nodes.Node]:
        node = node or nodes.container()
        place = f"{self.env.doc2path(self.env.docname)}"
        self.state.nested_parse(StringList(text.split("\n"), source=place), self.content_offset, node)
        return node.children

    def box(self, kind: str, *children: nodes.Node) -> nodes.container:
        box = nodes.container(classes=[f"candor-{kind}"])
        box += [child for child in children if child is not None]
        return box


def html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def cite(sources) -> str:
    return "*Sources:* {cite:t}`" + ",".join(sources) + "`" if sources else ""


class Objectives(_Directive):
    """What the reader can do at the end of the chapter, from its front matter."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        chapter = self.library.chapters.get(self.env.docname.rsplit("/", 1)[-1])
        if chapter is None:
            logger.warning("this page has no objectives in its front matter", location=self.get_location(), type="candor")
            return []
        lines = "\n".join(f"- {' '.join(text.split())}" for text in chapter.objectives.values())
        return [self.box("objectives", *self.parse(f"**By the end you can**\n\n{lines}"))]


class PracticeQuestion(_Directive):
    """A practice card, with a reason for every option. Graded and exam cards are refused: the site holds none of them."""

    def run(self) -> list[nodes.Node]:
        card = self.find("questions", self.arguments[0])
        if card is None:
            return []
        if card.use != "practice":
            logger.warning("`%s` is a %s card; only practice cards are published", card.name, card.use, location=self.get_location(), type="candor")
            return []
        return [self.question(card)]

    def question(self, card: Question) -> nodes.container:
        asked = f"**{card.ask.strip()}** *{HOW[card.kind]}*\n\n" + "\n".join(f"- {letter}. {option.text}" for letter, option in zip(LETTERS, card.options))
        on_paper = addnodes.only(expr="not html")
        on_paper += self.parse(asked)
        reasons = "\n".join(
            f"- **{letter}. {verdict(card, letter)}.** {' '.join(option.why.split())}" for letter, option in zip(LETTERS, card.options)
        )
        parts = [reasons, card.explain.strip(), f"*Unless:* {' '.join(card.unless.split())}" if card.unless else "", cite(card.sources)]
        box = self.box("question")
        box["ids"].append(f"question-{card.name}")
        box += self.parse(card.story.strip())
        box += [html(form(card)), on_paper, html('<details class="candor-reasons"><summary>Answer and reasons</summary>')]
        box += self.parse("\n\n".join(part for part in parts if part))
        box += html("</details>")
        return box


class Case(PracticeQuestion):
    """A vignette: who, where, and its parts. Teachers' notes, graded and exam questions are left out."""

    option_spec = {"parts": directives.positive_int}

    def run(self) -> list[nodes.Node]:
        card = self.find("vignettes", self.arguments[0])
        if card is None:
            return []
        box = self.box("vignette", *self.parse(self.head(card)))
        for part in card.parts[: self.options.get("parts", len(card.parts))]:
            title = f"**{part.title}**\n\n" if len(card.parts) > 1 else ""
            box += self.parse(f"{title}{part.story.strip()}")
            for ask in part.ask:
                if ask.write:
                    box += self.parse(f"*On paper:* {' '.join(ask.write.split())}")
                question = self.library.questions.get(ask.question)
                if question is not None and question.use == "practice":
                    self.env.note_dependency(str(question.path))
                    box += self.question(question)
        return [box]

    @staticmethod
    def head(card: Vignette) -> str:
        lines = [f"**{card.title}**", f"*{' '.join(card.setting.split())}*"]
        if card.caution:
            lines.append(f"*Content note:* {' '.join(card.caution.split())}")
        lines.append("\n".join(f"- **{p.name}**, {p.age}, {p.pronouns}. {' '.join(p.story.split())}" for p in card.people))
        return "\n\n".join(lines)


class Requirements(_Directive):
    """What a certifying body asks, each row with how it was checked."""

    def run(self) -> list[nodes.Node]:
        body = self.find("bodies", self.arguments[0])
        return [self.box("requirements", *self.parse(tables.requirements(body)))] if body else []


class Coverage(_Directive):
    """Areas of a body against chapters and cards. Gaps are named."""

    def run(self) -> list[nodes.Node]:
        body = self.find("bodies", self.arguments[0])
        self.env.note_dependency(str(self.library.root / "book/_toc.yml"))
        return [self.box("coverage", *self.parse(tables.coverage(body, self.library)))] if body else []


class StudyTime(_Directive):
    """Minutes of study, by part and chapter."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        return [self.box("study-time", *self.parse(tables.study_time(self.library)))]


DIRECTIVES = {
    "objectives": Objectives,
    "question": PracticeQuestion,
    "vignette": Case,
    "requirements": Requirements,
    "coverage": Coverage,
    "study-time": StudyTime,
}
