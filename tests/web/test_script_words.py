"""What our scripts show goes through the catalogue: `t`, `tn` or `later` of `js/src/words.js`."""

import json
import re
from pathlib import Path

import pytest

from grader import language
from grader.cards.library import load
from grader.notebook.assemble import notebook
from support.libraries import GOOD

tokenize = pytest.importorskip("babel.messages.jslexer", reason="Babel is not installed").tokenize
SOURCES = Path(__file__).parents[2] / "js" / "src"
SAYS = ("t", "tc", "tn", "later", "laterIn")
#: A capital and small letters, two words beside each other, or the end of a sentence.
SHOWN = re.compile(r"^\s*[A-Z‹][a-z]|[A-Za-z]{2,}[,.:;?!]? [A-Za-z]{2,}|[a-z]{2}[.?!]$")
MARKUP = re.compile(
    r"^candor-[a-z -]+$|</?[a-z]|^[\w .,#:>*()=\[\]'-]*(?:\[\w+|textarea|candor-\w|template|figcaption)"
)
#: What a person does not read, or reads in English everywhere: keys, errors for who writes scripts, what Lab lists,
#: and the receipt, which a program compares line by line.
EXCUSED = {
    *(
        "Enter",
        "Escape",
        "Backspace",
        "Content-Type",
        "QuotaExceededError",
        "AbortError",
        "Segmenter",
        "select, button",
        "(hover: hover) and (pointer: fine)",
    ),
    "mock exam",
    "example: write over it",  # by this a reader of ledgers knows an example, in every language
    *("perhaps a name", "perhaps a place", "record number", "date of birth"),  # kinds of what the guard marks
    *("number plate", "web address", "network address", "known to the public", "one of a kind", "age over 89"),
    "not before",
    "JupyterLite Storage - ",
    *("Relationship", "DecompressionStream", "True", "False"),  # of workbooks
    *("text/html; charset=utf-8", "*Write your answer here.*", " did not come", "no module "),
    " is in no file: the book has changed since this page was opened",
    "JupyterLab does not share ",
    "Candor exercises: answers one can click and type.",
    "Candor: clicking does not work everywhere here; the questions can still be answered as text.",
    *(
        "Receipt",
        "Trainee: ",
        "Assignment: ",
        "Time: ",
        "Answered: ",
        "Questions: ",
        "Open questions: ",
        "Reflections: ",
        "Code: ",
        "Handed in: ",
    ),
    "By the code your program sees that the answers in the file are those of this receipt.",
    *("none, since this page was not opened over a safe connection", "not said"),
}


def beside(text):
    """The strings of a script that are not given to the catalogue, inside of templates, too."""
    called, before = [], ("", "")
    for token in tokenize(text, jsx=False):
        if token.value == "(":
            called.append(before[1] in SAYS and before[0] != ".")
        elif token.value == ")" and called:
            called.pop()
        elif token.type == "string" and not (called and called[-1]):
            yield token.value[1:-1].replace("\\'", "'").replace('\\"', '"')
        elif token.type == "template_string":
            parts = re.split(r"\$\{((?:[^{}]|\{[^{}]*\})*)\}", token.value[1:-1])
            yield from parts[::2]
            for inside in parts[1::2]:
                yield from beside(inside)
        before = (before[1], token.value)


def of_ours(text):
    return [said for said in beside(text) if SHOWN.search(said) and not MARKUP.search(said) and said not in EXCUSED]


@pytest.mark.parametrize("path", sorted(SOURCES.rglob("*.js")), ids=lambda path: path.name)
def test_what_a_script_shows_goes_through_the_catalogue(path):
    assert of_ours(path.read_text(encoding="utf-8")) == []


def test_what_does_not_is_found():
    script = 'make("p", { text: "Nothing yet." }, t("Kept."), `${t("Yes")}, ${on ? "Your note" : tn("a b", "c d", 1)}`)'
    assert of_ours(script) == ["Nothing yet.", "Your note"]
    assert of_ours("return `${done} of the questions answered`;") == [" of the questions answered"]
    assert of_ours('button("Close", x, "candor-button primary")') == ["Close"]


def test_an_assignment_says_its_language_by_which_the_desk_speaks():
    library = load(GOOD)
    card = next(iter(library.assignments.values()))
    told = []
    for tag in ("en", "en-GB", "pt-BR", "pt", "fr"):
        language.use(tag)
        told.append(json.loads(notebook(card, library))["metadata"]["candor"].get("language"))
    assert told == [None, None, "pt-BR", "pt-BR", None]
