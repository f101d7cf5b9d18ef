"""What a wheel holds, and what it does in an empty environment outside the repository."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from book.test_published import bare, leaks, secrets  # noqa: F401
from packaging.requirements import Requirement

from grader.cli.extras import BRINGS
from support.libraries import copy_of_good, overlay
from support.project import ROOT

pytestmark = pytest.mark.slow
DRAWN = (".ttf", ".webp", ".woff2")  # fonts and pictures: two thirds of a wheel, and no words
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    to = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(to)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(to.glob("*.whl"))


def needed(distribution: importlib.metadata.Distribution, extra: str = "", seen: set | None = None) -> set[str]:
    """The distributions that an installer would take with one, by their names here."""
    seen = set() if seen is None else seen
    for line in distribution.requires or ():
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": one}) for one in {extra, ""}):
            for own in wanted.extras or {""}:
                if (wanted.name.lower(), own) not in seen:
                    seen.add((wanted.name.lower(), own))
                    needed(importlib.metadata.distribution(wanted.name), own, seen)
    return {name for name, _ in seen}


class Installed:
    """An environment with the wheel, what it depends on (linked from this one) and nothing else; an empty folder."""

    def __init__(self, wheel: Path, place: Path, extra: str = ""):
        venv.create(place / "venv")
        self.python, self.folder = place / "venv/bin/python", place / "empty"
        self.folder.mkdir()
        packages = next((place / "venv/lib").glob("python3*/site-packages"))
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)
        own = importlib.metadata.PathDistribution(next(packages.glob("candor_training-*.dist-info")))
        for name in needed(own, extra):
            found = importlib.metadata.distribution(name)
            for top in {file.parts[0] for file in found.files if file.parts[0] not in ("..", "__pycache__")}:
                if not (packages / top).exists():
                    (packages / top).symlink_to(found.locate_file(top))

    def __call__(self, *words: str, given: str = "", folder: Path | None = None) -> subprocess.CompletedProcess:
        environment = {"HOME": str(self.folder), "PATH": os.environ["PATH"]}
        command = [str(self.python), "-m", "grader", *words]
        return subprocess.run(
            command, cwd=folder or self.folder, env=environment, input=given, capture_output=True, text=True
        )


@pytest.fixture(scope="module")
def learner(wheel, tmp_path_factory):
    return Installed(wheel, tmp_path_factory.mktemp("learner"))


def test_it_holds_the_package_and_no_key_of_a_graded_or_exam_card(wheel, secrets):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        texts = {name: archive.read(name).decode("utf-8", "replace") for name in names if not name.endswith(DRAWN)}
    assert all(re.match(r"grader/|candor_training-[\d.]+\.(dist-info|data)/", name) for name in names), names
    assert any(name.endswith("labextensions/candor/static/remoteEntry.js") for name in names)
    assert leaks(bare(" ".join(texts.values())), secrets) == []
    cards = [text for name, text in texts.items() if name.startswith("grader/library/exercises/bank")]
    uses = [re.findall(r"^(?:- |  )?(?: {2})?use: (\S+)$", text, re.M) for text in cards]
    assert len(cards) > 200 and all(uses) and {use for found in uses for use in found} == {"practice"}
    rooms = {name.split("/")[3] for name in names if name.startswith("grader/library/exercises/")}
    assert rooms == {"bank", "certification"} and not any("case_vignettes" in name for name in names)


def test_from_an_empty_folder_a_learner_can_do_everything(learner, library):
    assert "readiness" in learner("--help").stdout
    assert learner("ledger", "new", "ledger.csv").returncode == 0
    done = learner("readiness", "ledger.csv", "--body", "cosrt", "--html", "page.html", "--pdf", "page.pdf")
    assert done.returncode == 0 and (learner.folder / "page.pdf").read_bytes().startswith(b"%PDF"), done.stderr
    done = learner("review", "--chapter", "confidentiality", given="q\n")
    assert done.returncode == 0 and "Your answer" in done.stdout, done.stderr
    done = learner("export", "anki", "--to", "deck.apkg")
    practice = sum(card.use == "practice" and not card.retired for card in library.questions.values())
    assert done.returncode == 0 and f"{practice} cards" in done.stdout, done.stdout + done.stderr


def test_a_folder_of_cards_is_checked(learner, tmp_path):
    cards = copy_of_good(tmp_path)
    done = learner("check", folder=cards)
    assert done.returncode == 0, done.stdout + done.stderr
    overlay(cards, ROOT / "tests/broken/Q003")
    done = learner("check", folder=cards)
    assert done.returncode == 1 and "Q003" in done.stdout, done.stdout + done.stderr


def test_a_programs_own_cards_are_begun_and_checked_beside_the_learners_part(learner, tmp_path):
    """Of the part that the package carries nothing is said: it is neither whole nor theirs."""
    own = tmp_path / "own"
    done = learner("new", "question", "confidentiality/our-own", "--private", str(own))
    card = own / "exercises/bank/confidentiality/our-own.yml"
    assert done.returncode == 0 and card.is_file(), done.stderr
    done = learner("check", "--private", str(own))
    assert done.returncode == 1 and "Read beside the learner's part" in done.stderr, done.stderr
    assert {line.split(":")[0] for line in done.stdout.splitlines() if line.startswith("/")} == {str(card)}
    assert not re.search(r"^(book|exercises|case_vignettes)/", done.stdout, re.MULTILINE)
    card.write_text((copy_of_good(tmp_path) / "exercises/bank/confidentiality/call-from-the-car.yml").read_text())
    done = learner("check", "--no-warnings", "--private", str(own))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("words", [["check"], ["new", "question", "confidentiality/mine"]])
def test_the_learners_part_is_neither_checked_nor_changed(learner, words):
    done = learner(*words)
    assert done.returncode == 2 and "a learner's part" in done.stderr and done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize(
    "words, extra",
    [
        (["course", "c"], "course"),
        (["autograde"], "course"),
        (["demo", "d"], "course"),
        (["lite", "d"], "desk"),
        (["badge", "keygen", "../k"], "badge"),
    ],
)
def test_a_missing_extra_is_one_line(learner, tmp_path, words, extra):
    done = learner(*words, folder=copy_of_good(tmp_path))
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and f"extra `{extra}`" in done.stderr, done.stderr


def test_without_a_library_it_says_where_one_is(learner, tmp_path):
    done = learner("readiness", "x.csv", "--library", str(tmp_path))
    assert done.returncode == 2 and PROJECT["urls"]["Source"] in done.stderr and done.stderr.count("\n") == 1


def test_with_its_extra_a_course_is_made(wheel, tmp_path):
    supervisor = Installed(wheel, tmp_path, "course")
    done = supervisor("course", "c", "--library", str(copy_of_good(tmp_path)))
    assert done.returncode == 0 and list((supervisor.folder / "c/source").glob("*/*.ipynb")), done.stderr
    done = supervisor("course", "other")
    assert done.returncode == 2 and "holds no assignment" in done.stderr and done.stderr.count("\n") == 1


def test_what_is_imported_is_declared():
    """Each package in the extra that its message names, or in what a learner gets."""
    names = importlib.metadata.packages_distributions()
    declared = {
        extra: {Requirement(line).name.lower() for line in lines}
        for extra, lines in {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}.items()
    }
    known = sys.stdlib_module_names | {"grader"}
    for path in sorted((ROOT / "grader").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                modules = [node.module]
            for package in {module.split(".")[0] for module in modules} - known:
                extra = next((extra for extra, brought in BRINGS.items() if package in brought), "")
                found = {name.lower().replace("_", "-") for name in names[package]}
                assert found & declared[extra], f"{path}: {package} is not among {sorted(declared[extra])}"
