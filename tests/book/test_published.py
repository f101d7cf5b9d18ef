"""What is published or handed to trainees holds no key, reason, mark scheme or teacher's note of a graded or exam
card."""

import gzip
import html
import json
import re
from functools import cache, lru_cache
from pathlib import Path

import pytest

from grader.cards.search_words import plain
from grader.checks.run import check
from grader.notebook.assemble import notebook
from grader.web.links import Site
from support.project import run


def bare(text: str) -> str:
    """Letters and figures alone: typography, tags and line breaks cannot hide anything."""
    return re.sub(r"[\W_]+", "", text.lower())


@cache
def text_of(page: Path) -> str:
    return bare(html.unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8", errors="replace"))))


@pytest.fixture(scope="session")
def secrets(library) -> dict[str, str]:
    """What must not be found: bare text -> where it stands. Short texts are left out: they could stand anywhere by
    chance."""
    found: dict[str, str] = {}
    open_ = {option.text for card in library.questions.values() if card.use == "practice" for option in card.options}
    for card in library.questions.values():
        if card.use == "practice":
            continue
        texts = [card.story] if card.use == "exam" else []
        if not card.topic:  # what must be known, the book teaches
            texts += [card.explain, card.unless, *(option.why for option in card.options)]
        if card.use == "exam" and not card.topic:
            texts += [option.text for option in card.options if option.text not in open_]  # a set's list is shared
        found |= {bare(text): f"{card.name}: {text[:50]}" for text in texts if text}
    for card in library.vignettes.values():
        found |= {bare(part.teacher): f"{card.name}: teacher" for part in card.parts if part.teacher}
    for card in library.reflections.values():
        found |= {bare(anchor.answer): f"{card.name}: anchor" for anchor in card.anchors}
        found |= {bare(text): f"{card.name}: escalate" for text in card.escalate}
        found |= {
            bare(text): f"{card.name}: {criterion.name}"
            for criterion in card.criteria
            for text in criterion.levels.values()
        }
    return {text: where for text, where in found.items() if len(text) > LEAST}


LEAST = 30  # letters: what is shorter may stand anywhere by chance
BLOCK = 15  # letters by which a text is looked up


def pages_of_the_search(site: Path) -> dict[str, str]:
    """What the search holds of each record, and its file of words: bare text by name."""
    folder = site / "pagefind"
    packed = {path.name: gzip.decompress(path.read_bytes()) for path in folder.glob("fragment/*.pf_fragment")}
    texts = {name: data.decode("utf-8", errors="replace") for name, data in packed.items()}
    texts["words"] = (folder / "candor-words.json").read_text(encoding="utf-8")
    return {name: bare(html.unescape(text)) for name, text in texts.items()}


def leaks(content: str, secrets: dict[str, str]) -> list[str]:
    """Where the secrets stand that a text holds. One of the blocks into which the text is cut lies wholly within the
    first letters of a secret that stands in it, wherever it begins; only such secrets are read on."""
    within = _within(tuple(secrets))
    blocks = {content[at : at + BLOCK] for at in range(0, len(content), BLOCK)}
    likely = {text for block in blocks & within.keys() for text in within[block]}
    return [secrets[text] for text in likely if text in content]


@lru_cache(8)
def _within(texts: tuple[str, ...]) -> dict[str, list[str]]:
    """Every run of letters near the beginning of a secret that may be a block of a text, with the secrets."""
    found: dict[str, list[str]] = {}
    for text in texts:
        assert len(text) >= LEAST >= 2 * BLOCK, f"too short to be looked for: {text}"
        for at in range(BLOCK):
            found.setdefault(text[at : at + BLOCK], []).append(text)
    return found


@pytest.mark.parametrize("before", range(30))
def test_a_secret_is_found_wherever_it_begins(before):
    secret = "neitherinvestigatenorquestionachildofaclient"
    assert leaks("x" * before + secret, {secret: "a reason", secret[::-1]: "another"}) == ["a reason"]
    assert leaks("x" * before + secret[:-1], {secret: "a reason"}) == []


@pytest.mark.slow
def test_the_library_is_clean(library):
    assert [f"{p.path}:{p.line} {p.code} {p.message}" for p in check(library) if p.level == "error"] == []


@pytest.mark.slow
def test_the_committed_notebooks_are_up_to_date():
    done = run("grader", "make", "--check")
    assert done.returncode == 0, done.stdout


def test_the_search_would_find_a_leak(library, secrets):
    """The search itself works: a page with one reason in it is caught."""
    card = next(card for card in library.questions.values() if card.use == "graded" and not card.topic)
    page = f"<p>{html.escape(max((option.why for option in card.options), key=len))}</p>"
    assert leaks(bare(html.unescape(re.sub(r"<[^>]+>", " ", page))), secrets)
    assert len(secrets) > 100


def test_the_site_holds_none(site, secrets):
    found = {}
    for page in [
        *site.rglob("*.html"),
        *site.rglob("*.js"),
        *site.rglob("*.txt"),
        *site.rglob("*.md"),
        *site.rglob("*.json"),
    ]:
        if "_static" not in page.parts and (hits := leaks(text_of(page), secrets)):
            found[page.name] = hits[:3]
    assert not found


def test_the_search_holds_none(site, secrets, library):
    """Neither what is told of a graded or exam card nor its story; of practice cards no reason."""
    cards = library.questions.values()
    shown = {bare(card.story) for card in cards if card.use == "practice"}
    stories = {bare(card.story): card.name for card in cards if card.use != "practice"}
    hidden = {text: name for text, name in stories.items() if len(text) > 40 and text not in shown}
    texts, sought = pages_of_the_search(site), secrets | hidden
    assert len(texts) > 500 and len(hidden) > 100
    assert {name: found[:3] for name, text in texts.items() if (found := leaks(text, sought))} == {}


def test_the_words_that_people_come_with_lead_to_their_chapter(site, library):
    places = json.loads((site / "pagefind/candor-words.json").read_text(encoding="utf-8"))["places"]
    for chapter in library.chapters.values():
        known = places[f"{chapter.part}/{chapter.name}.html"]
        assert [word for word in chapter.also if plain(word) not in known] == []


def test_the_site_holds_nothing_at_all_of_a_graded_or_exam_card(site, library):
    """Not even the story: who has seen it in the book has half of the exam. Texts that a practice card has too are
    left out."""

    def texts(practice: bool) -> set[str]:
        cards = [card for card in library.questions.values() if (card.use == "practice") is practice]
        judged = [card for card in cards if practice or not card.topic]  # what must be known, the book teaches
        asked = {text for card in judged for text in (card.ask, *(option.text for option in card.options))}
        return {bare(text) for text in asked | {card.story for card in cards}}

    hidden = {text: text for text in texts(False) - texts(True) if len(text) > 40}
    pages = [*site.rglob("*.html"), *site.rglob("*.md"), site / "searchindex.js"]
    assert len(hidden) > 100
    assert {
        page.name: found[:3]
        for page in pages
        if "_static" not in page.parts and (found := leaks(text_of(page), hidden))
    } == {}


@pytest.fixture(scope="module")
def linked(site) -> Site:
    """The site as what leads from page to page, read once."""
    return Site(site)


def test_the_sources_of_a_practice_card_lead_into_the_list_of_references(site, linked):
    pages = linked.pages
    found = [
        source
        for path in (site / "_static/candor-cards").glob("*.js")
        for card in json.loads(json.loads(re.search(r"JSON\.parse\((.*)\);", path.read_text("utf-8"))[1])).values()
        for source in card["sources"]
    ]
    assert len(found) > 500
    known = next(page for path, page in pages.items() if str(path).endswith("references.html")).anchors
    assert [words for words, address in found if address.partition("#")[2] not in known] == []


def test_the_coverage_page_shows_every_area_of_every_body(site, library):
    """Each area by its title; one that has no chapter stands among the gaps too, so at least twice."""
    page = text_of(site / "appendix/coverage.html")
    wanted = {f"{body.name}/{area.id}": area for body in library.bodies.values() for area in body.areas}
    assert len(wanted) > 60
    assert [name for name, area in wanted.items() if bare(area.title) not in page] == []
    empty = {
        name: area
        for name, area in wanted.items()
        if not area.chapters and not any(name in chapter.covers for chapter in library.chapters.values())
    }
    assert all(page.count(bare(area.title)) >= 2 for area in empty.values())


def test_the_site_asks_no_other_host(site):
    """Links to read are fine; scripts, styles, images and fonts come from the site itself."""
    outside = set()
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8", errors="replace")
        for tag in re.findall(r"<(?:script|link|img|iframe|source|audio|video)\b[^>]*>", text):
            if 'rel="canonical"' not in tag:
                outside |= set(re.findall(r"(?:src|href)=\"((?:https?:)?//[^\"]+)", tag))
    assert not outside


def test_every_link_and_anchor_of_the_site_leads_somewhere(linked):
    assert len(linked.pages) > 60 and len(linked.links) > 5000
    assert list(map(str, linked.broken())) == []


def test_the_released_notebooks_hold_none(library, secrets):
    """As nbgrader releases them: without the mark-scheme regions. Exam stories and options are handed out; their
    keys are not."""
    handed_out = {
        bare(text)
        for card in library.questions.values()
        for text in (card.story, *(option.text for option in card.options))
    }
    kept_back = {text: where for text, where in secrets.items() if text not in handed_out}
    for assignment in library.assignments.values():
        cells = json.loads(notebook(assignment, library))["cells"]
        released = " ".join(
            "".join(cell["source"]) if isinstance(cell["source"], list) else cell["source"] for cell in cells
        )
        released = re.sub(r"=== BEGIN MARK SCHEME ===.*?=== END MARK SCHEME ===", " ", released, flags=re.DOTALL)
        assert leaks(bare(released), kept_back) == []
        assert all(cell["metadata"]["deletable"] is False for cell in cells)
        assert not any("[x]" in "".join(cell["source"]) for cell in cells)
