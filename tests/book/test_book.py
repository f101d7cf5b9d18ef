"""The Sphinx extension: unknown names stop the build with file and line; what is published, in HTML and on paper."""

import json
import os
import re
import shutil
import xml.etree.ElementTree as XML

import pytest

from grader.checks import pages
from support.libraries import book_of_good
from support.project import run

CHAPTER = "book/ethics/confidentiality.md"


def made(folder):
    """The good library as a book, with a page of maps."""
    library = book_of_good(folder)
    (library / "book/appendix").mkdir()
    (library / "book/appendix/maps.md").write_text(
        "# Maps\n\n```{coverage} aasect-cst\n```\n\n```{requirements} aasect-cst\n```\n\n```{study-time}\n```\n"
    )
    toc = library / "book/_toc.yml"
    toc.write_text(toc.read_text() + "  - file: appendix/maps\n")
    return library


@pytest.fixture
def book(tmp_path):
    return made(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """As it is, built once for whoever only reads it."""
    book = made(tmp_path_factory.mktemp("built"))
    done = build(book)
    assert done.returncode == 0, done.stdout[-3000:]
    return book


def structured(page):
    """What a page tells programs of itself (JSON-LD)."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"))
    return json.loads(text)


def build(library, *more):
    return run("jupyter-book", "build", "book", "-W", "-n", "--keep-going", *more, folder=library)


def test_it_builds_clean_and_shows_what_it_should(built):
    chapter = (built / "_build/html/ethics/confidentiality.html").read_text()
    assert (
        "By the end you can" in chapter
        and "Draft: no clinician has reviewed it yet</span> · 30 minutes of study" in chapter
    )
    assert chapter.count('type="radio"') == 4 and "Answer and reasons" in chapter and "The reason for B." in chapter
    assert "Ines stays behind." in chapter and "On paper:" in chapter
    # The case asks a graded card, and has a teacher's note: neither is there.
    assert "A client telephones" not in chapter and "She tests the policy" not in chapter
    maps = (built / "_build/html/appendix/maps.html").read_text()
    assert "Gaps" in maps and "No chapter yet:</strong> Communication (o)" in maps
    assert (
        maps.count("Unconfirmed: check with the body.") == 1
        and "What it asks, in 2 rows; 1 unconfirmed" in maps
        and "300 hours" in maps
    )
    # Author and year in round brackets, with a letter since another work would print alike; each cell of a table knows
    # its column, for the phone.
    assert (
        "Someone, 2020a</a>)" in chapter
        and 'data-label="Certainty"' in chapter
        and 'aria-label="Table 1: What the evidence says"' in chapter
    )


#: What may be wrong in a chapter, and what is said of it.
FAULTS = {
    "```{question} email-before-session\n```": "Did you mean `email-before-the-session`?",
    "```{question} drawer-with-two-keys\n```": "only practice cards are published",
    "```{question} email-before-the-session\n```": "stands twice on this page",
    "```{vignette} message-on-a-tablet\n```": "there is no card `message-on-a-tablet` in vignettes",
    "```{vignette} message-on-the-tablet\n```": "there is no card `call-from-the-bus` in questions",
    "It was found {cite:p}`nobody2020`.": "nobody2020",
    "```{requirements} aasect\n```": "there is no card `aasect` in bodies",
    "```{law} duty\n```": "there is no topic `duty`",
    "```{place} erewon\n```": "Did you mean `erewhon`?",
    "```{evidence}\n- A claim.\n  from: kuo2009\n```": "there is no evidence card `kuo2009`",
    "```{evidence}\n- Another claim.\n  from: kuo2009secrets/judgment\n```": "Did you mean `judgement`?",
    "```{evidence}\n- A third claim.\n```": "does not say what it rests on",
}


@pytest.fixture(scope="module")
def faulty_book(tmp_path_factory):
    """A build of all faults in one chapter: what it said, and each fault's line."""
    book = made(tmp_path_factory.mktemp("faulty"))
    case = book / "case_vignettes/message-on-the-tablet.yml"
    case.write_text(case.read_text().replace("call-from-the-car", "call-from-the-bus"))
    path = book / CHAPTER
    before, after = (
        path.read_text().replace("```{vignette} message-on-the-tablet\n```\n", "").split("Bring your policy.")
    )
    lines = {}
    for fault in FAULTS:
        lines[fault] = before.count("\n") + 1
        before += f"{fault}\n\n"
    path.write_text(before + after)
    done = build(book)
    assert done.returncode != 0
    return re.sub(r"\x1b\[[\d;]*m", "", done.stdout), lines


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unknown_name_stops_the_build_with_its_line(faulty_book, fault):
    """By a warning or an error: `-W` lets neither pass."""
    said, lines = faulty_book
    there = [line for line in said.splitlines() if f"confidentiality.md:{lines[fault]}:" in line]
    assert any(FAULTS[fault] in line and re.search("WARNING|ERROR", line) for line in there), there or said[-6000:]


@pytest.fixture(scope="module")
def changed_book(tmp_path_factory):
    """One build of a book in which much was changed that has nothing to do with each other."""
    book = made(tmp_path_factory.mktemp("changed"))

    def change(path, *pairs):
        text = (book / path).read_text()
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (book / path).write_text(text)

    change(
        "exercises/bank/confidentiality/email-before-the-session.yml",
        ("Ines rings", "Ines <script>alert(1)</script> rings"),
        ("The reason for A.", "The <b>reason</b> for A."),
        ("- right: Return to", "- right: Return <img src=x onerror=alert(1)> to"),
    )
    change("book/references.bib", ("2020}", "2021}"))
    (book / "book/outline.yml").write_text("ethics/confidentiality: Confidentiality\nethics/boundaries: Boundaries\n")
    change(
        CHAPTER,
        ("Notice who speaks.", "Notice who speaks; see [boundaries](boundaries.md)."),
        ("Bring your policy.", "```{law} duty-to-protect\n```\n\n```{helplines} suicide\n```"),
    )
    (book / "book/appendix/rests-on.md").write_text("# What this book rests on\n\n```{rests-on}\n```\n")
    (book / "book/_toc.yml").write_text((book / "book/_toc.yml").read_text() + "  - file: appendix/rests-on\n")
    done = build(book)
    assert done.returncode == 0, done.stdout[-3000:]
    return book


def test_the_check_knows_each_directive_of_the_book():
    from grader.book.directives import DIRECTIVES

    assert set(DIRECTIVES) <= pages.DIRECTIVES


@pytest.fixture(scope="module")
def doubtful_book(tmp_path_factory):
    """One build of a book with a work that was not read and one without a card; the desk's test builds it again."""
    book = made(tmp_path_factory.mktemp("doubtful"))
    card = book / "book/evidence/kuo2009secrets.yml"
    text = card.read_text()
    start, end = text.index("n: 160"), text.index("certainty:")
    card.write_text(
        (text[:start] + text[end:])
        .replace("seen: abstract\nwhere: https://example.org/kuo\n", "seen: not-seen\n")
        .replace("2099-01-01", "2021-01-01")
    )
    (book / "book/evidence/aamft2015code.yml").unlink()
    chapter = book / CHAPTER
    chapter.write_text(
        chapter.read_text()
        .replace("from: aamft2015code/policy", "from: kuo2009secrets")
        .replace("Bring your policy.", "Bring it {cite:p}`aamft2015code`.")
    )
    place = book / "book/places/erewhon.yml"
    place.write_text(place.read_text().replace("look_again: 2099-01-01", "look_again: 2021-01-01", 1))
    (book / "book/front").mkdir()
    (book / "book/front/study-paths.md").write_text("# Paths\n\nAssignment *Holding what you are told*, and *rest*.\n")
    toc = book / "book/_toc.yml"
    toc.write_text(toc.read_text() + "  - file: front/study-paths\n")
    done = build(book)
    assert done.returncode == 0, done.stdout[-3000:]
    return book


def test_a_work_that_was_not_read_or_is_due_says_so_on_the_page(doubtful_book):
    page = (doubtful_book / "_build/html/ethics/confidentiality.html").read_text()
    assert '<span class="candor-not-read"> (not read)</span>' in page and "Not read by the editors of this book" in page
    assert "It is time to look at this again." in page and "was to be looked at again by 1 January 2021" in page
    assert "There is no evidence card for this work yet" in page
    rows = (doubtful_book / "_build/html/places/erewhon.html").read_text().split("candor-works")[0]
    assert rows.count("It is time to look at this again.") == 1


def test_html_on_a_card_is_shown_as_typed(changed_book):
    chapter = (changed_book / "_build/html/ethics/confidentiality.html").read_text()
    assert "<script>alert" not in chapter and "<img src=x" not in chapter and "<b>reason" not in chapter
    assert "&lt;script&gt;alert(1)" in chapter and "&lt;img src=x" in chapter and "&lt;b&gt;reason" in chapter


def test_a_changed_card_is_read_anew(book):
    assert build(book).returncode == 0
    card = book / "exercises/bank/confidentiality/email-before-the-session.yml"
    card.write_text(card.read_text().replace("The reason for A.", "A better reason for A."))
    assert build(book).returncode == 0
    chapter = (book / "_build/html/ethics/confidentiality.html").read_text()
    assert "A better reason for A." in chapter and "Someone, 2020a</a>)" in chapter


def test_a_work_that_prints_like_no_other_has_no_letter(changed_book):
    chapter, references = (
        (changed_book / f"_build/html/{page}.html").read_text() for page in ("ethics/confidentiality", "references")
    )
    assert "Someone, 2021</a>)" in chapter and "2021a" not in references and "2020a" not in references


def test_the_book_links_to_a_desk_that_is_there_and_to_no_other(doubtful_book):
    """Also when the desk comes or goes while no page has changed."""
    book = doubtful_book
    chapter, desk = book / "_build/html/ethics/confidentiality.html", book / "_build/html/desk"
    paths = book / "_build/html/front/study-paths.html"
    link = 'href="../desk/notebooks/index.html?path=holding.ipynb"'
    assert "<em>Holding what you are told</em>" in paths.read_text() and link not in paths.read_text()
    assert link not in chapter.read_text() and "Holding what you are told, about 40 minutes" in chapter.read_text()
    desk.mkdir()
    (desk / "index.html").write_text("a desk")
    assert build(book).returncode == 0
    assert link in chapter.read_text() and link in paths.read_text()
    shutil.rmtree(desk)
    assert build(book).returncode == 0
    assert link not in chapter.read_text()


def test_a_link_to_a_planned_chapter_is_said_to_be_planned(changed_book):
    assert "see boundaries <em>(planned)</em>" in (changed_book / "_build/html/ethics/confidentiality.html").read_text()


@pytest.mark.parametrize("builder, suffix", [("text", "txt"), ("latex", "tex")])
def test_on_paper_the_question_and_its_reasons_are_text(book, builder, suffix, tmp_path, monkeypatch):
    # For LaTeX Sphinx turns figures into PDF with ImageMagick, where that is installed and can. That is not what is
    # tested here, so there is none on any machine; and no -W, since Sphinx warns of it.
    (tmp_path / "convert").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "convert").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    done = run("jupyter-book", "build", "book", "-n", "--builder", "custom", "--custom-builder", builder, folder=book)
    assert done.returncode == 0, done.stdout[-2000:]
    text = "".join(path.read_text() for path in (book / "_build").rglob(f"*.{suffix}"))
    assert "Practice question 1" in text and "What is the best next step?" in text
    assert "A. Return to the policy" in text and "The reason for A." in text
    assert "A policy" in text and "weak" in text  # the grade of a claim, where no chip can be drawn
    assert "<fieldset" not in text and "A client telephones" not in text and "She tests the policy" not in text


