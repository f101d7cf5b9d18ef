"""What can be wrong with `program.yml` and what it lays over a library."""

from __future__ import annotations

from collections.abc import Iterable

from .problem import Problem, Text, near, problem, rule
from .program import CHOICES


@rule("D001")
def undecided(path: str, at: Text, kind: str, names: list[str]) -> Problem:
    """Something of the library refers to what the edition leaves out or replaces, and `program.yml` does not say what
    becomes of it. Until it does nothing is published: a question about a chapter that is not there helps nobody.

    `drop` leaves it out as well, `keep` keeps it without what refers to the chapter; a choice for one file alone stands
    under `each`. Where neither will do, write a file of your own in its place, and name it under `replaced`.

    Before:  - what: [erectile-difficulties]
    After:   - what: [erectile-difficulties]
               questions: drop
               cases: keep
    """
    some = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    many = f"one of the library's {kind} refers" if len(names) == 1 else f"{len(names)} of the library's {kind} refer"
    words = f"{many} to what goes here, and nothing is said about that: {some}"
    choice = " or ".join(f"`{kind}: {one}`" for one in CHOICES[kind])
    return problem(undecided, path, at, words, f"Write {choice} below it, or write files of your own in their place.")


@rule("D002")
def nothing_there(path: str, at: Text, names: Iterable[str], own: str = "") -> Problem:
    """A name in `program.yml` is none of the library: a chapter, a page, a file, a body or a place that an edition
    leaves out, replaces or shows. After an update of the library it may have another name.

    Chapters are given by name, pages as FOLDER/NAME, other files by their path: `exercises/exams/NAME.yml`. Where the
    library's page has gone that a file of yours replaces, that file has no place any more: it goes where the page is
    now, stays as a page of your own, or is deleted.
    """
    if own:
        words, now = (
            f"the library has no `{at}` any more, and {own} replaces it",
            " or ".join(f"`{one}`" for one in names),
        )
        hint = f"Its page may be {now} now: give your file that name, and name it so here." if now else ""
        more = "To keep yours as a page of its own, name it under `added`; else delete it."
        return problem(nothing_there, path, at, words, f"{hint} {more}".strip())
    return problem(nothing_there, path, at, f"there is no `{at}` in the library", near(at, names))


@rule("D003")
def not_named(path: str, at: Text | None, name: str) -> Problem:
    """A file of an edition stands where the library has one, and `program.yml` does not name it under `replaced`; or it
    names one there that the edition does not have. What an edition replaces is said, so that a file which the library
    gets with an update is never hidden by one that happens to have its name.
    """
    if at is not None:
        words, hint = (
            f"the edition has no file of its own for `{name}`",
            "Write it, in the place where the library has it.",
        )
    else:
        words, hint = (
            f"the library has `{name}` too",
            "Name it under `replaced` in program.yml, or give it another name.",
        )
    return problem(not_named, path, at, words, hint)


@rule("D004")
def no_place(path: str, at: Text | None, page: str, names: Iterable[str] = ()) -> Problem:
    """A page of an edition stands nowhere in the table of contents, or `program.yml` puts one there that has no file,
    or behind a page that is not there. Readers would not find it, or the book would not build.

    Before:  - page: ethics/our-law
    After:   - page: ethics/our-law
               after: confidentiality
    """
    if at is None:
        hint = f"Add it to program.yml, under `added`: `page: {page}` and `after: CHAPTER`."
        return problem(no_place, path, at, f"the page `{page}` has no place in the book", hint)
    plain, close = page.removeprefix("book/").removesuffix(".md"), near(at, names)
    hint = close if close.startswith("Did") else f"Write its file, book/{plain}.md, or name another."
    hint = hint if plain == page else f"Write `{plain}`; the file is book/{plain}.md."
    return problem(no_place, path, at, f"there is no page `{page}`", hint)


@rule("D005")
def cannot_stay(path: str, at: Text, kind: str, names: list[str]) -> Problem:
    """A case, an assignment or a guide is to be kept, and without what goes nothing of it remains: it has no chapter,
    or asks nothing. A case or an assignment can be dropped; the page of a guide is left out by its own name. Or write a
    file of your own in its place.
    """
    some = ", ".join(names)
    words = f"without what goes nothing is left of {kind} that are to be kept: {some}"
    way = (
        "Leave out their pages as well"
        if kind == "guides"
        else f"Write `each: {{{', '.join(f'{one}: drop' for one in names)}}}`"
    )
    return problem(cannot_stay, path, at, words, f"{way}, or write files of your own in their place.")


@rule("D006")
def no_choice(path: str, at: Text, kinds: Iterable[str]) -> Problem:
    """A choice for one file, under `each` of `program.yml`, is none that its kind has: `drop` or `keep`. A question
    cannot be kept without its objective, and a page cannot go unless it is named as left out itself.
    """
    words = sorted({word for kind in kinds for word in CHOICES[kind]})
    return problem(no_choice, path, at, f"`{at}` is no choice for this file", f"Known: {', '.join(words)}.")


@rule("D010")
def first_page(path: str, at: Text, page: str) -> Problem:
    """The first page of the book is left out; a site has one. An edition writes its own in its place, in
    `book/index.md`.

    Before:  left_out: [{what: index}]
    After:   replaced: [{what: index}]
    """
    hint = f"Write your own, book/{page}.md, and name it under `replaced`."
    return problem(first_page, path, at, "a book has a first page, and it cannot be left out", hint)
