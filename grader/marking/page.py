"""`grader marks serve`: the same reflection on a page of one's own machine, one answer after the other.

It listens on 127.0.0.1 alone. The address that is printed opens it once; after that a cookie does. What the
page calls saved is in the gradebook.
"""

from __future__ import annotations

import html
import secrets
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from .board import Change, Desk, Row

HERE = Path(__file__).parent
SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def serve(desk: Desk, who: str, say: Callable[[str], None], port: int = 0) -> None:
    """Serve until Ctrl+C. `say` gets the address, with the token that opens it once."""
    import uvicorn

    token = secrets.token_urlsafe(24)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        port = listening.getsockname()[1]
        listening.listen()  # before the address is printed: whoever opens it at once waits, and is not refused
        say(f"http://127.0.0.1:{port}/?token={token}")
        uvicorn.Server(uvicorn.Config(app(desk, who, token, port), log_level="warning", lifespan="off")).run(sockets=[listening])


def app(desk: Desk, who: str, token: str, port: int = 0) -> Starlette:
    """The pages. `token` opens them once; then only the browser that used it comes in. The cookie is named after the port: two desks may be open."""
    state = {"token": token, "cookie": ""}
    name = f"candor-marks-{port}"

    def known(request: Request) -> bool:
        return bool(state["cookie"]) and secrets.compare_digest(request.cookies.get(name, ""), state["cookie"])

    def door(request: Request) -> Response:
        given = request.query_params.get("token", "")
        if state["token"] and given and secrets.compare_digest(given, state["token"]):
            state["token"], state["cookie"] = "", secrets.token_urlsafe(24)
            answer = RedirectResponse("/", 303)
            answer.set_cookie(name, state["cookie"], httponly=True, samesite="strict")
            return answer
        if not known(request):
            return _closed()
        rows = desk.rows()
        first = next((row for row in rows if not row.done), rows[0] if rows else None)
        return _with(RedirectResponse(f"/row/{first.id}", 303) if first else _page("Nothing to mark", "<p>No submission has been graded yet. Run <code>grader autograde</code> first.</p>"))

    def show(request: Request) -> Response:
        if not known(request):
            return _closed()
        rows = desk.rows()
        place = next((number for number, row in enumerate(rows) if row.id == request.path_params["id"]), None)
        return RedirectResponse("/", 303) if place is None else _with(_page(desk.card.title, _row(desk, rows, place)))

    async def write(request: Request) -> Response:
        if not known(request):
            return _with(JSONResponse({"said": "This page is closed. Start `grader marks serve` again."}, 403))
        try:
            asked = await request.json()
            change = Change(request.path_params["id"], str(asked["seen"]), tuple(None if mark is None else int(mark) for mark in asked["marks"]), str(asked["comment"])[:20_000])
        except (ValueError, KeyError, TypeError):
            return _with(JSONResponse({"said": "That could not be read. Load the page again."}, 422))
        done = await run_in_threadpool(desk.save, [change], who)
        if change.id in done.refused:
            return _with(JSONResponse({"said": done.refused[change.id]}, 409))
        row = done.rows[change.id]
        return _with(JSONResponse({"seen": row.seen, "done": row.done, "at": datetime.now().strftime("%H:%M")}))

    def file(request: Request) -> Response:
        return _with(FileResponse(HERE / request.url.path.lstrip("/")))

    routes = [
        Route("/", door),
        Route("/row/{id}", show),
        Route("/row/{id}", write, methods=["POST"]),
        Route("/page.js", file),
        Route("/page.css", file),
    ]
    # Only under its own name: a page elsewhere cannot make a name of its own point here.
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])])


def _with(answer: Response) -> Response:
    answer.headers.update(SAFE)
    return answer


def _closed() -> Response:
    return _with(_page("Closed", "<p>This address opens once. Start <code>grader marks serve</code> again, and use the address that it prints.</p>", 403))


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{html.escape(title)}: marking</title><link rel="stylesheet" href="/page.css"></head><body><main>{body}</main>'
        '<script src="/page.js"></script></body></html>',
        status,
    )


