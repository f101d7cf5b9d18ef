"""Protocols and conversations in the book: their heads, lists of them, a conversation with its notes, and from a
chapter to both."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx

from .badges import badge
from .directive import CardDirective, html
from .library import library_of
from ..cards.guide import Guide, Turn, sessions, turns
from ..cards.library import Library
from ..cards.problem import Text
from ..counted import counted
from ..language import later, t

PROTOCOLS, CONVERSATIONS = "protocols", "conversations"
#: The most turns that one note stands beside; `candor-talk.css` has a rule for each number.
MOST_BESIDE = 6
#: A reader who wants to say their own sentence first hides the notes. It needs no script.
COVER = '<p class="candor-cover"><label><input type="checkbox"> {}</label></p>'


#: At a chapter's end, what leads to each of them.
WORDS = {
    PROTOCOLS: later("<strong>Session by session:</strong> {links}."),
    CONVERSATIONS: later("<strong>A conversation with notes:</strong> {links}."),
}


def add_head(app: Sphinx, doctree: nodes.document) -> None:
    """Under the title: for whom the page is, who reviewed it, what it holds, and the chapters that teach it."""
    library = library_of(app)
    card = _card(library, app.env.docname)
    section = next(iter(doctree.findall(nodes.section)), None)
    if card is None or section is None:
        return
    facts = nodes.Text(f" · {_size(app.env.docname, card)}")
    head = [
        nodes.paragraph("", str(card.lead).strip(), classes=["candor-lead"]),
        nodes.paragraph("", "", *badge(card.review), facts, classes=["candor-badge"]),
    ]
    section.insert(1, head)
    if app.env.docname.startswith(CONVERSATIONS):  # a contents of one line would stand where the notes want to be
        app.env.metadata[app.env.docname]["html_theme.sidebar_secondary.remove"] = True


def link_both(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """At a chapter's end: the protocols and conversations that go with it. At their end: the chapters that teach what
    they are for."""
    section = next(iter(doctree.findall(nodes.section)), None)
    if section is None or app.builder.format != "html":
        return
    library = library_of(app)
    card, name = _card(library, docname), docname.rpartition("/")[2]
    if card is not None:
        where = {str(page).rpartition("/")[2]: str(page) for page in library.toc}
        taught = {
            where[one]: str(library.chapters[one].title)
            for one in map(str, card.chapters)
            if one in where and one in library.chapters
        }
        _line(app, section, docname, later("<strong>Taught in:</strong> {links}."), taught)
        return
    for room, words in WORDS.items():
        cards: dict[str, Guide] = getattr(library, room)
        _line(app, section, docname, words, {f"{room}/{one.name}": str(one.title) for one in _serving(cards, name)})


class Guides(CardDirective):
    """Protocols or conversations, in the order named: what each is for, and how long it is."""

    final_argument_whitespace = True
    room = PROTOCOLS

    def run(self) -> list[nodes.Node]:
        items = []
        for name in self.arguments[0].split():
            if card := self.find(self.room, name):
                size = _size(f"{self.room}/", card)
                words = f"[{card.title}](/{self.room}/{name}.md). {str(card.lead).strip()} *{size}*"
                items.append(nodes.list_item("", *self.parse(words)))
        return [nodes.bullet_list("", *items, classes=["candor-sheets"])]


class Conversations(Guides):
    room = CONVERSATIONS


class Conversation(CardDirective):
    """Turns, each with who speaks, and beside those that matter the supervisor's note."""

    has_content = True
    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        made, odd = turns(Text("\n".join(self.content), 1, 1))
        for line in odd:
            self.warn("a line of the conversation is neither a turn nor a part of a note: %s", str(line))
        listed = nodes.enumerated_list(classes=["candor-talk"], enumtype="arabic", prefix="", suffix=".")
        noted = [number for number, turn in enumerate(made) if turn.note] + [len(made)]
        for number, turn in enumerate(made):
            said = self.box("turn-said", *self.parse(f"**{turn.who}:** {turn.words}"))
            beside = [self.note(turn, min(at for at in noted if at > number) - number)] if turn.note else []
            kind = "therapist" if str(turn.who).startswith("Therapist") else "client"
            listed += nodes.list_item("", said, *beside, classes=[f"candor-turn-{kind}"])
        return [html(COVER.format(t("Cover the notes"))), listed]

    def note(self, turn: Turn, room: int) -> nodes.container:
        """The supervisor's note on a turn, a paragraph for each part. `room`: turns from this one to the next that has
        a note; where there is room beside them, the note stands beside as many."""
        parts = [node for name, words in turn.note.items() for node in self.parse(f"**{name}.** {words}")]
        note = self.box("margin-note", *parts)
        note["classes"].append(f"candor-beside-{min(room, MOST_BESIDE)}")
        return note


def _card(library: Library, docname: str) -> Guide | None:
    room, _, name = docname.rpartition("/")
    cards: dict[str, Guide] = getattr(library, room) if room in (PROTOCOLS, CONVERSATIONS) else {}
    return cards.get(name)


def _size(docname: str, card: Guide) -> str:
    if docname.startswith(PROTOCOLS):
        return counted(len(list(sessions(card.body))), "session")
    return counted(len(turns(card.body)[0]), "turn")


def _serving(cards: dict[str, Guide], chapter: str) -> list[Guide]:
    return [card for card in cards.values() if chapter in card.chapters and not card.retired]


def _line(app: Sphinx, section: nodes.section, docname: str, words: str, pages: dict[str, str]) -> None:
    links = [
        f'<a href="{app.builder.get_relative_uri(docname, page)}">{escape(title)}</a>'
        for page, title in pages.items()
        if page in app.env.found_docs
    ]
    if links:
        text = f'<p class="candor-assignment">{t(words, links="; ".join(links))}</p>'
        section.append(nodes.raw("", text, format="html"))


DIRECTIVES = {PROTOCOLS: Guides, CONVERSATIONS: Conversations, "conversation": Conversation}
