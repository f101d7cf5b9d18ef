"""Commands without the seconds in which they import: a process that has imported nbgrader, Sphinx and all of ours, and
has read the library, forks for each.

A command still runs in a process of its own, with its own folder, environment, output and exit code, through the entry
point of its program. What a fork cannot show (that a program starts, and how fast) the tests see by starting it.

There is one such process for all workers of a run: it forks for each worker that comes, and that fork for each of its
commands. A command that starts another one of these programs (`grader build` starts Jupyter Book, `grader demo`
nbgrader too) asks that process for it, as a worker does.
"""

import atexit
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import shutil
import signal
import socket
import subprocess
import sys
import threading
import traceback
import uuid
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

#: What the commands import, late and each for itself.
MODULES = (
    "alembic.config",
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "jupyterlab_server",
    "jupyterlite_core.app",
    "myst_nb.sphinx_ext",
    "nbgrader.apps.nbgraderapp",
    "nbgrader.converters",
    "nbgrader.exchange.default",
    "openpyxl",
    "sphinx.builders.html",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_external_toc",
    "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering",
    "sphinx_togglebutton",
    "sphinxcontrib.bibtex",
    "typer._adapters",
)

PROGRAMS = "grader", "jupyter-book", "jupyter-lite", "nbgrader"
PATIENCE = 900  # seconds, on a busy machine
ALONE = 10  # seconds after which it ends when no worker is there


def serve(door: socket.socket) -> dict | None:
    """Forks for each worker at the door, until none is there. Returns the request in the fork for a command, and
    nothing at the end."""
    door.settimeout(ALONE)
    workers = 0
    while True:
        try:
            line, _ = door.accept()
        except TimeoutError:
            while workers and os.waitpid(-1, os.WNOHANG)[0]:
                workers -= 1
            if not workers:
                return None
            continue
        if os.fork() == 0:
            door.close()
            os.setsid()  # it can be ended with its commands
            return answer(line)
        line.close()
        workers += 1


def answer(line: socket.socket) -> dict:
    """Forks for each request of a worker and answers with its exit code. Returns the request in the fork."""
    line.settimeout(None)
    with line.makefile("r") as requests, line.makefile("w") as answers:
        print(os.getpid(), file=answers, flush=True)
        for request in requests:
            if (child := os.fork()) == 0:
                return json.loads(request)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            print(code, file=answers, flush=True)
    os._exit(0)


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
    """A worker's line to that process, which is started when the first command of a run needs it."""

    def __init__(self, folder: Path | None = None):
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
        self.folder = folder or Path(gettempdir(), f"candor-{run[:16]}")
        self.lock, self.line, self.pid = threading.Lock(), None, 0

    def run(self, *words: str, folder: Path, environment: dict, given: str, apart: bool):
        """As `subprocess.run`. Without `apart`, what goes to standard error stands in the output."""
        with self.lock, TemporaryDirectory() as place:
            streams = [Path(place) / name for name in ("in", "out", "err" if apart else "out")]
            for path in streams[1:]:
                path.touch()
            streams[0].write_text(given)
            self._ask(words, folder, environment, streams)
            late = threading.Timer(PATIENCE, os.killpg, (self.pid, signal.SIGKILL))
            late.start()
            code = self.line.readline()
            late.cancel()
            if not code:
                self.line = None
                raise AssertionError(f"{' '.join(words)}: no end after {PATIENCE} seconds, or its process was ended")
            out, err = (path.read_text(errors="surrogateescape") for path in streams[1:])
            return subprocess.CompletedProcess(words, int(code), out, err if apart else None)

    def _ask(self, words, folder: Path, environment: dict, streams: list[Path]) -> None:
        if self.line is None:
            self._connect()
        paths = [str(path) for path in streams]
        request = {"words": words, "folder": str(folder), "environment": environment, "streams": paths}
        print(json.dumps(request), file=self.line, flush=True)

    def _connect(self) -> None:
        """The first worker starts the process, while others wait; who comes as it ends starts another."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            while not self._connected():
                command = [sys.executable, __file__, str(self.folder)]
                started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
                assert started.stdout.readline(), "the process that forks for each command could not start"

    def _connected(self) -> bool:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(self.folder / "door"))
            self.line = line.makefile("rw")
            self.pid = int(self.line.readline())
        except (OSError, ValueError):  # not there, or just ending
            self.line = None
        return self.line is not None


class Going:
    """A command that goes on, as a server does, on a line of its own; as `subprocess.Popen`."""

    def __init__(self, warm: Warm, *words: str, folder: Path, environment: dict):
        self._warm, self._place = Warm(warm.folder), TemporaryDirectory()
        given, said = (Path(self._place.name) / name for name in ("in", "out"))
        given.touch()
        os.mkfifo(said)
        self._warm._ask(words, folder, environment, [given, said, said])
        self.stdout = said.open()

    def send_signal(self, how: int) -> None:
        with suppress(ProcessLookupError):  # it has ended already
            os.killpg(self._warm.pid, how)

    def wait(self) -> str:
        """Until it has ended; what it said since."""
        late = threading.Timer(PATIENCE, self.send_signal, (signal.SIGKILL,))
        late.start()
        said = "" if self.stdout.closed else self.stdout.read()
        late.cancel()
        self.stdout.close()
        self._place.cleanup()
        return said


def start_warm(folder: Path, starts: dict[str, list[str]]) -> None:
    """From here on what `subprocess.run` is given that begins as one of the programs does is that program, forked as by
    `run`."""
    cold = subprocess.run

    def run(command: list[str], **how):
        program = next((name for name, start in starts.items() if command[: len(start)] == start), None)
        if program is None:
            return cold(command, **how)
        assert (how["stdout"], how["stderr"], how["text"]) == (subprocess.PIPE, subprocess.STDOUT, True)
        words = [program, *command[len(starts[program]) :]]
        environment = how.get("env", dict(os.environ))
        return Warm(folder).run(*words, folder=how["cwd"], environment=environment, given="", apart=False)

    subprocess.run = run


def newest() -> str:
    """The newest version of a gradebook. nbgrader starts `alembic heads` for it whenever it makes one, which takes
    seconds each time."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import _temp_alembic_ini

    with _temp_alembic_ini("sqlite://") as described:
        return ScriptDirectory.from_config(Config(described)).get_current_head()


