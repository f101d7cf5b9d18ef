"""For those who learn."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from .desk import app, stop


@app.command("check-submission")
def check_submission(notebook: Annotated[Path, typer.Argument(help="The notebook, before it is handed in.")]) -> None:
    """What is answered, what is open, and what in the reflections may identify a client. Sends nothing, changes nothing."""
    from .. import receipt
    from ..submission import Refused

    try:
        work = receipt.read(notebook)
    except Refused as error:
        stop(str(error), 2)
    print(receipt.review(work))
    sys.exit(1 if work.found else 0)


@app.command("receipt")
def verify_receipt(
    notebook: Annotated[Path, typer.Argument(help="The notebook that was handed in.")],
    given: Annotated[Optional[Path], typer.Argument(help="The receipt to verify; without it, one is made.")] = None,
    trainee: Annotated[str, typer.Option(help="Whose receipt is made.")] = "",
) -> None:
    """Verify a trainee's receipt against the notebook that arrived, or make one."""
    from datetime import datetime

    from .. import receipt
    from ..submission import Refused

    try:
        work = receipt.read(notebook)
        words = given.read_text(encoding="utf-8", errors="replace") if given else ""
    except (Refused, OSError) as error:
        stop(str(error), 2)
    if given is None:
        print(receipt.receipt(work, trainee or notebook.stem.split("__")[0], datetime.now().astimezone()), end="")
        return
    different = receipt.verify(work, words)
    print(different or f"{notebook}: the answers are those of the receipt.")
    sys.exit(1 if different else 0)
