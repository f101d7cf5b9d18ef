"""The interface of a book in the language of its edition: in one made by code, so that whatever did not come through
the catalogue is seen, and in Portuguese."""

import re
from pathlib import Path

import pytest
from lxml import html

from support.libraries import book_of_good
from support.project import run

#: What authors, the program and the works themselves call things; keys, numbers, and what is the same in each language.
WRITTEN = (
    "title",  # of a page
    "logo__title",  # the program's name
    "prev-next-title",  # of the pages before and behind
    "reference",  # a link in a list of pages, or of a page's headings
    "nav-link",
    "kbd-shortcut__modifier",  # Ctrl
    "candor-reference",  # a work as it is printed
    "caption-number",  # Fig. 1
    "component-author",  # the theme's *By* and a name: it has a catalogue of its own
    "headerlink",  # Sphinx's own, which speaks sixty languages
    "candor-button",  # PDF, A4: the names of a form and a size
)
#: Of ours, inside of what somebody wrote: elements of these classes hold only words of the interface.
OURS = ("candor-label", "candor-how", "candor-jump", "candor-also", "candor-cover", "candor-more")
INLINE = ("a", "strong", "em", "b", "code")  # may stand in the middle of a message
SAID = ("aria-label", "title", "placeholder")


def built(folder: Path, tag: str, cards: dict[str, str] | None = None) -> dict[str, html.HtmlElement]:
    library = book_of_good(folder)
    for path, words in (cards or {}).items():
        card = library / "exercises/bank" / path
        card.write_text(card.read_text(encoding="utf-8").replace("review: draft\n", words), encoding="utf-8")
    own = folder / "own"
    own.mkdir()
    (own / "program.yml").write_text(f"name: Universidade\nlanguage: {tag}\n", encoding="utf-8")
    done = run("grader", "build", "--no-desk", "--library", str(library), folder=own)
    assert done.returncode == 0, done.stdout
    site = own / "_build/html"
    paths = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    pages = {path.relative_to(site).as_posix(): html.parse(str(path)).getroot() for path in paths}
    return {name: root for name, root in pages.items() if root.find(".//body") is not None}  # not what leads on


def classes(element: html.HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def plain(root: html.HtmlElement) -> set[tuple[str, str]]:
    """(where, words) of what is shown on a page without having come through the catalogue, outside of what was
    written."""
    found = set()
    for element in root.find(".//body").iter():
        if not isinstance(element.tag, str):
            continue
        above = [element, *element.iterancestors()]
        if any(one.tag in ("script", "style", "template", "svg", "math", "noscript") for one in above):
            continue
        named = set().union(*map(classes, above))
        authored = any(one.tag == "article" for one in above) and not named & set(OURS)
        holder = element.getparent() if element.tag in INLINE else element
        texts = [(element.tag, holder.text_content(), element.text or "")]
        texts += [(f"{element.tag} {name}", element.get(name), element.get(name)) for name in SAID if element.get(name)]
        for where, whole, own in texts:
            written = named & set(WRITTEN) or (element.tag == "summary" and "candor-nav" in named)
            if not re.search(r"[A-Za-z]{2}", own) or "⟦" in whole or written:
                continue
            if where == element.tag and authored:
                continue
            found.add((f"{where}.{'.'.join(sorted(classes(element)))}", own.strip()))
    return found


@pytest.mark.slow
def test_nothing_that_we_say_passes_by_the_catalogue(tmp_path):
    pages = built(tmp_path, "en-XA")
    assert len(pages) > 5
    assert {name: left for name, root in pages.items() if (left := plain(root))} == {}
    chapter = pages["ethics/confidentiality.html"]
    assert chapter.get("lang") == "en-XA" and "⟦Bý ţ" not in chapter.text_content()
    assert chapter.xpath("//p[@class='candor-label']")[0].text == "⟦Bý ţhé éñd ýöû çåñ⟧".replace("ţ", "t")


@pytest.mark.slow
def test_a_brazilian_edition_speaks_portuguese_around_english_chapters(tmp_path):
    arabic = {"confidentiality/email-before-the-session.yml": "language: ar\nreview: draft\n"}
    pages = built(tmp_path, "pt-BR", arabic)
    chapter = pages["ethics/confidentiality.html"]
    assert {root.get("lang") for root in pages.values()} == {"pt-BR"}
    assert chapter.find(".//article").get("lang") == "en"
    box = chapter.get_element_by_id("question-email-before-the-session")
    assert (box.get("lang"), box.get("dir")) == ("ar", "rtl")
    article = chapter.find(".//article")
    for place in ("p[@class='candor-label']", "span[@class='candor-how']", "details[@class='candor-reasons']/summary"):
        own = article.xpath(f".//{place}")
        assert own and {one.get("lang") for one in own} == {"pt-BR"}, place
    shown = " ".join(chapter.text_content().split())
    for words in ("Ao final, você será capaz de", "Questão de prática 1", "Resposta e justificativas", "Um caso"):
        assert words in shown
    assert "30 minutos de estudo" in shown and "Escolha uma alternativa." in shown and "By the end" not in shown
    buttons = {button.get("aria-label") for button in chapter.iter("button")}
    assert {"Menu", "Nesta página", "Modo de cor"} <= buttons
    scripts = [script.get("src") or "" for script in chapter.iter("script")]
    words = next(number for number, name in enumerate(scripts) if "candor-words.pt-BR.js" in name)
    assert words < next(number for number, name in enumerate(scripts) if "candor-quiz.js" in name)
