"""A JupyterHub for courses: who is who, and which tools each kind of server has.

The same for every way of running a hub: `jupyterhub_config.py` (one machine, one container), The Littlest JupyterHub
and Zero to JupyterHub hand their `c` to `set_up`. It needs nothing but JupyterHub, so that a hub's own image need not
hold Candor.

Groups are nbgrader's: `formgrade-COURSE` may open the course's Formgrader, `nbgrader-COURSE` fetches and hands in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: A name at the hub is a folder in the exchange and an id in the gradebook, so both must be able to have it.
NAME = r"[a-z0-9][a-z0-9.@_-]{0,63}"
COURSE = r"[a-z0-9][a-z0-9-]{0,40}"
#: What a person's server may ask the hub, as far as the person may: its groups, and (teachers) which courses run.
OWN = ["users:activity!user", "access:servers!server", "read:users!user", "list:services", "read:services"]


class Wrong(Exception):
    """What is wrong with the list of courses, in one line."""


@dataclass(frozen=True)
class Course:
    """One course. `folder`: where `grader course` made it. `shared`: its teachers open it from servers of their own,
    and not from the one that the hub runs for it. `context`: its id at a learning platform, for logins by LTI.
    `account`: of the system, under which the hub runs the course's server, where the hub itself is root."""

    name: str
    folder: str
    teachers: tuple[str, ...] = ()
    trainees: tuple[str, ...] = ()
    shared: bool = False
    context: str = ""
    account: str = ""

    @property
    def teaching(self) -> str:
        return f"formgrade-{self.name}"

    @property
    def learning(self) -> str:
        return f"nbgrader-{self.name}"


def courses_of(said: object) -> list[Course]:
    """The courses in what `courses.yml` says: a name for each, and below it its words. Raises Wrong."""
    if not isinstance(said, Mapping) or not said:
        raise Wrong("names no course: write one as `my-course: {folder: /srv/courses/my-course}`.")
    found = []
    for name, words in said.items():
        if not isinstance(name, str) or not re.fullmatch(COURSE, name):
            raise Wrong(f"`{name}` cannot be a course's name: small letters, figures and hyphens.")
        if not isinstance(words, Mapping) or not isinstance(words.get("folder"), str):
            raise Wrong(f"`{name}` has no `folder`: the one that `grader course` made.")
        if odd := set(words) - {"folder", "teachers", "trainees", "shared", "context", "account"}:
            raise Wrong(f"`{name}` says `{sorted(map(str, odd))[0]}`, which means nothing here.")
        people = {what: tuple(map(str, words.get(what) or ())) for what in ("teachers", "trainees")}
        if wrong := [one for one in people["teachers"] + people["trainees"] if not re.fullmatch(NAME, one)]:
            raise Wrong(f"`{name}` names `{wrong[0]}`: small letters, figures, full stops, hyphens, @ and _.")
        more = {what: str(words.get(what) or "") for what in ("context", "account")}
        found.append(Course(name, words["folder"], **people, shared=bool(words.get("shared")), **more))
        for what in ("folder", "context"):
            said = getattr(found[-1], what)
            if twice := next((one.name for one in found[:-1] if said and getattr(one, what) == said), ""):
                raise Wrong(f"`{name}` has the {what} of `{twice}`: each course has one of its own.")
    return found


def set_up(
    c: Any,
    courses: Iterable[Course],
    exchange: str,
    roles: str,
    own_groups: bool,
    first_port: int,
    programs: str = "",
) -> None:
    """Everything about courses in a hub's configuration `c`.

    `exchange`: nbgrader's exchange, a folder that every server sees. `roles`: the folder of that name beside this file,
    as the servers see it. `own_groups`: the login says who is in which course (LTI), and not the list.
    `first_port`: of the courses' servers, on this machine alone. `programs`: the folder of their programs, where the
    hub has an environment of its own (The Littlest JupyterHub); else they are found as the hub finds its own.
    """
    courses = list(courses)
    common = {"CANDOR_EXCHANGE": exchange}
    c.Authenticator.username_pattern = f"^{NAME}$"
    if own_groups:
        c.Authenticator.manage_groups = True
    else:
        people = {one.teaching: one.teachers for one in courses} | {one.learning: one.trainees for one in courses}
        c.JupyterHub.load_groups = {name: {"users": list(users)} for name, users in people.items()}
        c.Authenticator.allowed_users = {user for users in people.values() for user in users}
        c.Authenticator.allow_existing_users = False  # who is taken off the list logs in no more
    _add(c.JupyterHub, "load_roles", [{"name": "server", "scopes": OWN}, *map(_access, courses)])
    run = [
        _service(one, common, roles, first_port + number, programs)
        for number, one in enumerate(courses)
        if not one.shared
    ]
    _add(c.JupyterHub, "services", run)
    c.JupyterHub.allow_named_servers = any(one.shared for one in courses)
    c.Spawner.default_url = "/lab"
    c.Spawner.pre_spawn_hook = lambda spawner: before_start(spawner, courses, roles, common)


def _add(section: Any, name: str, more: list[Any]) -> None:
    """To a list in a configuration: what another file has put there stays (the culler of idle servers, say)."""
    there = section.get(name)
    section[name] = [*(there.get_value([]) if hasattr(there, "get_value") else there or ()), *more]


