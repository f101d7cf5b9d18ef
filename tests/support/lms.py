"""A learning platform on loopback, as far as LTI's Assignment and Grade Services go. It looks at what it is sent, as a
real one does: signature, audience, times, scope, content type, user."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, AGS = "candor-4711", "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCORE = "application/vnd.ims.lis.v1.score+json"


class Platform:
    """`scores`: (line item, user) -> what was posted, in order. `replies`: statuses to give to the next posts of
    scores. `scope`: what a token gives. `users`: who is in the course there, everybody by default. `page`: an address
    ends so, and a page for people is answered there, with 200."""

    def __init__(self, public: dict):
        self.public = jwt.PyJWK(public).key
        self.scores: dict[tuple[str, str], list[dict]] = {}
        self.items: dict[str, dict] = {}
        self.replies: list[tuple[int, dict]] = []
        self.scope = f"{AGS}score {AGS}lineitem"
        self.users: set[str] | None = None
        self.page = ""
        self.scopes: list[str] = []
        self.tokens: list[str] = []
        self.asked: list[str] = []
        self.seen: set[str] = set()

    @contextmanager
    def serving(self):
        place = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                place.answer(self)

            def do_POST(self):
                place.answer(self)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()

    def answer(self, handler) -> None:
        data = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        path = urlsplit(handler.path).path
        self.asked.append(f"{handler.command} {path}")
        status, headers, said = self._answer(handler, path, data)
        body = said if isinstance(said, bytes) else json.dumps(said).encode() if said is not None else b""
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def _answer(self, handler, path, data):
        if self.page and path.endswith(self.page):
            return 200, {}, b"\n<!DOCTYPE html><title>Log in</title>"
        if path == "/token":
            return self._token(parse_qs(data.decode()))
        token = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token or token not in self.tokens:
            return 401, {}, {"error": "invalid_token"}
        if path == "/items" and handler.command == "GET":
            return 200, {}, list(self.items.values())
        if path == "/items":
            assert handler.headers["Content-Type"] == "application/vnd.ims.lis.v2.lineitem+json"
            made = json.loads(data)
            made["id"] = f"{self.address}/items/{len(self.items) + 1}?type=tool"
            self.items[made["resourceId"]] = made
            return 201, {}, made
        assert path.endswith("/scores") and handler.headers["Content-Type"] == SCORE, handler.path
        if self.replies:
            status, headers = self.replies.pop(0)
            return status, headers, {"error": "as the test wants it"}
        return self._score(path, json.loads(data))

    def _token(self, form):
        try:
            claims = jwt.decode(
                form["client_assertion"][0], self.public, ["RS256"], audience=f"{self.address}/token", issuer=CLIENT
            )
        except jwt.PyJWTError as error:
            return 401, {}, {"error": "invalid_client", "error_description": str(error)}
        assert claims["sub"] == CLIENT and claims["exp"] - time.time() <= 300 and claims["jti"] not in self.seen
        self.seen.add(claims["jti"])
        self.scopes.append(form["scope"][0])
        assert form["grant_type"] == ["client_credentials"] and f"{AGS}score" in form["scope"][0].split()
        self.tokens.append(f"token-{len(self.tokens)}")
        return 200, {}, {"access_token": self.tokens[-1], "expires_in": 3600, "scope": self.scope}

    def _score(self, path, score):
        if self.users is not None and score["userId"] not in self.users:
            return 404, {}, {"error": "no such user"}
        assert 0 <= score["scoreGiven"] <= score["scoreMaximum"] and score["gradingProgress"] == "FullyGraded"
        assert score["activityProgress"] == "Completed" and score["timestamp"].endswith("Z")
        kept = self.scores.setdefault((path.removesuffix("/scores"), score["userId"]), [])
        if kept and kept[-1]["timestamp"] >= score["timestamp"]:
            return 409, {}, {"error": "older"}
        kept.append(score)
        return 204, {}, None


def write_file(folder: Path, address: str, **more: str) -> Path:
    """`lms.yml`, as a program writes it, beside the keys."""
    words = {
        "title": "Our LMS",
        "client_id": CLIENT,
        "token_url": f"{address}/token",
        "line_items": f"{address}/items",
        "key": "candor-lms-private.json",
        **more,
    }
    path = folder / "lms.yml"
    path.write_text("".join(f"{name}: {json.dumps(value)}\n" for name, value in words.items() if value))
    return path
