"""What a trainee reads: reasons for what was missed, where to read on, words that are true and kind at any score."""

import json
import re

import pytest

from grader.cards.library import load
from grader.cards.vocabulary import GATES, TAUGHT
from grader.checks.edition import take
from grader.grading.create import create
from grader.marking.board import Change, Desk
from grader.reports.feedback_model import Feedback
from grader.reports.feedback_next import conclude
from support.course import CHAPTER, Course, cell, choose, program, write_card, write_library

BOOK = "https://book.example"
TITLES = {"safety-and-reporting": "Safety", "desire": "Desire"}
OBJECTIVES = {
    "safety-and-reporting": ("write-safety-plan", "explain-duty-to-protect"),
    "desire": ("name-it", "explain-it"),
}
FORM = """\
title: A form
chapters: [confidentiality]
minutes: 30
intro: Take your time.
items:
  - vignette: a-case
  - question: own-card
blueprint: case-form
review: draft
"""


def chapter(name: str) -> str:
    """A chapter with a labelled section for each of its objectives."""
    listed = "".join(f"  {one}: Do {one} well.\n" for one in OBJECTIVES[name])
    head = CHAPTER.replace("Confidentiality", TITLES[name])
    head = re.sub(r"  hold-secrets: .*\n", lambda _: listed, head)
    return head + "".join(f"\n({name}-{one})=\n## About {one}\n" for one in OBJECTIVES[name])


def build(root):
    """The small library, with a case whose exam question is about safety and whose danger another chapter teaches."""
    write_library(root)
    for name in OBJECTIVES:
        (root / f"book/ethics/{name}.md").write_text(chapter(name))
    toc = root / "book/_toc.yml"
    toc.write_text(toc.read_text() + "".join(f"  - file: ethics/{name}\n" for name in OBJECTIVES))
    write_card(root, "exam-card", "A", use="exam", task="assessment", gate="duty-to-protect")
    for number, objective in enumerate(("name-it", "name-it", "name-it", "explain-it"), 1):
        write_card(root, f"desire-{number}", "A")
        card = root / f"exercises/bank/confidentiality/desire-{number}.yml"
        (root / "exercises/bank/desire").mkdir(exist_ok=True)
        there = root / f"exercises/bank/desire/desire-{number}.yml"
        there.write_text(card.read_text().replace("objective: hold-secrets", f"objective: {objective}"))
        card.unlink()
    assignment = root / "exercises/assignments/holding.yml"
    more = "".join(f"  - question: desire-{number}\n" for number in range(1, 5))
    assignment.write_text(assignment.read_text().replace("  - vignette", f"{more}  - vignette"))
    return root


RIGHT = {"first-card": "B", "second-card": "D", "many-card": "AC", "exam-card": "A"} | {
    f"desire-{number}": "A" for number in range(1, 5)
}
WRONG = {"first-card": "A", "second-card": "A", "many-card": "BD", "exam-card": "B"} | {
    f"desire-{number}": "B" for number in range(1, 5)
}


def course_of(base, form: bool = False):
    """A course, in which a program's own supervised form asks the case too, where there is a `form`."""
    private = base / "private"
    write_card(private, "own-card", "C")
    (private / "exercises/assignments").mkdir(parents=True)
    (private / "exercises/assignments/own-form.yml").write_text(
        FORM if form else FORM.replace("blueprint: case-form\n", "")
    )
    made = Course(build(base / "library"), base / "course")
    with_own = take(load(base / "library", private))
    assert not with_own.problems
    create(made.folder, with_own, book=BOOK)
    return made


def page_of(course, trainee: str, assignment: str) -> str:
    return (course.folder / "feedback" / trainee / assignment / f"{assignment}.html").read_text()


def handed_in(course, assignment: str, trainee: str, answers) -> None:
    there = course.folder / "release" / assignment / f"{assignment}.ipynb"
    notebook = json.loads(there.read_text())
    for name, letters in answers.items():
        choose(notebook, name, letters)
    if assignment == course.name:
        cell(notebook, "what-you-would-say")["source"] = "I would say what we agreed on, to both of them, and when."
    path = course.folder / "submitted" / trainee / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "beside-a-form"])
