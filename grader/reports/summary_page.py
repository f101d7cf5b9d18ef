"""One page about an assignment for those who teach it. It needs nothing else, and it holds keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from .item_analysis import ENOUGH
from .summary import Row
from .summary_view import SHOWN, Reads, view
from ..cards.library import Library
from ..cards.model import Assignment
from ..grading.alike import Place
from ..web.shell import page as whole

TEMPLATE = Path(__file__).parent / "templates" / "summary.html.j2"


def page(
    rows: Sequence[Row],
    reads: Reads,
    assignment: Assignment,
    library: Library,
    missing: Sequence[str] = (),
    synthetic: bool = False,
    links: Sequence[tuple[str, str]] = (),
    waived: Mapping[str, str] = MappingProxyType({}),
    names: Mapping[str, str] = MappingProxyType({}),
    alike: Sequence[Sequence[Place]] = (),
    ungraded: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The summary.

    `reads`: trainee -> what was read in the graded copy. `missing`: who has not handed in. `links`: (words, address)
    at its top. `waived`: question -> `dropped` or `full-marks`. `names`: trainee -> what they are called, where known.
    `alike`: the reflections in which one text stands, a list for each. `ungraded`: trainee -> why what
    they handed in is not graded.
    """
    return whole(
        TEMPLATE,
        it=view(rows, reads, assignment, library, missing, waived, alike, ungraded),
        names=names,
        synthetic=synthetic,
        links=links,
        enough=ENOUGH,
        shown=SHOWN,
    )
