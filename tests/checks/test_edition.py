"""An edition laid over a library: what goes and what stays is chosen, and nothing is made while a choice is missing."""

from pathlib import Path

import pytest

from grader.cards.library import Library, load
from grader.cards.private import Shared, outside
from grader.checks.edition import Refused, take, wrong
from grader.checks.run import check
from grader.notebook.assemble import notebook
from grader.web import tokens
from grader.web.brand import brand
from support.libraries import GOOD, copy_of_good
from support.project import run

CHAPTER = "book/ethics/confidentiality.md"


def edition(folder: Path, program: str, **files: str) -> Path:
    """An edition's folder; a file's name has `__` for each slash."""
    made = folder / "edition"
    for name, text in {"program.yml": program, **files}.items():
        path = made / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made


def laid(folder: Path, program: str, library: Path = GOOD, **files: str) -> Library:
    return load(library, edition=edition(folder, f"name: Northern Institute\n{program}", **files))


def said(library: Library) -> list[str]:
    return [f"{Path(one.path).name}:{one.line} {one.code} {one.message}. {one.hint}" for one in check(library)]


def two_chapters(folder: Path) -> Path:
    """The good library with a second chapter, to which a case and an assignment belong as well."""
    library = copy_of_good(folder)
    text = (library / CHAPTER).read_text(encoding="utf-8")
    link = "\nMore in [the chapter on\nsecrets](confidentiality.md), and (its rule)[x], [here](#hold).\n"
    plain_text = text.partition("\n---\n")[0].replace("title:", "title: More on", 1)
    (library / "book/ethics/more.md").write_text(f"{plain_text}\n---\n\n# More\n{link}", encoding="utf-8")
    toc = library / "book/_toc.yml"
    there = "  - file: ethics/confidentiality\n"
    toc.write_text(toc.read_text().replace(there, f"{there}  - file: ethics/more\n"))
    for name in ("case_vignettes/message-on-the-tablet.yml", "exercises/assignments/holding.yml"):
        card = library / name
        card.write_text(card.read_text().replace("chapters: [confidentiality]", "chapters: [confidentiality, more]"))
    return library


OUT = """left_out:
  - what: [confidentiality, kit/secrets-agreement]
    questions: drop
    reflections: drop
    cases: keep
    assignments: drop
    pages: keep
"""


def test_an_edition_that_changes_nothing_is_the_library(tmp_path):
    library = laid(tmp_path, "")
    assert said(library) == [] and list(library.chapters) == list(load(GOOD).chapters)
    assert str(library.program.name) == "Northern Institute" and load(GOOD).program is None


def test_a_chapter_that_is_left_out_goes_with_what_was_chosen(tmp_path):
    library = laid(tmp_path, OUT, two_chapters(tmp_path))
    assert list(library.chapters) == ["more"] and "ethics/confidentiality" not in library.toc
    assert library.questions == {} and library.sets == {} and library.reflections == {} and library.assignments == {}
    case = library.vignettes["message-on-the-tablet"]
    assert case.chapters == ("more",) and not case.questions
    assert library.sheets == {} and "kit/secrets-agreement" not in library.pages
    page = library.chapters["more"].body
    assert "confidentiality.md" not in page and "the chapter on\nsecrets" in page
    assert take(library) is library and brand().name == "Northern Institute"


def test_with_a_set_go_its_stories_also_those_of_a_chapter_that_stays(tmp_path):
    there = two_chapters(tmp_path)
    card = there / "exercises/bank/confidentiality/who-may-be-told.yml"
    text = card.read_text()
    card.write_text(text.replace("objective: write-notes", "objective: write-notes\n    chapter: more"))
    assert any(one.set and one.chapter == "more" for one in load(there).questions.values())
    library = laid(tmp_path, OUT, there)
    assert library.sets == {} and library.questions == {}
    check(library)


def test_what_is_not_chosen_is_named_once_and_nothing_is_made(tmp_path):
    library = laid(tmp_path, "left_out:\n  - what: confidentiality\n", two_chapters(tmp_path))
    lines = said(library)
    assert all(line.startswith("program.yml:3 D001 ") for line in lines) and len(lines) == 6, lines
    assert any("one of the library's cases refers" in line and "message-on-the-tablet" in line for line in lines)
    assert any("`cases: drop` or `cases: keep`" in line for line in lines)
    with pytest.raises(Refused) as refused:
        take(library)
    assert len(str(refused.value).splitlines()) == 6


def test_a_choice_for_one_file_stands_over_the_rest(tmp_path):
    more = "    each: {message-on-the-tablet: drop}\n"
    assert "message-on-the-tablet" not in laid(tmp_path, OUT + more, two_chapters(tmp_path)).vignettes


