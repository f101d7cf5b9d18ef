"""A hub as `deploy/` sets it up, on loopback and without containers: two courses, two trainees, a teacher, PostgreSQL.

The people use what their browsers would: the hub's login, Formgrader's and Assignment List's own addresses.
"""

import json
import os
import subprocess

import psutil
import pytest

from support.course import choose
from support.lean import starting
from support.lms import Platform, write_file
from support.project import ROOT, run

from .conftest import NAME

WORDS = "I would tell her what I can keep and what I cannot, and ask how she would like to bring it in."


def answer(person, course: str, letters: str) -> dict:
    """Fetch, answer and save, as the desk does."""
    path = f"api/contents/{course}/{NAME}/{NAME}.ipynb"
    found = person.send("GET", path).json()
    choose(found["content"], "first-card", letters)
    for cell in found["content"]["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "what-you-would-say":
            cell["source"] = WORDS
    kept = {"type": "notebook", "content": found["content"]}
    assert person.send("PUT", path, json=kept).status_code == 200
    return found


def submissions(person, course: str) -> list[dict]:
    return [one for row in person.assignments("list", course_id=course)["value"] for one in row.get("submissions", ())]


def test_a_trainee_sees_the_desk_and_nothing_of_the_teachers(ada):
    said = ada.said(ada.page)
    assert said["candorDesk"] == "true" and said["baseUrl"] == "/user/ada/"
    gone = {f"@jupyter/nbgrader:{name}" for name in ("formgrader", "course-list", "create-assignment")}
    assert gone | {"@jupyter/nbgrader:validate-assignment"} <= set(said["disabledExtensions"])
    for path in ("formgrader", "formgraders", "assignments/validate"):
        assert ada.send("GET", path).status_code == 404, path
    assert ada.web.get("/services/intro/lab").status_code == 403


def test_a_teacher_finds_the_courses(mary, hub):
    gone = set(mary.said(mary.open_lab())["disabledExtensions"])
    assert "@jupyter/nbgrader:assignment-list" in gone and "@jupyter/nbgrader:course-list" not in gone
    found = mary.send("GET", "formgraders").json()
    assert [one["course_id"] for one in found["value"]] == ["intro"], found


def test_nothing_can_be_run_in_a_trainees_server(ada, hub):
    """All servers belong to one account here: code in one of them could read everybody's work."""
    assert ada.send("POST", "api/kernels", json={}).status_code == 403
    session = {"path": "x.ipynb", "type": "notebook", "name": "", "kernel": {"name": "python3"}}
    assert ada.send("POST", "api/sessions", json=session).status_code in (403, 500)
    assert ada.send("GET", "api/kernels").json() == []
    assert ada.send("POST", "api/terminals").status_code == 404
    command = {"cmd": "install", "extension_name": "jupyterlab-git"}
    assert ada.send("POST", "lab/api/extensions", json=command).status_code >= 400
    command = {"cmd": "disable", "plugin_name": "@jupyterlab/markdownviewer-extension:plugin"}
    assert ada.send("POST", "lab/api/plugins", json=command).status_code >= 400
    code = {"type": "file", "format": "text", "content": "open('/tmp/candor-was-here', 'w')"}
    for path in ("nbgrader_config.py", "intro/nbgrader_config.py", "intro/holding/jupyter_config.py", ".jupyter/a.py"):
        assert ada.send("PUT", f"api/contents/{path}", json=code).status_code >= 400, path
    book = {"type": "notebook", "content": {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}}
    assert ada.send("PUT", "api/contents/intro/mine/x.ipynb", json=book).status_code >= 400  # no such folder
    assert ada.send("PUT", "api/contents/nbgrader_config.ipynb", json=book).status_code == 403
    assert ada.send("POST", "api/contents/intro", json={"type": "directory"}).status_code >= 400
    for path in ("..%2F..%2Fchidi", "%2Fetc%2Fpasswd", "..%2F.local"):
        assert ada.send("GET", f"api/contents/{path}").status_code in (400, 403, 404), path
    assert not list((hub.folder / "homes/ada/desk").rglob("*.py"))


def test_the_work_of_another_cannot_be_handed_in(ada, chidi, released, hub):
    chidi.assignments("fetch", course_id="intro", assignment_id=NAME)
    for way in (f"../../../chidi/desk/intro/{NAME}", str(hub.folder / "courses/intro/source" / NAME)):
        said = ada.assignments("submit", course_id="intro", assignment_id=way)
        assert not said["success"] and "is no name of" in said["value"], said
    assert not list((hub.folder / "exchange/intro/inbound").glob("ada+*"))


def test_a_renamed_notebook_is_no_configuration(ada, released):
    ada.assignments("fetch", course_id="intro", assignment_id=NAME)
    old = f"api/contents/intro/{NAME}/{NAME}.ipynb"
    for new in ("nbgrader_config.py", f"intro/{NAME}/nbgrader_config.py"):
        assert ada.send("PATCH", old, json={"path": new}).status_code == 403, new


def test_from_fetching_to_feedback(course, released, ada, chidi, mary, hub):
    assert submissions(ada, "intro") == []
    for person, letters in ((ada, "B"), (chidi, "A")):
        found = person.assignments("fetch", course_id="intro", assignment_id=NAME)
        assert [one["status"] for one in found["value"]] == ["fetched"], found
        answer(person, "intro", letters)
        said = person.assignments("submit", course_id="intro", assignment_id=NAME)
        assert said["success"] and len(submissions(person, "intro")) == 1
    for name in ("ada", "chidi"):
        assert len(list((hub.folder / "exchange/intro/inbound").glob(f"{name}+*"))) == 1

    said = course("POST", f"assignment/{NAME}/collect")
    assert "cheating" not in said["log"]
    for who in ("ada", "chidi"):
        course("POST", f"submission/{NAME}/{who}/autograde")
    scores = {one["student"]: one["score"] for one in course("GET", f"submissions/{NAME}")}
    assert scores["ada"] == scores["chidi"] + 1
    waiting = course("GET", f"submitted_notebooks/{NAME}/{NAME}")
    assert [one["needs_manual_grade"] for one in waiting] == [True, True]
    for notebook in waiting:  # the reflection, in Formgrader's boxes
        for grade in course("GET", f"grades?submission_id={notebook['id']}"):
            if grade["needs_manual_grade"]:
                kept = {"manual_score": 2}
                assert course("PUT", f"grade/{grade['id']}", json=kept)["manual_score"] == 2

    course("POST", f"assignment/{NAME}/generate_feedback")
    course("POST", f"assignment/{NAME}/release_feedback")
    ada.assignments("fetch_feedback", course_id="intro", assignment_id=NAME)
    (mine,) = submissions(ada, "intro")
    path = mine["local_feedback_path"]
    page = ada.send("GET", f"files/{path}/{NAME}.html")
    assert page.status_code == 200 and "WHY-B-first-card" in page.text
    assert submissions(chidi, "intro")[0]["local_feedback_path"] is None


def test_the_scores_reach_the_platform(course, hub, base):
    """By the numbers of the roster that the platform exported."""
    roster = base / "roster.csv"
    roster.write_text("username,first name,last name,lms id\nada,Ada,Okafor,4001\nchidi,Chidi,Eze,4002\n")
    assert at_work(hub, "grader", "roster", str(roster)).returncode == 0
    assert at_work(hub, "grader", "lms", "keygen", str(base / "keys")).returncode == 0
    platform = Platform(json.loads((base / "keys/candor-lms-public.json").read_text()))
    scores = {one["student"]: one["score"] for one in course("GET", f"submissions/{NAME}")}
    with platform.serving():
        file = write_file(base / "keys", platform.address)
        done = at_work(hub, "grader", "lms", "post", NAME, "--platform", str(file), "--yes")
    assert done.returncode == 0 and "2 scores posted" in done.stdout, done.stdout
    posted = {user: one["scoreGiven"] for (_, user), (one,) in platform.scores.items()}
    assert posted == {"4001": scores["ada"], "4002": scores["chidi"]}


def at_work(hub, *words: str, course="intro"):
    """A command in a terminal of the course's server."""
    return run(
        *words,
        folder=hub.folder / "courses" / course,
        JUPYTER_CONFIG_PATH=str(ROOT / "deploy/roles/course"),
        CANDOR_EXCHANGE=str(hub.folder / "exchange"),
        CANDOR_COURSE=str(hub.folder / "courses" / course),
    )


def test_a_second_course_that_its_teachers_share(mary, ada, chidi, hub):
    """Mary opens it from a server of her own; the fast commands work in it; Ada is not in it."""
    own = hub.person("mary", "second")
    own.open_lab()
    for action in ("assign", "release"):
        assert own.send("POST", f"formgrader/api/assignment/{NAME}/{action}").json()["success"]
    assert ada.assignments("list", course_id="second")["value"] == []
    chidi.assignments("fetch", course_id="second", assignment_id=NAME)
    answer(chidi, "second", "B")
    chidi.assignments("submit", course_id="second", assignment_id=NAME)
    assert len(submissions(chidi, "second")) == 1
    for words in (
        ("nbgrader", "collect", NAME),
        ("grader", "autograde", NAME),
        ("grader", "feedback", NAME),
        ("nbgrader", "release_feedback", NAME),
    ):
        done = at_work(hub, *words, course="second")
        assert done.returncode == 0, done.stdout
    chidi.assignments("fetch_feedback", course_id="second", assignment_id=NAME)
    assert submissions(chidi, "second")[0]["local_feedback_path"]
    graded = hub.folder / "courses/second/autograded/chidi" / NAME / f"{NAME}.ipynb"
    assert graded.stat().st_mode & 0o777 == 0o664
    assert json.loads(graded.read_text())["cells"]


def test_nobody_opens_what_is_not_theirs(ada, hub):
    assert ada.web.get("/user/mary/lab").status_code in (403, 404)
    assert ada.web.get("/hub/spawn/ada/second").status_code in (403, 500)
    assert ada.web.get("/services/intro/formgrader/api/submissions/" + NAME).status_code == 403
    for place in ("users", "users/chidi", "users/chidi/tokens", "groups", "groups/nbgrader-intro"):
        assert ada.web.get(f"/hub/api/{place}").status_code in (403, 404), place
    stranger = hub.person("eve")
    assert stranger.web.get("/hub/home").url.path == "/hub/login"


def test_a_trainee_cannot_read_what_another_wrote(ada, chidi, released, hub):
    """By no address of Chidi's server, and by no way out of her own: to Chidi's folder, the exchange, the course."""
    chidi.assignments("fetch", course_id="intro", assignment_id=NAME)
    secret, path = "only Chidi wrote this", f"intro/{NAME}/{NAME}.ipynb"
    content = chidi.send("GET", f"api/contents/{path}").json()["content"]
    content["cells"][0]["source"] += secret
    assert chidi.send("PUT", f"api/contents/{path}", json={"type": "notebook", "content": content}).status_code == 200
    assert chidi.assignments("submit", course_id="intro", assignment_id=NAME)["success"]
    (taken, *_) = sorted((hub.folder / "exchange/intro/inbound").glob("chidi+*"), reverse=True)
    assert secret in (taken / f"{NAME}.ipynb").read_text()

    for place in (f"api/contents/{path}", f"files/{path}", f"nbconvert/html/{path}", f"lab/tree/{path}", "assignments"):
        there = ada.web.get(f"/user/chidi/{place}")
        assert there.status_code in (403, 404) and secret not in there.text, place
    token = {"Authorization": "token " + ada.said(ada.page).get("token", "")}
    assert ada.web.get(f"/user/chidi/api/contents/{path}", headers=token).status_code == 403
    places = ("homes/chidi/desk/intro", "courses/intro/submitted/chidi", "courses/intro/source")
    whole = [taken / f"{NAME}.ipynb", *(hub.folder / place / NAME / f"{NAME}.ipynb" for place in places)]
    for way in (f"../../chidi/desk/{path}", *map(str, whole)):
        for quoted in (way, way.replace("/", "%2F"), way.replace("..", "%2e%2e"), "../" * 20 + way.lstrip("/")):
            for asked in (f"api/contents/{quoted}", f"files/{quoted}", f"nbconvert/html/{quoted}"):
                there = ada.web.get(ada.base + asked)
                assert there.status_code >= 400 and secret not in there.text, asked
    for course_id in ("intro", "../intro", "intro/inbound", "intro/../../homes/chidi/desk/intro"):
        assert secret not in json.dumps(ada.assignments("list", course_id=course_id))
        ada.assignments("fetch", course_id=course_id, assignment_id=taken.name)
        ada.assignments("fetch_feedback", course_id=course_id, assignment_id=NAME)
    for kept in (hub.folder / "homes/ada").rglob("*"):
        assert not kept.is_file() or secret.encode() not in kept.read_bytes(), kept


def test_a_trainees_server_does_not_know_where_the_databases_are(ada, hub):
    (found,) = servers(hub, "ada")
    told = {name: value for name, value in found.items() if not name.startswith("JUPYTERHUB_")}
    assert not [name for name in told if name.startswith(("PG", "CANDOR_HUB", "CANDOR_COURSE_", "LTI"))]
    assert "CANDOR_COURSE" not in told and not [value for value in told.values() if "postgres" in value]


def servers(hub, name: str) -> list[dict[str, str]]:
    """The environments of a person's servers, as the system has them."""
    found = []
    for process in psutil.process_iter():
        try:
            said = process.environ()
        except psutil.Error:
            continue
        if said.get("HOME") == f"{hub.folder}/homes/{name}":
            found.append(said)
    return found


@pytest.mark.parametrize("left_out", ["CANDOR_AUTHENTICATOR", "CANDOR_HUB_DB"])
def test_without_a_way_to_log_in_or_a_database_no_hub_starts(tmp_path, left_out):
    listed = tmp_path / "courses.yml"
    (tmp_path / "nbgrader_config.py").touch()
    listed.write_text(f"intro: {{folder: {json.dumps(str(tmp_path))}}}")
    places = {f"CANDOR_{name}": str(tmp_path / name) for name in ("EXCHANGE", "HOMES")}
    words = {"CANDOR_COURSES": str(listed), **places, "CANDOR_AUTHENTICATOR": "dummy", "CANDOR_HUB_DB": "sqlite://"}
    del words[left_out]
    command = [*starting("jupyterhub"), "--config", str(ROOT / "deploy/jupyterhub_config.py")]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **words}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0 and f"{left_out} is not set" in done.stderr
