"""What the commands print, in the language of the edition: in one that is made by code, in which whatever did not come
through the catalogue is seen, and in Portuguese."""

import json
import re

import pytest
from web.test_pages import LINES, REFLECTION, cohort_in
from web.test_said import flat, written

from grader.web.brand import wear
from support.course import cell, write_card
from support.project import ROOT, run

#: What is the same in each language: what people, files and columns are called, and what is typed.
NAMES = f"""bo ana blank course holding second-card many-card first-card client supervision training Mrs Okafor clint AB
    BN CD canvas moodle gift qti21 qti3 cc csv anki both out Confidentiality a-case exam-card practice-card
    {REFLECTION} Ana Gaps Picture"""
#: The commands, and behind `<` what is typed into them, with commas for Enter. Words in capitals are places.
COMMANDS = [
    "ledger new OUT/ledger.csv",
    "ledger add OUT/ledger.csv <education,2026-03-01,3,,in-person,a,Title,,",
    "readiness LEDGER --body cosrt --library ROOT",
    "readiness LEDGER --body nobody --library ROOT",
    "readiness OUT/none.csv --library ROOT",
    "review --file OUT/review.json --library LIBRARY <B,h,q",
    "review --file OUT/review.json --library LIBRARY --exam tomorrow",
    "check-submission WORK",
    "receipt WORK OUT/ledger.csv",
    "course OUT/another --library LIBRARY",
    "course OUT/another --library LIBRARY --book https://example.org",
    "course OUT --library LIBRARY",
    "roster LIST --course COURSE",
    "due holding 2026-12-04T18:00 --course COURSE",
    "due holding 2026-12-24T18:00 --for bo --course COURSE",
    "due holding never --course COURSE",
    "collect holding WORK OUT/none.zip --course COURSE",
    "autograde holding --force --course COURSE",
    "autograde nothing --course COURSE",
    "settle holding --course COURSE <q",
    "feedback holding --course COURSE",
    "summary holding --course COURSE",
    "summary nothing --course COURSE",
    "report --course COURSE",
    "marks export holding REFLECTION --course COURSE --to OUT/marks.csv",
    "marks export holding REFLECTION --course COURSE --to OUT/marks.csv ",
    "marks import holding REFLECTION OUT/marks.csv --course COURSE",
    "marks import holding REFLECTION OUT/ledger.csv --course COURSE",
    "marks export holding nothing --course COURSE",
    "agreement holding --course COURSE",
    "calibrate REFLECTION --course COURSE --as BN <9,4,0",
    "explain-grade bo holding first-card --course COURSE",
    f"explain-grade bo holding {REFLECTION} --course COURSE",
    "regrade holding --question first-card --accept B,C --because because --yes --course COURSE",
    "regrade holding --question first-card --course COURSE",
    "log holding --to OUT/log.txt --course COURSE",
    "restore --course COURSE",
    "restore 9 --course COURSE",
    "record bo --course COURSE",
    "record nobody --course COURSE",
    "record bo --pdf OUT/record.pdf --course COURSE",
    "export grades --course COURSE --to OUT/grades.csv",
    "export grades --course COURSE --for canvas --to OUT/canvas.csv",
    "export feedback holding --course COURSE --to OUT/feedback.zip",
    "export questions --carries",
    "export questions --for moodle --reflections --to OUT/q.xml --library LIBRARY",
    "export questions --for gift --reflections --to OUT/q.gift --library LIBRARY",
    "export questions --for cc --reflections --to OUT/q.imscc --library LIBRARY",
    "export questions --for pdf --library LIBRARY",
    "export anki --to OUT/deck.apkg --library LIBRARY",
    "import moodle OUT/q.xml BANK --to OUT/cards --library LIBRARY",
    "import gift OUT/q.xml --to OUT/cards --library LIBRARY",
    "exam build nothing --library LIBRARY",
    "exam results holding --course COURSE",
    "trainee export bo --course COURSE --to OUT/bo.zip",
    "badge keygen OUT/keys",
    "badge keygen OUT/keys ",
    "new question confidentiality/own-card",
    "show first-card --library LIBRARY",
    "show REFLECTION --library LIBRARY",
    "show nothing --library LIBRARY",
    "links OUT",
]
BANK = """<quiz><question type="cloze"><name><text>Gaps</text></name></question><question type="multichoice"><name>
<text>Picture</text></name><questiontext format="html"><text><![CDATA[<p>Which? <img src="a.png"></p>]]></text>
</questiontext><single>true</single><answer fraction="100"><text>This</text></answer><answer fraction="0">
<text>That</text></answer></question></quiz>"""


