"""The exercise in JupyterLab, as a trainee meets it: by mouse, by keyboard, saved, reopened, and hard to break."""

import json
import re
import urllib.request

import pytest

from browser.conftest import TOKEN, _cell, cell_sources, exercise, notebook, question, reflection
from grader import language
from support.axe import violations
from support.bracketed import script

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

ASK = "What is the best next step?"
PLACEHOLDER = "*Write your answer here.*"
ANSWERS = [f"q{number:02}" for number in range(1, 8)]


@pytest.fixture
def desk(lab, page, request):
    """An exercise of its own, open, with its path on disk."""
    name = (
        re.sub(r"\W+", "-", request.node.name) + ".ipynb"
    )  # of its own also for each parameter: the one before may still be being saved
    page.path = lab.write(name, exercise())
    page.before = cell_sources(page.path)
    lab.open(page, name)
    expect(page.locator(".candor-live")).to_have_count(8, timeout=60_000)  # a busy machine
    return page


def group(page, number, role="radiogroup", ask=ASK):
    return page.get_by_role(role, name=f"Question {number}: {ask}")


def several(page):
    return group(page, 7, "group", "Which of these belong in the first session?")


def status(page, number):
    return page.locator(".candor-answer").nth(number - 1).locator(".candor-status")


def text_box(page):
    return page.get_by_label("Your answer: A secret told alone")


def in_memory(page):
    """What Lab holds now: the type and the text of each cell."""
    return page.evaluate(
        """() => window.jupyterapp.shell.currentWidget.content.widgets
        .map(cell => [cell.model.type, cell.model.sharedModel.getSource(), cell.model.type !== 'markdown' || cell.rendered])"""  # noqa: E501
    )


def set_source(page, index, text):
    page.evaluate(
        """([index, text]) => window.jupyterapp.shell.currentWidget.content.widgets[index]
        .model.sharedModel.setSource(text)""",
        [index, text],
    )


def marks(source):
    return re.findall(r"^- \[x\] \*\*([A-L])\.", source, re.M)


def without_marks(sources):
    return {name: re.sub(r"^(- \[)[ x](\])", r"\1 \2", source, flags=re.M) for name, source in sources.items()}


# ---- Answering -------------------------------------------------------------------------------------------------------


def test_mouse_and_keyboard_answers_are_saved_and_come_back(lab, desk):
    page = desk
    group(page, 1).get_by_role("radio", name="A. Tell the partner at once").click()
    group(page, 2).get_by_text("Keep it and carry on as before").click()
    group(page, 3).get_by_role("radio").nth(1).check()
    page.keyboard.press("Shift+Enter")  # on to question 4
    page.keyboard.press("d")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("ArrowDown")  # from A, the first, to B
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Space")
    page.keyboard.press("Control+s")
    expect(status(page, 6)).to_have_text(re.compile(r"^Answered: A\. Saved \d\d?:\d\d(\s[AP]M)?\.$"))

    saved = cell_sources(page.path)
    assert [marks(saved[name]) for name in ANSWERS] == [["A"], ["C"], ["B"], ["D"], ["B"], ["A"], []]
    assert without_marks(saved) == page.before
    assert lab.kernels() == [], "an exercise needs no kernel"

    lab.load(page)
    lab.open(page, page.path.name)
    expect(status(page, 4)).to_have_text("Answered: D. Saved.")
    expect(group(page, 4).get_by_role("radio").nth(3)).to_be_checked()
    expect(page.locator(".candor-group input:checked")).to_have_count(6)


def test_all_that_apply_takes_several(desk):
    page = desk
    several(page).get_by_role("checkbox").nth(0).check()
    several(page).get_by_role("checkbox").nth(2).click()
    expect(status(page, 7)).to_have_text(re.compile(r"^Answered: A, C\. Saved"))
    page.keyboard.press("c")
    page.keyboard.press("b")
    expect(status(page, 7)).to_have_text(re.compile(r"^Answered: A, B\. Saved"))
    saved = cell_sources(page.path)
    assert marks(saved["q07"]) == ["A", "B"]
    assert without_marks(saved) == page.before


