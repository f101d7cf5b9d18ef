"""What each form carries of a card: the one table that the commands print, and that the round trip is held to."""

from __future__ import annotations

from dataclasses import dataclass

from ..language import later, t

FORMS = ("moodle", "gift", "qti21", "qti3", "cc", "csv", "anki")
#: A form carries something both ways (`grader import` finds it again), out only, or not at all.
BOTH, OUT, NO = "both", "out", "-"
_SIGNS = {"b": BOTH, "o": OUT, "-": NO}


@dataclass(frozen=True)
class Row:
    """A part of a card: `field`, its name in the file, or a word for a group; `cells`, a letter for each form."""

    card: str
    field: str
    words: str
    cells: str

    def sign(self, form: str) -> str:
        return _SIGNS[self.cells[FORMS.index(form)]]


TABLE = (
    Row("question", "known_as", later("the id, which outlives a renaming of its file"), "bbbbboo"),
    Row("question", "chapter", later("the chapter"), "bbbbboo"),
    Row("question", "story", later("the story"), "bbbbboo"),
    Row("question", "ask", later("what is asked"), "bbbbboo"),
    Row("question", "options", later("the options, in their order"), "bbbbboo"),
    Row("question", "key", later("the key"), "bbbbboo"),
    Row("question", "why", later("a reason under each option"), "bbbbboo"),
    Row("question", "explain", later("the principle"), "bbbbboo"),
    Row("question", "unless", later("the fact that would change the answer"), "bbbbboo"),
    Row("question", "kind", later("whether one option is chosen or several"), "bbbbboo"),
    Row("question", "partial", later("partial credit of all-that-apply"), "bbbb---"),
    Row("question", "set", later("the set that a story belongs to"), "oooo-oo"),
    Row("question", "objective", later("the objective"), "bbbb-o-"),
    Row("question", "level", later("the level"), "bbbb-oo"),
    Row("question", "topic", later("the topic"), "bbbb-o-"),
    Row("question", "task", later("the task in a case"), "bbbb-o-"),
    Row("question", "gate", later("what must not be missed"), "bbbb-o-"),
    Row("question", "difficulty", later("the planned difficulty"), "bbbb-o-"),
    Row("question", "use", later("practice, graded or exam"), "bbbb-o-"),
    Row("question", "sources", later("the keys of its sources"), "bbbb-o-"),
    Row("question", "language", later("its language, where it is not the library's"), "ooooooo"),
    Row("question", "review", later("who reviewed it, and what it replaces or excuses"), "-----o-"),
    Row("reflection", "known_as", later("the id, which outlives a renaming of its file"), "bbbbbo-"),
    Row("reflection", "title", later("the title"), "bbbbbo-"),
    Row("reflection", "chapter", later("the chapter"), "bbbb-o-"),
    Row("reflection", "objective", later("the objective"), "bbbb-o-"),
    Row("reflection", "prompt", later("the prompt"), "bbbbbo-"),
    Row("reflection", "words", later("how many words"), "bbbbbo-"),
    Row("reflection", "criteria", later("the rubric, for whoever marks it"), "b-bbbo-"),
    Row("reflection", "escalate", later("what a person must read whatever the marks"), "b-bbbo-"),
    Row("reflection", "anchors", later("the answers to calibrate on"), "-------"),
    Row("reflection", "language", later("its language, where it is not the library's"), "oooooo-"),
    Row("reflection", "sources", later("the keys of its sources"), "bbbb-o-"),
    Row("reflection", "review", later("who reviewed it, and what it excuses"), "-----o-"),
)


def table() -> str:
    """The table as text."""
    wide = max(len(t(row.words)) for row in TABLE)
    lines = [f"{'':{wide + 2}}{'  '.join(FORMS)}"]
    for number, row in enumerate(TABLE):
        if number == 0 or row.card != TABLE[number - 1].card:
            lines.append(t("Of a question:") if row.card == "question" else t("Of a reflection:"))
        cells = "  ".join(f"{row.sign(form):^{len(form)}}" for form in FORMS)
        lines.append(f"  {t(row.words):{wide}}{cells}".rstrip())
    key = t(
        "{both} goes out, and `grader import` finds it again; {out} goes out; {no} is left out",
        both=BOTH,
        out=OUT,
        no=NO,
    )
    return "\n".join([*lines, "", key])


def left_out(form: str, reflections: bool) -> list[str]:
    """What a form leaves out, in words; of reflections only where they are asked for."""
    kinds = ("question", "reflection") if reflections else ("question",)
    missing = [row for row in TABLE if row.card in kinds and row.sign(form) == NO]
    if all(row in missing for row in TABLE if row.card == "reflection"):
        missing = [row for row in missing if row.card == "question"]
    return list(dict.fromkeys(t(row.words) for row in missing))


def takes_reflections(form: str) -> bool:
    """Whether a form has a place for something to write on."""
    return any(row.sign(form) != NO for row in TABLE if row.card == "reflection")