def test_a_replaced_chapter_takes_the_place_and_its_lost_objectives_are_asked_about(tmp_path):
    own = (GOOD / CHAPTER).read_text(encoding="utf-8").replace("hold-secrets", "hold-them-here")
    files = {"book__ethics__confidentiality.md": own}
    assert "D003" in said(laid(tmp_path, "", **files))[0]
    program = "replaced:\n  - what: [confidentiality]\n"
    (line,) = [line for line in said(laid(tmp_path, program, **files)) if " D001 " in line and "questions" in line]
    assert "`questions: drop`" in line
    chosen = "questions: drop", "reflections: drop", "cases: drop", "assignments: keep", "pages: keep"
    library = laid(tmp_path, program + "".join(f"    {one}\n" for one in chosen), **files)
    assert "hold-them-here" in library.chapters["confidentiality"].objectives
    assert all(card.objective != "hold-secrets" for card in library.questions.values())
    # Of the set an exam story is left: no assignment can ask it, and nobody is told to write a story for the library.
    asked = [str(item.set) for item in library.assignments["holding"].items if item.set]
    assert "who-may-be-told" in library.sets and asked == []
    assert not [line for line in said(library) if "holding.yml" in line]
    files = {"book__ethics__confidentiality.md": own.replace("write-notes", "write-notes-here")}
    library = laid(tmp_path / "all", program + "".join(f"    {one}\n" for one in chosen), **files)
    assert library.sets == {} and library.questions == {}
    assert not [line for line in said(library) if "holding.yml" in line or "who-may-be-told" in line]


def test_own_pages_questions_and_works_stand_beside_the_librarys(tmp_path):
    own = (GOOD / CHAPTER).read_text(encoding="utf-8").replace("title:", "title: Our law,", 1)
    work = "@book{own2026law,\n  title = {Our law},\n  author = {A, B},\n  year = {2026},\n}\n"
    program = "added:\n  - {page: ethics/our-law, after: confidentiality}\n  - {page: home/us, part: Ours}\n"
    files = {"book__ethics__our-law.md": own, "book__home__us.md": own, "book__references.bib": work}
    library = laid(tmp_path, program, **files)
    assert list(library.toc)[1:3] == ["ethics/confidentiality", "ethics/our-law"] and library.toc[-1] == "home/us"
    assert library.parts["ethics/our-law"] == "Ethics" and library.parts["home/us"] == "Ours"
    assert {"own2026law", "kuo2009secrets"} <= library.works.keys()
    assert str(library.program.folder) in library.page_file("ethics/our-law")


def test_a_slip_in_program_yml_is_one_line_with_a_way_out(tmp_path):
    for program, words in (
        ("langauge: de\n", "Did you mean `language`?"),
        ("left_out:\n  - what: [confidentialty]\n", "Did you mean `confidentiality`?"),
        ("bodies: [aasect-cts]\n", "Did you mean `aasect-cst`?"),
        ('colours: {acct: ["#000000", "#ffffff"]}\n', "Did you mean `act`?"),
        ("colours: {act: [green, red]}\n", "of the form #rrggbb"),
        (
            "colours:\n  act: [#00407a, #8fc4ff]\n",
            "program.yml:3 Y001 from this place on the file cannot be read. `#` begins",
        ),
        ("colours:\n  act: #00407a\n", "a text that begins with `#` needs quotes"),
        ("left_out: [confidentiality]\n", "an entry of `left_out` should be a group"),
        ("left_out:\n  - what: [/etc/hosts]\n", "there is no `/etc/hosts`"),
        ("left_out:\n  - what: [book/_toc.yml]\n", "there is no `book/_toc.yml`"),
        ("left_out:\n  - {what: [intro], pages: keep}\n", "Write your own, book/intro.md"),
        ("left_out:\n  - {what: [references], pages: keep, each: {tablet: drop}}\n", "there is no `tablet`"),
        ("language: fr_CA\n", "Write `fr-CA`."),
        ("address: https://program.example/?page=1\n", "https://program.example/candor"),
        ("contact: mailto:office@program.example\n", "office@program.example"),
        ("contact: javascript:alert(1)@program.example\n", "is no address"),
        ("added:\n  - {page: book/ethics/ours.md}\n", "Write `ethics/ours`; the file is book/ethics/ours.md."),
        ("logo: ours.svg\n", "Put an SVG or PNG file there"),
        ("contact: somebody\n", "office@program.example"),
        ("added:\n  - {page: ethics/ours}\n", "there is no page `ethics/ours`"),
    ):
        (line,) = said(laid(tmp_path, program))
        assert words in line and line.startswith("program.yml:"), line


