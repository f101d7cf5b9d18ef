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
from ..cards.vocabulary import LINES, RULINGS, spoken
from ..language import later, t

WORKSHEET = "appendix/jurisdiction"


def title(topic: str) -> str:
    """`duty-to-protect` as `Duty to protect`."""
    words = spoken(topic)
    return words[0].upper() + words[1:]


class _Rows(CardDirective):
    """What a row of law and a help line look like, wherever they stand."""

    def row(self, row: Ruling | HelpLine, cited: bool) -> nodes.container:
        if isinstance(row, Ruling):
            section = one_line(row.section)
            if row.in_force:
                section = t("{section}; in force since {day}", section=section, day=day(row.in_force))
            first, more = one_line(row.says), f"*{section}.*"
        else:
            first, more = (
                f"**{one_line(row.name)}:** {one_line(row.reach)}",
                f"*{one_line(row.says).rstrip('.')}.*" if row.says else "",
            )
        due = [self.line("due", t("It is time to look at this again."))] if row.due else []
        source = (
            f" {{cite:p}}`{row.source}`"
            if cited and not row.source.startswith("http")
            else f" [{t('Source')}](<{row.source}>)."
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
        unread = t("Draft: no lawyer or clinician of this place has reviewed it")
        made: list[nodes.Node] = [nodes.paragraph("", "", *badge(place.review, unread), classes=["candor-badge"])]
        made += self.parse(self.about(place))
        for topics, rows, head, more in (
            (RULINGS, place.law, "{topic}", ""),
            (LINES, place.lines, t("{topic}: help lines"), "-lines"),
        ):
            for topic in topics:
                if found := [row for row in rows if row.topic == topic]:
                    name = f"{place.name}-{topic}{more}"
                    section = nodes.section(ids=[name], names=[name])
                    section += nodes.title("", head.format(topic=title(topic)))
                    section += [self.row(row, cited=True) for row in found]
                    made.append(section)
        return made

    def about(self, place: Place) -> str:
        parts = [
            t(
                "Dated notes to check, in our own words; never legal advice. Each row says which section it rests on, "
                "how far that was read, and by when somebody should look again."
            )
        ]
        parent = self.library.places.get(place.within)
        if parent:
            parts.append(t("These rows hold here too: {place}.", place=self.page(parent)))
        if place.note:
            parts.append(place.note.strip())
        return "\n\n".join(parts)


class Law(_Rows):
    """The rows of one or more topics, place by place."""

    rows = "law"
    topics: tuple[str, ...] = RULINGS
    words = later("The law where you work: {topics}")
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        wanted = self.arguments[0].replace(",", " ").split()
        for topic in wanted:
            if topic not in self.topics:
                self.warn("there is no topic `%s`. %s", topic, near(topic, self.topics))
        box = self.box(
            "by-place", self.line("label", t(self.words, topics=", ".join(spoken(topic) for topic in wanted)))
        )
        box += self.choice()
        for place in self.places():
            self.env.note_dependency(str(place.path))
            if found := [row for row in getattr(place, self.rows) if row.topic in wanted]:
                page = self.link(f"places/{place.name}", t("All of {place}", place=place.title))
                box += html(f'<div class="candor-place" data-place="{place.name}">')
                box += [self.line("part", str(place.title)), *(self.row(row, cited=False) for row in found)]
                box += [*(self.parse(page) if page else ()), html("</div>")]
        sheet = self.link(WORKSHEET, t("the worksheet"))
        box += self.parse(
            t("*Somewhere else, or not sure that this is still so?* Use {worksheet}.", worksheet=sheet)
            if sheet
            else t("*Somewhere else?* Ask at home.")
        )
        return [box]


class HelpLines(Law):
    """The help lines of one or more topics, place by place."""

    rows = "lines"
    topics = LINES
    words = later("Whom people can call: {topics}")


class Places(_Rows):
    """The places that have a page, with the choice of one's own."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        lines = []
        for place in self.places():
            counts = [t("{n} rows of law", n=len(place.law))] if place.law else []
            counts += [t("{n} help lines", n=len(place.lines))] if place.lines else []
            lines.append(f"- {self.page(place)}: {', '.join(counts) or t('no rows yet')}")
        return [self.box("by-place", self.choice(), *self.parse("\n".join(lines)))]


DIRECTIVES = {"place": PlacePage, "law": Law, "helplines": HelpLines, "places": Places}
