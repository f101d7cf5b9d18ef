"""Every page of ours in a real browser: axe, one first heading, nothing from elsewhere, no sideways scroll."""

import copy
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from browser.conftest import browser  # noqa: F401

from grader.grading import course as courses
from grader.grading.run import autograde
from grader.grading.sample_marks import database, mark
from grader.insight.cohort import read as read_cohort
from grader.insight.site import write_site
from grader.learner.readiness import ledger, rules
from grader.learner.readiness import page as readiness
from grader.learner.readiness.versions import version_for
from grader.reports.feedback import feedback
from grader.reports.item_analysis import copies
from grader.reports.summary import missing, read
from grader.reports.summary_page import page as summary
from grader.web import tokens
from support.axe import WCAG, by_scheme
from support.course import Course, cell, choose, write_library
from support.project import the_library

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
LONG, ANA, REFLECTION = "a" * 300, "ana-" + "b" * 80, "what-you-would-say"
LINES = (
    "2025-06-01,contract,0,,,c,AB,contract.pdf\n2026-01-10,education,54,in-person,a,course,,core.pdf\n"
    f"2026-03-01,supervision,9,individual,,Log,AB,{LONG}.pdf\n2026-03-08,supervision,5,group,,Log b,,\n"
    "2027-01-05,training,9,live-online,st-b,c,,\n"
    "2026-03-05,clint,1,in-person,,x,,\n2026-03-06,client,2,in-person,,Mrs Okafor,,\n"
)
RULES = (*WCAG, "best-practice")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory) -> Course:
    return cohort_in(tmp_path_factory.mktemp("cohort"))


def cohort_in(base: Path, edition: Path | None = None) -> Course:
    """Of a cohort of three one missed a safety question and wrote words of 300 letters, and one answered nothing."""
    from nbgrader.api import Gradebook

    course = Course(write_library(base / "library"), base / "course", edition=edition)
    course.nbgrader("generate_assignment", course.name)
    wrong = choose(choose(copy.deepcopy(course.released), "second-card", "A"), "many-card", "AB")
    cell(wrong, "what-you-would-say")["source"] = f"I would wait.\n\n{LONG}"
    cell(wrong, "first-card")["source"] += f"\n\n{LONG}"
    course.submit(ANA, wrong)
    right = choose(choose(copy.deepcopy(course.released), "second-card", "D"), "first-card", "B")
    cell(right, "what-you-would-say")["source"] = "I would wait, and say why."
    course.submit("bo", right)
    course.submit("blank", course.released)
    autograde(course.folder, course.name, jobs=1)
    with Gradebook(database(course.folder)) as gradebook:
        mark(gradebook, course.name, ANA, course.library.reflections[REFLECTION], (4, 0), f"Say more. {LONG}")
    feedback(course.folder, course.name, jobs=1)
    return course


@pytest.fixture(scope="module")
def pages(cohort, tmp_path_factory) -> dict[str, Path]:
    """Each surface as a file."""
    from grader import lite
    from grader.demo.run import _commands, _front
    from grader.reports import record

    course, base = cohort, tmp_path_factory.mktemp("pages")
    made = {
        name: course.folder / "feedback" / trainee / course.name / f"{course.name}.html"
        for name, trainee in (("feedback", ANA), ("feedback-blank", "blank"), ("feedback-well", "bo"))
    }

    def put(name: str, text: str) -> None:
        made[name] = base / f"{name}.html"
        made[name].write_text(text, encoding="utf-8")

    card = course.library.assignments[course.name]
    rows, late = read(course.folder, card), missing(course.folder, course.name)
    put("summary", summary(rows, copies(course.folder / "autograded", course.name), card, course.library, late))
    (base / "ledger.csv").write_text(ledger.HEAD + LINES, encoding="utf-8")
    kept, library = ledger.read(base / "ledger.csv"), the_library()
    bodies = [
        rules.evaluate(kept, *version_for(name, library, kept.contract), date(2026, 6, 30))
        for name in ("aasect-cst", "cosrt")
    ]
    put("readiness", readiness.page(bodies, kept, date(2026, 6, 30)))
    put("desk", lite._index(list(library.assignments.values()), library, {}))
    lite._dress_front(base)
    put("front", _front(card, course.library, [type("One", (), {"id": "bo"})] * 3, course.folder, _commands()))
    write_site(read_cohort(courses.Course(course.folder)), base / "report")
    for name in ("index", "questions", "tests", "marking"):
        made[f"report-{name}"] = base / f"report/{name}.html"
    made["report-trainee"] = next(path for path in (base / "report/trainees").iterdir() if path.name.startswith("ana"))
    made["record"] = base / "record.pdf"
    given = {
        "title": "Ethics",
        "says": "Completed one assignment.",
        "issuer": "A program",
        "url": "https://example.org",
    }
    record.pdf(record.collect(course.folder, "bo"), SimpleNamespace(**given), date(2026, 6, 30), made["record"])
    return made