@pytest.mark.parametrize(
    "name", ['"A <b>bold</b> school"', "|\n  Two\n  lines", '"turned \\u200F\\n round"', "x" * 121]
)
def test_a_name_that_no_line_of_a_page_can_hold_is_refused(tmp_path, name):
    (line,) = said(load(GOOD, edition=edition(tmp_path, f"name: {name}\n")))
    assert line.startswith("program.yml:1 D008 the program's name")


def test_a_name_that_turns_the_text_around_it_is_refused(tmp_path):
    found = load(GOOD, edition=edition(tmp_path, 'name: "turned \\u202E round"\n'))
    (line,) = said(found)
    assert line.startswith("program.yml:1 Y014 ")
    with pytest.raises(Refused):
        take(found)


def test_a_name_may_hold_quotes_and_any_script(tmp_path):
    for name in ('Gent "Seksuologie" & Co', "جامعة \u200fالخليل", "Université de Montréal"):
        assert said(load(GOOD, edition=edition(tmp_path, f"name: '{name}'\n"))) == []


def test_a_chapter_may_be_named_by_its_file(tmp_path):
    program = OUT.replace("[confidentiality,", "[book/ethics/confidentiality.md,")
    library = laid(tmp_path, program, two_chapters(tmp_path))
    assert library.chapters.keys() == {"more"} and "ethics/confidentiality" not in library.toc


def test_all_that_cannot_be_kept_is_named_in_one_line(tmp_path):
    library = copy_of_good(tmp_path)
    card = library / "case_vignettes/message-on-the-tablet.yml"
    (card.parent / "second.yml").write_text(card.read_text(encoding="utf-8"), encoding="utf-8")
    (line,) = [line for line in said(laid(tmp_path, OUT, library)) if " D005 " in line]
    assert "`each: {message-on-the-tablet: drop, second: drop}`" in line


def test_a_guide_that_cannot_be_kept_is_named_as_left_out_takes_it(tmp_path):
    library = two_chapters(tmp_path)
    program = OUT.replace("[confidentiality, kit/secrets-agreement]", "{}") + "    guides: keep\n"
    (line,) = [line for line in said(laid(tmp_path / "a", program.format("confidentiality"), library)) if " D" in line]
    (name,) = line.partition("to be kept: ")[2].split(". ")[0].split(", ")
    both = laid(tmp_path / "b", program.format(f"[confidentiality, {name}]"), library)
    assert not [line for line in said(both) if " D" in line]


def test_colours_are_taken_where_they_can_be_read(tmp_path):
    take(laid(tmp_path, 'colours: {act: ["#00407a", "#8fc4ff"]}\n'))
    assert "--cd-act:#00407a" in tokens.css() and "--cd-act:#8fc4ff" in tokens.css()
    with pytest.raises(Refused, match=r"`act` on `act-soft` has a contrast of 1\.\d to 1 on light ground"):
        take(laid(tmp_path, 'colours: {act: ["#bfe0ff", "#8fc4ff"]}\n'))


def test_a_house_rule_makes_an_error_of_a_warning(tmp_path):
    page = (GOOD / CHAPTER).read_text(encoding="utf-8").rstrip() + "\n\nThis is <em>ours</em>.\n"
    files = {"book__ethics__confidentiality.md": page}
    program = "replaced:\n  - what: [confidentiality]\n"
    for more, level in (("", "warning"), ("rules: {C015: error}\n", "error")):
        problems = check(laid(tmp_path, program + more, **files))
        assert {one.code: one.level for one in problems}["C015"] == level


def test_an_update_of_the_library_reaches_the_edition(tmp_path):
    library = two_chapters(tmp_path)
    assert laid(tmp_path, OUT, library).chapters["more"].title.startswith("More on")
    page = library / "book/ethics/more.md"
    page.write_text(page.read_text().replace("# More\n", "# More\n\nUpdated words.\n"))
    assert "Updated words." in laid(tmp_path, OUT, library).chapters["more"].body


def test_commands_take_it_by_its_option_or_from_inside_it(tmp_path):
    own = edition(tmp_path, f"name: Northern Institute\n{OUT}")
    library = two_chapters(tmp_path)
    told = run("grader", "show", "confidentiality", "--library", str(library), folder=own)
    assert told.returncode == 1 and "left out of this edition" in told.stdout
    told = run("grader", "show", "call-from-the-car", "--library", str(library), "--edition", str(own), folder=tmp_path)
    assert told.returncode == 1 and "There is no card" in told.stdout
    told = run("grader", "show", "more", "--library", str(library), "--edition", str(tmp_path), folder=tmp_path)
    assert told.returncode == 2 and "it has no program.yml" in told.stdout
    with pytest.raises(Shared, match="inside an edition"):
        outside(own / "course")


