"""What a hostile trainee may try. Each time: the class is graded, the one is named, nothing outside its folder is read
or written, nothing runs.

Graded with `grader autograde`; `test_same_as_stock.py` and `test_loop.py` hold stock nbgrader to the same.
"""

import copy
import io
import json
import os
import threading
import time
import zipfile

import pytest

from grader.grading.run import autograde
from grader.reports.feedback import feedback
from support.course import Course, cell, choose, released_course, twin

RIGHT = {"first-card": "B", "second-card": "D", "many-card": "AC", "exam-card": "A"}


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Course:
    return released_course(tmp_path_factory.mktemp("attacks"))


@pytest.fixture
def course(released, tmp_path) -> Course:
    """A fresh course with one honest trainee, who has everything right."""
    made = twin(released, tmp_path / "course")
    made.submit("honest", full(made.released))
    return made


def full(notebook: dict) -> dict:
    notebook = copy.deepcopy(notebook)
    for name, letters in RIGHT.items():
        choose(notebook, name, letters)
    cell(notebook, "what-you-would-say")["source"] = "I would name both."
    return notebook


def everything_else_is_well(course: Course, outcome) -> None:
    assert "honest" in outcome.graded
    assert sum(score or 0 for score, _ in course.scores("honest").values()) == 7
    assert not (course.folder / "CANARY").exists()


def outside(course: Course) -> dict:
    """Every file of the course but what belongs to the hostile trainee, with its content."""
    return {
        str(path): path.read_bytes()
        for path in course.folder.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and "hostile" not in path.parts
        and "autograded" not in path.parts
        and path.suffix not in (".db", ".json")
    }


