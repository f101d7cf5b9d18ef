"""The book as PDF, tagged (PDF/UA-1): one file, and one for each chapter.

Sphinx reads the pages and resolves what is in them; Typst sets them. No browser has a part in it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.display import status_iterator

from .drawings import plain
from .edition import edition
from .transform import parts, runs
from .typst import TO, Page, joined, text
from ..library import library_of
from ..speech import written_in
from ...language import t
from ...web.files import write
from ...web.press import SIZES, CannotPrint, Missing, press

SIZE = "CANDOR_PAPER"  # a4 or letter
MADE = "pdf"  # the folder of what was made
WORKS = "references"


class Pdf(Builder):
    """`jupyter-book build book --builder custom --custom-builder candor-pdf`."""

    name = "candor-pdf"
    format = "paper"
    epilog = "The book is in %(outdir)s/pdf."

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self.supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]
        self.trees: dict[str, nodes.document] = {}
        self.size = os.environ.get(SIZE, "a4").casefold()
        if self.size not in SIZES:
            raise ExtensionError(f"{SIZE}={self.size} is no size of paper here. Write one of: {', '.join(SIZES)}.")

    def get_outdated_docs(self) -> list[str]:
        """Every page, each time."""
        return sorted(self.env.found_docs)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return docname

    def prepare_writing(self, docnames: set[str]) -> None:
        """An empty folder, with what every book is set with."""
        shutil.rmtree(self.outdir)
        for folder in ("pictures", MADE):
            (Path(self.outdir) / folder).mkdir(parents=True)
        edition(self.app).lay_out(Path(self.outdir))

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if not runs(self.env, docname):
            self.trees[docname] = doctree

    def finish(self) -> None:
        chapters = [one for one in self.kept() if one.rpartition("/")[2] in library_of(self.app).chapters]
        book = edition(self.app)
        self.press(book.file, book.title, book.language, self.whole())
        for docname in status_iterator(chapters, "printing chapters... ", "darkgreen", len(chapters)):
            title = f"{self.title(docname)}. {book.title}"
            self.press(docname.rpartition("/")[2], title, written_in(self.app, docname), self.alone(docname))

    def kept(self) -> list[str]:
        return [page for part in parts(self.env) for page in part.pages]

    def title(self, docname: str) -> str:
        return str(self.env.titles[docname].astext())

    def set(self, docname: str, level: int) -> str:
        """A page as arguments of a call, whose pictures are put where the source finds them."""
        page = Page(docname, level)
        made = page.all(self.trees[docname].children)
        for name in page.pictures:
            source, to = Path(self.srcdir) / name, Path(self.outdir) / "pictures" / Path(name).name
            if source.suffix == ".svg":
                write(to, plain(source.read_text(encoding="utf-8")), lasting=False)
            else:
                shutil.copy(source, to)
        return made

    def whole(self) -> str:
        """The book: cover, contents, parts."""
        names = self.kept()
        pages = dict(zip(names, joined(self.set(name, 1) for name in names)))
        lines = ["#show: book", "#cover", "#contents()"]
        for part in parts(self.env):
            listed = "".join(f"({text(name)}, {text(self.title(name))}), " for name in part.pages)
            lines.append(f"#opening({text(part.title)}, ({listed}))")
            lines += [self.leaf(name, part.title, pages[name]) for name in part.pages]
        return "\n".join(lines)

    def alone(self, docname: str) -> str:
        """A chapter by itself, with the works that it cites and the book's imprint."""
        page = self.set(docname, 0)
        cited = dict.fromkeys(re.findall(rf"{TO}{WORKS}#([^{TO}]*){TO}", page))
        works = list(self.works(cited))
        end = (
            f"head(2, {text(t('Works cited'))}), points({text('references')}, {', '.join(works)})" if works else "none"
        )
        made = joined([f"{page}, {end}, imprint()"])[0]
        part = next(one.title for one in parts(self.env) if docname in one.pages)
        return f"#show: chapter\n{self.leaf(docname, part, made)}"

    def works(self, cited: dict[str, Any]) -> Iterator[str]:
        """The entries of the list of references that a chapter cites, under the names that it gives them."""
        for item in self.trees[WORKS].findall(nodes.list_item) if WORKS in self.trees else ():
            if any(name in cited for name in item["ids"]):
                page = Page(WORKS)
                yield f"all({page.places(item)}{page.all(item.children)})"

    def leaf(self, docname: str, part: str, made: str) -> str:
        said = (text(one) for one in (docname, part, self.title(docname), written_in(self.app, docname)))
        return f"#leaf({', '.join(said)}, all({made}))"

    def press(self, name: str, subject: str, language: str, source: str) -> None:
        book, path = edition(self.app), Path(self.outdir) / f"{name}.typ"
        write(path, f'#import "book.typ": *\n{source}\n', lasting=False)
        inputs = book.inputs(self.size) | {"subject": subject, "language": language}
        try:
            made = self.printed(path, inputs, (False, True))
        except (CannotPrint, Missing) as error:
            raise ExtensionError(f"{name}.pdf could not be printed: {_why(error)}") from None
        write(Path(self.outdir) / MADE / f"{name}.pdf", made, lasting=False)

    def printed(self, path: Path, inputs: dict[str, str], machines: Sequence[bool]) -> bytes:
        """With our own fonts, and with the machine's where ours do not hold a character."""
        try:
            return press(path, inputs, edition(self.app).day, machines[0])
        except Missing:
            if not machines[1:]:
                raise
            return self.printed(path, inputs, machines[1:])


def _why(error: Exception) -> str:
    return f"no font here holds {error}" if isinstance(error, Missing) else str(error)
