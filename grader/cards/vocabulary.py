"""The closed lists of words that a card may use, and how its fields are declared."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from .problem import Text
from ..language import t

#: An address that a browser can open: a name with a dot, and no space in it.
ADDRESS = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#]\S*)?")
USES = ("practice", "graded", "exam")
KINDS = ("one-best-answer", "all-that-apply", "extended-matching")
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
GATES = (
    "partner-violence",
    "risk-to-a-child",
    "duty-to-protect",
    "boundary-violation",
    "medical-red-flag",
    "scope-of-competence",
)
#: Where the book teaches to see each danger and what to do then: chapter/objective. Whoever missed a safety question
#: reads there, whatever the question's own objective is: a case about low desire may turn on suicide.
TAUGHT = {
    "partner-violence": ("safety-and-reporting/screen-every-couple", "safety-and-reporting/pause-conjoint-work"),
    "risk-to-a-child": ("safety-and-reporting/report-by-tree",),
    "duty-to-protect": ("safety-and-reporting/write-safety-plan", "safety-and-reporting/explain-duty-to-protect"),
    "boundary-violation": ("boundaries/tell-crossing-from-violation",),
    "medical-red-flag": ("medical-collaboration/see-red-flags",),
    "scope-of-competence": ("role-of-the-sex-therapist/assess-own-scope",),
}
# What a case asks of the trainee: the tasks by which a case form is reported.
TASKS = ("ethics-and-safety", "assessment", "planning", "intervention", "therapeutic-relationship")
ORIGINS = ("invented", "composite")
#: What a knowledge question is about. A question with a topic asks what must be known; one without asks for judgement.
TOPICS = (
    "anatomy-and-nerves",
    "hormones",
    "medicines",
    "treatments",
    "infection-and-contraception",
    "definitions",
    "classification",
    "measures",
    "law",
    "ethics-codes",
    "models",
    "history-and-theory",
    "research",
    "development-and-ageing",
    "intersex-and-gender",
    "culture",
)
#: How sure a work lets us be, from the surest down; the last three are of another kind.
CERTAINTIES = ("strong", "moderate", "weak", "expert-opinion", "contested", "law")
#: Kinds of design, each with the words by which a card's `design` is known; the first that fits counts.
DESIGNS = {
    "systematic review or meta-analysis": r"meta-analy|systematic review|umbrella review|cochrane",
    "guideline or consensus": (
        r"guideline|guidance|consensus|delphi|statement|standards of care|recommendation"
        r"|white paper|operating procedures|proposed criteria|committee|consultation|framework"
    ),
    "law": r"statute(?!s)|regulation|judgment|\bact\b|\bcase law\b|\(law\)|\brule\b",
    "code of ethics or policy": r"\bcode\b|policy|declaration|resolution|requirements",
    "classification": r"classification|diagnostic manual|\bICD\b|\bDSM\b",
    "page of a body or service": (
        r"leaflet|page for the public|to the public|health service|notice|news|press"
        r"|certifying body|clinical reference"
    ),
    "randomised trial": r"randomi[sz]ed",
    "study of a measure": r"validation|psychometric|cut-off|scale development|of a measure|accuracy|an instrument",
    "trial without randomisation": r"\btrial\b|before.and.after|pilot|uncontrolled|single-case",
    "cohort, case-control or longitudinal study": (
        r"cohort|case-control|longitudinal|prospective|follow-up|diary" r"|stopwatch"
    ),
    "survey": r"survey|cross-sectional|questionnaire",
    "interviews or other qualitative study": r"qualitative|interview|focus group|case stud|case series",
    "laboratory study": r"laborator|experiment|imaging|anatom",
    "book, chapter or theory": (
        r"book|chapter|theor|model|discussion|essay|commentary|review|concept|viewpoint|argument"
        r"|manual|description|practice paper|teaching guide|report"
    ),
}
#: How far a work was read.
SEEN = ("full-text", "guideline", "statute", "abstract", "secondary", "not-seen")
#: What a row of a place's page is about.
RULINGS = (
    "duty-to-protect",
    "child-protection",
    "adult-protection",
    "partner-violence",
    "records-and-privilege",
    "minors",
    "sexual-contact",
    "telehealth",
    "title-and-licence",
    "infection-and-disclosure",
    "conversion-practices",
    "image-abuse",
    "sex-work",
    "trafficking",
    "genital-cutting",
    "end-of-life",
)
LINES = (
    "crisis",
    "suicide",
    "domestic-violence",
    "sexual-violence",
    "child-protection",
    "prevention-of-offending",
    "lgbtq",
    "image-abuse",
    "trafficking",
    "perinatal",
)
#: The lists whose words readers see, as `spoken` says them.
SAID = (CERTAINTIES, SEEN, (*DESIGNS, "other"), RULINGS, LINES, LEVELS, GATES, TASKS, TOPICS)
_OTHERWISE = {"lgbtq": "LGBTQ+ people"}
CONFIDENCES = ("SEEN", "KNOWN")
EVIDENCE = ("official-current", "official-dated", "third-party", "copy", "derived", "none")
LETTERS = "ABCDEFGHIJKL"
LETTER = f"[A-{LETTERS[-1]}]"  # in a pattern


def spoken(word: str) -> str:
    """A word of a closed list as a reader sees it: `duty-to-protect` as `duty to protect`."""
    return t(written_out(word))


def written_out(word: str) -> str:
    """The same in English, which is the message. What is a phrase already keeps its hyphens."""
    return _OTHERWISE.get(word, str(word) if " " in word else str(word).replace("-", " "))


def required(help: str, **more: object) -> Any:
    """A field that every card of a kind has, with its question; dataclasses make of it what its annotation says.

    `more`: `words`, the closed list of what may be written; `block`, a text of several lines.
    """
    return field(metadata={"help": help, "required": True, **more})


NOTHING = Text()


def optional(help: str, default: object = NOTHING, **more: object) -> Any:
    """A field that a card may leave out; `more` as in `required`."""
    if isinstance(default, (tuple, dict)):
        return field(default_factory=lambda: default, metadata={"help": help, **more})
    return field(default=default, metadata={"help": help, **more})


def excuses(who: str = "this card") -> Any:
    """The warnings that a card allows itself: code -> reason."""
    return optional(f"A warning that {who} excuses, with the reason", default={})


def reviewed() -> Any:
    """Who reviewed a card, and when."""
    return required("draft; or DATE by NAME, CREDENTIAL; or retired, see NAME")