BAD_FILES = {
    "a hundred megabytes": lambda: b'{"cells": [' + b" " * 100_000_000 + b"]}",
    "deep nesting": lambda: b'{"cells": [' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"]}",
    "deep metadata": (
        lambda: (
            json.dumps({"cells": [{"cell_type": "markdown", "source": "x", "metadata": {}}]})
            .encode()
            .replace(b'"metadata": {}', b'"metadata": ' + b"[" * 90_000 + b"]" * 90_000)
        )
    ),
    "no text at all": lambda: b"",
    "random bytes": lambda: bytes(range(256)) * 40,
    "UTF-16": lambda: json.dumps({"cells": []}).encode("utf-16"),
    "infinity and friends": lambda: b'{"cells": NaN, "nbformat": Infinity}',
    "a number": lambda: b"7",
    "a huge number": lambda: b"1" * 100_000,
    "cells that are no cells": lambda: b'{"cells": [1, null, "x", []]}',
    "format 3": lambda: b'{"worksheets": [{"cells": []}], "nbformat": 3}',
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_is_no_notebook(course, kind):
    course.submit("hostile", BAD_FILES[kind]())
    before = outside(course)
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    assert (
        "hostile" in outcome.refused
        and outcome.refused["hostile"].count("\n") == 0
        and "hostile" in outcome.refused["hostile"]
    )
    assert not list((course.folder / "autograded").glob("hostile/*/*"))
    assert outside(course) == before


def odd_cells(notebook: dict) -> dict[str, dict]:
    canary = {
        "cell_type": "code",
        "source": "open('CANARY','w').write('x')",
        "metadata": {"nbgrader": {"grade": True, "grade_id": "first-card", "points": 99}},
        "outputs": [],
        "execution_count": 1,
    }
    return {
        "two thousand cells": {
            **notebook,
            "cells": (
                notebook["cells"]
                + [{"cell_type": "markdown", "metadata": {}, "source": f"cell {n}"} for n in range(2000)]
            ),
        },
        "two thousand copies": {
            **notebook,
            "cells": notebook["cells"] + [copy.deepcopy(cell(notebook, "first-card")) for _ in range(2000)],
        },
        "points of its own": json.loads(json.dumps(notebook).replace('"points": 1', '"points": 1e9')),
        "another kind": json.loads(json.dumps(notebook).replace("all-that-apply", "one-best-answer")),
        "a reading of its own": {
            **notebook,
            "cells": [
                {
                    **c,
                    "metadata": {
                        **c["metadata"],
                        "candor": {"role": "answer", "chosen": ["A"], "state": "answered", "note": ""},
                    },
                }
                for c in notebook["cells"]
            ],
        },
        "a code cell for an answer": {**notebook, "cells": [*notebook["cells"], canary]},
        "attachments and widgets": {
            **notebook,
            "metadata": {"widgets": {"x": 1}},
            "cells": [{**c, "attachments": {"a.png": {"image/png": "AAAA"}}} for c in notebook["cells"]],
        },
        "NUL, escapes and surrogates": json.loads(
            json.dumps(notebook).replace("I would name both.", "\\u0000\\u001b[2J\\ud800\\u202e I would")
        ),
        "a name that is a path": json.loads(json.dumps(notebook).replace('"first-card"', '"../../first-card"', 1)),
        "a name that is SQL": {
            **notebook,
            "cells": [
                *notebook["cells"],
                {
                    "cell_type": "markdown",
                    "source": "x",
                    "metadata": {"nbgrader": {"grade_id": "'; drop table grade; --", "grade": True}},
                },
            ],
        },
        "a megabyte of text": json.loads(json.dumps(notebook).replace("I would name both.", "words " * 200_000)),
        "metadata of another shape": {
            **notebook,
            "cells": [{**c, "metadata": {"nbgrader": [1, 2]}} for c in notebook["cells"][:3]] + notebook["cells"][3:],
        },
    }


@pytest.mark.parametrize(
    "kind",
    [
        *odd_cells(
            {"cells": [{"metadata": {"nbgrader": {"grade_id": "first-card"}}, "cell_type": "markdown", "source": ""}]}
        )
    ],
)
def test_an_odd_notebook_gives_no_more_than_its_answers(course, kind):
    course.submit("hostile", odd_cells(full(course.released))[kind])
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    scores = course.scores("hostile")
    assert sum(score or 0 for score, _ in scores.values()) <= 7
    graded = json.loads((course.folder / "autograded/hostile" / course.name / f"{course.name}.ipynb").read_text())
    assert len(graded["cells"]) < 400 and all(c["cell_type"] == "markdown" for c in graded["cells"])
    assert all(len("".join(c["source"])) < 2_000_000 for c in graded["cells"])


MARKUP = [
    "<script>window.x=1</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "[a](javascript:alert(1))",
    "![a](http://127.0.0.1:9/track.png)",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<style>.score{display:none}</style>",
    "<div style='position:fixed;inset:0;background:#fff'>100 %</div>",
    "</pre><script>1</script>",
    "$\\href{javascript:alert(1)}{x}$ $$\\require{html}\\style{x}{y}$$",
    "```html\n<script>1</script>\n```",
    "<!-- -->\n<script>1</script>",
    "[a]: javascript:alert(1)\n\n[a]",
    "<math><mtext></mtext><script>1</script></math>",
    "&lt;script&gt;",
    "<details open ontoggle=alert(1)>",
]


def test_markup_is_text_in_the_graded_copy_and_in_feedback(course):
    from html.parser import HTMLParser

    notebook = full(course.released)
    cell(notebook, "what-you-would-say")["source"] = "\n\n".join(MARKUP)
    cell(notebook, "first-card")["source"] += "\n" + "\n".join(MARKUP)
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "\n\n".join(MARKUP)})
    notebook["cells"].append({"cell_type": "raw", "metadata": {"format": "text/html"}, "source": "<script>1</script>"})
    course.submit("hostile", notebook)
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    feedback(course.folder, course.name, jobs=1)
    page = (course.folder / "feedback/hostile" / course.name / f"{course.name}.html").read_text()
    honest = (course.folder / "feedback/honest" / course.name / f"{course.name}.html").read_text()

    class Tags(HTMLParser):
        def __init__(self):
            super().__init__()
            self.seen = []

        def handle_starttag(self, tag, attributes):
            self.seen.append(tag)
            names = [name for name, _ in attributes]
            drawn = tag == "svg" and (dict(attributes).get("class") or "").startswith("candor-")
            self.seen[-1:] = [] if drawn else [tag]  # our icons; how many depends on what was answered
            assert not any(name.startswith("on") for name in names), (tag, names)
            assert not any(
                (value or "").strip().lower().startswith(("javascript:", "data:text")) for _, value in attributes
            )

    mine, yours = Tags(), Tags()
    mine.feed(page)
    yours.feed(honest)
    folds = page.count("Added by you") + page.count(
        "Your answer as you handed it in"
    )  # ours, for what was handed in beside the answers
    for tag in ("script", "img", "svg", "iframe", "style", "math", "details", "a"):
        assert mine.seen.count(tag) == yours.seen.count(tag) + (folds if tag == "details" else 0), tag
    assert "window.x=1" in page  # it can be read


