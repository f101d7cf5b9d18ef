"""The picture of the package: imports only go down, and each dependency has one door."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "grader"
#: The rooms, from the ground up; a room imports only from the floors below. DEVELOPING.md has the picture.
LAYERS = [
    {"language"},
    {"counted"},
    {"cards", "web"},
    {"checks", "kit", "notebook"},
    {"learner"},
    {"blind", "grading", "lite"},
    {"book", "reports"},
    {"marking", "exchange"},
    {"insight"},
    {"demo"},
    {"cli"},
    {"__main__"},
]
DOORS = {
    "yaml": {"cards"},
    "nbformat": {"notebook", "grading", "reports"},
    "nbconvert": {"grading", "reports"},
    "sphinx": {"book"},
    "tinycss2": {"book"},
    "docutils": {"book"},
    "lxml": {"book"},
    "nbgrader": {"grading"},
    "dateutil": {"grading"},
    "fsrs": {"learner"},
    "joserfc": {"learner", "exchange"},
    "genanki": {"learner"},
    "markdownify": {"exchange"},
    "bs4": {"exchange"},
    "defusedxml": {"exchange"},
    "jinja2": {"web"},
    "typst": {"web"},
    "docx": {"kit"},
    "pypdf": {"kit"},
    "sqlalchemy": {"grading", "reports", "marking"},
    "openpyxl": {"learner", "marking"},
    "starlette": {"marking"},
    "uvicorn": {"marking"},
    "pingouin": {"marking", "insight"},
    "statsmodels": {"marking", "insight"},
    "matplotlib": {"insight"},
    "typer": {"cli"},
    "rich": {"cli"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def top(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if name in names)


def imports(path: Path):
    """(name of our module or of a package, whether it is ours) for every import, also the lazy ones."""
    folders = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0], False
        elif isinstance(node, ast.ImportFrom):
            parts = [*folders[: len(folders) - node.level + 1], *(node.module or "").split(".")]
            names = [alias.name for alias in node.names] if parts == [""] else parts[:1]
            yield from ((name, True) for name in names)


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if p.name != "__init__.py" or p.parent != PACKAGE],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_imports_go_down_and_through_the_doors(path):
    here = top(path)
    for name, ours in imports(path):
        if ours and name != here:
            assert layer(name) < layer(here), f"{here} imports {name}"
        if not ours and name in DOORS:
            assert here in DOORS[name], f"{here} imports {name}"


def test_there_is_no_logic_in_a_face():
    for face in PACKAGE.rglob("__init__.py"):
        tree = ast.parse(face.read_text())
        assert not any(isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.If, ast.Try)) for node in tree.body), face


def test_modules_stay_small():
    long = {
        path.name: lines
        for path in (*MODULES, *PACKAGE.parent.joinpath("js/src").rglob("*.js"))
        if (lines := len(path.read_text().splitlines())) > 300
    }
    assert not long


HEAVY = ("nbgrader", "nbformat", "nbconvert", "sphinx", "jupyter_core", "sqlalchemy", "jsonschema", "pandas", "rich")


def then(words: list[str], code: str) -> str:
    """What a line of Python prints where a command has just run."""
    before = (
        f"import sys; sys.argv = ['grader', *{words!r}]\n"
        "from grader.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
    )
    done = subprocess.run([sys.executable, "-c", before + code], capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("words", [["--help"], ["explain", "Y001"], ["check", "--help"]])
def test_a_command_that_needs_nothing_heavy_imports_nothing_heavy(words):
    assert then(words, f"print([name for name in {HEAVY!r} if name in sys.modules])") == "[]"


def test_who_reads_notebooks_makes_no_parsers_of_addresses():
    """jsonschema would make 38 of them as it is imported, a second each time."""
    code = "import nbformat.validator; print([name for name in ('jsonschema', 'lark') if name in sys.modules])"
    assert then(["--help"], code) == "['jsonschema']"
