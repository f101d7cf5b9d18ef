"""IMS Common Cartridge 1.3 with assessments in its profile of QTI 1.2, which Canvas, Brightspace and Blackboard take
(imsglobal.org, *Common Cartridge Profile: Implementation*). The profile has no partial credit: all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as xml

from .items import Essay, Item, sections
from .parts import archive, element, identifier, whole
from ..language import t
from ..web.brand import brand

SPACE = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
ITEM = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
KIND = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"


def write(found: list[Item], essays: list[Essay]) -> bytes:
    """The cartridge: one assessment for each chapter, one for the reflections, and the manifest that lists them."""
    made = {f"chapter-{number}": _assessment(title, map(_item, held)) for number, (title, held) in _numbered(found)}
    titles = {f"chapter-{number}": title for number, (title, _) in _numbered(found)}
    if essays:
        titles["reflections"] = title = t("Reflections")
        made["reflections"] = _assessment(title, map(_essay, essays))
    files = {f"{name}/assessment.xml": whole(root) for name, root in made.items()}
    return archive({"imsmanifest.xml": _manifest(titles), **files})


def _numbered(found: list[Item]) -> Iterator[tuple[int, tuple[str, list[Item]]]]:
    return enumerate(sections(found), 1)


def _manifest(titles: dict[str, str]) -> bytes:
    title = element("title", element("string", brand().name, language=brand().language))
    general = element("general", title, element("language", brand().language))
    lom = element("lom", general, xmlns=LOM)
    about = element("metadata", element("schema", "IMS Common Cartridge"), element("schemaversion", "1.3.0"), lom)
    entries = (
        element("item", element("title", title), identifier=f"i-{name}", identifierref=f"r-{name}")
        for name, title in titles.items()
    )
    tree = element(
        "organization", element("item", *entries, identifier="root"), identifier="o", structure="rooted-hierarchy"
    )
    held = (
        element("resource", element("file", href=f"{name}/assessment.xml"), identifier=f"r-{name}", type=KIND)
        for name in titles
    )
    root = element(
        "manifest",
        about,
        element("organizations", tree),
        element("resources", *held),
        identifier=identifier(brand().file),
        xmlns=SPACE,
    )
    return whole(root)


def _field(label: str, entry: str) -> xml.Element:
    return element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))


def _assessment(title: str, held: Iterable[xml.Element]) -> xml.Element:
    about = element("qtimetadata", _field("cc_profile", "cc.exam.v0p1"), _field("cc_maxattempts", "unlimited"))
    name = identifier("-".join("".join(c if c.isalnum() else " " for c in title.lower()).split()) or "part")
    section = element("section", *held, ident="root_section")
    return element("questestinterop", element("assessment", about, section, ident=name, title=title), xmlns=ITEM)


def _html(html: str) -> xml.Element:
    return element("material", element("mattext", html, texttype="text/html"))


def _frame(one: Item | Essay, kind: str, *children: xml.Element) -> xml.Element:
    about = element("itemmetadata", element("qtimetadata", _field("cc_profile", f"cc.{kind}.v0p1")))
    return element("item", about, *children, ident=one.name, title=one.title)


def _item(item: Item) -> xml.Element:
    labels = (element("response_label", _html(c.text), ident=c.letter) for c in item.choices)
    choices = element("render_choice", *labels)
    many = "Multiple" if item.many else "Single"
    response = element("response_lid", choices, ident="RESPONSE", rcardinality=many)
    shown = element("presentation", _html(item.stem), response)
    outcomes = element("outcomes", element("decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100"))
    told = (_condition(_is(c.letter), feedback=f"{c.letter}-fb", go_on=True) for c in item.choices)
    general = _condition(element("other"), feedback="general_fb", go_on=True)
    scoring = element("resprocessing", outcomes, general, *told, _condition(_key(item), score=True))
    said = (_feedback(f"{c.letter}-fb", c.why) for c in item.choices)
    kind = "multiple_response" if item.many else "multiple_choice"
    return _frame(item, kind, shown, scoring, _feedback("general_fb", item.explain), *said)


def _is(letter: str) -> xml.Element:
    return element("varequal", letter, respident="RESPONSE")


def _key(item: Item) -> xml.Element:
    """What is right: one letter; or all that are, and none that is not."""
    if not item.many:
        return _is(item.card.key[0])
    marks = (_is(c.letter) if c.right else element("not", _is(c.letter)) for c in item.choices)
    return element("and", *marks)


def _condition(what: xml.Element, feedback: str = "", score: bool = False, go_on: bool = False) -> xml.Element:
    said = [element("setvar", "100", action="Set", varname="SCORE")] if score else []
    if feedback:
        said.append(element("displayfeedback", feedbacktype="Response", linkrefid=feedback))
    return element("respcondition", element("conditionvar", what), *said, **{"continue": "Yes" if go_on else "No"})


def _feedback(name: str, html: str) -> xml.Element:
    return element("itemfeedback", element("flow_mat", _html(html)), ident=name)


def _essay(essay: Essay) -> xml.Element:
    asked = element("response_str", element("render_fib"), ident="RESPONSE", rcardinality="Single")
    shown = element("presentation", _html(essay.prompt), asked)
    outcomes = element("outcomes", element("decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100"))
    by_hand = _condition(element("other"))
    rubric = element("solution", element("solutionmaterial", element("flow_mat", _html(essay.rubric))))
    said = element("itemfeedback", rubric, ident="solution")
    return _frame(essay, "essay", shown, element("resprocessing", outcomes, by_hand), said)