def test_the_evidence_table_takes_grade_and_source_from_the_cards(built):
    page = (built / "_build/html/ethics/confidentiality.html").read_text()
    chip = re.search(r'<a class="candor-ev" href="#work-aamft2015code" data-grade="weak">(.*?)</a>', page)
    assert chip and re.sub(r"<[^<>]+>", "", chip[1]) == "Weak" and chip[1].count('class="on"') == 1
    assert 'href="#work-kuo2009secrets"' in page and page.count('<li id="work-kuo2009secrets">') == 1
    entry = page[page.index('<li id="work-kuo2009secrets">') :].split("</li>")[0]
    for words in (
        "A work",
        "160 therapists",
        "professional judgement, 62.5\u00a0%",
        "Does not show",
        "Only the abstract was read",
        "checked 1 February 2020",
        'data-grade="moderate"',
        "In the list of references",
    ):
        assert words in entry
    assert "references.html#id" in entry and "(not read)" not in page
    # The bibliography itself stays as it is.
    assert "candor-works" not in (built / "_build/html/references.html").read_text()


def test_with_a_page_of_all_cards_what_a_card_says_stands_in_a_file_beside_the_chapter(changed_book):
    chapter = changed_book / "_build/html/ethics/confidentiality.html"
    page, beside = chapter.read_text(), chapter.with_name("confidentiality-works.js").read_text()
    assert "professional judgement, 62.5" in beside and "professional judgement, 62.5" not in page
    address = re.search(r'<details class="candor-works" data-cards="([^"]+)"', page)[1]
    assert address.startswith("confidentiality-works.js?v=") and json.dumps(address) in beside
    entry = page[page.index('<li id="work-kuo2009secrets">') :].split("</li>")[0]
    assert 'href="../appendix/rests-on.html#card-kuo2009secrets"' in entry and "In the list of references" in entry


