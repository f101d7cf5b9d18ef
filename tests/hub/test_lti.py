"""Logging in from a learning platform by LTI 1.3: who is who, and what is refused."""

import functools
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from support.course import write_library
from support.hub import Hub, Person
from support.project import run

ISSUER, CLIENT = "https://lms.example.org", "hub-4711"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#"


@functools.cache
def key_of(whose: str) -> rsa.RSAPrivateKey:
    """Made when it is first asked for: that takes a while, and most runs have no hub."""
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="module")
def keys():
    shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key_of("platform").public_key())) | {
        "kid": "one",
        "alg": "RS256",
        "use": "sig",
    }

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            body = json.dumps({"keys": [shown]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="module")
def hub(wanted, tmp_path_factory, postgres, keys):
    base = tmp_path_factory.mktemp("lti")
    folder = base / "courses/intro"
    done = run("grader", "course", str(folder), "--library", str(write_library(base / "library")), "--id", "intro")
    assert done.returncode == 0, done.stdout
    environment = {
        "LTI_ISSUER": ISSUER,
        "LTI_CLIENT_ID": CLIENT,
        "LTI_AUTHORIZE_URL": f"{keys}/authorize",
        "LTI_JWKS_URL": f"{keys}/keys",
        "JUPYTERHUB_CRYPT_KEY": secrets.token_hex(32),
    }
    made = Hub(base, {"intro": {"folder": str(folder), "context": "4711"}}, environment)
    try:
        yield made.start(postgres("ltihub"))
    finally:
        made.stop()


def launch(hub, user: str, role: str, context="4711", signer="platform", ahead=0) -> Person:
    one = Person(hub, user)
    asked = {"iss": ISSUER, "login_hint": user, "client_id": CLIENT, "target_link_uri": f"{hub.address}/hub/home"}
    answer = one.web.get("/hub/lti13/oauth_login", params=asked, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    wanted = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
    now = int(time.time()) + ahead
    claims = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": user,
        "iat": now,
        "exp": now + 300,
        "nonce": wanted["nonce"],
        f"{CLAIM}/version": "1.3.0",
        f"{CLAIM}/message_type": "LtiResourceLinkRequest",
        f"{CLAIM}/deployment_id": "1",
        f"{CLAIM}/target_link_uri": asked["target_link_uri"],
        f"{CLAIM}/resource_link": {"id": "1"},
        f"{CLAIM}/context": {"id": context},
        f"{CLAIM}/roles": [ROLE + role],
    }
    token = jwt.encode(claims, key_of(signer), "RS256", {"kid": "one"})
    one.entered = one.web.post("/hub/lti13/oauth_callback", data={"id_token": token, "state": wanted["state"]})
    return one


def test_a_learner_gets_the_desk_and_an_instructor_the_course(hub):
    ada = launch(hub, "ada", "Learner")
    assert ada.said(ada.open_lab())["candorDesk"] == "true"
    assert ada.web.get("/services/intro/lab").status_code == 403
    assert (hub.folder / "homes/ada/desk/intro").is_dir()
    mary = launch(hub, "mary", "Instructor")
    assert "candorDesk" not in mary.said(mary.open_lab())
    mary.open_lab("/services/intro/")


def test_a_platform_s_clock_may_be_half_a_minute_ahead_and_no_hour(hub):
    assert launch(hub, "chidi", "Learner", ahead=30).web.get("/hub/api/user").status_code == 200
    assert launch(hub, "eve", "Learner", ahead=3600).entered.status_code == 400


@pytest.mark.parametrize("more", [{"context": "4712"}, {"role": "Guest"}, {"signer": "nobody"}])
def test_a_launch_of_another_course_role_or_key_enters_nowhere(hub, more):
    eve = launch(hub, "eve", more.get("role", "Learner"), more.get("context", "4711"), more.get("signer", "platform"))
    assert eve.entered.status_code in (400, 401, 403), eve.entered.url
    assert eve.web.get("/hub/api/user").status_code == 403
