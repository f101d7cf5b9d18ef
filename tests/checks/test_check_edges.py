"""`grader check` on what nobody plans: odd files and names, hostile text, one slip among many cards, a library of a
thousand."""

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cards.kinds import BY_WORD
from grader.cards.library import load
from grader.cards.problem import RULES, Problem, near
from grader.cards.templates import template
from grader.checks import report
from grader.checks.run import CHECKS, check
from support.chance import tries
from support.large import write
from support.libraries import GOOD, copy_of_good, new_card

BANK = "exercises/bank/confidentiality"
CARD = f"{BANK}/call-from-the-car.yml"
CHAPTER = "book/ethics/confidentiality.md"


def found(library: Path) -> list[Problem]:
    return check(load(library))


def places(problems, code=None) -> list[tuple]:
    return [(p.path, p.line, p.column, p.code) for p in problems if code in (None, p.code)]


def change(library: Path, name: str, old: str, new: str) -> None:
    text = (library / name).read_text()
    assert old in text
    (library / name).write_text(text.replace(old, new, 1))


# --- places ---


@pytest.mark.parametrize(
    "change_ends",
    [lambda data: data, lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data],
    ids=["unix", "windows", "bom"],
)
def test_a_place_is_the_same_whatever_the_line_ends(tmp_path, change_ends):
    library = copy_of_good(tmp_path)
    change(library, CARD, "level: apply", "level: aply")
    change(library, CARD, "Promise her", "Never promise her")
    change(library, "case_vignettes/message-on-the-tablet.yml", "[HA00]", "[HA]")
    change(library, CHAPTER, "Bring your policy.", "Bring the frigid   {cite:p}`nobody`.")
    for name in (CARD, CHAPTER, "case_vignettes/message-on-the-tablet.yml"):
        (library / name).write_bytes(change_ends((library / name).read_bytes()))
    problems = found(library)
    lines = (library / CHAPTER).read_text(encoding="utf-8-sig").split("\n")
    line = next(number for number, text in enumerate(lines, 1) if "frigid" in text)
    assert (CARD, 4, 8, "F004") in places(problems)
    assert ("case_vignettes/message-on-the-tablet.yml", 10, 17, "V004") in places(problems)
    assert (CHAPTER, line, 20, "C002") in places(problems) and (CHAPTER, line, 11, "W109") in places(problems)


def test_the_caret_stands_under_the_place_on_a_very_long_line(tmp_path):
    library = copy_of_good(tmp_path)
    change(library, CHAPTER, "Bring your policy.", "Bring it. " * 60 + "{cite:p}`nobody`.")
    shown = report.text([p for p in found(library) if p.code == "C002"], load(library)).splitlines()
    assert len(shown[1]) <= 104 and shown[1][shown[2].index("^") :].startswith("{cite:p}")


def test_an_invisible_line_break_is_named_and_moves_no_place_below_it(tmp_path):
    library = copy_of_good(tmp_path)
    change(library, CARD, "telephones", "tele\u2028phones")
    change(library, CARD, "kuo2009secrets", "kuo2009secret")
    assert places(found(library)) == [(CARD, 6, 16, "Y010"), (CARD, 23, 11, "L003")]


# --- odd files ---


def _pipe(folder):
    os.mkfifo(folder / "a-pipe.yml")


def _loop(folder):
    os.symlink("a-loop.yml", folder / "a-loop.yml")


def _nowhere(folder):
    os.symlink("gone.yml", folder / "a-link.yml")


def _folder(folder):
    (folder / "a-folder.yml").mkdir()


def _locked(folder):
    (folder / "a-lock.yml").write_text("use: graded\n")
    (folder / "a-lock.yml").chmod(0)


@pytest.mark.parametrize("make", [_pipe, _loop, _nowhere, _folder, _locked])
def test_what_cannot_be_opened_is_named(tmp_path, make):
    library = copy_of_good(tmp_path)
    make(library / BANK)
    expected = "F002" if make is _locked and os.geteuid() == 0 else "Y009"  # root may read everything
    assert {p.code for p in found(library)} == {expected}


