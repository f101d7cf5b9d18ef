"""An edition in another language, on a telephone: what scripts add says its language, and a review under way is the
program's own."""

import pytest

from browser.conftest import browser, served  # noqa: F401
from support.libraries import book_of_good
from support.project import run

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
NAME = "Instituto Ipê"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a small Brazilian edition of English chapters."""
    base = tmp_path_factory.mktemp("edition")
    library, own = book_of_good(base), base / "own"
    (library / "book/practice").mkdir()
    (library / "book/practice/review.md").write_text("# Review\n\n```{spaced-review}\n```\n")
    toc = library / "book/_toc.yml"
    toc.write_text(toc.read_text() + "- caption: Practise\n  chapters:\n  - file: practice/review\n")
    own.mkdir()
    (own / "program.yml").write_text(f"name: {NAME}\nlanguage: pt-BR\n", encoding="utf-8")
    built = run("grader", "build", "--no-desk", "--library", str(library), folder=own)
    assert built.returncode == 0, built.stdout + built.stderr
    with served(own / "_build/html") as address:
        yield address


@pytest.fixture
def page(browser, site):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="pt-BR")
    made = context.new_page()
    made.set_default_timeout(20_000)
    yield made
    context.close()


def language_of(place) -> str:
    return place.evaluate("element => element.closest('[lang]').lang")


@pytest.mark.slow
def test_what_the_scripts_add_to_an_english_chapter_says_that_it_is_portuguese(page, site):
    page.goto(f"{site}ethics/confidentiality.html")
    question = page.locator(".candor-question").first
    question.locator("input").first.check()
    question.get_by_role("button", name="Conferir minha resposta").click()
    mine = question.get_by_text("Sua resposta", exact=True)
    expect(mine).to_be_visible()
    assert language_of(question) == "en" and language_of(mine) == "pt-BR"
    assert language_of(question.get_by_role("button", name="Tentar de novo")) == "pt-BR"
    assert language_of(question.locator(".candor-status")) == "pt-BR"
    assert language_of(question.locator(".candor-unseen")) == "en"  # the reasons, which are read out


@pytest.mark.slow
def test_a_review_under_way_speaks_portuguese_and_bears_the_programs_name(page, site):
    page.goto(f"{site}practice/review.html")
    page.get_by_role("button", name="Começar").click()
    asked = page.locator(".candor-form")
    expect(asked).to_be_visible()
    assert language_of(asked.locator(".candor-ask > span")) == "en" and language_of(asked.locator("legend")) == "pt-BR"
    asked.locator("input").first.check()
    page.get_by_role("button", name="Conferir", exact=True).click()
    expect(page.get_by_role("button", name="Difícil")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert NAME in shown and "Candor" not in shown.replace("Baseado em Candor", "") and NAME in page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
