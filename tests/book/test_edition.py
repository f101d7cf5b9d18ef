"""A program's own edition: its book from the library's pages with its own over them, under its own name."""

import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import check_jsonschema
import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from grader.book.stage import BOOK, stage
from grader.cards.contents import PLAIN
from grader.cards.library import load
from grader.cards.reading_time import minutes
from grader.checks.edition import take
from grader.kit import words
from grader.learner import anki
from grader.lite import _config, _index, _prepare
from grader.notebook.programs import start
from grader.web.paper import Paper
from grader.web.shell import page
from support.libraries import GOOD, book_of_good
from support.project import ROOT, run

NAME = "University of Erewhon"
CREDIT = re.compile(r"Based on <a [^<>]*>Candor</a>, <a [^<>]*>CC BY 4\.0</a>|Based on Candor, CC BY 4\.0")
#: What is the software's own and nobody reads: names of fonts, of classes and of fields.
#: The same credit on paper and in an EPUB, as our Portuguese says it.
PRINTED_CREDIT = (
    "Baseado em Candor (https://github.com/candor-training/candor), CC BY 4.0 (creativecommons.org/licenses/by/4.0),"
    " com alterações. Código: MIT."
)
PAGES = ("ethics/confidentiality.html", "intro.html")
OURS = re.compile(r"Candor (?:Sans|Serif)|github\.com/candor-training/candor")
BODY = """\
title: Board of Erewhon, counsellor in sexual health
country: Erewhon
source: https://board.example/rules
version: "1"
date: "2026-01-01"
exam: no examination is mentioned in the pages read
requirements:
  - id: hours
    title: Hours of seeing clients under supervision
    kind: hours
    unit: hours
    confidence: KNOWN
    evidence: none
    verify: "yes"
review: draft
"""
PROGRAM = f"""\
name: {NAME}
language: en-GB
about: A school of counselling.
contact: office@erewhon.example
licence: Pages of the university are CC BY-NC 4.0.
colours:
  act: ["#00407a", "#8fc4ff"]
"""


def write(folder: Path, **files: str) -> Path:
    """An edition's folder; a file's name has `__` for each slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def named_otherwise(text: str) -> list[str]:
    """Where the library's name stands in what a program made, apart from the credit that its licence asks for."""
    bare = CREDIT.sub("", OURS.sub("", text))
    return [bare[max(0, match.start() - 60) : match.end() + 40] for match in re.finditer(r"\bCandor\b", bare)]


def small(more: str = "") -> str:
    """A program that leaves out most of the real library, so that its book builds in seconds."""
    kept = {"confidentiality", "boundaries", "index", "glossary", "references", "how-to-use", "study-paths"}
    toc = [page for page in map(str, load(ROOT).toc) if page.rpartition("/")[2] not in kept]
    out = ", ".join(page if page.split("/")[0] in PLAIN else page.rpartition("/")[2] for page in toc)
    chosen = "questions: drop", "reflections: drop", "cases: drop", "assignments: drop", "exams: drop", "pages: keep"
    return PROGRAM + f"left_out:\n  - what: [{out}]\n" + "".join(f"    {one}\n" for one in chosen) + more


def test_what_an_edition_starts_is_jupyter_book():
    """By starting it: the tests below fork for it."""
    done = subprocess.run([*start(BOOK), "--version"], capture_output=True, text=True)
    assert done.stdout.startswith("Jupyter Book"), done.stderr


