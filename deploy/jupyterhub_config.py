"""JupyterHub on one machine or in one container: `jupyterhub --config jupyterhub_config.py`.

Everything that differs from place to place is in the environment (`env.example` explains each word) and in
`courses.yml`. There is no password in it, and none by default: without a way to log in the hub does not start.
"""

import os
import sys
from pathlib import Path

import yaml

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))
import candor_hub  # noqa: E402

c = get_config()  # noqa: F821


def need(name, why):
    value = os.environ.get(name, "").strip()
    if not value:
        sys.exit(f"{name} is not set: {why} See deploy/env.example.")
    return value


place = Path(need("CANDOR_COURSES", "the file that lists the courses."))
try:
    courses = candor_hub.courses_of(yaml.safe_load(place.read_text(encoding="utf-8")))
except (OSError, yaml.YAMLError, candor_hub.Wrong) as error:
    sys.exit(f"{place}: {error}")
for one in courses:
    if not (Path(one.folder) / "nbgrader_config.py").is_file():
        sys.exit(f"{place}: {one.folder} is no course. Make it: grader course {one.folder} --id {one.name}")

exchange = Path(need("CANDOR_EXCHANGE", "nbgrader's exchange, a folder on a disk that lasts."))
homes = Path(need("CANDOR_HOMES", "where each person's folder is, on a disk that lasts."))
exchange.mkdir(parents=True, exist_ok=True)
exchange.chmod(0o777)  # nbgrader refuses one that not everybody can write to
homes.mkdir(parents=True, exist_ok=True)

lti = os.environ.get("LTI_ISSUER", "").strip()
candor_hub.set_up(
    c, courses, str(exchange), str(here / "roles"), bool(lti), int(os.environ.get("CANDOR_COURSE_PORTS", 9100))
)
if lti:
    words = ("issuer", "client_id", "authorize_url", "jwks_url")
    platform = {word: need(f"LTI_{word.upper()}", "the learning platform says it.") for word in words}
    candor_hub.lti(c, courses, platform | {"username": os.environ.get("LTI_USERNAME", "")})
else:
    c.JupyterHub.authenticator_class = need("CANDOR_AUTHENTICATOR", "how people log in; or LTI_ISSUER and its like.")

c.Authenticator.admin_users = set(os.environ.get("CANDOR_ADMINS", "").split())
c.JupyterHub.bind_url = os.environ.get("CANDOR_BIND", "http://127.0.0.1:8000")
c.JupyterHub.hub_bind_url = os.environ.get("CANDOR_HUB_BIND", "http://127.0.0.1:8081")
c.JupyterHub.db_url = need("CANDOR_HUB_DB", "the hub's database: postgresql+psycopg://USER@HOST/hub")
c.JupyterHub.cookie_secret_file = str(homes.parent / "cookie-secret")
c.ConfigurableHTTPProxy.pid_file = str(homes.parent / "proxy.pid")
if os.environ.get("CANDOR_PROXY_API"):
    c.ConfigurableHTTPProxy.api_url = os.environ["CANDOR_PROXY_API"]

# One account of the system for all: what keeps trainees apart is that their servers run nothing (roles/trainee).
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{homes}/{{username}}"
c.Spawner.cmd = ["jupyterhub-singleuser"]
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL", "PYTHONPATH"]
c.JupyterHub.concurrent_spawn_limit = 10  # a class that comes at once waits its turn, a few seconds each
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
