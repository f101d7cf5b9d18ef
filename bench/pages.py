"""Lighthouse over a built site, as a telephone on a slow line sees it: `python bench/pages.py _build/html [PAGE...]`.

It needs Node 20 and Chromium; npx fetches Lighthouse. Pages go out compressed with gzip over HTTP/1.1. Lighthouse
computes what a slow telephone would take from what the browser did here. A task counts by the time that the processor
worked on it, so that the figures say little of what else the machine does. The median of three runs is printed.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LIGHTHOUSE = "lighthouse@12.8.2"
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
RUNS = 3
PAGES = (
    "index.html",
    "body-and-health/treatments.html",
    "concerns/low-desire.html",
    "relationships/online-life.html",
    "process/homework.html",
    "practice/sessions.html",
    "practice/mock-exam.html",
    "practice/review.html",
    "desk/index.html",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {
    "FCP": "first-contentful-paint",
    "LCP": "largest-contentful-paint",
    "SI": "speed-index",
    "TBT": "total-blocking-time",
}
#: Told apart from what is compressed already.
PACKED = (".woff2", ".png", ".epub")


class Packed(SimpleHTTPRequestHandler):
    """A folder as a host gives it out: compressed, with connections that stay open and files that may be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        data = path.read_bytes()
        packed = path.suffix not in PACKED and "gzip" in self.headers.get("Accept-Encoding", "")
        data = gzip.compress(data, 6) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", f"max-age={31_536_000 if '_static' in path.parts else 600}")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words: object) -> None:
        pass


def report(address: str, folder: Path) -> dict:
    """What Lighthouse says of a page, with the work of the processor in place of the time that passed."""
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    subprocess.run([*command, f"-G={folder}"], check=True, stdout=subprocess.DEVNULL)
    for path in folder.glob("*trace.json"):
        trace = json.loads(path.read_text(encoding="utf-8"))
        for event in trace["traceEvents"]:
            if event.get("ph") == "X" and "dur" in event and "tdur" in event:
                event["dur"] = min(event["dur"], event["tdur"])
        path.write_text(json.dumps(trace), encoding="utf-8")
    done = subprocess.run(
        [*command, f"-A={folder}", "--output-path=stdout"], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def main() -> None:
    site, pages = Path(sys.argv[1]), sys.argv[2:]
    pages = pages or [page for page in PAGES if (site / page).is_file()]
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Packed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    heads = " ".join(f"{name:>14}" for name in CATEGORIES) + "".join(f" {name:>5}" for name in TIMES)
    print(f"{'':40} {heads}   CLS  load")
    for page in pages:
        found = []
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                found.append(report(f"http://127.0.0.1:{server.server_port}/{page}", Path(folder)))
        scores = [statistics.median(one["categories"][name]["score"] * 100 for one in found) for name in CATEGORIES]
        times = [statistics.median(one["audits"][name]["numericValue"] for one in found) for name in TIMES.values()]
        moved = max(one["audits"]["cumulative-layout-shift"]["numericValue"] for one in found)
        print(
            f"{page:40} {' '.join(f'{score:14.0f}' for score in scores)} {' '.join(f'{time:5.0f}' for time in times)}"
            f" {moved:5.3f} {os.getloadavg()[0]:5.1f}",
            flush=True,
        )
    server.shutdown()


if __name__ == "__main__":
    main()
