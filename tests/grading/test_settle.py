"""An answer that could not be read is settled by a person with one key; the log knows, and a regrade follows it."""

import copy
import re
import sqlite3
import subprocess
from types import SimpleNamespace

import pytest

from grader.cli.settle import _key
from grader.grading import course as courses
from grader.grading import gradebook
from grader.grading.run import autograde
from grader.grading.scores import standings
from support.course import cell, choose, program, released_course
from support.project import run


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = released_course(tmp_path_factory.mktemp("settle"))
    for trainee in ("ada", "joan"):
        notebook = choose(made.released, "second-card", "D")
        one = cell(notebook, "first-card")
        one["source"] = "".join(one["source"]) + "\n\nB or C, it depends on the policy."
        made.submit(trainee, notebook)
    autograde(made.folder, made.name)
    return made


def standing(place, trainee: str):
    with gradebook.reading(courses.Course(place.folder).settings.db_url) as connection:
        return next(one for one in standings(connection, place.name) if one.trainee == trainee)


def settle(place, keys: str) -> subprocess.CompletedProcess:
    return run("grader", "settle", place.name, "--as", "AB", folder=place.folder, given=keys, apart=True)


def test_what_is_not_graded_is_not_called_settled_and_a_stop_says_how_to_go_on(place):
    place.submit("nina", choose(place.released, "first-card", "A"))
    done = settle(place, "s\ns\n")
    assert "1 submission is not graded, so that nobody knows" in done.stdout and done.returncode == 1
    assert "what waits in it. Run: grader autograde holding\n" in done.stdout
    autograde(place.folder, place.name)
    done = settle(place, "q\n")
    assert done.stdout.endswith("Stopped. What you settled is kept; go on with: grader settle holding\n")
    assert done.returncode == 0 and "not graded" not in done.stdout
    # A later file of somebody whose earlier one is graded; a date alone is no change.
    path = place.folder / "submitted" / "nina" / place.name / f"{place.name}.ipynb"
    path.touch()
    assert "changed since" not in program("grader", "summary", place.name, folder=place.folder)
    place.submit("nina", choose(copy.deepcopy(place.released), "first-card", "B"))
    why = f"not graded: {path.parent}: changed since it was graded. Run: grader autograde holding"
    assert why in program("grader", "summary", place.name, folder=place.folder)
    said = program("grader", "feedback", place.name, folder=place.folder, ok=False)
    assert why.removeprefix("not graded: ") in said
    autograde(place.folder, place.name)
    assert "not graded" not in program("grader", "summary", place.name, folder=place.folder)


def test_one_key_settles_and_is_logged(place):
    assert standing(place, "ada").status == "open"
    done = settle(place, "b\ns\n")
    assert done.returncode == 0 and "B or C, it depends" in done.stdout and "B: 1 of 1" in done.stdout, done.stderr
    own = standing(place, "ada").cells["first-card"]
    assert own.score == 1 and not own.waits and standing(place, "joan").cells["first-card"].waits
    looks = autograde(place.folder, place.name, force=True).look
    assert "ada" not in looks and "first-card" in looks["joan"][0]  # nobody is asked again what was settled
    assert standing(place, "ada").cells["first-card"].score == 1
    story = program("grader", "explain-grade", "ada", place.name, "first-card", folder=place.folder)
    assert "AB: settled (chosen B; read " in story and "words" not in story
    assert "AB: settled holding ada first-card" in program("grader", "log", place.name, folder=place.folder)


def test_a_regrade_follows_the_letters_that_were_settled(place):
    settle(place, "b\nc\n" if standing(place, "ada").cells["first-card"].waits else "c\n")
    words = ["--question", "first-card", "--accept", "C", "--because", "x", "--yes"]
    said = program("grader", "regrade", place.name, *words, folder=place.folder)
    assert "letters that a person settled stay, and are scored by the decision; nothing to do: ada" in said
    assert "mark stands" not in said
    assert standing(place, "ada").cells["first-card"].score == 0
    assert standing(place, "joan").cells["first-card"].score == 1


def test_new_words_are_open_again(place):
    notebook = choose(place.released, "first-card", "A")
    one = cell(notebook, "first-card")
    one["source"] += "\n\nOr rather C?"
    place.submit("ada", notebook)
    autograde(place.folder, place.name)
    assert standing(place, "ada").cells["first-card"].waits
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        said = connection.execute("select said from candor_log where what = 'set aside' and trainee = 'ada'").fetchall()
    assert len(said) == 1 and "manual_score" in said[0][0]


def test_a_slip_is_asked_again_and_what_was_settled_can_be_gone_back_to(place):
    for trainee, text in (("cleo", "3"), ("dora", "Let us talk.")):
        notebook = choose(place.released, "second-card", "D")
        cell(notebook, "first-card")["source"] = text
        place.submit(trainee, notebook)
    autograde(place.folder, place.name)
    keys = {"ada": "s", "joan": "s", "cleo": "z\n\nb\nu\nc", "dora": "s"}
    waiting = [one for one in sorted(keys) if standing(place, one).cells["first-card"].waits]
    done = settle(place, "".join(keys[one] + "\n" for one in waiting))
    assert done.returncode == 0 and "Give letters of this question, A to D; 0 for nothing" in done.stdout, done.stderr
    assert "The options:\nA. Option A of first-card." in done.stdout
    assert done.stdout.startswith("Keys: a letter, 0 for nothing chosen, s to leave it, u to go back, q to stop.")
    assert standing(place, "cleo").cells["first-card"].score == 1
    log = program("grader", "log", place.name, folder=place.folder)
    assert log.count("AB: settled holding cleo first-card") == 2


