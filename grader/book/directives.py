"""The directives. Each makes MyST text or nodes from cards, and lets Sphinx do the rest."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from markupsafe import Markup, escape
from sphinx import addnodes

from . import apps, evidence, frame, guides, kit, lists, maps, places
from .directive import CardDirective, cite, html, one_line
from ..cards.model import Question, Vignette
from ..cards.reading_time import directives as shown_on
from ..cards.render import HOW, inline, verdict
from ..cards.vocabulary import LETTERS
from ..counted import counted
from ..language import t
from ..web.shell import components
from ..web.words import typeset


def options_of(card: Question) -> str:
    """The options as a list, for paper and for stories that share them."""
    return "\n".join(f"- {letter}. {option.text}" for letter, option in zip(LETTERS, card.options))


class Objectives(CardDirective):
    """What the reader can do at the end of the chapter, from its front matter."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        chapter = self.library.chapters.get(self.env.docname.rsplit("/", 1)[-1])
        if chapter is None:
            self.warn("this page has no objectives in its front matter")
            return []
        lines = "\n".join(f"- {one_line(text)}" for text in chapter.objectives.values())
        return [self.box("objectives", self.line("label", t("By the end you can")), *self.parse(lines))]


class PracticeQuestion(CardDirective):
    """A practice card, with a reason for every option. Graded and exam cards are refused: the site holds none of
    them."""

    def run(self) -> list[nodes.Node]:
        card = self.find("questions", self.arguments[0])
        if card is None:
            return []
        if card.use != "practice":
            self.warn("`%s` is a %s card; only practice cards are published", card.name, card.use)
            return []
        return self.question(card)

    def question(self, card: Question, listed: bool = False) -> list[nodes.Node]:
        """A question with its reasons. `listed`: its options stand above already, once for several stories."""
        shown = self.env.temp_data.setdefault("candor_questions", [])
        if card.name in shown:
            self.warn("the question `%s` stands twice on this page", card.name)
            return []
        shown.append(card.name)
        asked = f"**{card.ask.strip()}** *{t(HOW[card.kind])}*\n\n" + ("" if listed else options_of(card))
        on_paper = addnodes.only(expr="not html")
        on_paper += self.parse(asked)
        box = self.box(
            "question",
            self.line("label", t("Practice question {number}", number=len(shown))),
            *self.parse(card.story.strip()),
        )
        box["ids"].append(f"question-{card.name}")
        box["classes"] += self.tongue(card)
        box += [
            html(_form(card, listed)),
            on_paper,
            html('<details class="candor-reasons"><summary>' + t("Answer and reasons") + "</summary>"),
        ]
        box += self.reasons(card)
        box += html("</details>")
        return [box]

    def reasons(self, card: Question) -> list[nodes.Node]:
        """For each option its verdict, as a word (the style adds a sign), and its reason; then the principle."""
        lines = [
            f"- **{letter}. {verdict(card, letter)}.** {one_line(option.why)}"
            for letter, option in zip(LETTERS, card.options)
        ]
        listed = self.parse("\n".join(lines))
        for letter, item in zip(LETTERS, listed[0].children):
            item["classes"].append("candor-best" if letter in card.key else "candor-not")
        parts = [
            card.explain.strip(),
            t("*Unless:* {unless}", unless=one_line(card.unless)) if card.unless else "",
            cite(card.sources),
        ]
        return [*listed, *self.parse("\n\n".join(part for part in parts if part))]


class PracticeSet(PracticeQuestion):
    """The practice stories of a set under one list of options. Its graded and exam stories are left out."""

    def run(self) -> list[nodes.Node]:
        card = self.find("sets", self.arguments[0])
        stories = self.library.stories(self.arguments[0], "practice") if card else []
        if card and not stories:
            self.warn("the set `%s` has no practice story", card.name)
        if len(stories) < 2:
            return [node for story in stories for node in self.question(story)]
        listed = stories[0].single
        about = t(
            "{n} stories, one list of answers. An answer may fit several stories, and some may fit none.",
            n=len(stories),
        )
        box = self.box(
            "set",
            self.line("label", t("Several stories")),
            self.line("title", one_line(card.theme)),
            *self.parse(about),
        )
        box["classes"] += self.tongue(card)
        if listed:
            box += self.parse(options_of(stories[0]))
            box[-1]["classes"].append("candor-letters")
        for story in stories:
            box += self.question(story, listed)
        return [box]


def _form(card: Question, listed: bool = False) -> str:
    """The options of a question, to be clicked; `listed`: as one list that opens, for a story over a list that
    stands above."""
    name, how, key = f"q-{card.name}", t(HOW[card.kind]), " ".join(card.key)
    if listed:
        plain = [{"letter": letter, "text": one_line(option.text)} for letter, option in zip(LETTERS, card.options)]
        return str(components().question_picker(name, Markup(inline(card.ask)), how, plain, key))
    options = [{"letter": letter, "text": Markup(inline(option.text))} for letter, option in zip(LETTERS, card.options)]
    kind = "radio" if card.single else "checkbox"
    return str(components().question_form(name, kind, Markup(inline(card.ask)), how, options, key))


