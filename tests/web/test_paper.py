"""Papers: opened, their text read, their tags and their fonts looked at."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from grader.web import fonts
from grader.web.interval import wilson
from grader.web.paper import Meter, Paper, Signature, Tag
from grader.web.press import FAMILIES, CannotPrint

NAMES = [
    "李小龍",
    "क्षितिज शर्मा",
    "محمد",
    "Łukasz Żółć",
    "Nguyễn Thị Hương",
    "Юлия Ёлкина",
    "Ελένη Παπαδοπούλου",
    "김민준",
    "山田太郎",
    "שרה",
    "สมชาย",
    "ანა",
    "Աննա",
]


def paper(**more) -> Paper:
    made = Paper(
        "Completion record",
        "A program",
        date(2026, 11, 28),
        kind="Record of study",
        who="Ana",
        number="CR-1",
        foot="How to verify it.",
        **more,
    )
    made.facts([("Given to", "Ana"), ("By", "A program")])
    made.heading("Assignments")
    made.table(
        [("Assignment", 2, ""), ("Score", 0, "n"), ("Likely range", 1, ""), ("State", 0, "")],
        [["First", "4 of 5", wilson(4, 5), Tag("marked", "good")]],
    )
    made.meters(
        [Meter("Core knowledge", "54 of 90 hours", 0.6, 0.1, Tag("not confirmed", "note"), ("8 do not count.",))]
    )
    made.signatures("What is signed.", [Signature("Dr B. Name, PhD", "Program director"), Signature("Ana", "Trainee")])
    return made


def text(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_of_a_roster_is_on_the_paper_and_in_its_text(name):
    made = paper()
    made.facts([("Name", name)])
    assert name in text(made.pdf())


def test_what_stands_on_every_paper():
    made = paper()
    for number in range(60):
        made.text(f"Line {number} of a long paper.")
    data = made.pdf()
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page and "No. CR-1" in page and "How to verify it." in page
    assert (
        "Candor" in pages[0]
        and "A program" in pages[0]
        and "54 of 90 hours" in "".join(pages)
        and "Dr B. Name, PhD" in "".join(pages)
    )


def test_it_is_tagged_has_a_title_a_language_and_only_our_fonts():
    reader = PdfReader(BytesIO(paper().pdf()))
    root = reader.trailer["/Root"]
    assert (
        root["/MarkInfo"]["/Marked"]
        and root["/StructTreeRoot"]
        and root["/Lang"] == "en"
        and reader.metadata.title == "Completion record"
    )
    xmp = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in xmp
    embedded = {
        str(font.get_object()["/BaseFont"]).split("+")[-1].split("-")[0]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert embedded <= {family.replace(" ", "") for family in [*FAMILIES, "Candor Serif"]}


def test_both_sizes_and_no_third():
    sizes = [
        tuple(round(float(value)) for value in PdfReader(BytesIO(paper().pdf(size))).pages[0].mediabox[2:])
        for size in ("a4", "letter")
    ]
    assert sizes == [(595, 842), (612, 792)]
    with pytest.raises(CannotPrint, match="`a5` is not a size"):
        paper().pdf("a5")


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_signatures_never_stand_on_a_page_without_what_is_signed(size):
    for lines in range(20, 50, 2):
        made = Paper("Completion record", "A program", date(2026, 11, 28))
        made.table([("What", 1, "")], [[f"Row {number} of a long table."] for number in range(lines)])
        made.signatures("What is signed.", [Signature("Ana", "Trainee"), Signature("Dr B. Name", "Supervisor")])
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.pdf(size))]
        (signed,) = (page for page in pages if "Date and signature" in page)
        assert "What is signed." in signed and signed.count("Date and signature") == 2, lines


def test_a_character_that_no_font_holds_is_refused_by_name():
    made = paper()
    made.facts([("Name", "Ana \U0001242f")])  # cuneiform
    with pytest.raises(CannotPrint) as refused:
        made.pdf()
    assert (
        "“Ana \U0001242f”" in str(refused.value) and "U+1242F" in str(refused.value) and "\n" not in str(refused.value)
    )


def test_what_somebody_typed_is_never_read_as_markup():
    made = paper()
    made.text('#panic("x") *bold* $x$ <label> @ref \\ `raw` = no heading')
    assert '#panic("x") *bold* $x$ <label> @ref \\ `raw` = no heading' in text(made.pdf())


def test_the_same_paper_is_the_same_file():
    assert paper().pdf() == paper().pdf()


def test_every_font_comes_with_its_licence():
    files = {path.name for path in fonts.FOLDER.iterdir()}
    assert {"OFL-Source-Sans.txt", "OFL-Source-Serif.txt", "OFL-Noto.txt", "OFL-Noto-CJK.txt"} <= files
    assert all(
        "Open Font License" in (fonts.FOLDER / name).read_text(encoding="utf-8")
        for name in files
        if name.startswith("OFL")
    )