def test_a_file_that_is_no_card_is_said_to_be_none_once(tmp_path):
    library = copy_of_good(tmp_path)
    (library / BANK / "a-note.yml").write_text("use: graded\n")
    (said,) = found(library)
    assert said.code == "F002" and {"`objective`", "`options`", "`review`"} <= set(re.findall("`[a-z]+`", said.message))
    text = (library / CARD).read_text()
    (library / CARD).write_text(re.sub("(?m)^(ask|level): .*\n", "", text))
    assert [problem.message for problem in found(library)[1:]] == ["a question needs `ask`", "a question needs `level`"]


@pytest.mark.parametrize(
    "name",
    ["My Card.yml", "108 .yml", "Ärger.yml", "a_b.yml", "-a.yml", "a--b.yml", "a\nb.yml", "a\x1b[31m.yml", "KARTE.yml"],
)
def test_odd_names_are_named(tmp_path, name):
    library = copy_of_good(tmp_path)
    (library / BANK / name).write_text("use: graded\n")
    problems = found(library)
    assert [p.code for p in problems] == ["L001"]
    assert "\x1b" not in report.text(problems, load(library))


def test_a_name_that_is_not_text_can_still_be_printed(tmp_path):
    library = copy_of_good(tmp_path)
    try:
        Path(os.fsdecode(os.fsencode(library / BANK) + b"/\xff.yml")).write_text("use: graded\n")
    except OSError:
        pytest.skip("this file system refuses the name")
    problems, loaded = found(library), load(library)
    assert [p.code for p in problems] == ["L001"]
    for print_ in report.FORMATS.values():
        print_(problems, loaded).encode()


@pytest.mark.parametrize(
    "broken",
    ["[" * 240_000, "- " * 100_000, "? " * 900, "use: " + "{a: " * 500 + "}" * 500, "use: " + "[" * 600 + "]" * 600],
)
def test_a_file_that_is_nested_without_end_is_refused_with_a_place(tmp_path, broken):
    library = copy_of_good(tmp_path)
    (library / CARD).write_text(broken)
    assert [p.line for p in found(library) if p.code == "Y001"] == [1]


@pytest.mark.parametrize(
    "text",
    ["She \x1b[31m waits 30 % of the time.", "She \u202ewaits 30 % of the time.", "She\x07 waits 30 % of the time."],
)
def test_nothing_that_stands_in_a_file_can_upset_a_terminal(tmp_path, text):
    library = copy_of_good(tmp_path)
    change(library, CHAPTER, "Bring your policy.", text)
    problems, loaded = found(library), load(library)
    assert "C009" in {p.code for p in problems}
    for made in (report.text(problems, loaded), report.github(problems, loaded)):
        assert not [letter for letter in made if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("exercises/reflections/i-said-yes.yml", "marks: [2, 0, 0]", 'marks: ["²", 0, 0]'),
        ("case_vignettes/message-on-the-tablet.yml", "age: 41", "age: ٤١"),
        (CHAPTER, "../figures/paths.svg", "a" * 5000),
        (CHAPTER, "../figures/paths.svg", "a\0b"),
        (CHAPTER, "```{question} email-before-the-session", "```{question}"),
        (CHAPTER, "Bring your policy.", "{cite:p}`` {term}`<>` {term}` ` {cite}`,` [x](.md) [y](//) <"),
        ("book/_toc.yml", "root: intro", "root: [intro]"),
    ],
)
def test_odd_values_are_problems_and_nothing_worse(tmp_path, name, old, new):
    library = copy_of_good(tmp_path)
    change(library, name, old, new)
    assert found(library)


@pytest.mark.parametrize("name", ["book/references.bib", "book/_toc.yml", "book/house-words.yml"])
def test_a_folder_where_a_file_of_the_book_should_be(tmp_path, name):
    library = copy_of_good(tmp_path)
    (library / name).unlink()
    (library / name).mkdir()
    assert (name, 1, 1, "Y009") in places(found(library))


