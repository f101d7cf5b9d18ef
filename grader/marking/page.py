"""`grader marks serve` and `grader calibrate --page`: a reflection on a page of one's own machine, one answer after the
other.

It listens on 127.0.0.1 alone. The address that is printed opens it once; after that a cookie does. What the
page calls saved is in the gradebook.
"""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs

from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from . import calibrate
from .blind import BlindDesk
from .board import Change, Desk, Row, Unsupported
from ..cards.model import Reflection
from ..language import MARKING, for_scripts, t
from ..web import fonts
from ..web.shell import page as whole
from ..web.shell import stylesheet

HERE = Path(__file__).parent
AnyDesk = Desk | BlindDesk
SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def serve(desks: list[AnyDesk], who: str, say: Callable[[str], None], port: int = 0) -> None:
    """Serve until Ctrl+C. `say` gets the address, with the token that opens it once. `desks`: see app."""
    import uvicorn

    token = secrets.token_urlsafe(24)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        port = listening.getsockname()[1]
        listening.listen()  # before the address is printed: whoever opens it at once waits, and is not refused
        say(f"http://127.0.0.1:{port}/?token={token}")
        uvicorn.Server(uvicorn.Config(app(desks, who, token, port), log_level="warning", lifespan="off")).run(
            sockets=[listening]
        )


def _script(request: Request) -> Response:
    return _with(FileResponse(HERE / "page.js"))


def _words(request: Request) -> Response:
    return _with(Response(for_scripts(MARKING), media_type="text/javascript"))


def _sheet(request: Request) -> Response:
    return _with(
        Response(
            fonts.linked("/fonts/") + stylesheet((HERE / "page.css").read_text(encoding="utf-8")),
            media_type="text/css",
        )
    )


def _font(request: Request) -> Response:
    found = next((path for path in fonts.files() if path.name == request.path_params["name"]), None)
    return _with(FileResponse(found, media_type="font/woff2") if found else Response(status_code=404))


def app(desks: list[AnyDesk], who: str, token: str, port: int = 0) -> Starlette:
    """The pages of one desk, or of two: calibration, and once that is done the answers.

    `token` opens them once; then only the browser that used it comes in. The cookie is named after the port: two
    desks may be open.
    """
    calibration = desks[0]  # where there is one, its agreed marks can be seen again beside the answers
    state, todo, turn = {"token": token, "cookie": ""}, list(desks), threading.Lock()
    again = "grader calibrate" if isinstance(desks[-1], BlindDesk) else "grader marks serve"
    name = f"candor-marks-{port}"

    def known(request: Request) -> bool:
        # Another server of this machine is the same site to a browser, which gives its pages the cookie, too.
        ours = request.method == "GET" or request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
        return ours and _same(request.cookies.get(name, ""), state["cookie"])

    def door(request: Request) -> Response:
        given = request.query_params.get("token", "")
        if _same(given, state["token"]):
            state["token"], state["cookie"] = "", secrets.token_urlsafe(24)
            answer = RedirectResponse("/", 303)
            answer.set_cookie(name, state["cookie"], httponly=True, samesite="strict")
            return answer
        if not known(request):
            return _closed(again)
        with turn:  # two windows may go on at once
            return _with(_next(todo))

    def show(request: Request) -> Response:
        if not known(request):
            return _closed(again)
        rows = todo[0].rows()
        place = next((number for number, row in enumerate(rows) if row.id == request.path_params["id"]), None)
        return RedirectResponse("/", 303) if place is None else _with(_row(todo[0], rows, place, _over(calibration)))

    async def write(request: Request) -> Response:
        if not known(request):
            return _with(JSONResponse({"said": t("This page is closed. Start `{command}` again.", command=again)}, 403))
        return _with(await _write(todo[0], request, who))

    async def whose(request: Request) -> Response:
        return _with(await _told(todo[0], request, who)) if known(request) else _closed(again)

    def agreed(request: Request) -> Response:
        if not known(request):
            return _closed(again)
        return _with(_agreed(calibration, len(desks) > 1))

    routes = [
        Route("/", door),
        Route("/row/{id}", show),
        Route("/row/{id}", write, methods=["POST"]),
        Route("/row/{id}/who", whose, methods=["POST"]),
        Route("/agreed", agreed),
        Route("/page.js", _script),
        Route("/words.js", _words),
        Route("/page.css", _sheet),
        Route("/fonts/{name}", _font),
    ]
    # Only under its own name: a page elsewhere cannot make a name of its own point here.
    return Starlette(
        routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])]
    )


def _same(given: str, wanted: str) -> bool:
    """Whether a secret was given, in a time that tells nothing about it."""
    return bool(wanted) and secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _with(answer: Response) -> Response:
    answer.headers.update(SAFE)
    return answer