@pytest.mark.slow
def test_a_university_abroad_publishes_its_own_book_from_a_clone(tmp_path):
    own = tmp_path / "erewhon"
    chapters = {}
    for name in ("confidentiality", "boundaries"):
        text = (ROOT / f"book/ethics/{name}.md").read_text(encoding="utf-8")
        head, rule, body = text.partition("\n---\n")
        body = body.partition("```{objectives}")[0] + "```{objectives}\n```\n\nThe law of Erewhon comes first.\n"
        head = re.sub(r"\nminutes: \d+", f"\nminutes: {minutes(body)}", head)
        chapters[f"book__ethics__{name}.md"] = f"{head}{rule}{body}"
    more = "replaced:\n  - what: [confidentiality, boundaries]\nbodies: [erewhon-board]\nrules: {C006: warning}\n"
    more += "added:\n  - {page: appendix/our-board, after: boundaries, part: Back matter}\n"
    requirements = "# What the board asks\n\nRead with its own pages.\n\n```{requirements} erewhon-board\n```\n"
    write(own, **{"program.yml": small(more), "exercises__certification__erewhon-board.yml": BODY}, **chapters)
    write(own, **{"book__appendix__our-board.md": requirements})
    written = sorted(path for path in own.rglob("*"))
    told = run("grader", "check", "--no-warnings", folder=own)
    assert told.returncode == 0, told.stdout
    built = run("grader", "build", "--no-desk", folder=own)
    assert built.returncode == 0, built.stdout
    assert sorted(path for path in own.rglob("*") if "_build" not in path.parts) == written
    site = own / "_build/html"
    linked = run("grader", "links", str(site), folder=own)
    assert linked.returncode == 0 and " 0 broken" in linked.stdout, linked.stdout
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    pages = {name: text for name, text in pages.items() if not name.startswith("_static")}
    assert len(pages) > 5 and all(NAME in text and '<html lang="en-GB"' in text for text in pages.values())
    assert {name: found for name, text in pages.items() if (found := named_otherwise(text))} == {}
    page_of_ours = pages["ethics/confidentiality.html"]
    assert f"| {NAME}</title>" in page_of_ours and f'og:site_name" content="{NAME}"' in page_of_ours
    assert "The law of Erewhon comes first." in page_of_ours and CREDIT.search(page_of_ours)
    assert "mailto:office@erewhon.example" in page_of_ours and "candor-touch" not in page_of_ours
    assert "under supervision" in pages["appendix/our-board.html"] and "ethics/telehealth.html" not in pages
    assert not any('href="/' in text or 'src="/' in text for text in pages.values())  # it stands under any path
    assert any("--cd-act:#00407a" in path.read_text("utf-8") for path in (site / "_static").rglob("*.css"))


def test_one_chapter_in_another_language_and_an_update_underneath(tmp_path):
    library = book_of_good(tmp_path)
    chapter = (library / "book/ethics/confidentiality.md").read_text(encoding="utf-8")
    portuguese = chapter.replace("---\n", "---\nlanguage: pt-BR\n", 1)
    program = PROGRAM + "replaced:\n  - what: [confidentiality]\n"
    own = write(tmp_path / "erewhon", **{"program.yml": program, "book__ethics__confidentiality.md": portuguese})
    found = take(load(library, edition=own))
    assert found.chapters["confidentiality"].language == "pt-BR"
    source = stage(found, found.program)
    assert "language: pt-BR" in (source / "book/ethics/confidentiality.md").read_text(encoding="utf-8")
    told = json.loads((source / "_config.yml").read_text(encoding="utf-8"))
    assert told["title"] == NAME and told["sphinx"]["config"]["candor_edition"] == str(own)
    assert CREDIT.search(told["html"]["extra_footer"]) and "CC BY-NC 4.0." in told["html"]["extra_footer"]
    before = {path: path.stat().st_mtime_ns for path in source.rglob("*") if path.is_file()}
    intro = library / "book/intro.md"
    intro.write_text(intro.read_text(encoding="utf-8") + "\nA line that came with an update.\n", encoding="utf-8")
    (library / "book/figures/paths.svg").unlink()
    again = take(load(library, edition=own))
    stage(again, again.program)
    assert "came with an update" in (source / "book/intro.md").read_text(encoding="utf-8")
    assert not (source / "book/figures/paths.svg").exists()
    changed = {path.name for path in before if path.exists() and path.stat().st_mtime_ns != before[path]}
    assert changed == {"intro.md"}
    assert sorted(path.name for path in own.iterdir()) == ["_build", "book", "program.yml"]


@pytest.mark.slow
def test_a_pull_underneath_comes_into_the_next_build(tmp_path):
    """In the library's clone: a chapter with another sentence, a question more, a card withdrawn."""

    def git(*words: str, folder: Path) -> None:
        named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *named, *words], cwd=folder, check=True, capture_output=True)

    def site() -> dict[str, str]:
        built = run("grader", "build", "--no-desk", "--library", str(tmp_path / "clone"), folder=own)
        assert built.returncode == 0, built.stdout + built.stderr
        return {path.name: path.read_text(encoding="utf-8") for path in (own / "_build/html/ethics").glob("*.html")}

    library = book_of_good(tmp_path)
    for step in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "one")):
        git(*step, folder=library)
    git("clone", "-q", str(library), "clone", folder=tmp_path)
    intro = "# Ours\n\nWritten by the program.\n"
    program = PROGRAM + "replaced:\n  - what: [intro]\nadded:\n  - {page: ethics/ours, after: confidentiality}\n"
    own = write(tmp_path / "own", **{"program.yml": program, "book__intro.md": intro, "book__ethics__ours.md": intro})
    assert "A sentence more" not in site()["confidentiality.html"]
    chapter, bank = library / "book/ethics/confidentiality.md", library / "exercises/bank/confidentiality"
    text = chapter.read_text(encoding="utf-8").replace("She says it at the door", "A sentence more. She says it", 1)
    chapter.write_text(text.replace("{question} email-before-the-session", "{question} a-new-one"), encoding="utf-8")
    card = bank / "email-before-the-session.yml"
    old = card.read_text(encoding="utf-8")
    (bank / "a-new-one.yml").write_text(old.replace("Ines", "Noor"), encoding="utf-8")
    card.write_text(old.replace("review: draft", "review: retired, see a-new-one"), encoding="utf-8")
    git("add", "-A", folder=library)
    git("commit", "-qm", "two", folder=library)
    git("pull", "-q", folder=tmp_path / "clone")
    after = site()
    assert "A sentence more" in after["confidentiality.html"] and "Noor rings" in after["confidentiality.html"]
    assert "question-email-before-the-session" not in after["confidentiality.html"]
    assert "Written by the program." in after["ours.html"]


