"""Drawings of a report, as SVG that stands in the page: in the page's own colours, light and dark, with words for those
who do not see it. Each has a table of the same figures beside it."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markupsafe import Markup, escape

from .markers import Figure
from ..counted import counted
from ..language import number, t, tn
from ..web import tokens
from ..web.terminal import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

#: A grey that no drawing has else -> the token that takes its place.
_INKS = {"ink-2": 1, "rule": 2, "edge": 3, "act": 4, "act-soft": 5, "off": 6}
_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
WIDE, SIZE = 4.2, 8.5  # inches of 100 units; points


def _ink(name: str) -> tuple[float, float, float]:
    return (_INKS[name] / 255,) * 3


def distribution(name: str, counts: Mapping[int, int], most: int) -> Markup:
    """How many trainees have how many of `most` questions: bars, in at most fifteen steps. `counts`: questions right ->
    trainees."""
    from matplotlib.ticker import AutoLocator

    step = max(1, -(-most // 15))
    found: Counter[int] = Counter()
    for right, trainees in counts.items():
        found[right // step * step] += trainees
    figure, axes = _figure(2.0)
    starts = range(0, most + 1, step)
    axes.bar(
        [start + step / 2 - 0.5 for start in starts],
        [found.get(start, 0) for start in starts],
        width=step * 0.86,
        color=_ink("act"),
    )
    axes.set_xlabel(t("Questions right"))
    axes.set_ylabel(t("Trainees"))
    for axis in (axes.xaxis, axes.yaxis):
        whole = AutoLocator()
        whole.set_params(integer=True)
        axis.set_major_locator(whole)
    words = tn(
        "{n} trainee has {least} to {most} of {questions}.",
        "{n} trainees have {least} to {most} of {questions}.",
        sum(counts.values()),
        least=min(counts),
        most=max(counts),
        questions=counted(most, "question"),
    )
    return _drawn(figure, t("Scores in {assignment}", assignment=name), words)


def leaning(title: str, rows: Sequence[tuple[str, Figure]]) -> Markup:
    """A dot with its interval for each marker: how much more (right) or less they give than others."""
    rows = [(one_line(name), one) for name, one in rows]
    figure, axes = _figure(0.9 + 0.35 * len(rows))
    for place, (_, one) in enumerate(reversed(rows)):
        axes.plot([100 * one.low, 100 * one.high], [place, place], color=_ink("edge"), linewidth=3)
        axes.plot([100 * one.value], [place], "o", color=_ink("act"), markersize=8)
    axes.axvline(0, color=_ink("ink-2"), linewidth=1)
    axes.set_yticks(range(len(rows)), [name[:18] for name, _ in reversed(rows)])
    for label in axes.get_yticklabels():
        label.set_parse_math(False)  # a name with dollar signs is no formula
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_xlabel(t("Percentage points of a reflection"))
    words = "; ".join(
        t(
            "{marker}: {value}, {low} to {high}",
            marker=name,
            value=number(100 * one.value, 1, "+"),
            low=number(100 * one.low, 1),
            high=number(100 * one.high, 1),
        )
        for name, one in rows
    )
    return _drawn(figure, title, words + ".")


def _figure(height: float) -> tuple[Drawing, Axes]:
    from matplotlib.figure import Figure as Drawing

    figure = Drawing(figsize=(WIDE, height), layout="constrained")
    figure.patch.set_alpha(0)
    axes = figure.add_subplot()
    axes.patch.set_alpha(0)
    axes.spines[["top", "right"]].set_visible(False)
    for spine in axes.spines.values():
        spine.set_color(_ink("edge"))
    axes.tick_params(colors=_ink("ink-2"), labelsize=SIZE)
    axes.xaxis.label.set(color=_ink("ink-2"), size=SIZE)
    axes.yaxis.label.set(color=_ink("ink-2"), size=SIZE)
    return figure, axes


def _drawn(figure: Drawing, title: str, words: str) -> Markup:
    import matplotlib

    stream = io.BytesIO()
    with (
        matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": title, "font.family": "sans-serif"}),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # letters that its own font lacks: the page's fonts draw them
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    drawing = ElementTree.fromstring(stream.getvalue())
    text = "".join(_plain(part) for part in drawing if part.tag != f"{{{_SVG}}}metadata")
    for name, grey in _INKS.items():
        text = text.replace(f"#{grey:02x}" + 2 * f"{grey:02x}", f"var(--cd-{name},{tokens.colour(name, 0)})")
    _, _, wide, high = drawing.get("viewBox", "0 0 1 1").split()
    return Markup(
        f'<svg class="candor-plot" role="img" viewBox="0 0 {wide} {high}">'
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>{text}</svg>"
    )


def _plain(part: ElementTree.Element) -> str:
    """A part of a drawing as it stands in a page: without names that other drawings of the page have, and in the
    page's own letters."""
    for one in part.iter():
        if re.fullmatch(r"[a-z]+_\d+", one.get("id", "")):
            del one.attrib["id"]
        if one.tag == f"{{{_SVG}}}text":
            one.set("style", re.sub(r"font: (\d+)px [^;\"]*", r"font: \1px var(--cd-sans)", one.get("style", "")))
        for inner in one.findall(f"{{{_SVG}}}style"):
            one.remove(inner)
    return ElementTree.tostring(part, encoding="unicode").replace(f' xmlns="{_SVG}"', "")
