"""`grader check`: every rule has its page, its broken file and its golden words; messages have a place and a way
out."""

import inspect
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from grader.cards.kinds import BY_WORD
from grader.cards.library import load
from grader.cards.problem import RULES
from grader.cards.templates import template
from grader.checks import report
from grader.checks.run import check
from support.chance import tries
from support.libraries import BROKEN, GOOD, copy_of_good, new_card, overlay
from support.project import run

CARD = "exercises/bank/confidentiality/call-from-the-car.yml"


def found(library: Path) -> list:
    """The problems of a library, and of the edition that a broken folder lays over it."""
    edition = library / "edition"
    return check(load(library, edition=edition if edition.is_dir() else None))


def lines(problems, code=None) -> list[str]:
    return [f"{p.path}:{p.line}:{p.column}: {p.code} {p.message}" for p in problems if code in (None, p.code)]


def test_the_good_library_is_clean():
    assert lines(found(GOOD)) == []


def test_there_are_rules_enough_and_each_has_a_broken_file():
    assert len(RULES) >= 40
    apart = set(RULES) ^ {folder.name for folder in BROKEN.iterdir()}
    assert not apart, f"a rule without a folder in tests/broken, or a folder without its rule: {sorted(apart)}"


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_has_its_page_and_says_its_golden_words(code, tmp_path):
    rule = RULES[code]
    page = inspect.getdoc(rule) or ""
    assert page.count(".") >= 2 and len(page.split()) >= 20, (
        f"{code}: its docstring is two sentences and 20 words or more"
    )
    library = copy_of_good(tmp_path)
    overlay(library, BROKEN / code)
    problems = found(library)
    assert lines(problems, code), f"{code} saw nothing in tests/broken/{code}; does it stand in its module's CHECKS?"
    wanted = BROKEN / code / "expected.txt"
    assert lines(problems, code) == (wanted.read_text().splitlines() if wanted.is_file() else [])
    no_hint = [p for p in problems if not p.hint[:1].isupper()]
    assert not no_hint, f"every problem says what to do, in a hint that begins with a capital: {no_hint}"
    machine = [
        word
        for p in problems
        for word in re.findall(r"(?i:mapping|scalar|sequence|\bnode|\bnull\b)|\bNone\b", p.message)
    ]
    assert not machine, f"words of a parser in a message: {machine}"
    assert all(p.level == rule.level for p in problems if p.code == code)


def test_all_problems_of_all_files_sorted_with_a_count(tmp_path):
    library = copy_of_good(tmp_path)
    for code in ("F004", "V003", "C002", "A001"):
        overlay(library, BROKEN / code)
    problems = found(library)
    assert problems == sorted(problems) and {p.code for p in problems} >= {"F004", "V003", "C002", "A001"}
    text = report.text(problems, load(library))
    assert text.splitlines()[-1].endswith(f"in {len({p.path for p in problems})} of 17 files")


def test_the_authors_own_line_with_a_caret(tmp_path):
    library = copy_of_good(tmp_path)
    overlay(library, BROKEN / "F004")
    shown = report.text([p for p in found(library) if p.code == "F004"], load(library)).splitlines()
    assert shown[0] == f"{CARD}:4:8: F004 `level` cannot be `aply`"
    assert shown[1] == "    level: aply" and shown[2].index("^") == shown[1].index("aply")
    assert shown[3] == "    Did you mean `apply`?"


def test_github_and_json(tmp_path):
    library = copy_of_good(tmp_path)
    overlay(library, BROKEN / "W108")
    overlay(library, BROKEN / "V003")
    problems, loaded = found(library), load(library)
    first = report.github(problems, loaded).splitlines()[0]
    assert first.startswith("::error file=case_vignettes/message-on-the-tablet.yml,line=7,col=10,title=V003::")
    data = json.loads(report.as_json(problems, loaded))
    assert data["files"] == 17 and {p["code"] for p in data["problems"]} >= {"V003", "W108"}


def test_an_excuse_silences_its_warning_on_its_card_alone(tmp_path):
    library = copy_of_good(tmp_path)
    overlay(library, BROKEN / "W108")
    card = library / CARD
    card.write_text(card.read_text().replace("sources:", 'allow: {W108: "one line is all that was said"}\nsources:'))
    assert lines(found(library)) == []
    card.write_text(card.read_text().replace("one line is all that was said", "ok"))
    assert {p.code for p in found(library)} == {"L007", "W108"}