def graded(request, tmp_path_factory):
    course = course_of(tmp_path_factory.mktemp("feedback"), request.param)
    handed_in_of = {course.name: WRONG, "own-form": {"exam-card": "B", "own-card": "A"}}
    for assignment, answers in handed_in_of.items():
        course.nbgrader("generate_assignment", assignment)
        handed_in(course, assignment, "ana", answers)
        for words in (["autograde", assignment], ["feedback", assignment]):
            program("grader", *words, folder=course.folder)
    return request.param, course


def safety(page: str) -> str:
    return page.split('class="candor-gate', 1)[1].split("</section>")[0]


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_a_case_in_an_assignment_comes_back_with_its_reasons_unless_an_exam_of_the_course_asks_it(graded, by):
    form, course = graded
    if by == "nbgrader":
        course.nbgrader("generate_feedback", "--force", course.name)
    page = page_of(course, "ana", course.name)
    assert "WHY-A-second-card" in page, "a graded question has its reasons in any case"
    told = [words in page for words in ("WHY-A-exam-card", "WHY-B-exam-card", "EXPLAIN-exam-card", "UNLESS-exam-card")]
    assert told == [not form] * 4
    assert ("A supervised exam of your program asks this question" in page) is form
    assert ("Every question with its reasons" in page) is not form
    assert ("One of them belongs to a supervised exam of your program" in page) is form


def test_a_supervised_form_gives_neither_key_nor_reason_of_what_it_asks(graded):
    form, course = graded
    page = page_of(course, "ana", "own-form")
    for name in ("exam-card", "own-card"):
        assert ("WHY-" not in page, f"EXPLAIN-{name}" not in page, f"UNLESS-{name}" not in page) == (form,) * 3
    assert ("Another answer is better." in page) is form
    if form:
        assert page.count("It asks for this: ") == 2 and "Apply a stated policy to a secret" in page
        assert "candor-right" not in page.split("<main")[1], "no option is marked as right"
        assert "is best" not in "".join(map(str, _comments(course, "own-form")))


def _comments(course, assignment: str) -> list[str | None]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission_notebook(assignment, assignment, "ana")
        return [comment.auto_comment for comment in notebook.comments]


def test_a_missed_safety_question_leads_to_where_its_danger_is_taught_and_to_its_own_section(graded):
    form, course = graded
    links = re.findall(r'<a href="([^"]*)">([^<]*)', safety(page_of(course, "ana", course.name)))
    read = [href for href, words in links if href.startswith(BOOK)]
    own = f"{BOOK}/ethics/confidentiality.html"
    taught = [
        f"{BOOK}/ethics/safety-and-reporting.html#safety-and-reporting-{one}"
        for one in OBJECTIVES["safety-and-reporting"]
    ]
    assert read == [*taught, own] * 2  # second-card, and the case's
    said = dict(links)
    assert said["#second-card"] == "See the reasons" and said["#exam-card"] == (
        "See the question" if form else "See the reasons"
    )


