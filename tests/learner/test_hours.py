"""Ledgers and what they come to, in the files that hold the page on one's own hours, too: `tests/hours`."""

import json
import os
from datetime import date
from types import SimpleNamespace

import pytest

from grader.learner.readiness import ledger as ledgers
from grader.learner.readiness import report
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
        }
        for one in found.standings
        if one.kept
    }
    refused = [words.removeprefix("ledger.csv, line ").split(": ", 1) for words in kept.refused]
    return {
        "chosen": chosen,
        "side": report.side(found),
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
