"""`grader kit`: all files from one command; PDF that the keyboard can fill in; DOCX that a word processor opens."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from grader.book import kit
from grader.cards.library import load
from grader.cards.sheet import parts
from grader.kit.document import docx
from grader.kit.paper import pdf
from grader.kit.words import FIT
from support.libraries import BROKEN, copy_of_good, overlay
from support.project import run

SHEET = "secrets-agreement"
ONE_PAGE = ("formulation", "supervision-log")  # sheets that are used as one leaf
FIELDS = [
    *("we-agree", "we-do-not", "name", "date", "our-own-words"),
    *("telling-who", "telling-when"),
    *(f"row-{row}-{column}" for row in (2, 3) for column in ("what", "who", "when")),
    *("client-name", "client-date", "therapist-name", "therapist-date"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("kit")
    library = copy_of_good(folder)
    done = run("grader", "kit", str(folder / "out"), folder=library, apart=True)
    assert done.returncode == 0 and done.stdout == f"{folder / 'out'}: 4 files of 1 sheet.\n", done.stderr
    return folder / "out"


def test_each_sheet_in_both_forms_and_sizes(made):
    names = {path.name for path in made.iterdir()}
    assert names == {f"{SHEET}-{size}.{form}" for size in ("a4", "letter") for form in ("pdf", "docx")}


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_a_pdf_has_its_fields_in_the_order_of_reading(made, size, points):
    reader = PdfReader(made / f"{SHEET}-{size}.pdf")
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == points
    assert list(reader.get_fields()) == FIELDS
    widgets = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    assert [one["/T"] for one in widgets] == FIELDS, "the keyboard goes as one reads"
    assert all(one["/Subtype"] == "/Widget" and one["/TU"] for one in widgets)
    assert all(page["/Tabs"] == "/S" for page in reader.pages), "tab order is that of the tags"
    assert [one["/FT"] for one in widgets[:3]] == ["/Btn", "/Btn", "/Tx"]
    text = "".join(page.extract_text() for page in reader.pages)
    pages = len(reader.pages)
    assert f"Page {pages} of {pages}" in text and "version 1, 28 November 2026" in text and "CC BY 4.0" in text
    assert "Law: The rules on confidentiality in Erewhon." in text


def test_each_field_of_a_pdf_has_its_place_in_the_tags(made):
    reader = PdfReader(made / f"{SHEET}-a4.pdf")
    order = []

    def walk(element):
        element = element.get_object()
        if isinstance(element, list):
            for one in element:
                walk(one)
        elif isinstance(element, dict):
            if element.get("/S") == "/Form":
                kids = element["/K"]
                target = (kids[0] if isinstance(kids, list) else kids).get_object()["/Obj"].get_object()
                order.append(target["/T"])
            elif "/K" in element:
                walk(element["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert order == FIELDS


def test_what_is_filled_in_is_kept_and_drawn(made, tmp_path):
    writer = PdfWriter(clone_from=made / f"{SHEET}-a4.pdf")
    for page in writer.pages:
        writer.update_page_form_field_values(page, {"name": "Ana", "our-own-words": "Two\nlines", "we-agree": "/Yes"})
    writer.write(tmp_path / "filled.pdf")
    fields = PdfReader(tmp_path / "filled.pdf").get_fields()
    assert fields["name"]["/V"] == "Ana" and fields["we-agree"]["/V"] == "/Yes"

    def drawn(path):
        document = pypdfium2.PdfDocument(path)
        document.init_forms()
        return document[0].render(scale=1, may_draw_forms=True).to_pil().tobytes()

    assert drawn(tmp_path / "filled.pdf") != drawn(made / f"{SHEET}-a4.pdf")


def test_the_font_of_the_fields_is_in_the_file_and_says_which_letters_it_has(made):
    form = PdfReader(made / f"{SHEET}-a4.pdf").trailer["/Root"]["/AcroForm"]
    name = "/" + form["/DA"].split()[0].lstrip("/")
    font = form["/DR"]["/Font"][name]
    assert font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()[:4] == b"\0\1\0\0"
    letters = font["/ToUnicode"].get_data().decode()
    assert all(f"<{ord(letter):04X}>\n" in letters for letter in "aŁŞğёΩț")


def test_a_docx_has_headings_tables_and_controls(made):
    document = Document(made / f"{SHEET}-a4.docx")
    heads = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith(("Title", "Head"))]
    assert heads[:2] == [("Title", "What is told alone"), ("Heading 1", "What we agree")]
    assert [cell.text for cell in document.tables[1].rows[0].cells] == ["What", "Who", "When"]
    xml = zipfile.ZipFile(made / f"{SHEET}-a4.docx").read("word/document.xml").decode()
    assert [name for name in FIELDS if f'<w:tag w:val="{name}"/>' not in xml] == []
    assert xml.count("<w14:checkbox>") == 2
    assert round(Document(made / f"{SHEET}-letter.docx").sections[0].page_width.inches, 2) == 8.5


def test_a_document_is_the_same_on_every_day(made):
    with zipfile.ZipFile(made / f"{SHEET}-a4.docx") as document:
        assert {part.date_time[:3] for part in document.infolist()} == {(2026, 11, 28)}


def test_a_retired_sheet_keeps_its_page_and_loses_its_files(tmp_path):
    library = copy_of_good(tmp_path)
    path = library / f"book/kit/{SHEET}.md"
    (library / "book/kit/newer.md").write_text(path.read_text())
    path.write_text(path.read_text().replace("review: draft", "review: retired, see newer"))
    done = run("grader", "kit", str(tmp_path / "out"), folder=library, apart=True)
    assert done.returncode == 0 and done.stdout.endswith("4 files of 1 sheet.\n"), done.stderr
    assert {one.name.rpartition("-")[0] for one in (tmp_path / "out").iterdir()} == {"newer"}
    found = load(library)
    shown = kit.page(found.sheets[SHEET], found)
    assert "Retired: use the sheet newer instead." in shown and "files/" not in shown


def test_a_sheet_that_must_not_be_recognised_has_neutral_files(tmp_path):
    """Neither a folder, a list of recent documents nor a printed page shows the title that would give it away."""
    library = copy_of_good(tmp_path)
    path = library / f"book/kit/{SHEET}.md"
    path.write_text(path.read_text().replace("review: draft", "outside: Notes & lists\nreview: draft"))
    done = run("grader", "kit", str(tmp_path / "out"), folder=library, apart=True)
    assert done.returncode == 0, done.stderr
    files = list((tmp_path / "out").iterdir())
    assert {one.name.rpartition("-")[0] for one in files} == {"notes-lists"}
    reader = PdfReader(tmp_path / "out/notes-lists-a4.pdf")
    on_paper = "".join(page.extract_text() for page in reader.pages) + str(reader.metadata) + str(reader.xmp_metadata)
    with zipfile.ZipFile(tmp_path / "out/notes-lists-a4.docx") as document:
        on_paper += "".join(document.read(name).decode("utf-8", "ignore") for name in document.namelist())
    assert "Notes & lists" in on_paper and "What is told alone" not in on_paper
    found = load(library)
    shown = kit.page(found.sheets[SHEET], found)
    assert "# What is told alone" in shown and "files/notes-lists-a4.pdf" in shown


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_word_processor_opens_and_prints_a_docx(made, library, tmp_path, size):
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    documents = [made / f"{SHEET}-{size}.docx"]
    for stem in ONE_PAGE:
        documents.append(tmp_path / f"{stem}.docx")
        documents[-1].write_bytes(docx(library.sheets[stem], size))
    command += ["--outdir", str(tmp_path), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert [len(PdfReader(tmp_path / f"{stem}.pdf").pages) for stem in ONE_PAGE] == [1] * len(ONE_PAGE)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / f"{SHEET}-{size}.pdf").pages)
    assert all(words in text for words in ("What is told alone", "Our own words", "Page 1 of", "Client: name"))


def test_a_bad_field_is_one_line_with_its_place(tmp_path):
    library = copy_of_good(tmp_path)
    overlay(library, BROKEN / "K001")
    done = run("grader", "kit", str(tmp_path / "out"), folder=library, apart=True)
    first = (BROKEN / "K001" / "expected.txt").read_text().splitlines()[0].replace(" K001", "")
    assert done.returncode == 2 and done.stderr.startswith(first) and done.stderr.count("\n") == 1, done.stderr
    assert not list((tmp_path / "out").glob("*"))


def test_a_sheet_that_cannot_be_read_is_said(tmp_path):
    library = copy_of_good(tmp_path)
    path = library / f"book/kit/{SHEET}.md"
    path.write_text(path.read_text().replace("law: ", "lwa: "))
    done = run("grader", "kit", str(tmp_path / "out"), folder=library, apart=True)
    assert (
        done.returncode == 2 and done.stderr.startswith(f"book/kit/{SHEET}.md:5:1: ") and done.stderr.count("\n") == 1
    )


@pytest.mark.slow
def test_every_sheet_of_the_project_fits_its_paper(library):
    """Each is made, each field has a name of its own, and none runs over more than four pages."""
    assert len(library.sheets) >= 18
    for sheet in library.sheets.values():
        reader = PdfReader(BytesIO(pdf(sheet, "letter")))
        names = list(reader.get_fields())
        assert len(names) == len(set(names)) and names, sheet.name
        assert not parts(sheet)[1] and len(reader.pages) <= 4, sheet.name
        before = reader.pages[-1].extract_text().split(FIT)[0].replace(sheet.title, "", 1)
        assert before.strip(), f"{sheet.name}: what closes the sheet stands on a page alone"


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_sheet_that_promises_one_page_takes_one(library, size):
    (sheet,) = (sheet for sheet in library.sheets.values() if "one page" in sheet.title)
    assert len(PdfReader(BytesIO(pdf(sheet, size))).pages) == 1
