"""What is said of an answer where it is marked: the same text in several places; one that is not in its place."""

import copy
import csv
import re

import httpx
import pytest

from support.course import Course, cell, program, write_library

from .test_page import Server

TEXT = "I would say what we agreed on, to both of them, and when."
TWO = "what-you-would-say", "what-you-would-write"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Ana, Ben and Cleo hand in one text, Dora the same text in two prompts, Eli his own."""
    base = tmp_path_factory.mktemp("alike")
    root = write_library(base / "library")
    first = root / "exercises/reflections/what-you-would-say.yml"
    first.with_name("what-you-would-write.yml").write_text(
        first.read_text().replace("title: What you would say", "title: What you would write")
    )
    assignment = root / "exercises/assignments/holding.yml"
    assignment.write_text(
        assignment.read_text().replace("you-would-say\n", "you-would-say\n  - reflection: what-you-would-write\n")
    )
    made = Course(root, base / "course")
    made.nbgrader("generate_assignment", made.name)
    own = "It was my own day, and I wrote it down at once."
    for trainee, texts in {
        "ana": (TEXT, "Something of Ana's own."),
        "ben": (f"  {TEXT}\n", "Something of Ben's own."),
        "cleo": (TEXT.replace(", ", ",  "), ""),
        "dora": (own, own),
        "eli": ("My own words, few.", "And more of them."),
    }.items():
        notebook = copy.deepcopy(made.released)
        for name, text in zip(TWO, texts):
            if text:
                cell(notebook, name)["source"] = text
        made.submit(trainee, notebook)
    notebook = copy.deepcopy(made.released)
    for name in TWO:
        notebook["cells"].remove(cell(notebook, name))
    made.submit("finn", notebook)
    program("grader", "autograde", made.name, folder=made.folder)
    return made


def test_the_summary_says_whose_and_where(course):
    program("grader", "summary", course.name, folder=course.folder)
    page = (course.folder / f"summary-{course.name}.html").read_text()
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    card = said.split("The same text in several places")[1].split("There can be many reasons: ask.")[0]
    assert "2 texts" in card and "eli" not in card
    assert "ana : “What you would say”; ben : “What you would say”; cleo : “What you would say”" in card
    assert "dora : “What you would say”; dora : “What you would write”" in card


def test_an_answer_that_is_not_in_its_place_is_not_called_unwritten(course, tmp_path):
    program("grader", "marks", "export", course.name, TWO[0], "--to", f"{tmp_path}/m.csv", folder=course.folder)
    [finn] = [row for row in csv.DictReader((tmp_path / "m.csv").open(encoding="utf-8-sig")) if not row["answer"]]
    assert finn["notice"] == "the answer is not in its place; look for it in what was handed in"
    running = Server(course, "marks", "serve", course.name, TWO[0])
    try:
        with httpx.Client(follow_redirects=True) as client:
            client.get(running.address)
            page = client.get(f"{running.base}/row/{finn['id']}").text
    finally:
        running.stop()
    assert "look for it in what was handed in" in page and "Nothing was written" not in page


def test_the_sheet_and_the_page_say_it_under_the_anonymous_id(course, tmp_path):
    program("grader", "marks", "export", course.name, TWO[0], "--to", f"{tmp_path}/m.csv", folder=course.folder)
    rows = list(csv.DictReader((tmp_path / "m.csv").open(encoding="utf-8-sig")))
    ids = {row["answer"].strip()[:8] + str(n): row["id"] for n, row in enumerate(rows)}
    shared = [row for row in rows if row["answer"].split() == TEXT.split()]
    assert len(shared) == 3, ids
    for row in shared:
        others = {one["id"] for one in shared} - {row["id"]}
        assert set(re.findall(r"t[0-9a-f]{10}", row["notice"])) == others, row["notice"]
    [dora] = [row for row in rows if "my own day" in row["answer"]]
    assert dora["notice"] == "the same text stands in this trainee’s “What you would write”"
    [eli] = [row for row in rows if "words, few" in row["answer"]]
    assert eli["notice"] == "" and not any(name in str(rows) for name in ("'ana'", "'ben'", "'dora'"))
    running = Server(course, "marks", "serve", course.name, TWO[0])
    try:
        with httpx.Client(follow_redirects=True) as client:
            client.get(running.address)
            pages = {row["id"]: client.get(f"{running.base}/row/{row['id']}").text for row in (shared[0], dora, eli)}
    finally:
        running.stop()
    assert "The same words, spaces aside, stand in" in pages[shared[0]["id"]]
    assert all(f'href="/row/{one["id"]}"><code>' in pages[shared[0]["id"]] for one in shared[1:])
    assert "this trainee’s “What you would write”" in pages[dora["id"]]
    assert "spaces aside" not in pages[eli["id"]]
