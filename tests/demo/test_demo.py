"""The demonstration's cohort through stock nbgrader: each synthetic trainee gets exactly the score computed here
from their answers."""

import os
import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from book.test_published import bare, leaks, secrets  # noqa: F401

from grader.cards.render import words
from grader.cards.vocabulary import LETTERS
from grader.demo import cohort
from grader.demo.run import MARKER, PROGRAMS, SAID, content, make_room
from grader.demo.serve import NoPort, serve
from grader.grading.create import CannotCreate, create
from grader.notebook.assemble import questions
from grader.notebook.programs import start
from grader.web.words import typeset
from support.course import Course
from support.libraries import book_of_good
from support.project import run


@pytest.fixture(scope="module")
def graded(library, tmp_path_factory):
    course = Course.__new__(Course)
    course.folder, course.library = tmp_path_factory.mktemp("demo") / "course", library
    create(course.folder, library)
    course.card = max(library.assignments.values(), key=lambda card: (len(card.items), card.name))
    course.name = course.card.name
    course.nbgrader("generate_assignment", course.name)
    course.trainees = cohort.cohort(course.card, library)
    archive = course.folder / "downloaded" / course.name / "archive"
    released = course.folder / "release" / course.name / f"{course.name}.ipynb"
    cohort.hand_in(course.trainees, released, archive, course.card, library)
    course.nbgrader("zip_collect", course.name)
    course.nbgrader("autograde", course.name)
    return course


def expected(question, chosen, points) -> float:
    """By hand, from the card alone: all or nothing; or hits less false alarms, as shares, not below nothing."""
    right = {LETTERS[n] for n, option in enumerate(question.options) if option.right}
    if question.kind == "one-best-answer":
        return points if set(chosen) == right else 0.0
    hits = len(right & set(chosen)) / len(right)
    alarms = len(set(chosen) - right) / (len(question.options) - len(right))
    return points * max(0.0, hits - alarms)


def test_each_trainee_gets_exactly_the_score_of_their_answers(graded):
    items = questions(graded.card, graded.library)
    assert len(graded.trainees) == 12 and len(items) >= 16
    for trainee in graded.trainees:
        scores = graded.scores(trainee.id)
        for name, item in items.items():
            assert scores[name][0] == pytest.approx(expected(item.question, trainee.chosen[name], item.points)), (
                trainee.id,
                name,
            )


def test_nothing_ran(graded):
    assert not (graded.folder / "downloaded" / graded.name / "CANARY").exists()


def test_the_release_folder_holds_no_key(graded, secrets):
    content = bare(" ".join(path.read_text() for path in (graded.folder / "release").rglob("*.ipynb")))
    handed_out = {
        bare(text)
        for card in graded.library.questions.values()
        for text in (card.story, *(option.text for option in card.options))
    }
    assert leaks(content, {text: where for text, where in secrets.items() if text not in handed_out}) == []


def test_the_cohort_is_the_same_each_time(graded):
    assert cohort.cohort(graded.card, graded.library) == graded.trainees


def test_no_course_inside_the_library(library):
    with pytest.raises(
        CannotCreate,
        match=(
            "inside the library, whose files are shared. This is private: give a place elsewhere, such as ~/my-course"
        ),
    ):
        create(library.root / "my-course", library)
    with pytest.raises(CannotCreate, match="not empty"):
        create(Path("/usr/lib"), library)


def test_a_course_opened_without_candor_says_where_to_get_it(library, tmp_path):
    """In an environment that has nbgrader alone; the advice names the library's folder, since no index has it."""
    create(tmp_path / "new", library)
    blind = (
        "import sys; sys.modules['grader.grading.configure'] = None;"
        f" exec(compile(open({str(tmp_path / 'new/nbgrader_config.py')!r}).read(), 'config', 'exec'))"
    )
    done = subprocess.run([sys.executable, "-c", blind], capture_output=True, text=True)
    assert (
        done.returncode == 1
        and done.stderr.count("\n") == 1
        and f"pip install {shlex.quote(str(library.root))}" in done.stderr
    )


def test_a_course_keeps_the_books_address(library, tmp_path):
    create(tmp_path / "new", library, "https://book.example/a")
    create(tmp_path / "new", library)
    assert "book='https://book.example/a')" in (tmp_path / "new" / "nbgrader_config.py").read_text()


