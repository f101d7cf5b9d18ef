"""Sets: what an author writes once, every story of it, and how another is begun."""

from dataclasses import fields, replace

import pytest

from grader.cards.library import load
from grader.cards.model import Question
from grader.cards.problem import Text
from grader.cards.sets import Story, questions
from grader.cards.templates import template
from grader.checks.run import check
from grader.notebook.reading import option_line, read_answer, released_options
from grader.notebook.score import option_lines
from support.libraries import GOOD, copy_of_good
from support.project import run

SET = "exercises/bank/confidentiality/who-may-be-told.yml"
OWN = """\
theme: What to do with something told alone
adds_to: who-may-be-told
stories:
  - name: our-own-story
    use: graded
    objective: hold-secrets
    level: apply
    story: |
      Only in this program: Ottoline says, when her husband has gone down to feed the meter, that she has seen a lawyer twice, and that nothing is decided but the school for the twins.
    right: invite
    why: {keep: It will come out., tell: It is hers., invite: She can say it., pause: No danger., counsel: No record.}
    explain: Whoever told is helped to tell.
    sources: [kuo2009secrets]
review: draft
"""  # noqa: E501


def grader(*words, folder=GOOD):
    return run("grader", *words, folder=folder, apart=True, GITHUB_ACTIONS="")


def codes(library) -> list[str]:
    return [f"{one.line}: {one.code}" for one in check(load(library))]


def test_each_story_is_a_question_over_the_options_of_its_set():
    library = load(GOOD)
    stories = library.stories("who-may-be-told")
    assert [(card.name, card.key, card.use) for card in stories] == [
        ("lease-signed-in-september", ("C",), "practice"),
        ("throat-and-petrol", ("D",), "practice"),
        ("the-name-from-before", ("A",), "graded"),
        ("tests-on-thursday", ("C",), "graded"),
        ("letter-from-the-court", ("E",), "exam"),
    ]
    assert len({tuple(option_lines(card)) for card in stories}) == 1 and all(
        card.ask == "What do you do with it?" for card in stories
    )


def test_a_story_may_belong_to_another_chapter(tmp_path):
    library = copy_of_good(tmp_path)
    path = library / SET
    path.write_text(path.read_text().replace("    use: exam\n", "    use: exam\n    chapter: elsewhere\n"))
    assert load(library).questions["letter-from-the-court"].chapter == "elsewhere"
    assert "78: Q006" in codes(library)


def test_an_excuse_holds_for_its_own_story_alone(tmp_path):
    library = copy_of_good(tmp_path)
    path = library / SET
    short = path.read_text()
    for story in ("the-name-from-before", "tests-on-thursday"):
        start = short.index("    story: |\n", short.index(story)) + len("    story: |\n")
        short = short[:start] + "      Nothing much was said.\n" + short[short.index("\n", start) + 1 :]
    path.write_text(short)
    assert len([one for one in codes(library) if "W108" in one]) == 2
    excused = short.replace(
        "    sources: [kuo2009secrets]\n  - name: tests",
        '    allow: {W108: "nothing more was said at all"}\n    sources: [kuo2009secrets]\n  - name: tests',
    )
    assert excused != short
    path.write_text(excused)
    line = excused[: excused.index("    story:", excused.index("tests-on-thursday"))].count("\n") + 1
    assert [one for one in codes(library) if "W108" in one or "L008" in one] == [f"{line}: W108"]


def test_options_are_looked_at_once_and_not_in_every_story(tmp_path):
    library = copy_of_good(tmp_path)
    path = library / SET
    path.write_text(path.read_text().replace("  keep: Keep it and say so\n", "  keep: All of the above\n"))
    assert [one for one in codes(library) if "Q007" in one] == ["5: Q007"]


def test_a_programs_own_story_joins_the_set(tmp_path):
    path = tmp_path / "own/exercises/bank/confidentiality/who-may-be-told-own.yml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN)
    library = load(GOOD, tmp_path / "own")
    card = library.questions["our-own-story"]
    assert (
        card.set == "who-may-be-told"
        and card.key == ("C",)
        and card.ask == "What do you do with it?"
        and len(card.options) == 5
    )
    assert [one for one in check(library) if one.level == "error"] == []
    assert [story.name for story in library.stories("who-may-be-told", "graded")] == [
        "the-name-from-before",
        "tests-on-thursday",
        "our-own-story",
    ]
    assert "our-own-story" in grader("show", "who-may-be-told", "--private", str(tmp_path / "own")).stdout


def test_a_story_of_a_file_that_cannot_be_read_is_not_missed_by_others(tmp_path):
    """The file is reported once, and not the chapter and the assignment that name it."""
    library = copy_of_good(tmp_path)
    path = library / SET
    path.write_text(path.read_text().replace("    level: evaluate", "    level: evaluat"))
    assignment = library / "exercises/assignments/holding.yml"
    assignment.write_text(assignment.read_text().replace("  - set: who-may-be-told", "  - question: tests-on-thursday"))
    assert codes(library) == ["79: F004"]


def test_a_new_story_is_added_behind_the_last_with_a_line_for_each_reason(tmp_path):
    library = copy_of_good(tmp_path)
    done = grader("new", "story", "who-may-be-told", folder=library)
    assert done.returncode == 0 and "a blank story was added" in done.stdout
    text = (library / SET).read_text()
    last = text[text.index("name: ???") :]
    assert text.startswith((GOOD / SET).read_text().removesuffix("review: draft\n")) and text.endswith(
        "review: draft\n"
    )
    assert (
        all(f"      {name}: ???\n" in last for name in ("keep", "tell", "invite", "pause", "counsel"))
        and "all-that-apply: keep, tell" in last
    )
    filled = (
        last.replace("name: ???", "name: written-now")
        .replace("use: ???", "use: exam")
        .replace("level: ???", "level: apply")
        .replace("right: ???", "right: keep")
    )
    (library / SET).write_text(text.replace(last, filled))
    assert load(library).questions["written-now"].key == ("A",)
    assert {one.split()[1] for one in codes(library)} >= {"L009"}  # the other blanks are still named


