"""What the pages to practise on are given."""

import re
from dataclasses import replace

from grader.book.practice import files
from grader.cards.library import load
from support.libraries import GOOD


def _minutes(library) -> list[int]:
    exams = [text for text in files(library).values() if '"exams"' in text.replace("\\", "")]
    return [int(minutes) for text in exams for minutes in re.findall(r'"minutes":(\d+)', text.replace("\\", ""))]


def test_a_form_that_a_book_with_fewer_chapters_cannot_fill_gives_as_much_less_time():
    library = load(GOOD)
    (name, blueprint), *_ = library.exams.items()
    assert _minutes(library) == [int(blueprint.minutes)]
    library.exams[name] = replace(blueprint, questions=4, minutes=120)
    assert _minutes(library) == [30]
    assert '"forms":[[{"card"' in files(library)["candor-practice.js"].replace("\\", "")


def test_titles_and_objectives_curl_their_marks():
    library = load(GOOD)
    (name, chapter), *_ = library.chapters.items()
    library.chapters[name] = replace(chapter, title=type(chapter.title)("A couple's 'words'"))
    assert "A couple’s ‘words’" in files(library)["candor-practice.js"]


def test_a_percent_sign_never_begins_a_line():
    library = load(GOOD)
    card = next(card for card in library.questions.values() if card.use == "practice")
    library.questions[card.name] = replace(card, story=type(card.story)("It helped 17 % of them."))
    assert any("17\u00a0% of them" in text for text in files(library).values())
