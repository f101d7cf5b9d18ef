"""`grader course` run again over a course that somebody has changed: every line of theirs stays."""

import os
from pathlib import Path

import pytest

from grader.cards.library import load
from grader.grading import settings
from grader.grading.create import create
from grader.grading.gradebook import Unsupported
from support.course import write_library
from support.project import run

ADDED = """
c = get_config()  # ours
c.CourseDirectory.db_url = "postgresql://candor@db.example/clinic"
c.CourseDirectory.course_id = "spring-2027"
c.Exchange.root = "/srv/nbgrader/exchange"
c.AssignLatePenalties.plugin_class = "late.SubMarks"   # a mark a day – not on Sundays
"""


@pytest.fixture
def cards(tmp_path):
    return load(write_library(tmp_path / "library"))


@pytest.fixture
def course(cards, tmp_path):
    create(tmp_path / "course", cards)
    return tmp_path / "course"


def config(course: Path) -> Path:
    return course / "nbgrader_config.py"


def test_added_lines_stay_byte_for_byte(course, cards):
    config(course).write_text(config(course).read_text() + ADDED, encoding="utf-8", newline="\r\n")
    before = config(course).read_bytes()
    for _ in range(2):
        done = run("grader", "course", str(course), "--library", str(cards.root), apart=True)
        assert done.returncode == 0 and config(course).read_bytes() == before, done.stderr
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    "call",
    [
        "configure(get_config(), __file__, library={library!r})",
        "configure(get_config(), __file__, library={library!r}, course_id='spring', book='https://old.example')",
        (
            "configure(\n    get_config(),\n    __file__,  # é\n    book='https://old.example',\n"
            "    library={library!r},\n    course_id='spring',\n)"
        ),
        "configure(get_config(), __file__, course_id='ü', library=(\n    {library!r}\n),\n)",
    ],
)
def test_another_book_or_a_moved_library_changes_that_word_alone(course, cards, tmp_path, call):
    head = config(course).read_text().split("configure(get_config()")[0]
    config(course).write_text(head + call.format(library=str(cards.root)) + ADDED, encoding="utf-8")
    said = create(course, cards, "https://book.example/ä")
    text = config(course).read_text(encoding="utf-8")
    assert (
        "Changed in nbgrader_config.py: book." in said
        and text.endswith(ADDED)
        and text.count("book=") == 1
        and "old.example" not in text
    )
    assert ("course_id=" in text) == ("course_id=" in call)
    moved = tmp_path / "moved"
    os.rename(cards.root, moved)
    said = create(course, load(moved))
    assert "Changed in nbgrader_config.py: library." in said
    now = config(course).read_text(encoding="utf-8")
    assert now == text.replace(repr(str(cards.root)), repr(str(moved)))
    config(course).write_text(now.replace("c.AssignLatePenalties", "# c.AssignLatePenalties"), encoding="utf-8")
    read = settings.read(course)
    assert (read.library, read.book, read.db_url) == (
        moved,
        "https://book.example/ä",
        "postgresql://candor@db.example/clinic",
    )


def test_a_configuration_of_ones_own_is_left_and_said(course, cards):
    for text in ("from clinic import configuration\nconfiguration()\n", "this is no Python ("):
        config(course).write_text(text)
        said = create(course, cards, "https://book.example")
        assert (
            config(course).read_text() == text and "was left as it is" in said and "book='https://book.example'" in said
        )


def test_another_library_is_said_and_not_written(course, tmp_path):
    other = load(write_library(tmp_path / "other"))
    before = config(course).read_text()
    said = create(course, other)
    assert config(course).read_text() == before and f"names another library, {tmp_path / 'library'}" in said


def test_a_configuration_that_calls_nothing_of_ours_is_never_answered_with_the_stock_command(course):
    config(course).write_text("c = get_config()\n", encoding="utf-8")
    with pytest.raises(Unsupported) as refused:
        settings.read(course)
    assert "would be run" in str(refused.value) and "grader course" in str(refused.value)
    assert "nbgrader autograde" not in str(refused.value)


@pytest.mark.parametrize("address", ["gradebook.db", "foo://x/y", 5])
def test_an_address_that_no_gradebook_can_have_is_named_with_its_file(course, address):
    with config(course).open("a", encoding="utf-8") as file:
        file.write(f"\nget_config().CourseDirectory.db_url = {address!r}\n")
    with pytest.raises(
        Unsupported, match=r"nbgrader_config.py: no gradebook can be opened under its CourseDirectory.db_url"
    ):
        settings.read(course)
