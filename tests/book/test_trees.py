"""Our walk through a page's tree finds what docutils' own finds, in the same order."""

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from grader.book import trees

PAGE = """\
Title
=====

*A* word and a `link <https://example.org>`_.

- one

  - *two*

    1. three **four**

- five

Another
=======

The *last*.
"""


@pytest.mark.parametrize(
    "which", [None, nodes.Text, nodes.emphasis, nodes.Element, lambda node: len(node.children) == 1]
)
def test_what_is_found_is_the_same(which):
    page = publish_doctree(PAGE)
    for node in [page, page[1], page[0][1]]:
        ours, theirs = list(trees._found(node, which)), list(trees.any_found(node, which))
        assert ours == theirs and all(one is other for one, other in zip(ours, theirs)) and len(ours) > 0
        for more in ({"include_self": False}, {"descend": False}, {"siblings": True}, {"ascend": True}):
            assert list(trees._found(node, which, **more)) == list(trees.any_found(node, which, **more))


def test_what_is_put_in_on_the_way_is_walked_too():
    """As transforms do it."""
    walks = []
    for walk in (trees._found, trees.any_found):
        page, seen = publish_doctree(PAGE), []
        for node in walk(page, nodes.emphasis):
            seen.append(node.astext())
            if len(seen) < 3:
                node.append(nodes.emphasis("", f"more {len(seen)}"))
        walks.append(seen)
    assert walks[0] == walks[1] and "more 1" in walks[0]
