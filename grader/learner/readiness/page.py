"""Readiness as text, as a page and as PDF."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path

from .rules import Readiness, Standing
from .ledger import Ledger

NOTE = (
    "A planning aid from published rules, some of them old or read in copies: each row says so. "
    "A star means: not confirmed in the body's current text; ask the body. Only the body decides. Study with this library is not continuing-education credit unless your program is an approved provider."
)


def state(standing: Standing) -> str:
    """What a row says of itself in a word or two; a star where the rule was not confirmed in the body's current text."""
    return _state(standing) + (" *" if standing.unconfirmed else "")


def _state(standing: Standing) -> str:
    if not standing.kept:
        return "keep the evidence"
    if standing.needed is None:
        return f"{standing.counted:g} counted; no number was read"
    if standing.missing:
        return f"{standing.counted:g} of {standing.needed:g}, {standing.missing:g} missing"
    return f"{standing.counted:g} of {standing.needed:g}, " + ("not complete" if standing.short else "complete")


def _lines(standing: Standing) -> list[str]:
    lines = []
    if standing.kept and standing.done != standing.counted:
        lines.append(f"{standing.done:g} done, {standing.counted:g} counted.")
    lines += standing.reasons
    if standing.planned:
        lines.append(f"{standing.planned:g} planned.")
    if standing.forecast:
        lines.append(f"Forecast: {standing.forecast}")
    return lines


def evidence(standing: Standing) -> str:
    """What to have at hand for a row: the files that the ledger names, and how many of its lines name none or lack initials."""
    words = str(standing.requirement.title)
    if not standing.entries:
        return words
    files = list(dict.fromkeys(entry.evidence for entry in standing.entries if entry.evidence))
    bare = sum(not entry.evidence for entry in standing.entries)
    unsigned = sum(entry.kind == "supervision" and not entry.initials for entry in standing.entries)
    parts = [", ".join(files)] * bool(files)
    parts += [f"{bare} of {len(standing.entries)} lines name no file"] * bool(bare)
    parts += [f"{unsigned} without a supervisor's initials"] * bool(unsigned)
    return f"{words}: {'; '.join(parts)}"


def _side(found: list[Readiness]) -> list[tuple[str, str]]:
    """(body, how many of the requirements that are counted are complete), for several bodies."""
    rows = [(str(one.body.title), f"{sum(s.complete for s in one.standings)} of {sum(s.kept and s.needed is not None for s in one.standings)}") for one in found]
    return rows if len(rows) > 1 else []


def text(found: list[Readiness], ledger: Ledger) -> str:
    """For the terminal."""
    lines: list[str] = []
    for one in found:
        lines += [str(one.body.title), f"  By {one.chosen}"]
        for standing in one.standings:
            lines.append(f"  {standing.requirement.title}: {state(standing)}")
            lines += [f"      {line}" for line in _lines(standing)]
        lines.append("")
    lines += [f"Left out: {line}" for line in ledger.refused] + [f"Look at: {line}" for line in ledger.notices]
    return "\n".join([*lines, NOTE])


def page(found: list[Readiness], ledger: Ledger, today: date) -> str:
    """One HTML page that needs nothing else: the bodies side by side, then each with its reasons and its evidence checklist."""
    e = html.escape
    parts = []
    for one in found:
        rows = "".join(
            f'<tr><th scope="row">{e(str(s.requirement.title))}</th><td>{e(state(s))}{_bar(s)}</td><td>{"<br>".join(e(line) for line in _lines(s))}</td>'
            f"<td>{e(str(s.requirement.version))}, {e(str(s.requirement.date))}</td></tr>"
            for s in one.standings
        )
        checks = "".join(f"<li>{e(evidence(standing))}</li>" for standing in one.standings)
        parts.append(
            f"<section><h2>{e(str(one.body.title))}</h2><p>By {e(one.chosen)}</p><div class='wide' tabindex='0' role='region' aria-label='{e(str(one.body.title))}'><table>"
            f"<thead><tr><th scope='col'>Asked</th><th scope='col'>Where you stand</th><th scope='col'>Why</th><th scope='col'>Rule of</th></tr></thead><tbody>{rows}</tbody></table></div>"
            f"<h3>Evidence to have at hand</h3><ul class='check'>{checks}</ul></section>"
        )
    side = "".join(f"<tr><th scope='row'>{e(title)}</th><td>{share}</td></tr>" for title, share in _side(found))
    table = f"<h2>Side by side</h2><table><thead><tr><th scope='col'>Body</th><th scope='col'>Counted requirements complete</th></tr></thead><tbody>{side}</tbody></table>" if side else ""
    odd = "".join(f"<li>{e(line)}</li>" for line in (*ledger.refused, *ledger.notices))
    odd = f"<h2>Lines to look at</h2><ul>{odd}</ul>" if odd else ""
    return _PAGE.format(today=f"{today:%d %B %Y}", table=table, parts="".join(parts), odd=odd, note=e(NOTE))


