"""IMS QTI 2.1 and 3.0: one item a file, and a test with a section for each chapter in which one story of a set is
drawn (imsglobal.org, *QTI 2.1 Assessment Test, Section and Item Information Model*; *QTI 3.0*)."""

from __future__ import annotations

import re
from xml.etree import ElementTree as xml

from .items import Essay, Item, sections
from .parts import LANG, archive, element, elements, identifier, whole
from ..language import language, t
from ..web.brand import brand

ITEM = {
    "2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
PACKAGE = {
    "2.1": ("http://www.imsglobal.org/xsd/imscp_v1p1", "QTIv2.1 Package", "1.0.0", "xmlv2p1"),
    "3.0": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "3.0.0", "xmlv3p0"),
}
LOM = "http://ltsc.ieee.org/xsd/LOM"
#: Of QTI 3: every name of its own begins with `qti-`, and names and attributes have hyphens for capitals.
_OWN = re.compile(r"assessment|[a-z]+[A-Z]|prompt$|value$|match$|correct$|variable$|mapping$|selection$|multiple$")


def write(found: list[Item], essays: list[Essay], version: str) -> bytes:
    """The package, a ZIP archive: `imsmanifest.xml`, `test.xml`, and a file for each question."""
    both: list[Item | Essay] = [*found, *essays]
    files = {_place(one.name): _file(_item(one), version) for one in found}
    files |= {_place(one.name): _file(_essay(one, version), version) for one in essays}
    tags = {_place(one.name): one.tags for one in both}
    files["test.xml"] = _file(_test(found, essays), version)
    return archive({"imsmanifest.xml": _manifest(list(files), tags, version), **files})


def _base(kind: str, text: str) -> xml.Element:
    return element("baseValue", text, baseType=kind)


def _set(name: str, value: xml.Element) -> xml.Element:
    return element("setOutcomeValue", value, identifier=name)


