"""axe on a page in a browser, and the page made small for it: of many neighbours of one shape it needs a few."""

import pytest

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

#: Takes neighbours of one shape away, from the third on, and says how many. Two elements have one shape where their
#: tags, classes, styles and attributes are the same all the way down, however often each stands there, and text or a
#: value is there or empty at the same places: a link without words, or a picture without its text, is a shape of its
#: own, and stays.
THIN = """(within) => {
    const KEPT = 2;  // an odd one and an even one
    const known = new Map();
    const shape = node => {
        if (!known.has(node)) known.set(node, made(node));
        return known.get(node);
    };
    const made = node => {
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
            // A heading stays, for the order (a section goes with its own), and a label, for its field.
            const stays = /^(h[1-6]|label)$/.test(child.localName);
            if (its && seen.get(its) > KEPT && !stays) { child.remove(); gone += 1; } else { thin(child); }
        }
    };
    document.querySelectorAll(within ?? 'body').forEach(thin);
    return gone;
}"""

#: What stands around every page of the book: its lists at the sides and its foot, where no walk goes. Each shape there
#: is looked at, as in a long page, not each of more than a hundred links in every state of the page between them.
AROUND = ".bd-sidebar-primary, .bd-sidebar-secondary, .bd-footer"

#: The colour of the page's ground.
GROUND = """() => ['html', 'body', 'main'].map((name) => document.querySelector(name)).filter(Boolean)
    .map((one) => getComputedStyle(one).backgroundColor).join()"""

