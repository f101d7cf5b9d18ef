"""Mock exams: forms, and standards."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from .desk import Edition, Force, Private, Root, app, kept_private, load_library, replaces, stop
from ..counted import counted
from ..language import later, number, t, tn

#: What came of a form: by a panel's cut, or how far its grading is.
STATES = {
    "pass": later("pass"),
    "undecided": later("undecided"),
    "not": later("not passed"),
    "marked": later("marked"),
    "open": later("open"),
    "missing": later("missing"),
    "blank": later("blank"),
}

exam = typer.Typer(help="Mock exams from blueprints.", no_args_is_help=True)
app.add_typer(exam, name="exam")


@exam.command("build")
def build(
    blueprint: Annotated[str, typer.Argument(help="A card of exercises/exams.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same forms.")] = 1,
    count: Annotated[int, typer.Option("--forms", min=1, help="How many parallel forms.")] = 1,
    to: Annotated[
        Path | None,
        typer.Option(
            help=(
                "A private folder: each form becomes an assignment there, for `grader course DIR --private FOLDER`. Its"
                " exam questions are drawn from as well."
            ),
            callback=kept_private,
        ),
    ] = None,
    practice: Annotated[
        bool, typer.Option("--with-practice", help="Also take practice questions, whose answers stand in the book.")
    ] = False,
    library: Root = None,
    edition: Edition = None,
    private: Private = None,
) -> None:
    """Draw parallel forms of exam questions and your own, with the blueprint's weights; say what could not be met.

    No card comes twice until it must.
    """
    from ..cards.problem import near
    from ..learner.exam import forms as exams
    from ..learner.exam import forms_out
    from ..web.files import write

    # The form will be read beside what stands in its folder: that is drawn from as well.
    own = list(private or ())
    if to and to.is_dir() and to.resolve() not in map(Path.resolve, own):
        own.append(to)
    found = load_library(library, own, edition=edition)
    card = found.exams.get(blueprint)
    if card is None:
        stop(
            t(
                "There is no blueprint `{blueprint}`. {near}",
                blueprint=blueprint,
                near=near(blueprint, list(found.exams)),
            ),
            2,
        )
    if practice and card.form == "case":
        stop(
            t(
                "`{blueprint}` takes whole cases, and they ask no practice questions. Leave --with-practice out.",
                blueprint=blueprint,
            ),
            2,
        )
    uses = exams.WITH_PRACTICE if practice else exams.SUPERVISED
    drawn = exams.forms(card, found, count, seed, uses)
    for form in drawn:
        print(forms_out.summary(form))
        if known := forms_out.met(form, found):
            print(known)
        if to:
            path = to / "exercises" / "assignments" / f"{form.name}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, forms_out.assignment(form))
            print(f"  {path}")
    if short := forms_out.shortage(card, found, drawn, uses):
        print(short)
    most = exams.capacity(card, found, uses, seed)
    print(_how_many(most, most == exams.MANY_FORMS, card.form == "case"))
    if to:
        places = {folder.resolve(): folder for folder in [*own, to]}.values()
        folders = [word for folder in places for word in ("--private", str(folder))]
        print(t("Next: {command}", command=f"grader course COURSE {shlex.join(folders)}"))
    if any(form.unmet for form in drawn):
        raise typer.Exit(1)


def _how_many(most: int, at_least: bool, cases: bool) -> str:
    """How many forms a pool gives."""
    if cases and at_least:
        return t("From this pool {n} or more forms can be drawn before a case comes again.", n=most)
    if cases:
        return tn(
            "From this pool {n} form can be drawn before a case comes again.",
            "From this pool {n} forms can be drawn before a case comes again.",
            most,
        )
    if at_least:
        return t("From this pool {n} or more forms can be drawn before a question comes again.", n=most)
    return tn(
        "From this pool {n} form can be drawn before a question comes again.",
        "From this pool {n} forms can be drawn before a question comes again.",
        most,
    )


@exam.command("standard")
def standard(
    ratings: Annotated[Path, typer.Argument(help="CSV: judge, question, rating (0 to 1).")],
    score: Annotated[float | None, typer.Option(help="A score to hold against the cut.")] = None,
) -> None:
    """The cut score that judges set, by the modified Angoff method, with its standard error."""
    from ..learner.exam.standard import angoff, verdict
    from ..learner.readiness.sheet_in import Unreadable

    try:
        found = angoff(ratings)
    except Unreadable as error:
        stop(str(error), 2)
    for judge, cut in found.judges.items():
        print(f"  {judge}: {cut:g}")
    print(
        t(
            "Cut: {cut} of {questions} (standard error {error}, {judges}).",
            cut=number(found.cut),
            questions=found.questions,
            error=number(found.error),
            judges=counted(len(found.judges), "judge"),
        )
    )
    if score is not None and not 0 <= score <= found.questions:
        stop(
            t(
                "A score of {score} cannot be: the judges rated {questions}.",
                score=number(score),
                questions=counted(found.questions, "question"),
            ),
            2,
        )
    if score is not None:
        print(verdict(score, found.questions, found))


@exam.command("results")
def results(
    assignment: Annotated[str, typer.Argument(help="The form, as the course released it.")],
    ratings: Annotated[
        Path | None, typer.Option(help="The panel's ratings of this form: judge, question, rating.")
    ] = None,
    course: Annotated[Path, typer.Option(help="The course's folder.")] = Path(),
    to: Annotated[Path | None, typer.Option(help="Write a CSV file as well.", callback=kept_private)] = None,
    force: Force = False,
) -> None:
    """What each trainee reached in a form, from the gradebook: pass, undecided or not, with the standard error."""
    from dataclasses import astuple, fields

    from ..grading.course import Course
    from ..grading.gradebook import Unsupported
    from ..reports import exam_results, export
    from ..web.terminal import one_line

    head = [field.name for field in fields(exam_results.Result)]
    if to:
        replaces(to, force, lambda: export.is_ours(to, head))
    try:
        found, standard = exam_results.results(Course(course), assignment, ratings)
    except Unsupported as error:
        stop(str(error), 2)
    if standard:
        print(
            t(
                "Cut: {cut} of {questions} (standard error {error}).",
                cut=number(standard.cut),
                questions=standard.questions,
                error=number(standard.error),
            )
        )
    else:
        print(t("No panel set a standard for this form, so there is no pass or fail: read the scores."))
    for one in found:
        said = t(
            "{right} of {asked}, standard error {error}",
            right=number(one.right),
            asked=one.asked,
            error=number(one.error),
        )
        words = [
            t(STATES.get(state := one.decided or one.status, state)),
            *[said] * (one.status not in ("missing", "blank")),
        ]
        words += [t("safety questions missed: {names}", names=", ".join(one.safety))] * bool(
            one.safety and one.status != "blank"
        )
        print(one_line(f"  {one.trainee}: {'; '.join(words)}"))
    if to:
        rows = [[", ".join(value) if isinstance(value, tuple) else value for value in astuple(one)] for one in found]
        export.written(to, [head, *rows], ",")
        print(f"{to}: {counted(len(found), 'trainee')}.")
