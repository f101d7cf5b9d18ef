"""Whether every link of a built site leads somewhere: to a file that is there, and to an anchor that is on its page.

Reads what a browser would ask for (href, src, srcset, poster, data, `url()` of styles) in HTML, SVG and CSS. Other
hosts are not asked. A link into the desk also names its notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from ..language import t

ADDRESSES = {"href", "src", "poster", "data", "xlink:href", "action"}
URL = re.compile(
    r"""url\(\s{0,20}(?:"([^"]*)"|'([^']*)'|([^'"()\s][^'"()]*))\s{0,20}\)|@import\s{1,20}(?:"([^"]*)"|'([^']*)')"""
)
PAGES = (".html", ".svg")
NOTEBOOKS = "files"  # where a desk keeps what `?path=` names, beside its folder of pages


@dataclass(frozen=True, order=True)
class Broken:
    """A link that leads nowhere: the file it stands in (relative to the site), its line, the link as typed, and why."""

    file: str
    line: int
    link: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: `{self.link}` {self.why}"


@dataclass
class Page(HTMLParser):
    """The links of a page, each with its line, and the anchors that others may lead to."""

    path: Path
    links: list[tuple[int, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.inside = self.canonical = ""
        self.feed(self.path.read_text(encoding="utf-8", errors="replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag == "link" and dict(attrs).get("rel") == "canonical":
            self.canonical = dict(attrs).get("href") or ""
        for name, value in attrs:
            value = (value or "").strip()
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value)
            elif name in ADDRESSES and not (tag == "form" and not value):
                self._add(value)
            elif name in ("srcset", "imagesrcset"):
                for one in filter(str.strip, value.split(",")):
                    self._add(one.split()[0])
            elif name == "style":
                self._style(value)

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        if self.inside == "style":
            self._style(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def _add(self, link: str) -> None:
        self.links.append((self.getpos()[0], link))

    def _style(self, text: str) -> None:
        for _, link in in_style(text):
            self._add(link)


def in_style(text: str) -> Iterator[tuple[int, str]]:
    """(line, address) of everything that a style sheet loads."""
    text = _without_comments(text)
    for match in URL.finditer(text):
        yield (
            text.count("\n", 0, match.start()) + 1,
            next(group for group in match.groups() if group is not None).strip(),
        )


def _without_comments(text: str) -> str:
    """A style sheet without its comments, on the same lines."""
    kept, at = [], 0
    while (start := text.find("/*", at)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 2
    return "".join([*kept, text[at:]])


@dataclass
class Site:
    """A built site in a folder."""

    root: Path

    @cached_property
    def pages(self) -> dict[Path, Page]:
        return {path: Page(path) for path in sorted(self.root.rglob("*")) if path.suffix in PAGES and path.is_file()}

    @cached_property
    def links(self) -> list[tuple[Path, int, str]]:
        """(file, line, link) of every link of the site."""
        found = [(path, line, link) for path, page in self.pages.items() for line, link in page.links]
        for path in sorted(self.root.rglob("*.css")):
            found += [(path, line, link) for line, link in in_style(path.read_text(encoding="utf-8", errors="replace"))]
        return found

    @cached_property
    def path(self) -> str:
        """The path under which the site stands at its host, as its first page says; "/" where that says nothing."""
        first = self.pages.get(self.root / "index.html")
        return urlsplit(first.canonical if first else "").path.rstrip("/") + "/"

    def broken(self) -> list[Broken]:
        """Every link that leads nowhere, sorted by file and line."""
        return sorted(
            Broken(path.relative_to(self.root).as_posix(), line, link, why)
            for path, line, link in self.links
            if (why := self._why(path, link))
        )

    def _why(self, source: Path, link: str) -> str:
        """Why a link leads nowhere; empty where it leads somewhere or out of the site."""
        try:
            parts = urlsplit(link)
        except ValueError:
            return t("is no address")
        if parts.scheme or parts.netloc:
            return ""
        home, path = source.parent, unquote(parts.path)
        if path.startswith("/"):
            home, path = self.root, path.removeprefix(self.path) if path.startswith(self.path) else f"../{path}"
        target = (home / path.lstrip("/")).resolve() if parts.path else source.resolve()
        if not target.is_relative_to(self.root.resolve()):
            return t("leads out of the site")
        if target.is_dir():
            target /= "index.html"
        if not target.is_file():
            return t("is not there")
        anchor = (
            "" if source.suffix == ".css" else unquote(parts.fragment)
        )  # fonts are asked for with words behind the # that mean nothing
        return self._no_notebook(target, parts.query) or self._no_anchor(target, anchor)

    def _no_notebook(self, target: Path, query: str) -> str:
        for name in parse_qs(query).get("path", ()):
            if not (target.parent.parent / NOTEBOOKS / name).is_file():
                return t("names a notebook that the desk does not have: {name}", name=name)
        return ""

    def _no_anchor(self, target: Path, anchor: str) -> str:
        page = self.pages.get(self.root / target.relative_to(self.root.resolve()))
        return (
            t("has no anchor `{anchor}` on its page", anchor=anchor)
            if anchor and anchor != "top" and page and anchor not in page.anchors
            else ""
        )