@pytest.mark.parametrize("change", [lambda text: text.replace(b"\n", b"\r\n"), lambda text: b"\xef\xbb\xbf" + text])
def test_windows_line_ends_and_byte_order_marks_are_read(tmp_path, change):
    library = copy_of_good(tmp_path)
    for path in [*library.rglob("*.yml"), *library.rglob("*.md")]:
        path.write_bytes(change(path.read_bytes()))
    assert lines(found(library)) == []


def test_text_arrives_as_typed():
    library = load(GOOD)
    codes = library.vignettes["message-on-the-tablet"].codes
    assert codes == {"icd11": ("HA00",), "dsm5tr": ("302.72",)}


def test_a_folder_with_a_cards_name(tmp_path):
    library = copy_of_good(tmp_path)
    (library / "exercises/bank/confidentiality/a-folder.yml").mkdir()
    assert [p.code for p in found(library)] == ["Y009"]


@pytest.mark.parametrize("kind", sorted(BY_WORD))
def test_a_template_is_valid_and_its_blanks_are_reported(kind, tmp_path):
    library = copy_of_good(tmp_path)
    path = new_card(kind, library)
    path.write_text(template(kind))
    mine = [p for p in found(library) if p.path.endswith(path.name)]
    assert mine and not any(p.code.startswith("Y00") for p in mine), lines(mine)
    assert template(kind).count("???") >= 3


def grader(*words, folder=None):
    return run("grader", *words, folder=folder or GOOD, apart=True, GITHUB_ACTIONS="")


def test_the_command_exits_0_1_and_2(tmp_path):
    assert (clean := grader("check")).returncode == 0 and clean.stdout == "No problems in 17 files.\n"
    library = copy_of_good(tmp_path)
    overlay(library, BROKEN / "V003")
    assert grader("check", folder=library).returncode == 1
    nothing = grader("check", "--library", "/", folder="/")
    assert nothing.returncode == 2 and nothing.stderr.count("\n") == 1 and "Traceback" not in nothing.stderr
    overlay(copy_of_good(tmp_path / "two"), BROKEN / "W108")
    assert grader("check", folder=tmp_path / "two" / "library").returncode == 0


def test_one_card_is_checked_alone(tmp_path):
    library = copy_of_good(tmp_path)
    for code in ("Y004", "C002"):
        overlay(library, BROKEN / code)
    one = grader("check", CARD, folder=library)
    assert one.returncode == 1 and "Y004" in one.stdout and one.stdout.endswith("1 error in 1 of 1 file\n")
    assert "C002" in grader("check", "book", folder=library).stdout
    assert grader("check", "exercises/assignments", folder=library).stdout == "No problems in 1 file.\n"
    own = tmp_path / "own/exercises/bank/confidentiality/of-our-own.yml"
    own.parent.mkdir(parents=True)
    own.write_text((GOOD / CARD).read_text().replace("objective: ", "objective: no-"))
    mine = grader("check", str(own), "--library", str(GOOD), folder=tmp_path)
    assert mine.returncode == 1 and f"{own}:2:12: Q005" in mine.stdout and mine.stdout.endswith("in 1 of 1 file\n")
    (library / "notes.txt").write_text("")
    for name, why in (("notes.txt", "no card"), ("gone.yml", "no such file")):
        assert grader("check", name, folder=library).returncode == 2
        assert why in grader("check", name, folder=library).stderr


def test_a_page_that_cannot_be_read_is_named(tmp_path):
    library = copy_of_good(tmp_path)
    page = library / "book/front/why.md"
    page.parent.mkdir(exist_ok=True)
    page.write_bytes("# Warum\n\nFür Sie.\n".encode("cp1252"))
    assert [one for one in lines(found(library)) if ":3:2: Y004" in one and "`ü`" in one]
    page.write_text("# Why\n\n<<<<<<< HEAD\nFor you.\n=======\nFor us.\n>>>>>>> main\n")
    assert [one for one in lines(found(library)) if ":3:1: Y015" in one]