def _access(course: Course) -> dict[str, Any]:
    its = f"services!service={course.name}"
    scopes = ["self"] if course.shared else ["self", f"access:{its}", f"read:{its}", f"list:{its}"]
    return {"name": f"teaches-{course.name}", "groups": [course.teaching], "scopes": scopes}


def _service(course: Course, common: Mapping[str, str], roles: str, port: int, programs: str) -> dict[str, Any]:
    """The server of a course, which the hub runs and all its teachers open."""
    environment = {**common, **_course(course, roles)}
    for name in ("PATH", "HOME", "LANG"):
        if name in os.environ:
            environment[name] = os.environ[name]
    if programs:
        environment["PATH"] = os.pathsep.join(filter(None, (programs, environment.get("PATH"))))
    under = {"user": course.account} if course.account else {}
    return {
        **under,
        "name": course.name,
        "url": f"http://127.0.0.1:{port}",
        "command": [os.path.join(programs, "jupyterhub-singleuser")],
        "cwd": course.folder,
        "environment": environment,
        "oauth_no_confirm": True,
    }


def _course(course: Course, roles: str) -> dict[str, str]:
    """What only a course's own server knows: its folder, and the way to its gradebook."""
    known = {name: os.environ[name] for name in ("PGPASSFILE", "PGPASSWORD") if name in os.environ}
    return {"JUPYTER_CONFIG_PATH": f"{roles}/course", "CANDOR_COURSE": course.folder, **known}


def before_start(spawner: Any, courses: Iterable[Course], roles: str, common: Mapping[str, str]) -> None:
    """Which tools a person's server has, by the person's groups at this moment. A named server is a shared course."""
    groups = {group.name for group in spawner.user.groups}
    teaches = [one for one in courses if one.teaching in groups]
    learns = [one.name for one in courses if one.learning in groups]
    environment = {**spawner.environment, **common}
    if spawner.name:
        shared = next((one for one in teaches if one.shared and one.name == spawner.name), None)
        if shared is None:
            raise _refused(f"You teach no shared course `{spawner.name}`.")
        environment |= _course(shared, roles)
    elif teaches:
        environment |= {"JUPYTER_CONFIG_PATH": f"{roles}/teacher"}
    else:
        environment |= {"JUPYTER_CONFIG_PATH": f"{roles}/trainee", "CANDOR_COURSES": " ".join(learns)}
    spawner.environment = environment


def _refused(words: str) -> Exception:
    from tornado.web import HTTPError

    return HTTPError(403, words)


# ---- Login by LTI 1.3 ------------------------------------------------------------------------------------------------

_CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
_TEACHING = ("#Instructor", "#TeachingAssistant", "#Mentor", "#ContentDeveloper")


def lti_groups(launch: Mapping[str, Any], courses: Iterable[Course]) -> set[str]:
    """The groups that a launch from a learning platform gives: those of the course in whose context it was started, by
    the role that the platform says. None for another context."""
    context = str((launch.get(f"{_CLAIM}/context") or {}).get("id") or "")
    said = [str(role) for role in launch.get(f"{_CLAIM}/roles") or ()]
    here = [role for role in said if "/membership" in role]  # a role at the institution says nothing of the course
    course = next((one for one in courses if context and one.context == context), None)
    if course is None:
        return set()
    if any(role.endswith(_TEACHING) for role in here):
        return {course.teaching}
    return {course.learning} if any(role.endswith("#Learner") for role in here) else set()


def lti(c: Any, courses: Iterable[Course], platform: Mapping[str, str]) -> None:
    """Log in from a learning platform by LTI 1.3. `platform`: issuer, client_id, authorize_url, jwks_url and, where it
    is not `sub`, the claim that is a person's id in the roster (`username`)."""
    courses = list(courses)
    c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
    c.LTI13Authenticator.issuer = platform["issuer"]
    c.LTI13Authenticator.client_id = {platform["client_id"]}
    c.LTI13Authenticator.authorize_url = platform["authorize_url"]
    c.LTI13Authenticator.jwks_endpoint = platform["jwks_url"]
    c.LTI13Authenticator.username_key = platform.get("username") or "sub"
    c.LTI13LaunchValidator.time_leeway = 60  # s; of two clocks one is always ahead
    c.Authenticator.enable_auth_state = True

    async def enter(authenticator: Any, handler: Any, model: dict[str, Any]) -> dict[str, Any] | None:
        """Refused where the launch is of no course here; who is in several courses keeps the others."""
        given = lti_groups(model.get("auth_state") or {}, courses)
        if not given:
            authenticator.log.warning("A launch for %s names no course of this hub.", model.get("name"))
            return None
        from jupyterhub import orm

        there = orm.User.find(handler.db, model["name"])
        before = {group.name for group in there.groups} if there else set()
        taken = {
            name for one in courses if {one.teaching, one.learning} & given for name in (one.teaching, one.learning)
        }
        return {**model, "groups": sorted(before - taken | given)}

    c.Authenticator.post_auth_hook = enter
    c.Authenticator.allow_all = True  # whoever the platform sends for a course of ours
