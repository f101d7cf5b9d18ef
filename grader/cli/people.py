"""What `grader --help` lists: the commands by the people who use them, each with a whole sentence."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

from ..language import later, t

#: People, what they do here, and their commands in the order in which they come to need them.
PEOPLE = {
    later("Learn"): ("review", "exam", "check-submission", "receipt", "ledger", "readiness"),
    later("Supervise"): (
        *(
            "course",
            "roster",
            "due",
            "collect",
            "autograde",
            "settle",
            "calibrate",
            "marks",
            "agreement",
            "feedback",
            "summary",
            "report",
            "explain-grade",
        ),
        *("regrade", "export", "lms", "record", "log", "restore", "trainee"),
    ),
    later("Write"): ("new", "import", "check", "explain", "show", "make", "blind"),
    later("Publish"): ("build", "kit", "lite", "links", "badge"),
}


class ByPerson(TyperGroup):
    """The commands in groups by person; one that no group names stands under its own head at the end."""

    def format_commands(
        self, ctx: Any, formatter: Any
    ) -> None:  # of typer's own copy of click, which it keeps to itself
        shown = {name: command for name in self.list_commands(ctx) if not (command := self.commands[name]).hidden}
        named = {name for names in PEOPLE.values() for name in names}
        groups = PEOPLE | {later("Other"): tuple(name for name in shown if name not in named)}
        for people, names in groups.items():
            rows = [(name, shown[name].get_short_help_str(limit=1000)) for name in names if name in shown]
            if rows:
                with formatter.section(t(people)):
                    formatter.write_dl(rows)
