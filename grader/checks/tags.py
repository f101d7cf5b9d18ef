"""Tags of languages: that of an edition, and those of cards in another language than the library's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..cards.library import Library
from ..cards.problem import Problem, Text, problem, rule

TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def meant(language: str) -> str:
    """What to write for a tag that was typed in another form, such as fr_CA or FR-ca."""
    first, *rest = language.replace("_", "-").split("-")
    said = "-".join((first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)))
    return f"Write `{said}`." if TAG.fullmatch(said) else "For example `en`, `en-GB` or `pt-BR`."


@rule("L020")
def language_tag(library: Library) -> Iterator[Problem]:
    """A card says its language by its tag (BCP 47): `pt`, `en-GB`, `zh-Hant`. Browsers choose voice, hyphens and
    direction by it, and a screen reader reads a text with the wrong tag in the wrong language.
    """
    for card in (*library.cards(), *library.sets.values()):
        tag: Text = getattr(card, "language", Text())
        if tag.line and not TAG.fullmatch(tag) and not getattr(card, "set", ""):
            yield problem(language_tag, library.shown(card.path), tag, f"`{tag}` is no tag of a language", meant(tag))


CHECKS = (language_tag,)
