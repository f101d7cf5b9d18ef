"""What we write, read by a parser that nobody here wrote."""

import json
import os
import shutil
import subprocess

import pytest

from grader.cards.library import load
from grader.exchange import gift
from grader.exchange.items import essays, items
from support.libraries import GOOD
from support.project import ROOT

PARSER = """
const { parse } = require("gift-pegjs");
process.stdout.write(JSON.stringify(parse(require("fs").readFileSync(0, "utf8"))));
"""


@pytest.fixture
def parsed():
    """A function: GIFT -> questions, as gift-pegjs reads them. Skips where node or the package is not installed."""
    if not shutil.which("node") or not (ROOT / "js/node_modules/gift-pegjs").is_dir():
        needed = os.environ.get("CANDOR_BROWSER") == "required"
        (pytest.fail if needed else pytest.skip)("node, or js/node_modules/gift-pegjs, is not installed: make js-test")

    def parse(text: bytes) -> list[dict]:
        done = subprocess.run(["node", "-e", PARSER], cwd=ROOT / "js", input=text, capture_output=True, check=True)
        return json.loads(done.stdout)

    return parse


def test_gift_means_to_another_parser_what_it_means_here(parsed):
    library = load(GOOD)
    asked = [item for use in ("practice", "graded", "exam") for item in items(library, use)]
    written = essays(library)
    read = {one["title"]: one for one in parsed(gift.write(asked, written)) if one["type"] != "Category"}
    assert set(read) == {item.name for item in asked} | {essay.title for essay in written}
    for item in asked:
        one = read[item.name]
        assert one["type"] == "MC" and one["id"] == item.name and one["tags"] == list(item.tags)
        for choice, theirs in zip(item.choices, one["choices"], strict=True):
            assert theirs["text"]["text"] == " ".join(choice.text.split())
            assert theirs["feedback"]["text"] == " ".join(choice.why.split())
            share = theirs["weight"] / 100 if theirs["weight"] is not None else float(theirs["isCorrect"])
            assert share == pytest.approx(choice.share, abs=1e-4)
    assert all(read[essay.title]["type"] == "Essay" for essay in written)