@pytest.fixture(scope="module")
def spoken(request, tmp_path_factory):
    """(command -> what it printed, what was written on cards) in an edition."""
    base, tag = tmp_path_factory.mktemp("spoken"), request.param
    own, out = base / "own", base / "out"
    own.mkdir()
    out.mkdir()
    (own / "program.yml").write_text(f"name: Universidade\nlanguage: {tag}\n", encoding="utf-8")
    course = cohort_in(base, own)
    wear()  # the tests of other files speak English
    write_card(base / "library", "practice-card", "B", use="practice")
    (out / "ledger-of-bo.csv").write_text("kind,date,hours,format,area,title,initials,evidence\n" + LINES, "utf-8")
    (out / "list.csv").write_text("username,first name\nana b,Ana\nbo,Bo\n", "utf-8")
    (out / "bank.xml").write_text(BANK, "utf-8")
    work = course.released
    cell(work, REFLECTION)["source"] = "I met Mrs Okafor of 12 High Street on 3 March 2026."
    (out / "cy__holding.ipynb").write_text(json.dumps(work), "utf-8")
    places = {"COURSE": course.folder, "LIBRARY": base / "library", "ROOT": ROOT, "OUT": out}
    places |= {"LEDGER": out / "ledger-of-bo.csv", "LIST": out / "list.csv", "BANK": out / "bank.xml"}
    places |= {"WORK": out / "cy__holding.ipynb", "REFLECTION": REFLECTION}
    made = {}
    for command in COMMANDS:
        words, _, given = command.partition(" <")
        typed = [re.sub("|".join(places), lambda found: str(places[found[0]]), word) for word in words.split()]
        done = run("grader", *typed, folder=own, given=given.replace(",", "\n") + "\n", apart=True)
        assert done.returncode in (0, 1, 2) and "Traceback" not in done.stderr, done.stderr
        made[command] = f"{done.stdout}\n{done.stderr}"
    return made, written(base / "library", ROOT / "exercises", own)


def unsaid(text: str) -> list[str]:
    """The lines of a text without what stands in brackets, and without paths, options and what is typed as it is."""
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = shorter
    text = re.sub(r"(?m)^\W*(?:\[ \] \*\*)?(?:[A-E]\.|\d:?)(?:\*\*)?\s", "", text)  # an option, a level
    return [re.sub(r"\S*[/\\]\S*|`[^`]*`|--\w+|\S+\.\w+", " ", line) for line in text.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("spoken", ["en-XA"], indirect=True)
def test_nothing_that_a_command_prints_passes_by_the_catalogue(spoken):
    made, authored = spoken
    known = {*NAMES.split()}
    left = {}
    for command, text in made.items():
        for line in unsaid(text):
            words = [word for word in re.findall(r"[^\W\d_][\w-]+", line) if word not in known]
            if words and flat(line).strip(" .,;:()-") not in authored:
                left.setdefault(command, []).append(line.strip())
    assert left == {}, json.dumps(left, ensure_ascii=False, indent=1)
    assert sum("⟦" in text for text in made.values()) > 50


@pytest.mark.slow
@pytest.mark.parametrize("spoken", ["pt-BR"], indirect=True)
def test_a_brazilian_program_is_told_in_portuguese(spoken):
    made, _ = spoken
    said = "\n".join(made.values())
    for words in (
        "3 profissionais em formação. Contém gabaritos: guarde junto do curso.",
        "aguarda uma pessoa: ana-",
        "um curso com 1 atividade, versão A. A seguir: entre na pasta",
        "1 pessoa desconhecida, 1 faltando",
        "Nível (4, 2, 0): `9` não é um nível desta rubrica, 4, 2, 0; q para parar.",
        "Lido: B (respondida).",
        "erro-padrão 1,15",
        "pois gift não tem lugar para isso: quem revisou",
        "`Mrs Okafor` é um nome. Melhor:",
        "Não há entidade `nobody`. Conhecidos:",
        "objetivo hold-secrets",
        "Não há ficha `nothing`.",
    ):
        assert words in said, words