def test_feedback_and_summary_say_what_a_person_read(place):
    """By both commands, and never that somebody still looks at an answer which has been read."""
    for trainee, text in (("eve", "It depends, let us talk."), ("finn", "None of these!")):
        notebook = choose(place.released, "second-card", "D")
        cell(notebook, "first-card")["source"] = text
        place.submit(trainee, notebook)
    autograde(place.folder, place.name)
    program("grader", "feedback", place.name, "--trainee", "eve", folder=place.folder)
    page = place.folder / "feedback" / "eve" / place.name / f"{place.name}.html"
    assert "A person looks at this answer" in page.read_text()
    keys = {"eve": "b", "finn": "0"}
    waiting = [one for one in ("ada", "cleo", "dora", "eve", "finn", "joan") if _waits(place, one)]
    assert {"eve", "finn"} <= {*waiting}
    settle(place, "".join(keys.get(one, "s") + "\n" for one in waiting))
    program("grader", "feedback", place.name, folder=place.folder)
    ours = {one: (page.parents[2] / one / place.name / page.name).read_text() for one in keys}
    assert all("A person looks at this answer" not in text for text in ours.values())
    assert "A person has read this answer:" in ours["eve"]
    assert "no option is chosen in it:" in ours["finn"] and "left open" in ours["finn"]
    question = ours["eve"][ours["eve"].index('id="first-card"') :]
    assert (
        "Your answer" in question[question.index("Option B of first-card") : question.index("Option C of first-card")]
    )
    place.nbgrader("generate_feedback", place.name, "--force")
    assert {one: (page.parents[2] / one / place.name / page.name).read_text() for one in keys} == ours
    before = _chosen(place, "B")
    settle(place, "b\n" * len([one for one in waiting if _waits(place, one)]))
    assert _chosen(place, "B") > before >= 1


def _waits(place, trainee: str) -> bool:
    own = next((one for one in _standings(place) if one.trainee == trainee), None)
    return bool(own and "first-card" in own.cells and own.cells["first-card"].waits)


def _standings(place):
    with gradebook.reading(courses.Course(place.folder).settings.db_url) as connection:
        return list(standings(connection, place.name))


def _chosen(place, letter: str) -> int:
    """How many chose a letter of the first card, as the summary counts them."""
    program("grader", "summary", place.name, folder=place.folder)
    text = (place.folder / f"summary-{place.name}.html").read_text()
    return int(re.findall(rf"{letter} (\d+)", text)[0])


def test_a_long_answer_leaves_the_question_in_sight(place):
    notebook = choose(place.released, "second-card", "D")
    cell(notebook, "first-card")["source"] = "\n".join(f"- [x] **A{one}.** option {one}" for one in range(400))
    place.submit("gwen", notebook)
    autograde(place.folder, place.name)
    waiting = [one for one in sorted({one.trainee for one in _standings(place)}) if _waits(place, one)]
    done = settle(place, "s\n" * len(waiting))
    assert "gwen" in waiting and "option 3\n" in done.stdout and "option 300" not in done.stdout
    assert "… There is more of it in the graded copy: 400 lines in all." in done.stdout


def test_an_answer_that_cannot_be_shown_is_not_asked_and_everybody_is_told_why(place):
    """A file too large to be graded took the graded copy with it; what it was worth stays as it is."""
    home = place.folder / "submitted"
    notebook = choose(place.released, "second-card", "D")
    cell(notebook, "first-card")["source"] = "It depends."
    place.submit("hugo", notebook)
    autograde(place.folder, place.name)
    (home / "hugo" / place.name / f"{place.name}.ipynb").write_bytes(b" " * 21_000_000)
    (home / "iris" / place.name).mkdir(parents=True)
    (home / "iris" / place.name / f"{place.name}.ipynb").write_bytes(b" " * 21_000_000)
    autograde(place.folder, place.name)
    why = (
        f"{home / 'hugo' / place.name / place.name}.ipynb: is larger than 20 MB. Ask for the notebook without pictures"
    )
    waiting = [one for one in sorted({one.trainee for one in _standings(place)}) if _waits(place, one)]
    done = settle(place, "a\n" * len(waiting))
    assert f"not asked, as it cannot be shown: hugo: first-card: {why}" in done.stdout and done.returncode == 1
    assert {one for one in waiting if _waits(place, one)} == {"hugo", "iris"}
    said = program("grader", "summary", place.name, folder=place.folder)
    assert f"not graded: {why}" in said and "waits for a person: hugo" not in said and "not graded: " in said
    page = (place.folder / f"summary-{place.name}.html").read_text()
    assert "Handed in, not graded" in page and page.count("is larger than 20 MB.") == 2
    said = program("grader", "feedback", place.name, folder=place.folder, ok=False)
    assert why in said and said.count("is larger than 20 MB.") == 2
    one = program("grader", "feedback", place.name, "--trainee", "ada", folder=place.folder)
    assert "larger" not in one


@pytest.mark.parametrize(
    "typed, key, asked",
    [(["q\r"], "q", 1), (["\r\r", "\n", "b"], "b", 1), (["bc", "B\n"], "b", 2), (["bqs", "0"], "0", 2)],
)
def test_enter_is_no_answer_and_of_several_keys_none_is_taken(monkeypatch, capsys, typed, key, asked):
    """What a terminal gives in one piece: `q` and Enter; Enter alone; what was typed ahead."""
    monkeypatch.setattr("click.getchar", lambda: typed.pop(0))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    assert _key(True, [*"ABCD", "0", "s", "u", "q"]) == key and not typed
    assert capsys.readouterr().out.count("Which?") == asked
