"""Several stories over one list, and long lists, on a page, in a mock exam and at the desk: by mouse, keyboard and
on a phone."""

import re
import shutil

import pytest

from browser.conftest import TOKEN, cell_sources, notebook, question
from support.axe import by_scheme
from support.libraries import copy_of_good
from support.project import ROOT, run

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
MEDICINES = [
    "Sertraline",
    "Bupropion",
    "Finasteride",
    "Spironolactone",
    "Metoprolol",
    "Risperidone",
    "Clomipramine",
    "Tamsulosin",
    "Naltrexone",
    "Leuprorelin",
]
STORIES = {
    "dry-since-the-tablets": (
        "Tamsulosin",
        "Since the tablets for his prostate a man of 66 has orgasms as before, and nothing comes out.",
    ),
    "milk-on-the-shirt": (
        "Risperidone",
        "A woman of 31 who is treated for psychosis has no periods, no desire, and milk on her shirt.",
    ),
    "six-weeks-of-less": (
        "Sertraline",
        "Six weeks after treatment for panic began, a woman of 27 needs three times as long to reach orgasm.",
    ),
}


def long_set() -> str:
    options = "".join(f"  {name.lower()}: {name}\n" for name in MEDICINES)
    reasons = ", ".join(f"{name.lower()}: What {name} does" for name in MEDICINES)
    stories = "".join(
        f"  - name: {name}\n    use: practice\n    objective: hold-secrets\n    level: remember\n    topic: medicines\n"
        f"    story: {story}\n    right: {key.lower()}\n    why: {{{reasons}}}\n    explain: Know what each does.\n   "
        " sources: [kuo2009secrets]\n"
        for name, (key, story) in STORIES.items()
    )
    return (
        "theme: What medicines do\nkind: extended-matching\nask: Which medicine explains"
        f" it?\noptions:\n{options}stories:\n{stories}review: draft\n"
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The good library as a book: one set on a page, and one of its stories by itself on another, with a mock exam."""
    library = copy_of_good(tmp_path_factory.mktemp("sets"))
    shutil.copy(ROOT / "_config.yml", library)
    for name in ("candor-logo.svg", "candor-favicon.svg"):
        shutil.copy(ROOT / "book/figures" / name, library / "book/figures")
    (library / "exercises/bank/confidentiality/which-medicine.yml").write_text(long_set())
    page = library / "book/ethics/confidentiality.md"
    page.write_text(page.read_text().replace("```{set} who-may-be-told\n```", "```{set} which-medicine\n```"))
    (library / "book/intro.md").write_text("# Home\n\n```{question} milk-on-the-shirt\n```\n")
    done = run("jupyter-book", "build", "book", "-W", "-n", "--keep-going", folder=library)
    assert done.returncode == 0, done.stdout[-3000:]
    return library / "_build/html"


@pytest.fixture
def opened(browser, book):
    contexts, errors = [], []

    def open_page(name, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((book / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def test_one_list_and_a_choice_for_each_story(opened):
    page = opened("ethics/confidentiality.html")
    box = page.locator(".candor-set")
    assert box.locator(".candor-letters li").all_inner_texts() == [
        f"{letter}. {name}" for letter, name in zip("ABCDEFGHIJ", MEDICINES)
    ]
    assert box.locator("input[type=radio]").count() == 0
    first = box.locator(".candor-question").first
    first.locator(".candor-check").click()
    assert "Choose an answer first." in first.locator(".candor-status").inner_text()
    first.get_by_label("Which medicine explains it?").select_option("A")
    first.locator(".candor-check").click()
    expect(first.locator(".candor-status")).to_have_text(re.compile("^Not A. H is better"))
    assert [("✓" in text, "Your answer" in text) for text in first.locator(".candor-told").all_inner_texts()] == [
        (False, True),
        (True, False),
    ]
    first.get_by_label("Which medicine explains it?").select_option("H")
    assert first.locator(".candor-told").count() == 0  # what was said of another answer is gone
    first.locator(".candor-check").click()
    expect(first.locator(".candor-status")).to_have_text(re.compile("^Yes. H is the best answer"))
    first.locator(".candor-again").click()
    assert first.locator("select").input_value() == "" and first.locator("select").evaluate(
        "one => one === document.activeElement"
    )
    assert box.locator(".candor-question").nth(1).locator("select").input_value() == ""


def test_by_keyboard(opened):
    page = opened("ethics/confidentiality.html")
    page.locator(".candor-set select").nth(1).focus()
    page.keyboard.type("F")  # to the option that begins so
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = page.locator(".candor-set .candor-question").nth(1).locator(".candor-status")
    expect(said).to_have_text(re.compile("^Yes. F is the best answer"))


@pytest.mark.parametrize(
    "name, control",
    [("ethics/confidentiality.html", ".candor-set select"), ("intro.html", ".candor-question .candor-option")],
)
def test_a_long_list_fits_a_phone_and_can_be_touched(opened, name, control):
    page = opened(name, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    heights = page.locator(control).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights and min(heights) >= 30
    if name == "intro.html":
        assert len(heights) == 10 and sum(heights) < 844  # all ten on one screen
        page.locator(control).nth(5).tap()
        page.locator(".candor-check").tap()
        expect(page.locator(".candor-status")).to_have_text(re.compile("^Yes. F is the best answer"))


def test_axe_finds_nothing(opened):
    page = opened("ethics/confidentiality.html", reduced_motion="reduce")
    page.locator(".candor-set select").first.select_option("A")
    page.locator(".candor-set .candor-check").first.click()
    page.locator(".candor-set .candor-why").first.wait_for()
    assert by_scheme(page, thin=True) == {}


def test_without_a_script_each_story_has_its_reasons(opened):
    page = opened("ethics/confidentiality.html", java_script_enabled=False)
    box = page.locator(".candor-set .candor-question").nth(2)
    box.locator("summary").click()
    assert "A. Best." in box.locator(".candor-reasons").inner_text() and box.locator(".candor-reasons li").count() == 10


def test_twelve_options_at_the_desk(lab, browser):
    """By letter to the twelfth, saved as its own mark; on a phone's width nothing is cut off. In Notebook, which has
    one document on a page."""
    pytest.importorskip("notebook", reason="Notebook 7 is not installed")
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    try:
        path = lab.write(
            "twelve.ipynb",
            notebook(question(1, [f"Option number {n}" for n in range(1, 13)], kind="extended-matching")),
        )
        page.goto(f"{lab.url}/notebooks/{path.name}?token={TOKEN}")
        page.locator(".candor-live").first.wait_for()
        group = page.get_by_role("radiogroup", name="Question 1")
        expect(group.get_by_role("radio")).to_have_count(12)
        group.get_by_role("radio").first.focus()
        page.keyboard.press("l")
        expect(group.get_by_role("radio").nth(11)).to_be_checked()
        page.keyboard.press("Control+s")
        expect(page.locator(".candor-status").first).to_contain_text("Answered: L. Saved")
        assert (
            "- [x] **L.** Option number 12" in cell_sources(path)["q01"] and cell_sources(path)["q01"].count("[x]") == 1
        )
        assert page.evaluate(
            "[...document.querySelectorAll('.candor-answer')].every(one => one.scrollWidth <= one.clientWidth + 1)"
        )
        assert (
            min(
                page.locator(".candor-option").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
            )
            >= 30
        )
    finally:
        context.close()
