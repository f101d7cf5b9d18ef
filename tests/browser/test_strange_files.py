"""A file of one's study that is brought back may come from anybody: nothing in it runs, leads elsewhere, or takes the
place of what is here, and the pages go on."""

import json
import re
import time

import pytest

from support.asked import agree

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
MARKUP = '"><img src=x onerror="window.ran=1"><script>window.ran=1</script>{title}'
NOW = int(time.time() * 1000)
CENTURIES = NOW + 10**13  # about the year 2343
RAN = "() => window.ran ?? [...document.querySelectorAll('a[href]')].filter((a) => !/^(http|file)/.test(a.href)).length"


def stranger(names):
    """A study file: markup in every text, times to come, names of JavaScript's own, cards of another edition."""
    first, *others = names
    slots = [{"card": name, "area": MARKUP} for name in (first, "constructor", "another-editions-card", *others)]
    run = {"began": NOW, "form": 1, "mode": "tutor", "left": None, "slots": slots, "place": 0, "section": 0}
    run |= {"paused": [False, NOW], "answers": {first: [MARKUP, CENTURIES]}, "flags": {}, "told": {}, "sure": {}}
    done = {"form": 1, "mode": "exam", "at": CENTURIES, "words": MARKUP, "title": MARKUP, "share": 0.5}
    done |= {"slots": [*slots, {"card": names[0], "area": "__proto__"}], "answers": {first: MARKUP}, "flags": [MARKUP]}
    card = {"stability": 2, "difficulty": 5, "interval": 2, "last": NOW, "first": NOW, "due": CENTURIES}
    review = {"exam": "9999-12-31", "examAt": CENTURIES, "at": CENTURIES}
    review |= {"open": {"name": others[0], "chosen": MARKUP, "told": False}}
    stop, mark = {"at": CENTURIES, "title": MARKUP, "id": MARKUP, "heading": MARKUP}, {"on": True, "text": MARKUP}
    sound = {
        f"candor-answer:{first}": {"at": CENTURIES, "chosen": MARKUP, "got": 1, "of": MARKUP},
        "candor-answer:__proto__": {"at": CENTURIES, "chosen": MARKUP, "got": 1, "of": MARKUP},
        "candor-read:concerns/low-desire": stop,
        "candor-mark:concerns/low-desire#x": {**stop, **mark},
        "candor-review": {**review, "cards": {first: card, "__proto__": card, MARKUP: card}},
        "candor-flashcards": {**review, "cards": {MARKUP: card}},
        "candor-session": {**run, "title": MARKUP},
        "candor-sessions": [{**done, "began": began} for began in range(1, 4)],
        "candor-exam-knowledge-form": run,
        "candor-history-knowledge-form": [{**done, "began": 9, "title": ""}],
        **{f"candor-{name}": MARKUP for name in ("place", "keys", "deck", "voice")},
    }
    unsound = {
        "candor-read:javascript:window.ran=1//": {**stop, "at": CENTURIES + 1},
        "candor-mark://elsewhere.example/page#x": {**stop, **mark},
        "candor-answer:late": {"at": 1e300, "chosen": "A", "got": 1, "of": "A/4"},
        "candor-exam-x": {**run, "slots": "many"},
        "theme": "dark",
    }
    return {"candor": "study", "version": 1, "made": MARKUP, "kept": sound | unsound}, len(unsound)


@pytest.fixture
def bring(tmp_path):
    """Chooses a file: from the disk, since a large one that is handed through playwright takes half a minute."""

    def choose(page, content):
        (tmp_path / "study.json").write_bytes(content)
        page.get_by_label("Bring back a file:").set_input_files(tmp_path / "study.json")

    return choose