def test_explain_and_show_and_new(tmp_path):
    assert "one-best-answer" in grader("explain", "q001").stdout
    assert grader("explain", "Q999").returncode == 1
    blocks = [block.splitlines() for block in grader("explain").stdout.split("\n\n")]
    told = [[line.split()[0] for line in lines] for _, *lines in blocks]
    assert sorted(code for codes in told for code in codes) == sorted(RULES)
    assert all(len({code[0] for code in codes}) == 1 for codes in told), "a family stands under one heading"
    assert "* C." in grader("show", "call-from-the-car").stdout
    told = " ".join(grader("show", "call-from-the-car").stdout.split("call-from-the-car  (")[0].split())
    assert (
        told.startswith("Asked in the case “") and "(message-on-the-tablet), part " in told and "which reads:" in told
    )
    assert "Asked in the case" not in grader("show", "drawer-with-two-keys").stdout
    assert "Did you mean `call-from-the-car`?" in grader("show", "call-from-the-cat").stderr
    library = copy_of_good(tmp_path)
    made = grader("new", "question", "confidentiality/a-letter", folder=library)
    assert made.returncode == 0 and (library / "exercises/bank/confidentiality/a-letter.yml").is_file()
    again = grader("new", "question", "confidentiality/a-letter", folder=library)
    assert again.returncode == 1 and "nothing was changed" in again.stderr
    assert "a-letter.yml: `???` is left on line 2, 4" in grader("show", "a-letter", folder=library).stderr
    assert grader("new", "question", "../x", folder=library).returncode == 2
    assert "Did you mean `confidentiality`?" in grader("new", "set", "confidentialty/x", folder=library).stderr


def test_show_names_what_it_does_not_show_and_shows_each_card_of_a_name(tmp_path):
    library = copy_of_good(tmp_path)
    grader("new", "reflection", "a-blank", folder=library)  # a template that can be read
    grader("new", "chapter", "ethics/a-page", folder=library)
    blank = grader("show", "a-blank", folder=library)
    assert blank.returncode == 1 and "a-blank.yml: `???` is left on line 2" in blank.stderr
    page = grader("show", "a-page", folder=library)
    assert page.returncode == 1 and "book/_toc.yml" in page.stderr
    bank = library / "exercises/bank/confidentiality"
    (bank / "holding.yml").write_text((library / CARD).read_text())  # an assignment has this name, too
    both = grader("show", "holding", folder=library)
    assert both.returncode == 0
    assert [line for line in both.stdout.splitlines() if line.startswith("----")] == [
        "---- exercises/bank/confidentiality/holding.yml",
        "---- exercises/assignments/holding.yml",
    ]
    (bank / "holding.yml").rename(bank / "i-said-yes.yml")  # a notebook could not tell it from the reflection
    two = grader("show", "i-said-yes", folder=library)
    assert (
        two.returncode == 1
        and "another card has this name: exercises/bank/confidentiality/i-said-yes.yml" in two.stderr
    )


def test_a_chapter_goes_into_a_part_that_is_there_or_is_meant(tmp_path):
    library = copy_of_good(tmp_path)
    for part in ("nope", "practice"):
        done = grader("new", "chapter", f"{part}/x", folder=library)
        assert done.returncode == 2 and f"no part `{part}`. Its parts: ethics." in done.stderr
        assert not (library / f"book/{part}/x.md").exists()
    assert "--new-part" in grader("new", "chapter", "nope/x", folder=library).stderr
    made = grader("new", "chapter", "nope/x", "--new-part", folder=library)
    assert made.returncode == 0 and "book/_toc.yml" in made.stdout and (library / "book/nope/x.md").is_file()


@tries(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_file_only_problems_come_out(data, tmp_path):
    library = tmp_path / "library" if (tmp_path / "library").exists() else copy_of_good(tmp_path)
    path = data.draw(st.sampled_from(sorted(p for p in library.rglob("*") if p.suffix in (".yml", ".md", ".bib"))))
    text = path.read_bytes()
    place = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 40))
    new = data.draw(
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from(
                [b": ", b"- ", b"\n", b"[", b"{", b"&a ", b"*a ", b"!!x ", b"|\n", b"\t", b"'", b'"', b"---\n"]
            ),
        )
    )
    path.write_bytes(text[:place] + new + text[place + cut :])
    try:
        for problem in found(library):
            assert problem.line >= 1 and problem.column >= 1 and problem.message
    finally:
        path.write_bytes(text)
