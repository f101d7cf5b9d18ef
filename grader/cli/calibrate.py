"""`grader calibrate`: marking the anchors blind."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .desk import CourseFolder, Port, Who, app, serve_page, stop, who_runs
from .then import command
from ..counted import counted
from ..language import t

if TYPE_CHECKING:
    from ..cards.model import Criterion


@app.command()
def calibrate(
    reflection: Annotated[str, typer.Argument(help="The reflection.")],
    course: CourseFolder = Path(),
    who: Who = "",
    page: Annotated[bool, typer.Option("--page", help="On the marking page, in a browser.")] = False,
    port: Port = 0,
) -> None:
    """Mark a reflection's anchor answers without their marks, in an order of your own; then see yours against the
    agreed ones. It is logged that you did."""
    from ..cards.problem import near
    from ..grading.course import Course
    from ..grading.gradebook import Unsupported
    from ..marking import calibrate as calibration
    from ..marking.blind import BlindDesk

    who = who_runs(who)
    try:
        place = Course(course)
        card = calibration.card_of(place, reflection)
        if card is None:
            stop(
                t(
                    "There is no reflection `{reflection}`. {near}",
                    reflection=reflection,
                    near=near(reflection, list(place.library.reflections)),
                ),
                2,
            )
        before = calibration.times(place, reflection, who)
        desk = BlindDesk(place, card, who) if page else None
    except Unsupported as error:
        stop(str(error), 2)
    if desk:
        serve_page([desk], who, port)
        return
    print(f"{card.title}: {counted(len(card.anchors), 'answer')}.\n\n{_wrapped(card.prompt)}")
    print("\n" + t("Keys: a level and Enter; q and Enter to stop. The marks that you gave are kept."))
    run = command(course, "calibrate", reflection, "--as", who)
    stopped = t("Stopped. Your marks are kept; go on with: {command}", command=run)
    given, order = calibration.begun(place, card, who), calibration.order(card, who, before)
    for number, anchor in enumerate(order, 1):
        levels = given.setdefault(anchor, [])
        if len(levels) < len(card.criteria):
            head = t("Answer {number} of {of}", number=number, of=len(card.anchors))
            print(f"\n{head}\n\n{_wrapped(card.anchors[anchor].answer)}\n")
        for criterion in card.criteria[len(levels) :]:
            level, code = _asked(criterion)
            if level is None:
                print(stopped)
                raise typer.Exit(code)
            levels.append(level)
            calibration.hold(place, card, who, given)
    marked = [calibration.Marked(anchor, tuple(given[anchor]), calibration.agreed(card, anchor)) for anchor in order]
    while True:  # logged before the agreed marks are shown: nobody sees them and then begins as if they had not
        try:
            calibration.keep(place, card, who, marked)
            break
        except Unsupported as error:
            print(error, t("Your marks are still here."))
            if not typer.confirm(t("Try again?"), default=True):
                stop(stopped, 2)
    print("\n" + "\n".join(calibration.told(card, marked)))


def _asked(criterion: Criterion) -> tuple[int | None, int]:
    """The level that somebody gives; none where they stop, and with which code the command then ends."""
    levels = sorted(criterion.levels, reverse=True)
    print(criterion.name)
    for level in levels:
        print(
            textwrap.fill(
                " ".join(str(criterion.levels[level]).split()),
                96,
                initial_indent=f"  {level}  ",
                subsequent_indent="     ",
            )
        )
    words = [str(level) for level in levels]
    try:
        while (said := typer.prompt(t("Level ({levels})", levels=", ".join(words))).strip().lower()) not in words:
            if said == "q":
                return None, 0
            print(t("`{said}` is no level of this rubric, {levels}; q to stop.", said=said, levels=", ".join(words)))
    except typer.Abort:  # Ctrl+C, or nothing more to read
        print()
        return None, 1
    return int(said), 0


def _wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), 100) for part in str(text).strip().split("\n\n"))
