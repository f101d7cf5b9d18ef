"""What each command makes of an edition: under the program's name, and with nothing that the edition left out."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from grader.cli.door import app
from support.libraries import GOOD, copy_of_good

from .test_edition import BODY, NAME, PROGRAM, named_otherwise, write

GONE = "call-from-the-car"
CRITERION = """\
title: An introduction
says: Completed an assignment.
issuer: Example Institute
url: https://example.org
needs:
  - {assignment: holding, at_least: 0}
"""
OWN = """\
use: practice
objective: hold-secrets
kind: one-best-answer
level: apply
ask: What does the university ask first?
options:
  - right: Who is told
    why: It is asked first.
  - wrong: Who pays
    why: It is asked later.
explain: |
  The law of Erewhon asks who is told.
sources: [aamft2015code]
review: draft
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """An edition in which somebody stands: a replaced chapter, a body and colours of its own, a question that is left
    out, and a private question beside it."""
    copy_of_good(tmp_path)
    text = (GOOD / "book/ethics/confidentiality.md").read_text(encoding="utf-8")
    more = "bodies: [erewhon-board]\nreplaced:\n  - what: [confidentiality]\nleft_out:\n"
    more += f"  - what: [exercises/bank/confidentiality/{GONE}.yml]\n"
    more += "    assignments: keep\n    cases: keep\n    pages: keep\n"
    folder = write(
        tmp_path / "erewhon",
        **{"program.yml": PROGRAM + more, "exercises__certification__erewhon-board.yml": BODY},
        **{"book__ethics__confidentiality.md": text.replace("# Confidentiality\n", "# Confidentiality\n\nHere.\n")},
    )
    write(tmp_path / "private", **{"exercises__bank__confidentiality__our-law.yml": OWN})
    monkeypatch.chdir(folder)
    return folder


def words_of(name: str, data: bytes) -> list[tuple[str, str]]:
    """(name, text) of a file, and of all that it holds."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            return [pair for one in held.namelist() for pair in words_of(f"{name}: {one}", held.read(one))]
    if data[:4] == b"%PDF":
        paper = PdfReader(io.BytesIO(data))
        text = " ".join(page.extract_text() for page in paper.pages)
        return [(name, f"{paper.metadata} {' '.join(text.split())}")]
    return [] if name.endswith((".woff2", ".png")) else [(name, data.decode("utf-8", "replace"))]


def test_every_file_bears_the_programs_name_and_none_has_what_was_left_out(own, tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    library = ["--library", str(tmp_path / "library")]
    private = ["--private", str(tmp_path / "private")]

    def said(*words: str) -> str:
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code == 0, (words, done.output, done.exception)
        return done.output

    said("ledger", "new", str(tmp_path / "ledger.csv"))
    told = [said("check", "--no-warnings", *library)]
    for form in ("moodle", "gift", "qti21", "qti3", "cc", "csv", "anki"):
        told.append(said("export", "questions", "--for", form, *library))
        more = ["--use", "graded", "--reflections", "--to", str(made / f"graded.{form}")]
        told.append(said("export", "questions", "--for", form, *more, *library, *private))
    told.append(said("export", "anki", *library))
    told.append(said("export", "gates", "--to", str(made / "gates.md"), *library))
    told.append(said("kit", str(made / "kit"), *library))
    told.append(said("blind", "make", "1", "--to", str(made / "blind"), "--use", "practice", *library))
    ready = ["--html", str(made / "ready.html"), "--pdf", str(made / "ready.pdf")]
    told.append(said("readiness", str(tmp_path / "ledger.csv"), *ready, *library))
    assert "Board of Erewhon" in told[-1] and "AASECT" not in told[-1]
    told.append(said("course", str(made / "course"), *library, *private))
    told.append(said("show", "our-law", *library, *private))
    for path in own.glob("*-*"):
        path.rename(made / path.name)
    names = {path.name for path in made.iterdir()}
    assert {f"university-of-erewhon-practice.{ending}" for ending in ("xml", "gift.txt", "csv", "imscc")} <= names
    assert "university-of-erewhon.apkg" in names and not [name for name in names if "candor" in name.lower()]
    files = [
        pair for path in sorted(made.rglob("*")) if path.is_file() for pair in words_of(path.name, path.read_bytes())
    ]
    assert len(files) > 40
    files = [(name, text) for name, text in files if name != "nbgrader_config.py"]
    everything = [*files, *((f"said {number}", text) for number, text in enumerate(told))]
    assert {name: found for name, text in everything if (found := named_otherwise(text))} == {}
    assert [name for name, text in files if GONE in text or "call from the car" in text.lower()] == []
    ids = re.findall(r'identifier="candor"|course_id=.candor', "".join(text for _, text in files))
    assert ids == [] and "course_id='university-of-erewhon'" in (made / "course/nbgrader_config.py").read_text()
    assert any(NAME in text for name, text in files if name.endswith(".pdf"))


def test_an_edition_without_assignments_says_what_is_missing(tmp_path, own):
    program = own / "program.yml"
    program.write_text(
        program.read_text().replace(f"exercises/bank/confidentiality/{GONE}.yml", "exercises/assignments/holding.yml")
    )
    for words in (("course", str(tmp_path / "course")), ("lite", str(tmp_path / "desk"))):
        done = CliRunner().invoke(app, [*words, "--library", str(tmp_path / "library")])
        assert done.exit_code == 2 and f"The edition {NAME} has no assignment" in done.output, done.output
        assert "grader new assignment" in done.output and "installed package" not in done.output
    assert not (tmp_path / "course").exists()


def test_an_import_knows_the_editions_own_chapters(tmp_path, own):
    page = own / "book/ethics/our-law.md"
    text = (own / "book/ethics/confidentiality.md").read_text()
    page.write_text(
        re.sub(r"```\{(?:question|vignette|reflection|set)\}[^`]*```", "", text).replace("Confidentiality", "Our law")
    )
    program = own / "program.yml"
    program.write_text(program.read_text() + "added:\n  - {page: ethics/our-law, after: confidentiality}\n")
    bank = tmp_path / "bank.txt"
    bank.write_text("::A::Which?{=a ~b}\n")
    command = ["import", "gift", str(bank), "--to", str(tmp_path / "own"), "--chapter", "our-law"]
    done = CliRunner().invoke(app, [*command, "--library", str(tmp_path / "library")])
    assert done.exit_code == 0 and (tmp_path / "own/exercises/bank/our-law/a.yml").is_file(), done.output
