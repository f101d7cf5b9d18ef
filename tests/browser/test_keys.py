"""Letter keys of mock exam and review act inside the question alone, and can be turned off (WCAG 2.1.4)."""

import pytest

from browser.conftest import choose_row

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
FIELDS = [
    "<input type=search>",
    "<input type=text>",
    "<input type=email>",
    "<input type=number>",
    "<input>",
    "<textarea></textarea>",
    "<div contenteditable>x</div>",
    "<select><option>a<option>b</select>",
]


@pytest.fixture
def page(browser, practice_pages):
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    made = context.new_page()
    made.set_default_timeout(8_000)
    made.home = practice_pages
    yield made
    context.close()


def begun(page, name):
    page.goto(f"{page.home}{name}.html")
    if name == "mock-exam":
        choose_row(page, "mode", "tutor")
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-form").wait_for()


def untouched(page) -> bool:
    return page.locator(".candor-form input:checked").count() == 0 and page.locator(".candor-form").count() == 1


@pytest.mark.parametrize("name", ["mock-exam", "review"])
def test_typing_in_a_field_answers_nothing(page, name):
    begun(page, name)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('afterbegin', '<div id=there></div>')")
    for field in FIELDS:
        page.evaluate("html => { document.getElementById('there').innerHTML = html; }", field)
        page.locator("#there > *").focus()
        before = page.locator(".candor-run").inner_text()
        page.keyboard.type("abcdnpfr1234")
        assert untouched(page) and page.locator(".candor-run").inner_text() == before, field


@pytest.mark.parametrize("name", ["mock-exam", "review"])
def test_outside_the_question_and_in_a_dialog_a_letter_means_nothing(page, name):
    begun(page, name)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("abcdnpfr")
    page.evaluate(
        """() => {
        const dialog = document.createElement('dialog');
        dialog.innerHTML = '<button>Yes</button>';
        document.querySelector('.candor-run').append(dialog);
        dialog.showModal();
    }"""
    )
    page.keyboard.type("abcdnpfr")
    assert untouched(page)


@pytest.mark.parametrize("name", ["mock-exam", "review"])
def test_inside_the_question_letters_choose_and_can_be_turned_off_for_good(page, name):
    begun(page, name)
    page.locator(".candor-run [tabindex='-1']").first.focus()
    page.keyboard.press("b")
    expect(page.locator(".candor-form input[value=B]")).to_be_checked()
    page.get_by_label("Keys inside a question").uncheck()
    page.reload()
    expect(page.get_by_label("Keys inside a question")).not_to_be_checked()
    page.locator(".candor-form input[value=B]").focus()
    page.keyboard.press("a")
    expect(page.locator(".candor-form input[value=A]")).not_to_be_checked()
    page.locator(".candor-form input[value=B]").focus()
    page.keyboard.press(
        "ArrowUp" if page.locator(".candor-form input[type=radio]").count() else "Space"
    )  # the browser's own keys stay
    expect(page.locator(".candor-form input[value=B]")).not_to_be_checked()


@pytest.mark.parametrize("name", ["mock-exam", "review"])
def test_typing_in_the_search_of_the_book_answers_nothing(opened, name):
    page = opened(f"practice/{name}.html", viewport={"width": 1280, "height": 900})
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-form").wait_for()
    page.keyboard.press("Control+k")
    expect(page.locator("input[type=search]:visible").first).to_be_focused()
    page.keyboard.type("abcd")
    assert untouched(page)
    expect(page.locator("input[type=search]:visible").first).to_have_value("abcd")


def test_on_a_flashcard_keys_act_inside_it_alone_and_can_be_turned_off(page):
    page.goto(f"{page.home}flashcards.html")
    page.get_by_role("button", name="Begin").click()
    front = page.locator(".candor-front").inner_text()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    expect(page.locator(".candor-back")).to_have_count(0)
    page.locator(".candor-run > h2").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".candor-back")).to_be_focused()
    page.get_by_label("Keys inside a question").uncheck()
    page.locator(".candor-back").focus()
    page.keyboard.type("1234")
    page.wait_for_timeout(400)  # longer than a card waits for the disk
    expect(page.locator(".candor-front")).to_have_text(front)
    page.get_by_label("Keys inside a question").check()
    page.locator(".candor-back").focus()
    page.keyboard.press("3")
    expect(page.locator(".candor-back")).to_have_count(0)
    expect(page.get_by_text("; 1 of", exact=False)).to_be_visible()
