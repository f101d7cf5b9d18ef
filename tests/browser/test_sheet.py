"""The one style sheet of the site holds what its pages use: no rule of the themes that meets something is lost."""

from grader.book.sheet import names_of_page, only_used
from grader.book.weight import SHEET, whole

PAGES = [
    "index.html",
    "therapist/talking-about-sex.html",
    "concerns/low-desire.html",
    "practice/mock-exam.html",
    "practice/cases.html",
    "kit/first-meeting.html",
    "appendix/certification.html",
    "appendix/coverage.html",
    "glossary.html",
    "references.html",
    "search.html",
]
#: Selectors of the whole sheet that are not in the site's and yet meet something on a page, in whatever state.
LOST = """async ([whole, kept, pages]) => {
    const selectors = (css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        const all = (rules) => [...rules].flatMap((rule) => [
            ...(rule.selectorText && rule.style.length ? [rule.selectorText] : []),
            ...(rule.cssRules ? all(rule.cssRules) : [])]);
        return all(sheet.cssRules).flatMap((text) => text.split(/,(?![^(]*\\))/)).map((text) => text.trim());
    };
    const left = new Set(selectors(kept));
    const gone = [...new Set(selectors(whole))].filter((one) => !left.has(one));
    const lost = [];
    const STATES = /::?(before|after|marker|placeholder|hover|focus[a-z-]*|active|checked|disabled|target)/g;
    for (const address of pages) {
        const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
        for (const one of gone) {
            const bare = one.replace(STATES, '') || '*';
            try {
                if (page.querySelector(bare)) lost.push(`${address}: ${one}`);
            } catch { /* a selector of another browser */ }
        }
    }
    return [left.size, gone.length, lost];
}"""


def test_every_rule_that_meets_something_on_a_page_is_in_the_sites_sheet(browser, site, address):
    page = browser.new_page()
    page.goto(address)
    kept = (site / "_static" / SHEET).read_text(encoding="utf-8")
    left, gone, lost = page.evaluate(LOST, [whole(site / "_static"), kept, PAGES])
    page.close()
    assert left > 500 and gone > 1000, "the sheet was not made lighter: this test shows nothing"
    assert lost == []


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
