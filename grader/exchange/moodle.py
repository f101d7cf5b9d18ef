"""Moodle XML (docs.moodle.org, *Moodle XML format*): questions with a reason under each option, essays with their
rubric for the marker."""

from __future__ import annotations

from xml.etree import ElementTree as xml

from .items import Essay, Item
from .parts import whole
from ..web.brand import brand


def write(found: list[Item], essays: list[Essay]) -> bytes:
    """The file. A chapter is a category; `idnumber` is the card's name, so that a later import finds the question."""
    quiz = xml.Element("quiz")
    home = ""
    both: list[Item | Essay] = [*found, *essays]
    for one in both:
        place = f"$course$/top/{_step(brand().name)}/{_step(one.part)}/{_step(one.chapter)}"
        if place != home:
            _text(xml.SubElement(xml.SubElement(quiz, "question", type="category"), "category"), place)
            home = place
        quiz.append(_question(one) if isinstance(one, Item) else _essay(one))
    xml.indent(quiz)
    return whole(quiz)


def _step(name: str) -> str:
    """A slash would begin a category below; Moodle reads two as one."""
    return (name or "Other").replace("/", "//")


def _text(parent: xml.Element, text: str) -> xml.Element:
    xml.SubElement(parent, "text").text = text
    return parent


def _html(parent: xml.Element, name: str, html: str, **more: str) -> xml.Element:
    return _text(xml.SubElement(parent, name, {"format": "html", **more}), html)


def _frame(kind: str, one: Item | Essay, stem: str, points: float) -> xml.Element:
    question = xml.Element("question", type=kind)
    _text(xml.SubElement(question, "name"), one.name if isinstance(one, Item) else one.title)
    _html(question, "questiontext", stem)
    _html(question, "generalfeedback", one.explain if isinstance(one, Item) else "")
    xml.SubElement(question, "defaultgrade").text = f"{points:g}"
    xml.SubElement(question, "penalty").text = "0"
    xml.SubElement(question, "hidden").text = "0"
    xml.SubElement(question, "idnumber").text = one.name
    return question


def _question(item: Item) -> xml.Element:
    question = _frame("multichoice", item, item.stem, 1)
    xml.SubElement(question, "single").text = str(not item.many).lower()
    # The list of a set keeps its order, and a reason may speak of an option by its letter.
    xml.SubElement(question, "shuffleanswers").text = "false"
    xml.SubElement(question, "answernumbering").text = "ABCD"
    for choice in item.choices:
        answer = _html(question, "answer", choice.text, fraction=f"{100 * choice.share:.5f}".rstrip("0").rstrip("."))
        _html(answer, "feedback", choice.why)
    _tags(question, item)
    return question


def _tags(question: xml.Element, one: Item | Essay) -> None:
    tags = xml.SubElement(question, "tags")
    for tag in one.tags:
        _text(xml.SubElement(tags, "tag"), tag)


def _essay(essay: Essay) -> xml.Element:
    question = _frame("essay", essay, essay.prompt, essay.points)
    for name, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "15")):
        xml.SubElement(question, name).text = value
    xml.SubElement(question, "attachments").text = "0"
    _html(question, "graderinfo", essay.rubric)
    _html(question, "responsetemplate", "")
    _tags(question, essay)
    return question
