"""Keeps the catalogues of the interface: what our code says, and its translations.

    python scripts/language.py            reads the messages from the sources and writes grader/locale anew
    python scripts/language.py --check    says what is not up to date or cannot be used, and writes nothing
    python scripts/language.py fr         begins a catalogue for another language, too

A translator fills in `msgstr` in `grader/locale/<tag>/candor.po`; what is empty is said in English. A message that no
longer occurs goes. A translation has the same placeholders as its message, in every form.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from gettext import c2py
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.jslexer import Token, tokenize, unquote_string
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.cards.vocabulary import SAID, written_out  # noqa: E402
from grader.language import DESK, ENGLISH, LOCALE, RULES, TEMPLATE, languages, script_words, use  # noqa: E402

#: The catalogues for a JupyterLab, beside the desk's script.
WORDS = ROOT / "grader" / "labextension" / "static" / "words.json"

#: What says a message, and which of its arguments are the message, its plural and its context.
KEYWORDS = {"t": None, "tn": (1, 2), "tc": ((1, "c"), 2), "later": None, "laterIn": ((1, "c"), 2)}
KEYWORDS["counted"] = KEYWORDS["tn"]
JINJA = {"extensions": "jinja2.ext.do", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
HEAD = """\
# What Candor says on pages, papers and screens; the English text is the message. See scripts/language.py.
"""
DRAFT = "# A draft: no native professional has reviewed it."
#: What holds no message of its own: what is built, and the module that makes messages of numbers.
NOT_READ = ("grader/counted.py", "grader/book/static", "grader/labextension", "grader/library")
PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")
CHANGES = re.compile(r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To): .*\n', re.MULTILINE)


#: Where a message was found, the word that says it, and its arguments as far as they are plain text.
Found = Iterator[tuple[int, str, tuple[str, ...], list[str]]]


def python(source: BytesIO, keywords: object, comments: object, options: object) -> Found:
    """Babel's own reader knows no message inside another's values. `counted(3, "story", "stories")` is the message
    `{n} story`, `{n} stories`. Raises ValueError where a message is put together."""
    text = source.read()
    english = b"in_english as counted" in text
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "id", "")
        if name in KEYWORDS and not (english and name == "counted"):
            plain = tuple(arg.value for arg in call.args if isinstance(getattr(arg, "value", None), str))
            words = call.args[1:3] if name == "counted" else call.args[:1]
            if any(isinstance(arg, (ast.JoinedStr, ast.BinOp)) for arg in words):
                raise ValueError(f"line {call.lineno}: a message is one sentence, with {{places}} for what differs")
            if name == "counted" and plain:
                plain = (f"{{n}} {plain[0]}", f"{{n}} {plain[1] if len(plain) > 1 else f'{plain[0]}s'}")
            if plain:
                yield call.lineno, name, plain, []
    if b"import typer" in text:
        yield from _of_commands(text)


def _of_commands(text: bytes) -> Found:
    """What the commands say of themselves, a paragraph each: their docstrings, and `help` of what they take."""
    for node in ast.walk(ast.parse(text)):
        said = ""
        if isinstance(node, ast.FunctionDef):
            names = {getattr(getattr(one, "func", None), "attr", "") for one in node.decorator_list}
            said = (ast.get_docstring(node) or "") if names & {"command", "callback"} else ""
        elif isinstance(node, ast.keyword) and node.arg == "help":
            said = str(getattr(node.value, "value", ""))
        for part in filter(None, said.split("\n\n")):
            yield getattr(node, "lineno", 1), "t", (" ".join(part.split()),), []


def javascript(source: BytesIO, keywords: object, comments: object, options: object) -> Found:
    """The same of scripts, inside of a template's `${...}`, too."""
    yield from _of_script(source.read().decode("utf-8"), 1)


def _of_script(text: str, line: int) -> Found:
    tokens = [*tokenize(text, jsx=False, lineno=line), Token("end", "", line)]
    for at, token in enumerate(tokens[:-1]):
        if token.type == "template_string":
            for part in _inside(token.value):
                yield from _of_script(part, token.lineno)
        before = tokens[at - 1].value if at else ""
        if token.type == "name" and token.value in KEYWORDS and tokens[at + 1].value == "(" and before != ".":
            plain = [""]
            for one in tokens[at + 2 :]:
                if one.type == "string" or (one.type == "template_string" and "${" not in one.value):
                    plain[-1] += unquote_string(one.value)
                elif one.value == "," and plain[-1]:
                    plain.append("")
                elif one.value != "+":
                    break
            if found := tuple(filter(None, plain)):
                yield token.lineno, token.value, found, []


def _inside(template: str) -> Iterator[str]:
    """What stands in the `${...}` of a template."""
    depth = start = 0
    for at, sign in enumerate(template):
        if sign == "{":
            if not depth and template[at - 1] == "$":
                start = at + 1
            depth += bool(depth or start == at + 1)
        elif sign == "}" and depth:
            depth -= 1
            if not depth:
                yield template[start:at]


