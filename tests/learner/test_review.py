"""Spaced review in the terminal, and the Anki deck."""

import json
import re
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from grader.cards.problem import Text
from grader.learner import anki
from grader.learner import spacing as review
from support.project import run, the_library

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_wrong_comes_again_tomorrow_and_right_ever_later():
    progress = review.Progress()
    assert review.answer(progress, "a", 1, NOW) == 1
    waits, now = [], NOW
    for _ in range(4):
        wait = review.answer(progress, "b", 3, now)
        waits.append(wait)
        now += timedelta(days=wait)
    assert waits == sorted(waits) and waits[0] >= 2 and waits[-1] > 20


def test_no_card_is_put_off_beyond_the_examination():
    progress = review.Progress(exam=date(2026, 3, 11))
    for _ in range(3):
        wait = review.answer(progress, "a", 4, NOW)
        assert (NOW + timedelta(days=wait)).date() < progress.exam


def test_an_examination_set_later_brings_every_card_back_on_its_eve():
    """Rated easy, due on 9 March; an examination on the 6th is set the next day. It comes on the 5th, once, and then
    on its own day."""
    progress = review.Progress()
    review.answer(progress, "a", 4, NOW)
    assert progress.cards["a"].due.date() > date(2026, 3, 6)
    progress.exam = date(2026, 3, 6)
    at = lambda day: datetime(2026, 3, day, 12, tzinfo=UTC)
    assert [review.due(progress, ["a"], at(day)) for day in (4, 5)] == [[], ["a"]]
    review.answer(progress, "a", 3, at(5))
    assert review.due(progress, ["a"], at(5)) == []


def test_what_is_due_comes_first_and_new_cards_are_few():
    progress = review.Progress()
    review.answer(progress, "old", 1, NOW - timedelta(days=9))
    review.answer(progress, "fresh", 3, NOW)
    assert review.due(progress, ["fresh", "old", "x", "y", "z"], NOW, new=2) == ["old", "x", "y"]


def test_the_file_comes_back_as_it_was_and_a_broken_one_is_one_line(tmp_path):
    progress = review.Progress(exam=date(2026, 9, 1))
    review.answer(progress, "a", 3, NOW)
    review.write(tmp_path / "r.json", progress)
    again = review.read(tmp_path / "r.json")
    assert again.exam == progress.exam and again.cards["a"].due == progress.cards["a"].due
    (tmp_path / "r.json").write_text("{")
    with pytest.raises(review.Unreadable):
        review.read(tmp_path / "r.json")


def test_the_command_asks_answers_and_keeps(tmp_path):
    library = the_library()
    name = sorted(
        card.name for card in library.questions.values() if card.use == "practice" and card.chapter == "confidentiality"
    )[0]
    card = library.questions[name]
    words = f"{''.join(card.key)}\n\nq\n"
    done = run(
        "grader", "review", "--file", str(tmp_path / "r.json"), "--chapter", "confidentiality", given=words, apart=True
    )
    assert done.returncode == 0 and "Right." in done.stdout and "Again in 2 days." in done.stdout, (
        done.stdout + done.stderr
    )
    assert list(json.loads((tmp_path / "r.json").read_text())["cards"]) == [name]
    for bad in (["--exam", "soon"], ["--chapter", "confidentialty"]):
        failed = run("grader", "review", "--file", str(tmp_path / "r.json"), *bad, apart=True)
        assert failed.returncode == 2 and len(failed.stderr.strip().splitlines()) == 1


def test_the_anki_deck_updates_and_does_not_double(tmp_path):
    """Anki updates a note with the same guid and kind if its time is later: a changed card keeps both and has a
    later time."""
    library = the_library()
    name = next(card.name for card in library.questions.values() if card.use == "practice")
    count = anki.export(library, tmp_path / "one.apkg", now=1_800_000_000)
    library.questions[name] = replace(library.questions[name], explain=Text("Another principle."))
    anki.export(library, tmp_path / "two.apkg", now=1_800_000_060)
    notes, times = [], []
    for deck in ("one", "two"):
        zipfile.ZipFile(tmp_path / f"{deck}.apkg").extract("collection.anki2", tmp_path / deck)
        with sqlite3.connect(tmp_path / deck / "collection.anki2") as db:
            notes.append({guid: (mid, flds) for guid, mid, flds in db.execute("select guid, mid, flds from notes")})
            times.append({mod for (mod,) in db.execute("select mod from notes")})
    assert notes[0].keys() == notes[1].keys() and len(notes[0]) == count.cards + count.words
    assert [guid for guid in notes[0] if notes[0][guid] != notes[1][guid]] == [
        guid for guid, (_, flds) in notes[1].items() if "Another principle." in flds
    ]
    assert max(times[0]) < min(times[1])
    back = notes[0][anki.genanki.guid_for("candor", name)][1].split("\x1f")[2]
    for option in library.questions[name].options:
        words, why = anki.inline(option.text), anki.inline(option.why)
        assert words in back and back.index(words) < back.index(why), "an option's own words stand before its reason"
    text = " ".join(fields for _, fields in notes[0].values())
    for card in library.questions.values():
        if card.use != "practice":
            assert " ".join(card.explain.split())[:70] not in text


def deck(folder, library):
    """guid -> (fields, tags, how many cards), and what was counted."""
    count = anki.export(library, folder / "deck.apkg")
    zipfile.ZipFile(folder / "deck.apkg").extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as db:
        rows = db.execute("select guid, flds, tags, (select count(*) from cards where nid = notes.id) from notes")
        return {guid: (fields.split("\x1f"), tags.split(), cards) for guid, fields, tags, cards in rows}, count


def test_the_anki_deck_has_the_glossary_both_ways_and_no_answer_stands_in_a_question(tmp_path):
    notes, count = deck(tmp_path, the_library())
    words = [fields for fields, tags, cards in notes.values() if tags == ["glossary"] and cards == 2]
    assert count.words == len(words) > 300
    for word, meaning, asked in words:
        assert meaning and not re.search(
            rf"(?<!\w){re.escape(word)}(?!\w)", re.sub("<[^>]*>", "", asked), re.IGNORECASE
        )
    assert anki.masked("<em class=cue>Cues</em> and recues: a cue.", "cue") == "<em class=cue>…</em> and recues: a …."


def test_in_an_anki_deck_a_renamed_card_is_the_same_and_a_retired_one_says_so(tmp_path):
    library = the_library()
    first, second, third = [card for card in library.questions.values() if card.published][:3]
    library.questions[first.name] = replace(first, path=first.path.with_stem("another-name"), known_as=Text(first.name))
    library.questions[second.name] = replace(second, review=Text(f"retired, see {third.name}"))
    notes, count = deck(tmp_path, library)
    assert anki.genanki.guid_for("candor", first.name) in notes
    assert anki.genanki.guid_for("candor", "another-name") not in notes
    fields, tags, _ = notes[anki.genanki.guid_for("candor", second.name)]
    assert count.withdrawn == 1 and "withdrawn" in tags and "This question was withdrawn." in fields[1]
    assert anki.inline(second.ask) not in fields[1] and anki.inline(third.explain) in fields[2]
