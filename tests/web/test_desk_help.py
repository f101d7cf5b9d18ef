"""The page of help for the desk: its pictures, and that it calls a thing what the interface calls it."""

import re

import pytest
from PIL import Image

from grader import language
from grader.web import desk_help

lxml = pytest.importorskip("lxml.html", reason="lxml is not installed")
MOST = 400_000  # bytes of all pictures; of each only the one for light or for dark is asked for
#: Where a word of the interface may stand: scripts and pages of the desk, and of one's study in the book.
INTERFACE = re.compile(r"js/src/(desk|book)/|grader/lite\.html\.j2")


@pytest.fixture(params=[True, False], ids=["in the browser", "in JupyterLab"])
def page(request):
    made = lxml.fromstring(desk_help.page("page.css" if request.param else "", site=request.param))
    made.site = request.param
    return made


def test_each_picture_is_there_by_day_and_by_night_says_what_it_shows_and_is_small(page):
    shown = page.findall(".//img")
    names = {path.name for path in desk_help.PICTURES.glob("*.webp")}
    assert {one.get("src") for one in shown} <= {
        (desk_help.FROM_DESK if page.site else "help/") + name for name in names
    }
    for one in shown:
        with Image.open(desk_help.PICTURES / one.get("src").rsplit("/", 1)[1]) as picture:
            assert picture.size == (2 * int(one.get("width")), 2 * int(one.get("height")))
            assert picture.width == 780  # of a phone, so that on one a letter is as large as on the desk
        assert len(one.get("alt")) > 40 and one.get("loading") == "lazy"
    if page.site:
        assert len(shown) == len(names) == 2 * len({one.get("alt") for one in shown}) >= 14
    assert sum(path.stat().st_size for path in desk_help.PICTURES.glob("*.webp")) < MOST


def test_what_it_calls_a_button_is_what_the_interface_says(page):
    """`Keep for offline use` is how `Keep for offline use ({size})` begins."""
    said = {
        one.text.split(" ({")[0].rstrip(".")
        for one in language.read(language.TEMPLATE)
        if any(map(INTERFACE.match, one.files))
    }
    named = {one.text_content() for one in page.findall(".//b[@class='candor-key']")}
    assert len(named) >= (14 if page.site else 9)
    assert named <= said, named - said


def test_every_part_has_its_heading_and_its_place_in_the_list(page):
    links = [one.get("href") for one in page.findall(".//nav/a")]
    assert links == [f"#{one.get('id')}" for one in page.findall(".//section")]
    assert len(links) == (len(desk_help.PARTS) if page.site else len(desk_help.PARTS) - len(desk_help.ALONE))
    assert len(page.findall(".//h1")) == 1


def test_the_page_for_jupyterlab_is_up_to_date():
    """After a change of its words: `python scripts/desk_help.py`."""
    written = desk_help.IN_LAB.read_text(encoding="utf-8")
    assert written == desk_help.in_lab(), "run python scripts/desk_help.py"
    assert all((desk_help.IN_LAB.parent / address).is_file() for address in re.findall(r'"(help/[^"]+)"', written))