@pytest.mark.parametrize(
    "old, new, place, way_out",
    [
        ("use: graded", "use graded", "1:1", "A field name needs a colon"),
        ("level: apply", 'level: "apply', "4:8", "A quote that was opened"),
    ],
)
def test_a_slip_is_shown_where_it_was_made_and_not_where_the_reader_met_it(tmp_path, old, new, place, way_out):
    library = copy_of_good(tmp_path)
    path = library / "exercises/bank/confidentiality/call-from-the-car.yml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    (found,) = [one for one in check(load(library)) if one.code == "Y001"]
    assert f"{found.line}:{found.column}" == place and found.hint.startswith(way_out)


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("exercises/bank/confidentiality/who-may-be-told.yml", "  - name: ", "  - name:"),
        (CARD, "  - right: Tell", "  - right:Tell"),
        (CARD, "  - right: Tell", "  - right Tell"),
        ("case_vignettes/message-on-the-tablet.yml", "  - title: Intake", "  - title:Intake"),
        ("exercises/bank/confidentiality/who-may-be-told.yml", "    use: graded", "    use:graded"),
    ],
)
def test_a_space_or_colon_that_is_missing_in_a_list_is_shown_on_its_own_line(tmp_path, name, old, new):
    """It was blamed on the line below, with the advice to put that in quotes."""
    library = copy_of_good(tmp_path)
    text = (library / name).read_text()
    assert old in text
    (library / name).write_text(text.replace(old, new, 1))
    at = text[: text.index(old)].count("\n") + 1
    assert [(one.line, one.hint[:26]) for one in found(library) if one.code == "Y001"] == [
        (at, "A field name needs a colon")
    ]


@pytest.mark.parametrize("more", [1, 2, 4])
def test_a_field_that_begins_further_in_is_shown_where_it_begins(tmp_path, more):
    """It was told to put the text in quotes, at the colon."""
    library = copy_of_good(tmp_path)
    change(library, CARD, "\nkind:", f"\n{more * ' '}kind:")
    at = (library / CARD).read_text().split("\n").index(f"{more * ' '}kind: one-best-answer") + 1
    [told] = [one for one in found(library) if one.code == "Y001"]
    assert (told.line, told.column) == (at, more + 1) and told.hint.startswith("It begins further in than the field")


def test_a_misspelt_field_is_not_called_missing_as_well(tmp_path):
    library = copy_of_good(tmp_path)
    path = library / "exercises/bank/confidentiality/call-from-the-car.yml"
    path.write_text(path.read_text().replace("objective:", "objectiv:"))
    assert [one.code for one in check(load(library)) if one.path.endswith(path.name)] == ["F001"]


@pytest.mark.parametrize(
    "name, old, new, code",
    [
        ("exercises/assignments/holding.yml", "- question: drawer", "- qestion: drawer", "F001"),
        (CARD, "- right: Tell", "- rigth: Tell", "F001"),
        ("exercises/assignments/holding.yml", "  - question: drawer", "  -\tquestion: drawer", "Y003"),
        ("exercises/assignments/holding.yml", "  - question: drawer", "\t- question: drawer", "Y003"),
    ],
)
def test_one_slip_on_a_line_is_said_once(tmp_path, name, old, new, code):
    library = copy_of_good(tmp_path)
    change(library, name, old, new)
    assert [one.code for one in found(library) if one.path == name] == [code]


def test_a_template_says_once_that_it_has_blanks_and_a_comment_is_none(tmp_path):
    library = copy_of_good(tmp_path)
    path = library / "exercises/bank/confidentiality/new-one.yml"
    path.write_text(template("question"))
    (found,) = [one for one in check(load(library)) if one.path.endswith(path.name)]
    assert found.code == "L009" and "blanks" in found.message


def test_house_words_with_a_slip_are_reported(tmp_path):
    library = copy_of_good(tmp_path)
    (library / "book/house-words.yml").write_text("frigid: [\n")
    assert [p.code for p in found(library)] == ["Y001"]


# --- one slip, one problem ---


def test_a_card_that_cannot_be_read_is_reported_once_and_not_by_all_who_name_it(tmp_path):
    for name in (
        CARD,
        CHAPTER,
        "exercises/assignments/holding.yml",
        "case_vignettes/message-on-the-tablet.yml",
        "exercises/reflections/i-said-yes.yml",
    ):
        library = copy_of_good(tmp_path / Path(name).stem)
        change(library, name, "review: draft", "review: draft: yes")
        assert [(p.path, p.code) for p in found(library)] == [(name, "Y001")]


def test_a_case_kept_for_the_case_form_stands_nowhere_else_and_is_no_problem(tmp_path):
    library = copy_of_good(tmp_path)
    change(
        library,
        "exercises/assignments/holding.yml",
        "  - vignette: message-on-the-tablet",
        "  - question: drawer-with-two-keys",
    )
    change(library, CHAPTER, "```{vignette} message-on-the-tablet\n```", "Ines and Marco.")
    change(library, CARD, "use: graded", "use: exam")
    assert "L013" in {p.code for p in found(library)}
    change(library, "exercises/exams/knowledge.yml", "form: knowledge", "form: case")
    assert "L013" not in {p.code for p in found(library)}
    change(library, CARD, "use: exam", "use: graded")
    assert "L013" in {p.code for p in found(library)}


