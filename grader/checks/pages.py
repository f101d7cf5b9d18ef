"""Rules for what leads from one page to another, and for blocks: links, words of the glossary, cards shown twice."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from .text import lines, outside, place
from ..cards import glossary
from ..cards.library import Library
from ..cards.problem import Problem, Text, near, problem, rule

LINK = re.compile(r"\]\(([^)\]\s]+\.md)(?:#([^)\]]*))?\)")
DOC = re.compile(r"\{doc\}`(?:[^`<>]{0,200}<)?([^`<>\s]{1,200})>?`")
PLACE = re.compile(r"\]\(#([^)\]\s]+)\)")
FENCE = re.compile(r"[ \t]*(`{3,}|:{3,})(?:\{([^}\s`]*)\})?(.*)")
#: What a page may call for: the book's own, and those of Sphinx, MyST and its design that are of use in a book.
_CALLED = """
    objectives question set vignette cases evidence rests-on requirements coverage bodies study-time place law helplines
    places desk mock-exam spaced-review sessions today your-study next-step counts sheets protocols conversations
    conversation flashcards keep-offline your-hours
    admonition attention bibliography card caution centered code code-block code-cell container contents csv-table
    danger dropdown epigraph error figure footbibliography glossary grid grid-item grid-item-card hint image important
    include index list-table literalinclude margin math note only parsed-literal pull-quote raw rubric seealso sidebar
    tab-item tab-set table tableofcontents tip toctree topic warning
"""
DIRECTIVES = frozenset(_CALLED.split())
#: A comment, an address in pointed brackets, and what code spans hold are not HTML.
HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>")


@rule("C015", "warning")
def raw_html(library: Library) -> Iterator[Problem]:
    """A page holds raw HTML. It is lost in the printed book, and it escapes the checks for readers who use a screen
    reader.

    Before:  <em>first</em>, see <img src="paths.svg">
    After:   *first*, and a {figure} with its `:alt:` text
    """
    for card in library.chapters.values():
        for line in outside(card.body):
            if match := HTML.search(re.sub(r"(\{[a-z:]+\})?`[^`]*`", lambda code: "x" * len(code[0]), line)):
                yield problem(
                    raw_html,
                    library.shown(card.path),
                    place(line, match.start()),
                    f"`{match[0]}` is raw HTML",
                    "Use Markdown, or a directive of the book.",
                )


@rule("C016", "warning")
def shown_twice(library: Library) -> Iterator[Problem]:
    """A practice question stands in the book twice. A reader who meets it again has seen its answer.

    Show it once, and write another for the other place. A vignette may return: people come back.
    """
    first: dict[str, str] = {}
    for card in library.chapters.values():
        path = library.shown(card.path)
        for line in lines(card.body):
            if match := re.match(r"`{3,}\{(question|set)\}\s*(\S+)", line):
                for name in (
                    [match[2]]
                    if match[1] == "question"
                    else [story.name for story in library.stories(match[2], "practice")]
                ):
                    if name in first:
                        yield problem(
                            shown_twice,
                            path,
                            place(line, match.start(2)),
                            f"`{name}` stands in the book already, at {first[name]}",
                            "Show it once.",
                        )
                    first.setdefault(name, f"{path}:{line.line}")


@rule("C021", "warning")
def directive_known(library: Library) -> Iterator[Problem]:
    """A page calls for a directive that nobody knows: the name in braces behind the opening signs. The book would not
    build.

    Before:  ```{vignete} late-reply
    After:   ```{vignette} late-reply
    """
    for page, text in library.pages.items():
        for name in _called(text):
            if name not in DIRECTIVES:
                yield problem(
                    directive_known,
                    f"book/{page}.md",
                    name,
                    f"there is no directive `{name}`",
                    near(name, DIRECTIVES) or "Look at how other pages do it.",
                )


def _called(page: Text) -> Iterator[Text]:
    """The names of a page's directives; none within a listing, which shows them."""
    open_: list[tuple[str, bool]] = []  # the signs that end a part, and whether it is a listing
    for line in lines(page):
        fence = FENCE.match(line)
        if not fence:
            continue
        signs, name, rest = fence.groups()
        if open_ and name is None and not rest.strip() and signs.startswith(open_[-1][0]):
            open_.pop()
        elif not (open_ and open_[-1][1]):
            open_.append((signs, name is None))
            if name is not None:
                yield Text(name, line.line, fence.start(2) + 1)


@rule("C022")
def block_closed(library: Library) -> Iterator[Problem]:
    """A block that begins with backticks ends with a line of as many, before another begins. What stands between is
    otherwise part of the block, and no reader sees it; often the book is built without a word.

    Before:  ```{objectives}
             ## Next heading

    After:   ```{objectives}
             ```
    """
    for page, text in library.pages.items():
        open_: tuple[str, Text, Text] | None = None  # its signs, its name, the line on which it begins
        for line in lines(text):
            signs, name, rest = found.groups() if (found := FENCE.match(line)) else ("", None, "")
            if open_ and signs.startswith(open_[0]) and not name and not rest.strip():
                open_ = None
            elif signs.startswith("`") and (not open_ or (name and open_[1] and signs.startswith(open_[0]))):
                if open_:
                    yield _left_open(library.page_file(page), open_)
                open_ = (signs, Text(name or ""), line)
        if open_:
            yield _left_open(library.page_file(page), open_)


