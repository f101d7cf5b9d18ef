"""Protocols and conversations as a reader sees them: heads, sessions, notes beside or below the turns, the way from a
chapter and back."""

from itertools import pairwise

import pytest

TALK = "conversations/genito-pelvic-pain-hour.html"


def places(page) -> tuple[dict, dict]:
    turn = page.locator(".candor-talk > li:has(.candor-margin-note)").first
    return turn.locator(".candor-turn-said").bounding_box(), turn.locator(".candor-margin-note").bounding_box()


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (820, True), (390, False)])
def test_a_note_stands_beside_its_turn_where_there_is_room_and_below_it_where_there_is_none(opened, width, beside):
    page = opened(TALK, viewport={"width": width, "height": 900})
    said, note = places(page)
    if beside:
        assert note["x"] >= said["x"] + said["width"] and abs(note["y"] - said["y"]) < 20
    else:
        assert note["y"] >= said["y"] + said["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    first = page.locator(".candor-talk > li").first
    assert first.get_by_text("Jorun:", exact=True).is_visible()


def test_no_note_lies_on_the_next_and_all_can_be_covered_without_a_script(opened):
    page = opened(TALK, viewport={"width": 1280, "height": 900})
    notes = page.locator(".candor-margin-note")
    boxes = [note.bounding_box() for note in notes.all()]
    assert len(boxes) >= 5 and all(one["y"] + one["height"] <= other["y"] for one, other in pairwise(boxes))
    page.get_by_label("Cover the notes").check()
    assert not any(note.is_visible() for note in notes.all())


def test_a_chapter_leads_to_its_protocol_and_conversation_and_they_lead_back(opened):
    page = opened("concerns/genito-pelvic-pain.html", viewport={"width": 390, "height": 800})
    page.get_by_text("A conversation with notes:").scroll_into_view_if_needed()
    assert page.get_by_text("Session by session:").is_visible()
    page.locator(f"a[href$='{TALK}']").last.click()
    page.get_by_text("Taught in:").locator("..").locator("a").first.click()
    page.wait_for_url("**/concerns/genito-pelvic-pain.html")


def test_a_protocol_has_each_session_as_a_section_and_says_how_many(opened):
    page = opened("protocols/sensate-focus.html", viewport={"width": 1280, "height": 900})
    assert "8 sessions" in page.locator(".candor-badge").inner_text()
    assert page.locator("h2", has_text="Session ").count() == 8
    assert page.locator("strong", has_text="Stop rules.").count() == 8
