"""QTI: a package, a Common Cartridge, or one item (imsglobal.org, *QTI 2.1*, *QTI 3.0*). Both of these are read by the
names of 2.1; what is of 1.2 is read by `qti12`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as xml

from . import qti12
from .markup import markdown
from .opened import archive, tree
from .taken import Asked, Choice, Offer, Refused, Report, Written, number
from ..parts import identifier
from ...language import t

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: What is shown behind an answer, wherever it stands.
_BEHIND = ("feedbackInline", "feedbackBlock")
#: Of a package; Canvas's quizzes end in `.xml.qti`, Blackboard's pools in `.dat`.
_READ = (".xml", ".qti", ".dat")
_PACKED = (".zip", ".imscc")
_HYPHENS = re.compile(r"-([a-z0-9])")


def read(data: bytes, report: Report) -> Iterator[Asked]:
    """The questions of a package or an item that cards can hold; the others go into the report. Raises Refused."""
    files = archive(data) if data[:2] == b"PK" else {"": data}
    roots: list[tuple[str, Element]] = []
    for name, held in files.items():
        if name and not name.lower().endswith(_READ):
            report.lost(t("a file"), t("a card holds words alone"), name)
            continue
        try:
            roots.append((name, _plain(tree(held, report))))
        except Refused as error:
            if not name:
                raise
            report.lost(t("a file"), str(error), name)
    items = [(name, root) for name, root in roots if root.tag == "assessmentItem"]
    old = qti12.roots([(name, root) for name, root in roots if root.tag == "questestinterop"])
    if not items and not old:
        if packed := next((name for name in files if name.lower().endswith(_PACKED)), ""):
            raise Refused(t("it holds another archive, {name}: unpack it, and import that", name=packed))
        raise Refused(t("it holds no question of QTI 1.2, 2.1 or 3.0"))
    said = {tag: words for _, root in roots if root.tag == "manifest" for tag, words in _keywords(root).items()}
    homes = {href: title for _, root in roots if root.tag == "assessmentTest" for href, title in _homes(root)}
    for text in (rubric for _, root in roots if root.tag == "assessmentTest" for rubric in root.iter("rubricBlock")):
        report.lost(
            t("a text above several questions"), t("a card stands for itself"), markdown(_html(text), Report())[:200]
        )
    for name, item in items:
        yield from _item(name, item, said.get(name, ()), homes.get(name.rsplit("/", 1)[-1], ""), report)
    for root in old:
        yield from qti12.read(root, report)
    report.question = ""


def _plain(root: Element) -> Element:
    """The same tree without namespaces, by the names of QTI 2.1: `qti-choice-interaction` -> `choiceInteraction`."""
    for one in root.iter():
        if not isinstance(one.tag, str):
            continue
        one.tag = one.tag.rsplit("}", 1)[-1]
        if one.tag.startswith("qti-"):
            one.tag = _humps(one.tag[4:])
            held = {_humps(name): value for name, value in one.attrib.items()}
            one.attrib.clear()
            one.attrib.update(held)
    return root


def _humps(name: str) -> str:
    return _HYPHENS.sub(lambda found: found[1].upper(), name)


def _keywords(manifest: Element) -> dict[str, tuple[str, ...]]:
    """File -> the keywords that the manifest's metadata has for it (IEEE LOM, *general*)."""
    return {
        resource.get("href", ""): tuple(
            text for keyword in resource.iter("keyword") if (text := " ".join("".join(keyword.itertext()).split()))
        )
        for resource in manifest.iter("resource")
    }


def _homes(test: Element) -> Iterator[tuple[str, str]]:
    """(file, title of the section that it stands in); of sections in sections the outer one, which is the subject."""
    for section in test.iterfind("testPart/assessmentSection"):
        for ref in section.iter("assessmentItemRef"):
            yield ref.get("href", "").rsplit("/", 1)[-1], " ".join(section.get("title", "").split())


def _item(name: str, item: Element, tags: tuple[str, ...], home: str, report: Report) -> Iterator[Asked]:
    title = " ".join(item.get("title", "").split())
    known, own = item.get("identifier", ""), item.get("label", "")
    known = own if own and identifier(own) == known else re.sub(r"^q-(?=\d)", "", known)
    report.question = title or known or name
    body = item.find("itemBody")
    kinds = [one for one in (body.iter() if body is not None else ()) if str(one.tag).endswith("Interaction")]
    if body is None or len(kinds) != 1 or kinds[0].tag not in ("choiceInteraction", "extendedTextInteraction"):
        what = ", ".join(dict.fromkeys(str(one.tag) for one in kinds)) or t("no question")
        why = t("several questions in one item") if len(kinds) > 1 else t("a type of question that no card holds")
        report.lost(t("the whole question"), why, what)
        return
    if item.find("templateDeclaration") is not None or body.find(".//printedVariable") is not None:
        report.lost(
            t("the whole question"), t("a text whose words or numbers are drawn: no card holds that"), kinds[0].tag
        )
        return
    for shared in (one for one in item.iter() if one.tag in ("stimulusRef", "assessmentStimulusRef")):
        report.lost(t("a text that several questions share"), t("write it into the story"), shared.get("href", ""))
    asked = kinds[0]
    rubric = " ".join(_html(one) for one in body.iter("rubricBlock") if "scorer" in one.get("view", "scorer"))
    if any("scorer" not in one.get("view", "scorer") for one in body.iter("rubricBlock")):
        report.lost(t("a rubric for others than the scorer"), t("a card has one for the marker alone"))
    about: dict[str, Any] = {"id": known, "title": title, "home": home, "tags": tags}
    if asked.tag == "extendedTextInteraction":
        _, said = _feedback(item, [], report)
        stem = _stem(body, asked, report)
        yield Written(**about, stem=stem, explain=said, rubric=markdown(rubric, report))
    else:
        yield _choice(item, body, asked, about, report)