def test_links_and_pipes_in_the_submitted_folder(course, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the supervisor's own file")
    folder = course.submit("hostile", full(course.released)).parent
    (folder / "notes.txt").symlink_to(secret)
    (folder / "up").symlink_to(course.folder)
    os.mkfifo(folder / "pipe")
    (folder / "plain.txt").write_text("a file of mine")
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    twin = {path.name for path in (course.folder / "autograded/hostile" / course.name).iterdir()}
    assert twin == {f"{course.name}.ipynb", "plain.txt"}
    assert secret.read_text() == "the supervisor's own file"


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_notebook_that_is_no_file(course, kind):
    path = course.submit("hostile", b"")
    path.unlink()
    {"link": lambda: path.symlink_to("/etc/passwd"), "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}[kind]()
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    assert "hostile" in outcome.refused


def test_a_folder_that_is_a_link(course, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / course.name).mkdir(parents=True)
    (elsewhere / course.name / f"{course.name}.ipynb").write_text(json.dumps(full(course.released)))
    (course.folder / "submitted/hostile").symlink_to(elsewhere)
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    assert "link" in outcome.refused["hostile"]


def test_a_file_that_changes_while_it_is_read(course):
    path = course.submit("hostile", full(course.released))
    texts = [json.dumps(full(course.released)), "half of a notebook {", json.dumps(course.released), ""]
    stop = time.monotonic() + 1.5
    done = threading.Event()

    def write():
        number = 0
        while not done.is_set() and time.monotonic() < stop:
            path.write_text(texts[number % 4])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(5):
        outcome = autograde(course.folder, course.name, jobs=1, force=True)
        everything_else_is_well(course, outcome)
        assert "hostile" in outcome.graded or "hostile" in outcome.refused
    done.set()
    writer.join()


@pytest.mark.parametrize(
    "name", ["o'hara", "a;b", "=1+1", "a b", "naïve", "--force", "*", "..hidden", "x" * 100, 'quote"d']
)
def test_odd_names_of_trainees(course, name):
    course.submit(name, full(course.released))
    outcome = autograde(course.folder, course.name, jobs=1)
    everything_else_is_well(course, outcome)
    assert name in outcome.graded or name.startswith(".")


def zipped(members: dict[str, bytes], **more) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(
        made, "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as archive:  # a bomb's gigabyte takes a while
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_of_a_file_downloaded_twice_the_later_is_collected(course):
    """Browsers call it `ada__holding (1).ipynb`; nbgrader alone would skip it, or collect nothing of the class."""
    folder = course.folder / "downloaded" / course.name / "archive"
    folder.mkdir(parents=True)
    early, late = (
        json.dumps({**full(course.released), "metadata": {"version": version}}).encode()
        for version in ("early", "late")
    )
    for name, data, at in (
        ("ada__holding.ipynb", early, 2_000_000_000),
        ("ada__holding (1).ipynb", late, 2_000_000_001),
        ("ida__holding (2).ipynb", late, 1_000_000_000),
    ):
        (folder / name).write_bytes(data)
        os.utime(folder / name, (at, at))
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("monday/eve__holding(3).ipynb", (2026, 1, 1, 9, 0, 0)), early)
        archive.writestr(zipfile.ZipInfo("tuesday/eve__holding.ipynb", (2026, 1, 2, 9, 0, 0)), late)
    output = course.nbgrader("zip_collect", course.name)
    assert "ada__holding.ipynb: an earlier version than ada__holding (1).ipynb" in output
    for trainee in ("ada", "ida", "eve"):
        assert json.loads((course.folder / "submitted" / trainee / course.name / f"{course.name}.ipynb").read_text())[
            "metadata"
        ] == {"version": "late"}


def test_archives_for_zip_collect(course):
    """A bomb, a way out of the folder, a broken archive, a link: each is named; the class's own archive is taken."""
    good, nothing = json.dumps(full(course.released)).encode(), b"0" * 19_000_000
    folder = course.folder / "downloaded" / course.name / "archive"
    folder.mkdir(parents=True)
    link = zipfile.ZipInfo("link__holding.ipynb")
    link.external_attr = 0o120777 << 16
    outside_file = course.folder.parent / "escaped__holding.ipynb"
    (folder / "class.zip").write_bytes(zipped({"ada__holding.ipynb": good, "grace__holding.ipynb": good}))
    (folder / "bomb.zip").write_bytes(zipped(dict.fromkeys((f"bomb{n}__holding.ipynb" for n in range(60)), nothing)))
    (folder / "large.zip").write_bytes(zipped({"large__holding.ipynb": b"0" * 30_000_000}))
    (folder / "slip.zip").write_bytes(
        zipped({"../../../../escaped__holding.ipynb": good, "/tmp/escaped__holding.ipynb": good})
    )
    (folder / "link.zip").write_bytes(zipped({link: b"/etc/passwd"}))
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and nothing else")
    output = course.nbgrader("zip_collect", course.name, ok=None)
    assert "Traceback" not in output
    for name in ("bomb.zip", "large.zip", "slip.zip", "link.zip", "broken.zip"):
        assert any(name in line and "not collected" in line for line in output.splitlines()), name
    assert not outside_file.exists() and not os.path.exists("/tmp/escaped__holding.ipynb")
    outcome = autograde(course.folder, course.name, jobs=1)
    assert {"ada", "grace", "honest"} <= set(outcome.graded) and not {"bomb0", "large", "link", "escaped"} & set(
        outcome.graded
    )
