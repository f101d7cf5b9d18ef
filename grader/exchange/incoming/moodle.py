"""Moodle XML (docs.moodle.org, *Moodle XML format*), as Moodle writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .markup import escaped, markdown, of_markdown, plain
from .opened import tree
from .taken import Asked, Choice, Matching, Offer, Refused, Report, Written, number
from ...language import later, t

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Types that no card can hold, each with the reason.
_OTHER = {
    "cloze": later("gaps within a text"),
    "calculated": later("a formula whose numbers are drawn"),
    "calculatedsimple": later("a formula whose numbers are drawn"),
    "calculatedmulti": later("a formula whose numbers are drawn"),
    "numerical": later("a number to type"),
    "shortanswer": later("words to type"),
    "ddwtos": later("words to drag"),
    "ddimageortext": later("things to drag on a picture"),
    "ddmarker": later("marks to set on a picture"),
    "gapselect": later("gaps within a text"),
    "ordering": later("an order to find"),
    "description": later("a text that asks nothing"),
    "randomsamatch": later("a question that Moodle draws"),
    "random": later("a question that Moodle draws"),
}
#: What Moodle says where a teacher wrote nothing.
_STOCK = {"your answer is correct.", "your answer is partially correct.", "your answer is incorrect.", ""}


def read(data: bytes, report: Report) -> Iterator[Asked]:
    """The questions of a file that cards can hold; the others go into the report. Raises Refused."""
    root = tree(data, report)
    if root.tag != "quiz":
        raise Refused(t("it is no Moodle XML: it starts with <{tag}> and not with <quiz>", tag=str(root.tag)[:40]))
    home = ""
    for place, question in enumerate(root.iter("question"), 1):
        kind = question.get("type", "")
        if kind == "category":
            home = _last_step(question.findtext("category/text") or "")
            if told := _markdown(question.find("info"), Report()):
                report.question = home
                report.lost(t("what is said of a category"), t("a card stands for itself"), told)
            continue
        title = " ".join((question.findtext("name/text") or "").split())
        report.question = title or t("question {place}", place=place)
        if kind not in _READERS:
            why = _OTHER.get(kind, later("a type of question that is not known here"))
            report.lost(t("the whole question"), t("{why}: no card holds that", why=t(why)), kind)
            continue
        about: dict[str, Any] = {
            "id": " ".join((question.findtext("idnumber") or "").split()),
            "title": title,
            "stem": _markdown(question.find("questiontext"), report),
            "explain": _markdown(question.find("generalfeedback"), report),
            "home": home,
            "tags": tuple(
                " ".join(tag.split()) for one in question.iterfind("tags/tag") if (tag := one.findtext("text"))
            ),
        }
        _around(question, report)
        yield _READERS[kind](question, about, report)
    report.question = ""


def _last_step(category: str) -> str:
    """`$course$/top/A//B/C` -> `C`; two slashes are one in a name."""
    return category.replace("//", "\0").rsplit("/", 1)[-1].replace("\0", "/").strip()


def _markdown(part: Element | None, report: Report) -> str:
    """A text by the format that it says; HTML where it says none."""
    if part is None:
        return ""
    text = part.findtext("text")
    if text is None:
        text = part.text or ""
    form = part.get("format", "html")
    if form == "markdown":
        return of_markdown(text, report)
    if form == "plain_text" or (form == "moodle_auto_format" and "<" not in text and "&" not in text):
        return plain(text)
    for file in part.iterfind("file"):
        if not (file.get("name") or "").lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")):
            report.lost(t("a file"), t("a card holds words alone"), file.get("name") or "")
    return markdown(text, report)


def _around(question: Element, report: Report) -> None:
    """What Moodle keeps beside the question and no card does."""
    said = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    own = [_markdown(question.find(name), Report()) for name in said]
    for text in own:
        if text.casefold() not in _STOCK:
            report.lost(
                t("what is said to a right, a partly right or a wrong answer"), t("a reason stands under each"), text
            )
    for hint in question.iterfind("hint"):
        if text := _markdown(hint, Report()):
            report.lost(t("a hint between tries"), t("an answer is given once"), text)
    grade = number(question.findtext("defaultgrade") or "1", Report())
    if grade != 1 and question.get("type") != "essay":
        report.lost(t("its points"), t("an assignment gives them"), f"{grade:g}")


def _choice(question: Element, about: dict[str, Any], report: Report) -> Asked:
    offers = []
    for answer in question.iterfind("answer"):
        share = number(answer.get("fraction", ""), report) / 100
        offers.append(Offer(_markdown(answer, report), share, _markdown(answer.find("feedback"), report)))
    # The set is a plug-in's type, in which only all right ones together count.
    many = question.get("type") == "multichoiceset" or (question.findtext("single") or "true").strip() in ("false", "0")
    return Choice(**about, offers=tuple(offers), many=many)


def _true_or_false(question: Element, about: dict[str, Any], report: Report) -> Asked:
    offers = [
        Offer(
            escaped((answer.findtext("text") or "").strip().capitalize()),
            number(answer.get("fraction", ""), report) / 100,
            _markdown(answer.find("feedback"), report),
        )
        for answer in question.iterfind("answer")
    ]
    return Choice(**about, offers=tuple(offers))


def _matching(question: Element, about: dict[str, Any], report: Report) -> Asked:
    pairs, spare = [], []
    for one in question.iterfind("subquestion"):
        prompt, answer = _markdown(one, report), " ".join((one.findtext("answer/text") or "").split())
        if prompt:
            pairs.append((prompt, escaped(answer)))
        elif answer:
            spare.append(escaped(answer))
    return Matching(**about, pairs=tuple(pairs), spare=tuple(spare))


def _essay(question: Element, about: dict[str, Any], report: Report) -> Asked:
    if _markdown(question.find("responsetemplate"), report):
        report.lost(t("the text that the answer begins with"), t("a reflection begins on an empty page"))
    if (question.findtext("attachments") or "0").strip() != "0":
        report.lost(t("files that are handed in with the answer"), t("a reflection is words alone"))
    return Written(**about, rubric=_markdown(question.find("graderinfo"), report))


_READERS = {
    "multichoice": _choice,
    "multichoiceset": _choice,
    "truefalse": _true_or_false,
    "matching": _matching,
    "essay": _essay,
}
