"""The supervisor's desk: stock Formgrader and the released feedback, in a real browser."""

import copy
import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from browser.conftest import TOKEN, jupyterlab
from support.axe import violations
from support.course import Course, cell, choose, write_library

SCRIPT = (
    "First I would say <script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'> that I cannot keep"
    " it.\n\nThen <svg onload='window.pwned = 3'>."
)


@pytest.fixture(scope="module")
def course(tmp_path_factory, browser):
    base = tmp_path_factory.mktemp("formgrader")
    made = Course(write_library(base / "library"), base / "course")
    made.nbgrader("generate_assignment", made.name)
    notebook = copy.deepcopy(made.released)
    choose(notebook, "first-card", "C")
    choose(notebook, "second-card", "A")  # a gate, missed
    cell(notebook, "what-you-would-say")["source"] = SCRIPT
    made.submit("trainee", notebook)
    made.nbgrader("autograde", made.name)
    return made


@pytest.fixture(scope="module")
def desk(course, tmp_path_factory):
    """A JupyterLab server started in the course folder, as `make lab` does."""
    with jupyterlab(tmp_path_factory.mktemp("desk"), folder=course.folder) as url:
        yield url


@pytest.fixture(scope="module")
def page(desk, browser, course):
    """The trainee's submission, open in Formgrader. Other hosts are cut off, as they are on many a clinic's network."""
    context = browser.new_context()
    context.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
    page = context.new_page()
    page.goto(f"{desk}/lab?token={TOKEN}")  # logs in
    page.goto(f"{desk}/formgrader/api/submitted_notebooks/{course.name}/{course.name}")
    submission = json.loads(page.inner_text("pre, body"))[0]["id"]
    page.goto(f"{desk}/formgrader/submissions/{submission}/")
    page.wait_for_selector(".nbgrader_cell")
    yield page
    context.close()


def panel(page, name):
    return page.locator(".nbgrader_cell", has=page.locator(f"input.score[id='{name}']"))


def test_the_prompt_and_the_answer_are_shown(page):
    assert page.locator("text=Write what you would say.").count() == 1
    answer = panel(page, "what-you-would-say").locator(".learner-text")
    assert "First I would say <script>" in answer.inner_text() and "Then <svg" in answer.inner_text()


def test_the_story_is_shown_and_first_of_all_what_must_be_looked_at(page):
    words = page.inner_text("body")
    assert "The story of first-card" in words
    top = words[: words.index("The story of first-card")]
    assert "For the supervisor, not for the trainee" in top and "Must not be missed, and was: duty to protect" in top
    assert "escalate, whatever the marks, if you find: SCHEME-anything about danger" in top


def test_the_trainees_choice_is_marked(page):
    boxes = panel(page, "first-card").locator("input[type=checkbox]")
    assert [boxes.nth(number).is_checked() for number in range(4)] == [False, False, True, False]


def test_there_is_a_box_for_each_criterion_with_its_descriptors(page):
    for number, words in ((1, "SCHEME-both named"), (2, "SCHEME-policy applied")):
        criterion = panel(page, f"what-you-would-say--{number}")
        assert criterion.locator("input.score").count() == 1
        assert words in criterion.inner_text()


def test_a_script_in_a_reflection_does_not_run(page):
    page.wait_for_timeout(500)
    assert page.evaluate("window.pwned") is None
    assert page.locator(".learner-text script, .learner-text img, .learner-text svg").count() == 0


def test_a_mark_and_a_comment_reach_the_gradebook_and_the_feedback(page, course, browser):
    for selector, words, what in (
        ("input.score[id='what-you-would-say--1']", "4", "/api/grade"),
        ("[id='what-you-would-say--1-comment']", "You named both partners.", "/api/comment"),
    ):
        field = page.locator(selector)
        field.click()
        field.press_sequentially(words)
        with page.expect_response(
            lambda answer: what in answer.url and answer.request.method == "PUT", timeout=10_000
        ) as saved:
            field.blur()
        assert saved.value.ok
    course.nbgrader("generate_feedback", course.name)
    feedback = browser.new_page()
    outside = []
    feedback.on("request", lambda request: outside.append(request.url) if request.url.startswith("http") else None)
    feedback.goto((course.folder / "feedback/trainee" / course.name / f"{course.name}.html").as_uri())
    text = feedback.inner_text("body")
    assert "Your supervisor wrote" in text and "You named both partners." in text
    text = feedback.locator("body").text_content()  # with what is folded
    assert "WHY-C-first-card" in text and "WHY-B-first-card" in text
    assert feedback.evaluate("window.pwned") is None
    feedback.close()


def test_axe_finds_nothing_in_the_feedback_and_the_summary(course, browser):
    """600 px is what 200 % zoom leaves of 1200."""
    course.nbgrader("generate_feedback", course.name)
    subprocess.run(
        [Path(sys.executable).with_name("grader"), "summary", course.name],
        cwd=course.folder,
        check=True,
        capture_output=True,
    )
    paths = (
        course.folder / "feedback/trainee" / course.name / f"{course.name}.html",
        course.folder / f"summary-{course.name}.html",
    )
    for (scheme, width), path in product([("light", 1200), ("dark", 1200), ("light", 600)], paths):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (path.name, scheme, width, violations(page, thin=True)) == (path.name, scheme, width, [])
        context.close()
