"""The directives for evidence: a chapter's table of claims, and the list of everything that the book rests on."""

from __future__ import annotations

from collections import Counter
from html import escape

from docutils import nodes
from sphinx import addnodes

from . import citations, lists, tables, works
from .directive import CardDirective, html
from ..cards.claims import Claim, citing, read
from ..cards.evidence import Evidence
from ..cards.problem import Text, near
from ..cards.told import facts
from ..cards.vocabulary import CERTAINTIES, DESIGNS, SEEN, spoken
from ..language import t
from ..web.words import typeset


class EvidenceTable(CardDirective):
    """A chapter's claims. Grade and sources come from the evidence cards: one claim, one grade, in the whole book."""

    required_arguments = 0
    has_content = True

    def run(self) -> list[nodes.Node]:
        found = [
            claim
            for claim in read(
                Text(line, number, 1) for number, line in enumerate(self.content, self.content_offset + 1)
            )
            if self.rests(claim)
        ]
        if not found:
            return []
        sources = ["{cite:t}`" + "`; {cite:t}`".join(claim.keys) + "`" for claim in found]
        graded = [spoken(claim.grade(self.library.evidence)) for claim in found]
        if len(found) > 1 and len(set(sources)) == 1:
            text = tables.table([t("Claim"), t("Certainty")], [[claim.text, one] for claim, one in zip(found, graded)])
            text += "\n\n" + t("Source of all rows: {source}.", source=sources[0])
        else:
            rows = [[claim.text, *more] for claim, *more in zip(found, sources, graded)]
            text = tables.table([t("Claim"), t("Source"), t("Certainty")], rows)
        box = self.box("evidence-table", *self.parse(text))
        for claim, row in zip(found, next(iter(box.findall(nodes.tbody))).children):
            card, cell = self.library.evidence[claim.keys[0]], row.children[-1]
            on_paper = addnodes.only(expr="not html")
            on_paper += cell.children
            cell.clear()
            cell += [
                nodes.paragraph("", "", html(works.chip(claim.grade(self.library.evidence), card.name, card.place))),
                on_paper,
            ]
        return [box]

    def rests(self, claim: Claim) -> bool:
        """Whether the results that a claim names are there; a warning where they are not."""
        cards = self.library.evidence
        for name in claim.names:
            key, _, outcome = name.partition("/")
            if key not in cards:
                self.warn("there is no evidence card `%s`. %s", key, near(key, cards))
                return False
            if outcome and cards[key].outcome(outcome) is None:
                self.warn(
                    "%s has no result `%s`. %s", key, outcome, near(outcome, [one.id for one in cards[key].outcomes])
                )
                return False
            self.env.note_dependency(str(cards[key].path))
        if not claim.names:
            self.warn("this claim does not say what it rests on: %s", claim.text)
        return bool(claim.names)


class RestsOn(CardDirective):
    """Every evidence card, with the chapters that cite it. A script adds filters; without one all stand in order."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        where = citing(self.library)
        cards = sorted(
            self.library.evidence.values(), key=lambda card: lists.plain(citations.short(self.env, card.name))
        )
        missing = sum(key not in self.library.evidence for key in where)
        said = (
            t(
                "{n} evidence cards. Works that the book cites and that have none yet: {missing}.",
                n=len(cards),
                missing=missing,
            )
            if missing
            else t("{n} evidence cards: one for each work that the book cites.", n=len(cards))
        )
        box = self.box("rests-on", nodes.paragraph("", said), *self.parse(self.counts(cards)))
        first = {lists.letter(citations.short(self.env, card.name)): card.name for card in reversed(cards)}
        box += lists.jump(sorted(first))
        shown = self.box("all-cards", html('<ol class="candor-evidence-list">'))
        for card in cards:
            shown += html(self.opening(card, where.get(card.name, [])))
            name = citations.short(self.env, card.name)
            letter = lists.letter(name)
            shown += lists.anchor(letter) if first[letter] == card.name else []
            shown += lists.opening(f"<b>{escape(name)}</b> {works.chip(card.certainty)}")
            shown += self.parse(f"{{cite:t}}`{card.name}`")
            shown += [html(works.told(card)), self.on_paper(card)]
            shown += self.parse(self.pages(where.get(card.name, [])))
            shown += [lists.closing(), html("</li>")]
        shown += html("</ol>")
        box += shown
        return [box]

    def on_paper(self, card: Evidence) -> addnodes.only:
        """What a card says where no HTML is made."""
        words: list[nodes.Node] = []
        for label, said in facts(card):
            words += [nodes.strong("", f"{label}:"), nodes.Text(f" {str(typeset(said)).rstrip('.')}. ")]
        return addnodes.only("", self.box("told", nodes.paragraph("", "", *words)), expr="not html")

    def counts(self, cards: list[Evidence]) -> str:
        rows = []
        for head, words, of in (
            (t("Certainty"), CERTAINTIES, "certainty"),
            (t("How far read"), SEEN, "seen"),
            (t("Design"), (*DESIGNS, "other"), "kind_of_design"),
        ):
            count = Counter(str(getattr(card, of)) for card in cards)
            rows.append(
                [
                    head,
                    "; ".join(f"{spoken(word)}\u00a0{count[word]}" for word in words if count[word]),
                ]
            )
        return tables.table(["", t("How many cards")], rows)

    def opening(self, card: Evidence, pages: list[str]) -> str:
        title = self.library.chapters
        names = {name: str(title[name].title) for page in pages if (name := page.rpartition("/")[2]) in title}
        given = {
            "design": spoken(card.kind_of_design),
            "certainty": spoken(card.certainty),
            "seen": spoken(card.seen),
            "chapter": "|".join(names.values()),
        }
        return (
            f'<li id="card-{card.name}" '
            + " ".join(f'data-{name}="{escape(value)}"' for name, value in given.items())
            + ">"
        )

    def pages(self, pages: list[str]) -> str:
        links = []
        for page in pages:
            chapter = self.library.chapters.get(page.rpartition("/")[2])
            links.append(f"[{chapter.title if chapter else page.rpartition('/')[2].replace('-', ' ')}](/{page}.md)")
        return t("*Cited in:* {links}", links=", ".join(links)) if links else t("*Cited in:* no chapter yet.")


DIRECTIVES = {"evidence": EvidenceTable, "rests-on": RestsOn}
