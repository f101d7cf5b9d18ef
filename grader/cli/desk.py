"""What the commands share: the app, its options, the progress bar, and how a command ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from .people import ByPerson
from ..language import number, t

if TYPE_CHECKING:
    from ..cards.library import Library
    from ..marking.page import AnyDesk

app = typer.Typer(
    cls=ByPerson,
    help="Candor: checks, assembles and scores the curriculum.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(t("Candor {version}", version=version("candor-training")))
        raise typer.Exit()


@app.callback(help="Candor: checks, assembles and scores the curriculum.")
def _candor(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    pass


export = typer.Typer(help="Write what other tools read.", no_args_is_help=True)
app.add_typer(export, name="export")
marks = typer.Typer(help="Mark one reflection across all trainees.", no_args_is_help=True)
app.add_typer(marks, name="marks")
ledger = typer.Typer(help="Your record of hours: one plain file.", no_args_is_help=True)
app.add_typer(ledger, name="ledger")

Root = Annotated[
    Path | None,
    typer.Option(
        "--library", help="The folder of the cards; by default the nearest one, or the one of this installation."
    ),
]
Private = Annotated[
    list[Path] | None,
    typer.Option(
        "--private",
        # The rooms of a private folder are those of the library, for one kind of card each.
        help="A folder DIR with a program's own cards, where the library has its own:"
        " DIR/exercises/bank/CHAPTER/NAME.yml (questions and sets), case_vignettes/NAME.yml,"
        " exercises/reflections/NAME.yml, exercises/assignments/NAME.yml, exercises/exams/NAME.yml.",
    ),
]
Edition = Annotated[
    Path | None,
    typer.Option(
        "--edition", help="A program's own edition: a folder with program.yml. The one that you stand in by default."
    ),
]
CourseFolder = Annotated[Path, typer.Option("--course", help="The course's folder.")]
Who = Annotated[str, typer.Option("--as", help="Your name or initials, for the log; the account's name by default.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="A port of this machine; a free one by default.")]


Given = TypeVar("Given", Path, Path | None)


def who_runs(given: str) -> str:
    """The name for the log: what was given with --as, or the account's."""
    import getpass

    return " ".join(given.split()) or getpass.getuser()


def stop(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)


def _opened(address: str) -> None:
    print(t("Open {address}", address=address), t("It opens once. Stop with Ctrl+C."), sep="\n", flush=True)


def serve_page(desks: list[AnyDesk], who: str, port: int) -> None:
    """Open the marking page for desks, one after the other, until Ctrl+C."""
    from ..marking import page

    try:
        page.serve(desks, who, _opened, port)
    except OSError as error:
        stop(
            t(
                "Port {port} cannot be used ({strerror}). Leave --port out, and a free one is taken.",
                port=port,
                strerror=error.strerror,
            ),
            2,
        )


def kept_private(path: Given) -> Given:
    """An option's callback: ends the command where something private would be written into the library's folder."""
    from ..cards.private import Shared, outside

    try:
        return outside(path) if path else path
    except Shared as error:
        stop(str(error), 2)


Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def replaces(path: Path, force: bool, ours: Callable[[], bool] = lambda: False) -> None:
    """Before a file is written: ends the command where another one stands there, and says where an earlier one of its
    own kind (`ours`) makes room."""
    if not path.exists() or force:
        return
    if not ours():
        stop(t("{path} is there already; nothing was changed. Give another name with --to, or --force.", path=path), 1)
    print(t("{path} was there, from an earlier time: it is made anew.", path=path))


def root(given: Path | None) -> Path:
    """The library that was given, or the nearest one, or the one that this program stands in, or the learner's part of
    it that a package carries: one's own files live elsewhere."""
    from ..cards.library import find_root

    here = Path(__file__).resolve()
    found = find_root(given.resolve()) if given else find_root(Path.cwd()) or find_root(here)
    if found is None and not given:
        found = find_root(here.parent.parent / "library")
    if found is None:
        stop(
            t(
                "There is no card library at or above {folder}. Go to its folder, or give it with --library; the whole "
                "library is at {address}",
                folder=given or Path.cwd(),
                address=source(),
            ),
            2,
        )
    return found


def written(given: Path | None) -> Path:
    """The library as `root` finds it, for those who write and check cards: not the learner's part that a package
    carries, which is not theirs to change."""
    found = root(given)
    if learners(found):
        stop(
            t(
                "There is no card library at or above {folder}. What came with the package is a learner's part: not "
                "for changing, and not whole. The whole library is at {address}",
                folder=Path.cwd(),
                address=source(),
            ),
            2,
        )
    return found


def learners(library: Path) -> bool:
    """Whether a library is the learner's part that a package carries: not whole, and nobody's to change."""
    return library == Path(__file__).resolve().parent.parent / "library"


def source() -> str:
    """Where the project says that it is to be had."""
    from importlib.metadata import metadata

    addresses = metadata("candor-training").get_all("Project-URL") or []
    return next((one.split(", ", 1)[1] for one in addresses if one.startswith("Source, ")), t("the project's own site"))


def letter(version: str) -> str:
    """A version's letter, in capitals."""
    from ..cards.vocabulary import LETTERS

    if version.upper() not in tuple(LETTERS):
        words = t(
            "There is no version `{version}`: give a letter, {first} to {last}.",
            first=LETTERS[0],
            last=LETTERS[-1],
            version=version,
        )
        stop(words, 2)
    return version.upper()


@contextmanager
def progress(words: str, quiet: bool = False) -> Iterator[Callable[[int], None] | None]:
    """A bar on the error stream for what takes long; it shows only at a desk, and only after a second."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )

    class Rate(ProgressColumn):
        def render(self, task: Task) -> str:
            return t("{n} a second", n=number(task.speed, 0)) if task.speed else ""

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)

        def step(total: int) -> None:
            bar.update(task, total=total, advance=1)

        yield step


def edition_of(given: Path | None) -> Path | None:
    """The edition that was given, or the one in which somebody works."""
    from ..cards.program import FILE, find_edition

    if given and not (given / FILE).is_file():
        words = t("{folder} is not an edition: it has no {file}. Make one with `grader new program {folder}`.")
        stop(t(words, folder=given, file=FILE), 2)
    return given.resolve() if given else find_edition(Path.cwd())


def load_library(
    given: Path | None,
    private: list[Path] | None,
    quiet: bool = False,
    version: str = "A",
    edition: Path | None = None,
    whole: bool = True,
) -> Library:
    """The library with what is laid over it. `whole`: end the command where its edition has something open."""
    from ..cards.library import load
    from ..checks.edition import Refused, take

    for folder in private or ():
        if not folder.is_dir():
            stop(t("{folder}: there is no such folder of private cards.", folder=folder), 2)
    with progress(t("Reading cards"), quiet) as step:
        found = load(root(given), *(private or ()), edition=edition_of(edition), progress=step, version=version)
    try:
        return take(found) if whole else found
    except Refused as error:
        stop(str(error), 2)
