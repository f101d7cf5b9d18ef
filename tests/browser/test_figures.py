"""Every figure of the published book on a phone: its letters, its colours by day and by night, and its words."""

from grader.web.tokens import tokens

PHONE = {"width": 390, "height": 844}
LEAST = 12  # pixels that a letter of a figure has on a phone
#: Each figure of a page: its size beside the page's, the least of its letters, its colours as painted, its words.
LOOK = """() => [...document.querySelectorAll('.candor-figure > svg')].map(svg => {
    const scale = svg.getScreenCTM().a, seen = new Set();
    const shapes = [...svg.querySelectorAll('rect, circle, path, text, ellipse, polygon')].filter(one => !one.closest('marker'));
    for (const one of shapes) {
        const style = getComputedStyle(one);
        for (const colour of [style.fill, style.stroke]) if (colour.startsWith('rgb(')) seen.add(colour);
    }
    const box = svg.getBoundingClientRect();
    return {
        name: svg.closest('figure').id,
        letters: Math.min(...[...svg.querySelectorAll('text')].map(one => scale * parseFloat(getComputedStyle(one).fontSize))),
        out: [...svg.querySelectorAll('text')].filter(one => {
            const mine = one.getBoundingClientRect();
            return mine.left < box.left || mine.right > box.right || mine.top < box.top || mine.bottom > box.bottom;
        }).map(one => one.textContent),
        wide: box.right > document.documentElement.clientWidth,
        colours: [...seen],
        said: (svg.getAttribute('aria-label') || '').length,
        words: !!svg.closest('figure').nextElementSibling?.matches('details'),
    };
})"""  # noqa: E501
#: The colours that a token has now.
TOKENS = """names => names.map(name => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(--cd-${name})`;
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
})"""


#: Puts what another page says into this one, in its place, and looks at its figures: all else around them is the same,
#: and loading it anew for each is most of the work.
PUT = f"""async (address) => {{
    const other = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
    document.querySelector('.bd-article').replaceWith(other.querySelector('.bd-article'));
    return ({LOOK})();
}}"""


def test_every_figure_can_be_read_on_a_phone_by_day_and_by_night(opened, address, site):
    """All of them in one walk: no letters below 12 pixels, none outside the drawing, no colour but the tokens'."""
    names = sorted(tokens()["colour"])
    texts = {str(path.relative_to(site)): path.read_text() for path in site.rglob("*.html")}
    pages = sorted(name for name, text in texts.items() if 'class="candor-figure"' in text)
    assert len(pages) > 20
    wrong, grounds, seen = [], [], 0
    page = opened(pages[0], viewport=PHONE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("(scheme) => document.documentElement.dataset.theme === scheme", arg=scheme)
        own = set(page.evaluate(TOKENS, names))
        grounds.append(own)
        for name in pages:
            figures = page.evaluate(PUT, address + name)
            assert len(figures) == texts[name].count('class="candor-figure"'), name
            for figure in figures:
                seen += 1
                where = f"{figure['name']} ({scheme})"
                if figure["letters"] < LEAST:
                    wrong.append(f"{where}: letters of {figure['letters']:.1f} px")
                if figure["out"] or figure["wide"]:
                    wrong.append(f"{where}: outside of the drawing or the page: {figure['out']}")
                if fixed := set(figure["colours"]) - own:
                    wrong.append(f"{where}: colours that are no token's: {sorted(fixed)}")
                if not figure["words"] or figure["said"] < 40:
                    wrong.append(f"{where}: not said in words")
    assert grounds[0] != grounds[1], "the same colours by day and by night"
    assert seen >= 2 * len(pages) and wrong == []