def test_undo_takes_back_one_choice_and_clear_takes_back_the_answer(desk):
    page = desk
    radios = group(page, 1).get_by_role("radio")
    radios.nth(0).check()
    radios.nth(2).check()
    expect(status(page, 1)).to_have_text(re.compile("^Answered: C"))
    page.keyboard.press("Control+z")
    expect(radios.nth(0)).to_be_checked()
    expect(radios.nth(0)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(status(page, 1)).to_have_text(re.compile("^Not answered yet"))
    assert in_memory(page)[2][1] == page.before["q01"]
    page.keyboard.press("Control+Shift+z")
    expect(radios.nth(0)).to_be_checked()
    clear = page.get_by_role("button", name="Clear answer")
    expect(clear).to_have_count(1)
    clear.click()
    expect(clear).to_have_count(0)
    expect(radios.nth(0)).to_be_focused()
    assert in_memory(page)[2][1] == page.before["q01"]


def test_reflection_is_plain_text(desk):
    page = desk
    cells = in_memory(page)
    box = text_box(page)
    expect(box).to_have_value("")
    box.click()
    held = "one => one.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))"
    assert box.evaluate(held), "the browser's own menu, with Paste, gives way to one of cells"
    page.keyboard.type("x y o dd")
    page.keyboard.press("Enter")
    page.keyboard.type("  1. *mine* \U0001f600\U0001f601")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    expect(page.locator(".candor-words")).to_have_text("7 words: it counts as answered from 150 on (aim for 150-300)")
    text = "x y o dd\n  1. *mine* \U0001f601"
    after = in_memory(page)
    assert [cell for cell in after if cell not in cells] == [["markdown", text, True]]
    assert len(after) == len(cells)
    page.keyboard.press("Control+s")
    expect(status(page, 8)).to_have_text(re.compile(r"^Saved \d\d?:\d\d(\s[AP]M)?\.$"))
    assert cell_sources(page.path) == page.before | {"r1": text}
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    page.keyboard.press("Control+v")
    page.keyboard.press("Control+v")
    expect(box).to_have_value(text + text)
    page.keyboard.press("Control+z")
    assert [cell for cell in in_memory(page) if cell not in cells] == [["markdown", text, True]]
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    assert in_memory(page)[-2][1] == PLACEHOLDER
    expect(box).to_have_value("")


def test_hostile_text_stays_text(lab, page):
    hostile = "<img src=x onerror=window.hacked=1> <b>bold</b>"
    lab.write("hostile.ipynb", notebook(question(1, [hostile, "Plain"]), reflection("r1", "A secret told alone")))
    lab.open(page, "hostile.ipynb")
    expect(group(page, 1).get_by_text(hostile)).to_be_visible()
    text_box(page).fill(hostile)
    expect(status(page, 2)).to_have_text(re.compile("^Saved"))
    lab.open(page, "hostile.ipynb")
    expect(text_box(page)).to_have_value(hostile)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".candor-answer img").count() == 0


def test_quotation_marks_curl_in_what_an_assignment_says_and_in_nothing_that_somebody_typed(lab, page):
    said = '"No," she says, *"it\'s"* `"code"` \'late\'.'
    asked = question(1, ['"Wait," you say.', "Ask"])
    asked[0]["source"] = f'### Question 1\n\n{said}\n\n**What do you say to "No"?**'
    path = lab.write("quotes.ipynb", notebook(asked, reflection("r1", "A secret told alone")))
    lab.open(page, "quotes.ipynb")
    expect(page.get_by_text('“No,” she says, “it’s” "code" ‘late’.', exact=True)).to_be_visible()
    expect(page.get_by_role("radiogroup", name="Question 1: What do you say to “No”?")).to_be_visible()
    expect(page.get_by_role("radio", name="A. “Wait,” you say.")).to_be_visible()
    text_box(page).fill('"Mine."')
    page.get_by_role("radio").first.check()
    expect(status(page, 1)).to_contain_text("Saved")
    expect(text_box(page)).to_have_value('"Mine."')
    assert [one for one in cell_sources(path).values() if "“" in one] == []  # the file is as it was


def test_a_picture_that_somebody_typed_is_fetched_from_nowhere(lab, page):
    """Lab draws what is typed, in an answer out of sight: who owns the picture would learn who opened it, and when."""
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "elsewhere.invalid" in one.url else None)
    there = "http://elsewhere.invalid/a.png"
    typed = (
        f"Before. ![the words]({there}) <img src='{there}'> <video poster='{there}'></video>"
        f" <p style='background-image: url({there})'>x</p> <table background='{there}'></table>\n\n"
        f"```mermaid\ngraph TD; A[\"<img src='{there}'/>\"]\n```\n\n[a link]({there})\n\nAfter."
    )
    made = notebook(question(1, ["Wait", "Ask"]), reflection("r1", "A secret told alone"))
    answer = next(one for one in made["cells"] if one["id"] == "r1")
    answer["source"] = typed
    made["cells"][0]["source"] += f"\n\n{typed}"  # a cell that is locked, as it comes from elsewhere
    made["cells"].append({"cell_type": "markdown", "id": "added", "metadata": {}, "source": typed})
    lab.write("pictures.ipynb", made)
    lab.open(page, "pictures.ipynb")
    expect(text_box(page)).to_have_value(typed)
    expect(page.locator(".jp-RenderedMarkdown").last).to_contain_text("After.")
    expect(page.locator(".jp-RenderedMarkdown").last).to_contain_text("the words")
    expect(page.get_by_role("link", name="a link")).to_have_count(2)
    text_box(page).fill(f"{typed}\n\nAnd more.")
    expect(page.locator(".candor-live").last.locator(".jp-RenderedMarkdown")).to_contain_text("And more.")
    assert asked == []
    lab.write(
        "plain.ipynb", notebook([{"cell_type": "markdown", "id": "a", "metadata": {}, "source": typed}], candor=False)
    )
    with page.expect_request("http://elsewhere.invalid/**"):  # of a notebook that is not ours: as it is with Lab
        lab.open(page, "plain.ipynb")


# ---- No key and no click changes a cell ------------------------------------------------------------------------------


