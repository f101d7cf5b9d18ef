"""The page that a trainee reads, one file. nbgrader's own command and `grader feedback` both make it here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from .chosen import Chosen, chosen
from .feedback_model import Feedback
from .feedback_next import conclude
from .feedback_view import Cell, scores, view
from ..cards.library import Library
from ..cards.render import block, inline
from ..grading import settings as settings_of
from ..grading.course import Course
from ..grading.settings import Settings
from ..language import day as in_words
from ..language import number, t, tn
from ..notebook.score import CLOSED, in_a_word
from ..web.shell import page

TEMPLATE = Path(__file__).parent / "templates" / "feedback.html.j2"
SCRIPT = TEMPLATE.with_name("feedback.js")


#: What nbgrader hands from step to step beside the notebook.
Resources: TypeAlias = dict[str, Any]


class FeedbackPage(Exporter):
    """nbgrader's exporter class: a graded copy with its grades -> our page."""

    @default("file_extension")
    def _html(self) -> str:
        return ".html"

    @default("default_preprocessors")
    def _none(self) -> list[str]:
        return []

    def from_notebook_node(  # type: ignore[override]  # nbconvert's own exporters return text, too
        self, nb: NotebookNode, resources: Resources | None = None, **kw: Any
    ) -> tuple[str, Resources]:
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        settings, names = settings_of.of(self.config), resources["nbgrader"]
        run = _runs.setdefault(self.parent or self, {})
        if (assignment := names["assignment"]) not in run:
            run[assignment] = chosen(settings, assignment)
        edition = Course(settings).edition(assignment)
        return render(nb.cells, names, settings, edition, run[assignment]), resources


#: One run of nbgrader's command -> assignment -> what the cohort chose: read once in each run.
_runs: WeakKeyDictionary[object, dict[str, dict[str, Chosen]]] = WeakKeyDictionary()


def render(
    cells: list[Cell],
    names: Mapping[str, Any],
    settings: Settings,
    edition: tuple[int, int],
    cohort: Mapping[str, Chosen],
) -> str:
    """The page of a graded copy's cells; `names` as nbgrader's resources have them, `edition` as `Course.edition`,
    `cohort` as `chosen` gives it."""
    cards = _cards(settings, names["assignment"], edition)
    it = view(cells, names, cards, cohort)
    conclude(it, cards.assignments.get(names["assignment"]), cards, scores(cells)[0], settings.book)
    today = date.today()
    return page(
        TEMPLATE,
        it=it,
        md=_block,
        line=_line,
        heading=_heading,
        day=in_words(today),
        reached=_reached,
        prompt=_prompt,
        asked=len(it.counted),
        in_a_word=in_a_word,
        closed=CLOSED,
        script=_script(),
    )


@cache
def _script() -> Markup:
    """The page's own script; nothing that anybody typed."""
    return Markup(SCRIPT.read_text(encoding="utf-8").strip())


@lru_cache
def _cards(settings: Settings, assignment: str, edition: tuple[int, int]) -> Library:
    """The cards as they were handed out, read once for each release and each decision since."""
    return Course(settings).as_released(assignment)


@lru_cache(maxsize=8192)
def _block(text: str) -> Markup:
    """Markdown as HTML; HTML that somebody typed stays text, and a link that is no web or mail address stays words."""
    return Markup(block(text))


@lru_cache(maxsize=8192)
def _line(text: str) -> Markup:
    return Markup(inline(text))


def _reached(it: Feedback) -> Markup:
    """The points in a sentence, with what is not marked yet and what lateness cost."""
    told = {name: number(round(n, 2)) for name, n in (("score", it.score), ("points", it.points), ("late", it.late))}
    if it.unmarked and it.late > 0:
        words = tn(
            "<strong>{score} of {points} points</strong> so far; {n} more is not marked yet, after {late} taken off for"
            " lateness.",
            "<strong>{score} of {points} points</strong> so far; {n} more are not marked yet, after {late} taken off"
            " for lateness.",
            it.unmarked,
            **told,
        )
    elif it.unmarked:
        words = tn(
            "<strong>{score} of {points} points</strong> so far; {n} more is not marked yet.",
            "<strong>{score} of {points} points</strong> so far; {n} more are not marked yet.",
            it.unmarked,
            **told,
        )
    elif it.late > 0:
        words = t("<strong>{score} of {points} points</strong>, after {late} taken off for lateness.", **told)
    else:
        words = t("<strong>{score} of {points} points</strong>.", **told)
    return Markup(words.replace("<strong>", '<strong class="candor-num">', 1))


def _prompt(text: str, title: str) -> str:
    """The prompt of a reflection under its title alone."""
    first, _, rest = text.partition("\n")
    return f"### {title if title in first else first.lstrip('# ')}\n{rest}"


def _heading(text: str) -> str:
    """What a folded text is called: its first heading, else its first words."""
    first = text.strip().split("\n", 1)[0].lstrip("# ").strip()
    return first if len(first) <= 80 else f"{first[:77]}..."
