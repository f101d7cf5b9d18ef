"""Scores to a learning platform that looks at what it is sent, and now and then fails."""

import json
import sqlite3

import pytest

from grader.exchange import ags
from grader.grading.run import autograde
from support.course import Course, choose, released_course, twin
from support.lms import Platform, write_file
from support.project import run

NAME = "holding"
PEOPLE = {"ada": "B", "chidi": "A", "mary": "C", "nobody": "B"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Course:
    made = released_course(tmp_path_factory.mktemp("lms"))
    for who, letters in PEOPLE.items():
        made.submit(who, choose(choose(made.released, "first-card", letters), "many-card", "AC"))
    autograde(made.folder, NAME)
    with sqlite3.connect(made.folder / "gradebook.db") as connection:
        connection.execute("update student set lms_user_id = 'lms-' || id where id != 'nobody'")
        connection.execute("insert into student (id, lms_user_id) values ('absent', 'lms-absent')")
        connection.execute("update grade set needs_manual_grade = 0, manual_score = coalesce(auto_score, 0)")
    return made


@pytest.fixture
def place(graded, tmp_path):
    return twin(graded, tmp_path / "course")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys") / "mine"
    done = run("grader", "lms", "keygen", str(folder))
    assert done.returncode == 0, done.stdout
    return folder


@pytest.fixture
def platform(keys, monkeypatch):
    made = Platform(json.loads((keys / "candor-lms-public.json").read_text()))
    with made.serving():
        made.file = write_file(keys, made.address)
        yield made


def post(place, platform, *more: str, code=0) -> str:
    done = run("grader", "lms", "post", NAME, "--platform", str(platform.file), *more, folder=place.folder)
    said = done.stdout + (done.stderr or "")
    assert done.returncode == code, said
    assert "Traceback" not in said and "token-" not in said
    return said


def given(platform) -> dict[str, list[float]]:
    return {user: [one["scoreGiven"] for one in posted] for (_, user), posted in platform.scores.items()}


def test_nothing_is_asked_of_the_platform_before_it_was_shown(place, platform):
    said = post(place, platform, "--dry-run")
    assert "ada (there lms-ada):" in said and "stays here, nothing was handed in: absent" in said
    assert "no id of the platform" in said and "nobody" in said
    assert platform.asked == []
    post(place, platform, code=1)  # no answer to the question
    assert platform.asked == []


def test_each_score_goes_once_and_a_changed_one_again(place, platform):
    said = post(place, platform, "--yes")
    assert "3 scores posted and logged" in said
    first = given(platform)
    assert set(first) == {"lms-ada", "lms-chidi", "lms-mary"} and first["lms-ada"][0] == first["lms-chidi"][0] + 1
    assert len(platform.items) == 1 and platform.items[f"candor-{NAME}"]["scoreMaximum"] > 0
    asked = len(platform.asked)
    assert "Nothing to post" in post(place, platform, "--yes") and len(platform.asked) == asked
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute(
            "update grade set manual_score = manual_score + 0.5 where rowid in (select min(g.rowid) "
            "from grade g join submitted_notebook n on n.id = g.notebook_id join submitted_assignment s "
            "on s.id = n.assignment_id where s.student_id = 'mary')"
        )
    assert "mary (there lms-mary):" in (said := post(place, platform, "--yes")) and "1 score posted" in said
    assert given(platform)["lms-mary"] == [first["lms-mary"][0], first["lms-mary"][0] + 0.5]
    assert len(platform.items) == 1
    log = run("grader", "log", folder=place.folder).stdout
    assert log.count("posted") == 4 and "lms-mary" in log


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_fails_for_now_is_tried_again(place, platform, status):
    platform.replies = [(status, {"Retry-After": "0"})] * 2
    assert "3 scores posted" in post(place, platform, "--yes")
    assert len(given(platform)) == 3


def test_a_platform_that_stays_down_is_said_and_the_rest_goes_later(place, platform):
    platform.replies = [(503, {"Retry-After": "0"})] * 4
    said = post(place, platform, "--yes", code=1)
    assert "Try again later" in said and "run the same command again" in said
    assert "3 scores posted" in post(place, platform, "--yes")


def test_a_person_whom_the_platform_does_not_know_stops_nobody(place, platform):
    platform.users = {"lms-ada", "lms-mary"}
    said = post(place, platform, "--yes", code=1)
    assert "not taken: chidi" in said and "404" in said and "2 scores posted" in said
    platform.users = None
    assert "1 score posted" in post(place, platform, "--yes")


def test_a_token_that_ran_out_is_renewed(place, platform):
    platform.replies = [(401, {})]
    assert "3 scores posted" in post(place, platform, "--yes") and len(platform.tokens) == 2


def test_a_tool_without_the_right_is_told_so(place, platform):
    platform.scope = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
    assert "may not post scores" in post(place, platform, "--yes", code=1)
    assert platform.scores == {}


def test_another_key_is_refused_and_stays_secret(place, platform, tmp_path):
    run("grader", "lms", "keygen", str(tmp_path / "other"))
    platform.file = write_file(tmp_path / "other", platform.address)
    said = post(place, platform, "--yes", code=1)
    assert "does not know the tool" in said
    private = json.loads((tmp_path / "other" / "candor-lms-private.json").read_text())
    assert private["d"] not in said


def test_a_key_that_others_can_read_is_refused(place, platform, tmp_path):
    run("grader", "lms", "keygen", str(tmp_path / "open"))
    (tmp_path / "open" / "candor-lms-private.json").chmod(0o644)
    platform.file = write_file(tmp_path / "open", platform.address)
    assert "chmod 600" in post(place, platform, "--yes", code=1) and platform.asked == []


def test_a_token_goes_nowhere_without_encryption(place, platform, keys):
    platform.file = write_file(keys, "http://lms.example.org")
    assert "begins with https://" in post(place, platform, "--yes", code=1)


def test_a_redirect_is_not_followed(place, platform):
    platform.replies = [(302, {"Location": "http://127.0.0.1:9/steal"})] * 3
    said = post(place, platform, "--yes", code=1)
    assert "302" in said and platform.scores == {}


def test_a_platform_that_does_not_answer_ends_in_a_line(place, platform, keys, monkeypatch):
    platform.file = write_file(keys, "http://127.0.0.1:9")
    said = post(place, platform, "--yes", code=1)
    assert "does not answer" in said


def test_the_wait_is_what_the_platform_asks_for():
    from email.message import Message

    headers = Message()
    headers["Retry-After"] = "7"
    assert [ags._pause(headers, 1), ags._pause(None, 1), ags._pause(None, 3)] == [7.0, 1.0, 4.0]
    headers.replace_header("Retry-After", "100000")
    assert ags._pause(headers, 1) == ags.LONGEST


def test_a_file_that_lacks_a_word_is_named(place, platform, keys):
    platform.file = write_file(keys, platform.address, token_url="")
    done = run("grader", "lms", "post", NAME, "--platform", str(platform.file), folder=place.folder)
    assert done.returncode == 2 and "token_url" in done.stdout + (done.stderr or "")


@pytest.mark.parametrize("where", ["/token", "/items", "/scores"])
def test_a_page_for_people_has_taken_nothing(place, platform, where):
    """A platform behind a page to log in, or closed for the night, answers 200 all the same."""
    platform.page = where
    assert "a page for people" in post(place, platform, "--yes", code=1)
    assert platform.scores == {} and len(platform.items) <= 1
    platform.page = ""
    assert "3 scores posted" in post(place, platform, "--yes")


def test_two_people_with_one_id_are_named_and_neither_is_posted(place, platform):
    with sqlite3.connect(place.folder / "gradebook.db") as connection:
        connection.execute("update student set lms_user_id = 'lms-ada' where id = 'chidi'")
    said = post(place, platform, "--yes")
    assert "the roster gives ada and chidi one id of the platform, lms-ada: ada, chidi" in said
    assert set(given(platform)) == {"lms-mary"}


def test_a_column_that_was_deleted_there_is_filled_again(place, platform):
    post(place, platform, "--yes")
    platform.items.clear()
    platform.scores.clear()
    assert "Nothing to post" in post(place, platform, "--yes")
    assert "3 scores posted" in post(place, platform, "--yes", "--again")
    assert len(platform.items) == 1 and len(given(platform)) == 3


def test_no_more_rights_are_asked_for_than_are_needed(place, platform, keys):
    own = f"{platform.address}/items/7"
    platform.file = write_file(keys, platform.address, line_items="")
    platform.file.write_text(f"{platform.file.read_text()}items: [{{assignment: {NAME}, url: {json.dumps(own)}}}]\n")
    post(place, platform, "--yes")
    assert platform.scopes == [ags.SCORE] and len(given(platform)) == 3


def test_a_token_that_cannot_be_sent_is_none():
    assert ags._sendable("ey.J-_0") and not any(map(ags._sendable, ("", " ", "a\nb", "caf\u00e9")))