@pytest.mark.slow
def test_one_command_makes_an_editions_pdf_epub_and_deck_beside_its_site(tmp_path):
    library, name = book_of_good(tmp_path), "Instituto & Filhas"
    chapter = (library / "book/ethics/confidentiality.md").read_text(encoding="utf-8")
    program = PROGRAM.replace(f"name: {NAME}", f"name: {name}").replace("language: en-GB", "language: pt-BR")
    own = write(
        tmp_path / "norte",
        **{
            "program.yml": program + "logo: logo.png\nreplaced:\n  - what: [confidentiality]\n",
            "book__ethics__confidentiality.md": chapter.replace("---\n", "---\nlanguage: pt-BR\n", 1),
        },
    )
    (library / "book/practice").mkdir()
    (library / "book/practice/sessions.md").write_text("# Sessions\n\n```{sessions}\n```\n")
    toc = library / "book/_toc.yml"
    (library / "book/practice/flashcards.md").write_text("# Flashcards\n\n```{flashcards}\n```\n")
    more = "- caption: Practise\n  chapters:\n  - file: practice/sessions\n  - file: practice/flashcards\n"
    toc.write_text(toc.read_text() + more)
    Image.new("RGB", (40, 40), "#c01e3c").save(own / "logo.png")
    built = run(
        "grader", "build", "--no-desk", "--pdf", "--epub", "--paper", "letter", "--library", str(library), folder=own
    )
    assert built.returncode == 0, built.stdout
    assert "O EPUBCheck não encontrou nada." in built.stdout or not shutil.which("java")
    site = own / "_build/html"
    leads = {page: re.findall(r'href="([^"]*)" type="application/', (site / page).read_text()) for page in PAGES}
    assert 'data-file="instituto-filhas"' in (site / "practice/sessions.html").read_text()
    said = (site / "practice/flashcards.html").read_text()
    assert re.search(r'<a href="\.\./anki/instituto-filhas\.apkg" download>[^<]*</a> \(0,\d MB\)', said)
    deck = zipfile.ZipFile(site / "anki/instituto-filhas.apkg").read("collection.anki2")
    assert f"{name}::".encode() in deck and b"Candor" not in deck and b"Return to the policy" in deck
    listed = json.loads((site / "candor-offline.json").read_text())["parts"]
    assert [part["name"] for part in listed if "apkg" in json.dumps(part["files"])] == ["anki"]
    assert leads == {
        "ethics/confidentiality.html": ["../pdf/confidentiality.pdf"],
        "intro.html": ["pdf/instituto-filhas.pdf", "epub/instituto-filhas.epub"],
    }
    for file, language in (("instituto-filhas", "pt-BR"), ("confidentiality", "pt-BR")):
        reader = PdfReader(site / f"pdf/{file}.pdf")
        said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"].value and root["/Lang"] == language and reader.metadata.author == name
        assert f"{name}, Versão 0.1.0" in said and "Pages of the university are CC BY-NC 4.0." in said
        assert "Contato: office@erewhon.example" in said and named_otherwise(said.replace(PRINTED_CREDIT, "")) == []
        assert PRINTED_CREDIT in said and "Content: CC BY 4.0" not in said
        assert [round(float(one)) for one in reader.pages[0].mediabox[2:]] == [612, 792]
    whole = PdfReader(site / "pdf/instituto-filhas.pdf")
    assert "A school of counselling." in whole.pages[0].extract_text() and "Sumário" in whole.pages[1].extract_text()
    cover = PdfDocument(site / "pdf/instituto-filhas.pdf")[0].render().to_pil().convert("RGB")
    colours = {colour for _, colour in cover.getcolors(1 << 20)}
    assert cover.getpixel((3, 3)) == (0x00, 0x40, 0x7A) and (0xC0, 0x1E, 0x3C) in colours
    with zipfile.ZipFile(site / "epub/instituto-filhas.epub") as packed:
        read = {one: packed.read(one).decode("utf-8", "replace") for one in packed.namelist()}
    assert PRINTED_CREDIT in read["epub-cover.xhtml"]
    assert "<dc:language>pt-BR<" in read["content.opf"] and "<dc:creator>Instituto &amp; Filhas<" in read["content.opf"]
    assert 'lang="pt-BR"' in read["ethics/confidentiality.xhtml"] and 'lang="en"' in read["intro.xhtml"]
    texts = "".join(text for one, text in read.items() if one.endswith((".xhtml", ".opf")))
    assert named_otherwise(texts.replace(PRINTED_CREDIT, "")) == []


