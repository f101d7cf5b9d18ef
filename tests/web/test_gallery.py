"""The gallery: every template and component at four widths, light, dark and on paper, against committed pictures.

A dependency that breaks the look is seen here. The pictures are the first screen at half size; what is compared is
their coarse pattern, so that other letters' edges on another machine are no difference, and a part that moved is;
two buttons that changed places are one as well, since no small window of a picture may differ in a fifth of it.
New pictures, after a change that is wanted: `CANDOR_GALLERY=update pytest tests/web/test_gallery.py`; look at them.
"""

import os
from getpass import getuser
from io import BytesIO
from pathlib import Path

import pytest
from browser.conftest import browser, served  # noqa: F401

from grader.web import tokens
from grader.web.interval import wilson
from grader.web.shell import page as render
from support.asked import agree
from support.libraries import book_of_good
from support.project import run
from web.test_pages import cohort, marking, pages  # noqa: F401

Image = pytest.importorskip("PIL.Image", reason="pillow is not installed")
from PIL import ImageChops, ImageDraw, ImageFilter  # noqa: E402

GALLERY = Path(__file__).with_name("gallery")
UPDATE = os.environ.get("CANDOR_GALLERY") == "update"
WIDTHS, HEIGHT, SCALE = (320, 390, 820, 1280), 1400, 0.5
BLOCK, STEP, SHARE = 6, 26, 0.015  # pixels a side; a difference, of 255, that counts; of the blocks that may differ
REACH, WINDOW = 4, 0.2  # blocks to each side of the middle of a window; of its blocks that may differ
COLUMNS = 0.1  # of the columns that may differ, where what a page says is written elsewhere
#: What differs from one day to the next, or from one run to the next.
STILL = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data
        .replace(/\\b\\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)( \\d{4})?/g, '1 May 2026')
        .replace(/\\b[A-Z][a-z]{2} \\d{1,2}, \\d{4}/g, 'May 1, 2026')
        .replace(/\\b\\d{4}-\\d{2}-\\d{2}\\b/g, '2026-05-01').replace(/\\b\\d{1,2}:\\d{2}\\b/g, '10:00');
}"""  # noqa: E501
KEEP = "kept => Object.entries(kept).forEach(([at, one]) => localStorage.setItem(at, JSON.stringify(one)))"
WORDS = "acceptance boundary consent desire empathy fear grief humour intimacy joy kindness limit".split()  # noqa: SIM905
HOME = """# Learn what to say

{.candor-lead}
A lead that says for whom this is.

[Start](ethics/confidentiality.md){.candor-button .primary}
[Choose a path](ethics/confidentiality.md){.candor-button}

```{counts}
```

::::{container} candor-cards
:::{container} candor-card
{.candor-label}
Learn

{.candor-title}
[I am training](ethics/confidentiality.md)

Read a chapter.
:::
:::{container} candor-card
{.candor-label}
Practise

{.candor-title}
[I test myself](practice/mock-exam.md)

