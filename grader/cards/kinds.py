"""Every kind of card in one table: the word that an author uses, where its files stand, where the library keeps it,
how messages name it."""

from __future__ import annotations

from dataclasses import dataclass

from .bodies import Body
from .chapter import Chapter
from .evidence import Evidence, Place
from .guide import Conversation, Protocol
from .model import Assignment, Blueprint, Question, Reflection, Vignette
from .sets import QuestionSet
from .sheet import Sheet


@dataclass(frozen=True)
class Kind:
    """`room`: the pattern of its files from the library's root; `shelf`: the library's attribute; `what`: in a
    sentence."""

    word: str
    cls: type
    room: str
    shelf: str
    what: str


KINDS_OF_CARD = (
    Kind("question", Question, "exercises/bank/*/*.yml", "questions", "a question"),
    Kind("set", QuestionSet, "exercises/bank/*/*.yml", "sets", "a set"),
    Kind("vignette", Vignette, "case_vignettes/*.yml", "vignettes", "a vignette"),
    Kind("reflection", Reflection, "exercises/reflections/*.yml", "reflections", "a reflection"),
    Kind("assignment", Assignment, "exercises/assignments/*.yml", "assignments", "an assignment"),
    Kind("exam", Blueprint, "exercises/exams/*.yml", "exams", "an exam blueprint"),
    Kind("body", Body, "exercises/certification/*.yml", "bodies", "a certifying body"),
    Kind("chapter", Chapter, "book/*/*.md", "chapters", "a chapter"),
    Kind("evidence", Evidence, "book/evidence/*.yml", "evidence", "an evidence card"),
    Kind("place", Place, "book/places/*.yml", "places", "a place"),
    Kind("sheet", Sheet, "book/kit/*.md", "sheets", "a sheet of the kit"),
    Kind("protocol", Protocol, "book/protocols/*.md", "protocols", "a protocol"),
    Kind("conversation", Conversation, "book/conversations/*.md", "conversations", "a conversation"),
)
BY_WORD = {kind.word: kind for kind in KINDS_OF_CARD}
BY_CLASS = {kind.cls: kind for kind in KINDS_OF_CARD}
