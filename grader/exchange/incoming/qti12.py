"""QTI 1.2, as Canvas's classic quizzes, Blackboard's pools and Common Cartridges hold it (imsglobal.org, *QTI 1.2 ASI
XML Binding*; *Common Cartridge Profile: Implementation*)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as xml

from .markup import markdown, plain
from .named import said
from .scored12 import scoring
from .taken import Asked, Choice, Matching, Offer, Report, Written, number
from ...language import later, t

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Types that no card can hold, by the word that Canvas or Blackboard has for them or by the element, with the reason.
_OTHER = {
    "short_answer_question": later("words to type"),
    "fill_in_multiple_blanks_question": later("gaps within a text"),
    "multiple_dropdowns_question": later("gaps within a text"),
    "numerical_question": later("a number to type"),
    "calculated_question": later("a formula whose numbers are drawn"),
    "file_upload_question": later("a file to hand in"),
    "text_only_question": later("a text that asks nothing"),
    "hot_spot_question": later("a place on a picture"),
    "categorization_question": later("things to sort"),
    "ordering_question": later("an order to find"),
    "response_num": later("a number to type"),
    "response_xy": later("a place on a picture"),
    "response_grp": later("things to match or to sort"),
}
_ESSAYS = ("essay_question", "cc.essay.v0p1", "essay", "short response")
#: What a text is made of beside words.
_BESIDE = ("matimage", "mataudio", "matvideo", "matapplet", "matapplication")
_TAG = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|ul|ol|li|img|a|table|sub|sup)\b", re.IGNORECASE)


def roots(held: list[tuple[str, Element]]) -> list[Element]:
    """The files of a package that have questions. Canvas writes each quiz twice: the fuller one, `.qti`, is read."""
    found: dict[str, Element] = {}
    for name, root in sorted(held, key=lambda one: not one[0].lower().endswith(".qti")):
        inner = next((one for one in root.iter() if one.tag in ("assessment", "objectbank")), root)
        found.setdefault(inner.get("ident") or name, root)
    return [root for name, root in held if any(root is one for one in found.values())]


def read(root: Element, report: Report) -> Iterator[Asked]:
    """The questions of a file that cards can hold; the others go into the report."""
    holder = next((one for one in root.iter() if one.tag in ("assessment", "objectbank", "section")), root)
    home = " ".join((holder.get("title") or _fields(holder).get("bank_title", "")).split())
    for above in (
        *root.iter("presentation_material"),
        *root.iterfind("assessment/rubric"),
        *root.iter("sectionfeedback"),
    ):
        if text := _text(above, Report()):
            report.lost(t("a text above several questions"), t("a card stands for itself"), text[:200])
    for entry in root.iter("bankentry_item"):
        report.lost(
            t("a question that stands in a bank"), t("it comes with the bank that holds it"), entry.get("item_ref", "")
        )
    for place, item in enumerate(root.iter("item"), 1):
        yield from _item(item, place, home, report)


def _fields(part: Element) -> dict[str, str]:
    """What is said of an assessment or an item: label -> entry, and what Blackboard has as elements of their own."""
    found: dict[str, str] = {}
    for about in part:
        if about.tag not in ("itemmetadata", "qtimetadata"):
            continue
        for one in about.iter():
            if one.tag == "qtimetadatafield":
                label = (one.findtext("fieldlabel") or "").strip()
                found.setdefault(label, (one.findtext("fieldentry") or "").strip())
            elif one.tag.startswith(("bbmd_", "qmd_")):
                found.setdefault(one.tag, (one.text or "").strip())
    return found


def _item(item: Element, place: int, home: str, report: Report) -> Iterator[Asked]:
    fields = _fields(item)
    title = " ".join(item.get("title", "").split())
    asked_id = (fields.get("bbmd_asi_object_id") or item.get("ident") or "").strip()
    shown = item.find("presentation")
    report.question = said(
        title, "" if shown is None else _stem(shown, Report()), asked_id or t("question {place}", place=place)
    )
    kind = fields.get("question_type") or fields.get("bbmd_questiontype") or fields.get("cc_profile", "")
    asked = [one for one in (() if shown is None else shown.iter()) if str(one.tag).startswith("response_")]
    asked = [one for one in asked if one.tag != "response_label"]
    if why := _refused(kind, asked, item):
        report.lost(
            t("the whole question"),
            t("{why}: no card holds that", why=why),
            kind or (asked[0].tag if asked else "item"),
        )
        return
    assert shown is not None
    feedback = {one.get("ident", ""): one for one in item.iter("itemfeedback")}
    about: dict[str, Any] = {"id": asked_id, "title": title, "home": home}
    about["stem"] = _stem(shown, report)
    _points(fields, item, asked[0].tag == "response_str", report)
    if asked[0].tag == "response_str":
        told = [_text(one, report) for one in feedback.values() if next(one.iter("solution"), None) is not None]
        rest = [_text(one, report) for one in feedback.values() if next(one.iter("solution"), None) is None]
        yield Written(**about, explain=_joined(rest), rubric=_joined(told))
    elif len(asked) > 1:
        yield _matching(item, asked, about, feedback, report)
    else:
        yield _choice(item, asked[0], about, feedback, report)


def _refused(kind: str, asked: list[Element], item: Element) -> str:
    """Why a question makes no card; empty where it does."""
    if kind in _OTHER:
        return t(_OTHER[kind])
    if not asked:
        return t("it has nothing to answer")
    tag = str(asked[0].tag)
    if tag == "response_str":
        # What says no type is an essay where no words are right.
        essay = kind.casefold() in _ESSAYS or (not kind and next(item.iter("varequal"), None) is None)
        return "" if essay and len(asked) == 1 else t("words to type")
    if tag != "response_lid":
        return t(_OTHER.get(tag, later("a type of question that is not known here")))
    if asked[0].get("rcardinality") == "Ordered":
        return t("an order to find")
    if len(asked) > 1 and kind != "matching_question":
        return t("several questions in one item")
    return ""


def _points(fields: dict[str, str], item: Element, essay: bool, report: Report) -> None:
    """What a question counts, where it is said in points and not as the usual 100 (of a hundred)."""
    said = fields.get("points_possible") or fields.get("qmd_absolutescore_max") or fields.get("qmd_weighting") or "1"
    points = number(said, Report())
    if points > 0 and points != 1 and not essay:
        report.lost(t("its points"), t("an assignment gives them"), f"{points:g}")
    for text in (_text(hint, Report()) for hint in item.iter("hint")):
        if text:
            report.lost(t("a hint between tries"), t("an answer is given once"), text)


def _stem(shown: Element, report: Report) -> str:
    """What is asked: every text of the presentation that stands in no answer."""
    return _joined(_materials(shown, report, ("response_lid", "response_str")))


def _choice(
    item: Element, asked: Element, about: dict[str, Any], feedback: dict[str, Element], report: Report
) -> Asked:
    labels = list(asked.iter("response_label"))
    names = [one.get("ident", "") for one in labels]
    many = asked.get("rcardinality", "Single") == "Multiple"
    found = scoring(item, asked.get("ident", ""), names, many, report)
    told = {name: _text(part, report) for name, part in feedback.items()}
    whys = {name: _joined(told.pop(ref, "") for ref in found.said.get(name, ())) for name in names}
    # Blackboard names what is said to an option as the option.
    whys |= {name: told.pop(name) for name in names if not whys[name] and name in told}
    explain = _joined(told.pop(ref, "") for ref in found.always)
    for text in filter(None, told.values()):
        report.lost(
            t("what is said to a right, a partly right or a wrong answer"), t("a reason stands under each"), text
        )
    offers = [
        Offer(_true_false(_joined(_materials(one, report)), name), share, whys[name])
        for one, name, share in zip(labels, names, found.shares)
    ]
    return Choice(**about, explain=explain, offers=tuple(offers), many=many)


def _true_false(text: str, name: str) -> str:
    """Blackboard's options of true or false have a name and no words."""
    return text or (name.capitalize() if name.lower() in ("true", "false") else "")


