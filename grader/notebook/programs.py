"""The programs of Jupyter that ours start: Jupyter Book, JupyterLite, nbgrader."""

import sys


def start(module: str) -> list[str]:
    """The command that starts one by the module of its `main`, with no module of the folder in which it runs, and
    without the second in which jsonschema makes parsers of addresses (see `main` of `cli/door.py`)."""
    lean = "import sys; sys.modules['rfc3987_syntax'] = None"
    return [sys.executable, "-P", "-c", f"{lean}; from {module} import main; main()"]
