"""A learning platform's Assignment and Grade Services (LTI Advantage, 1EdTech): a token, a line item, scores.

The tool signs a statement of who it is (RFC 7523, RS256), gets a token for an hour or so, and posts each score with it.
What fails for now is tried again; what is refused is said in one line, and never with the key or the token in it.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from ..cards.platform import Platform
from ..language import later, t

SCORE, ITEM = (f"https://purl.imsglobal.org/spec/lti-ags/scope/{name}" for name in ("score", "lineitem"))
_MEDIA = "application/vnd.ims.lis.v"
ITEMS, ONE_ITEM, ONE_SCORE = f"{_MEDIA}2.lineitemcontainer+json", f"{_MEDIA}2.lineitem+json", f"{_MEDIA}1.score+json"
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TRIES, LONGEST, TIMEOUT = 4, 60.0, 30.0  # of one request; seconds between two; seconds for an answer
LARGEST = 4 << 20  # bytes of an answer
_HINTS = {
    400: later("the platform does not accept it"),
    401: later("the platform does not know the tool, or its key"),
    403: later("the platform does not allow it: look at the tool's rights there"),
    404: later("the platform does not have it"),
    409: later("the platform has a later one"),
    422: later("the platform does not accept it"),
}


class Refused(Exception):
    """What the platform, or the way to it, refused; one line. `whole`: everything else would be refused, too."""

    def __init__(self, words: str, whole: bool = False):
        super().__init__(words)
        self.whole = whole


class Score(NamedTuple):
    """One person's score. `user`: their id at the platform. `at`: UTC, ISO 8601; later than that of the last one."""

    user: str
    given: float
    maximum: float
    at: str


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a token goes nowhere but to the address that the program wrote down."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def private_key(path: Path) -> RSAKey:
    """The tool's key. Raises Refused where the file is none, or others can read it."""
    try:
        if path.stat().st_mode & 0o077:
            raise Refused(t("{path}: others can read this key. Run: chmod 600 {path}", path=path), True)
        key = RSAKey.import_key(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Refused(
            t("{path}: {error}. It is the tool's private key.", path=path, error=error.strerror), True
        ) from None
    except (ValueError, TypeError, JoseError):
        key = None
    if key is None or not key.is_private:
        raise Refused(t("{path}: is no private key as `grader lms keygen` makes it.", path=path), True)
    return key


class Client:
    """A tool at a platform. `wait`: sleeps for some seconds."""

    def __init__(self, platform: Platform, key: RSAKey, wait: Callable[[float], object] = time.sleep):
        self.platform, self._key, self._wait = platform, key, wait
        self._token, self._until = "", 0.0
        self._open = urllib.request.build_opener(_Stay).open

    def line_item(self, assignment: str, title: str, maximum: float) -> str:
        """The address of an assignment's column, which is made where there is none. Raises Refused."""
        if own := next((str(one.url) for one in self.platform.items if one.assignment == assignment), ""):
            return own
        place = str(self.platform.line_items or "")
        if not place:
            raise Refused(
                t(
                    "There is neither an `items` for `{assignment}` nor `line_items` in the platform's file.",
                    assignment=assignment,
                ),
                True,
            )
        name = f"candor-{assignment}"
        query = urllib.parse.urlencode({"resource_id": name})
        found = self._ask("GET", f"{place}{'&' if '?' in place else '?'}{query}", ITEMS)
        if not isinstance(found, list):  # or each run would make one more column
            raise Refused(
                t("{place}: does not list the columns. Is it the address of the line items?", place=_place(place)), True
            )
        for row in found:  # not every platform looks at the query
            if isinstance(row, dict) and row.get("resourceId") == name and isinstance(row.get("id"), str):
                return str(row["id"])
        wanted = {"label": title, "scoreMaximum": maximum, "resourceId": name}
        made = self._ask("POST", place, ONE_ITEM, wanted)
        if not isinstance(made, dict) or not isinstance(made.get("id"), str):
            raise Refused(
                t(
                    "{place}: the platform made a column for `{assignment}` and does not say where.",
                    place=place,
                    assignment=assignment,
                ),
                True,
            )
        return str(made["id"])

    def post(self, item: str, score: Score) -> None:
        """Post one score to a column. Raises Refused."""
        path, mark, query = item.partition("?")
        body = {
            "userId": score.user,
            "scoreGiven": score.given,
            "scoreMaximum": score.maximum,
            "timestamp": score.at,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
        }
        self._ask("POST", f"{path}/scores{mark}{query}", ONE_SCORE, body)

    # ---- Asking --------------------------------------------------------------------------------------------------

    def _ask(self, method: str, url: str, media: str, body: Mapping[str, object] | None = None) -> object:
        """One request with a token; a token that has run out is renewed once."""
        data = json.dumps(body).encode() if body is not None else None
        for again in (True, False):
            headers = {"Authorization": f"Bearer {self._bearer()}", "Accept": media if method == "GET" else "*/*"}
            if data is not None:
                headers["Content-Type"] = media
            try:
                return self._send(method, url, headers, data)
            except _Status as error:
                if error.code == 401 and again:
                    self._token = ""
                    continue
                whole = error.code in (401, 403)
                raise Refused(f"{_place(url)}: {error.code}, {_HINTS.get(error.code, 'refused')}.", whole) from None
        raise AssertionError

    def _bearer(self) -> str:
        if self._token and time.monotonic() < self._until:
            return self._token
        url, who = str(self.platform.token_url), str(self.platform.client_id)
        now = int(time.time())
        claims: dict[str, str | int] = {"iss": who, "sub": who, "aud": str(self.platform.audience or url)}
        claims |= {"iat": now, "exp": now + 300, "jti": uuid.uuid4().hex}
        header = {"alg": "RS256", "typ": "JWT", "kid": self._key.kid}
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": _ASSERTION,
            "client_assertion": jwt.encode(header, claims, self._key),
            "scope": f"{ITEM} {SCORE}" if self.platform.line_items else SCORE,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        try:
            said = self._send("POST", url, headers, urllib.parse.urlencode(form).encode())
        except _Status as error:
            raise Refused(
                t(
                    "{place}: no token ({code}). The platform does not know the tool: compare client_id, "
                    "audience, the public key that was registered, the tool's rights there and this machine's "
                    "clock.",
                    place=_place(url),
                    code=error.code,
                ),
                True,
            ) from None
        token = said.get("access_token") if isinstance(said, dict) else None
        if not isinstance(said, dict) or not isinstance(token, str) or not _sendable(token):
            raise Refused(t("{place}: the answer holds no token.", place=_place(url)), True)
        if "scope" in said and SCORE not in str(said["scope"]).split():
            raise Refused(
                t("{place}: this tool may not post scores. Give it that right at the platform.", place=_place(url)),
                True,
            )
        lasts = said.get("expires_in", 3600)
        self._token = token
        self._until = time.monotonic() + (float(lasts) if isinstance(lasts, int | float) else 3600.0) - 30
        return token

    def _send(self, method: str, url: str, headers: dict[str, str], data: bytes | None) -> object:
        """What is answered, read as JSON where there is some. Tried again where that may help. Raises _Status, and
        Refused where nothing answers."""
        if not _safe(url):
            raise Refused(t("{place}: is no address that begins with https://.", place=_place(url)), True)
        for left in reversed(range(TRIES)):
            request = urllib.request.Request(url, data, headers, method=method)
            try:
                with self._open(request, timeout=TIMEOUT) as answer:
                    return _read(answer.read(LARGEST + 1), url)
            except urllib.error.HTTPError as error:
                error.close()
                if left and (error.code == 429 or error.code >= 500):
                    self._wait(_pause(error.headers, TRIES - left))
                    continue
                if error.code >= 500 or error.code == 429:
                    patience = later("{place}: the platform asks for patience ({code}). Try again later.")
                    broken = later("{place}: the platform has an error of its own ({code}). Try again later.")
                    words = patience if error.code == 429 else broken
                    raise Refused(t(words, place=_place(url), code=error.code), True) from None
                raise _Status(error.code) from None
            except (OSError, HTTPException) as error:
                if not left:
                    why = getattr(error, "reason", None) or error
                    raise Refused(
                        t("{place}: does not answer ({why}). Try again later.", place=_place(url), why=why), True
                    ) from None
                self._wait(_pause(None, TRIES - left))
        raise AssertionError


def _read(text: bytes, url: str) -> object:
    """What a platform answered, as JSON; None for none. Raises Refused for a web page: behind a page that asks people
    to log in, or says that the platform is closed, nothing was taken."""
    start = text.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") or len(text) > LARGEST:
        raise Refused(
            t(
                "{place}: answers with a page for people, which counts as refused. Compare the address.",
                place=_place(url),
            ),
            True,
        )
    try:
        return json.loads(start) if start else None
    except ValueError:
        return None


def _sendable(token: str) -> bool:
    return token.isascii() and token.isprintable() and bool(token.strip())


class _Status(Exception):
    def __init__(self, code: int):
        self.code = code


def _pause(headers: Message | None, tried: int) -> float:
    """Seconds until the next try: what the platform asks for, or longer each time."""
    said = str(headers.get("Retry-After", "")) if headers else ""
    return min(float(said), LONGEST) if said.isdigit() else float(2 ** (tried - 1))


def _safe(url: str) -> bool:
    """Whether a token may go there: encrypted, or on this machine (a test's platform)."""
    parts = urllib.parse.urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1"))


def _place(url: str) -> str:
    """An address as it may be shown: without what stands behind a question mark."""
    return url.partition("?")[0]