def test_the_library_teaches_each_danger_where_feedback_leads(library):
    for gate in GATES:
        for place in TAUGHT[gate]:
            name, objective = place.split("/")
            assert "#" in library.chapters[name].section(objective), place


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Trainees who reached nothing but one question, about half, and all but one; their reflections are marked."""
    course = course_of(tmp_path_factory.mktemp("marked"))
    few = {**WRONG, "desire-4": "A"}
    half = {**RIGHT, "first-card": "A", "exam-card": "B", "many-card": "BD", "desire-4": "B"}
    most = {**RIGHT, "desire-4": "B"}
    course.nbgrader("generate_assignment", course.name)
    for trainee, answers in (("few", few), ("half", half), ("most", most)):
        handed_in(course, course.name, trainee, answers)
    program("grader", "autograde", course.name, folder=course.folder)
    desk = Desk(course.folder, course.name, "what-you-would-say")
    levels = {"few": (0, 0), "half": (4, 0), "most": (4, 4)}
    desk.save([Change(row.id, row.seen, levels[row.trainee], "") for row in desk.rows()], "Ines")
    program("grader", "feedback", course.name, folder=course.folder)
    return {trainee: page_of(course, trainee, course.name) for trainee in levels}


def lines(page: str, name: str) -> list[str]:
    """The text of a section, a line for each of its pieces."""
    if f'id="{name}"' not in page:
        return []
    section = page.split(f'id="{name}"', 1)[1].split("</section>")[0].split("</h2>")[1]
    return [
        words
        for one in re.split(r"</(?:li|p|h3|div|a)>", section)
        if (words := " ".join(re.sub(r"<[^>]+>", " ", one).split()))
    ]


def test_what_went_well_is_true_and_kind_at_any_score(marked):
    assert lines(marked["few"], "well") == ["The one question on this is fully right: Do explain-it well.", "Desire"]
    assert lines(marked["half"], "well")[:2] == [
        "Of the 8 questions that you answered, 4 are fully right.",
        "Reflection “What you would say”: the highest level in Both partners.",
    ]
    assert lines(marked["most"], "well")[:3] == [
        "Of the 8 questions that you answered, 7 are fully right.",
        "All 2 safety questions that you answered are fully right.",
        "Reflection “What you would say”: the highest level in every criterion.",
    ]


def test_what_comes_next_begins_with_safety_and_goes_by_what_is_surely_weak(marked):
    few, half, most = (lines(marked[name], "next") for name in ("few", "half", "most"))
    assert few[:2] == [
        "Take one of these at a time, the first one first, and bring what stays unclear to supervision.",
        "Safety first",
    ]
    assert "You missed a question on duty to protect. Do write-safety-plan well." in few
    assert half[0] == "Safety first" and most[0] == "Almost everything is there. This is what is left."
    assert [one for one in most if one.startswith("Read")] == ["Read, 45 minutes"] and "Do explain-it well." in most


def test_a_chapter_with_nothing_comes_before_one_that_lost_more_points(tmp_path):
    found = take(load(build(tmp_path)))
    half = {f"what-you-would-say--{number}": (2.0, 4.0) for number in (1, 2)}
    whole = {"first-card": (1.0, 1.0), "second-card": (3.0, 3.0), "many-card": (2.0, 2.0), "exam-card": (1.0, 1.0)}
    none = {f"desire-{number}": (0.0, 1.0) for number in (1, 2, 3)}
    made = Feedback("Holding", "ana", 0, 0, 0, 0, [])
    conclude(made, found.assignments["holding"], found, {**half, **whole, **none}, BOOK)
    lost = {one.words.split()[1]: one.points - one.score for one in made.objectives}
    assert lost == {"a": 4.0, "name-it": 3.0}
    assert [step.title for step in made.steps] == ["Desire", "Confidentiality"]


@pytest.mark.parametrize("by", ["grader", "nbgrader"])
def test_who_hands_in_again_reads_that_the_new_words_wait_and_the_earlier_mark_is_set_aside(tmp_path, by):
    course = course_of(tmp_path)
    course.nbgrader("generate_assignment", course.name)
    handed_in(course, course.name, "ana", RIGHT)
    program("grader", "autograde", course.name, folder=course.folder)

    def mark(first: int) -> None:
        desk = Desk(course.folder, course.name, "what-you-would-say")
        desk.save([Change(row.id, row.seen, (first, 0), "Go on.") for row in desk.rows()], "Ines")

    def page() -> str:
        words = ["nbgrader", "generate_feedback", "--force"] if by == "nbgrader" else ["grader", "feedback"]
        program(*words, course.name, folder=course.folder)
        return " ".join(re.sub(r"<[^>]+>", " ", page_of(course, "ana", course.name)).split())

    mark(2)
    assert "Handed in again" not in page()
    path = course.folder / "submitted" / "ana" / course.name / f"{course.name}.ipynb"
    notebook = json.loads(path.read_text())
    cell(notebook, "what-you-would-say")["source"] = "Other words, in which the policy is named to both of them."
    path.write_text(json.dumps(notebook))
    program("grader", "autograde", course.name, folder=course.folder)
    said = page()
    assert "They wait for your supervisor and have no mark until then. The earlier mark was set aside" in said
    assert "What you would say : earlier mark 2 points" in said
    mark(4)
    assert "Handed in again" not in page()