# --- excuses ---


def test_an_excuse_is_for_its_own_card_and_code(tmp_path):
    library = copy_of_good(tmp_path)
    for name in ("call-from-the-car", "drawer-with-two-keys"):
        change(library, f"{BANK}/{name}.yml", "What is the best next step?", "Which is not the next step?")
    assert places(found(library)) == [
        (f"{BANK}/{name}.yml", 7, 6, "W104") for name in ("call-from-the-car", "drawer-with-two-keys")
    ]
    change(library, CARD, "sources:", 'allow: {W104: "the guideline asks it so"}\nsources:')
    assert places(found(library)) == [(f"{BANK}/drawer-with-two-keys.yml", 7, 6, "W104")]


@pytest.mark.parametrize(
    ("excuse", "codes"),
    [
        ("W104: the guideline asks it so", {"L008"}),
        ("W999: there is no such rule", {"L007"}),
        ("Q001: it is right all the same", {"L007"}),
        ('W104: ""', {"F002"}),
    ],
)
def test_an_excuse_that_is_none(tmp_path, excuse, codes):
    library = copy_of_good(tmp_path)
    change(library, CARD, "sources:", f"allow: {{{excuse}}}\nsources:")
    assert {p.code for p in found(library)} == codes


@pytest.mark.parametrize("kind", sorted(BY_WORD))
def test_every_kind_of_card_can_excuse(kind):
    assert "allow" in BY_WORD[kind].cls.__dataclass_fields__


# --- printing ---

ONE = Problem("a.yml", 3, 5, "Q001", "a, b: 100 %", "Do\nthis.", "error")
TWO = Problem("b.yml", 1, 1, "W104", "the ask says `not`", "", "warning")


@pytest.mark.parametrize(
    ("problems", "last"),
    [
        ([], "No problems in 17 files."),
        ([ONE], "1 error in 1 of 17 files"),
        ([TWO], "1 warning in 1 of 17 files"),
        ([ONE, ONE, TWO], "2 errors and 1 warning in 2 of 17 files"),
    ],
)
def test_the_count_at_the_end(problems, last):
    assert report.text(problems, load(GOOD)).splitlines()[-1] == last


def test_github_reads_each_problem_as_one_line_errors_first():
    shown = report.github([TWO, ONE], load(GOOD)).splitlines()
    assert shown[0] == "::error file=a.yml,line=3,col=5,title=Q001::a, b: 100 %25%0ADo%0Athis."
    assert shown[1].startswith("::warning file=b.yml,line=1,col=1,title=W104::")


def test_json_is_whole():
    data = json.loads(report.as_json([ONE], load(GOOD)))
    assert data["problems"] == [
        {
            "path": "a.yml",
            "line": 3,
            "column": 5,
            "code": "Q001",
            "message": "a, b: 100 %",
            "hint": "Do\nthis.",
            "level": "error",
        }
    ]


def test_problems_are_sorted_by_place_and_each_is_said_once(tmp_path):
    library = copy_of_good(tmp_path)
    for name in ("call-from-the-car", "drawer-with-two-keys"):
        change(library, f"{BANK}/{name}.yml", "level: apply", "level: aply")
        change(library, f"{BANK}/{name}.yml", "review: draft", "review: done")
    problems = found(library)
    assert problems == sorted(set(problems))


# --- rules ---


def test_every_rule_of_a_library_is_in_the_list():
    made = {
        code
        for code, rule in RULES.items()
        if rule.__module__.startswith("grader.checks.") and rule.__module__ != "grader.checks.run"
    }
    assert {rule.code for rule in CHECKS} == made


def test_explain_ends_with_the_way_out():
    page, known = report.explain("w104")
    assert known and page.startswith("W104, a warning\n\n")
    page, known = report.explain("Q0001")
    assert not known and "Did you mean `Q001`?" in page


