"""The rule for the words by which people look for something: the list is the book's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, Text, near, problem, rule
from ..cards.search_words import FILE, plain
from ..cards.source import Fields, Items, Node, read_fields


@rule("L018")
def search_words(library: Library) -> Iterator[Problem]:
    """A line of `book/search-words.yml` leads somewhere: `sections` names pages of the book, and in each a label, or an
    objective whose section has its label. No list is empty, and no word stands in a list twice.

    Small and capital letters and marks are one to the search: `WHO` and `who` are the same word. A group of `same` has
    two words at least, since one alone is like nothing.
    """
    if not (library.source(FILE)).is_file():
        return
    fields, problems = read_fields(library.source(FILE), FILE)
    yield from problems
    for name, node in fields.values.items() if fields else ():
        if name == "ignore" and isinstance(node, Text):
            yield from _listed([Text(word, node.line, node.column) for word in node.split()], node, name)
        elif name == "same" and isinstance(node, Items):
            for group in node.values:
                yield from _listed(group.values if isinstance(group, Items) else group, group, "a group", 2)
        elif name == "sections" and isinstance(node, Fields):
            for page, places in node.values.items():
                yield from _of_page(library, page, places)
        else:
            hint = "It reads `ignore`, a text, `same`, a list of lists, and `sections`: pages, places, lists of words."
            yield problem(search_words, FILE, name, f"`{name}` is nothing that the search reads", hint)


def _of_page(library: Library, page: Text, places: Node) -> Iterator[Problem]:
    if page not in library.pages:
        hint = near(page, library.pages)
        yield problem(search_words, FILE, page, f"there is no page `{page}` in the book", hint)
    elif not isinstance(places, Fields):
        yield problem(search_words, FILE, page, f"`{page}` names no section", "Write below it: PLACE: [words].")
    else:
        there = _places(library, page)
        for place, words in places.values.items():
            if place and place not in there:
                hint = (
                    f"{near(place, there)} Name an objective whose section has its label, or another label of the page."
                )
                yield problem(search_words, FILE, place, f"`{page}` has no section `{place}`", hint.strip())
            listed = words.values if isinstance(words, Items) else words
            yield from _listed(listed, place, f"`{place or page}`")


def _places(library: Library, page: str) -> set[str]:
    """The labels of a page, and the objectives that have theirs: in `confidentiality` the label of `keep-secrets` is
    `confidentiality-keep-secrets`."""
    labels = re.findall(r"^\(([a-z0-9-]+)\)=\s*$", library.pages[page], re.MULTILINE)
    return {*labels, *(label.removeprefix(f"{page.rpartition('/')[2]}-") for label in labels)}


def _listed(words: list[Node] | Node, at: Node, what: str, least: int = 1) -> Iterator[Problem]:
    """What is wrong with the words of one list."""
    if not isinstance(words, list) or len(words) < least or not all(isinstance(word, Text) for word in words):
        few = "one word" if least == 1 else "two words"
        yield problem(search_words, FILE, at, f"{what} is no list of words", f"Write at least {few}: [one, another].")
        return
    seen: set[str] = set()
    for word in words:
        bare = plain(str(word))
        if not bare:
            hint = "The search knows Latin letters and figures alone; take the word out."
            yield problem(search_words, FILE, word, f"nothing of `{word}` is left for the search", hint)
        elif bare in seen:
            yield problem(search_words, FILE, word, f"`{word}` stands twice in {what}", "Take one out.")
        seen.add(bare)


CHECKS = (search_words,)