#: What lies half under a bar that stays in sight is no small target: the page scrolls.
LOOSE = """() => {
    const sheet = new CSSStyleSheet();  // which no policy of a page forbids
    sheet.replaceSync(':is(.candor-act, .candor-exam-bar) { position: static !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

#: All that a page is but its colours: each element that is shown, with its words, where it stands, and how far it is
#: seen. A picture that says nothing and has another for the night at its place is a colour, too.
OUTLINE = """() => [...document.body.querySelectorAll('*:not(:is(.only-light, .only-dark)[alt=""])')].filter((one) =>
    one.checkVisibility()).map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const own = [...one.attributes].map(({ name, value }) => `${name}=${value}`);
    const words = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data);
    const seen = [style.display, style.visibility, style.opacity];
    return [one.localName, x, y, width, height, ...seen, ...own, ...words].join();
}).join('\\n')"""

#: Takes out what is in elements that are not shown, as in a fold that is closed, and returns what puts it back: axe
#: finds nothing there, and looks at how each of them is painted to know it. What another element points to stays.
UNSEEN = """() => {
    const POINTS = ['for', 'headers', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns',
        'aria-details', 'aria-errormessage', 'aria-activedescendant', 'href'];
    const asked = new Set([...document.querySelectorAll(POINTS.map((name) => `[${name}]`))].flatMap((one) =>
        POINTS.flatMap((name) => (one.getAttribute(name) ?? '').replace(/^#/, '').split(/\\s+/))));
    const out = [];
    const look = (one) => {
        if (!(one instanceof HTMLElement) || one.matches('select, script, style, template, dialog, iframe')) return;
        if (one.checkVisibility()) {
            for (const child of one.children) look(child);
        } else if (one.childElementCount && ![...one.querySelectorAll('[id]')].some(({ id }) => asked.has(id))) {
            out.push([one, [...one.childNodes]]);
        }
    };
    look(document.body);
    for (const [one] of out) one.replaceChildren();
    return () => { for (const [one, all] of out) one.replaceChildren(...all); };
}"""

#: Marks text at whose contrast axe need not look, which is most of its time: of texts that are alike in all that
#: decides it (their own style, and what is painted behind them all the way up) the first and the last are enough.
ALIKE = """(parts) => {
    const TEXT = ['color', 'font-size', 'font-weight', 'text-shadow', 'visibility'];
    const GROUND = ['background-color', 'background-image', 'opacity', 'position', 'z-index', 'filter',
        'mix-blend-mode', 'transform', 'overflow-y'];
    const NONE = 'rgba(0, 0, 0, 0)|none|1|static|auto|none|normal|none|visible';
    const OFF = ':disabled, [aria-disabled=true]';
    const kinds = new Map(), alike = new Map();
    const kind = (...told) => {
        const name = told.join('|');
        return kinds.get(name) ?? (kinds.set(name, kinds.size), kinds.get(name));
    };
    const painted = (one) => ['::before', '::after'].map((part) => getComputedStyle(one, part))
        .filter((part) => part.content !== 'none')
        .map((part) => part.backgroundColor + part.backgroundImage + part.position).join();
    const text = (one) => [...one.childNodes]
        .map((node) => (node.nodeType === Node.TEXT_NODE ? node.data.trim() : '')).join('');
    const walk = (one, above) => {
        const style = getComputedStyle(one), off = one.matches(OFF) || one.control?.matches(OFF);
        if (style.display === 'none') return;
        const said = (names) => names.map((name) => style.getPropertyValue(name)).join('|');
        const ground = said(GROUND), more = painted(one);
        const behind = ground === NONE && !more && !off ? above : kind(above, ground, more, off, one.className);
        const words = text(one);
        if (words || one.type) {
            const name = kind(behind, said(TEXT), words.length > 1, one.type);
            alike.set(name, [...(alike.get(name) ?? []), one]);
        }
        for (const child of one.children) walk(child, behind);
    };
    document.querySelectorAll(parts ?? 'html').forEach((one, place) => walk(one, `part ${place}`));
    for (const all of alike.values()) all.slice(1, -1).forEach((one) => one.setAttribute('data-alike', ''));
}"""

#: The rules that look at colours.
COLOUR = ("color-contrast", "link-in-text-block")

#: Names that two elements have, which a smaller page might hide.
TWICE = """() => {
    const seen = new Set();
    return [...document.querySelectorAll('[id]')].map(one => one.id).filter(id => seen.has(id) || !seen.add(id));
}"""


def violations(page, tags=WCAG, thin: bool = False, parts: tuple[str, ...] = ()) -> list[tuple]:
    """What axe finds: (rule, where the first stands, how many), of the whole page or of `parts`. `thin`: of a long
    page each shape a few times; it holds less afterwards. Skips the test where axe is not installed."""
    twice = [] if parts else [("an id twice", one, 2) for one in page.evaluate(TWICE)]
    if thin:
        page.evaluate(THIN)
    return twice + _run(page, {"type": "tag", "values": list(tags)}, parts)


#: Of each violation its rule, where the first stands, and how many.
RUN = f"""async ([context, options]) => {{
    const back = ({UNSEEN})();
    ({ALIKE})(context?.include.join());
    const found = await axe.run(context ?? document, options).finally(back);
    document.querySelectorAll('[data-alike]').forEach((one) => one.removeAttribute('data-alike'));
    return found.violations.map((one) => [one.id, one.nodes[0].target, one.nodes.length]);
}}"""
ONCE = "axe.configure({ rules: [{ id: 'color-contrast', selector: ':not([data-alike])' }] })"


def _run(page, rules: dict, parts: tuple[str, ...]) -> list[tuple]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.Axe().axe_script)
        page.evaluate(ONCE)
        page.evaluate(LOOSE)
        page.evaluate(THIN, AROUND)
    # What is sound need not be listed: the faults are the same, in two thirds of the time.
    options = {"runOnly": rules, "preload": False, "resultTypes": ["violations"]}
    context = {"include": [[part] for part in parts]} if parts else None
    return [tuple(one) for one in page.evaluate(RUN, [context, options])]


def by_scheme(page, tags=WCAG, thin: bool = False, parts: tuple[str, ...] = ()) -> dict[str, list[tuple]]:
    """The same in light and in dark, by scheme; {} where nothing is found. The page is loaded once, and goes dark as
    it does in the evening; where nothing but its colours changes then, nothing but its colours is looked at again."""
    found, outline = {}, ""
    for scheme in ("light", "dark"):
        _go(page, scheme)
        if outline and page.evaluate(OUTLINE) == outline:
            what = _run(page, {"type": "rule", "values": COLOUR}, parts)
        else:
            what = violations(page, tags, thin, parts)
            outline = page.evaluate(OUTLINE)
        if what:
            found[scheme] = what
    return found


def _go(page, scheme: str) -> None:
    """Day or night over a page, once its ground shows it: an application may have to fetch how it looks by night."""
    before = "" if page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches") else page.evaluate(GROUND)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    try:
        page.wait_for_function(f"before => ({GROUND})() !== before", arg=before)
    except Exception as error:
        raise AssertionError(f"the page has one ground for day and night: {before}") from error
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
