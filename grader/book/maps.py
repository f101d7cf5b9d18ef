"""What certifying bodies ask, side by side and one by one; and what the book covers of it."""

from __future__ import annotations

from docutils import nodes

from . import lists, tables
from .directive import CardDirective
from ..language import t, tn


class Requirements(CardDirective):
    """What a certifying body asks, each row with how it was checked."""

    def run(self) -> list[nodes.Node]:
        body = self.find("bodies", self.arguments[0])
        if body is None:
            return []
        open_rows = sum(map(tables.unconfirmed, body.requirements))
        count = tn("What it asks, in {n} row", "What it asks, in {n} rows", len(body.requirements))
        if open_rows:
            count = t("{rows}; {n} unconfirmed", rows=count, n=open_rows)
        box = self.box(
            "requirements",
            lists.opening(count, f"asks-{body.name}"),
            *self.parse(tables.requirements(body)),
            lists.closing(),
        )
        for strong in box.findall(nodes.strong):
            if strong.astext() == t(tables.UNCONFIRMED):
                strong["classes"].append("candor-unconfirmed")
        return [box]


class Coverage(CardDirective):
    """Areas of a body against chapters and cards. Gaps are named."""

    def run(self) -> list[nodes.Node]:
        body = self.find("bodies", self.arguments[0])
        if body is None:
            return []
        covered = tables.Coverage(body, self.library)
        chapters = self.parse(covered.matrix())
        chapters[0]["classes"].append("candor-matrix")
        for cell in chapters[0].findall(nodes.entry):
            if cell.astext():
                cell["classes"].append("candor-on")
        for cell, area in zip(next(iter(chapters[0].findall(nodes.thead)))[0][1:], body.areas):
            cell["label"] = str(area.title)  # what a row says of it on a phone
        areas = t("Areas, and how much the book has on each ({n})", n=len(body.areas))
        bearing = t("Chapters, and the areas that each bears on ({n})", n=len(covered.rows))
        parts = [
            *self.parse(covered.gaps()),
            lists.opening(areas, f"areas-{body.name}"),
            *self.parse(covered.areas()),
            lists.closing(),
            lists.opening(bearing, f"chapters-{body.name}"),
            *chapters,
            lists.closing(),
        ]
        return [self.box("coverage", *parts)]


class Bodies(CardDirective):
    """Bodies side by side, in the order in which they are named, each with a link to its rows."""

    required_arguments, has_content = 0, True

    def run(self) -> list[nodes.Node]:
        bodies = [body for name in " ".join(self.content).split() if (body := self.find("bodies", name))]
        box = self.box("bodies", *self.parse(tables.bodies(bodies)))
        for body, row in zip(bodies, next(iter(box.findall(nodes.tbody))).children):
            self.env.note_dependency(str(body.path))
            words = next(iter(row.children[0].findall(nodes.paragraph)))
            words.children = [nodes.reference("", "", *words.children, internal=True, refuri=f"#asks-{body.name}")]
            words.setup_child(words.children[0])
        return [box]


class StudyTime(CardDirective):
    """Minutes of study, by part and chapter."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        return [self.box("study-time", *self.parse(tables.study_time(self.library)))]


DIRECTIVES = {"requirements": Requirements, "coverage": Coverage, "bodies": Bodies, "study-time": StudyTime}
