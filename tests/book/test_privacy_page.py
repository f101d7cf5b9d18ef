"""The page on privacy against the scripts: no kind of study is kept under a name that the page does not list."""

import re

from support.privacy import unlisted
from support.project import ROOT

JS = ROOT / "js/src/book"


def test_each_kind_of_study_that_is_kept_stands_on_the_page():
    begun = re.findall(r'"(candor-[a-z]+:)"', (JS / "record.js").read_text(encoding="utf-8"))
    kinds = re.findall(r"/\^candor-\(?([a-z|\[\]\\w+-]+)\)?\$/", (JS / "study.js").read_text(encoding="utf-8"))
    names = ["candor-" + one.replace(r"[\w-]+", "x") for kind in kinds for one in kind.split("|")]
    assert len(begun) >= 4 and {"candor-review", "candor-exam-x", "candor-keys"} <= set(names)
    assert unlisted([f"{one}x" for one in begun] + names) == []
    assert unlisted(["candor-new", "candor-new:x"]) == ["candor-new", "candor-new:x"]