Answer.
:::
::::
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a small book that never changes: home, a chapter, a list, the lists of a library, a mock exam."""
    library = book_of_good(tmp_path_factory.mktemp("gallery"))
    book = library / "book"
    for folder in ("appendix", "practice"):
        (book / folder).mkdir()
    entries = "\n\n".join(f"{word} {number}\n  What it means here." for word in WORDS for number in range(1, 5))
    (book / "intro.md").write_text(HOME)
    (book / "appendix/words.md").write_text(f"# Words\n\n```{{glossary}}\n{entries}\n```\n")
    (book / "appendix/maps.md").write_text(
        "# Maps\n\n```{bodies}\naasect-cst\n```\n\n```{requirements} aasect-cst\n```\n\n```{coverage} aasect-cst\n```\n"
    )
    (book / "practice/mock-exam.md").write_text("# Mock exam\n\n```{mock-exam} knowledge\n```\n")
    for name, title, what in (("index", "What to practise today", "today"), ("sessions", "Short sessions", "sessions")):
        (book / f"practice/{name}.md").write_text(f"# {title}\n\n```{{{what}}}\n```\n")
    (book / "practice/review.md").write_text("# Spaced review\n\n```{spaced-review}\n```\n")
    (book / "practice/your-study.md").write_text("# Your study\n\n```{your-study}\n```\n")
    parts = {
        "": ("appendix/words", "appendix/maps"),
        "Practise": [f"practice/{name}" for name in ("index", "sessions", "mock-exam", "review")],
        "Progress": ["practice/your-study"],
    }
    toc = (book / "_toc.yml").read_text()
    for caption, names in parts.items():
        toc += f"- caption: {caption}\n  chapters:\n" if caption else ""
        toc += "".join(f"  - file: {name}\n" for name in names)
    (book / "_toc.yml").write_text(toc)
    done = run("jupyter-book", "build", "book", "-n", "--keep-going", folder=library)
    assert done.returncode == 0, done.stdout[-3000:]
    with served(library / "_build/html") as address:
        yield address


def checked(page):
    """A question of a chapter, answered wrongly and checked."""
    box = page.locator(".candor-question").first
    key = box.locator(".candor-form").get_attribute("data-key")
    box.locator(f"input:not([value='{key}'])").first.check()
    box.locator(".candor-check").click()
    box.locator(".candor-why").first.wait_for()
    box.evaluate("box => box.scrollIntoView()")


def begun(page):
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-form").wait_for()


def mapped(page):
    """A session with the map of its questions open: one answered and flagged, one in view."""
    run = under_way(page, 3) | {"mode": "exam", "place": 1, "title": "The whole book"}
    first, now = run["slots"][0]["card"], run["began"]
    run |= {"answers": {first: ["A", now]}, "flags": {first: [True, now]}}
    page.evaluate(KEEP, {"candor-session": run})
    page.reload()
    page.locator(".candor-overview > summary", has_text="1 answered, 1 flagged").click()
    page.locator(".candor-map .candor-done").wait_for()
    page.evaluate("scrollTo(0, 0)")


def under_way(page, questions):
    """A run as a browser keeps it, of the first cards of the book, over and over."""
    page.wait_for_function("window.candorPractice")
    cards = page.evaluate("window.candorPractice.chapters.flatMap(({ cards }) => cards)")
    slots = [{"card": cards[place % len(cards)], "area": "x"} for place in range(questions)]
    now = page.evaluate("Date.now()")
    run = {"began": now, "form": 1, "mode": "exam", "left": None, "slots": slots, "place": 0, "section": 0}
    return run | {"paused": [False, now], "answers": {}, "flags": {}, "told": {}, "sure": {}}


def menu(page):
    """The list at the side, as a phone has it, with a chapter that was read."""
    stop = {"at": 1, "title": "x", "id": "", "heading": "", "end": True}
    page.evaluate(KEEP, {"candor-read:ethics/confidentiality": stop})
    page.set_viewport_size({"width": 390, "height": HEIGHT})
    page.reload()
    page.get_by_role("button", name="Menu").first.click()
    page.locator("dialog[open] .candor-nav").wait_for()


def known(page):
    """Cards that are due, a session and a mock exam that are over, one under way."""
    run, day = under_way(page, 50), 86_400_000
    exam = page.evaluate("Object.keys(window.candorPractice.exams)[0]")
    slots, now = run["slots"], run["began"]
    memory = {"stability": 3, "difficulty": 5, "interval": 3, "last": now - 4 * day, "first": now, "due": now - day}
    over = {
        "began": 1,
        "at": now - day,
        "form": 1,
        "mode": "exam",
        "answers": {},
        "flags": [],
        "words": "",
        "share": 0.62,
    }
    kept = {
        "candor-review": {"exam": "", "examAt": 0, "cards": {one["card"]: memory for one in slots}, "open": None},
        "candor-sessions": [{**over, "slots": slots[:10], "title": "x", "words": "6 of 10 right"}],
        f"candor-history-{exam}": [{**over, "slots": slots}],
        f"candor-exam-{exam}": run,
        f"candor-answer:{slots[0]['card']}": {"at": now, "chosen": "A", "got": 0, "of": "x"},
    }
    page.evaluate(KEEP, kept)
    page.reload()
    page.get_by_text("due today").wait_for()


def finished(page):
    """The same, answered and finished: the result with its reasons open."""
    begun(page)
    page.locator(".candor-app input").first.check()
    agree(page)
    page.get_by_role("button", name="Finish", exact=True).click()
    page.get_by_text("Every question with its reasons").click()
    page.evaluate("scrollTo(0, 0)")


def asked(page):
    """The questions of a summary, open, and nothing else of it."""
    page.evaluate(
        "document.querySelectorAll('main > :not([aria-labelledby=questions])').forEach((one) => one.remove())"
    )
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")


def unfolded(page):
    """The matrix of chapters and areas, open."""
    page.locator(".candor-more-of:has(.candor-matrix) > summary").click()
    page.evaluate("scrollTo(0, 0)")


#: A surface of the book -> its page, and what is done on it before the picture.
BOOK = {
    "home": ("intro.html", None),
    "chapter": ("ethics/confidentiality.html", None),
    "question": ("ethics/confidentiality.html", checked),
    "list": ("appendix/words.html", None),
    "bodies": ("appendix/maps.html", unfolded),
    "mock-exam": ("practice/mock-exam.html", None),
    "run": ("practice/mock-exam.html", begun),
    "map": ("practice/sessions.html", mapped),
    "menu": ("ethics/confidentiality.html", menu),
    "today": ("practice/index.html", None),
    "known": ("practice/index.html", known),
    "result": ("practice/mock-exam.html", finished),
}
WORDY = ("result", "feedback", "summary", "asked", "readiness", "desk", "front", "marking")
OURS = ("feedback", "summary", "asked", "readiness", "desk", "front", "marking", "components")


@pytest.fixture
def differences():
    """Compares a picture with the committed one; at the end all that differ are named."""
    found = []
    yield lambda name, data: found.extend(compared(name, data))
    if found and not UPDATE:
        pytest.fail("These pictures differ. Look at them; CANDOR_GALLERY=update takes them over:\n" + "\n".join(found))


def compared(name: str, data: bytes) -> list[str]:
    kept, new = GALLERY / f"{name}.png", Image.open(BytesIO(data)).convert("RGB")
    if UPDATE:
        GALLERY.mkdir(exist_ok=True)
        new.quantize(64, dither=Image.Dither.NONE).save(kept, optimize=True)
        return []
    if not kept.is_file():
        return [f"{name}: there is no committed picture"]
    old = Image.open(kept).convert("RGB")
    wordy = name.split("-")[0] in WORDY
    share, window = apart(old, new, wordy) if old.size == new.size else (1.0, 1.0)
    if share <= (COLUMNS if wordy else SHARE) and window <= WINDOW:
        return []
    seen = Path(os.environ.get("CANDOR_GALLERY_SEEN", f"/tmp/candor-gallery-{getuser()}"))
    seen.mkdir(exist_ok=True, parents=True)
    new.save(seen / kept.name)
    return [f"{name}: {share:.1%} of it, {window:.0%} where it differs most; as it is now: {seen / kept.name}"]


def apart(old, new, wordy: bool = False) -> tuple[float, float]:
    """The share of blocks whose mean colour differs, of the whole and of the window that differs most. `wordy`: of
    columns, from top to bottom, and of no window: a sentence more moves what is below it, and no column."""
    size = (old.width // BLOCK, 1 if wordy else old.height // BLOCK)
    coarse = [picture.resize(size, Image.Resampling.BOX) for picture in (old, new)]
    bands = ImageChops.difference(*coarse).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    differs = worst.point([0] * STEP + [255] * (256 - STEP))
    share = differs.histogram()[255] / (size[0] * size[1])
    return share, 0.0 if wordy else differs.filter(ImageFilter.BoxBlur(REACH)).getextrema()[1] / 255


def shoot(browser, address, name, act, differences):
    """A page that is only opened goes dark as it does in the evening; what is done on one is done again by night."""
    for schemes in [("light", "dark")] if act is None else [("light",), ("dark",)]:
        context = browser.new_context(
            color_scheme=schemes[0], device_scale_factor=SCALE, reduced_motion="reduce", locale="en", timezone_id="UTC"
        )
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": HEIGHT})
        page.goto(address)
        if act is not None:
            act(page)
        page.evaluate(STILL)
        page.evaluate("document.fonts.ready")
        for scheme in schemes:
            page.emulate_media(media="screen", color_scheme=scheme)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                differences(f"{name}-{width}-{scheme}", page.screenshot(animations="disabled", caret="hide"))
            if scheme == "light":
                page.set_viewport_size({"width": 820, "height": HEIGHT})
                page.emulate_media(media="print")
                differences(f"{name}-print", page.screenshot(animations="disabled", caret="hide"))
        context.close()


@pytest.mark.parametrize("name", BOOK)
def test_the_book_looks_as_it_did(browser, site, differences, name):
    address, act = BOOK[name]
    shoot(browser, site + address, name, act, differences)


@pytest.mark.parametrize("name", OURS)
def test_our_pages_look_as_they_did(browser, cohort, pages, differences, tmp_path, name):
    if name == "marking":
        with marking(cohort) as address:
            shoot(browser, address, name, None, differences)
        return
    if name == "components":
        made = tmp_path / "components.html"
        template = Path(__file__).with_name("gallery.html.j2")
        made.write_text(render(template, interval=wilson(4, 5)), encoding="utf-8")
        pages = {name: made}
    act = asked if name == "asked" else None
    shoot(browser, pages["summary" if act else name].as_uri(), name, act, differences)


def test_the_record_looks_as_it_did(pages, differences):
    """A paper: its first page."""
    import pypdfium2

    with pypdfium2.PdfDocument(pages["record"]) as paper:
        drawn = BytesIO()
        paper[0].render(scale=1).to_pil().save(drawn, "PNG")
    differences("record", drawn.getvalue())


def test_a_part_that_moved_is_a_difference_and_softer_letters_are_none():
    plain = Image.new("RGB", (640, 700), "white")
    pen = ImageDraw.Draw(plain)
    for line in range(30):
        pen.text((40, 40 + 20 * line), "Words that stand on a page and are read. " * 2, fill="black")
    moved = ImageChops.offset(plain, 0, 10)
    assert apart(plain, plain.filter(ImageFilter.GaussianBlur(0.6))) <= (SHARE, WINDOW) < apart(plain, moved)
    assert apart(plain, moved, wordy=True)[0] <= COLUMNS < apart(plain, ImageChops.invert(plain), wordy=True)[0]
    narrower = Image.new("RGB", plain.size, "black")
    narrower.paste(plain.resize((480, 700)), (0, 0))
    assert apart(plain, narrower, wordy=True)[0] > COLUMNS


@pytest.mark.parametrize("start", [(40, 600), (43, 603), (500, 12)])
def test_two_buttons_that_changed_places_are_a_difference(start):
    """Of a hundredth of the page, as Previous and Next once did unseen."""

    def bar(*filled):
        made = Image.new("RGB", (640, 700), "white")
        pen = ImageDraw.Draw(made)
        for place, full in enumerate(filled):
            left, top = start[0] + 54 * place, start[1]
            fill = tokens.colour("act", tokens.LIGHT) if full else "white"
            pen.rounded_rectangle((left, top, left + 44, top + 20), 4, fill, tokens.colour("edge", tokens.LIGHT))
            pen.text((left + 8, top + 5), "Next" if full else "Back", fill="white" if full else "black")
        return made

    share, window = apart(bar(False, True), bar(True, False))
    assert share <= SHARE and window > WINDOW
    assert apart(bar(False, True), bar(False, True).filter(ImageFilter.GaussianBlur(0.6)))[1] <= WINDOW
