"""The closed lists of words that a card may use, and how its fields are declared."""

from __future__ import annotations

from dataclasses import field

from .problem import Text

USES = ("practice", "graded", "exam")
KINDS = ("one-best-answer", "all-that-apply")
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
GATES = ("partner-violence", "risk-to-a-child", "duty-to-protect", "boundary-violation", "medical-red-flag", "scope-of-competence")
# What a case asks of the trainee: the tasks by which a case form is reported.
TASKS = ("ethics-and-safety", "assessment", "planning", "intervention", "therapeutic-relationship")
ORIGINS = ("invented", "composite")
CONFIDENCES = ("SEEN", "KNOWN")
EVIDENCE = ("official-current", "official-dated", "third-party", "copy", "derived", "none")
LETTERS = "ABCDEFGH"


def required(help: str, **more):
    return field(metadata={"help": help, "required": True, **more})


def optional(help: str, default=Text(), **more):
    if isinstance(default, (tuple, dict)):
        return field(default_factory=lambda: default, metadata={"help": help, **more})
    return field(default=default, metadata={"help": help, **more})
