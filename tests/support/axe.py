"""axe on a page in a browser, and the page made small for it: of many neighbours of one shape it needs a few."""

import pytest

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

#: Takes neighbours of one shape away, from the third on, and says how many. Two elements have one shape where their
#: tags, classes, styles and attributes are the same all the way down, however often each stands there, and text or a
#: value is there or empty at the same places: a link without words, or a picture without its text, is a shape of its
#: own, and stays.
THIN = """() => {
    const KEPT = 2;  // an odd one and an even one
    const shape = node => {
        const own = [...node.attributes].map(({ name, value }) =>
            ['class', 'style', 'role', 'type', 'tabindex', 'lang', 'scope'].includes(name)
                ? `${name}=${value}` : `${name}${value.trim() ? '' : '=empty'}`);
        const text = [...node.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim());
        const inner = new Set([...node.children].map(shape));
        return `${node.localName}[${own.sort()}]${text ? 't' : ''}(${[...inner].sort()})`;
    };
    let gone = 0;
    const thin = node => {
        const seen = new Map();
        for (const child of [...node.children]) {
            const its = node.children.length > KEPT ? shape(child) : '';
            seen.set(its, (seen.get(its) ?? 0) + 1);
            const heading = /^h[1-6]$/.test(child.localName);  // it stays, for the order; a section goes with its own
            if (its && seen.get(its) > KEPT && !heading) { child.remove(); gone += 1; } else { thin(child); }
        }
    };
    thin(document.body);
    return gone;
}"""

#: The colour of the page's ground.
GROUND = """() => ['html', 'body', 'main'].map((name) => document.querySelector(name)).filter(Boolean)
    .map((one) => getComputedStyle(one).backgroundColor).join()"""

#: What lies half under a bar that stays in sight is no small target: the page scrolls.
LOOSE = ":is(.candor-act, .candor-exam-bar) { position: static !important }"

#: Names that two elements have, which a smaller page might hide.
TWICE = """() => {
    const seen = new Set();
    return [...document.querySelectorAll('[id]')].map(one => one.id).filter(id => seen.has(id) || !seen.add(id));
}"""


def violations(page, tags=WCAG, thin: bool = False, parts: tuple[str, ...] = ()) -> list[tuple]:
    """What axe finds: (rule, where the first stands, how many), of the whole page or of `parts`. `thin`: of a long
    page each shape a few times; it holds less afterwards. Skips the test where axe is not installed."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.add_style_tag(content=LOOSE)
    twice = [("an id twice", one, 2) for one in page.evaluate(TWICE)] if thin else []
    if thin:
        page.evaluate(THIN)
    # What is sound need not be listed: the faults are the same, in two thirds of the time.
    options = {"runOnly": {"type": "tag", "values": list(tags)}, "preload": False, "resultTypes": ["violations"]}
    context = {"include": [[part] for part in parts]} if parts else None
    found = axe.Axe().run(page, context=context, options=options).response["violations"]
    return twice + [(one["id"], one["nodes"][0]["target"], len(one["nodes"])) for one in found]


def by_scheme(page, tags=WCAG, thin: bool = False, parts: tuple[str, ...] = ()) -> dict[str, list[tuple]]:
    """The same in light and in dark, by scheme; {} where nothing is found. The page is loaded once, and goes dark as
    it does in the evening."""
    found, grounds = {}, set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        grounds.add(page.evaluate(GROUND))
        if what := violations(page, tags, thin, parts):
            found[scheme] = what
    assert len(grounds) == 2, f"the page has one ground for day and night: {grounds}"
    return found
