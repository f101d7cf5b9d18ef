"""The list of courses, and whom a launch from a learning platform makes what: without a hub."""

import importlib.util
from types import SimpleNamespace

import pytest
import yaml

from support.project import ROOT

_spec = importlib.util.spec_from_file_location("candor_hub", ROOT / "deploy" / "candor_hub.py")
candor_hub = importlib.util.module_from_spec(_spec)
import sys  # noqa: E402

sys.modules["candor_hub"] = candor_hub
_spec.loader.exec_module(candor_hub)
CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership"


def test_the_example_can_be_read():
    found = candor_hub.courses_of(yaml.safe_load((ROOT / "deploy/courses.example.yml").read_text()))
    assert [(one.name, one.teachers, one.shared) for one in found] == [("intro-2027", ("mary", "ben"), False)]


@pytest.mark.parametrize(
    "said, words",
    [
        (None, "names no course"),
        ({"Intro": {"folder": "/x"}}, "`Intro` cannot be a course's name"),
        ({"intro": {}}, "has no `folder`"),
        ({"intro": {"folder": "/x", "trainee": ["ada"]}}, "says `trainee`"),
        ({"intro": {"folder": "/x", "trainees": ["Ada+1"]}}, "names `Ada+1`"),
    ],
)
def test_a_list_that_is_wrong_says_where(said, words):
    with pytest.raises(candor_hub.Wrong, match=words.replace("+", r"\+")):
        candor_hub.courses_of(said)


def launch(context: str, *roles: str) -> dict:
    return {f"{CLAIM}/context": {"id": context}, f"{CLAIM}/roles": list(roles)}


@pytest.mark.parametrize(
    "said, groups",
    [
        (launch("4711", f"{MEMBER}#Learner"), {"nbgrader-intro"}),
        (launch("4711", f"{MEMBER}#Instructor"), {"formgrade-intro"}),
        (launch("4711", f"{MEMBER}#Learner", f"{MEMBER}#Instructor"), {"formgrade-intro"}),
        (launch("4711", "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"), set()),
        (launch("4712", f"{MEMBER}#Instructor"), set()),
        (launch("", f"{MEMBER}#Instructor"), set()),
        ({}, set()),
    ],
)
def test_a_launch_gives_the_groups_of_its_course_and_no_more(said, groups):
    courses = [candor_hub.Course("intro", "/x", context="4711"), candor_hub.Course("second", "/y")]
    assert candor_hub.lti_groups(said, courses) == groups


def spawner(*groups: str, name="") -> SimpleNamespace:
    user = SimpleNamespace(groups=[SimpleNamespace(name=group) for group in groups])
    return SimpleNamespace(user=user, name=name, environment={})


def test_the_groups_decide_which_tools_a_server_has():
    courses = [candor_hub.Course("intro", "/x"), candor_hub.Course("second", "/y", shared=True)]
    for groups, role in (((), "trainee"), (("nbgrader-intro",), "trainee"), (("formgrade-intro",), "teacher")):
        candor_hub.before_start(one := spawner(*groups), courses, "/roles", {"CANDOR_EXCHANGE": "/e"})
        assert one.environment["JUPYTER_CONFIG_PATH"] == f"/roles/{role}"
    candor_hub.before_start(
        one := spawner("formgrade-second", name="second"), courses, "/roles", {"CANDOR_EXCHANGE": "/e"}
    )
    assert one.environment["CANDOR_COURSE"] == "/y"
    for refused in (spawner("nbgrader-second", name="second"), spawner("formgrade-intro", name="intro")):
        with pytest.raises(Exception, match="no shared course"):
            candor_hub.before_start(refused, courses, "/roles", {"CANDOR_EXCHANGE": "/e"})


def test_who_is_in_no_course_has_an_empty_desk():
    candor_hub.before_start(
        one := spawner("formgrade-other"), [candor_hub.Course("intro", "/x")], "/roles", {"CANDOR_EXCHANGE": "/e"}
    )
    assert one.environment["JUPYTER_CONFIG_PATH"] == "/roles/trainee" and one.environment["CANDOR_COURSES"] == ""


def test_what_another_file_has_set_stays():
    from traitlets.config import Config

    c = Config()
    c.JupyterHub.services = [{"name": "culler"}]
    c.JupyterHub.load_roles.append({"name": "culls"})
    candor_hub.set_up(c, [candor_hub.Course("intro", "/x")], "/e", "/roles", False, 9100)
    assert [one["name"] for one in c.JupyterHub.services] == ["culler", "intro"]
    assert [one["name"] for one in c.JupyterHub.load_roles] == ["culls", "server", "teaches-intro"]
