"""The short text at the top of a graded copy, for the supervisor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from .read import Read
from ..cards.model import Question, Reflection
from ..cards.vocabulary import spoken
from ..language import t
from ..notebook.score import fraction_of


def for_supervisor(
    reads: Iterable[Read],
    cards: Mapping[str, Question],
    prompts: Mapping[str, Reflection],
    waived: Collection[str] = (),
) -> str:
    """What a person must see first: gates that were missed, answers that need a look, when to escalate a reflection.

    It is Markdown of our own words and the cards'; nothing that the trainee typed stands in it. Empty where there is
    nothing. Of a question that was `waived` for all there is nothing to say.
    """
    lines, number = [], 0
    for one in reads:
        if one.role == "answer":
            number += 1
            card = cards.get(one.cell)
            if one.cell in waived:
                continue
            if card and card.gate and one.state == "answered" and fraction_of(card, one.chosen) < 1:
                lines.append(
                    t(
                        "**Must not be missed, and was: {topic}** (question {number}, {name}). Talk about it before the"
                        " marks.",
                        topic=spoken(card.gate),
                        number=number,
                        name=one.cell,
                    )
                )
            elif one.state == "look":
                lines.append(
                    t(
                        "Question {number} ({name}): a person must look, since {why}.",
                        number=number,
                        name=one.cell,
                        why=one.note,
                    )
                )
        elif one.state == "answered" and one.cell in prompts:
            prompt = prompts[one.cell]
            if one.identifiers:
                lines.append(
                    t(
                        "*{reflection}*: may identify a client: {found}. The trainee's desk marks such text while it is"
                        " written; it is still there.",
                        reflection=prompt.title,
                        found=one.identifiers,
                    )
                )
            lines.append(
                t(
                    "*{reflection}*: escalate, whatever the marks, if you find: {items}.",
                    reflection=prompt.title,
                    items="; ".join(" ".join(item.split()).rstrip(".") for item in prompt.escalate),
                )
            )
    head = t("**For the supervisor, not for the trainee**")
    return "\n".join([head, "", *(f"- {line}" for line in lines)]) if lines else ""