def _left_open(path: str, block: tuple[str, Text, Text]) -> Problem:
    signs, _, line = block
    hint = f"Put a line of `{signs}` where it ends."
    return problem(block_closed, path, place(line, 0), "this block is not closed", hint)


@rule("C017")
def link_goes_somewhere(library: Library) -> Iterator[Problem]:
    """A link names a page that is not there and that `book/outline.yml` does not plan, or a place that no page has.
    The book would not build, and a reader would come to nothing.

    The address is given from the folder of this page: `../ethics/boundaries.md`, or `boundaries.md` for a neighbour.
    A place is named alone, from any page: `(#dual-roles)`, where a page has the label `(dual-roles)=` before a heading.
    """
    labels = {label for text in library.pages.values() for label in _labels(text)}
    for name, text in library.pages.items():
        path, home = library.page_file(name), posixpath.dirname(name)
        for line in lines(text):
            for match in LINK.finditer(line):
                if "://" in match[1]:
                    continue
                page = posixpath.normpath(posixpath.join(home, match[1].lstrip("/"))).removesuffix(".md")
                if page not in library.pages and page not in library.outline:
                    what, hint = f"there is no page `{match[1]}`", _way(home, page, library)
                    yield problem(link_goes_somewhere, path, place(line, match.start(1)), what, hint)
                elif match[2]:
                    what = "the book finds no place behind the name of a page"
                    hint = f"Write `(#{match[2]})`: a label holds for the whole book."
                    yield problem(link_goes_somewhere, path, place(line, match.start(2)), what, hint)
            for match in DOC.finditer(line):
                page = posixpath.normpath(posixpath.join("/", home, match[1])).lstrip("/").removesuffix(".md")
                if page not in library.pages and page not in library.outline:
                    what, hint = f"there is no page `{match[1]}`", _way(home, page, library)
                    yield problem(link_goes_somewhere, path, place(line, match.start(1)), what, hint)
            for match in PLACE.finditer(line):
                if match[1] not in labels:
                    what, hint = f"no page has the label `{match[1]}`", near(match[1], labels)
                    yield problem(link_goes_somewhere, path, place(line, match.start(1)), what, hint)


def _labels(page: str) -> set[str]:
    """The labels that stand on a page."""
    return set(re.findall(r"^\(([a-z0-9-]+)\)=\s*$", page, re.MULTILINE))


def _way(home: str, page: str, library: Library) -> str:
    """What to write instead: the same name in another folder, or the nearest page."""
    same = [other for other in library.pages if other.rpartition("/")[2] == page.rpartition("/")[2]]
    return f"Did you mean `{posixpath.relpath(same[0], home or '.')}.md`?" if same else near(page, library.pages)


@rule("C018")
def term_known(library: Library) -> Iterator[Problem]:
    """A word that points to the glossary is not there. The reader who needs it most would find nothing.

    Write {term}`outercourse` for a word of the glossary, or {term}`Outercourse <outercourse>` where it looks different
    in the sentence.
    """
    terms = {word.lower(): word for word in glossary.words(library.pages)}
    for name, text in library.pages.items():
        for line in lines(text):
            for match in glossary.TERM.finditer(line):
                word = " ".join(match[1].split())
                if word.lower() not in terms:
                    what, hint = f"`{word}` is not in the glossary", near(word.lower(), terms)
                    yield problem(term_known, library.page_file(name), place(line, match.start()), what, hint)


LABEL = re.compile(r"\(([a-z0-9-]+)\)=\s*$")


@rule("C019")
def objective_has_section(library: Library) -> Iterator[Problem]:
    """A chapter that labels the sections for its objectives labels one for each. Feedback and results lead a trainee to
    that section.

    Before the heading of the section that teaches `hold-secrets`, in the chapter `confidentiality`:

    (confidentiality-hold-secrets)=
    ## When something is told alone
    """
    for card in library.chapters.values():
        found = {
            match[1].removeprefix(f"{card.name}-"): line
            for line in lines(card.body)
            if (match := LABEL.match(line)) and match[1].startswith(f"{card.name}-")
        }
        path = library.shown(card.path)
        for name, line in found.items():
            if name not in card.objectives:
                yield problem(
                    objective_has_section,
                    path,
                    place(line, 1),
                    f"`{name}` is not an objective of {card.name}",
                    near(name, card.objectives),
                )
        for name in card.objectives if found else ():
            if name not in found:
                yield problem(
                    objective_has_section,
                    path,
                    name,
                    f"no section is labelled for `{name}`",
                    f"Put ({card.name}-{name})= before its heading.",
                )


CHECKS = (raw_html, shown_twice, directive_known, block_closed, link_goes_somewhere, term_known, objective_has_section)