def test_a_course_keeps_its_edition(tmp_path):
    from grader.grading.course import Course
    from grader.grading.create import create

    own = edition(tmp_path, "name: Northern Institute\nreplaced:\n  - what: [exercises/assignments/holding.yml]\n")
    text = (GOOD / "exercises/assignments/holding.yml").read_text(encoding="utf-8")
    (own / "exercises/assignments").mkdir(parents=True)
    card = own / "exercises/assignments/holding.yml"
    card.write_text(text.replace("title: ", "title: Here, ", 1), encoding="utf-8")
    library = copy_of_good(tmp_path)
    assert "1 assignment" in create(tmp_path / "course", take(load(library, edition=own)))
    create(tmp_path / "course", load(library))  # brought up to date, without saying it again
    source = next((tmp_path / "course/source").rglob("*.ipynb")).read_text(encoding="utf-8")
    course = Course(tmp_path / "course")
    assert "Here, " in source and course.library.program.name == "Northern Institute"
    assert notebook(course.library.assignments["holding"], course.library) == source
    assert brand().name == "Northern Institute"


OURS = """---
title: Our law
minutes: 5
objectives:
  say-it: Say what holds here.
covers: [aasect-cst/a]
review: draft
---

# Our law

```{objectives}
```

```{question} email-before-the-session
```
"""
REPLACES = "replaced:\n  - what: [confidentiality]\n"
ADDS = "added:\n  - {page: ethics/our-law, after: ethics/more}\n"


def test_a_chapter_that_an_update_renames_is_one_decision_of_the_edition_that_replaces_it(tmp_path):
    library = two_chapters(tmp_path)
    text = (library / CHAPTER).read_text(encoding="utf-8")
    own = edition(tmp_path, f"name: N\n{REPLACES}", **{CHAPTER.replace("/", "__"): text})
    assert wrong(load(library, edition=own)) == []
    (library / CHAPTER).rename(library / "book/ethics/secrets.md")
    (library / "exercises/bank/confidentiality").rename(library / "exercises/bank/secrets")
    toc = library / "book/_toc.yml"
    toc.write_text(toc.read_text().replace("ethics/confidentiality", "ethics/secrets"))
    (found,) = wrong(load(library, edition=own))
    assert (found.code, found.line) == ("D002", 3) and found.path.endswith("program.yml")
    assert found.message == f"the library has no `confidentiality` any more, and {CHAPTER} replaces it"
    assert found.hint.startswith("Its page may be `ethics/secrets` now: give your file that name")


def test_a_question_that_an_update_withdraws_is_named_on_the_editions_own_page(tmp_path):
    library = two_chapters(tmp_path)
    own = edition(tmp_path, f"name: N\n{ADDS}", **{"book__ethics__our-law.md": OURS})
    before = said(load(library, edition=own))
    card = library / "exercises/bank/confidentiality/email-before-the-session.yml"
    card.write_text(card.read_text().replace("review: draft", "review: retired, see call-from-the-car"))
    new = [line for line in said(load(library, edition=own)) if line not in before and "our-law.md" in line]
    assert new == [
        "our-law.md:15 C008 `email-before-the-session` was withdrawn, and this page still asks it. Show"
        " `call-from-the-car` in its place."
    ]


def test_a_page_of_ones_own_is_begun_and_held_to_the_house_as_far_as_one_likes(tmp_path):
    own = edition(tmp_path, "name: Northern Institute\nreplaced:\n  - what: [confidentiality]\n")
    for page, words in (
        ("ethics/confidentiality", "under `replaced`: {what: [confidentiality]}"),
        ("ethics/our-law", "under `added`: {page: ethics/our-law, after: CHAPTER}"),
    ):
        done = run("grader", "new", "chapter", page, "--library", str(GOOD), folder=own, apart=True)
        assert done.returncode == 0 and words in done.stdout, done.stdout + done.stderr
    files = {"book__ethics__confidentiality.md": (GOOD / CHAPTER).read_text().replace("minutes: 30", "minutes: 31")}
    (line,) = [line for line in said(laid(tmp_path / "b", REPLACES, **files)) if " C011 " in line]
    assert "`rules: {C011: warning}` in program.yml" in line
    (line,) = [
        line for line in said(laid(tmp_path / "c", REPLACES + "rules: {C011: warning}\n", **files)) if "C011" in line
    ]
    assert "program.yml" not in line