@contextmanager
def marking(cohort: Course):
    """The address of the marking page, as a supervisor opens it."""
    command = [str(Path(sys.executable).with_name("grader")), "marks", "serve", cohort.name, REFLECTION]
    command += ["--course", str(cohort.folder), "--as", "BN"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield re.search(r"http://\S+", process.stdout.readline())[0]
    finally:
        process.terminate()
        process.wait(10)


REPORT = ["report-index", "report-questions", "report-tests", "report-marking", "report-trainee"]
SURFACES = ["feedback", "feedback-blank", "summary", "readiness", "desk", "front", *REPORT]


@pytest.fixture
def opened(browser, pages):
    contexts = []

    def open_page(name: str, width: int, scheme: str):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.elsewhere = []
        page.on(
            "request",
            lambda request: (
                page.elsewhere.append(request.url) if not request.url.startswith(("file:", "data:")) else None
            ),
        )
        page.goto(pages[name].as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", SURFACES)
def test_axe_finds_nothing(opened, name, width):
    page = opened(name, width, "light")
    assert by_scheme(page, RULES, thin=True) == {}
    assert page.elsewhere == []


def test_axe_finds_nothing_on_the_marking_page(browser, cohort):
    context, found = browser.new_context(), {}
    with marking(cohort) as address:
        page = context.new_page()
        page.goto(address)  # it opens once
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.reload()
            found[width] = page.evaluate("document.documentElement.scrollWidth"), by_scheme(page, RULES)
    context.close()
    assert found == {width: (width, {}) for width in (1280, 390)}


@pytest.mark.parametrize("name", SURFACES)
def test_one_first_heading_a_title_and_no_sideways_scroll_on_a_small_phone(opened, name):
    page = opened(name, 320, "light")
    assert page.locator("h1").count() == 1 and page.title().endswith("| Candor") and len(page.title()) > 12
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(
        "document.fonts.check('16px \"Candor Sans\"') && document.fonts.check('16px \"Candor Serif\"')"
    )
    assert page.locator(".candor-button.primary").count() <= 1


def test_the_feedback_begins_with_what_to_do(opened):
    page = opened("feedback", 390, "light")
    heads = page.locator("h2").all_inner_texts()
    assert heads[:4] == [
        "What went well",
        "One safety question to take to supervision",
        "What to do next",
        "Your supervisor wrote",
    ], heads
    assert "In the 3 questions, reflections aside, you have 0.17 of 3 right." in page.inner_text(".candor-lead")
    wrong, right = (
        page.locator(f"#second-card .candor-option.candor-{one}").inner_text() for one in ("wrong", "right")
    )
    assert wrong.startswith("A.") and right.startswith("D.")
    assert wrong.index("Not the best answer") < wrong.index("WHY-A"), "a reason may read like praise"


def test_the_feedback_opens_what_must_be_read_and_folds_the_rest_to_a_line_each(opened):
    page = opened("feedback-well", 390, "light")
    assert page.locator("h2").first.inner_text() == "What went well"
    assert "All 2 questions that you answered are fully right." in page.inner_text("section:has(> #well)")
    page = opened("feedback", 390, "light")
    page.goto(page.url)  # as it comes
    folds = page.locator("section:has(> #questions) > details")
    lines = [
        (one.get_attribute("open") is not None, one.locator("summary").first.inner_text().strip())
        for one in folds.all()
    ]
    assert [words for is_open, words in lines if is_open] == ["Question 2 0 of 3, about safety"], lines
    assert page.locator("section:has(> #written) > details").get_attribute("open") is not None, "it has a remark"
    assert all(one.bounding_box()["height"] < 64 for one in folds.all() if one.get_attribute("open") is None)
    page.get_by_role("button", name="Open all").press("Enter")
    assert page.locator("section:has(> #questions) > details:not([open])").count() == 0
    page.get_by_role("button", name="Fold all").click()
    assert page.locator("section:has(> #questions) > details[open]").count() == 0
    page.goto(page.url.partition("#")[0] + "#first-card")
    page.wait_for_function("document.getElementById('first-card').parentElement.open")  # an address opens its question


def test_what_was_left_open_is_never_a_safety_question_missed(opened):
    page = opened("feedback-blank", 390, "light")
    assert page.locator(
        ".candor-gate"
    ).count() == 0 and "Safety questions left open: duty to protect. Not counted as missed" in page.inner_text("main")
    summary_ = opened("summary", 1280, "light")
    row = summary_.locator("tr", has=summary_.get_by_role("link", name="blank", exact=True))
    assert "Left open: duty to protect" in row.inner_text() and "nothing answered" in row.inner_text()
    assert "question 2, “What is the best next step in second-card?”, missed it" in summary_.inner_text("main")


def test_what_is_folded_is_printed(opened):
    page = opened("feedback", 1280, "dark")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false; })")
    page.emulate_media(media="print")
    assert page.locator("#first-card .candor-option").first.is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--cd-ink')") == tokens.colour(
        "ink"
    )