def test_nothing_in_a_file_from_anybody_runs_and_every_page_goes_on(opened, address, data, bring):
    names = list(json.loads(data)["cards"])[:7]
    file, unsound = stranger(names)
    page = opened("concerns/genito-pelvic-pain.html", viewport={"width": 390, "height": 844}, accept_downloads=True)
    agree(page)
    question = page.locator(".candor-question:has(input[type=radio])").first
    question.locator(".candor-option label").first.click()
    question.get_by_role("button", name="Check my answer").click()
    expect(question.locator(".candor-status")).to_have_text(re.compile("^(Yes|Not)"))
    mine = question.get_attribute("id").removeprefix("question-")

    page.goto(f"{address}practice/your-study.html")
    before = page.evaluate("name => localStorage.getItem(name)", f"candor-answer:{mine}")
    bring(page, json.dumps(file).encode())
    said = page.locator("[data-candor-study] .candor-said").first
    expect(said).to_contain_text("Brought back, beside what was here: ")
    expect(said).to_contain_text(f". {unsound} entries could")
    expect(page.get_by_role("heading", name="Bookmarks and notes")).to_be_visible()
    assert page.evaluate("name => localStorage.getItem(name)", f"candor-answer:{mine}") == before
    assert not page.evaluate(RAN)

    page.goto(f"{address}index.html")
    expect(page.locator(".candor-go-on")).to_be_visible()
    assert not page.evaluate(RAN)
    page.goto(f"{address}concerns/low-desire.html")
    expect(page.locator(".candor-check").first).to_be_visible()
    assert not page.evaluate(RAN)

    for name in ("sessions", "mock-exam"):
        page.goto(f"{address}practice/{name}.html")
        expect(page.get_by_text(f"Question 1 of {len(names)}", exact=True)).to_be_visible()
        expect(page.get_by_text("2 of its questions are no longer in the book, and are left out.")).to_be_visible()
        page.locator(".candor-option label").nth(1).click()
        page.get_by_role("button", name="Show the reasons").click()
        expect(page.locator(".candor-debrief")).to_be_visible()
        page.get_by_role("button", name="Finish").click()
        expect(page.get_by_role("heading", name="Your result")).to_be_visible()
        assert not page.evaluate(RAN)
        page.get_by_role("button", name="Close this result").first.click()
        expect(page.get_by_role("button", name="Open the result")).to_have_count(4 if name == "sessions" else 2)
        page.get_by_role("button", name="Open the result").first.click()
        expect(
            page.get_by_text("3 of its questions are no longer in the book").or_(page.locator(".candor-score"))
        ).to_be_visible()
        assert not page.evaluate(RAN)

    page.goto(f"{address}practice/review.html")
    page.locator(".candor-run .candor-option label").first.click()
    page.get_by_role("button", name="Check").click()
    page.locator(".candor-run button[data-key]").first.click()
    expect(page.locator(".candor-debrief")).to_have_count(0)
    assert not page.evaluate(RAN)
    page.goto(f"{address}practice/flashcards.html")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Good").click()
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    assert not page.evaluate(RAN)

    page.goto(f"{address}practice/your-study.html")
    page.get_by_role("button", name="Erase all of it").click()
    expect(page.get_by_text("Erased.", exact=True)).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((name) => /^candor-(?!erased|probe)/.test(name))") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is not a file of your study."),
        (b"\xff\xfe{\x00}\x00", "This is not a file of your study."),
        (b"<html>", "This is not a file of your study."),
        (b"[" * 200_000, "This is not a file of your study."),
        (b"[" * 100_000 + b"]" * 100_000, "This is not a file of your study."),
        (b'{"candor": "study", "version": 1, "kept": {}}' + b" " * 40_000_000, "This is not a file of your study."),
        (b'{"candor": "study", "version": 0, "kept": {}}', "This is not a file of your study."),
        (b'{"candor": "study", "version": 2, "kept": {}}', "This file comes from a newer edition of the book."),
        (
            b'{"candor": "study", "version": 1, "kept": {"candor-session": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
            "1 entry could not be read and was left out.",
        ),
    ],
    ids=["empty", "utf-16", "html", "cut off", "deep", "huge", "old", "new", "deep inside"],
)
def test_what_is_no_study_file_is_said_in_one_line_and_changes_nothing(browser, practice_pages, bring, content, said):
    context = browser.new_context()
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{practice_pages}your-study.html")
    page.evaluate("localStorage.setItem('candor-keys', '\"off\"')")
    bring(page, content)
    expect(page.locator("[data-candor-study] .candor-room")).to_contain_text(said)
    assert page.evaluate("({ ...localStorage })") == {"candor-keys": '"off"'} and errors == []
    context.close()


def test_a_file_for_which_there_is_no_room_changes_nothing(browser, practice_pages, bring):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{practice_pages}your-study.html")
    page.evaluate("localStorage.setItem('candor-keys', '\"off\"')")
    answer = {"at": 1, "chosen": "A" * 900_000, "got": 1, "of": "A/4"}
    kept = {f"candor-answer:{number}": answer for number in range(9)}
    bring(page, json.dumps({"candor": "study", "version": 1, "kept": kept}).encode())
    expect(page.locator("[data-candor-study] .candor-room")).to_contain_text("Not kept: the room")
    assert page.evaluate("Object.keys(localStorage)") == ["candor-keys"]
    context.close()
