"""Where a page becomes an application: mock exam, sessions, spaced review, flashcards, what is due of them, one's own
study, the next step.
What is in them is made by `js/src/book` from the cards that `practice.py` and `deck.py` write."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from .directive import CardDirective, html
from ..cards.render import block
from ..language import later, t
from ..web import desk_help
from ..web.brand import brand

DOOR = "candor-desk-door"
NOW = later(
    "Ten questions from the whole book: first those that you have never answered, then those that you missed. The"
    " reason comes after each answer."
)
#: What the browser may know of a place to practise in -> its page, its name, and what it is for.
PLACES = {
    "session": (
        "sessions",
        later("Short sessions"),
        later("Five, ten or twenty questions of your choice: from a chapter, a part, or what you missed."),
    ),
    "review": (
        "review",
        later("Spaced review"),
        later("Questions come back when you are about to forget them: after days, then weeks, then months."),
    ),
    "exam": (
        "mock-exam",
        later("Mock exam"),
        later("A form over all areas of knowledge, with a clock or without. The result says how sure its score is."),
    ),
}
_ASKS = re.compile(r'data-candor-(exam|session|review|flashcards)="([\w-]+)"')


class App(CardDirective):
    """A place that a script fills; without one it says what it would be."""

    required_arguments = 0
    kind = ""
    otherwise = ""  # a message, said where the page is made

    def run(self) -> list[nodes.Node]:
        return [self.place("all")]

    def place(self, name: str) -> nodes.Node:
        data = f'data-candor-{self.kind}="{name}" data-base="{self.base}" data-file="{brand().file}"'
        return html(f'<div class="candor-app" {data}><noscript><p>{t(self.otherwise)}</p></noscript></div>')

    @property
    def base(self) -> str:
        """The way from this page to the root of the book."""
        return "../" * self.env.docname.count("/")


def kept_at(body: str) -> str:
    """Under which name a browser keeps what goes on in the application of a page, as `js/src/book` names it; "" for a
    page without one."""
    found = _ASKS.search(body)
    return f"candor-exam-{found[2]}" if found and found[1] == "exam" else f"candor-{found[1]}" if found else ""


class MockExam(App):
    """A mock exam on the page, made of practice cards alone."""

    required_arguments = 1
    kind = "exam"
    otherwise = later("This mock exam needs JavaScript.")

    def run(self) -> list[nodes.Node]:
        card = self.find("exams", self.arguments[0])
        return [self.place(card.name), html(block(card.note))] if card else []


class SpacedReview(App):
    """Spaced review of all practice cards, on the page."""

    kind = "review"
    otherwise = later("This review needs JavaScript. In a terminal: <code>grader review</code>.")


class Flashcards(App):
    """Spaced review of the glossary's words and of facts at a glance, as cards with two sides."""

    kind = "flashcards"
    otherwise = later("Flashcards need JavaScript. The words are in the glossary.")


class Sessions(App):
    """Short sessions of practice cards of one's choice."""

    kind = "session"
    otherwise = later("Sessions need JavaScript. In a terminal: <code>grader review</code>.")


class YourStudy(App):
    """What the browser keeps of one's own study: how far one is, and all of it as a file."""

    kind = "study"
    otherwise = later("Without JavaScript this book keeps nothing.")


class YourHours(App):
    """One's own hours, and what they come to for a certifying body."""

    kind = "hours"
    otherwise = later("This page needs JavaScript. In a terminal: <code>grader readiness</code>.")


class Today(App):
    """What to practise now: ten questions at once, and the places to practise in, each with what it is for until the
    browser knows what is due there or how it went."""

    kind = "today"

    def run(self) -> list[nodes.Node]:
        home = f"{self.base}practice/"
        ten = t("Ten questions now")
        button = f'<a class="candor-button primary" href="{home}sessions.html?now=10">{ten}</a>'
        now = (
            f'<section class="candor-card tint" aria-labelledby="now"><h2 class="candor-label" id="now">{t("Now")}</h2>'
            f'<div data-known="now"><p>{t(NOW)}</p><p class="candor-row">{button}</p></div></section>'
        )
        at_once = f'<p><a href="{home}sessions.html?now=5">{t("Five questions now")}</a></p>'
        cards = "".join(
            f'<div class="candor-card"><h2 class="candor-title"><a href="{home}{page}.html">{t(title)}</a></h2>'
            f'<div data-known="{known}"><p>{t(words)}</p>{at_once if known == "session" else ""}</div></div>'
            for known, (page, title, words) in PLACES.items()
            if f"practice/{page}" in self.env.found_docs
        )
        shown = f'{now if "practice/sessions" in self.env.found_docs else ""}<div class="candor-cards">{cards}</div>'
        return [html(f'<div class="candor-app" data-candor-today data-base="{self.base}">{shown}</div>')]


class KeepOffline(App):
    """What to keep for use without a network."""

    def run(self) -> list[nodes.Node]:
        words = t("Keeping needs JavaScript.")
        return [html(f"<div data-candor-offline><noscript><p>{words}</p></noscript></div>")]


class NextStep(App):
    """What to go on with, for a reader whom the browser knows; nothing for a first visit."""

    def run(self) -> list[nodes.Node]:
        place = f'data-candor-next data-base="{self.base}" aria-labelledby="go-on"'
        return [html(f'<section class="candor-next" {place} hidden></section>')]


class DeskDoor(CardDirective):
    """The way to the desk with all assignments; nothing where no desk stands beside the book, which is known when the
    page is written."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        return [nodes.container(classes=[DOOR])]


def open_doors(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Makes of each door a link to the desk, or nothing."""
    desk = app.config.candor_desk
    for place in [one for one in doctree.findall(nodes.container) if DOOR in one["classes"]]:
        way = f"{'../' * docname.count('/')}{desk}"
        words = t(
            '<strong>Assignments:</strong> <a href="{way}">all of them, on the desk</a>. Answer here, then hand in.'
            ' <a href="{help}">How that goes, with pictures</a>.',
            way=f"{way}/index.html",
            help=f"{way}/{desk_help.PAGE}",
        )
        shown = [html(f'<p class="candor-assignment">{words}</p>')] if desk and app.builder.format == "html" else []
        place.parent.replace(place, shown)


DIRECTIVES = {
    "desk": DeskDoor,
    "mock-exam": MockExam,
    "spaced-review": SpacedReview,
    "flashcards": Flashcards,
    "sessions": Sessions,
    "today": Today,
    "your-study": YourStudy,
    "your-hours": YourHours,
    "keep-offline": KeepOffline,
    "next-step": NextStep,
}
