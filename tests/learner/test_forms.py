"""Forms: weights met exactly, letters even, as few repeats as the pool allows; and scores that do not claim too
much."""

import random
import re
import shutil
from collections import Counter
from types import SimpleNamespace

import pytest

from grader import lite
from grader.cards.library import load
from grader.learner.exam import forms as exam
from grader.learner.exam import forms_out
from grader.learner.exam.standard import Unreadable, angoff, standard_error, verdict
from grader.reports.reached import by_task
from support.course import write_card, write_library
from support.project import LONG, ROOT, run, the_library

LIBRARY = the_library()
FORMS = 1000 if LONG else 60


def card(name: str, chapter: str, use: str, right: int, options: int = 4, group: str = ""):
    made = tuple(SimpleNamespace(right=place == right) for place in range(options))
    return SimpleNamespace(
        name=name,
        group=group or name,
        set=group,
        chapter=chapter,
        use=use,
        retired=False,
        single=True,
        task="",
        options=made,
        key=("ABCDEFGHIJKL"[right],),
    )


def pool(cards: int, seed=1, areas="abcdefgh"):
    """A library of cards over chapters that cover two or three areas each."""
    dice = random.Random(seed)
    chapters = {
        f"c{n}": SimpleNamespace(covers=dice.sample(areas, dice.choice([2, 3])), part="p")
        for n in range(max(1, cards // 6))
    }
    questions = {}
    for n in range(cards):
        name = f"q{n}"
        questions[name] = card(name, f"c{n % len(chapters)}", "exam", n % 4)
    return SimpleNamespace(questions=questions, chapters=chapters, vignettes={}, is_private=lambda card: False)


def sets(groups: int, seed=1, areas="abcdefgh"):
    """A library of sets: three to five stories over four to eight options, the letters by chance."""
    library, dice = pool(0, seed, areas), random.Random(seed)
    library.chapters = {f"c{n}": SimpleNamespace(covers=dice.sample(areas, 2), part="p") for n in range(40)}
    for n in range(groups):
        size = dice.randint(4, 8)
        for story in range(dice.randint(3, 5)):
            name = f"s{n}-{story}"
            library.questions[name] = card(name, f"c{n % 40}", "exam", dice.randrange(size), size, f"s{n}")
    return library


def blueprint(**weights):
    made = [SimpleNamespace(area=area, questions=number) for area, number in weights.items()]
    return SimpleNamespace(name="b", form="knowledge", weights=made, questions=sum(weights.values()), minutes=30)


EVEN = blueprint(**dict.fromkeys("abcdefgh", 5))


def test_a_thousand_forms_meet_their_weights_and_stay_even():
    library = pool(400)
    found = exam.forms(EVEN, library, 1000, seed=5)
    for form in found:
        assert not form.unmet and len({card.name for card in form.questions}) == 40
        assert Counter(area for area, _ in form.slots) == dict.fromkeys("abcdefgh", 5)
        assert all(area in library.chapters[card.chapter].covers for area, card in form.slots)
        assert max(form.letters.values()) - min(form.letters.values()) <= 1


def test_stories_of_a_set_never_meet_and_letters_keep_to_the_share_of_their_lists():
    """Forms of sets with four to eight options: each list once in a form, the weights met, and no letter
    two cards off its share."""
    found = exam.forms(EVEN, sets(160), FORMS, seed=3)
    for form in found:
        assert not form.unmet and len({card.group for card in form.questions}) == 40
        assert form.uneven <= 2, form.letters


def test_another_story_of_a_set_comes_before_any_story_comes_again():
    """60 sets of three to five stories, 40 in a form: after the first form lists return, and stories do not."""
    library = sets(60, areas="ab")
    found = exam.forms(blueprint(a=20, b=20), library, 4, seed=1)
    assert [form.repeated for form in found[:3]] == [0, 0, 0] and exam.capacity(
        blueprint(a=20, b=20), library, ("exam",)
    ) >= 3
    one, two = ({card.group for card in form.questions} for form in found[:2])
    assert (
        20 <= len(one & two) <= 28
    )  # sixty lists, forty met: twenty are new, and no more return than even letters ask for


def test_what_a_reader_has_met_elsewhere_comes_last():
    library = pool(400)
    met = {name for name in library.questions if int(name[1:]) >= 200}
    form = next(exam.draw(EVEN, library, 1, ("practice", "exam"), 1, met))
    assert not {card.name for card in form.questions} & met


def test_no_card_comes_again_until_it_must():
    """400 cards, 40 a form, areas evenly covered: at least eight forms without one repeat, and no card a third time
    before most came twice."""
    found = exam.forms(EVEN, pool(400), 20, seed=2)
    first = next((form.number for form in found if form.repeated), 21)
    assert first >= 9
    times = Counter(card.name for form in found for card in form.questions)
    assert max(times.values()) <= 4


def test_repeats_are_as_few_as_any_choice_could_make_them():
    """By brute force over a pool so small that all choices can be tried."""
    from itertools import combinations

    for seed in range(20):
        library = pool(9, seed, "abc")
        small = blueprint(a=1, b=1, c=1)
        one, two = exam.forms(small, library, 2, seed)
        if one.unmet or two.unmet:
            continue
        names = list(library.questions)
        before = {card.name for card in one.questions}

        def fits(some):
            areas = [set(library.chapters[library.questions[name].chapter].covers) for name in some]
            return any(
                all(area in have for area, have in zip(order, areas))
                for order in ("abc", "acb", "bac", "bca", "cab", "cba")
            )

        best = min(len(before & set(some)) for some in combinations(names, 3) if fits(some))
        assert two.repeated == best


def test_what_cannot_be_met_is_said():
    form = exam.forms(blueprint(a=5, z=2), pool(60), 1)[0]
    assert form.unmet == {"z": 2} and "could not be met: z lacks 2" in forms_out.summary(form)


def test_the_same_seed_gives_the_same_form_and_another_another():
    names = lambda seed: [card.name for card in exam.forms(EVEN, pool(400), 1, seed)[0].questions]
    assert names(4) == names(4) != names(5)


@pytest.mark.parametrize("name", sorted(LIBRARY.exams))
def test_the_librarys_own_blueprints_are_met(name):
    """In full, over a thousand forms: the real pool, the real weights."""
    shape = LIBRARY.exams[name]
    found = exam.forms(shape, LIBRARY, FORMS, seed=1)
    for form in found:
        assert not form.unmet, forms_out.summary(form)
        assert len(form.slots) == len({card.group for card in form.questions}) == shape.questions
        if shape.form == "knowledge":
            assert form.uneven <= 2, form.letters
    if shape.form == "case":
        assert all(len(form.cases) == 11 for form in found)
        for form in found:  # cases are whole, and each is nearly even by itself
            letters = [card.key[0] for card in form.questions if len(card.key) == 1]
            assert max(map(letters.count, "ABCD")) - min(map(letters.count, "ABCD")) <= 3, letters


def test_how_many_forms_the_pool_gives_is_said(tmp_path):
    """As many as can be drawn without a question again: the one more that is asked for repeats some."""
    most = exam.capacity(LIBRARY.exams["knowledge-form"], LIBRARY, ("practice", "exam"), seed=1)
    drawn = exam.forms(LIBRARY.exams["knowledge-form"], LIBRARY, most + 1, seed=1, uses=("practice", "exam"))
    assert [form.repeated > 0 for form in drawn] == [False] * most + [True]
    done = run("grader", "exam", "build", "knowledge-form", "--with-practice", apart=True)
    assert f"From this pool {most} forms can be drawn before a question comes again." in done.stdout


def test_practice_forms_hold_nothing_but_practice_cards():
    form = exam.forms(LIBRARY.exams["knowledge-form"], LIBRARY, 1, uses=("practice",))[0]
    assert {card.use for card in form.questions} == {"practice"}


def command(*words):
    return run("grader", *map(str, words), apart=True)


def uses_of(folder):
    found = load(ROOT, folder)
    return {
        found.questions[item.question].use
        for card in found.assignments.values()
        if found.is_private(card)
        for item in card.items
    }


@pytest.mark.slow
def test_a_supervised_form_holds_no_question_whose_answer_stands_in_the_book(tmp_path):
    """By default; practice comes in only where it is asked for, and says so. The check of the program's own folder
    passes with both."""
    own, open_ = (tmp_path / name / "exercises/assignments/knowledge-form-form-1.yml" for name in ("own", "open"))
    assert command("exam", "build", "knowledge-form", "--to", tmp_path / "own").returncode == 0
    assert uses_of(tmp_path / "own") == {"exam"}
    assert command("exam", "build", "knowledge-form", "--with-practice", "--to", tmp_path / "open").returncode == 0
    assert uses_of(tmp_path / "open") == {"exam", "practice"} and "practice: yes" in open_.read_text()
    shutil.copy(open_, own.with_name("open-form.yml"))
    checked = command("check", "--no-warnings", "--private", tmp_path / "own")
    assert checked.returncode == 0, checked.stdout
    refused = command("exam", "build", "case-form", "--with-practice")
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1 and "whole cases" in refused.stderr


def test_a_pool_that_is_too_small_says_how_many_there_are_and_what_to_do():
    done = command("exam", "build", "knowledge-form", "--forms", "30")
    said = next(line for line in done.stdout.splitlines() if line.startswith("There are"))
    there = int(re.match(r"There are (\d+) questions to draw from, 0 of them your own\.", said)[1])
    assert there >= 100 and "--private" in said and "--with-practice" in said and "answers stand in the book" in said
    assert "There are" not in command("exam", "build", "knowledge-form").stdout


def test_what_is_said_of_a_form_adds_up_and_names_what_assignments_ask_too():
    said = command("exam", "build", "case-form").stdout
    drawn, letters = re.search(r": (\d+) of \d+ questions, .*?; letters ([^;]*);", said).groups()
    assert sum(int(number) for number in re.findall(r"\d+", letters)) == int(drawn), said
    form = exam.forms(LIBRARY.exams["case-form"], LIBRARY, 1, seed=1)[0]
    many = sum(not card.single for card in form.questions)
    assert many and f"{many} all-that-apply" in letters
    cases = {card.name: [str(item.vignette) for item in card.items] for card in LIBRARY.assignments.values()}
    both = [name for name, own in cases.items() if {case.name for case in form.cases}.intersection(own)]
    line = next(line for line in said.splitlines() if "asked in assignments as well" in line)
    assert both and all(name in line for name in both)
    assert "has read" not in command("exam", "build", "knowledge-form").stdout


@pytest.fixture
def program(tmp_path):
    """A small library, and beside it a program's private folder with a graded, a practice and a retired card, an
    assignment and a form."""
    root, own = write_library(tmp_path / "library"), tmp_path / "own"
    for name, use in (("own-graded", "graded"), ("own-practice", "practice"), ("own-retired", "graded")):
        write_card(own, name, "A", use=use)
    retired = own / "exercises/bank/confidentiality/own-retired.yml"
    retired.write_text(retired.read_text().replace("review: draft", "review: retired, see own-graded"))
    write_card(root, "public-exam", "B", use="exam")
    (own / "exercises/assignments").mkdir()
    plain = (root / "exercises/assignments/holding.yml").read_text()
    (own / "exercises/assignments/own-assignment.yml").write_text(plain.replace("first-card", "own-graded"))
    (own / "exercises/assignments/program-form.yml").write_text(plain.replace("items:", "blueprint: knowledge\nitems:"))
    return root, own


def test_a_program_s_own_questions_come_into_its_forms_and_not_its_practice(program):
    found = load(*program)
    assert not found.problems
    blueprint = SimpleNamespace(
        name="b", form="knowledge", weights=[SimpleNamespace(area="aasect-cst/a", questions=2)], questions=2
    )
    assert {card.name for card in exam.forms(blueprint, found)[0].questions} == {"own-graded", "public-exam"}
    assert {card.name for card in exam.forms(blueprint, load(program[0]))[0].questions} == {"public-exam"}


def test_a_form_is_drawn_from_the_folder_that_it_goes_into_too(program):
    """Its questions were left out without a word, and a folder given with --private was not found by the course."""
    root, own = program
    card = "title: Knowledge\nform: knowledge\nquestions: 2\nminutes: 4\nnote: For a try.\n"
    (root / "exercises/exams").mkdir(exist_ok=True)
    (root / "exercises/exams/short.yml").write_text(
        f"{card}weights: [{{area: aasect-cst/a, questions: 2}}]\nreview: draft\n"
    )
    for folder, more in ((own, []), (root.parent / "new", ["--private", own])):
        done = command("exam", "build", "short", "--library", root, "--to", folder, *more)
        form = (folder / "exercises/assignments/short-form-1.yml").read_text()
        assert "question: own-graded" in form and "question: public-exam" in form, done.stdout
        places = " ".join(f"--private {place}" for place in dict.fromkeys([own, folder]))
        assert done.stdout.endswith(f"Next: grader course COURSE {places}\n")


@pytest.mark.slow
def test_a_public_desk_carries_no_form_and_nothing_private(program, tmp_path):
    """Neither where the whole program's library is given, nor where a form lies among the library's own assignments."""
    root, own = program
    shutil.copy(own / "exercises/assignments/program-form.yml", root / "exercises/assignments/lost-form.yml")
    said = lite.build(load(root, own), tmp_path / "desk")
    for name, reason in (
        ("lost-form", "a supervised form"),
        ("program-form", "a supervised form"),
        ("own-assignment", "private to a program"),
    ):
        assert f"Left out: {name}, {reason}." in said
    assert [path.name for path in (tmp_path / "desk/files").glob("*.ipynb")] == ["holding.ipynb"]
    text = "".join(
        path.read_text(errors="ignore")
        for path in (tmp_path / "desk").rglob("*")
        if path.suffix in (".html", ".json", ".ipynb")
    )
    assert "holding" in text and not [
        name for name in ("own-graded", "own-assignment", "program-form", "lost-form") if name in text
    ]


def test_a_form_becomes_an_assignment_that_reads_back(tmp_path):
    form = exam.forms(LIBRARY.exams["case-form"], LIBRARY, 1)[0]
    path = tmp_path / "exercises/assignments" / f"{form.name}.yml"
    path.parent.mkdir(parents=True)
    path.write_text(forms_out.assignment(form))
    found = load(ROOT, tmp_path)
    assert [entry.vignette for entry in found.assignments[form.name].items] == [case.name for case in form.cases]


def test_a_case_form_is_reported_by_task(tmp_path):
    """Every answer right but those on planning: its row says none, the others say all, and the points add up to the
    form's."""
    form = exam.forms(LIBRARY.exams["case-form"], LIBRARY, 1)[0]
    path = tmp_path / "exercises/assignments" / f"{form.name}.yml"
    path.parent.mkdir(parents=True)
    path.write_text(forms_out.assignment(form))
    found = load(ROOT, tmp_path)
    scores = {card.name: (0.0 if card.task == "planning" else 1.0, 1.0) for card in form.questions}
    rows = by_task(found.assignments[form.name], found, scores)
    assert set(rows) == {"ethics-and-safety", "assessment", "planning", "intervention", "therapeutic-relationship"}
    reached, points = (sum(row[number] for row in rows.values()) for number in (0, 1))
    assert points == len(form.questions) and rows["planning"][0] == 0
    assert reached == sum(card.task != "planning" for card in form.questions)


# ---- Scores
# -----------------------------------------------------------------------------------------------------------


def test_angoff_by_hand(tmp_path):
    """Two judges, two questions: 0.5 + 0.7 = 1.2 and 0.6 + 0.9 = 1.5. Cut 1.35; sd 0.2121, error 0.15."""
    path = tmp_path / "r.csv"
    path.write_text("judge,question,rating\nA,q1,0.5\nA,q2,0.7\nB,q1,0.6\nB,q2,0.9\n")
    found = angoff(path)
    assert (found.cut, found.error, found.questions) == (1.35, 0.15, 2)


@pytest.mark.parametrize(
    "text,words",
    [
        ("judge,question,rating\nA,q1,0.5\n", "two judges or more"),
        ("judge,question,rating\nA,q1,1.5\n", "line 2: write a judge"),
        ("judge,question,rating\nA,q1,0.5\nA,q1,0.6\n", "rates `q1` twice"),
        ("judge,question,rating\nA,q1,0.5\nB,q2,0.6\n", "has no rating for"),
        ("x\n1\n", "the first line is not `judge,question,rating`"),
        ("judge;question;rating\nA;q1;0,5\n", "two judges or more"),
    ],
)
def test_ratings_that_cannot_be_used_are_one_line(tmp_path, text, words):
    path = tmp_path / "r.csv"
    path.write_text(text)
    with pytest.raises(Unreadable, match=words):
        angoff(path)


def test_a_score_shows_its_error_and_without_judges_neither_pass_nor_fail():
    """60 of 100: sqrt(0.6 x 0.4 / 99) = 0.0492, 5 points."""
    assert round(standard_error(60, 100), 4) == 0.0492
    assert (
        verdict(60, 100)
        == "60 of 100 (60 %, standard error 5 points). No judges set a standard, so there is no pass or fail: read the"
        " profile."
    )
    from grader.learner.exam.standard import Standard

    assert "below" in verdict(57, 100, Standard(60, 2, 100, {})) and "undecided" in verdict(
        57, 100, Standard(60, 2, 100, {})
    )
