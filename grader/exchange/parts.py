"""What the XML formats share: elements, identifiers, an archive that is the same for the same cards."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from xml.etree import ElementTree as xml

#: The attribute in which XML says a language.
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can hold


def element(name: str, *children: xml.Element | str, **attributes: str) -> xml.Element:
    """An element with its children; a child that is a string is its text."""
    made = xml.Element(name, attributes)
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def elements(html: str) -> list[xml.Element]:
    """HTML of `render` as XML elements. A text alone, or one with words between its tags, comes in one `span`."""
    root = xml.fromstring(f"<span>{html}</span>")
    for one in root.iter():  # XML has its own name for it, and every format knows that one
        one.attrib.pop("dir", None)
        if tag := one.attrib.pop("lang", ""):
            one.set(LANG, tag)
    loose = (root.text or "").strip() or any((child.tail or "").strip() for child in root)
    return [root] if loose or not len(root) else list(root)


def identifier(name: str) -> str:
    """An identifier begins with a letter and has letters, figures, points and hyphens; a card's name may begin with a
    figure, and an id from elsewhere may hold any sign: then a few signs of its digest tell it from `A/B` and `A B`."""
    fit = re.sub(r"[^\w.-]", "-", name)
    name = name if fit == name else f"{fit}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    return name if name[0].isalpha() else f"q-{name}"


def whole(root: xml.Element) -> bytes:
    """A file of XML."""
    made: bytes = xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def archive(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of files by name; the same files give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()