def test_everything_that_the_book_rests_on_is_on_one_page(changed_book):
    page = (changed_book / "_build/html/appendix/rests-on.html").read_text()
    assert page.count('<li id="card-') == 2 and "2 evidence cards: one for each work that the book cites." in page
    assert (
        '<li id="card-kuo2009secrets" data-design="survey" data-certainty="moderate" data-seen="abstract"'
        ' data-chapter="Confidentiality">' in page
    )
    assert "candor-works" not in page and page.count('class="candor-reference"') == 2 and "Cited in:" in page
    assert "strong 0" not in page and "moderate 1; weak 1" in page


def test_law_and_help_lines_stand_on_their_page_and_in_chapters(changed_book):
    for name in ("ethics/confidentiality", "places/erewhon"):
        page = (changed_book / f"_build/html/{name}.html").read_text()
        for words in (
            "A therapist who hears a serious threat tells the police.",
            "Act of 1872, section 3; in force since 1 January 1872.",
            "checked 1 February 2020; look again by 1 January 2099",
            "555 123",
            "Day and night",
        ):
            assert words in page, (name, words)
    chapter_page = (changed_book / "_build/html/ethics/confidentiality.html").read_text()
    assert (
        chapter_page.count('<div class="candor-place" data-place="erewhon">') == 2
        and 'data-places="erewhon::Erewhon"' in chapter_page
        and "../places/erewhon.html" in chapter_page
    )


