"""For those who begin a card, or an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .desk import Edition, Root, app, edition_of, kept_private, load_library, root, source, stop, written
from ..language import t

#: Kinds of cards that a program may keep in a folder of its own.
OWN = ("question", "set", "vignette", "reflection", "assignment", "exam")


@app.command()
def new(
    kind: Annotated[
        str,
        typer.Argument(
            help=(
                "question, set, story, vignette, reflection, assignment, exam, body, chapter, evidence, place or sheet;"
                " program for an edition of your own."
            )
        ),
    ],
    name: Annotated[
        str,
        typer.Argument(
            help=(
                "The card's name; for a question or set CHAPTER/NAME, for a chapter PART/NAME, for evidence the work's"
                " key, for a story the SET it belongs to, for a program the new folder."
            )
        ),
    ],
    library: Root = None,
    edition: Edition = None,
    private: Annotated[
        Path | None,
        typer.Option(
            help="Your program's own folder DIR; the card is kept there, not in the library:"
            " DIR/exercises/bank/CHAPTER/NAME.yml (questions and sets), case_vignettes/NAME.yml,"
            " exercises/reflections/NAME.yml, exercises/assignments/NAME.yml, exercises/exams/NAME.yml."
        ),
    ] = None,
    new_part: Annotated[
        bool, typer.Option("--new-part", help="With chapter: its part is a new one of the book.")
    ] = False,
) -> None:
    """Write a card with a question above each blank; a story is added to its set."""
    from ..cards.kinds import BY_WORD
    from ..cards.problem import near
    from ..cards.templates import place, template
    from ..web.files import write

    if kind == "ledger":
        stop(t("A ledger is no card: `grader ledger new {name}` makes one.", name=name), 2)
    if kind == "program":
        return _program(Path(name))
    if kind == "story":
        return _story(name, library, private, edition)
    if kind not in BY_WORD:
        stop(
            t("There is no card of kind `{kind}`. {near}", kind=kind, near=near(kind, [*BY_WORD, "story", "program"])),
            2,
        )
    if (new_part and kind != "chapter") or (private and kind not in OWN):
        stop(t("--new-part goes with a chapter, --private with {names} or story.", names=", ".join(OWN)), 2)
    own = edition_of(edition)
    home = root(library) if private or own else written(library)
    try:
        path = place(kind, name, kept_private(private) or own or home)
    except ValueError as error:
        stop(str(error), 2)
    if kind in ("question", "set"):
        chapters = [page.stem for place in filter(None, (home, own)) for page in place.glob("book/*/*.md")]
        if path.parent.name not in chapters:
            stop(
                t("There is no chapter `{name}`. {near}", name=path.parent.name, near=near(path.parent.name, chapters)),
                2,
            )
    if kind == "chapter":
        _in_a_part(path, home, new_part or own is not None)
    if path.exists():
        stop(t("{path} is there already; nothing was changed.", path=path), 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, template(kind), fresh=True)
    page = f"{path.parent.name}/{path.stem}"
    toc = "\n" + t("Put it into book/_toc.yml, below its part: - file: {page}", page=page)
    if own and (home / f"book/{page}.md").is_file():
        toc = "\n" + t("Name it in program.yml, under `replaced`: {line}", line=f"{{what: [{path.stem}]}}")
    elif own:
        toc = "\n" + t("Name it in program.yml, under `added`: {line}", line=f"{{page: {page}, after: CHAPTER}}")
    fill = t("Fill in each ???, then run: {command}", command=f"grader check{_with(private)}")
    print(f"{path}{toc if kind == 'chapter' else ''}\n{fill}")


def _program(folder: Path) -> None:
    """Begin an edition: what it says of itself, and what publishes it."""
    from ..cards.begin import files
    from ..cards.library import find_root
    from ..web import tokens
    from ..web.files import write

    place = folder.resolve()
    if find_root(place):
        stop(t("{place} is inside the library. An edition has a folder of its own, elsewhere.", place=place), 2)
    if place.exists() and (not place.is_dir() or any(one.name != ".git" for one in place.iterdir())):
        stop(t("{folder} is there already, and not empty; nothing was changed.", folder=folder), 1)
    name = place.name.replace("-", " ").replace("_", " ").strip().title() or t("Our Program")
    for file, text in files(name, source(), (tokens.colour("act"), tokens.colour("act", tokens.DARK))).items():
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        write(place / file, text, fresh=True)
    print(
        t(
            "{folder}: an edition called {name}. Its name, and what differs, stand in {file}.",
            folder=folder,
            name=name,
            file=folder / "program.yml",
        )
    )
    print(t("Next: cd there; grader check; grader build"))


def _with(private: Path | None) -> str:
    """The option that reads a private folder too, as it is typed."""
    import shlex

    return " --private " + shlex.quote(str(private)) if private else ""


def _in_a_part(path: Path, home: Path, new: bool) -> None:
    """Ends the command where a chapter would go into a part that is not there, or into a folder that is none."""
    from ..cards.contents import PLAIN

    part = path.parent.name
    parts = sorted({page.parent.name for page in home.glob("book/*/*.md")} - set(PLAIN))
    if part in PLAIN or (part not in parts and not new):
        said = [t("The book has no part `{part}`.", part=part)]
        said += [t("Its parts: {parts}.", parts=", ".join(parts))] * bool(parts)
        said += [t("To begin a new one, add --new-part.")] * (part not in PLAIN)
        stop(" ".join(said), 2)


def _story(name: str, library: Path | None, private: Path | None, edition: Path | None) -> None:
    from ..cards.problem import near
    from ..cards.templates import another_story, own_stories
    from ..web.files import write

    found = load_library(library, [private] if private and private.is_dir() else None, edition=edition)
    card = found.sets.get(name)
    parent = found.sets.get(str(card.adds_to)) if card and card.adds_to else card
    if card is None or parent is None:
        unfinished = (
            t("It cannot be read yet: finish what it has first, with `grader check`.")
            if found.there("sets", name)
            else near(name, found.sets)
        )
        stop(t("There is no set `{name}` to add to. {unfinished}", name=name, unfinished=unfinished), 2)
    path = private / "exercises" / "bank" / parent.chapter / f"{parent.name}-own.yml" if private else card.path
    try:
        text = (
            another_story(path.read_text(encoding="utf-8"), parent.options)
            if path.exists()
            else own_stories(parent.theme, parent.name, parent.options)
        )
    except ValueError as error:
        stop(f"{path}: {error}", 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, text)
    fill = t("Fill in each ???, then run: {command}", command=f"grader check{_with(private)}")
    print(t("{file}: a blank story was added.", file=path), fill)