def _filled(kind: str) -> str:
    """A template as somebody would fill it in, with the shortest words that are allowed."""
    words = {
        "question": {
            "use: ???": "use: graded",
            "objective: ???": "objective: hold-secrets",
            "kind: ???": "kind: one-best-answer",
            "level: ???": "level: apply",
        },
        "vignette": {
            'chapters: ["???"]': "chapters: [confidentiality]",
            "origin: ???": "origin: invented",
            "age: ???": "age: 41",
        },
        "reflection": {
            "chapter: ???": "chapter: confidentiality",
            "objective: ???": "objective: hold-secrets",
            "words: ???": "words: 1-20",
        },
        "assignment": {
            'chapters: ["???"]': "chapters: [confidentiality]",
            "minutes: ???": "minutes: 40",
            "question: ???": "question: drawer-with-two-keys",
            "\n  - set: ???": "",
            "reflection: ???": "reflection: i-said-yes",
        },
        "exam": {
            "form: ???": "form: knowledge",
            "minutes: ???": "minutes: 20",
            "area: ???": "area: aasect-cst/a",
            "questions: ???": "questions: 10",
        },
        "body": {},
        "set": {
            "use: ???": "use: graded",
            "objective: ???": "objective: hold-secrets",
            "level: ???": "level: apply",
            "name: ???": "name: a-story",
            "right: ???": "right: first",
        },
        "evidence": {"certainty: ???": "certainty: weak", "seen: ???": "seen: abstract"},
        "place": {
            "topic: ???\n    # What": "topic: minors\n    # What",
            "topic: ???\n    # The": "topic: crisis\n    # The",
            "seen: ???": "seen: statute",
            "source: ???": "source: kuo2009secrets",
        },
        "sheet": {'chapters: ["???"]': "chapters: [confidentiality]", "date: ???": "date: 2026-11-28"},
        "protocol": {'chapters: ["???"]': "chapters: [confidentiality]"},
        "conversation": {'chapters: ["???"]': "chapters: [confidentiality]"},
        "chapter": {"minutes: ???": "minutes: 15", 'covers: ["???"]': "covers: [aasect-cst/a]"},
    }[kind]
    text = template(kind)
    for blank, filled in words.items():
        assert blank in text, blank
        text = text.replace(blank, filled)
    numbers = iter(range(100))
    text = text.replace('sources: ["???"]', "sources: [kuo2009secrets]")
    if kind in ("evidence", "place"):
        text = re.sub(r"^(\s*(?:checked|look_again|in_force)): \?\?\?", r"\1: 2026-11-28", text, flags=re.MULTILINE)
    return re.sub(r"\?\?\?", lambda _: f"words of number {next(numbers)}", text)


@pytest.mark.parametrize("kind", sorted(BY_WORD))
def test_a_filled_template_is_read_whole(kind, tmp_path):
    library = copy_of_good(tmp_path)
    path = new_card(kind, library)
    path.write_text(_filled(kind))
    mine = [p for p in found(library) if (p.path.endswith(path.name) and p.code[0] in "YF") or p.code == "L009"]
    assert mine == []


@pytest.mark.parametrize("kind", sorted(BY_WORD))
def test_a_blank_stands_below_its_question(kind):
    lines = template(kind).splitlines()
    for number, line in enumerate(lines):
        if re.match(r"(# )?[a-z]+:", line) and not line.startswith("# ") and kind != "chapter":
            assert lines[number - 1].startswith("# "), line


# --- many ---


def test_a_thousand_sound_cards_are_clean(tmp_path):
    library = load(write(tmp_path))
    assert len(library.questions) == 1000
    assert check(library) == []


@tries(60)
@given(data=st.data())
def test_lines_that_are_lost_doubled_or_moved_give_problems_only(data, tmp_path_factory):
    library = copy_of_good(tmp_path_factory.mktemp("lines"))
    for path in data.draw(
        st.lists(
            st.sampled_from(sorted(p for p in library.rglob("*") if p.suffix in (".yml", ".md", ".bib"))),
            min_size=1,
            max_size=3,
            unique=True,
        )
    ):
        lines = path.read_text().split("\n")
        for _ in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(0, len(lines) - 1))
            what = data.draw(st.sampled_from(["lose", "double", "indent", "swap", "empty"]))
            if what == "lose" and len(lines) > 1:
                lines.pop(place)
            elif what == "double":
                lines.insert(place, lines[place])
            elif what == "indent":
                lines[place] = "  " + lines[place]
            elif what == "swap":
                lines[place], lines[-1] = lines[-1], lines[place]
            else:
                lines[place] = re.sub(r":.*", ":", lines[place])
        path.write_text("\n".join(lines))
    loaded = load(library)
    problems = check(loaded)
    assert all(isinstance(p, Problem) and p.line >= 1 and p.column >= 1 and p.code in RULES for p in problems)
    for print_ in report.FORMATS.values():
        print_(problems, loaded).encode()