def test_what_is_made_for_a_program_bears_its_name(tmp_path):
    own = write(tmp_path / "erewhon", **{"program.yml": PROGRAM})
    found = take(load(GOOD, edition=own))
    deck = tmp_path / "deck.apkg"
    anki.export(found, deck)
    held = zipfile.ZipFile(deck).read("collection.anki2")
    assert f"{NAME}::".encode() in held and b"Candor" not in held
    done = run("grader", "export", "anki", "--library", str(GOOD), "--edition", str(own), folder=tmp_path)
    assert done.returncode == 0 and (tmp_path / "university-of-erewhon.apkg").is_file()
    desk = _index(list(found.assignments.values()), found, {})
    assert f"| {NAME}</title>" in desk and '<html lang="en-GB">' in desk and named_otherwise(desk) == []
    assert _config(False, [], found)["jupyter-config-data"]["appName"] == f"{NAME} desk"
    inside = tmp_path / "desk/notebooks/index.html"
    inside.parent.mkdir(parents=True)
    for tag, said in (("en-GB", '<html lang="en-GB">'), ("ar", '<html lang="ar" dir="rtl">')):
        inside.write_text('<html><head><script id="jupyter-config-data"></script></head><body></body></html>')
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("grader.lite.language", lambda tag=tag: tag)
            _prepare(tmp_path / "desk", [], {})
        assert said in inside.read_text(encoding="utf-8")  # as the book has it
    report = ROOT / "grader/reports/templates"
    frame = tmp_path / "page.html.j2"
    frame.write_text('{% extends "shell.html.j2" %}{% block title %}Grades{% endblock %}')
    shown = page(frame)
    assert f"<title>Grades | {NAME}</title>" in shown and "Based on Candor, CC BY 4.0." in shown
    assert named_otherwise(shown) == [] and "--cd-act:#00407a" in shown
    assert [path.name for path in report.glob("*.j2") if re.search(r"\bCandor\b", path.read_text("utf-8"))] == []
    sheet = found.sheets["secrets-agreement"]
    assert NAME in words.foot(sheet) and "Based on Candor, CC BY 4.0" in words.foot(sheet) and NAME in words.fit_end()
    paper = tmp_path / "paper.pdf"
    Paper("A paper", NAME, date(2026, 11, 29)).save(paper)
    assert paper.stat().st_size > 1000


def test_a_new_edition_is_whole_and_says_how_it_is_published(tmp_path):
    made = run("grader", "new", "program", "north-institute", folder=tmp_path)
    own = tmp_path / "north-institute"
    assert made.returncode == 0 and "an edition called North Institute" in made.stdout
    assert str(take(load(GOOD, edition=own)).program.name) == "North Institute"
    for name in (".github/workflows/publish.yml", ".gitlab-ci.yml"):
        text = (own / name).read_text(encoding="utf-8")
        assert "grader check" in text and "grader build --pdf --epub" in text and "grader links _build/html" in text
    for name, schema in {".github/workflows/publish.yml": "github-workflows", ".gitlab-ci.yml": "gitlab-ci"}.items():
        done = CliRunner().invoke(check_jsonschema.main, ["--builtin-schema", f"vendor.{schema}", str(own / name)])
        assert done.exit_code == 0, done.output
    again = run("grader", "new", "program", "north-institute", folder=tmp_path)
    assert again.returncode == 1 and "not empty; nothing was changed" in again.stdout
    inside = run("grader", "new", "program", str(ROOT / "north"), folder=tmp_path)
    assert inside.returncode == 2 and "inside the library" in inside.stdout and not (ROOT / "north").exists()
