"""What supervisors and trainees get from Python in the language of their edition: in one that is made by code, in
which whatever did not come through the catalogue is seen, and in Portuguese."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from grader.cards.library import load
from grader.checks.edition import take
from grader.grading import course as courses
from grader.insight.cohort import read as read_cohort
from grader.insight.site import write_site
from grader.language import use
from grader.learner.readiness import ledger, rules
from grader.learner.readiness import page as readiness
from grader.learner.readiness import paper as readiness_paper
from grader.learner.readiness import report as readiness_report
from grader.learner.readiness.versions import version_for
from grader.marking.blind import BlindDesk
from grader.marking.board import Desk
from grader.marking.page import app
from grader.reports import record
from grader.reports.item_analysis import copies
from grader.reports.summary import missing, read
from grader.reports.summary_page import page as summary
from grader.web.brand import wear
from grader.web.paper import Paper, _strings
from support.project import ROOT
from web.test_pages import ANA, LINES, LONG, REFLECTION, cohort_in

TestClient = pytest.importorskip("starlette.testclient").TestClient
DAY = date(2026, 6, 30)
#: The place of a question or a case before its name, how much before its area; the number of a paper.
NUMBERED = re.compile(
    r"^ *\d+[.:] |(?:, course)? \| Universidade$|^[CR][RD]-\d{8}-[0-9A-F]{8}$|, course$|, \d{4}(?:/\d{4})?$"
)
SAID = ("aria-label", "title", "placeholder", "alt", "data-label", "data-of", "content", "data-open", "data-fold")
INLINE = ("a", "b", "code", "em", "i", "kbd", "span", "strong", "bdi")  # may stand in the middle of a message
#: What trainees wrote, what people, courses and files are called, and what is the same in each language.
NAMES = f"""{ANA} bo blank t-blank I would wait, and say why. I would wait. {LONG} BN Say more. {LONG} {LONG}.pdf course
    Ethics A program Completed one assignment. https://example.org KR-20 CSV Esc own Universidade CC BY 4.0
    width=device-width, initial-scale=1 Based on Candor 2026-06-30 AB a course core.pdf Log contract.pdf client
    supervision training clint Mrs Okafor , 41, she/her. A teacher. | Universidade"""


def flat(text: str) -> str:
    return " ".join(re.sub(r"[*_`#>]", "", text).translate(str.maketrans("“”‘’", "\"\"''")).split())


def written(*folders: Path) -> str:
    """What stands on the cards, without the names of their fields."""
    files = [path for folder in folders for kind in ("*.yml", "*.md", "*.bib") for path in folder.rglob(kind)]
    text = [re.sub(r"(?m)^[\s-]*[\w-]+:\s", " ", path.read_text(encoding="utf-8")) for path in files]
    return flat(" ".join([NAMES, *text]))


def texts(root):
    """(what is read, the message around it) of a page: texts, names, and what stands before and behind elements."""
    for one in root.iter():  # what was handed in stands in `pre`
        if not isinstance(one.tag, str) or one.tag in ("style", "script", "pre"):
            continue
        for part, holder in ((one.text, one), (one.tail, one.getparent())):
            while holder is not None and holder.tag in INLINE:
                holder = holder.getparent()
            if part and part.strip():
                yield part, "" if holder is None else holder.text_content()
        for name in SAID:
            if one.get(name) and one.tag != "meta":
                yield one.get(name), one.get(name)


def bare(told, authored: str) -> set[str]:
    return {
        flat(part)
        for part, whole in told
        if re.search(r"[^\W\d_]{2}", part)
        and "⟦" not in whole
        and flat(NUMBERED.sub("", part)).strip(" .,;:()") not in authored
    }


@pytest.fixture(scope="module")
def said(request, tmp_path_factory):
    """(tag, name -> the page or the texts of a paper, what was written on cards) of a course in an edition."""
    base, made = tmp_path_factory.mktemp("said"), {}
    (base / "own").mkdir()
    (base / "own/program.yml").write_text(f"name: Universidade\nlanguage: {request.param}\n", encoding="utf-8")
    keep = pytest.MonkeyPatch()
    keep.setattr(Paper, "save", lambda self, path, size="a4": made.__setitem__(path.stem, list(_strings(vars(self)))))
    try:
        made |= outputs(base, made)
        yield request.param, made, written(base / "library", ROOT / "book", ROOT / "exercises")
    finally:
        keep.undo()
        wear()


def outputs(base: Path, papers: dict) -> dict[str, str | list[str]]:
    course = cohort_in(base, base / "own")
    place = courses.Course(course.folder)
    card, library = place.library.assignments[course.name], place.library
    rows, reads = read(course.folder, card), copies(course.folder / "autograded", course.name)
    late = [*missing(course.folder, course.name), "late"]
    dropped = {"first-card": "dropped", "many-card": "full-marks"}
    made: dict = {
        "summary": summary(rows, reads, card, library, late, synthetic=True),
        "summary-decided": summary(rows, reads, card, library, late, waived=dropped),
    }
    for trainee in (ANA, "bo", "blank"):
        made[f"feedback-{trainee[:5]}"] = (
            course.folder / "feedback" / trainee / course.name / f"{course.name}.html"
        ).read_text(encoding="utf-8")
    for named in (True, False):
        write_site(read_cohort(place), base / f"report{named}", named=named, today=DAY)
        for path in (base / f"report{named}").rglob("*.html"):
            made[f"report-{named}-{path.stem[:9]}"] = path.read_text(encoding="utf-8")
    given = SimpleNamespace(
        title="Ethics", says="Completed one assignment.", issuer="A program", url="https://example.org"
    )
    for trainee in (ANA, "bo"):
        found = record.collect(course.folder, trainee)
        record.pdf(found, given, DAY, base / f"record-{trainee[:3]}.pdf")
        made[f"record-{trainee[:3]}-text"] = record.text(found).splitlines()
    made |= marking(course, place)
    (base / "ledger.csv").write_text(ledger.HEAD + LINES, encoding="utf-8")
    kept, whole = ledger.read(base / "ledger.csv"), take(load(ROOT, edition=base / "own"))
    bodies = [rules.evaluate(kept, *version_for(name, whole, kept.contract), DAY) for name in ("aasect-cst", "cosrt")]
    made["readiness"] = readiness.page(bodies, kept, DAY)
    made["readiness-text"] = readiness_report.text(bodies, kept).splitlines()
    readiness_paper.pdf(bodies, kept, DAY, base / "readiness-paper.pdf")
    return made


def marking(course, place) -> dict[str, str]:
    desk = Desk(course.folder, course.name, REFLECTION)
    client = TestClient(app([desk], "BN", "token"), base_url="http://127.0.0.1")
    made = {"marking-closed": client.get("/").text}
    client.get("/?token=token")
    rows = desk.rows()
    for number, row in enumerate(rows):
        made[f"marking-{number}"] = client.get(f"/row/{row.id}").text
    lines = [
        client.post(f"/row/{rows[0].id}", json=sent).json()["said"]
        for sent in (
            {"seen": ""},
            {"seen": "s", "marks": [9, 9], "comment": ""},
            {"seen": "s", "marks": [0, 0], "comment": "x"},
        )
    ]
    made["marking-refused"] = lines
    made["marking-script"] = client.get("/words.js").text
    made["marking-not-shown"] = client.post(f"/row/{rows[0].id}/who", data={"because": ""}).text
    blind = BlindDesk(place, desk.card, "CD")
    client = TestClient(app([blind, desk], "CD", "token"), base_url="http://127.0.0.1")
    client.get("/?token=token")
    for row in blind.rows():
        made["marking-blind"] = client.get(f"/row/{row.id}").text
        client.post(f"/row/{row.id}", json={"seen": row.seen, "marks": [4, 0], "comment": ""})
    made["marking-agreed"] = client.get("/agreed").text
    return made


@pytest.mark.parametrize("said", ["en-XA"], indirect=True)
def test_nothing_that_we_say_passes_by_the_catalogue(said):
    tag, made, authored = said
    left = {}
    for name, page in made.items():
        if isinstance(page, list):
            left[name] = bare(((line, line) for line in page), authored)
        elif page.startswith("<!doctype"):
            root = html.fromstring(page)
            left[name] = bare(texts(root), authored)
            assert root.get("lang") == tag
    assert {name: lines for name, lines in left.items() if lines} == {}
    assert len(left) > 25 and "⟦" in made["marking-script"]


@pytest.mark.parametrize("said", ["pt-BR"], indirect=True)
def test_a_brazilian_course_is_told_in_portuguese(said):
    _, made, _ = said
    shown = {
        name: " ".join(page if isinstance(page, list) else html.fromstring(page).itertext())
        for name, page in made.items()
    }
    shown = {name: " ".join(text.split()) for name, text in shown.items()}
    assert "Conversar primeiro: 1 com uma questão de segurança errada" in shown["summary"]
    assert "1 de 1 erradas dever de proteção" in shown["summary"] and "ainda sem correção" in shown["summary"]
    assert "Relatório sobre uma turma" in shown["report-True-index"] and "1 de 1" in shown["report-True-index"]
    assert "de 8 até agora" in shown["marking-0"] and 'src="/words.js"' in made["marking-0"]
    assert '"{n} criterion open":{"one":"{n} critério em aberto"' in made["marking-script"]
    assert "não é um nível de *Both partners*. Permitidos: 4, 2, 0." in shown["marking-refused"]
    assert "em média, suas notas estão" in shown["marking-agreed"]
    assert "30 de junho de 2026" in shown["record-bo"] and "cerca de 1 hora" in shown["record-bo"]
    # What is written in English says so, and our own words around it do not.
    assert '<div class="marking-text" lang="en">' in made["marking-0"]
    assert '<span lang="en">Option B of first-card.</span>' in made["feedback-bo"]
    assert '<div lang="en"><p>EXPLAIN-first-card</p>' in made["feedback-bo"]
    assert "Escolha uma alternativa." in shown["feedback-bo"] and "Choose one" not in shown["feedback-bo"]


def test_the_number_of_a_record_is_the_same_in_every_language():
    given = SimpleNamespace(title="Ethics", says="Done.", issuer="A program", url="https://example.org")
    one = record.Record("ana", {"A test": record.Reached(3, 4, 2, 4, 3.0)}, minutes=90)
    numbers = set()
    for tag in ("en", "pt-BR", "en-XA"):
        use(tag)
        numbers.add(record.record_number(one, given, DAY))
    assert len(numbers) == 1
