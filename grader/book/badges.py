"""The review status on a page of the book."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from ..web.review import review_state
from ..web.shell import components


def badge(review: str, draft: str = "") -> list[nodes.Node]:
    """The review status as a chip, in one of its four states; its words alone where no HTML is made.

    `draft`: what a draft is called where the usual words do not fit.
    """
    state = review_state(review)
    words = draft if draft and state.name == "draft" else state.words
    elsewhere = addnodes.only("", nodes.Text(words), expr="not html")
    return [nodes.raw("", str(components().chip(words, state.kind, state.icon)), format="html"), elsewhere]
