"""The language of the interface: messages, plurals, numbers, and catalogues that are whole."""

import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from grader import language as speech
from grader.counted import counted
from grader.language import BOOK, LOCALE, TEMPLATE, number, pseudo, read, t, tn, use
from support.project import ROOT


@pytest.fixture
def polish(tmp_path, monkeypatch):
    """A catalogue with three plural forms, one message that is only guessed, one that is missing."""
    (tmp_path / "pl").mkdir()
    (tmp_path / "pl/candor.po").write_text(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 ||'
        ' n%100>14) ? 1 : 2);\\n"\n"X-Plural-Categories: one few many\\n"\n\n'
        '#: js/src/book/quiz.js\nmsgid "Answer \\"{n}\\""\nmsgstr "Odpowiedź „{n}”"\n\n'
        '#: grader/a.py js/src/book/b.js\nmsgid "{n} question"\nmsgid_plural "{n} questions"\n'
        'msgstr[0] "{n} pytanie"\nmsgstr[1] ""\n"{n} pytania"\nmsgstr[2] "{n} pytań"\n\n'
        '#, fuzzy\nmsgid "Save"\nmsgstr "Zachowaj"\n\nmsgid "Close"\nmsgstr ""\n\n'
        'msgctxt "decimal mark"\nmsgid "."\nmsgstr ","\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(speech, "LOCALE", tmp_path)
    speech._catalogue.cache_clear()
    yield
    speech._catalogue.cache_clear()


def test_a_message_is_said_in_the_language_and_in_english_where_it_is_missing(polish):
    use("pl-PL")
    assert t('Answer "{n}"', n=3) == "Odpowiedź „3”" and speech.language() == "pl"
    assert [counted(n, "question") for n in (1, 2, 5, 22)] == ["1 pytanie", "2 pytania", "5 pytań", "22 pytania"]
    assert tn("{n} question", "{n} questions", 1.5) == "1,5 pytania" and number(0.25) == "0,25"
    assert (t("Save"), t("Close"), t("Never seen {x}", x=1)) == ("Save", "Close", "Never seen 1")
    use("de")
    assert (t("Save"), counted(1, "question"), number(1.5), speech.language()) == ("Save", "1 question", "1.5", "en")


def test_one_english_word_for_two_things_has_two_translations(polish):
    path = speech.LOCALE / "pl/candor.po"
    more = '#: js/src/book/quiz.js\nmsgctxt "question"\nmsgid "Next"\nmsgstr "Następne"\n'
    path.write_text(path.read_text(encoding="utf-8") + "\n" + more, encoding="utf-8")
    use("pl")
    assert (speech.tc("question", "Next"), speech.tc("page", "Next"), t("Next")) == ("Następne", "Next", "Next")
    assert '"question\\u0004Next":"Następne"' in speech.for_scripts(BOOK)


def test_the_scripts_of_a_page_get_their_own_messages_by_plural_category(polish):
    use("pl")
    told = speech.for_scripts(BOOK)
    assert '"":{"lang":"pl"}' in told and '"Answer \\"{n}\\"":"Odpowiedź „{n}”"' in told
    assert '"{n} question":{"one":"{n} pytanie","few":"{n} pytania","many":"{n} pytań"}' in told and "Save" not in told
    use("en-GB")
    assert speech.for_scripts(BOOK) == "" and speech.language() == "en-GB"


def test_a_language_is_told_apart_where_it_must_be():
    assert [speech.other(*pair) for pair in (("en", "en-GB"), ("en-XA", "en"), ("pt-PT", "pt-BR"), ("es", "en"))] == [
        "",
        "",
        "pt-PT",
        "es",
    ]
    sides = [speech.direction(tag) for tag in ("ar", "he-IL", "uz-Arab", "ar-Latn", "en")]
    assert sides == ["rtl", "rtl", "rtl", "ltr", "ltr"]


@pytest.mark.parametrize("asked, used", [("pt-BR", "pt-BR"), ("pt", "pt-BR"), ("pt-PT", "en"), ("PT-br", "pt-BR")])
def test_the_nearest_catalogue_is_taken(asked, used):
    use(asked)
    assert speech.language() == used


@pytest.mark.parametrize("path", [TEMPLATE, *LOCALE.glob("*/candor.po")], ids=lambda path: path.parent.name)
def test_a_catalogue_is_read_as_babel_reads_it(path):
    with path.open("rb") as file:
        held = {(one.context or "", one.id): one.string for one in read_po(file) if one.id and not one.fuzzy}
    mine = list(read(path))[1:]
    assert {
        (one.context, (one.text, one.many) if one.many else one.text): one.said if one.many else one.said[0]
        for one in mine
    } == held


def test_the_catalogues_hold_every_message_of_the_sources_with_its_placeholders():
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/language.py"), "--check"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pseudo_language_says_every_message_and_keeps_what_is_no_word():
    assert pseudo('Read <a href="x">on</a> {name}, `code`') == '⟦Réåð <a href="x">öñ</a> {name}, `code`⟧'.replace(
        "ð", "d"
    )
    use("en-XA")
    assert t("Skip to the content").startswith("⟦") and t("Skip to the content").isascii() is False
    assert counted(2, "part") == "⟦2 pårtš⟧"