def test_command_mode_keys_change_nothing(desk):
    page = desk
    cells = in_memory(page)
    keys = [
        "x",
        "d",
        "d",
        "y",
        "m",
        "r",
        "1",
        "6",
        "a",
        "b",
        "c",
        "v",
        "Shift+V",
        "Enter",
        "Escape",
        "Alt+Enter",
        "Shift+A",
        "Shift+B",
        "Control+Backspace",
        "Control+Shift+M",
        "Control+Shift+ArrowUp",
        "Shift+ArrowDown",
        "Shift+M",
        "x",
    ]
    for index in (1, 2):  # a question, and its answer
        page.locator(".jp-Cell").nth(index).evaluate("cell => cell.focus()")
        for key in keys:
            page.keyboard.press(key)
        assert in_memory(page) == cells
    last = page.locator(".jp-Cell").last
    last.evaluate("cell => cell.focus()")
    for key in ("Shift+Enter", "Alt+Enter", "ArrowDown", "Enter", "b"):
        page.keyboard.press(key)
    assert in_memory(page) == cells


def test_keys_and_double_clicks_on_the_controls_do_not_open_the_source(desk):
    page = desk
    cells = in_memory(page)
    group(page, 2).get_by_role("radio").nth(0).focus()
    for key in ("Enter", "x", "y", "m", "v", "Escape", "Enter"):
        page.keyboard.press(key)
    expect(group(page, 2).get_by_role("radio").nth(0)).to_be_focused()
    group(page, 2).get_by_text("End the therapy").dblclick()
    page.locator(".jp-Cell").nth(1).locator("p", has_text="nine years").dblclick()
    after = in_memory(page)
    assert marks(after[4][1]) == ["D"]
    assert after[:4] + after[5:] == cells[:4] + cells[5:] and after[4][2], "only the one answer, and nothing opened"


def test_notebook_7_too(lab, browser):
    """Notebook 7 listens for keys earlier than JupyterLab does, and keeps cells out of the page."""
    pytest.importorskip("notebook", reason="Notebook 7 is not installed")
    path = lab.write("seven.ipynb", exercise())
    before = cell_sources(path)
    page = browser.new_page()
    page.goto(f"{lab.url}/notebooks/seven.ipynb?token={TOKEN}")
    group(page, 1).get_by_role("radio").nth(1).click(timeout=60_000)
    for key in ("x", "y", "m", "Escape", "y", "r", "b", "Shift+M", "Enter", "Shift+Enter", "c", "Shift+Enter"):
        page.keyboard.press(key)
    text_box(page).click()
    page.keyboard.type("x y o dd")
    page.keyboard.press("Control+s")
    expect(status(page, 1)).to_have_text(re.compile(r"^Answered: B\. Saved"))
    expect(status(page, 2)).to_have_text(re.compile(r"^Answered: C\. Saved"))
    expect(page.locator(".candor-status").last).to_have_text(re.compile(r"^Saved"))
    expect(page.locator(".candor-count")).to_have_text("2 of 8 answered")
    saved = cell_sources(path)
    assert [marks(saved["q01"]), marks(saved["q02"])] == [["B"], ["C"]]
    assert without_marks(saved) == before | {"r1": "x y o dd"}
    page.close()


# ---- Saving ----------------------------------------------------------------------------------------------------------


def test_saved_is_said_only_after_the_save(desk):
    page = desk
    held = []
    hold = lambda route: (
        route.continue_() if held or route.request.method != "PUT" else held.append(route)
    )  # the first one
    page.route("**/api/contents/**", hold)
    group(page, 1).get_by_role("radio").nth(1).check()
    expect(status(page, 1)).to_have_text("Answered: B. Not saved yet.")
    page.wait_for_timeout(2000)  # the save starts by itself, a moment after the choice
    assert held
    group(page, 2).get_by_role("radio").nth(0).check()  # while the first save is on its way
    expect(status(page, 1)).to_have_text("Answered: B. Not saved yet.")
    held[0].continue_()
    expect(status(page, 1)).to_have_text(re.compile(r"^Answered: B\. Saved \d\d?:\d\d(\s[AP]M)?\.$"))
    expect(status(page, 2)).to_have_text("Answered: A. Not saved yet.", timeout=1000)
    expect(status(page, 2)).to_have_text(re.compile(r"^Answered: A\. Saved"))
    assert marks(cell_sources(page.path)["q02"]) == ["A"]


def test_saving_by_key_while_a_save_runs_asks_nothing(desk):
    """JupyterLab would ask which of the two to overwrite: the second finds what the first has written."""
    page = desk
    held, written = [], []

    def hold(route):
        """What is asked after the first file was written."""
        if written and not held:
            held.append(route)
            return
        if route.request.method == "PUT":
            written.append(route)
        route.continue_()

    page.route(re.compile(f"/api/contents/{page.path.name}[?]"), hold)
    group(page, 1).get_by_role("radio").nth(1).check()
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(50)
    group(page, 2).get_by_role("radio").nth(0).check()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(500)
    held[0].continue_()
    expect(status(page, 2)).to_have_text(re.compile(r"^Answered: A\. Saved"))
    assert page.locator(".jp-Dialog").count() == 0
    assert marks(cell_sources(page.path)["q01"]) == ["B"]


