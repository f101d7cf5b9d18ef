"""What the page on one's own hours knows: the certifying bodies with their requirements, as the tables show them. The
sums are `js/src/book/hours`, the twin of `learner/readiness`."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from .library import library_of
from .practice import in_script
from .tables import unconfirmed
from ..cards.bodies import Body
from ..cards.library import Library
from ..web.files import write as write_file

FILE = "candor-bodies.js"
SCRIPT = "candor-hours.js"  # behind it


def write(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the file of the bodies."""
    if exception or app.builder.format != "html":
        return
    path = Path(app.outdir) / "_static" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text(library_of(app)), lasting=False)


def text(library: Library) -> str:
    """The script; it sets `window.candorBodies`, in the order of their names. In an edition that names bodies it is
    these alone."""
    wanted = library.program.bodies if library.program else ()
    shown = [body for body in library.bodies.values() if not wanted or (body.family or body.name) in wanted]
    return in_script("candorBodies", [_body(one) for one in sorted(shown, key=lambda one: one.name)])


def _body(body: Body) -> dict[str, object]:
    return {
        "name": body.name,
        "title": str(body.title),
        "family": str(body.family),
        "since": str(body.since),
        "rule": body.rule == "yes",
        "version": str(body.version),
        "areas": [{"id": str(area.id), "title": str(area.title)} for area in body.areas],
        "requirements": [
            {
                "id": str(one.id),
                "title": str(one.title),
                "kind": str(one.kind),
                "minimum": str(one.minimum),
                "unit": str(one.unit),
                "caps": {str(name): str(value) for name, value in one.caps.items()},
                "counts": list(map(str, one.counts)),
                "formats": list(map(str, one.formats)),
                "areas": list(map(str, one.areas)),
                "within": str(one.within),
                "plan": str(one.plan),
                "unconfirmed": unconfirmed(one),
                "dated": one.dated,
            }
            for one in body.requirements
        ],
    }