def _closed(again: str) -> Response:
    return _with(
        _say(
            t("This address opens once"),
            t("Start <code>{command}</code> again, and use the address that it prints.", command=again),
            403,
        )
    )


def _next(todo: list[AnyDesk]) -> Response:
    """The way to what is to be marked first; a calibration that is over makes room for the answers."""
    if _over(todo[0]) and len(todo) > 1:
        todo.pop(0)
    if _over(todo[0]):
        return RedirectResponse("/agreed", 303)
    rows = todo[0].rows()
    first = next((row for row in rows if not row.done), rows[0] if rows else None)
    return RedirectResponse(f"/row/{first.id}", 303) if first else _say(t("Nothing to mark"), escape(todo[0].nothing))


async def _write(desk: AnyDesk, request: Request, who: str) -> Response:
    """Take the marks of one answer, and say what came of it."""
    try:
        asked = await request.json()
        change = Change(
            request.path_params["id"],
            str(asked["seen"]),
            tuple(None if mark is None else int(mark) for mark in asked["marks"]),
            str(asked["comment"])[:20_000],
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return JSONResponse({"said": t("That could not be read. Load the page again.")}, 422)
    try:
        done = await run_in_threadpool(desk.save, [change], who)
    except Unsupported as error:  # the gradebook is locked, say: the page keeps the marks, and tries again
        return JSONResponse({"said": str(error)}, 503)
    if change.id in done.refused:
        return JSONResponse({"said": done.refused[change.id]}, 409)
    row = done.rows[change.id]
    return JSONResponse({"seen": row.seen, "done": row.done, "at": datetime.now().strftime("%H:%M")})


async def _told(desk: AnyDesk, request: Request, who: str) -> HTMLResponse:
    """Whose answer it is, once it is logged who asked and why."""
    given = parse_qs((await request.body())[:5_000].decode("utf-8", "replace")).get("because", [""])[0]
    try:
        trainee = await run_in_threadpool(desk.reveal, request.path_params["id"], who, given)
    except Unsupported as error:
        return _say(t("Not shown"), escape(str(error)), 422)
    words = Markup(t("<b>{trainee}</b> wrote it. That you asked, and why, is in the log.")).format(trainee=trainee)
    return _say(t("Whose answer this is"), words)


def _say(title: str, words: str, status: int = 200) -> HTMLResponse:
    """A page that says one thing. `words` are ours, with their HTML."""
    return HTMLResponse(whole(HERE / "note.html.j2", style="/page.css", heading=title, words=Markup(words)), status)


def _words_asked(card: Reflection) -> str:
    least, _, most = str(card.words).partition("-")
    return t("{low} to {high}", low=least, high=most) if most else least


def _levels(card: Reflection) -> set[int]:
    """Every key that marks a criterion of this rubric."""
    return {level for criterion in card.criteria for level in criterion.levels}


def _over(desk: AnyDesk) -> bool:
    """Whether this is a calibration that was kept."""
    return isinstance(desk, BlindDesk) and desk.kept


def _agreed(desk: AnyDesk, more: bool) -> Response:
    """Each anchor with this marker's levels beside the agreed ones, once every mark is given; from then on it is
    logged. `more`: the answers come after it."""
    if not isinstance(desk, BlindDesk) or desk.open:
        return RedirectResponse("/", 303)
    try:
        desk.keep()
    except Unsupported as error:
        words = t("{reason} Your marks are still here: load this page again.", reason=error)
        return _say(t("Not kept yet"), escape(words))
    marked = desk.marked()
    answers = [(number, row, one) for number, (row, one) in enumerate(zip(desk.rows(), marked), 1)]
    summary = calibrate.in_all(desk.card, marked)
    values = {"card": desk.card, "answers": answers, "summary": summary, "then": more}
    return HTMLResponse(whole(HERE / "agreed.html.j2", style="/page.css", **values))


def _row(desk: AnyDesk, rows: list[Row], place: int, calibrated: bool) -> HTMLResponse:
    """One answer with its criteria, the anchors, and the way to the others."""
    after = [*rows[place + 1 :], *rows[:place]]
    marks = [mark for mark in rows[place].marks if mark is not None]
    values = {
        "card": desk.card,
        "assignment": desk.assignment,
        "rows": rows,
        "place": place,
        "row": rows[place],
        "done": sum(one.done for one in rows),
        "next_open": next((one.id for one in after if not one.done), ""),
        "total": sum(marks),
        "open": len(rows[place].marks) - len(marks),
        "levels": Markup(", ").join(map(Markup("<kbd>{}</kbd>").format, sorted(_levels(desk.card)))),
        "asked": _words_asked(desk.card),
        "bank": desk.bank,
        "blind": isinstance(desk, BlindDesk),
        "calibrated": calibrated,
        "translated": bool(for_scripts(MARKING)),
    }
    return HTMLResponse(whole(HERE / "page.html.j2", style="/page.css", **values))
