"""Ledgers and what they come to, in the files that hold the page on one's own hours, too: `tests/hours`."""

import json
import os
from datetime import date
from types import SimpleNamespace

import pytest

from grader.learner.readiness import ledger as ledgers
from grader.learner.readiness import report, sheet_in
from grader.learner.readiness import rules as readiness
from grader.learner.readiness.versions import version_for
from support.project import ROOT

PLACE = ROOT / "tests/hours"
CASES = json.loads((PLACE / "ledgers.json").read_text(encoding="utf-8"))


def _row(told):
    sure = {"confidence": "SEEN", "verify": "yes" if told["unconfirmed"] else "no"}
    return SimpleNamespace(**told, **sure)


def _bodies():
    for told in json.loads((PLACE / "bodies.json").read_text(encoding="utf-8")):
        rows = [_row(one) for one in told.pop("requirements")]
        areas = [SimpleNamespace(**one) for one in told.pop("areas")]
        yield SimpleNamespace(**told, areas=areas, requirements=rows)


LIBRARY = SimpleNamespace(bodies={one.name: one for one in _bodies()})


def outcome(tmp_path, case):
    path = tmp_path / "ledger.csv"
    path.write_text(case["csv"], encoding="utf-8")
    kept = ledgers.read(path, case.get("dates", ""))
    body, chosen = version_for(case["body"], LIBRARY, kept.contract)
    found = readiness.evaluate(kept, body, chosen, date.fromisoformat(case["today"]))
    rows = {
        one.requirement.id: {
            "done": one.done,
            "counted": one.counted,
            "planned": one.planned,
            "needed": one.needed,
            "missing": one.missing,
            "state": report.state(one),
            "reasons": report.reasons(one),
            "foreseen": report.foreseen(one),
        }
        for one in found.standings
        if one.kept
    }
    refused = [words.removeprefix("ledger.csv, line ").split(": ", 1) for words in kept.refused]
    return {
        "chosen": chosen,
        "side": report.side(found),
        "drawn": report.drawn(found),
        "unforeseen": report.unforeseen(found),
        "entries": len(kept.entries),
        "refused": [[int(line), words] for line, words in refused],
        "told": [words.removeprefix("ledger.csv: ") for words in kept.told],
        "crowded": ledgers.crowded(kept.entries),
        "rows": rows,
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_ledger_comes_to_what_the_file_says(tmp_path, case):
    found = outcome(tmp_path, case)
    if os.environ.get("CANDOR_HOURS") == "update":
        case["comes_to"] = found
        (PLACE / "ledgers.json").write_text(json.dumps(CASES, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == case["comes_to"]


def rows_of(path):
    """What a program reads of a workbook: its rows that hold something, without what is empty at their ends; or why
    none."""
    try:
        rows = sheet_in.read(path)
    except sheet_in.Unreadable as error:
        return str(error).removeprefix(f"{path}: ")
    found = [[line, [*row]] for line, row in rows if any(row)]
    for _, row in found:
        while not row[-1]:
            row.pop()
    return found


def test_a_workbook_has_the_rows_that_the_page_reads_too():
    """As openpyxl and LibreOffice write them, with both first days, and one with what else the standard allows."""
    told = PLACE / "workbooks.json"
    found = {path.name: rows_of(path) for path in sorted((PLACE / "workbooks").iterdir())}
    if os.environ.get("CANDOR_HOURS") == "update":
        told.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(told.read_text(encoding="utf-8"))
