"""The check of a built site's links: every way of asking for a file, and every way of leading nowhere."""

import pytest

from grader.web.links import Site
from support.project import run

WHOLE = {
    "index.html": (
        """<!doctype html><html><head><link rel="stylesheet" href="a/style.css?v=1"></head><body id="top-of-page">
<a href="#here">x</a><a href="">x</a><a href="#">x</a><a href="#top">x</a><p id="here"></p><a name="old"></a><a href="#old">x</a>
<a href="a/page.html#caf%C3%A9">x</a><a href="a/">x</a><a href="a/caf%C3%A9%20au%20lait.html">x</a>
<a href="https://example.org/none">x</a><a href="//example.org/none">x</a><a href="mailto:a@example.org">x</a><a href="tel:1">x</a>
<img src="picture.svg" srcset="picture.svg 1x, picture.svg#part 2x"><img src="data:image/png;base64,AAAA">
<svg><use href="picture.svg#part"/></svg><p style="background: url('picture.svg')"></p><style>p { background: url(picture.svg) }</style>
<a href="desk/notebooks/index.html?path=one.ipynb">x</a><script>const text = '<a href="none.html">';</script></body></html>"""  # noqa: E501
    ),
    "a/index.html": '<a href="../index.html">x</a><a href="/index.html#here">x</a>',
    "a/page.html": '<h1 id="café">x</h1>',
    "a/café au lait.html": "<p>x</p>",
    "a/style.css": (
        "/* url(none.png) */ @import 'other.css'; p { background: url( \"../picture.svg\" ) } @font-face { src:"
        " url(data:font/x), url(../picture.svg?v=2#iefix) }"
    ),
    "a/other.css": "",
    "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g id="part"/></svg>',
    "desk/notebooks/index.html": "<p>x</p>",
    "desk/files/one.ipynb": "{}",
}


@pytest.fixture
def site(tmp_path):
    for name, text in WHOLE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_site_that_is_whole_has_nothing_broken(site):
    assert list(map(str, Site(site).broken())) == []


def test_a_site_below_a_path_has_links_from_the_root_of_its_host(site):
    """The page for what is not there links so, wherever the address of an edition has a path."""
    index = site / "index.html"
    index.write_text(index.read_text().replace("<head>", '<head><link rel="canonical" href="https://e.org/training/">'))
    (site / "a/index.html").write_text("<p>x</p>")
    (site / "404.html").write_text('<a href="/training/a/page.html">x</a>\n<a href="/training/">x</a>')
    assert list(map(str, Site(site).broken())) == []
    (site / "404.html").write_text('<a href="/training/none.html">x</a>\n<a href="/a/page.html">x</a>')
    assert list(map(str, Site(site).broken())) == [
        "404.html:1: `/training/none.html` is not there",
        "404.html:2: `/a/page.html` leads out of the site",
    ]


@pytest.mark.parametrize(
    "name, old, new, said",
    [
        ("index.html", '"a/page.html#', '"a/pages.html#', "index.html:3: `a/pages.html#caf%C3%A9` is not there"),
        ("index.html", "#caf%C3%A9", "#cafe", "index.html:3: `a/page.html#cafe` has no anchor `cafe` on its page"),
        ("index.html", '"#here"', '"#there"', "index.html:2: `#there` has no anchor `there` on its page"),
        ("index.html", "picture.svg 1x", "small.svg 1x", "index.html:5: `small.svg` is not there"),
        (
            "index.html",
            "picture.svg#part 2x",
            "picture.svg#whole 2x",
            "index.html:5: `picture.svg#whole` has no anchor `whole`",
        ),
        ("index.html", "url('picture.svg')", "url('none.svg')", "index.html:6: `none.svg` is not there"),
        ("index.html", "url(picture.svg)", "url(none.svg)", "index.html:6: `none.svg` is not there"),
        ("index.html", "path=one.ipynb", "path=two.ipynb", "names a notebook that the desk does not have: two.ipynb"),
        ("index.html", "a/style.css?v=1", "a/styles.css?v=1", "index.html:1: `a/styles.css?v=1` is not there"),
        ("index.html", '"a/"', '"b/"', "index.html:3: `b/` is not there"),
        (
            "a/index.html",
            "../index.html",
            "../../index.html",
            "a/index.html:1: `../../index.html` leads out of the site",
        ),
        ("a/style.css", "'other.css'", "'none.css'", "a/style.css:1: `none.css` is not there"),
        ("a/style.css", "../picture.svg?v=2", "../none.svg?v=2", "a/style.css:1: `../none.svg?v=2#iefix` is not there"),
    ],
)
def test_one_broken_link_is_found_with_its_line(site, name, old, new, said):
    path = site / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    broken = list(map(str, Site(site).broken()))
    assert len(broken) == 1 and said in broken[0], broken


def test_the_command_says_how_many_and_ends_with_it(site, tmp_path_factory):
    assert run("grader", "links", str(site)).stdout.strip().endswith(" links on 6 pages: 0 broken.")
    (site / "desk/files/one.ipynb").unlink()
    done = run("grader", "links", str(site))
    assert done.returncode == 1 and "1 broken" in done.stdout
    done = run("grader", "links", str(tmp_path_factory.mktemp("empty")))
    assert done.returncode == 2 and "make book" in done.stdout and done.stdout.count("\n") == 1