def practise() -> None:
    """What a command else makes anew, and each makes the same: the rules that are searched for in words, the templates
    of pages, and the statements for a gradebook. They are a third of most commands."""
    from nbgrader.api import Gradebook
    from sphinx.application import builtin_extensions

    from grader.notebook.guard import identifiers
    from grader.web.shell import _environment

    for name in builtin_extensions:
        importlib.import_module(name)
    identifiers("")
    for path in Path(grader.__path__[0]).rglob("*.j2"):
        if "book" not in path.parts:  # that is read by Sphinx
            _environment(path.parent).get_template(path.name)
    with Gradebook("sqlite://") as book:
        book.add_assignment("a")
        book.add_notebook("a", "a")
        book.add_grade_cell("a", "a", "a", max_score=1, cell_type="markdown")
        book.add_source_cell("a", "a", "a", cell_type="markdown")
        book.add_solution_cell("a", "a", "a")
        book.add_student("a")
        book.add_submission("a", "a")
        found = book.find_submission_notebook("a", "a", "a")
        assert found.score == 0 and len(found.grades) == 1 and len(found.comments) == 1


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
    from reading import remember, remember_options

    import grader
    from grader.book.stage import BOOK
    from grader.cards.library import load
    from grader.cli.door import commands
    from grader.demo.run import PROGRAMS as DEMO
    from grader.lite import SITE
    from grader.notebook.programs import start

    ours = [one.name for one in pkgutil.walk_packages(grader.__path__, "grader.")]
    for name in [*MODULES, *(name for name in ours if not name.endswith("__main__"))]:
        importlib.import_module(name)
    remember()
    remember_options()
    commands()
    load(Path(__file__).resolve().parents[2])  # the library that most commands read
    version = newest()
    sys.modules["nbgrader.api"].get_alembic_version = lambda: version
    practise()
    programs = {one.name: one.load() for one in entry_points(group="console_scripts") if one.name in PROGRAMS}
    here = Path(sys.argv[1])
    start_warm(here, {"jupyter-book": start(BOOK), "jupyter-lite": start(SITE), "nbgrader": start(DEMO["nbgrader"])})
    gc.freeze()
    (here / "door").unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(here / "door"))
        door.listen()
        print("ready", flush=True)
        asked = serve(door)
    if asked is None:  # all workers have gone
        shutil.rmtree(here, ignore_errors=True)
    else:
        try:
            end(programs[become(asked)]())
        except SystemExit as ended:
            end(ended.code)
        except BaseException:
            traceback.print_exc()
            end(1)