def test_the_summary_says_what_to_teach_next_and_holds_the_key(graded, tmp_path):
    done = run("grader", "summary", graded.name, folder=graded.folder, apart=True)
    assert done.returncode == 0 and "12 trainees" in done.stdout, done.stderr
    page = (graded.folder / f"summary-{graded.name}.html").read_text()
    items = questions(graded.card, graded.library)
    assert (
        all(f"{n}. {typeset(words(one.question.ask))}" in page for n, one in enumerate(items.values(), 1))
        and "Safety, missed by most" in page
        and "not marked yet" in page
    )
    name, item = next((name, item) for name, item in items.items() if item.question.kind == "one-best-answer")
    right = item.question.key[0]
    assert f"<b>{right} {sum(trainee.chosen[name] == (right,) for trainee in graded.trainees)}</b>" in page
    nothing = run("grader", "summary", "no-such", folder=graded.folder, apart=True)
    assert (
        nothing.returncode == 2
        and "There is no assignment `no-such`" in nothing.stderr
        and nothing.stderr.count("\n") == 1
    )
    create(tmp_path / "new", graded.library)
    nothing = run("grader", "summary", graded.name, folder=tmp_path / "new", apart=True)
    assert nothing.returncode == 2 and "no gradebook yet" in nothing.stderr and nothing.stderr.count("\n") == 1


# ---- The command -----------------------------------------------------------------------------------------------------


def test_the_demonstration_runs_where_the_path_has_a_space_and_an_accent_and_what_it_prints_next_works(tmp_path):
    """The whole loop on a small library, by the command; then, typed into a shell as it is printed, the supervisor's
    next step."""
    place = tmp_path / "Étude de cas"
    place.mkdir()
    library = book_of_good(place)
    done = run("grader", "demo", ".demo", "--no-serve", folder=library)
    assert done.returncode == 0 and (library / ".demo/summary.html").is_file(), done.stdout + done.stderr
    command = re.search(r"^  (.*grader'? course \S+) +# ", done.stdout, re.MULTILINE)[1]
    (tmp_path / "home").mkdir()
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=library,
        env={**os.environ, "HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and (tmp_path / "home/my-course/nbgrader_config.py").is_file(), done.stderr
    made = (library / ".demo" / MARKER).read_text().splitlines()
    assert made == [SAID, content(library / ".demo/course")]


def test_what_the_demonstration_starts_is_nbgrader():
    """By starting it: the test above forks for it. That the other is Jupyter Book, test_edition.py holds."""
    done = subprocess.run([*start(PROGRAMS["nbgrader"]), "--version"], capture_output=True, text=True)
    assert "nbgrader version" in done.stdout, done.stderr


@pytest.mark.parametrize("touched", ["gradebook.db", "source/new.ipynb"])
def test_a_demonstration_in_which_somebody_worked_is_kept(tmp_path, capsys, touched):
    course, marker = tmp_path / "course", tmp_path / MARKER
    (course / "source").mkdir(parents=True)
    (course / "gradebook.db").write_text("as it was made")
    marker.write_text(f"{SAID}\n{content(course)}\n")
    (course / touched).write_text("an evening's work")
    make_room(course, marker)
    assert not course.exists() and (tmp_path / "course-1" / touched).read_text() == "an evening's work"
    assert f"Somebody worked in {course}: it is kept as {tmp_path / 'course-1'}." in capsys.readouterr().out


def test_a_demonstration_that_was_only_looked_at_makes_room(tmp_path, capsys):
    course, marker = tmp_path / "course", tmp_path / MARKER
    course.mkdir()
    (course / "gradebook.db").write_text("as it was made")
    marker.write_text(f"{SAID}\n{content(course)}\n")
    (course / ".ipynb_checkpoints").mkdir()
    (course / ".ipynb_checkpoints/a.ipynb").write_text("{}")
    make_room(course, marker)
    assert not list(tmp_path.glob("course*")) and capsys.readouterr().out == ""


def test_no_free_port_is_no_success(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(NoPort, match="is free, so nothing is served"):
            serve({}, {"": tmp_path / "front.html"}, taken.getsockname()[1], tries=1)