def _stem(body: Element, asked: Element, report: Report) -> str:
    """What stands around the interaction, then its prompt."""
    _without(body, *_BEHIND)
    prompt = asked.find("prompt")
    last = _html(prompt) if prompt is not None else ""
    _without(body, asked.tag, "rubricBlock")
    around = markdown(_html(body), report)
    said = markdown(last, report)
    return "\n\n".join(
        part for part in (around, f"**{said}**" if said and around and "\n" not in said else said) if part
    )


def _choice(item: Element, body: Element, asked: Element, about: dict[str, Any], report: Report) -> Asked:
    options = list(asked.iter("simpleChoice"))
    names = [one.get("identifier", "") for one in options]
    declared = _declared(item, asked)
    # Where the two do not agree, the declaration is what is scored.
    said = declared.get("cardinality", "")
    many = said == "multiple" if said else asked.get("maxChoices", "1") not in ("1", "")
    shares = _shares(declared, names, many, report)
    inside = []
    for one in options:
        inside.append(markdown(" ".join(_html(said) for said in one.iter() if said.tag in _BEHIND), report))
        _without(one, *_BEHIND)
    whys, rest = _feedback(item, names, report)
    offers = [
        Offer(markdown(_html(one), report), share, whys.get(letter) or why)
        for one, letter, share, why in zip(options, names, shares, inside)
    ]
    return Choice(**about, stem=_stem(body, asked, report), explain=rest, offers=tuple(offers), many=many)


def _declared(item: Element, asked: Element) -> Element:
    """The declaration that an interaction answers to; where its name is wrong, the only one."""
    every = list(item.iter("responseDeclaration"))
    own = [one for one in every if one.get("identifier") == asked.get("responseIdentifier")]
    return (own or (every if len(every) == 1 else [xml.Element("responseDeclaration")]))[0]


def _shares(declared: Element, names: list[str], many: bool, report: Report) -> list[float]:
    """What choosing each option adds, of 1: as the mapping says, or by the key."""
    right = {(one.text or "").strip() for one in declared.iterfind("correctResponse/value")}
    mapping = declared.find("mapping")
    if mapping is not None and (many or not right):
        entries = list(mapping.iterfind("mapEntry"))
        mapped = {one.get("mapKey", ""): number(one.get("mappedValue", ""), report) for one in entries}
        worth = [mapped.get(name, number(mapping.get("defaultValue", ""), report)) for name in names]
        # Of several that may be chosen the best is all that add something; of one, the option that adds most.
        best = sum(filter(lambda one: one > 0, worth)) if many else max(worth, default=0)
        return [one / best for one in worth] if best > 0 else worth
    if not many or not right.intersection(names):
        return [float(name in right) for name in names]
    report.lost(t("its scoring, all or nothing"), t("a card of all-that-apply counts each option"))
    good = len(right.intersection(names))
    return [1 / good if name in right else -1 / max(1, len(names) - good) for name in names]


def _feedback(item: Element, names: list[str], report: Report) -> tuple[dict[str, str], str]:
    """(option -> what is said to it, what is said besides). A feedback is an option's where it bears its identifier."""
    whys: dict[str, str] = {}
    rest = []
    for said in (one for one in item.iter() if one.tag in ("modalFeedback", *_BEHIND)):
        text = markdown(_html(said), report)
        if said.get("identifier") in names and said.get("showHide", "show") == "show":
            whys[said.get("identifier", "")] = text
        else:
            rest.append(text)
    return whys, "\n\n".join(part for part in rest if part)


def _without(root: Element, *tags: str) -> None:
    """Take elements out of a tree; the words behind each stay."""
    for parent in list(root.iter()):
        for child in [one for one in parent if one.tag in tags]:
            at = list(parent).index(child)
            if at:
                parent[at - 1].tail = (parent[at - 1].tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")
            parent.remove(child)


def _html(part: Element) -> str:
    """What an element holds, as HTML; a body that QTI 3 puts around it is left out."""
    inner = part.find("contentBody")
    part = part if inner is None else inner
    return escape(part.text or "", quote=False) + "".join(xml.tostring(child, encoding="unicode") for child in part)
