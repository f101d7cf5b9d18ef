"""Serves a few folders and one page on 127.0.0.1, until the person stops it."""

from __future__ import annotations

import http.server
from pathlib import Path
from urllib.parse import unquote, urlsplit


class NoPort(Exception):
    """None of the ports that were tried is free."""


def serve(folders: dict[str, tuple[Path, str]], front: Path, port: int = 8000, tries: int = 50) -> None:
    """Serve `front` at /, and each folder under its name; beside the folder stands the page in it to begin with.

    Takes the next free port from `port` on. Raises NoPort.
    """

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            first, _, rest = unquote(urlsplit(path).path).lstrip("/").partition("/")
            if not first:
                return str(front)
            if first not in folders:
                return str(front.parent / "nothing-here")
            base = folders[first][0].resolve()
            target = (base / rest).resolve()
            return str(target if target.is_relative_to(base) else base)

        def log_message(self, format, *args) -> None:
            pass

    for number in range(port, port + tries):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", number), Handler)
            break
        except OSError:
            continue
    else:
        raise NoPort(f"No port from {port} to {port + tries - 1} is free, so nothing is served. End another server, and run this again.")
    print(f"\nSummary:  http://127.0.0.1:{number}/")
    for name, (_, page) in folders.items():
        print(f"{(name + ':').capitalize():9} http://127.0.0.1:{number}/{name}/{page}")
    print("\nStop with Ctrl+C.", flush=True)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