class Case(PracticeQuestion):
    """A vignette: who, where, and its parts. Teachers' notes, graded and exam questions are left out."""

    option_spec: ClassVar = {"parts": directives.positive_int, "fold": directives.flag}

    def run(self) -> list[nodes.Node]:
        card = self.find("vignettes", self.arguments[0])
        if card is None:
            return []
        box = self.box("vignette", *self.head(card))
        box["classes"] += self.tongue(card)
        box += self.found(card)
        if "fold" in self.options:
            box.insert(0, lists.opening(self.summary(card), f"case-{card.name}", "candor-case"))
            box.insert(1, self.place(card))
        elif card.name not in (shown := self.env.temp_data.setdefault("candor_cases", [])):
            shown.append(card.name)  # a second part of it on the same page has no place of its own
            box["ids"].append(f"case-{card.name}")
        for number, part in enumerate(card.parts[: self.options.get("parts")], 1):
            if len(card.parts) > 1:
                box += self.line("part", f"{number}. {part.title}")
            box += self.parse(part.story.strip())
            for ask in part.ask:
                if ask.write:
                    box += self.box("paper", *self.parse(t("*On paper:* {task}", task=one_line(ask.write))))
                if ask.question:
                    question = self.find("questions", ask.question)
                    box += self.question(question) if question is not None and question.use == "practice" else []
        if "fold" in self.options:
            box += lists.closing()
        return [box]

    def found(self, card: Vignette) -> nodes.Node:
        """The site's search leads from a case's title to the case, although it is no section of its own."""
        return addnodes.index(entries=[("single", one_line(card.title), f"case-{card.name}", "", None)])

    def place(self, card: Vignette) -> nodes.Node:
        """In a folded case: the chapter that it belongs to, and its own address."""
        home = self.library.chapters.get(card.chapters[0])
        beside = (
            self.parse(t("With {chapter}.", chapter=f"[{home.title}](/{home.part}/{home.name}.md)")) if home else []
        )
        here = nodes.reference("", t("Link to this case"), internal=True, refuri=f"#case-{card.name}")
        return self.box("place", *beside, nodes.paragraph("", "", here))

    def summary(self, card: Vignette) -> str:
        """What a folded case shows of itself: its title, where it is, how many parts it has where it has several,
        and whether it has a content note."""
        chips = [components().chip(counted(len(card.parts), "part"))] if len(card.parts) > 1 else []
        chips += [components().chip(t("Content note"), "voice", "speech")] if card.caution else []
        said = f"<b>{escape(typeset(one_line(card.title)))}</b><span>{escape(typeset(one_line(card.setting)))}</span>"
        return f"{said}<span>{' '.join(chips)}</span>" if chips else said

    def head(self, card: Vignette) -> list[nodes.Node]:
        people = "\n".join(
            f"- **{person.name}**, {person.age}, {person.pronouns}. {one_line(person.story)}" for person in card.people
        )
        lines = [
            self.line("label", t("A case")),
            self.line("title", one_line(card.title)),
            self.line("setting", one_line(card.setting)),
        ]
        if card.caution:
            lines += self.parse(t("*Content note:* {note}", note=one_line(card.caution)))
        return (lines[3:] if "fold" in self.options else lines) + self.parse(people)


class Cases(CardDirective):
    """The cases that chapters work through, in the book's order, each with a link to its place."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        listed = nodes.bullet_list(classes=["candor-cases"])
        for page in self.library.toc:
            for name in dict.fromkeys(shown_on(self.library.pages.get(page, ""), "vignette")):
                card = self.library.vignettes.get(name)
                if card is not None and page != self.env.docname:
                    listed += self.entry(card, page)
        summary = t("Cases that chapters work through ({n})", n=len(listed))
        return [lists.opening(summary, "cases-of-chapters"), listed, lists.closing()]

    def entry(self, card: Vignette, page: str) -> nodes.list_item:
        self.env.note_dependency(str(card.path))
        link = nodes.reference("", one_line(card.title), internal=True, candor_place=(page, f"case-{card.name}"))
        setting = one_line(card.setting)
        said = t("{setting}, with a content note", setting=setting) if card.caution else setting
        return nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(f": {said}")))


DIRECTIVES = (
    {
        "objectives": Objectives,
        "question": PracticeQuestion,
        "set": PracticeSet,
        "vignette": Case,
        "cases": Cases,
    }
    | maps.DIRECTIVES
    | evidence.DIRECTIVES
    | places.DIRECTIVES
    | apps.DIRECTIVES
    | frame.DIRECTIVES
    | kit.DIRECTIVES
    | guides.DIRECTIVES
)
