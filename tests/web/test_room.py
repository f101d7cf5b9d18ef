"""The web room: it knows nothing of cards or courses, and it alone has the keys to Jinja and Typst."""

import ast
from pathlib import Path

import grader.web

ROOM = Path(grader.web.__file__).parent
PACKAGE = ROOM.parent


def imported(path: Path):
    """(number of dots, module) of every import, also the lazy ones."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


def test_it_imports_nothing_of_ours_but_itself_and_what_says_a_message():
    assert not [
        (path.name, module)
        for path in ROOM.glob("*.py")
        for level, module in imported(path)
        if (level > 1 and module != "language") or module.split(".")[0] == "grader"
    ]


def test_jinja_and_typst_have_one_door():
    found = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        for level, module in imported(path)
        if not level and module.split(".")[0] in ("jinja2", "typst")
    }
    assert found == {"web"}


def test_nothing_else_writes_a_file_that_lasts():
    """Writing stands in `web/files.py`; elsewhere only scratch folders, archives and a log are filled."""
    allowed = {"web/files.py", "lite.py", "demo/run.py", "grading/collect.py", "grading/archives.py", "book/finding.py"}
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                modes = [
                    arg.value
                    for arg in (*node.args, *(word.value for word in node.keywords))
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
                if name in ("write_text", "write_bytes") or (
                    name == "open" and any(mode[:1] in "wax" and len(mode) < 4 for mode in modes if mode)
                ):
                    found.add(str(path.relative_to(PACKAGE)))
    assert found - allowed == set()
