"""HTML of other systems -> the Markdown of a card. What Markdown has no sign for is named, never dropped in silence."""

from __future__ import annotations

import re
import warnings
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup, CData, Tag, UnusualUsageWarning
from bs4.element import PreformattedString
from markdown_it import MarkdownIt
from markdownify import MarkdownConverter

from .taken import Report
from ...language import later, t

DEEPEST = 60  # steps of nesting
#: What a reader would miss, by element: what it is called in the report.
_MISSED = {
    "audio": later("a recording"),
    "video": later("a video"),
    "iframe": later("a page within the page"),
    "object": later("an embedded file"),
    "embed": later("an embedded file"),
    "svg": later("a drawing"),
    "math": later("a formula"),
    "form": later("a form"),
    "input": later("a field to fill in"),
    "textarea": later("a field to fill in"),
    "select": later("a field to fill in"),
    "button": later("a button"),
}
#: What needs no mending; most texts have nothing else.
_SIMPLE = frozenset(["p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "blockquote", "code", "pre", "div", "span"])
_NEVER_SHOWN = ("script", "style", "head", "template", "noscript", "title", "link", "meta")
_BLOCKS = ("address", "article", "center", "dl", "dd", "dt", "figure", "figcaption", "footer", "header", "section")
#: Another system's Markdown, in which tables and HTML may stand.
_THEIRS = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
#: TeX between the signs that Moodle and MathJax look for. No possessive group: Python 3.11.2 misreads it.
_TEX = re.compile(r"\\\((?:[^\\]|\\(?![()]))+\\\)|\\\[(?:[^\\]|\\(?![\[\]]))+\\\]|\$\$.+?\$\$", re.DOTALL)
_RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"))
#: What means something in CommonMark, wherever it stands and at the start of a line.
_SIGNS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)")
_STARTS = re.compile(r"^(\s*)([-+](?=\s|[-\s]*$)|=(?=[=\s]*$)|>|#{1,6}(?=\s|$)|\d{1,9}(?=[.)](?:\s|$)))", re.ASCII)


def markdown(html: str, report: Report) -> str:
    """Paragraphs, lists and emphasis as Markdown; pictures and the like go into the report."""
    if found := _TEX.search(html):
        report.lost(t("a formula in TeX"), t("a card shows it as it is typed"), found[0][:80])
    if not re.search("[<&]", html):
        return escaped(" ".join(html.split()))
    with warnings.catch_warnings():  # that a text looks like an address, or like XML
        warnings.simplefilter("ignore", UnusualUsageWarning)
        soup = BeautifulSoup(html, "html.parser")
    if _depth(soup) > DEEPEST:
        report.lost(
            t("the layout of a text"),
            t("its HTML is nested more than {steps} steps deep; the words came along", steps=DEEPEST),
        )
        return escaped(" ".join(soup.get_text(" ").split()))
    if "<!" in html or "<?" in html or not {tag.name for tag in soup.find_all(True)} <= _SIMPLE:
        _simplify(soup, report)
    made = _CONVERTER.convert_soup(soup)
    # An empty line of a paragraph, and a break at its end, say nothing.
    lines = [line.rstrip().replace("\xa0", " ") for line in made.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join("" if line.strip() in ("\\", "") else line for line in lines))
    return re.sub(r"\\(?=\n\n|\Z)", "", text).strip() if text.strip() else ""


def of_markdown(text: str, report: Report) -> str:
    """Markdown of another system, by way of its HTML, so that what a card cannot hold is named there, too."""
    return markdown(str(_THEIRS.render(text)), report)


def plain(text: str) -> str:
    """Plain text as Markdown that shows the same words; an empty line begins a paragraph, a line end breaks."""
    pieces = [piece.strip() for piece in re.split(r"\n\s*\n", text.strip())]
    return "\n\n".join("\\\n".join(escaped(line.strip()) for line in piece.split("\n")) for piece in pieces)


def escaped(text: str) -> str:
    """A line of plain text, with what would be a sign of Markdown behind a backslash."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    return _STARTS.sub(_start, text)


def _start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def one_line(text: str) -> str:
    """Markdown of several blocks as one line, as a question's ask, an option and a reason want it; the entries of a
    list are parted by semicolons."""
    pieces: list[str] = []
    for line in text.split("\n"):
        piece = re.sub(r"^\s*(?:[-+]|\d+[.)]|>)\s+", "", line).rstrip("\\").strip()
        if piece and pieces and re.match(r"\s*(?:-|\d+[.)]) ", line) and not pieces[-1].endswith((":", ";", ".", "?")):
            pieces[-1] += ";"
        pieces += [piece] if piece else []
    return " ".join(pieces)


class _Converter(MarkdownConverter):
    def escape(self, text: str, parent_tags: Any) -> str:
        return escaped(text) if text else ""


_CONVERTER = _Converter(heading_style="atx", bullets="-", newline_style="backslash")


def _depth(soup: BeautifulSoup) -> int:
    deepest = 0
    left: list[tuple[Tag, int]] = [(soup, 0)]
    while left:
        tag, depth = left.pop()
        deepest = max(deepest, depth)
        left += [(child, depth + 1) for child in tag.children if isinstance(child, Tag)]
    return deepest


def _simplify(soup: BeautifulSoup, report: Report) -> None:
    """Leave what Markdown has a sign for, and name the rest."""
    # Comments, and what Word writes to itself (`<![if !supportLists]>`).
    for aside in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        if not isinstance(aside, CData):
            aside.extract()
    for tag in soup.find_all(_NEVER_SHOWN):
        if tag.name in ("script", "style") and tag.get_text(strip=True):
            report.lost(t("a <{name}> in a text", name=tag.name), t("a card holds words alone"))
        tag.decompose()
    for tag in soup.find_all(list(_MISSED)):
        if tag.decomposed:
            continue
        report.lost(
            t("{thing} in a text", thing=t(_MISSED[tag.name])),
            t("a card holds words alone; what it said in words is kept"),
        )
        tag.replace_with(f" {tag.get_text(' ', strip=True)} ")
    for tag in soup.find_all("img"):
        _picture(tag, report)
    for tag in reversed(soup.find_all("table")):  # those within others first
        _table(soup, tag, report)
    for tag in soup.find_all("a"):
        _link(tag, report)
    for tag in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        inner = soup.new_tag("strong")
        inner.extend(list(tag.contents))
        tag.name = "p"
        tag.append(inner)
    for tag in soup.find_all(["sub", "sup"]):
        _raised(tag, report)
    for tag in soup.find_all(["del", "s", "strike"]):
        report.lost(t("struck-out words in a text"), t("a card has no sign for them; they stand as they were before"))
        tag.unwrap()
    for tag in soup.find_all(["u", "ins", "mark"]):
        tag.name = "em"
    for tag in soup.find_all(_BLOCKS):
        tag.name = "div"


def _picture(tag: Tag, report: Report) -> None:
    source = unquote(str(tag.get("src", "")).rsplit("/", 1)[-1].split("?")[0])
    name = "" if str(tag.get("src", "")).startswith("data:") else source[:80]
    said = " ".join(str(tag.get("alt", "")).split())
    report.lost(t("a picture"), t("a card holds words alone; its alternative text stands in its place"), name)
    tag.replace_with(f" [{t('picture: {text}', text=said or t('without a text'))}] ")


def _link(tag: Tag, report: Report) -> None:
    target = str(tag.get("href", ""))
    if not re.match(r"(?:https?|mailto):", target):
        if target and not target.startswith("#"):
            report.lost(t("a link"), t("it leads into the other system; its words are kept"), target[:80])
        tag.unwrap()


def _raised(tag: Tag, report: Report) -> None:
    signs = _RAISED if tag.name == "sup" else _LOWERED
    text = tag.get_text().strip()
    if text and not all(sign in signs for sign in text):
        report.lost(t("words set high or low"), t("they stand on the line"), text[:80])
    tag.replace_with("".join(signs.get(sign, sign) for sign in text))


def _table(soup: BeautifulSoup, tag: Tag, report: Report) -> None:
    report.lost(t("the form of a table"), t("a card has none; each row is a line of a list"))
    listed = soup.new_tag("ul")
    for row in tag.find_all("tr"):
        line = soup.new_tag("li")
        cells = [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]
        for number, cell in enumerate(cells):
            if number:
                line.append("; ")
            line.extend(list(cell.contents))
        listed.append(line)
    if caption := tag.find("caption"):
        caption.name = "p"
        tag.insert_before(caption)
    tag.replace_with(listed)
