"""Words of the glossary: how its page is read, and what a card shows."""

from grader.book import deck
from grader.cards import glossary

PAGE = """# Glossary

```{glossary}
acquired
  Begun after a time without it {cite:p}`someone2020first`. The opposite is {term}`lifelong`.

aromantic
aro
  Feeling *little* {term}`attraction <romantic attraction>`.
  Ask "apart".
```

acquired
  No word of the glossary.
"""


def test_words_are_read_with_what_is_said_of_them_and_two_may_share_it():
    found = glossary.words({"glossary": PAGE, "other": PAGE.replace("acquired", "other")})
    assert list(found) == ["acquired", "aromantic", "aro"] and found["aro"] == found["aromantic"]
    assert glossary.words({}) == {}


def test_a_card_has_no_marks_of_the_source():
    found = {word: glossary.shown(text) for word, text in glossary.entries(PAGE).items()}
    assert found["acquired"] == "Begun after a time without it. The opposite is lifelong."
    assert found["aro"] == "Feeling <em>little</em> attraction. Ask “apart”."


def test_every_word_of_the_book_has_a_card(library):
    for word, text in glossary.words(library.pages).items():
        assert len(glossary.shown(text)) > 20 and not set("{}`") & set(glossary.shown(text)), word


def test_words_and_facts_become_cards_with_a_way_back(library):
    known = {word: f"term-{number}" for number, word in enumerate(glossary.words(library.pages))}
    words, facts = deck.words(library, known), deck.facts(library)
    assert len(words) == len(known) == len({name for name, *_ in words})
    assert len(facts) == len({name for name, *_ in facts}) >= 80
    assert all(text and not set("{}`*") & set(lead + text) for _, lead, text, *_ in facts)
    pages = {word: pages for _, word, _, _, pages in words}
    assert "identity/sexual-orientation" in pages["minority stress"]