def test_a_failed_save_is_told_and_can_be_tried_again(desk):
    page = desk
    refuse = lambda route: route.fulfill(status=500, body="{}") if route.request.method == "PUT" else route.continue_()
    page.route("**/api/contents/**", refuse)
    group(page, 1).get_by_role("radio").nth(1).check()
    alert = page.locator(".candor-alert")
    expect(alert).to_contain_text("Not saved: ")
    expect(alert).to_contain_text("Your answers are still in this window.")
    expect(status(page, 1)).to_have_text("Answered: B. Not saved yet.")
    page.locator(".jp-Dialog").get_by_role("button").last.click()  # Lab's own message
    page.unroute("**/api/contents/**", refuse)
    page.get_by_role("button", name="Try again").click()
    expect(status(page, 1)).to_have_text(re.compile("^Answered: B. Saved"))
    expect(alert).to_be_hidden()


def test_a_read_only_notebook_says_so(lab, page):
    lab.write("locked.ipynb", exercise())

    def read_only(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"writable": False})

    page.route("**/api/contents/locked.ipynb?*", read_only)
    before = {one["id"] for one in lab.kernels()}  # of a notebook that is not ours
    lab.open(page, "locked.ipynb")
    expect(page.get_by_role("alert").filter(has_text="read-only")).to_be_visible()
    group(page, 1).get_by_role("radio").nth(1).check()
    expect(status(page, 1)).to_have_text("Answered: B. Not saved: this copy is read-only.")
    assert {one["id"] for one in lab.kernels()} <= before


# ---- Finding one's way -----------------------------------------------------------------------------------------------


def test_progress_and_next_open(desk):
    page = desk
    count, button = page.locator(".candor-count"), page.get_by_role("button", name="Next unanswered")
    expect(count).to_have_text("0 of 8 answered")
    button.click()
    expect(group(page, 1).get_by_role("radio").first).to_be_focused()
    for number in (1, 2, 3, 5, 6):
        group(page, number).get_by_role("radio").nth(1).check()
    several(page).get_by_role("checkbox").first.check()
    expect(count).to_have_text("6 of 8 answered")
    button.click()
    expect(text_box(page)).to_be_focused()
    button.click()  # from the last one round to the first that is open
    expect(group(page, 4).get_by_role("radio").first).to_be_focused()
    expect(group(page, 4)).to_be_in_viewport()
    page.keyboard.press("b")
    text_box(page).fill("A beginning.")
    expect(count).to_have_text("7 of 8 answered")  # it asks for 150 words and more
    page.locator(".candor-line").get_by_role("button", name="Hand in").click()
    expect(page.locator(".candor-open")).to_contain_text("A secret told alone: 2 words, and it asks for 150-300.")
    page.keyboard.press("Escape")
    text_box(page).fill("word " * 150)
    expect(count).to_have_text("8 of 8 answered")
    expect(page.get_by_text("All answered")).to_be_visible()
    expect(button).to_be_hidden()


def test_next_open_goes_to_what_must_be_read_before_the_question(lab, page):
    def part(number):
        told = f"### Session {number}\n\n" + "They talk, and nothing is decided.\n\n" * 60
        return [_cell(f"sam--part-{number}", told, "case", nbgrader={})]

    options = ["Wait", "Ask"]
    asked = [question(number, options) for number in (1, 2, 3)]
    lab.write("case.ipynb", notebook(asked[0], part(1), asked[1], part(2), asked[2]))
    lab.open(page, "case.ipynb")
    expect(page.locator(".candor-live")).to_have_count(3)
    go_on = page.get_by_role("button", name="Next unanswered")
    for number in (2, 3):
        group(page, number - 1).get_by_role("radio").first.check()
        go_on.click()
        expect(page.get_by_role("heading", name=f"Session {number - 1}")).to_be_in_viewport()
        expect(group(page, number)).not_to_be_in_viewport()
        go_on.click()
        expect(group(page, number).get_by_role("radio").first).to_be_focused()


@pytest.fixture
def told(lab, page, request):
    """A case in three parts, with a question before it and a reflection after it."""

    def part(number, *questions):
        name = f"sam--part-{number}"
        story = [_cell(name, f"### Session {number}\n\nWhat came out then.", "case", nbgrader={})]
        return story + [cell for one in questions for cell in question(one, ["Wait", "Ask"], part=name)]

    name = f"told-{len(request.node.name)}.ipynb"
    parts = part(1, 2, 3), part(2, 4), part(3, 5)
    groups = question(1, ["Wait", "Ask"]), *parts, reflection("r1", "A secret told alone")
    page.path = lab.write(name, notebook(*groups))
    lab.open(page, name)
    expect(page.locator(".candor-live")).to_have_count(6)
    return page


def session(page, number):
    return page.get_by_role("heading", name=f"Session {number}")


def test_a_later_part_of_a_case_opens_when_the_one_before_it_is_answered(lab, told):
    page = told
    expect(session(page, 1)).to_be_visible()
    door = page.get_by_text("Part 2 of 3 opens when the 2 questions above it are answered.")
    expect(door).to_be_visible()
    assert violations(page, parts=(".candor-door",)) == []
    for number, asked in ((2, 4), (3, 5)):
        expect(session(page, number)).to_be_hidden()
        expect(group(page, asked)).to_be_hidden()
    group(page, 2).get_by_role("radio").first.check()
    expect(session(page, 2)).to_be_hidden()
    group(page, 3).get_by_role("radio").first.check()
    expect(session(page, 2)).to_be_visible()
    expect(group(page, 4)).to_be_visible()
    expect(page.get_by_role("status").get_by_text("Part 2 of 3 is open.")).to_have_count(1)
    expect(page.get_by_text("Part 3 of 3 opens when the question above it is answered.")).to_be_visible()
    expect(session(page, 3)).to_be_hidden()
    page.get_by_role("button", name="Clear answer").last.click()  # what one reads does not close
    expect(session(page, 2)).to_be_visible()
    page.keyboard.press("Control+s")
    expect(status(page, 2)).to_contain_text("Saved")
    saved = cell_sources(page.path)
    assert "### Session 3" in saved["sam--part-3"] and len(saved) == 16, "the file has less than the case"