def _text(words: str) -> str:
    return html.escape(words.strip(), quote=True)


def _row(desk: Desk, rows: list[Row], place: int) -> str:
    row, card = rows[place], desk.card
    done = sum(one.done for one in rows)
    after = [*rows[place + 1 :], *rows[:place]]
    next_open = next((one.id for one in after if not one.done), "")
    step = lambda number: rows[number].id if 0 <= number < len(rows) else ""  # noqa: E731
    link = lambda to, words, key: f'<a href="/row/{to}" data-key="{key}">{words}</a>' if to else f"<span class='off'>{words}</span>"  # noqa: E731
    criteria = "".join(_criterion(number, criterion, row.marks[number]) for number, criterion in enumerate(card.criteria))
    anchors = "".join(
        f"<article><h3>{sum(int(mark) for mark in anchor.marks)} of {card.points} points ({', '.join(anchor.marks)})</h3><div class='text'>{_text(anchor.answer)}</div></article>"
        for anchor in card.anchors
    )
    bank = "".join(f'<li><button type="button" data-bank="{_text(words)}">{_text(words)}</button></li>' for words in desk.bank)
    notice = f"<p class='notice'>May identify a client: {_text(row.notice)}. Look before you mark.</p>" if row.notice else ""
    if row.stale:
        notice += "<p class='notice'>The answer has changed since it was marked. Read it again; going on keeps the marks that stand here.</p>"
    escalate = "".join(f"<li>{_text(item)}</li>" for item in card.escalate)
    answer = _text(row.answer) or "<em>No response.</em>"
    return f"""
<header><h1>{_text(card.title)}</h1>
<p class="count" data-done="{done}" data-all="{len(rows)}">{done} of {len(rows)} marked</p>
<nav aria-label="Answers">{link(step(place - 1), "Previous", "p")} {link(step(place + 1), "Next", "n")} {link(next_open, "Next unmarked", "u")}</nav></header>
<div class="desk">
<section aria-labelledby="answer"><h2 id="answer">Answer {place + 1}, <code>{row.id}</code> <small>{len(row.answer.split())} words</small></h2>
{notice}<div class="text answer" tabindex="0">{answer}</div>
<details><summary>The prompt</summary><div class="text">{_text(card.prompt)}</div></details>
<details open class="anchors"><summary>Anchor answers and their marks</summary>{anchors}</details></section>
<form id="marks" data-seen="{row.seen}" data-id="{row.id}" data-next="{next_open}"{' data-stale="1"' if row.stale else ""} aria-label="Marks">
{criteria}
<label for="comment">Comment to the trainee</label>
<textarea id="comment" rows="4">{_text(row.comment)}</textarea>
<details><summary>Ready comments</summary><ul class="bank">{bank}</ul></details>
<p class="state" role="status" id="state">{"Marked." if row.done else "Marked before the answer changed." if row.stale else "Not marked yet."}</p>
<details><summary>A person must act, whatever the marks, if</summary><ul>{escalate}</ul></details>
<p class="keys">Keys: <kbd>0</kbd> to <kbd>4</kbd> mark the criterion in focus and go on, <kbd>u</kbd> next unmarked, <kbd>n</kbd> next, <kbd>p</kbd> previous, <kbd>c</kbd> comment, <kbd>Esc</kbd> back to the marks.</p>
</form></div>"""


def _criterion(number: int, criterion, mark: int | None) -> str:
    levels = "".join(
        f'<label><input type="radio" name="c{number}" value="{level}"{" checked" if level == mark else ""}><b>{level}</b> <span>{_text(words)}</span></label>'
        for level, words in sorted(criterion.levels.items(), reverse=True)
    )
    return f"<fieldset><legend>{_text(criterion.name)}</legend>{levels}</fieldset>"
