"""A real JupyterHub on loopback, as `deploy/` sets it up, and people who use it through its pages and addresses."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import yaml

from .project import ROOT

PROXY = ROOT / "deploy" / "node_modules" / ".bin"
START = 240  # s, on a busy machine
#: The one that is deployed. Servers refuse to run as root, which tests may.
CONFIG = """\
import os

load_subconfig({deployed!r})
if os.getuid() == 0:
    c.Spawner.args = ["--allow-root"]
    for one in c.JupyterHub.services:
        one["command"] = [*one["command"], "--allow-root"]
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@dataclass
class Hub:
    """A hub in a folder. `courses`: what courses.yml says."""

    folder: Path
    courses: dict
    environment: dict = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def start(self, db: str) -> "Hub":
        if not (PROXY / "configurable-http-proxy").exists():
            pytest.skip("configurable-http-proxy is not installed (make hub-test installs it)")
        self.port, hub, api = free_port(), free_port(), free_port()
        listed = self.folder / "courses.yml"
        listed.write_text(yaml.safe_dump(self.courses))
        said = {
            "CANDOR_COURSES": str(listed),
            "CANDOR_EXCHANGE": str(self.folder / "exchange"),
            "CANDOR_HOMES": str(self.folder / "homes"),
            "CANDOR_HUB_DB": db,
            "CANDOR_BIND": f"http://127.0.0.1:{self.port}",
            "CANDOR_HUB_BIND": f"http://127.0.0.1:{hub}",
            "CANDOR_PROXY_API": f"http://127.0.0.1:{api}",
            "CANDOR_COURSE_PORTS": str(free_port()),
            "CANDOR_AUTHENTICATOR": "dummy",
            "PATH": f"{Path(sys.executable).parent}:{PROXY}:{os.environ['PATH']}",
            **self.environment,
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "CANDOR", "LTI"))}
        kept.pop("PYTHONPATH", None)
        self.log = self.folder / "hub.log"
        config = self.folder / "hub.py"
        config.write_text(CONFIG.format(deployed=str(ROOT / "deploy" / "jupyterhub_config.py")))
        command = [sys.executable, "-m", "jupyterhub", "--config", str(config)]
        self.process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=kept | said,
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        end = time.monotonic() + START
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()[-4000:]
            try:
                if httpx.get(f"{self.address}/hub/api/health").status_code == 200:
                    return self
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise AssertionError(f"The hub does not answer:\n{self.log.read_text()[-4000:]}")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)

    def person(self, name: str, server: str = "") -> "Person":
        return Person(self, name, server).log_in()


@dataclass
class Person:
    """Somebody in a browser without scripts: cookies, redirects, and what a page's script would send."""

    hub: Hub
    name: str
    server: str = ""

    def __post_init__(self):
        self.web = httpx.Client(base_url=self.hub.address, follow_redirects=True, timeout=60)

    def log_in(self) -> "Person":
        page = self.web.get("/hub/login")
        words = {"username": self.name, "password": "", "_xsrf": self._xsrf("/hub/")}
        self.entered = self.web.post("/hub/login?next=/hub/home", data=words, headers={"Referer": str(page.url)})
        return self

    def _xsrf(self, path: str) -> str:
        kept = [one.value for one in self.web.cookies.jar if one.name == "_xsrf" and path.startswith(one.path)]
        return kept[-1] or ""

    @property
    def base(self) -> str:
        return f"/user/{self.name}/{self.server + '/' if self.server else ''}"

    def open_lab(self, base: str = "") -> str:
        """The page of one's server, which the hub starts; its text."""
        place = base or self.base
        end = time.monotonic() + START
        while time.monotonic() < end:
            try:
                if not base:  # the hub may ask for patience, or be at it already
                    self.web.get(f"/hub/spawn/{self.name}/{self.server}".rstrip("/"))
                page = self.web.get(f"{place}lab")
            except httpx.HTTPError:
                time.sleep(0.5)
                continue
            if page.status_code == 200 and "jupyter-config-data" in page.text:
                return page.text
            time.sleep(1)
        raise AssertionError(f"{place}: {page.status_code} {page.url}\n{self.hub.log.read_text()[-3000:]}")

    def said(self, page: str) -> dict:
        """What a Lab's page tells its scripts."""
        start = page.index("{", page.index('id="jupyter-config-data"'))
        return json.JSONDecoder().raw_decode(page[start:])[0]

    def send(self, method: str, path: str, **more) -> httpx.Response:
        place = more.pop("place", "") or self.base
        headers = {"X-XSRFToken": self._xsrf(place), "Referer": f"{self.hub.address}{place}lab"}
        return self.web.request(method, place + path, headers=headers, **more)

    def assignments(self, action: str, **words) -> dict:
        method, path = ("GET", "assignments") if action == "list" else ("POST", f"assignments/{action}")
        return self.send(method, path, params=words).json()