def test_one_may_read_on_without_answering_and_nobody_is_led_behind_a_closed_part(lab, told):
    page = told
    go_on = page.get_by_role("button", name="Next unanswered")
    for number in (1, 2, 3):
        go_on.click()
        expect(group(page, number).get_by_role("radio").first).to_be_focused()
    go_on.click()
    expect(text_box(page)).to_be_focused()
    door = page.locator(".candor-behind")
    group(page, 3).get_by_role("radio").first.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(door).to_be_focused()
    page.keyboard.press("ArrowDown")  # past what is closed
    expect(page.locator(".jp-Cell.jp-mod-active")).to_contain_text("Reflection: A secret told alone")
    page.keyboard.press("ArrowUp")
    expect(door).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Read on without answering")).to_be_focused()
    page.keyboard.press("Enter")
    expect(session(page, 2)).to_be_in_viewport()
    expect(session(page, 3)).to_be_hidden()
    expect(page.locator(".jp-Cell", has=session(page, 2))).to_be_focused()
    door.focus()
    page.keyboard.press("Enter")
    expect(session(page, 3)).to_be_visible()
    expect(page.get_by_text("0 of 6 answered")).to_be_visible()
    lab.open(page, page.path.name)
    expect(session(page, 3)).to_be_visible()  # nor is it closed when one comes back


