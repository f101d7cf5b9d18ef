"""The book as EPUB 3, for readers on paper-like screens, phones and in braille.

Sphinx's own builder packs it. The pages are written here, without a theme: a page is its title, its text and one style
sheet that leaves fonts and colours to the reader's program.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from shutil import rmtree
from typing import Any

from docutils import nodes
from sphinx.builders.epub3 import Epub3Builder

from .drawings import plain
from .edition import edition
from .transform import Part, parts, runs
from ..speech import written_in
from ...language import later, t
from ...web.files import write

SHEET = Path(__file__).with_name("epub.css")
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{lang}" xml:lang="{lang}">
<head><title>{title}</title><link rel="stylesheet" href="{up}_static/epub.css" type="text/css"/></head>
<body>{body}</body>
</html>
"""
COVER = '<section epub:type="cover"><img class="candor-cover" src="{image}" alt="{alt}"/></section>'
#: What the file says of its own accessibility, in the words of schema.org.
ACCESS = {
    "accessMode": ("textual", "visual"),
    "accessModeSufficient": ("textual",),
    "accessibilityFeature": (
        *("alternativeText", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"),
    ),
    "accessibilityHazard": ("none",),
}
SUMMARY = later(
    "All of it is text with headings, lists and tables marked as such; each drawing is described in words. No"
    " sound, no film, nothing that moves."
)


class Epub(Epub3Builder):
    """`jupyter-book build book --builder custom --custom-builder candor-epub`."""

    name = "candor-epub"
    format = "epub"  # what our pages do for a browser, under `html`, is not for this
    epilog = "The book is in %(outdir)s."

    def init(self) -> None:
        handlers, config = self.app.registry.translation_handlers, self.config
        handlers.setdefault(self.format, handlers.get("html", {}))
        config.epub_show_urls, config.epub_use_index, config.epub_tocscope = "no", False, "includehidden"
        config.epub_tocdup = False
        super().init()

    def prepare_writing(self, docnames: set[str]) -> None:
        """What the file says of itself; by now the library has said whose it is."""
        book, config = edition(self.app), self.config
        config.version = book.version
        config.epub_basename, config.epub_title, config.epub_language = book.file, book.title, book.language
        config.epub_identifier, config.epub_uid = book.identifier, "book-id"
        config.epub_author, config.epub_contributor, config.epub_publisher = book.author, book.author, book.author
        config.epub_description = f"{book.subtitle.rstrip('.')}. {book.imprint[-1]}"
        config.epub_copyright = " ".join(book.imprint[:-1])
        config.epub_cover = ("_static/cover.png", "cover")
        self.guide_titles = self.guide_titles | {"toc": t("Contents"), "cover": t("Cover")}
        super().prepare_writing(docnames)

    def get_outdated_docs(self) -> Iterator[str]:
        """Every page, each time, into an empty folder: all that lies there goes into the book."""
        rmtree(self.outdir)
        Path(self.outdir).mkdir(parents=True)
        return iter(sorted(self.env.found_docs))

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if not runs(self.env, docname):
            super().write_doc(docname, doctree)

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        outfilename: str | None = None,
        event_arg: Any = None,
    ) -> None:
        book = edition(self.app)
        said = " ".join(
            (f"{book.title}. {book.subtitle.rstrip('.')}. {book.dated}.", *book.imprint)
        )  # as it stands there
        cover = COVER.format(image=addctx.get("image"), alt=escape(said))
        path = Path(self.outdir) / f"{pagename}{self.out_suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = "image" in addctx
        text = PAGE.format(
            lang=escape(written_in(self.app, pagename)),
            title=escape(book.title) if front else addctx["title"] or escape(book.title),
            up="../" * pagename.count("/"),
            body=cover if front else addctx["body"],
        )
        write(path, text, lasting=False)

    def copy_assets(self) -> None:
        """The style sheet, the cover and the drawings: nothing of a theme's."""
        out = Path(self.outdir)
        (out / "_static").mkdir(parents=True, exist_ok=True)
        write(out / "_static/epub.css", SHEET.read_text(encoding="utf-8"), lasting=False)
        write(out / "_static/cover.png", edition(self.app).cover(), lasting=False)

    def finish(self) -> None:
        self.copy_image_files()
        self.handle_finish()

    def copy_image_files(self) -> None:
        super().copy_image_files()
        for path in (Path(self.outdir) / self.imagedir).glob("*.svg"):
            write(path, plain(path.read_text(encoding="utf-8")), lasting=False)

    def get_toc(self) -> None:
        """Parts, their pages, and the sections of these."""
        root = self.config.root_doc
        self.refnodes = [{"level": 1, "refuri": f"{root}{self.out_suffix}", "text": escape(edition(self.app).title)}]
        for number, part in enumerate(parts(self.env), 1):
            self.refnodes.append({"level": 1, "refuri": self._opening(number, part), "text": escape(part.title)})
            for name in part.pages:
                self.refnodes += self._page(name)

    def _opening(self, number: int, part: Part) -> str:
        """The page in front of a part, with what is in it."""
        pages = "".join(
            f'<li><a href="{name}{self.out_suffix}">{escape(self.env.titles[name].astext())}</a></li>'
            for name in part.pages
        )
        title = escape(part.title)
        self.handle_page(f"part-{number}", {"title": title, "body": f"<h1>{title}</h1><ol>{pages}</ol>"})
        return f"part-{number}{self.out_suffix}"

    def _page(self, name: str) -> list[dict[str, Any]]:
        page = f"{name}{self.out_suffix}"
        made = [{"level": 2, "refuri": page, "text": escape(self.env.titles[name].astext())}]
        for link in self.env.tocs[name].findall(nodes.reference):
            anchor, depth = link.get("anchorname", ""), _depth(link)
            if anchor and depth == 2:
                made.append({"level": 3, "refuri": page + self.fix_fragment("", anchor), "text": escape(link.astext())})
        return made

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def build_content(self) -> None:
        super().build_content()
        path = Path(self.outdir) / "content.opf"
        access = ACCESS | {"accessibilitySummary": (t(SUMMARY),)}
        said = "".join(f'<meta property="schema:{name}">{value}</meta>\n' for name in access for value in access[name])
        text = path.read_text(encoding="utf-8").replace("</metadata>", f"{said}</metadata>")
        text = text.replace('href="_static/cover.png"', 'href="_static/cover.png" properties="cover-image"')
        write(path, text, lasting=False)


def _depth(link: nodes.reference) -> int:
    """How many lists of a page's contents an entry stands in."""
    depth, place = 0, link.parent
    while place is not None:
        depth += isinstance(place, nodes.bullet_list)
        place = place.parent
    return depth
