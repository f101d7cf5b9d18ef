"""The gradebook: several at once, killed halfway, PostgreSQL, another schema, its indexes, its export."""

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from multiprocessing import get_context

import pytest
from sqlalchemy import create_engine, event

from grader.grading import run as runs
from grader.grading.exporters import patient
from grader.grading.run import Unsupported, autograde
from grader.reports.export import export, harmless
from support.compare import differences, rows
from support.course import Course, released_course, twin

from .test_same_as_stock import damaged

SIZE = 40


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Course:
    made = released_course(tmp_path_factory.mktemp("handed-in"))
    dice = random.Random(11)
    for number in range(SIZE):
        made.submit(f"t{number:03d}", damaged(made.released, dice))
    return made


@pytest.fixture(scope="module")
def undisturbed(handed_in, tmp_path_factory) -> Course:
    done = twin(handed_in, tmp_path_factory.mktemp("undisturbed") / "course")
    autograde(done.folder, done.name, jobs=1)
    return done


def start(course: Course) -> subprocess.Popen:
    code = (
        "from pathlib import Path; from grader.grading.run import autograde; import grader.grading.run as e; e.BATCH ="
        f" 5; e.gradebook.PATIENCE = 60; autograde(Path({str(course.folder)!r}), 'holding', jobs=1)"
    )
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.parametrize("seed", range(int(os.environ.get("CANDOR_KILLS", "8"))))
def test_killed_at_any_moment_a_second_run_ends_the_same(handed_in, undisturbed, tmp_path, seed):
    """SIGKILL after a random time; the second run's gradebook and files are those of an undisturbed one.
    CANDOR_KILLS=200 for the long run."""
    place = twin(handed_in, tmp_path / "course")

    def work() -> None:
        runs.BATCH = 5
        autograde(place.folder, place.name, jobs=1)

    running = get_context("fork").Process(target=work)
    running.start()
    time.sleep(random.Random(seed).uniform(0, 0.25))
    running.kill()
    running.join()
    autograde(place.folder, place.name, jobs=1)
    assert not list((place.folder / "autograded").rglob(".*.new"))
    assert differences(undisturbed.folder, place.folder) == []


def test_three_at_once_and_a_reader(handed_in, undisturbed, tmp_path):
    """Three runs over one SQLite file while somebody reads it, as Formgrader does: nobody meets a locked database."""
    place = twin(handed_in, tmp_path / "course")
    from nbgrader.api import Gradebook

    running = [start(place) for _ in range(3)]
    reads = 0
    while any(process.poll() is None for process in running):
        with Gradebook(f"sqlite:///{place.folder / 'gradebook.db'}") as gradebook:
            assignment = gradebook.find_assignment(place.name)
            [
                (submission.student_id, submission.score, submission.needs_manual_grade)
                for submission in assignment.submissions
            ]
        reads += 1
    output = [process.communicate()[0] for process in running]
    assert output == ["", "", ""] and [process.returncode for process in running] == [0, 0, 0] and reads
    assert differences(undisturbed.folder, place.folder) == []


def test_an_unknown_schema_is_refused_and_nothing_is_written(handed_in, tmp_path):
    place = twin(handed_in, tmp_path / "course")
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute("update alembic_version set version_num = 'later'")
    with pytest.raises(Unsupported, match="Use `nbgrader autograde`"):
        autograde(place.folder, place.name)
    assert not (place.folder / "autograded").exists()


LOCKED = {
    "autograde": ["autograde", "holding"],
    "collect": ["collect", "holding", "t000.zip"],
    "roster": ["roster", "people.csv"],
    "regrade": ["regrade", "holding", "--question", "first-card", "--accept", "C", "--because", "x", "--yes"],
}


@pytest.mark.parametrize("command", LOCKED)
def test_a_locked_gradebook_is_called_locked_and_what_to_do_is_said(undisturbed, tmp_path, command):
    place = twin(undisturbed, tmp_path / "course")
    (place.folder / "people.csv").write_text("username,first name,last name\nt000,Ada,Okafor\nnew,Joan,Example\n")
    work = (place.folder / "submitted/t000/holding/holding.ipynb").read_bytes()
    with zipfile.ZipFile(place.folder / "t000.zip", "w") as archive:
        archive.writestr("okaforada_1_2_t000__holding.ipynb", json.dumps(json.loads(work)).encode())
    code = (
        "import grader.grading.gradebook as g; g.WAIT, g.PATIENCE = 0.5, 0.1; from grader.cli.door import main; main()"
    )
    words = [sys.executable, "-c", code, *LOCKED[command], *["--force"] * (command == "autograde")]
    before = rows(place.folder / "gradebook.db")
    lock = sqlite3.connect(place.folder / "gradebook.db", isolation_level=None)
    lock.execute("begin immediate")
    try:
        done = subprocess.run(words, cwd=place.folder, capture_output=True, text=True, timeout=120)
    finally:
        lock.execute("rollback")
        lock.close()
    assert done.returncode == 2, done.stdout + done.stderr
    assert "it is locked: another program has been writing" in done.stderr and "Close Formgrader" in done.stderr
    assert done.stderr.count("Waiting for it to finish") >= 1
    assert "mistake" not in done.stderr and "Traceback" not in done.stderr and "sqlite:" not in done.stderr
    assert rows(place.folder / "gradebook.db") == before