def _matching(
    item: Element, asked: list[Element], about: dict[str, Any], feedback: dict[str, Element], report: Report
) -> Asked:
    """Canvas's: a list of answers under each prompt, the same under all."""
    pairs: list[tuple[str, str]] = []
    words: dict[str, str] = {}
    for one in asked:
        names = [label.get("ident", "") for label in one.iter("response_label")]
        words |= {label.get("ident", ""): _joined(_materials(label, report)) for label in one.iter("response_label")}
        shares = scoring(item, one.get("ident", ""), names, False, Report()).shares
        best = next((name for name, share in zip(names, shares) if share > 0), "")
        prompt = _joined(_materials(one, report, ("render_choice",)))
        if best:
            pairs.append((prompt, words[best]))
        else:
            report.lost(t("a prompt of a matching question"), t("the file says of no answer that it is right"), prompt)
    spare = [text for text in dict.fromkeys(words.values()) if text not in {answer for _, answer in pairs}]
    explain = _joined(_text(part, report) for part in feedback.values())
    return Matching(**about, explain=explain, pairs=tuple(pairs), spare=tuple(spare))


def _materials(part: Element, report: Report, without: tuple[str, ...] = ()) -> list[str]:
    """The texts within an element, in order; not those within elements named `without`."""
    found: list[str] = []
    for one in part:
        if one.tag in without:
            continue
        if one.tag in ("mattext", "matemtext", "mat_formattedtext"):
            found.append(_words(one, report))
        elif one.tag in _BESIDE:
            name = (one.get("uri") or one.get("label") or "").rsplit("/", 1)[-1]
            report.lost(t("a picture or a recording"), t("a card holds words alone"), name[:80])
        else:
            found += _materials(one, report, without)
    return found


def _text(part: Element, report: Report) -> str:
    return _joined(_materials(part, report))


def _joined(parts: Iterator[str] | list[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _words(part: Element, report: Report) -> str:
    """A text by the type that it says; many writers leave HTML without one."""
    text = part.text or ""
    inner = "".join(xml.tostring(child, encoding="unicode") for child in part)
    kind = (part.get("texttype") or part.get("type") or "").lower()
    if inner or "html" in kind or _TAG.search(text):
        return markdown(text + inner, report)
    return plain(text)
