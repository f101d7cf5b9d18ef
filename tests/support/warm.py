"""Commands without the seconds in which they import: a process that has imported nbgrader, Sphinx and ours, and has
read the library, forks for each.

A command still runs in a process of its own, with its own folder, environment, output and exit code, through the entry
point of its program. What a fork cannot show (that a program starts, and how fast) the tests see by starting it.
"""

import atexit
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory

#: What the commands import, late and each for itself.
MODULES = (
    "alembic.config",
    "grader.book",
    "grader.cli.door",
    "grader.grading.stock",
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "nbgrader.apps.nbgraderapp",
    "nbgrader.converters",
    "nbgrader.exchange.default",
    "openpyxl",
    "sphinx.builders.html",
    "sphinx_book_theme",
    "sphinxcontrib.bibtex",
)

PROGRAMS = "grader", "jupyter-book", "nbgrader"
PATIENCE = 900  # seconds, on a busy machine


def serve(requests, answers) -> dict | None:
    """Forks for each request and answers with its exit code. Returns the request in the fork, nothing at the end."""
    for line in requests:
        if (child := os.fork()) == 0:
            return json.loads(line)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(code, file=answers, flush=True)
    return None


def become(request: dict):
    """This fork is the program from here on; returns its name."""
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    for number, (path, how) in enumerate(zip(request["streams"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY))):
        opened = os.open(path, how | (os.O_APPEND if how else 0))
        os.dup2(opened, number)
        os.close(opened)
    program, *words = request["words"]
    sys.argv = [str(Path(sys.executable).with_name(program)), *words]
    return program


class Warm:
    """One such process; it is started when it is first needed, and ends with this one."""

    def __init__(self):
        self.lock, self.process = threading.Lock(), None

    def run(self, *words: str, folder: Path, environment: dict, given: str, apart: bool):
        """As `subprocess.run`. Without `apart`, what goes to standard error stands in the output."""
        with self.lock, TemporaryDirectory() as place:
            streams = [Path(place) / name for name in ("in", "out", "err" if apart else "out")]
            for path in streams[1:]:
                path.touch()
            streams[0].write_text(given)
            if self.process is None or self.process.poll() is not None:
                command = [sys.executable, __file__]
                pipe = subprocess.PIPE
                self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
            request = {
                "words": words,
                "folder": str(folder),
                "environment": environment,
                "streams": [str(path) for path in streams],
            }
            print(json.dumps(request), file=self.process.stdin, flush=True)
            late = threading.Timer(PATIENCE, os.killpg, (self.process.pid, signal.SIGKILL))
            late.start()
            code = self.process.stdout.readline()
            late.cancel()
            assert code, f"{' '.join(words)}: no end after {PATIENCE} seconds, or its process could not start"
            out, err = (path.read_text(errors="surrogateescape") for path in streams[1:])
            return subprocess.CompletedProcess(words, int(code), out, err if apart else None)


def newest() -> str:
    """The newest version of a gradebook. nbgrader starts `alembic heads` for it whenever it makes one, which takes
    seconds each time."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import _temp_alembic_ini

    with _temp_alembic_ini("sqlite://") as described:
        return ScriptDirectory.from_config(Config(described)).get_current_head()


def end(code: object) -> None:
    """As an interpreter ends, but without taking all modules apart, which takes seconds."""
    if isinstance(code, str):
        print(code, file=sys.stderr)
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    import lean  # noqa: F401
    from reading import remember

    from grader.cards.library import load

    for name in MODULES:
        importlib.import_module(name)
    remember()
    load(Path(__file__).resolve().parents[2])  # the library that most commands read
    version = newest()
    sys.modules["nbgrader.api"].get_alembic_version = lambda: version
    programs = {one.name: one.load() for one in entry_points(group="console_scripts") if one.name in PROGRAMS}
    here = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    gc.freeze()
    if (asked := serve(*here)) is not None:
        try:
            end(programs[become(asked)]())
        except SystemExit as ended:
            end(ended.code)
        except BaseException:
            traceback.print_exc()
            end(1)
