"""What the site's search is made from, after the pages: an index of their sections, of the glossary's words and of the
practice questions by Pagefind, and a file of the words by which people look for them.

It is made from the pages as they are published, so that nothing can be found that cannot be read.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from lxml import html as markup
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from . import works
from .library import library_of
from ..cards.library import Library
from ..cards.search_words import FILE, SearchWords, plain, read
from ..web.files import write as write_file

logger = logging.getLogger(__name__)

FOLDER = "pagefind"
WORDS = "candor-words.json"
LEFT_OUT = ("references", works.ALL, "appendix/coverage")  # long lists, which would bury the chapters
UNUSED = ("pagefind-*ui*", "pagefind-highlight.js", "pagefind-*.css", "wasm.unknown.pagefind")  # Pagefind's own pages
NO_TEXT = (
    ".//a[@class='headerlink'] | .//*[contains(@class, 'candor-badge') or contains(@class, 'candor-where')"
    " or contains(@class, 'candor-objectives') or contains(@class, 'candor-works')"
    " or contains(@class, 'candor-assignment')] | .//script | .//style | .//svg"
    " | .//template | .//*[contains(@class, 'candor-tools')]"
)
NUMBERED = re.compile(r"id\d+")  # what a heading gets beside its label when both have the same words
QUESTIONS = ".//*[contains(@class, 'candor-question')]"
#: How much more a word counts than in the text. Pagefind takes up to 10.
HEADING, NAMES, OBJECTIVE = 6, 10, 4


def remember_stems(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Sphinx's own index, for who reads from a folder, takes the stem of a word anew on each page: most of the time
    that it takes. From the first page on a stem is known."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer and not hasattr(indexer.lang.stem, "cache_info"):
        indexer.lang.stem = cache(indexer.lang.stem)


@dataclass
class Record:
    """What is found as one: a page with its sections, a word of the glossary, or a question."""

    kind: str  # chapter, page, told (a conversation), word or question
    address: str  # from the root of the site
    title: str
    body: str  # HTML
    page: str = ""  # the title of the page where a question stands


@dataclass
class Names:
    """Where words lead: address -> [title, the words]."""

    places: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    def add(self, address: str, title: str, *words: str) -> None:
        known = self.places.setdefault(address, (title, []))[1]
        known.extend(word for word in words if word and word not in known)


def write(app: Sphinx, exception: Exception | None) -> None:
    """After the pages: the index in `pagefind`, and the words beside it; where Pagefind is not installed, it is said,
    and Sphinx's own search stands in. Raises ExtensionError where the file of words has another form, or
    names a page or a section that is not there."""
    if exception or app.builder.name != "html":
        return
    if not (find_spec("pagefind") and find_spec("pagefind_bin")):
        logger.info("Pagefind is not installed: the search of Sphinx stands in.")
        return
    library, out = library_of(app), Path(app.outdir)
    try:
        words = read(library.source(FILE))
    except ValueError as error:
        raise ExtensionError(str(error)) from None
    names, records, seen = Names(), list[Record](), Counter[str]()
    for page in sorted(app.env.found_docs):
        if page not in LEFT_OUT and (out / f"{page}.html").is_file():
            made = list(records_of(out / f"{page}.html", page, library, names))
            records += made
            seen.update(set(plain(" ".join(markup.fromstring(one.body).text_content() for one in made)).split()))
    _name(library, words, names)
    _write_index(out / FOLDER, records)
    seen.update(set(plain(" ".join(word for _, some in names.places.values() for word in some)).split()))
    told = {
        "ignore": [plain(word) for word in words.ignore],
        "same": [[plain(word) for word in group] for group in words.same],
        "places": {address: [title, *map(plain, some)] for address, (title, some) in names.places.items()},
        "words": {word: count for word, count in sorted(seen.items()) if re.fullmatch(r"[a-z]{3,20}", word)},
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    write_file(out / FOLDER / WORDS, text, lasting=False)


def records_of(path: Path, page: str, library: Library, names: Names) -> Iterator[Record]:
    """The records of a built page, and in `names` what its headings say."""
    article = markup.parse(str(path), markup.HTMLParser(encoding="utf-8")).getroot().find(".//article")
    if article is None:
        return
    for node in article.xpath(NO_TEXT):
        node.drop_tree()
    heading = article.find(".//h1")
    title = " ".join(heading.text_content().split()) if heading is not None else page
    names.add(f"{page}.html", title, title)
    for question in article.xpath(QUESTIONS):
        if question.get("id") and (asked := _question(question)):
            yield Record("question", f"{page}.html#{question.get('id')}", asked[0], asked[1], title)
        question.drop_tree()
    for term in article.xpath(".//dt[starts-with(@id, 'term-')]"):
        word, said = " ".join(term.text_content().split()), term.getnext()
        names.add(f"{page}.html#{term.get('id')}", word, word)
        if said is not None and said.tag == "dd":
            yield Record("word", f"{page}.html#{term.get('id')}", word, f"<p>{escape(said.text_content())}</p>")
    if page != "glossary":
        _mark_cases(article, page, names)
        _mark(article, page, library, names)
        body = markup.tostring(article, encoding="unicode")
        kind = "chapter" if page.rpartition("/")[2] in library.chapters else "page"
        kind = "told" if page.startswith("conversations/") and kind == "page" else kind
        yield Record(kind, f"{page}.html", title, body)


def _question(question: markup.HtmlElement) -> tuple[str, str] | None:
    """What is asked, and the story with the options; never what is said of the answer."""
    ask = question.xpath(".//*[contains(@class, 'candor-ask')]")
    if not ask:
        return None
    for node in question.xpath(".//*[contains(@class, 'candor-reasons') or contains(@class, 'candor-label')]"):
        node.drop_tree()
    return " ".join(ask[0].text_content().split()), f"<p>{escape(question.text_content())}</p>"


def _mark_cases(article: markup.HtmlElement, page: str, names: Names) -> None:
    """A folded case is found by its title as a section of its own."""
    for place in article.xpath(".//details[contains(@class, 'candor-case')]/*[starts-with(@id, 'case-')]"):
        title = place.getparent().find("summary/b")
        if title is not None:
            title.tag = "h3"
            title.set("id", place.attrib.pop("id"))
            title.set("data-pagefind-weight", str(HEADING))
            words = " ".join(title.text_content().split())
            names.add(f"{page}.html#{title.get('id')}", words, words)


def _mark(article: markup.HtmlElement, page: str, library: Library, names: Names) -> None:
    """A heading takes the anchor of its section, by the label that stays where there is one, and the objective that
    its section teaches, in plain words; words that people come with weigh most."""
    chapter = library.chapters.get(page.rpartition("/")[2])
    objectives = {f"{chapter.name}-{name}": str(words) for name, words in chapter.objectives.items()} if chapter else {}
    for also in article.xpath(".//p[contains(@class, 'candor-also')]"):
        also.set("data-pagefind-weight", str(NAMES))
        for title in article.xpath(".//h1")[:1]:  # of the whole chapter, and not of its last section, where it is read
            title.addnext(also)
    for section in article.xpath(".//section[@id]"):
        heading = next((child for child in section if child.tag in ("h2", "h3")), None)
        if heading is None:
            continue
        spans = [child.get("id") or "" for child in section if child.tag == "span"]
        labels = [one for one in spans if one and not NUMBERED.fullmatch(one)]
        anchor = labels[-1] if labels else section.get("id")
        if section.get("id") in objectives:  # Sphinx puts an id that begins with "id", as of "Identity", last
            anchor = section.get("id")
        heading.set("id", anchor)
        heading.set("data-pagefind-weight", str(HEADING))
        title = " ".join(heading.text_content().split())
        taught = objectives.get(anchor, "")
        names.add(f"{page}.html#{anchor}", title, title, taught)
        if taught:
            said = markup.fromstring(f'<p data-pagefind-weight="{OBJECTIVE}">{escape(taught)}</p>')
            heading.addnext(said)


def _name(library: Library, words: SearchWords, names: Names) -> None:
    """The words of chapters and of the file. Raises ExtensionError where the file names what is not there."""
    for chapter in library.chapters.values():
        address = f"{chapter.part}/{chapter.name}.html"
        if address in names.places:
            names.add(address, str(chapter.title), *map(str, chapter.also))
    for page, places in words.sections.items():
        for place, some in places.items():
            label = f"{page.rpartition('/')[2]}-{place}"
            tried = [f"{page}.html#{label}", f"{page}.html#{place}"] if place else [f"{page}.html"]
            address = next((one for one in tried if one in names.places), "")
            if not address and library.program:  # of a page that its edition leaves out, or wrote itself
                continue
            if not address:
                raise ExtensionError(
                    f"book/search-words.yml: `{page}` has no section `{place}`. Name an objective of the chapter or"
                    " a label in it, or take the line out."
                )
            names.add(address, names.places[address][0], *some)


def _write_index(folder: Path, records: list[Record]) -> None:
    """Raises ExtensionError where Pagefind cannot be run."""
    shutil.rmtree(folder, ignore_errors=True)  # fragments of pages that are gone
    with tempfile.TemporaryDirectory() as site:
        for number, record in enumerate(records):
            (Path(site) / f"{number}.html").write_text(_page(record), encoding="utf-8")
        words = ["--site", site, "--output-path", str(folder), "--force-language", "en", "--quiet"]
        done = subprocess.run([sys.executable, "-m", "pagefind", *words], capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise ExtensionError(f"Pagefind could not make the search: {said[-1] if said else 'it said nothing'}")
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()


def _page(record: Record) -> str:
    """The record as Pagefind reads it: what is told of it, then its text."""
    whole = record.kind in ("chapter", "page", "told")
    filters = {"kind": record.kind} | ({"page": record.address} if whole else {})
    told = {"address": record.address, "page": record.page}
    head = "".join(
        f'<i data-pagefind-{what}="{name}[data-is]" data-is="{escape(one)}"></i>'
        for what, some in (("filter", filters), ("meta", told))
        for name, one in some.items()
        if one
    )
    title = f'<h1 data-pagefind-weight="{HEADING}">{escape(record.title)}</h1>' if not whole else ""
    return f"<!doctype html><html lang='en'><body data-pagefind-body>{head}{title}{record.body}</body></html>"