def rules(source: BytesIO, keywords: object, comments: object, options: object) -> Found:
    """What the rules for what may identify a client say of it."""
    data = json.load(source)
    said = [one[part] for part in ("kind", "why", "better") for one in (*data["rules"], data["soft"])]
    for text in dict.fromkeys((*said, *data["questions"].values())):
        yield 1, "t", (text,), []


def sources() -> Iterator[tuple[Path, object]]:
    """Every file that may hold messages, with what reads it."""
    files = sorted([*(ROOT / "grader").rglob("*"), *(ROOT / "js/src").rglob("*.js")])
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(NOT_READ) or not path.is_file():
            continue
        if path.suffix == ".py":
            yield path, python
        elif path.suffix == ".j2" or (path.suffix == ".html" and "templates" in path.parts):
            yield path, "jinja2"
        elif path.suffix == ".js":
            yield path, javascript
    yield ROOT / RULES, rules


def template() -> Catalog:
    """Every message of the sources, by file."""
    made = Catalog(project="Candor", version=" ", charset="utf-8", header_comment=HEAD.strip())
    for path, reader in sources():
        options = JINJA if reader == "jinja2" else {"encoding": "utf-8"}
        with path.open("rb") as source:
            for _, message, _, context in extract(reader, source, KEYWORDS, (), options):
                name = path.relative_to(ROOT).as_posix()
                made.add(message, None, [(name, 0)], context=context)
    for word in dict.fromkeys(word for words in SAID for word in words):
        made.add(written_out(word), None, [("grader/cards/vocabulary.py", 0)])
    return made


def written(catalogue: Catalog) -> str:
    """A catalogue as its file has it: without dates and line numbers, which change with every line of code."""
    held = BytesIO()
    write_po(held, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    text = CHANGES.sub("", held.getvalue().decode("utf-8"))
    if catalogue.locale:
        rule = f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        text = text.replace(rule, rule + f'"X-Plural-Categories: {categories(catalogue)}\\n"\n', 1)
    return text.rstrip("\n") + "\n"


def categories(catalogue: Catalog) -> str:
    """CLDR's names of the plural forms, in their order: browsers know a form by its name alone."""
    form, category = c2py(catalogue.plural_expr), Locale.parse(str(catalogue.locale)).plural_form
    met = Counter((form(n), category(n)) for n in range(1000))
    return " ".join(max((c for c in met if c[0] == i), key=met.get)[1] for i in range(catalogue.num_plurals))


def translated(tag: str, wanted: Catalog) -> Catalog:
    """A language's catalogue with the messages that there are now."""
    path = LOCALE / tag / "candor.po"
    if not path.is_file():
        made = Catalog(locale=tag.replace("-", "_"), header_comment=HEAD + DRAFT)
    else:
        made = read_po(path.open("rb"), locale=tag.replace("-", "_"))
    made.fuzzy = False
    made.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
    return made


def forms(message: Message) -> tuple[str, ...]:
    """The translation of a message, "" for each form that is missing."""
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return tuple(one or "" for one in said)


def wrong(tag: str, catalogue: Catalog) -> Iterator[str]:
    """What of a catalogue cannot be used."""
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = forms(message)
        place = f"grader/locale/{tag}/candor.po: `{ids[0]}`"
        if message.fuzzy:
            yield f"{place} is fuzzy: look at the translation, and take the mark away."
        if any(said) and not all(said):
            yield f"{place} lacks a form."
        fields = {tuple(sorted(set(PLACEHOLDER.findall(text)) - {"n"})) for text in (*ids, *filter(None, said))}
        if len(fields) > 1:
            yield f"{place} has other placeholders than its message."


def put(made: dict[Path, str], check: bool) -> list[str]:
    """Write files that have changed; with `check` name them instead."""
    changed = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in () if check else changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8")
    return [f"{path.relative_to(ROOT)} is not up to date. Run `make language`." for path in changed if check]


def for_lab() -> str:
    """What the desk says in a JupyterLab, by language: there no page brings it."""
    told = {}
    for tag in languages():
        use(tag)
        told[tag] = script_words(DESK)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def main(words: list[str]) -> int:
    check, begun = "--check" in words, [word for word in words if not word.startswith("-")]
    wanted, faults = template(), []
    made = {TEMPLATE: written(wanted)}
    for tag in dict.fromkeys([*languages(), *begun]):
        catalogue = translated(tag, wanted)
        faults += wrong(tag, catalogue)
        made[LOCALE / tag / "candor.po"] = written(catalogue)
        done = sum(all(forms(one)) for one in catalogue if one.id)
        print(f"{tag}: {done} of {len(catalogue)} messages; what is missing is said in {ENGLISH}.")
    faults += put(made, check)
    faults += put({WORDS: for_lab()}, check)
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
