"""The Sphinx extension: unknown names stop the build with file and line; what is published, in HTML and on paper."""

import shutil

import pytest
from support.libraries import copy_of_good
from support.project import ROOT, run

CHAPTER = "book/ethics/confidentiality.md"


@pytest.fixture
def book(tmp_path):
    """The good library as a book, with the project's own configuration."""
    library = copy_of_good(tmp_path)
    shutil.copy(ROOT / "_config.yml", library)
    for name in ("candor-logo.svg", "candor-favicon.svg"):
        shutil.copy(ROOT / "book/figures" / name, library / "book/figures")
    (library / "book/appendix").mkdir()
    (library / "book/appendix/maps.md").write_text("# Maps\n\n```{coverage} aasect-cst\n```\n\n```{requirements} aasect-cst\n```\n\n```{study-time}\n```\n")
    toc = library / "book/_toc.yml"
    toc.write_text(toc.read_text() + "  - file: appendix/maps\n")
    return library


def build(library, *more):
    return run("jupyter-book", "build", "book", "-W", "-n", "--keep-going", *more, folder=library)


def test_it_builds_clean_and_shows_what_it_should(book):
    done = build(book)
    assert done.returncode == 0, done.stdout[-3000:]
    chapter = (book / "_build/html/ethics/confidentiality.html").read_text()
    assert "By the end you can" in chapter and "Draft: not yet reviewed by a clinician · 25 minutes of study" in chapter
    assert chapter.count('type="radio"') == 4 and "Answer and reasons" in chapter and "The reason for B." in chapter
    assert "Ines stays behind." in chapter and "On paper:" in chapter
    # The case asks a graded card, and has a teacher's note: neither is there.
    assert "A client telephones" not in chapter and "She tests the policy" not in chapter
    maps = (book / "_build/html/appendix/maps.html").read_text()
    assert "Gaps" in maps and "Communication): 0 chapters" in maps
    assert "Unconfirmed: check with the body." in maps and "300 hours" in maps


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("{question} email-before-the-session", "{question} email-before-session", "Did you mean `email-before-the-session`?"),
        ("{question} email-before-the-session", "{question} drawer-with-two-keys", "only practice cards are published"),
        ("{vignette} message-on-the-tablet", "{vignette} message-on-a-tablet", "there is no card `message-on-a-tablet` in vignettes"),
        ("{cite:p}`kuo2009secrets`", "{cite:p}`nobody2020`", "nobody2020"),
    ],
)
def test_an_unknown_name_stops_the_build_with_its_line(book, old, new, words):
    path = book / CHAPTER
    text = path.read_text()
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new))
    done = build(book)
    assert done.returncode != 0
    assert words in done.stdout and f"confidentiality.md:{line}" in done.stdout, done.stdout[-2500:]


def test_a_link_to_a_planned_chapter_is_said_to_be_planned(book):
    (book / "book/outline.yml").write_text("ethics/confidentiality: Confidentiality\nethics/boundaries: Boundaries\n")
    path = book / CHAPTER
    path.write_text(path.read_text().replace("Notice who speaks.", "Notice who speaks; see [boundaries](boundaries.md)."))
    assert build(book).returncode == 0
    assert "see boundaries <em>(planned)</em>" in (book / "_build/html/ethics/confidentiality.html").read_text()


def test_on_paper_the_question_and_its_reasons_are_text(book):
    done = build(book, "--builder", "custom", "--custom-builder", "text")
    assert done.returncode == 0, done.stdout[-2000:]
    text = next((book / "_build").rglob("confidentiality.txt")).read_text()
    assert "What is the best next step?" in text and "A. Return to the policy" in text and "The reason for A." in text
    assert "<fieldset" not in text