def test_the_frame_says_where_one_is(built):
    page = (built / "_build/html/ethics/confidentiality.html").read_text()
    part = r"<details( open)?><summary>([^<]*)(?:<span class=\"candor-far\"></span>)?</summary>(.*?)</details>"
    parts = re.findall(part, page, re.DOTALL)
    open_ = [(caption, pages) for opened, caption, pages in parts if opened]
    assert len(parts) >= 1 and len(open_) == 1 and open_[0][1].count('aria-current="page"') == 1
    home = (built / "_build/html/intro.html").read_text()
    assert "<details open><summary>" not in home
    assert re.search(r"<title>[^|<]+ \| [^|<]+</title>", page) and len(re.findall("<title>", page)) == 1
    assert re.search(r"<title>[^|<]+: open curriculum for sex therapists in training</title>", home)
    assert home.count('name="theme-color"') == 2


def test_a_site_that_knows_its_address_says_it_on_every_page(book):
    """Canonical links, what a shared link shows, and the list of pages; nothing of them where no address is set."""
    config = book / "_config.yml"
    plain = config.read_text()
    config.write_text(plain.replace("\nhtml:\n", "\nhtml:\n  baseurl: https://program.example/learn\n"))
    done = build(book)
    assert done.returncode == 0, done.stdout[-3000:]
    base, html = "https://program.example/learn/", book / "_build/html"
    for name, address in (("intro.html", base), ("ethics/confidentiality.html", f"{base}ethics/confidentiality.html")):
        head = (html / name).read_text().split("</head>")[0]
        assert re.findall(r'<link rel="canonical" href="([^"]*)"', head) == [address]
        assert re.findall(r'<meta property="og:url" content="([^"]*)"', head) == [address]
        [picture] = re.findall(r'<meta property="og:image" content="([^"]*)"', head)
        assert picture.startswith(base) and (html / picture.removeprefix(base)).is_file()
    listed = re.findall("<loc>([^<]*)</loc>", (html / "sitemap.xml").read_text())
    assert {base, f"{base}appendix/maps.html"} <= set(listed) and all(one.startswith(base) for one in listed)
    assert f"Sitemap: {base}sitemap.xml\n" in (html / "robots.txt").read_text()
    [feed] = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)"', head)
    entries = XML.parse(html / feed.removeprefix(base)).getroot().findall("{*}entry")
    told = {entry.find("{*}updated").text[:10]: entry.find("{*}content").text for entry in entries}
    assert sorted(told, reverse=True) == list(told) and len({entry.find("{*}id").text for entry in entries}) == len(
        told
    )
    assert "Law and help lines checked: Erewhon." in " ".join(told.values())
    assert re.search(r"\d works? checked against what the book says: ", " ".join(told.values()))
    course = structured(html / "intro.html")
    assert course["@type"] == "Course" and course["url"] == base and course["timeRequired"]
    part = structured(html / "ethics/confidentiality.html")
    assert part["isPartOf"]["@id"] == base and part["timeRequired"] == "PT30M" and part["creativeWorkStatus"] == "Draft"
    assert part["teaches"][0].startswith("Apply a stated policy") and part["isAccessibleForFree"] is True
    config.write_text(plain.replace("\nhtml:\n", "\nhtml:\n  baseurl: program.example\n"))
    done = build(book)
    assert done.returncode != 0 and "`baseurl: program.example` is no address of a site. Write it whole" in done.stdout


def test_a_site_without_an_address_names_none(site):
    head = (site / "index.html").read_text().split("</head>")[0]
    assert 'rel="canonical"' not in head and "og:url" not in head and "og:image" not in head
    assert not (site / "sitemap.xml").exists() and not (site / "changes.xml").exists()
    assert "atom+xml" not in head and "Sitemap" not in (site / "robots.txt").read_text()
    assert "url" not in structured(site / "index.html")


def test_each_page_is_described(site):
    """In a sentence of its own, for those who find it in a list."""
    described = {}
    for page in site.rglob("*.html"):
        if "_static" not in page.parts:
            head = page.read_text(encoding="utf-8").split("</head>")[0]
            described[page.relative_to(site).as_posix()] = re.findall(
                r'<meta name="description" content="([^"]*)"', head
            )
    assert len(described) > 100
    assert {name: found for name, found in described.items() if len(found) != 1 or len(found[0]) < 20} == {}
    assert len({found[0] for found in described.values()}) > 0.9 * len(described)
