"""The one style sheet of the site holds what its pages use: nothing looks otherwise than with every rule of the themes."""

import pytest

from grader.book.sheet import names_of_page, only_used
from grader.book.weight import SHEET, whole

#: All that decides how an element and what is drawn before and after it looks, by its place in the page.
LOOKS = """() => [...document.querySelectorAll('body, body *')].filter((one) => !one.closest('svg svg, script'))
    .map((one) => [one.tagName + '.' + one.className, ['', '::before', '::after', '::marker'].map((part) => {
        const style = getComputedStyle(one, part || null);
        return [...style].filter((name) => !name.startsWith('--')).map((name) => style.getPropertyValue(name)).join('|');
    }).join('\\n')])"""


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize(
    "name",
    ["index.html", "therapist/talking-about-sex.html", "practice/mock-exam.html", "search.html", "kit/first-meeting.html"],
)
def test_no_element_looks_otherwise_than_with_every_rule(browser, site, address, name, width, scheme):
    seen = []
    for every in (False, True):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        if every:
            page.route(f"**/{SHEET}*", lambda route: route.fulfill(content_type="text/css", body=whole(site / "_static")))
        page.goto(address + name, wait_until="networkidle")
        seen.append(page.evaluate(LOOKS))
        context.close()
    less, more = seen
    assert len(less) == len(more) > 50
    assert [one for one, (_, look) in zip(less, more, strict=True) if look != one[1]] == []


def test_a_rule_stays_where_a_page_or_script_has_what_it_asks_for():
    page = '<p class="a b" style="color: var(--asked)"></p><script>box.classList.add("made");</script>'
    used = names_of_page(page)
    css = """@charset "UTF-8"; /* none */
    :root { --asked: var(--through); --through: 1px; --idle: 2px }
    .a .b > p, .gone .a { color: red; margin: var(--through) }
    .made:not(.gone)::after { content: "}" } .gone, .a.gone { color: blue }
    @media (width > 1px) { .gone { color: blue } .a:is(.gone, .b) { color: red } } @media print { .gone { top: 0 } }
    @font-face { font-family: x }"""
    made = "".join(only_used(css, used).split())
    assert made == (
        ":root{--asked:var(--through);--through:1px}.a.b>p{color:red;margin:var(--through)}"
        '.made:not(.gone)::after{content:"}"}@media(width>1px){.a:is(.gone,.b){color:red}}@font-face{font-family:x}'
    )
