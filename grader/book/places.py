"""The directives for places: a page for each, and in chapters the rows of the place that the reader chose.

Without a script all places are shown.
"""

from __future__ import annotations

from html import escape

from docutils import nodes

from .badges import badge
from .directive import CardDirective, html, one_line
from ..cards.evidence import HelpLine, Place, Ruling
from ..cards.problem import near
from ..cards.told import day, read
from ..cards.vocabulary import LINES, RULINGS

WORKSHEET = "appendix/jurisdiction"
TITLES = {
    "title-and-licence": "Title and licence",
    "lgbtq": "LGBTQ+ people",
    "records-and-privilege": "Records and privilege",
}


def title(topic: str) -> str:
    """`duty-to-protect` as `Duty to protect`."""
    return TITLES.get(topic, topic.replace("-", " ").capitalize())


class _Rows(CardDirective):
    """What a row of law and a help line look like, wherever they stand."""

    def row(self, row: Ruling | HelpLine, cited: bool) -> nodes.container:
        if isinstance(row, Ruling):
            since = f"; in force since {day(row.in_force)}" if row.in_force else ""
            first, more = one_line(row.says), f"*{one_line(row.section)}{since}.*"
        else:
            first, more = (
                f"**{one_line(row.name)}:** {one_line(row.reach)}",
                f"*{one_line(row.says).rstrip('.')}.*" if row.says else "",
            )
        due = [self.line("due", "It is time to look at this again.")] if row.due else []
        source = (
            f" {{cite:p}}`{row.source}`"
            if cited and not row.source.startswith("http")
            else f" [Source](<{row.source}>)."
            if row.source.startswith("http")
            else ""
        )
        return self.box(
            "ruling", *self.parse(f"{first}\n\n{more}{source}".strip()), self.line("checked", read(row)), *due
        )

    def choice(self) -> nodes.raw:
        """Where the script puts the choice: each place and what it lies in,
        `california:united-states:California|...`."""
        known = "|".join(f"{place.name}:{place.within}:{place.title}" for place in self.places())
        return html(f'<div class="candor-choose" data-places="{escape(known, quote=True)}"></div>')

    def places(self) -> list[Place]:
        return sorted(self.library.places.values(), key=lambda one: one.title)

    def page(self, place: Place) -> str:
        """A place's title, as a link to its page where there is one."""
        return self.link(f"places/{place.name}", str(place.title)) or str(place.title)

    def link(self, page: str, words: str) -> str:
        return f"[{words}](/{page}.md)" if page in self.env.found_docs else ""


class PlacePage(_Rows):
    """All rows of one place, by topic."""

    def run(self) -> list[nodes.Node]:
        place = self.find("places", self.arguments[0])
        if place is None:
            return []
        unread = "Draft: no lawyer or clinician of this place has reviewed it"
        made: list[nodes.Node] = [nodes.paragraph("", "", *badge(place.review, unread), classes=["candor-badge"])]
        made += self.parse(self.about(place))
        for topics, rows, end, more in ((RULINGS, place.law, "", ""), (LINES, place.lines, ": help lines", "-lines")):
            for topic in topics:
                if found := [row for row in rows if row.topic == topic]:
                    name = f"{place.name}-{topic}{more}"
                    section = nodes.section(ids=[name], names=[name])
                    section += nodes.title("", title(topic) + end)
                    section += [self.row(row, cited=True) for row in found]
                    made.append(section)
        return made

    def about(self, place: Place) -> str:
        parts = [
            "Dated notes to check, in our own words; never legal advice. Each row says which section it rests on, "
            "how far that was read, and by when somebody should look again."
        ]
        parent = self.library.places.get(place.within)
        if parent:
            parts.append(
                f"These rows hold here too: {self.link(f'places/{parent.name}', str(parent.title)) or parent.title}."
            )
        if place.note:
            parts.append(place.note.strip())
        return "\n\n".join(parts)


class Law(_Rows):
    """The rows of one or more topics, place by place."""

    rows = "law"
    topics: tuple[str, ...] = RULINGS
    words = "The law where you work"
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        wanted = self.arguments[0].replace(",", " ").split()
        for topic in wanted:
            if topic not in self.topics:
                self.warn("there is no topic `%s`. %s", topic, near(topic, self.topics))
        box = self.box(
            "by-place", self.line("label", f"{self.words}: {', '.join(title(topic).lower() for topic in wanted)}")
        )
        box += self.choice()
        for place in self.places():
            self.env.note_dependency(str(place.path))
            if found := [row for row in getattr(place, self.rows) if row.topic in wanted]:
                page = self.link(f"places/{place.name}", f"All of {place.title}")
                box += html(f'<div class="candor-place" data-place="{place.name}">')
                box += [self.line("part", str(place.title)), *(self.row(row, cited=False) for row in found)]
                box += [*(self.parse(page) if page else ()), html("</div>")]
        sheet = self.link(WORKSHEET, "the worksheet")
        box += self.parse(
            f"*Somewhere else, or not sure that this is still so?* Use {sheet}."
            if sheet
            else "*Somewhere else?* Ask at home."
        )
        return [box]


class HelpLines(Law):
    """The help lines of one or more topics, place by place."""

    rows = "lines"
    topics = LINES
    words = "Whom people can call"


class Places(_Rows):
    """The places that have a page, with the choice of one's own."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        lines = []
        for place in self.places():
            counts = [
                f"{len(rows)} {word}"
                for rows, word in ((place.law, "rows of law"), (place.lines, "help lines"))
                if rows
            ]
            lines.append(f"- {self.page(place)}: {', '.join(counts) or 'no rows yet'}")
        return [self.box("by-place", self.choice(), *self.parse("\n".join(lines)))]


DIRECTIVES = {"place": PlacePage, "law": Law, "helplines": HelpLines, "places": Places}
