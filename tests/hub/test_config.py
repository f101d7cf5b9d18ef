"""The list of courses, and whom a launch from a learning platform makes what: without a hub."""

import importlib.util
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from traitlets.config import Config

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
        ({"intro": {"folder": "/x"}, "second": {"folder": "/x"}}, "`second` has the folder of `intro`"),
        (
            {"intro": {"folder": "/x", "context": 4711}, "second": {"folder": "/y", "context": "4711"}},
            "`second` has the context of `intro`",
        ),
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


def test_who_is_taken_off_the_list_logs_in_no_more_and_nobody_is_an_administrator_by_default(tmp_path, monkeypatch):
    from traitlets.config.loader import PyFileConfigLoader

    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "courses.yml").write_text(f"intro: {{folder: '{tmp_path}', trainees: [ada]}}")
    for name, value in {"COURSES": "courses.yml", "EXCHANGE": "exchange", "HOMES": "homes"}.items():
        monkeypatch.setenv(f"CANDOR_{name}", str(tmp_path / value))
    monkeypatch.setenv("CANDOR_AUTHENTICATOR", "dummy")
    monkeypatch.setenv("CANDOR_HUB_DB", "sqlite://")
    monkeypatch.delenv("LTI_ISSUER", raising=False)

    def people():
        return PyFileConfigLoader("jupyterhub_config.py", str(ROOT / "deploy")).load_config().Authenticator

    monkeypatch.delenv("CANDOR_ADMINS", raising=False)
    assert people().allowed_users == {"ada"} and people().allow_existing_users is False
    assert people().admin_users == set()
    monkeypatch.setenv("CANDOR_ADMINS", "mary ben")
    assert people().admin_users == {"mary", "ben"}


@pytest.fixture
def server(tmp_path, monkeypatch):
    """What a trainee's server makes of the buttons of the list of assignments, beside another trainee and a course that
    belong to the same account."""
    from nbgrader.auth.jupyterhub import JupyterHubAuthPlugin
    from nbgrader.server_extensions.assignment_list.handlers import AssignmentList

    for place in ("outbound/holding", "inbound", "feedback"):
        (tmp_path / "exchange/intro" / place).mkdir(parents=True)
    (tmp_path / "exchange").chmod(0o777)
    desk = tmp_path / "homes/ada/desk"
    (desk / "intro").mkdir(parents=True)
    for place in ("exchange/intro/outbound/holding", "homes/chidi/desk/intro/holding", "courses/intro/source/holding"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "holding.ipynb").write_text("{}")
    monkeypatch.setenv("HOME", str(desk.parent))
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    monkeypatch.setenv("CANDOR_EXCHANGE", str(tmp_path / "exchange"))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(ROOT / "deploy/roles/trainee"))
    monkeypatch.setattr(JupyterHubAuthPlugin, "get_student_courses", lambda *_: ["intro"])
    monkeypatch.chdir(desk)
    made = AssignmentList()
    made.root_dir = str(desk)
    return made


def test_a_trainee_fetches_and_hands_in_by_name(server, tmp_path):
    assert server.fetch_assignment("intro", "holding")["success"]
    assert server.submit_assignment("intro", "holding")["success"]
    assert server.fetch_feedback("intro", "holding")["success"]
    assert len(list((tmp_path / "exchange/intro/inbound").glob("ada+holding+*/holding.ipynb"))) == 1


@pytest.mark.parametrize("place", ["homes/chidi/desk/intro/holding", "courses/intro/source/holding"])
@pytest.mark.parametrize(
    "action, origin", [("fetch_assignment", "exchange/intro/outbound"), ("submit_assignment", "homes/ada/desk/intro")]
)
def test_no_way_leads_to_another_trainee_or_to_the_keys(server, tmp_path, place, action, origin):
    """Both would be handed in as one's own, and come back as feedback."""
    before = sorted(tmp_path.rglob("*.ipynb"))
    for way in (os.path.relpath(tmp_path / place, tmp_path / origin), str(tmp_path / place), "."):
        assert not getattr(server, action)("intro", way)["success"], way
        os.chdir(server.root_dir)  # which nbgrader leaves where something failed
    assert not getattr(server, action)("intro/../intro", "holding")["success"]
    assert sorted(tmp_path.rglob("*.ipynb")) == before
    assert list(Path(tmp_path / "exchange/intro/inbound").iterdir()) == []


def test_where_the_hub_has_an_environment_of_its_own_a_courses_server_is_found_in_that_of_its_users(monkeypatch):
    """In The Littlest JupyterHub the hub's own `jupyterhub-singleuser` comes first on its path, without JupyterLab."""
    monkeypatch.setenv("PATH", "/opt/tljh/hub/bin:/usr/bin")
    made = Config()
    candor_hub.set_up(made, [candor_hub.Course("intro", "/x")], "/e", "/roles", False, 9100, "/opt/tljh/user/bin")
    (service,) = made.JupyterHub.services
    assert service["command"] == ["/opt/tljh/user/bin/jupyterhub-singleuser"]
    assert service["environment"]["PATH"] == "/opt/tljh/user/bin:/opt/tljh/hub/bin:/usr/bin"