@pytest.mark.parametrize(
    "opening",
    [
        "The following week Marco rings.",
        "Later that day Marco rings.",
        "Two weeks after this Marco rings.",
        "That same evening Marco rings.",
        "On the following Monday Marco rings.",
        "In the next session Marco is silent.",
        "A week on, Marco rings.",
        "Three days after the session he rings.",
        "The week after, Marco rings.",
        "Since then Marco has not rung.",
        "Shortly afterwards Marco rings.",
        "A little later Marco rings.",
    ],
)
def test_a_story_that_goes_on_from_what_it_does_not_tell_is_named(tmp_path, opening):
    library = copy_of_good(tmp_path)
    rewritten(library, opening)
    assert [one.code for one in found(library) if one.code == "W119"] == ["W119"]


@pytest.mark.parametrize(
    "opening",
    [
        "At the same time every evening Marco, 41, rings.",
        "Next week you will write to Marco, 41.",
        "After the operation the doctor told Marco, 41, to wait.",
        "Three weeks after the session with Marco, 41, his wife rings.",
        "Two weeks ago Marco, 41, came alone.",
        "The day after her wedding Ana, 30, rings.",
    ],
)
def test_a_story_that_tells_what_it_counts_from_is_left_alone(tmp_path, opening):
    library = copy_of_good(tmp_path)
    rewritten(library, opening)
    assert "W119" not in [one.code for one in found(library)]


def rewritten(library, opening: str) -> None:
    """Put a sentence before the story of a card that no case asks."""
    path = library / "exercises/bank/confidentiality/drawer-with-two-keys.yml"
    path.write_text(path.read_text().replace("story: |\n  ", f"story: |\n  {opening} ", 1))


@pytest.mark.parametrize("text", ["\u200b", "\u200c", "\u3164", "\u00a0", "\\u200b"])
def test_an_option_that_nobody_can_see_is_named(tmp_path, text):
    library = copy_of_good(tmp_path)
    change(library, CARD, "- right: Tell Marco as soon as he has sat down (call c).", f'- right: "{text}"')
    assert {"Y014", "F002"} & {one.code for one in found(library) if one.path == CARD}


def test_letters_of_scripts_that_need_a_mark_without_width_are_left_alone(tmp_path):
    library = copy_of_good(tmp_path)
    change(
        library,
        CARD,
        "A client telephones",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 says a client who telephones",
    )
    assert "Y014" not in {one.code for one in found(library)}


def test_a_mark_in_a_chapter_that_turns_the_text_is_shown_where_it_stands(tmp_path):
    library = copy_of_good(tmp_path)
    change(library, CHAPTER, "Bring your policy.", "Bring \u202eyour policy.")
    text = (library / CHAPTER).read_text()
    at = text[: text.index("\u202e")].count("\n") + 1
    assert [(one.line, one.path) for one in found(library) if one.code == "Y014"] == [(at, CHAPTER)]


@pytest.mark.parametrize("theirs, ours", [("key", "right"), ("stem", "ask"), ("rationale", "explain")])
def test_a_field_as_other_formats_call_it_is_told_by_its_name_here(tmp_path, theirs, ours):
    library = copy_of_good(tmp_path)
    name = "exercises/bank/confidentiality/who-may-be-told.yml" if ours == "right" else CARD
    indent = "    " if ours == "right" else ""
    change(library, name, f"\n{indent}{ours}:", f"\n{indent}{theirs}:")
    told = [one.hint for one in found(library) if one.code == "F001" and one.path == name]
    assert told and told[0] == f"Here it is called `{ours}`."


def test_of_many_names_none_of_which_is_like_it_three_are_said_at_most():
    many = [f"name-{number}" for number in range(40)]
    assert near("zzz", many) == "There are 40, and none is like it."
    assert near("mame", many).count("`") + near("mame", many).count(",") <= 3
    assert near("zzz", ["one", "two"]) == "Known: one, two."
    assert near("ethics", [*many, "ethics-and-safety"]) == "Did you mean `ethics-and-safety`?"