def test_the_list_of_questions_by_keyboard_tells_nothing_of_a_closed_part_and_leads_to_its_door(told):
    page = told
    questions = page.get_by_role("navigation", name="Questions")
    rows = questions.get_by_role("listitem").get_by_role("button")
    page.get_by_role("button", name="Questions: 0 of 6 answered").focus()
    page.keyboard.press("Enter")
    expect(rows.first).to_be_focused()
    expect(rows.first).to_have_attribute("aria-current", "true")
    expect(questions.get_by_text("Session 1", exact=True)).to_be_visible()  # the head of its questions
    expect(rows.nth(3)).to_have_text(re.compile(r"^Question 4 Not open yet\s*$"))
    for key, at in (("ArrowDown", 1), ("End", 5), ("ArrowDown", 5), ("ArrowUp", 4), ("Home", 0)):
        page.keyboard.press(key)
        expect(rows.nth(at)).to_be_focused()
    page.keyboard.press("Escape")
    expect(questions).to_be_hidden()
    expect(page.get_by_role("button", name="Questions: ")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(text_box(page)).to_be_focused()
    page.get_by_role("button", name="Questions: ").press("Enter")
    expect(rows.nth(5)).to_be_focused()
    rows.nth(4).press("Enter")
    expect(questions).to_be_hidden()
    expect(page.locator(".candor-behind")).to_be_focused()  # and what it tells is closed as before
    expect(session(page, 2)).to_be_hidden()
    page.keyboard.press("Enter")
    expect(session(page, 2)).to_be_visible()


def test_a_case_is_printed_whole_and_opens_as_far_as_it_was_answered(lab, told):
    page = told
    page.emulate_media(media="print")
    for number, asked in ((2, 4), (3, 5)):
        expect(session(page, number)).to_be_visible()
        expect(group(page, asked)).to_be_visible()
    expect(page.locator(".candor-door")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Read on without answering").click()
    group(page, 4).get_by_role("radio").first.check()
    page.keyboard.press("Control+s")
    expect(status(page, 4)).to_contain_text("Saved")
    lab.load(page)
    lab.open(page, page.path.name)
    expect(session(page, 3)).to_be_visible()
    expect(page.locator(".candor-door")).to_have_count(0)


def test_what_is_marked_and_stands_is_said_once_before_the_file_with_the_way_there(desk):
    """What was changed, or said to be nobody, is not; and nothing keeps one from the file."""
    page = desk
    hand = page.locator(".candor-line").get_by_role("button", name="Hand in")
    number, file = page.get_by_label("Your trainee number"), page.get_by_role("button", name="Download for submission")
    said = page.get_by_role("dialog", name="Download as it is?")
    text_box(page).fill("I rang Mr Okonkwo. I thought of Wilhelmina in the tram.")
    page.get_by_role("checkbox", name="No client can be known by this").check()
    hand.click()
    every = ", ".join(f"Question {one}" for one in range(1, 7))
    expect(page.locator(".candor-open")).to_contain_text(
        f"Still open: {every}, Question 7."
    )  # none is hidden in *1 more*
    number.fill("trainee-07")
    file.click()
    expect(said).to_contain_text("Still marked in A secret told alone: Mr Okonkwo. It may identify a client.")
    expect(said).not_to_contain_text("Wilhelmina")
    said.get_by_role("button", name="Read it again").click()
    expect(text_box(page)).to_be_focused()
    assert (
        page.evaluate(
            "(({ selectionStart, selectionEnd, value }) => value.slice(selectionStart, selectionEnd))"
            "(document.activeElement)"
        )
        == "Mr Okonkwo"
    )
    hand.click()
    file.click()
    with page.expect_download():
        said.get_by_role("button", name="Download as it is").click()
    with page.expect_download():
        file.click()
    expect(said).to_have_count(0)


# ---- Text that people have edited by hand ----------------------------------------------------------------------------


def test_hand_edits_are_read_kept_or_left_alone(desk):
    page = desk
    one, two, three, four = (line.split("** ", 1)[1] for line in page.before["q01"].splitlines())
    odd = (
        f"- [X]  **A.**  {one} \r\n\r\n* [] **B.** {two.replace(',', chr(92) + ',')}\r\nA note of mine.\r\n"
        f"  - [ ] **C.** {three}\r\n- [ ] **D.** {four}"
    )
    set_source(page, 2, odd)
    radios = group(page, 1).get_by_role("radio")
    expect(radios).to_have_count(4)
    expect(radios.nth(0)).to_be_checked()
    expect(page.locator(".candor-answer").first.get_by_text("A note of mine.")).to_be_visible()
    radios.nth(1).check()
    assert in_memory(page)[2][1] == odd.replace("[X]", "[ ]").replace("[]", "[x]")

    set_source(page, 4, page.before["q02"].replace("[ ] **A", "[x] **A").replace("[ ] **C", "[x] **C"))
    answer = page.locator(".candor-answer").nth(1)
    expect(answer.get_by_text("Two options are marked. Choose one.")).to_be_visible()
    expect(answer.locator(".candor-marked")).to_have_count(2)
    expect(page.locator(".candor-count")).to_contain_text("1 of 8 answered")
    group(page, 2).get_by_role("radio").nth(2).click()
    assert marks(in_memory(page)[4][1]) == ["C"]
    expect(answer.locator(".candor-warning")).to_be_hidden()

    # as people type it, and as it is scored
    set_source(page, 8, f"[ ✔] A) {one}\n- [✓ ] **B.** {two}\n- [_] **C.** {three}\n- [ ] **D.** {four}")
    expect(group(page, 4).get_by_role("radio")).to_have_count(4)
    expect(page.locator(".candor-answer").nth(3).locator(".candor-marked")).to_have_count(2)
    group(page, 4).get_by_role("radio").nth(1).click()
    assert in_memory(page)[8][1] == f"[ ] A) {one}\n- [✓ ] **B.** {two}\n- [_] **C.** {three}\n- [ ] **D.** {four}"

    # an answer that was typed below is scored, so marks alone would not show what is
    set_source(page, 10, page.before["q05"] + "\n\nMy answer: B")
    expect(page.locator(".jp-Cell").nth(10).locator(".candor-answer")).to_be_hidden()

    set_source(page, 6, page.before["q03"].replace("[ ] **A", "[maybe] **A"))
    cell = page.locator(".jp-Cell").nth(6)
    expect(cell.locator(".candor-answer")).to_be_hidden()
    expect(cell.locator(".jp-RenderedMarkdown")).to_contain_text("[maybe]")
    cell.evaluate("cell => cell.focus()")
    page.keyboard.press("Enter")  # the way to mend it
    expect(cell.locator(".cm-content")).to_be_focused()


def test_cells_that_come_and_go(desk):
    page = desk
    page.evaluate(
        """() => {
        const notebook = window.jupyterapp.shell.currentWidget.content.model.sharedModel;
        const { id, ...copy } = notebook.cells[2].toJSON();
        notebook.insertCell(3, copy);
    }"""
    )
    expect(page.locator(".candor-live")).to_have_count(9)
    first, second = group(page, 1).first, group(page, 1).last
    first.get_by_role("radio").nth(0).check()
    second.get_by_role("radio").nth(1).check()
    expect(first.get_by_role("radio").nth(0)).to_be_checked()
    expect(page.locator(".candor-count")).to_contain_text("2 of 9 answered")
    page.evaluate("window.jupyterapp.shell.currentWidget.content.model.sharedModel.deleteCell(3)")
    expect(page.locator(".candor-count")).to_contain_text("1 of 8 answered")
    expect(page.locator(".candor-live")).to_have_count(8, timeout=60_000)  # a busy machine


def test_a_text_cell_that_is_split_and_merged_loses_nothing(desk):
    page = desk
    text_box(page).fill("I would wait.\n" + "Then I would ask. " * 40)
    count = page.locator(".candor-count")
    expect(count).to_have_text("1 of 8 answered")
    index = next(i for i, (_, source, _) in enumerate(in_memory(page)) if "I would wait." in source)
    page.evaluate(
        """async index => {
        const { shell, commands } = window.jupyterapp, notebook = shell.currentWidget.content;
        notebook.activeCellIndex = index;
        notebook.mode = "edit";
        await new Promise(done => setTimeout(done, 300));
        notebook.activeCell.editor.setCursorPosition({ line: 1, column: 0 });
        await commands.execute("notebook:split-cell-at-cursor");
    }""",
        index,
    )
    first, second = (source.strip() for _, source, _ in in_memory(page)[index : index + 2])
    assert first == "I would wait." and second.startswith("Then I would ask.")
    expect(count).to_have_text("1 of 8 answered")
    page.evaluate(
        """async index => {
        const { shell, commands } = window.jupyterapp, notebook = shell.currentWidget.content;
        notebook.activeCellIndex = index;
        await commands.execute("notebook:merge-cell-below");
    }""",
        index,
    )
    expect(page.locator(".candor-text")).to_have_count(1)
    assert in_memory(page)[index][1].split() == ["I", "would", "wait.", *["Then", "I", "would", "ask."] * 40]
    expect(count).to_have_text("1 of 8 answered")


def test_other_notebooks_are_untouched(lab, page):
    lab.write("other.ipynb", notebook(question(1, ["One", "Two"]), candor=False))
    lab.open(page, "other.ipynb")
    cell = page.locator(".jp-Cell").nth(1)
    expect(cell.get_by_role("listitem")).to_have_count(2)
    page.wait_for_timeout(500)
    assert page.locator("[class*=candor-]").count() == 0
    cell.evaluate("cell => cell.focus()")
    page.keyboard.press("b")
    assert len(in_memory(page)) == 3


# ---- What may identify a client, and handing in ----------------------------------------------------------------------


def test_the_guard_marks_gently_and_blocks_nothing(desk):
    page = desk
    box = text_box(page)
    box.fill("My client Anna Kowalski rang on 14 March 2024. Sam and Alex did not.")
    marks = page.locator(".candor-guard")
    expect(marks).to_contain_text("Anna Kowalski")
    expect(marks).to_contain_text("a day in a calendar")
    assert marks.locator("li").count() == 2  # Sam and Alex are the exercise's own
    page.keyboard.press("Control+s")
    expect(page.locator(".candor-status").last).to_have_text(re.compile(r"^Saved"))
    assert "Anna Kowalski" in cell_sources(page.path)["r1"]
    box.fill("I thought of Wilhelmina in the tram.")
    expect(marks).to_contain_text("Is this a real person or place: ")
    box.fill("I thought of Wilhelmina, the only farrier on her island.")
    expect(marks).to_contain_text("Is there only one of whom this can be said: ")
    for tick in marks.get_by_role("checkbox", name="No client can be known by this").all():
        tick.check()
    expect(page.locator(".candor-near")).to_be_empty()
    box.fill("A client rang in spring.")
    expect(marks).to_be_empty()


def test_both_readers_of_the_rules_find_the_same(desk):
    from notebook.test_guard import SENTENCES, sentences, whole_texts

    from grader.notebook.guard import identifiers

    texts = ["My client Anna's fear.", "My client Anna.", "Mr Delgado's word."] + [
        text
        for name in ("sentences.txt", "held-out.txt", "unseen.txt")
        for text, _ in sentences(SENTENCES.with_name(name))
    ]
    lists = "whole-texts.txt", "hard-texts.txt", "kinds.txt", "afterwards.txt", "strangers.txt", "countries.txt"
    texts += [text for name in lists for _, _, text in whole_texts(name)]
    told = "Anna's husband, Mr Delgado’s brother, came on 14 March 2024."
    # What is given changes only what is found of a text that says some of it.
    some = [text for number, text in enumerate(texts) if number % 5 == 0 or re.search("Anna|Delgado|March", text)]
    for given, asked in (("", texts), ("Anna", some), (told, some)):
        here = [[[one.kind, one.text, one.start] for one in identifiers(text, given)] for text in asked]
        there = desk.evaluate(
            """([texts, given]) => texts.map(text => window._JUPYTERLAB.candor.identifiers(text, given)
            .map(one => [one.kind, one.text, one.start]))""",
            [asked, given],
        )
        assert here == there


def test_handing_in_by_keyboard_gives_a_file_and_a_receipt_that_verifies(desk, tmp_path):
    from grader.notebook import receipt

    page = desk
    group(page, 2).get_by_role("radio").nth(1).check()
    text_box(page).fill("I would wait — für einen Moment.")
    page.locator(".candor-line").get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("trainee 7")
    page.keyboard.press("Enter")
    expect(page.locator(".candor-hand [role=status]")).to_contain_text("without spaces")
    page.get_by_label("Your trainee number, as your program gave it").fill("trainee-07")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Download as it is").focus()
    with page.expect_download() as arrived:
        page.keyboard.press("Enter")
    assert arrived.value.suggested_filename == "trainee-07__fixture.ipynb"
    arrived.value.save_as(tmp_path / "handed-in.ipynb")
    given = page.locator(".candor-receipt")
    expect(given).to_contain_text("1 of 7 answered")
    expect(given).to_contain_text("Open questions: Question 1, Question 3")
    work = receipt.read(tmp_path / "handed-in.ipynb")
    assert receipt.verify(work, given.text_content()) == ""
    assert [
        line
        for line in receipt.receipt(work, "trainee-07", __import__("datetime").datetime.now()).split("\n")
        if "Time" not in line
    ] == [line for line in given.text_content().split("\n") if "Time" not in line]
    changed = (tmp_path / "handed-in.ipynb").read_text().replace("[x] **B.", "[ ] **B.")
    (tmp_path / "handed-in.ipynb").write_text(changed)
    assert "changed after" in receipt.verify(receipt.read(tmp_path / "handed-in.ipynb"), given.text_content())
    page.keyboard.press("Escape")
    expect(page.locator(".candor-hand")).to_be_hidden()
    text_box(page).fill("I would not wait.")
    page.locator(".candor-line").get_by_role("button", name="Hand in").press("Enter")
    expect(page.locator(".candor-hand [role=status]")).to_contain_text("Download again")
    expect(given).to_be_empty()


# ---- Accessibility ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "theme,width",
    [
        ("JupyterLab Light", 1200),
        ("JupyterLab Dark", 1200),
        ("JupyterLab Dark High Contrast", 1200),
        ("JupyterLab Light", 600),
    ],
)
def test_axe_finds_nothing(desk, theme, width):
    """600 px is what 200 % zoom leaves of 1200."""
    page = desk
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.wait_for_selector(f"body[data-jp-theme-name='{theme}']", state="attached")
    page.set_viewport_size({"width": width, "height": 900})
    group(page, 1).get_by_role("radio").nth(1).check()
    set_source(page, 4, page.before["q02"].replace("[ ]", "[x]"))
    text_box(page).fill("A beginning, with my client Anna Kowalski.")
    page.locator(".candor-line").get_by_role("button", name="Hand in").click()
    expect(page.locator(".candor-guard")).to_contain_text("Anna")
    assert page.locator(".candor-bar").count() == 1 and page.locator(".candor-answer").count() == 8
    assert violations(page, parts=(".candor-bar", ".candor-answer")) == []
    page.get_by_label("Your trainee number").fill("trainee-07")
    page.get_by_role("button", name="Download for submission").click()
    assert violations(page, parts=(".candor-ask",)) == []
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    if width == 600:
        assert page.evaluate(
            "[...document.querySelectorAll('.candor-answer, .candor-bar')].every(one => one.scrollWidth <="
            " one.clientWidth + 1)"
        )
    page.set_viewport_size({"width": 1200, "height": 900})


def test_forced_colours_still_show_what_is_chosen(desk):
    """With the system's own high contrast, colours and shadows of a page are dropped; an outline stays."""
    page = desk
    group(page, 1).get_by_role("radio").nth(1).check()
    page.emulate_media(forced_colors="active")
    outlines = page.evaluate(
        "[...document.querySelector('.candor-answer').querySelectorAll('.candor-option')].map(one =>"
        " getComputedStyle(one).outlineStyle)"
    )
    assert outlines == ["none", "solid", "none", "none"]
    page.emulate_media(forced_colors="none")


def test_in_a_language_made_by_code_nothing_of_ours_stays_without_brackets(lab, browser):
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.add_init_script(script(language.DESK))
    page = context.new_page()
    page.set_default_timeout(20_000)
    lab.write("words.ipynb", exercise())
    lab.load(page)
    lab.open(page, "words.ipynb")
    page.locator(".candor-live").first.wait_for()

    ours = ".candor-bar, .candor-answer, .candor-ask"

    def look():
        found = page.evaluate(f"() => bare('{ours}', '.candor-group, .candor-unseen, q')")
        assert found == []

    look()
    page.locator(".candor-live .candor-option input").first.check()
    page.locator("textarea.candor-text").first.fill("Anna Smith from Boston called on 3 May 2026.")
    page.locator(".candor-guard li, .candor-guard p").first.wait_for()
    look()
    page.get_by_role("button", name=language.pseudo("Hand in"), exact=True).click()
    look()
    page.locator(".candor-hand input:not([type=file])").fill("not a number!")
    page.get_by_role("button", name=language.pseudo("Download for submission")).click()
    look()
    page.locator(".candor-hand input:not([type=file])").fill("trainee-07")
    page.get_by_role("button", name=language.pseudo("Download for submission")).click()
    page.get_by_role("button", name=language.pseudo("Download as it is")).wait_for()
    look()
    context.close()


def test_the_desk_speaks_the_language_of_the_assignment(lab, page):
    made = exercise()
    made["metadata"]["candor"]["language"] = "pt"
    lab.write("atividade.ipynb", made)
    lab.open(page, "atividade.ipynb")
    page.get_by_role("button", name="Entregar", exact=True).wait_for()


def test_cells_that_lab_keeps_out_of_the_page_are_reached(lab, page):
    """Windowing mode "full": cells out of sight are not in the document. The last of this file, as the page keeps the
    setting until it is loaded again."""
    setting = f"{lab.url}/lab/api/settings/@jupyterlab/notebook-extension:tracker?token={TOKEN}"

    def put(raw):
        request = urllib.request.Request(setting, json.dumps({"raw": raw}).encode(), method="PUT")
        urllib.request.urlopen(request, timeout=10).close()

    put('{"windowingMode": "full"}')
    try:
        lab.write("long.ipynb", notebook(*(question(number, ["One", "Two", "Three"]) for number in range(1, 31))))
        lab.load(page)
        lab.open(page, "long.ipynb")
        expect(page.locator(".candor-count")).to_have_text("0 of 30 answered")
        expect(group(page, 30)).to_have_count(0)
        assert page.locator(".jp-Cell").count() < 40
        for number in range(1, 31):
            page.get_by_role("button", name="Next unanswered").click()
            expect(group(page, number).get_by_role("radio").first).to_be_focused()
            page.keyboard.press("c")
        expect(page.get_by_text("All answered")).to_be_visible()
        assert all(marks(source) == ["C"] for _, source, _ in in_memory(page)[1::2])
    finally:
        put("{}")
