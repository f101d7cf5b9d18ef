"""Serves a few folders and pages on 127.0.0.1, until the person stops it."""

from __future__ import annotations

import http.server
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..language import t


class NoPort(Exception):
    """None of the ports that were tried is free."""


def serve(folders: dict[str, Path], pages: dict[str, Path], port: int = 8000, tries: int = 50) -> None:
    """Serve each page at its name ("" is /), and each folder under its name, on the next free port from `port` on.

    Raises NoPort.
    """
    nothing = next(iter(pages.values())).parent / "nothing-here"

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            first, _, rest = unquote(urlsplit(path).path).lstrip("/").partition("/")
            if first in pages and not rest:
                return str(pages[first])
            if first not in folders:
                return str(nothing)
            base = folders[first].resolve()
            target = (base / rest).resolve()
            return str(target if target.is_relative_to(base) else base)

        def log_message(self, format: str, *args: object) -> None:
            pass

    for number in range(port, port + tries):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", number), Handler)
            break
        except OSError:
            continue
    else:
        raise NoPort(
            t(
                "No port from {port} to {last} is free, so nothing is served. End another server, and run this again.",
                port=port,
                last=port + tries - 1,
            )
        )
    print("\n" + t("Open {address}", address=f"http://127.0.0.1:{number}/") + "\n" + t("Stop with Ctrl+C."), flush=True)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print(t("Stopped."))