@pytest.mark.parametrize(
    "line, words",
    [
        ("c = get_config(); c.Autograde.create_student = False", "create_student"),
        ("c = get_config(); c.AssignLatePenalties.plugin_class = 'x.Y'", "AssignLatePenalties"),
        ("raise ValueError('x')", "cannot be read"),
    ],
)
def test_a_setting_that_is_not_known_is_refused_by_name(handed_in, tmp_path, line, words):
    place = twin(handed_in, tmp_path / "course")
    config = place.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\n{line}\n")
    with pytest.raises(Unsupported, match=words):
        autograde(place.folder, place.name)


def test_the_indexes_are_made_once_and_nbgrader_goes_on(undisturbed):
    with sqlite3.connect(undisturbed.folder / "gradebook.db") as connection:
        made = {
            name
            for (name,) in connection.execute(
                "select name from sqlite_master where type = 'index' and name like 'candor_%'"
            )
        }
    assert len(made) == 4
    undisturbed.nbgrader("generate_feedback", undisturbed.name, "--student=t001")


def test_the_export_has_the_scores_of_nbgraders_own(undisturbed, tmp_path):
    undisturbed.nbgrader("export", "--to", str(tmp_path / "stock.csv"))
    assert export(undisturbed.folder, tmp_path / "ours.csv") == SIZE
    found = {}
    for name in ("stock", "ours"):
        with (tmp_path / f"{name}.csv").open() as stream:
            found[name] = sorted(
                (
                    r["assignment"],
                    r["student_id"],
                    *(round(float(r[c]), 9) for c in ("raw_score", "score", "max_score")),
                )
                for r in csv.DictReader(stream)
            )
    assert found["ours"] == found["stock"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_formula_in_a_name_is_harmless(text):
    assert harmless(text) == f"'{text}" and harmless("Ada") == "Ada" and harmless(-1.5) == -1.5


def test_postgresql_gets_the_same_rows(handed_in, undisturbed, postgres, tmp_path):
    import sqlalchemy as sa

    address = postgres("same")

    from support.compare import ROWS, files

    place = twin(handed_in, tmp_path / "course")
    (place.folder / "gradebook.db").unlink()
    config = place.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().CourseDirectory.db_url = {address!r}\n")
    place.nbgrader("generate_assignment", place.name, "--force")
    running = [start(place) for _ in range(3)]  # the first grading, three times at once
    assert [process.communicate()[0] for process in running] == ["", "", ""]
    autograde(place.folder, place.name, force=True)
    mine = rows(undisturbed.folder / "gradebook.db")
    with sa.create_engine(address).connect() as connection:
        for name, query in ROWS.items():
            found = connection.execute(
                sa.text(
                    query.replace("typeof(g.auto_score)", "case when g.auto_score is null then 'null' else 'real' end")
                )
            ).all()
            wanted = [
                tuple(
                    (
                        bool(v)
                        if isinstance(v, int)
                        and name in ("grade", "notebook")
                        and i == len(r) - (1 if name == "grade" else 2)
                        else v
                    )
                    for i, v in enumerate(r)
                )
                for r in mine[name]
            ]
            assert sorted(map(tuple, found), key=repr) == sorted(wanted, key=repr), name
    assert files(place.folder / "autograded") == files(undisturbed.folder / "autograded")


def test_a_trainee_is_erased_from_postgresql_too(handed_in, postgres, tmp_path):
    import sqlalchemy as sa

    from grader.grading import person
    from grader.grading.course import Course as OurCourse

    place, address = twin(handed_in, tmp_path / "course"), postgres("erased")
    (place.folder / "gradebook.db").unlink()
    config = place.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nget_config().CourseDirectory.db_url = {address!r}\n")
    place.nbgrader("generate_assignment", place.name, "--force")
    autograde(place.folder, place.name, force=True)
    before = person.held(OurCourse(place.folder), "t003").count
    assert person.erase(OurCourse(place.folder), "t003", "Ada", "their own wish").count == before > 3
    with sa.create_engine(address).connect() as connection:
        left = connection.execute(sa.text("select what from candor_log where trainee = 't003'")).scalars().all()
        assert left == ["erased"]
        assert connection.execute(sa.text("select count(*) from submitted_assignment")).scalar() == SIZE - 1


def test_stock_autograde_waits_for_another_program_as_ours_does_and_leaves_nothing_empty(handed_in, tmp_path):
    """nbgrader's own connections give up after five seconds, and what they say is a trace."""
    here = twin(handed_in, tmp_path / "course")
    (here.folder / "nbgrader_config.py").open("a").write(
        "\nimport grader.grading.gradebook as held\nheld.WAIT = 1\nheld.PATIENCE = 60\n"
    )
    with closing(sqlite3.connect(here.folder / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = here.nbgrader("autograde", here.name, "--student", "t000", ok=False)
    assert "ERROR] The gradebook: it is locked: another program" in said and "mistake of the grader" not in said
    assert not list((here.folder / "autograded").glob("*"))


def test_a_connection_of_nbgraders_own_waits_as_long_as_ours():
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", patient)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 60_000