def _outcome(name: str, cardinality: str, kind: str, **more: str) -> xml.Element:
    return element("outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=kind, **more)


def _frame(one: Item | Essay, *children: xml.Element) -> xml.Element:
    about = {"adaptive": "false", "timeDependent": "false", "title": one.title, LANG: language()}
    name = identifier(one.name)
    # An id that no identifier can be stands as the label, where `grader import` finds it again.
    own = {"label": one.name[:256]} if name not in (one.name, f"q-{one.name}") else {}
    return element("assessmentItem", *children, identifier=name, **about, **own)


def _item(item: Item) -> xml.Element:
    many = "multiple" if item.many else "single"
    correct = element("correctResponse", *(element("value", choice.letter) for choice in item.choices if choice.right))
    response = element("responseDeclaration", correct, identifier="RESPONSE", cardinality=many, baseType="identifier")
    if item.many:
        entries = (element("mapEntry", mapKey=c.letter, mappedValue=f"{c.share:.6g}") for c in item.choices)
        response.append(element("mapping", *entries, lowerBound="0", upperBound="1", defaultValue="0"))
    prompt = element("prompt", *elements(item.ask))
    options = (element("simpleChoice", *elements(c.text), identifier=c.letter) for c in item.choices)
    most = "0" if item.many else "1"
    asked = element(
        "choiceInteraction", prompt, *options, responseIdentifier="RESPONSE", shuffle="false", maxChoices=most
    )
    body = element("itemBody", *(elements(item.story) if item.story else ()), asked)
    score = _outcome("SCORE", "single", "float", normalMaximum="1")
    outcomes = [score, _outcome("FEEDBACK", many, "identifier"), _outcome("PRINCIPLE", "single", "identifier")]
    said = [_feedback("FEEDBACK", c.letter, c.why) for c in item.choices]
    said.append(_feedback("PRINCIPLE", "explain", item.explain))
    return _frame(item, response, *outcomes, body, _processing(item), *said)


def _processing(item: Item) -> xml.Element:
    answer = element("variable", identifier="RESPONSE")
    if item.many:
        scored = _set("SCORE", element("mapResponse", identifier="RESPONSE"))
    else:
        right = element("match", answer, element("correct", identifier="RESPONSE"))
        scored = element(
            "responseCondition",
            element("responseIf", right, _set("SCORE", _base("float", "1"))),
            element("responseElse", _set("SCORE", _base("float", "0"))),
        )
    shown = _set("FEEDBACK", element("variable", identifier="RESPONSE"))
    return element("responseProcessing", scored, shown, _set("PRINCIPLE", _base("identifier", "explain")))


def _feedback(outcome: str, name: str, html: str) -> xml.Element:
    return element("modalFeedback", *elements(html), outcomeIdentifier=outcome, identifier=name, showHide="show")


def _essay(essay: Essay, version: str) -> xml.Element:
    response = element("responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="string")
    # Only the newer version can say that a person marks it; in the older one the score is left to the rubric's reader.
    by = {"externalScored": "human"} if version == "3.0" else {}
    score = _outcome("SCORE", "single", "float", normalMaximum=str(essay.points), **by)
    rubric = element("rubricBlock", *elements(essay.rubric), view="scorer", **({"use": "scoring"} if by else {}))
    asked = element("extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="15")
    return _frame(essay, response, score, element("itemBody", *elements(essay.prompt), rubric, asked))


def _test(found: list[Item], essays: list[Essay]) -> xml.Element:
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.group, []).append(item)
    parts = []
    for number, (chapter, held) in enumerate(sections([stories[0] for stories in groups.values()]), 1):
        inner = [_one_of(groups[first.group]) for first in held]
        parts.append(_section(f"chapter-{number}", chapter, *inner))
    if essays:
        parts.append(_section("reflections", t("Reflections"), *(_ref(essay.name) for essay in essays)))
    part = element("testPart", *parts, identifier="all", navigationMode="nonlinear", submissionMode="individual")
    return element("assessmentTest", part, identifier=identifier(brand().file), title=brand().name)


def _one_of(stories: list[Item]) -> xml.Element:
    """A question, or a section of which one of a set's stories is drawn."""
    refs = [_ref(item.name) for item in stories]
    if len(refs) == 1:
        return refs[0]
    group = stories[0].group
    return _section(
        f"set-{group}", t("One of: {group}", group=group), element("selection", select="1"), *refs, shown=False
    )


def _section(name: str, title: str, *children: xml.Element, shown: bool = True) -> xml.Element:
    return element("assessmentSection", *children, identifier=name, title=title, visible=str(shown).lower())


def _ref(name: str) -> xml.Element:
    return element("assessmentItemRef", identifier=identifier(name), href=_place(name))


def _place(name: str) -> str:
    return f"items/{identifier(name)}.xml"


def _about(tags: tuple[str, ...]) -> xml.Element:
    """What is known of an item beside its words: keywords of IEEE LOM."""
    words = (element("keyword", element("string", tag, language="en")) for tag in tags)
    return element("metadata", element("lom", element("general", *words), xmlns=LOM))


def _manifest(files: list[str], tags: dict[str, tuple[str, ...]], version: str) -> bytes:
    space, schema, number, kind = PACKAGE[version]
    about = element("metadata", element("schema", schema), element("schemaversion", number))
    held = element("resources")
    for name in files:
        test = name == "test.xml"
        what = f"imsqti_{'test' if test else 'item'}_{kind}"
        inside = [_about(tags[name])] if tags.get(name) else []
        inside.append(element("file", href=name))
        if test:
            items = [other for other in files if other != name]
            inside += [element("dependency", identifierref=f"r-{_own(one)}") for one in items]
        held.append(element("resource", *inside, identifier=f"r-{_own(name)}", type=what, href=name))
    root = element("manifest", about, element("organizations"), held, identifier=identifier(brand().file), xmlns=space)
    return whole(root)


def _own(file: str) -> str:
    return identifier(file.removeprefix("items/").removesuffix(".xml"))


def _file(root: xml.Element, version: str) -> bytes:
    if version == "3.0":
        _renamed(root)
    root.set("xmlns", ITEM[version])
    return whole(root)


def _renamed(one: xml.Element) -> None:
    """The same item by the names of QTI 3, in which what a feedback or a rubric says stands in a body of its own."""
    for child in one:
        _renamed(child)
    if one.tag in ("modalFeedback", "rubricBlock"):
        body = element("contentBody", *list(one))
        _renamed_one(body)
        one[:] = [body]
    _renamed_one(one)


def _renamed_one(one: xml.Element) -> None:
    if _OWN.match(one.tag):
        one.tag = f"qti-{_hyphens(one.tag)}"
        held = {_hyphens(name): value for name, value in one.attrib.items()}
        one.attrib.clear()
        one.attrib.update(held)


def _hyphens(name: str) -> str:
    if name.startswith("{"):  # of a namespace, whose address is not ours to spell
        return name
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
