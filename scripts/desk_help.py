"""Makes the pictures of the desk's page of help, by day and by night, from a built desk:

    grader lite _build/html/desk
    python scripts/desk_help.py _build/html/desk

Without a folder it writes the page for JupyterLab anew, and leaves the pictures as they are.

It does on a desk what somebody does who answers an assignment, at a phone's width, by the words of the interface: where
one of these is not there, it ends and names it. It needs Chromium and Playwright, as the tests do.
"""

from __future__ import annotations

import functools
import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from os import environ
from pathlib import Path
from shutil import which

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.web.desk_help import IN_LAB, PICTURES, SCHEMES, SIZES, in_lab  # noqa: E402

ASSIGNMENT = "Holding what you are told"
WIDTH, HEIGHT, SCALE = 390, 844, 2  # of a phone, in CSS pixels; and device pixels for one of them
TALL = 1700  # CSS pixels, in which a panel stands without scrolling
AROUND = 8  # CSS pixels around what is shown; bars and panels have their own
TEXT = (
    "I would first ask what she fears will happen. I thought of Grace Okoro on this. I remember how Anna Kowalska, a"
    " client of mine, sat with the same question."
)
SAVED = re.compile(r"\bSaved\b")  # and not "Not saved yet"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
#: What is shot: its name, the page, and what of it stands in the picture.
Shoot = Callable[[str, Page, list[Locator]], None]


def walk(browser: Browser, address: str, shoot: Shoot, *, scheme: str = "light", title: str = ASSIGNMENT) -> None:
    """Answers an assignment of the desk at `address` and hands it in, and has each thing shot that the help shows."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SCALE,
        has_touch=True,
        color_scheme=scheme,
        reduced_motion="reduce",
        accept_downloads=True,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    try:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}index.html")
        page.get_by_text("Keep the desk for use without a network").click()
        page.get_by_role("button", name="Keep for offline use").wait_for()
        shoot("offline", page, [page.locator("#keep")])
        page.get_by_role("link", name=title, exact=True).click()
        _answer(page, shoot)
        other = context.new_page()
        other.set_default_timeout(60_000)
        other.goto(page.url)
        other.get_by_role("button", name="Go on here").wait_for()
        shoot("windows", other, [other.locator(".candor-top"), other.locator(".candor-notice")])
        other.close()
        page.bring_to_front()
        _hand_in(page, shoot)
        page.get_by_role("link", name="‹ All assignments").click()
        card = page.locator("li[id]", has=page.get_by_role("link", name=title, exact=True))  # and not that on top
        card.filter(has_text="answered").wait_for()
        shoot("open", page, [card])
    finally:
        context.close()


def _answer(page: Page, shoot: Shoot) -> None:
    question = page.locator(".candor-answer:has(.candor-option)").first
    question.locator(".candor-option").nth(1).click()
    question.get_by_role("button", name="Clear answer").wait_for()
    question.locator(".candor-status").filter(has_text=SAVED).wait_for()
    page.get_by_role("button", name="Next unanswered").wait_for()
    shoot("saved", page, [page.locator(".candor-top"), page.locator(".candor-line")])
    page.set_viewport_size({"width": WIDTH, "height": TALL})
    page.get_by_role("button", name="Questions: ").click()
    shoot("questions", page, [page.locator(".candor-line"), page.get_by_role("navigation", name="Questions")])
    page.get_by_role("button", name="Questions: ").click()
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    shoot("answer", page, [question])
    box = page.locator("textarea.candor-text").first
    box.scroll_into_view_if_needed()
    box.fill(TEXT)
    reflection = page.locator(".candor-answer", has=box)
    reflection.locator(".candor-near").filter(has_text="Better").wait_for()
    reflection.get_by_text("No client can be known by this").first.wait_for()
    reflection.locator(".candor-status").filter(has_text=SAVED).wait_for()
    shoot("client", page, [reflection])


def _hand_in(page: Page, shoot: Shoot) -> None:
    page.get_by_role("button", name="Hand in", exact=True).click()
    panel = page.get_by_role("form", name="Hand in")
    panel.get_by_role("button", name="Download as text").wait_for()
    panel.get_by_label("Your trainee number, as your program gave it").fill("24-017")
    panel.get_by_role("button", name="Download for submission").click()
    asks = page.get_by_role("dialog")
    asks.get_by_role("button", name="Next unanswered").wait_for()
    asks.get_by_role("button", name="Read it again").first.wait_for()
    with page.expect_download():
        asks.get_by_role("button", name="Download as it is").click()
    panel.get_by_role("button", name="Save the receipt").wait_for()
    page.evaluate("document.activeElement?.blur()")
    page.set_viewport_size({"width": WIDTH, "height": TALL})
    panel.evaluate("one => { one.scrollTop = 0; }")  # all of it, not only what came last
    shoot("hand-in", page, [panel])
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    panel.get_by_role("button", name="Close").click()


def shot(page: Page, parts: list[Locator]) -> Image.Image:
    """What of a page stands within its parts, with a little around it, across the whole width."""
    parts[0].evaluate("part => part.scrollIntoView({ block: 'center' })")
    page.mouse.move(0, 0)  # nothing lies under it
    page.evaluate("document.fonts.ready")
    boxes = [box for part in parts if (box := part.bounding_box())]
    around = 0 if parts[0].evaluate("part => Boolean(part.closest('.candor-bar'))") else AROUND
    top = max(0.0, min(box["y"] for box in boxes) - around)
    bottom = max(box["y"] + box["height"] for box in boxes) + around
    clip = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top}
    return Image.open(BytesIO(page.screenshot(clip=clip, animations="disabled", caret="hide"))).convert("RGB")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def main(desk: Path) -> None:
    sizes: dict[str, tuple[int, int]] = {}
    PICTURES.mkdir(exist_ok=True)
    with served(desk.resolve().parent) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=environ.get("CANDOR_CHROMIUM") or which("chromium"), args=FLAGS
        )
        for scheme in SCHEMES:

            def shoot(name: str, page: Page, parts: list[Locator], scheme: str = scheme) -> None:
                made = shot(page, parts)
                sizes[name] = (made.width // SCALE, made.height // SCALE)
                few = made.quantize(48, dither=Image.Dither.NONE).convert("RGB")
                few.save(PICTURES / f"{name}-{scheme}.webp", lossless=True, quality=100, method=6)

            walk(browser, f"{root}{desk.resolve().name}/", shoot, scheme=scheme)
        browser.close()
    SIZES.write_text(json.dumps(dict(sorted(sizes.items())), indent=1) + "\n", encoding="utf-8")
    for path in sorted(PICTURES.glob("*.webp")):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    if any(not (Path(folder) / "index.html").is_file() for folder in sys.argv[1:]):
        sys.exit("Name the folder of a built desk: python scripts/desk_help.py _build/html/desk")
    for folder in sys.argv[1:]:
        main(Path(folder))
    IN_LAB.write_text(in_lab(), encoding="utf-8")
