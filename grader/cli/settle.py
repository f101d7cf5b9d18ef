"""`grader settle`: answers that the grader could not read, one after the other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from .desk import CourseFolder, Who, app, who_runs
from .grades import course_at, tried
from .then import after_grading, command, say
from ..counted import counted
from ..language import number, t, tn

if TYPE_CHECKING:
    from ..grading.settle import Unread


LONG, WIDE = 24, 400  # lines of an answer, and signs of a line, that are shown beside its options


@app.command()
def settle(
    assignment: Annotated[str, typer.Argument(help="The assignment.")],
    course: CourseFolder = Path(),
    who: Who = "",
) -> None:
    """Answers that could not be read, one after the other: one key says what the trainee means, and it is logged.

    A letter (several where all that apply are asked, then Enter), 0 for nothing chosen, s to leave it, u to go back to
    the one before, q to stop.
    """
    from ..grading import settle as settling
    from ..grading.run import ungraded
    from ..web.terminal import plain

    place, name = course_at(course), who_runs(who)
    waiting, hidden = tried(settling.unread, place, assignment)
    unknown = [] if hidden else tried(ungraded, place, assignment)  # of these nobody knows yet what waits
    for line in hidden:
        print(plain(line))
    if waiting:
        print(t("Keys: a letter, 0 for nothing chosen, s to leave it, u to go back, q to stop."))
    at, settled = 0, set()
    while at < len(waiting):
        one = waiting[at]
        _show(one, t("{number} of {of}", number=at + 1, of=len(waiting)))
        key = _key(one.question.single, [*settling.offered(one), "0", "s", "u", "q"])
        if key == "q":
            run = command(course, "settle", assignment)
            print(t("Stopped. What you settled is kept; go on with: {command}", command=run))
            break
        if key == "u":
            at = max(at - 1, 0)
            continue
        if key != "s":
            score = tried(settling.settle, place, assignment, one, key.strip("0"), name, at in settled)
            settled.add(at)
            chosen = t("nothing chosen") if key == "0" else ", ".join(key.upper())
            print(f"{chosen}: {t('{score} of {points}', score=number(score), points=number(one.points))}")
        at += 1
    else:
        if waiting:
            print(counted(len(waiting), "answer waited.", "answers waited."))
        elif not unknown:
            print(t("Nothing that can be shown waits.") if hidden else t("No answer waits for a person."))
        if unknown:
            print(
                tn(
                    "{n} submission is not graded, so that nobody knows what waits in it. Run: {command}",
                    "{n} submissions are not graded, so that nobody knows what waits in them. Run: {command}",
                    len(unknown),
                    command=command(course, "autograde", assignment),
                )
            )
        say(after_grading(course, assignment))
    raise typer.Exit(1 if hidden or unknown else 0)


def _show(one: Unread, place: str) -> None:
    """An answer that waits: why, what was asked, what was typed, and the options where they do not stand in that."""
    from ..grading.settle import offered
    from ..web.terminal import plain

    print(f"\n{place}. {one.question.name}: {plain(one.note)}")
    lines = one.text.splitlines()
    shown = "\n".join(line[:WIDE] for line in lines[:LONG])
    print(plain(f"{one.question.ask.strip()}\n\n{shown}"))
    if shown != "\n".join(lines):
        print(t("… There is more of it in the graded copy: {lines} in all.", lines=counted(len(lines), "line")))
    texts = [" ".join(str(option.text).split()) for option in one.question.options]
    if not all(text in " ".join(shown.split()) for text in texts):
        print(
            ("\n" + t("The options:")),
            *(f"{letter}. {plain(text)}" for letter, text in zip(offered(one), texts)),
            sep="\n",
        )


def _key(single: bool, known: list[str]) -> str:
    """What was typed: one key where one answer is asked, at a terminal; else a line. Asks until it can be taken. Enter
    alone is passed over; of several keys at once nobody knows which is meant for a question that was not yet seen."""
    at_terminal = single and sys.stdin.isatty()
    print(t("Which?"), end=" ", flush=True)
    while True:
        # What is pasted comes in one piece, with the Enter behind it.
        raw = click.getchar() if at_terminal else typer.prompt("", default="", show_default=False, prompt_suffix="")
        key = "".join(raw.replace(",", "").split()).lower()
        if not key:
            continue
        if at_terminal:
            print(key)
        letters = set(key) <= {letter.lower() for letter in known[:-4]} and len(key) <= (1 if single else len(known))
        if key in known[-4:] or letters:
            return key
        print(
            t(
                "Give letters of this question, {first} to {last}; 0 for nothing chosen, s to leave it, u to go back, "
                "q to stop.",
                first=known[0],
                last=known[-5],
            )
        )
        print(t("Which?"), end=" ", flush=True)
