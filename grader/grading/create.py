"""A private course: a folder that stock nbgrader, Formgrader and JupyterLab work in."""

from __future__ import annotations

import ast
import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from ..notebook.assemble import notebook, target
from ..cards.library import Library
from ..cards.private import Shared, outside

CONFIG = """\
try:
    from grader.grading.configure import configure
except ImportError:  # with nbgrader's own defaults, submitted code would run
    raise SystemExit({install!r})

configure(get_config(), __file__, library={library!r}{book}{version})
"""
INSTALL = (
    "Candor is not installed in this environment. Start the command from the one that made this course, "
    "or run: pip install {}"
)


class CannotCreate(Exception):
    """Why a course cannot be made there, in one line."""


def create(folder: Path, library: Library, book: str = "", version: str = "") -> str:
    """Make a course in `folder`, or bring its source notebooks up to date. Says what was written.

    `book` is the address of the published book, to which feedback then links; `version` is the letter that says which
    story of a set is asked. A course keeps what it has of both, and its letter for good once something was handed out.
    `library` is taken in that version.

    Nothing that a trainee or a supervisor wrote is touched, their lines in `nbgrader_config.py` included: of a course
    that is there, only `book`, `version` and `library` inside its call of `configure` are ever changed, the first two
    where one is given, the third where no library is there any more. Raises CannotCreate for a folder inside the
    library, since no trainee's data is kept there, and for one that holds something else.
    """
    folder = folder.resolve()
    config = folder / "nbgrader_config.py"
    try:
        outside(folder)
    except Shared as error:
        raise CannotCreate(str(error)) from None
    if folder.exists() and any(folder.iterdir()) and not config.is_file():
        raise CannotCreate(f"{folder} is not empty and is not a course. Give a new folder.")
    before = _constants(_configure(config.read_bytes())) if config.is_file() else {}
    library.version = version or before.get("version", "A")
    if config.is_file() and library.version != before.get("version", "A"):
        _may_change(folder, before, library.version)
    (folder / "source").mkdir(parents=True, exist_ok=True)
    kept = _keep(config, library, book) if config.is_file() else ""
    if not config.is_file():
        words = CONFIG.format(
            install=INSTALL.format(shlex.quote(str(library.root))),
            library=str(library.root),
            book=f", book={book!r}" if book else "",
            version=f", version={library.version!r}" if library.version != "A" else "",
        )
        config.write_text(words, encoding="utf-8")
    for assignment in library.assignments.values():
        if not assignment.retired:
            path = target(assignment, folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(notebook(assignment, library), encoding="utf-8", newline="\n")
    return (
        f"{folder}: a course with {len(library.assignments)} assignments, version {library.version}. "
        f"Next: cd there, and `nbgrader generate_assignment NAME`.{kept}"
    )


def _may_change(folder: Path, before: Mapping[str, object], version: str) -> None:
    """Raises CannotCreate where a course cannot ask another version any more."""
    if not before:
        raise CannotCreate(
            f"{folder / 'nbgrader_config.py'}: no call of `configure` was found in it. "
            f"Write version={version!r} into it first."
        )
    if any(any(part.iterdir()) for part in (folder / "release", folder / "submitted") if part.is_dir()):
        raise CannotCreate(
            f"{folder}: version {before.get('version', 'A')} has been handed out here, and its marks belong to it. "
            f"Give version {version} a course of its own."
        )


def _keep(config: Path, library: Library, book: str) -> str:
    """Change in a course's configuration what has to be changed and nothing else; what there is to say about it."""
    text = config.read_bytes()
    call = _configure(text)
    if call is None:
        return f"\n{config} was left as it is: no call of `configure` was found in it." + (
            f" To link feedback to the book, give it book={book!r}." if book else ""
        )
    now = _constants(call)
    wanted = {"book": book} if book and book != now.get("book") else {}
    wanted |= {"version": library.version} if library.version != now.get("version", "A") else {}
    there, said = now.get("library"), ""
    if there and not (Path(there) / "exercises" / "bank").is_dir():
        wanted["library"] = str(library.root)
    elif there and Path(there) != library.root:
        said = (
            f"\nIts nbgrader_config.py names another library, {there}, and that is where grading reads the cards. "
            "Change `library=` in it if that is not wanted."
        )
    if wanted and (made := _with(text, call, wanted)) != text:
        passing = config.with_name(f".{config.name}.new")
        passing.write_bytes(made)
        os.replace(passing, config)
        said += f"\nChanged in nbgrader_config.py: {' and '.join(sorted(wanted))}. All else in it was left as it is."
    return said


def _constants(call: ast.Call | None) -> dict:
    """The words of a call that are given as they stand."""
    words = call.keywords if call else []
    return {word.arg: word.value.value for word in words if isinstance(word.value, ast.Constant)}


def _configure(text: bytes) -> ast.Call | None:
    """The call of `configure` in a configuration; None where there is none, or it is no Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    calls = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "configure"
    )
    return next(calls, None)


def _with(text: bytes, call: ast.Call, wanted: Mapping[str, str]) -> bytes:
    """A configuration with other values for some of the call's words; one that is not there comes last. The same text
    where that cannot be done."""
    for comma in (b", ", b""):  # none behind one that is there already
        made = text.splitlines(keepends=True)
        words = {word.arg: word.value for word in call.keywords}
        places = [
            (
                words[name].lineno,
                words[name].col_offset,
                words[name].end_lineno,
                words[name].end_col_offset,
                repr(new).encode(),
            )
            for name, new in wanted.items()
            if name in words
        ]
        close = call.end_lineno, call.end_col_offset - 1
        places += [
            (*close, *close, comma + f"{name}={new!r}".encode()) for name, new in wanted.items() if name not in words
        ]
        for line, column, end_line, end_column, new in sorted(
            places, reverse=True
        ):  # from the end, so that the other places stay
            made[line - 1 : end_line] = [made[line - 1][:column] + new + made[end_line - 1][end_column:]]
        again = _configure(b"".join(made))
        if (
            again
            and wanted.items() <= {word.arg: getattr(word.value, "value", None) for word in again.keywords}.items()
        ):
            return b"".join(made)
    return text
