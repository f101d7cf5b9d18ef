"""What a reader has set on the device: less motion, and the system's own high contrast."""

import pytest

from browser.conftest import choose_row

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
PAGES = ["index.html", "concerns/low-desire.html", "practice/sessions.html", "practice/your-study.html"]
#: What moves by itself, or slides: tag, class and how long.
MOVES = """() => {
    const long = (all) => all.split(',').some((one) => parseFloat(one) > 0.01);
    const slow = (style) => (style.animationName !== 'none' && long(style.animationDuration))
        || (style.transitionProperty !== 'none' && long(style.transitionDuration));
    const found = document.getAnimations().map(() => 'an animation runs');
    for (const node of document.querySelectorAll('*')) {
        for (const part of [null, '::before', '::after']) {
            const style = getComputedStyle(node, part);
            if (slow(style) || style.scrollBehavior === 'smooth') found.push(`${node.localName}.${node.className}`);
        }
    }
    return [...new Set(found)];
}"""
#: A chart whose words are on the ground that they were drawn for.
CHART = """() => {
    const chart = document.querySelector('.candor-trend'), style = getComputedStyle(chart);
    return [style.backgroundColor, getComputedStyle(chart.querySelector('text')).fill, style.forcedColorAdjust];
}"""


@pytest.mark.parametrize("name", PAGES)
def test_who_wants_less_motion_sees_none(opened, name):
    page = opened(name, reduced_motion="reduce")
    assert page.evaluate(MOVES) == []


def brightness(colour: str) -> float:
    return sum(float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_high_contrast_one_sees_what_is_chosen_and_can_read_a_chart(opened, address, theme):
    """A dark palette of the system, and whichever of the book's own was chosen before."""
    page = opened("practice/sessions.html", forced_colors="active", color_scheme="dark")
    page.evaluate("theme => { localStorage.mode = theme; localStorage.theme = theme; }", theme)
    page.reload()
    choose_row(page, "mode", "tutor")
    page.get_by_role("button", name="Begin").click()
    page.locator(".candor-option label").first.click()
    expect(page.locator(".candor-option input").first).to_be_checked()
    page.get_by_role("button", name="Fairly sure").click()
    page.get_by_role("heading", name="Question 1").focus()
    grounds = [
        page.get_by_role("button", name=name, exact=True).evaluate("one => getComputedStyle(one).backgroundColor")
        for name in ("Guessing", "Fairly sure", "Sure")
    ]
    assert grounds[0] == grounds[2] != grounds[1]
    expect(page.locator(".candor-map [aria-current]")).to_have_css("outline-style", "solid")

    one = {
        "form": 1,
        "mode": "exam",
        "answers": {},
        "flags": [],
        "words": "x",
        "slots": [{"card": "x", "area": "x"}] * 20,
    }
    results = [{**one, "began": n, "at": n * 86_400_000, "share": n / 4} for n in (1, 2, 3)]
    page.evaluate("all => candor.store.write('candor-sessions', all)", results)
    page.goto(f"{address}practice/your-study.html")
    page.locator(".candor-trend").wait_for()
    ground, words, adjust = page.evaluate(CHART)
    assert adjust == "none" and abs(brightness(ground) - brightness(words)) > 255