def _bar(standing: Standing) -> str:
    if not standing.needed:
        return ""
    share = min(100, 100 * standing.counted / standing.needed)
    return f"<div class='bar' aria-hidden='true'><div style='width:{share:.0f}%'></div></div>"


class _Sheet:
    """A PDF of plain paragraphs, A4, in a font that holds more than Latin-1 where the machine has one."""

    def __init__(self, title: str):
        from fpdf import FPDF

        self._paper = FPDF(format="A4")
        self._paper.set_title(title)
        self._paper.set_lang("en")
        self._font = _font(self._paper)
        self._paper.add_page()
        self.write(title, 18, "B")

    def write(self, words: str, size: int, style: str = "", indent: float = 0) -> None:
        if self._font == "helvetica":
            words = words.encode("latin-1", "replace").decode("latin-1")
        self._paper.set_font(self._font, style, size)
        self._paper.set_x(self._paper.l_margin + indent)
        self._paper.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT", align="L")

    def gap(self, size: float = 3) -> None:
        self._paper.ln(size)

    def save(self, path: Path) -> None:
        self._paper.output(str(path))


def sheet(title: str) -> _Sheet:
    """An empty PDF with a title."""
    return _Sheet(title)


def pdf(found: list[Readiness], ledger: Ledger, today: date, path: Path) -> None:
    """The same as PDF, for a supervisor's file."""
    paper = sheet(f"Readiness on {today:%d %B %Y}")
    for title, share in _side(found):
        paper.write(f"{title}: {share} counted requirements complete", 11)
    for one in found:
        paper.gap(4)
        paper.write(str(one.body.title), 14, "B")
        paper.write(f"By {one.chosen}", 10)
        for standing in one.standings:
            paper.gap(1.5)
            paper.write(f"[  ] {standing.requirement.title}: {state(standing)}", 11)
            for line in (*_lines(standing), f"Rule of {standing.requirement.version}, {standing.requirement.date}."):
                paper.write(line, 9, indent=8)
        paper.gap()
        paper.write("Evidence to have at hand", 12, "B")
        for standing in one.standings:
            paper.write(f"[  ] {evidence(standing)}", 10)
    for line in (*ledger.refused, *ledger.notices):
        paper.write(line, 9)
    paper.gap(4)
    paper.write(NOTE, 9)
    paper.save(path)


#: Fonts that hold more than Latin-1, where the machine has one.
FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSans", "/Library/Fonts/Arial Unicode", "C:/Windows/Fonts/arial")


def _font(paper) -> str:
    for stem in FONTS:
        if Path(f"{stem}.ttf").is_file():
            bold = next((path for path in (f"{stem}-Bold.ttf", f"{stem}bd.ttf") if Path(path).is_file()), f"{stem}.ttf")
            paper.add_font("text", "", f"{stem}.ttf")
            paper.add_font("text", "B", bold)
            return "text"
    return "helvetica"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Readiness</title>
<style>
:root {{ color-scheme: light dark; --paper: #fdfcf9; --ink: #1f2a37; --soft: #f0eee8; --line: #b9bec6; --link: #0b5f59; }}
@media (prefers-color-scheme: dark) {{ :root {{ --paper: #16191d; --ink: #e6e8eb; --soft: #22272e; --line: #57606a; --link: #7fd6cd; }} }}
body {{ margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }} main {{ max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem; }}
table {{ border-collapse: collapse; width: 100%; }} th, td {{ text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); }} tbody th {{ font-weight: 500; }}
.bar {{ height: .5rem; background: var(--soft); border-radius: .3rem; overflow: hidden; margin-top: .3rem; min-width: 8rem; }} .bar div {{ height: 100%; background: var(--link); }}
.wide {{ overflow-x: auto; }} .check {{ list-style: "\\2610  "; }} .note {{ background: var(--soft); border-left: 4px solid var(--link); padding: .5rem 1rem; }}
</style></head><body><main><h1>Readiness on {today}</h1><p class="note">{note}</p>{table}{parts}{odd}</main></body></html>
"""