def test_a_new_story_of_a_program_goes_into_its_own_folder(tmp_path):
    library = copy_of_good(tmp_path)
    for count in (1, 2):
        assert (
            grader("new", "story", "who-may-be-told", "--private", str(tmp_path / "own"), folder=library).returncode
            == 0
        )
        text = (tmp_path / "own/exercises/bank/confidentiality/who-may-be-told-own.yml").read_text()
        assert text.count("name: ???") == count and "adds_to: who-may-be-told" in text
    assert (library / SET).read_text() == (GOOD / SET).read_text()


@pytest.mark.parametrize(
    "kind, name, room",
    [
        ("question", "confidentiality/our-own", "exercises/bank/confidentiality"),
        ("set", "confidentiality/our-own", "exercises/bank/confidentiality"),
        ("vignette", "our-own", "case_vignettes"),
        ("reflection", "our-own", "exercises/reflections"),
        ("assignment", "our-own", "exercises/assignments"),
        ("exam", "our-own", "exercises/exams"),
    ],
)
def test_a_whole_card_of_a_program_goes_into_its_own_folder_and_is_checked_there(tmp_path, kind, name, room):
    library, own = copy_of_good(tmp_path), tmp_path / "our own"
    done = grader("new", kind, name, "--private", str(own), folder=library)
    path = own / room / "our-own.yml"
    assert done.returncode == 0 and path.read_text() == template(kind), done.stderr
    assert f"grader check --private '{own}'" in done.stdout
    checked = grader("check", "--private", str(own), folder=library)
    assert checked.returncode == 1 and str(path) in checked.stdout
    assert not list(library.rglob("our-own*"))


def test_a_private_card_is_not_kept_in_the_library_and_some_kinds_are_never_private(tmp_path):
    library = copy_of_good(tmp_path)
    for words, said in (
        (["question", "confidentiality/own", "--private", str(library / "own")], "is inside the library"),
        (["chapter", "ethics/own", "--private", str(tmp_path / "own")], "--private with question, set, vignette"),
        (["question", "confidentialty/own", "--private", str(tmp_path / "own")], "Did you mean `confidentiality`?"),
    ):
        done = grader("new", *words, folder=library)
        assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert not (tmp_path / "own").exists() and not (library / "own").exists()


@pytest.mark.parametrize(
    "words, said",
    [(["story", "who-may-be-tol"], "Did you mean `who-may-be-told`?"), (["storey", "x"], "Did you mean `story`?")],
)
def test_a_slip_in_the_command_is_one_line(words, said):
    done = grader("new", *words)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1


def test_a_question_that_asks_what_must_be_known_may_do_without_a_story(tmp_path):
    """In the check, in the notebook and in the terminal: the ask stands by itself."""
    from grader.notebook.assemble import notebook

    library = copy_of_good(tmp_path)
    card = library / "exercises/bank/confidentiality/drawer-with-two-keys.yml"
    text = card.read_text()
    start, end = text.index("story: |"), text.index("ask: ")
    card.write_text(text[:start].replace("level: apply\n", "level: remember\ntopic: law\n") + text[end:])
    found = load(library)
    assert [one for one in check(found) if one.path.endswith(card.name)] == []
    assert '### Question 1\\n",\n    "\\n",\n    "**What is the best next step?**' in notebook(
        found.assignments["holding"], found
    )
    assert "remember; objective write-notes; law" in grader("show", "drawer-with-two-keys", folder=library).stdout


def test_twelve_options_are_read_by_their_letters():
    options = [
        f"The option {word}"
        for word in [
            "amber",
            "birch",
            "cedar",
            "delta",
            "ember",
            "fjord",
            "grove",
            "haven",
            "inlet",
            "jetty",
            "knoll",
            "larch",
        ]
    ]
    released = "\n".join(map(option_line, "ABCDEFGHIJKL", options))
    assert list(released_options(released)) == options

    def read(text: str, some=options):
        return read_answer(text, some, "extended-matching")

    marked = released.replace("- [ ] **L.**", "- [x] **L.**")
    assert read(released).state == "blank" and (read(marked).chosen, read(marked).state) == (("L",), "answered")
    assert read(marked.replace("- [ ] **I.**", "- [x] **I.**")).state == "look"
    assert (
        read(f"{released}\n\nMy answer: K").chosen == ("K",)
        and read("k.").chosen == ("K",)
        and read("[x] i)").chosen == ("I",)
    )
    # Of four options I is none: it stays a word.
    four = "\n".join(map(option_line, "ABCD", options))
    assert read(f"{four}\n\nI", options[:4]).state == "look" and read(f"{four}\n\nI", options[:4]).chosen == ()


#: What a question of a set does not take from its story under the same name.
FROM_THE_SET = {"path", "named", "set", "home", "kind", "options", "language"}


def test_a_story_has_what_a_question_has_and_hands_it_on():
    """A field that is new in a question is new in a story, too."""
    names = {field.name for field in fields(Question)} - FROM_THE_SET
    assert names <= {field.name for field in fields(Story)}
    card = load(GOOD).sets["who-may-be-told"]
    filled = {name: Text(f"own {name}") for name in names}
    made = next(questions(replace(card, stories=(replace(card.stories[0], **filled),)), card))
    assert {name: getattr(made, name) for name in names} == filled
