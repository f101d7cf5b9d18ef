"""A page that is made small for axe keeps what axe would find."""

import pytest
from browser.conftest import browser  # noqa: F401

from support.axe import ALIKE, THIN, by_scheme, violations

ROW = '<tr class="a-row"><td><a href="#one">{}</a></td><td style="color:{}">Some words</td></tr>'
PAGE = """<!doctype html><html lang="en"><title>A list</title><body style="background:#fff;line-height:3"><main>
<h1>A list</h1><table><tr><th scope="col">Work</th><th scope="col">What</th></tr>{}</table></main>"""


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def opened(page, **other):
    rows = [ROW.format(f"Work {number}", "#333") for number in range(60)]
    for number, row in other.items():
        rows[int(number.removeprefix("row"))] = row
    written(page, PAGE.format("".join(rows)))


def written(page, text):
    """A document of its own, with nothing of the one before."""
    page.goto("about:blank")
    page.set_content(text)


def test_of_many_rows_of_one_shape_few_are_left_and_each_fault_stays(page):
    opened(page)
    assert violations(page) == violations(page, thin=True) == [] and page.locator("tr.a-row").count() == 2
    for fault, row in {
        "link-name": ROW.format("", "#333"),
        "color-contrast": ROW.format("Pale", "#ddd"),
        "image-alt": ROW.format('<img src="data:,">', "#333"),
    }.items():
        opened(page, row47=row)
        assert page.evaluate(THIN) > 50
        assert fault in [name for name, *_ in violations(page)]


def test_an_id_that_stands_twice_is_found_though_its_rows_went(page):
    row = ROW.format('<span id="same">x</span>', "#333")
    opened(page, row40=row, row41=row, row42=row)
    assert violations(page, thin=True) == [("an id twice", "same", 2)] * 2


@pytest.mark.parametrize(
    "fault",
    [
        ROW.format("Work", "#ddd"),  # its own colour
        ROW.format("Work", "#333;background:#444"),
        ROW.format("Work", "#333").replace("<tr", '<tr style="background:#444"'),  # what is painted behind it
        ROW.format("Work", "#333").replace("<tr", '<tr style="opacity:.3"'),
        ROW.format("Work", "#333").replace("Some words", '<b style="color:#eee">Some words</b>'),
    ],
)
def test_of_texts_that_are_alike_few_are_looked_at_and_one_that_is_not_is_found(page, fault):
    opened(page)
    assert violations(page) == []
    page.evaluate(ALIKE)
    assert page.locator("[data-alike]").count() > 100
    opened(page, row30=fault)
    assert "color-contrast" in [name for name, *_ in violations(page)] and page.locator("[data-alike]").count() == 0


DAY_AND_NIGHT = """<!doctype html><html lang="en"><title>A page</title><style>
body {{ background: #fff; color: #111 }} .night {{ display: none }}
@media (prefers-color-scheme: dark) {{
    body {{ background: #111; color: #fff }} .night {{ display: inline }} .day {{ display: none }} {} }}
</style><main><h1>A page</h1><p>Words</p><img class="day" src="data:," alt="The sun">{}</main>"""
MOON = '<img class="night" src="data:," alt="The moon">'


@pytest.mark.parametrize(
    "style, more, wanted",
    [
        ("", MOON, {}),
        ("p { color: #333 }", MOON, {"dark": ["color-contrast"]}),
        ("", MOON.replace('alt="The moon"', ""), {"dark": ["image-alt"]}),
        ("", '<button class="night"></button>', {"dark": ["button-name"]}),
        ("", '<p style="color:#888; background:#999">Grey</p>', {one: ["color-contrast"] for one in ("light", "dark")}),
        (
            "",
            "<script>matchMedia('(prefers-color-scheme: dark)').onchange = () =>"
            " document.querySelector('main').insertAdjacentHTML('beforeend', '<a href=\"#\"></a>')</script>",
            {"dark": ["link-name"]},
        ),
    ],
)
def test_what_is_wrong_by_night_alone_is_found(page, style, more, wanted):
    written(page, DAY_AND_NIGHT.format(style, more))
    found = by_scheme(page)
    assert {scheme: sorted({name for name, *_ in what}) for scheme, what in found.items()} == wanted


def test_what_is_not_shown_is_left_out_put_back_and_hides_nothing_that_is_shown(page):
    """Two folds hold the first and the last of three texts that are alike; something hidden names a button."""
    pale = '<p style="color:#bbb">Pale</p>'
    fold = (
        f"<details><summary>More</summary><div>{pale}<label><input type=checkbox checked> One</label></div></details>"
    )
    named = '<button aria-labelledby="name"></button><div hidden><b><i id="name">Go</i></b></div>'
    written(page, f'<!doctype html><html lang="en"><title>Folds</title><main>{fold}{pale}{fold}{named}</main>')
    before = page.content()
    assert [(name, count) for name, _, count in violations(page)] == [("color-contrast", 1)]
    assert page.content() == before
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.locator("input").last.uncheck()
    assert [(name, count) for name, _, count in violations(page)] == [("color-contrast", 2)]  # the first and the last
    assert page.locator("input:checked").count() == 1
