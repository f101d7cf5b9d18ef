"""The two commands on other people's machines: odd paths, a wrong Python, a moved folder, a failing installer."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support.project import ROOT

UV = """#!/bin/sh
# Stands for uv: says what it is asked, and writes where an editable install would put the extension.
[ "$1" = --version ] && exit 0
echo "$@" >> "$ASKED"
[ -n "$FAILS" ] && { seq 200; echo "$FAILS"; exit 1; }
case "$*" in *"-e ."*)
  mkdir -p .venv/share/jupyter/labextensions/candor; echo new > .venv/share/jupyter/labextensions/candor/written
  echo "$PWD" > $(echo .venv/lib/python3*/site-packages)/_editable_impl_candor_training.pth;;
esac
echo "Prepared 3 packages in 1s"
"""
PROGRAM = """#!/bin/sh
echo "$(basename "$0") $* in $PWD"
command -v alembic
"""


class Clone:
    """What `make` needs of the project, in a folder as people have them, and an installer that installs nothing."""

    def __init__(self, place: Path):
        self.place, self.folder = place, place / "Étude de cas" / "candor"
        (self.folder / "grader/labextension").mkdir(parents=True)
        for name in ("Makefile", "install.py", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, self.folder)
        (self.folder / "js").mkdir()
        shutil.copy(ROOT / "js/package-lock.json", self.folder / "js")
        self.program(place / "bin/npm", '#!/bin/sh\nmkdir -p js/node_modules\necho "npm $*"\n')
        self.program(place / "bin/uv", UV)
        self.program(place / "bin/python3", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        self.env = {
            "PATH": f"{place / 'bin'}:/usr/bin:/bin",
            "HOME": str(place),
            "ASKED": str(place / "asked"),
            "LC_ALL": "C",
        }

    def program(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def programs(self) -> None:
        """In the environment, programs that say how they were called."""
        for name in ("grader", "jupyter", "jupyter-book", "pytest", "alembic"):
            self.program(self.folder / ".venv/bin" / name, PROGRAM)

    def make(self, *words: str, **more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["make", *words],
            cwd=self.folder,
            env={**self.env, **more},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    @property
    def asked(self) -> list[str]:
        path = self.place / "asked"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


def installer():
    """install.py as a module."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "install.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("version", ["3, 10, 13", "3, 14, 0"])
def test_a_wrong_python_is_refused_in_one_line_before_anything_is_made(clone, version):
    code = f"import sys, runpy; sys.version_info = ({version}); del sys.argv[:2]; "
    code += "runpy.run_path(sys.argv[0], run_name='__main__')"
    clone.program(clone.place / "bin/python3", f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" - "$@"\n')
    clone.program(clone.place / "bin/python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    done = clone.make("demo")
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode and len(said) == 1, done.stderr
    assert f"This is Python {version.replace(', ', '.').rsplit('.', 1)[0]}; Candor runs on 3.11 to 3.13." in said[0]
    assert "make install PYTHON=python3.1" in said[0] and not (clone.folder / ".venv").exists() and not clone.asked
    assert clone.make("install", "PYTHON=python3.12").returncode == 0
    done = clone.make("install")  # the environment is there: with which Python one asks no longer matters
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_install_is_a_few_lines_and_the_second_says_nothing(clone):
    done = clone.make("install")
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert 2 <= len(said) <= 6 and "packages into .venv with uv: about" in said[0] and "MB in .venv." in said[-1], said
    assert "Prepared" in (clone.folder / ".venv/install.log").read_text()
    assert len(clone.asked) == 2
    assert clone.make("install").stdout == "" and len(clone.asked) == 2
    (clone.folder / "pyproject.toml").write_text((clone.folder / "pyproject.toml").read_text() + "\n# another\n")
    assert clone.make("install").returncode == 0 and len(clone.asked) == 4


def test_every_package_comes_by_its_hash_whoever_installs(monkeypatch, tmp_path):
    """uv where it is installed, pip otherwise: the same list, the same demand for hashes."""
    one, asked = installer(), {}
    for name, found in (("uv", "/usr/bin/uv"), ("pip", None)):
        monkeypatch.setattr(one, "uv", lambda found=found: found)
        monkeypatch.setattr(
            one, "run", lambda command, log, packages, name=name: asked.setdefault(name, []).append(" ".join(command))
        )
        (tmp_path / name).mkdir()
        one.fill(tmp_path / name)
    assert all("pip install" in command for commands in asked.values() for command in commands)
    assert all(
        commands[0].endswith("--require-hashes -r constraints.txt")
        and commands[1].endswith("--no-deps --no-build-isolation -e .")
        for commands in asked.values()
    )
    assert asked["uv"][0].startswith("/usr/bin/uv pip") and f"{tmp_path / 'pip/bin/python'} -m pip" in asked["pip"][0]


def test_pips_own_lines_are_counted(tmp_path, capsys):
    one = installer()
    pip = "for n in range(120): print(f'Collecting package-{n}==1\\n  Downloading it')\nprint('Installing collected')"
    with (tmp_path / "log").open("w") as log:
        one.run([sys.executable, "-c", pip], log, 120)
    said = capsys.readouterr().out.splitlines()
    assert [line.split(" fetched")[0] for line in said] == [
        "  50 of 120 packages",
        "  100 of 120 packages",
        "  120 of 120 packages",
    ]
    assert (tmp_path / "log").read_text().count("\n") == 241


@pytest.mark.parametrize(
    "words, said",
    [
        ("error: Failed to fetch: dns error: failed to lookup address", "could not be reached. Look at the network"),
        ("OSError: [Errno 28] No space left on device", "The disk is full. Make room"),
        ("error: Hash mismatch for `jedi==0.1`: they do not match", "is not the one that was tested"),
        ("something else", "Installing did not work. Read the log"),
    ],
)
def test_a_failing_installer_is_told_in_a_few_lines_and_the_next_run_goes_on(clone, words, said):
    done = clone.make("install", FAILS=words)
    assert done.returncode and said in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 7 and words in done.stderr and ".venv/install.log" in done.stderr
    assert clone.make("install").returncode == 0


def test_a_moved_folder_heals_and_says_so(clone):
    assert clone.make("install").returncode == 0
    old = clone.folder
    clone.folder = old.with_name("elsewhere")
    old.rename(clone.folder)
    (clone.folder / ".venv/stale").touch()
    done = clone.make("install")
    assert done.returncode == 0 and f"This folder was moved from {old}: its environment is made anew." in done.stdout, (
        done.stderr
    )
    assert not (clone.folder / ".venv/stale").exists()
    extension = clone.folder / ".venv/share/jupyter/labextensions/candor"
    assert extension.resolve() == (clone.folder / "grader/labextension").resolve()
    assert clone.make("install").stdout == ""


def test_an_environment_whose_python_is_gone_is_made_anew(clone):
    assert clone.make("install").returncode == 0
    for path in (clone.folder / ".venv/bin").glob("python*"):
        path.unlink()
    done = clone.make("install")
    assert done.returncode == 0 and "The Python of .venv is no longer there" in done.stdout


def test_what_was_not_made_here_is_not_deleted(clone):
    (clone.folder / ".venv").mkdir()
    (clone.folder / ".venv/precious").touch()
    done = clone.make("install")
    assert done.returncode and "is not empty and is no environment" in done.stderr and not clone.asked
    (clone.folder / ".venv/pyvenv.cfg").touch()
    done = clone.make("install")
    assert done.returncode and "rm -rf .venv" in done.stderr and (clone.folder / ".venv/precious").exists()
    assert clone.make("distclean").returncode and (clone.folder / ".venv/precious").exists()


def test_installing_again_does_not_write_into_the_source(clone):
    assert clone.make("install").returncode == 0
    (clone.folder / "constraints.txt").write_text((clone.folder / "constraints.txt").read_text() + "\n")
    assert clone.make("install").returncode == 0 and len(clone.asked) == 4
    assert not list((clone.folder / "grader/labextension").iterdir())


def test_python_starts_in_any_locale_and_finds_the_project(clone):
    """Also under LC_ALL=C, where Python 3.11 cannot read a path with an accent from a .pth file."""
    assert clone.make("install").returncode == 0
    (clone.folder / "grader/__init__.py").touch()
    code = "import grader, os; print(os.path.realpath(grader.__path__[0]))"
    done = subprocess.run(
        [clone.folder / ".venv/bin/python", "-c", code], cwd=clone.place, env=clone.env, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stdout.strip() == os.path.realpath(clone.folder / "grader"), done.stderr


def test_too_little_room_is_said_before_anything_is_made(monkeypatch, tmp_path):
    one = installer()
    monkeypatch.setattr(
        one.shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(10**10, 10**10 - 3 * 10**8, 3 * 10**8)
    )
    with pytest.raises(one.Stopped, match="takes about 1980 MB at .*, and 300 MB are free"):
        one.make(tmp_path / "env")
    assert not (tmp_path / "env").exists()


def test_each_target_runs_in_a_path_with_a_space_and_an_accent(clone):
    assert clone.make("install").returncode == 0
    clone.programs()
    alembic = str(clone.folder / ".venv/bin/alembic")
    for target, said in {
        "demo": f"grader demo .demo in {clone.folder}",
        "check": f"grader check in {clone.folder}",
        "lite": f"grader lite _build/html/desk in {clone.folder}",
        "links": f"grader links _build/html in {clone.folder}",
        "test": f"pytest -rs -n 4 --dist loadfile --no-loadscope-reorder in {clone.folder}",
    }.items():
        done = clone.make(target)
        assert done.returncode == 0 and said in done.stdout and alembic in done.stdout, done.stdout + done.stderr
    assert (clone.folder / "js/node_modules/.installed").exists()  # what tests/js runs with
    without = clone.make("test", "NODE=")  # as where there is no node: said in a line, and the rest goes on
    assert without.returncode == 0 and "node and npm are not installed" in without.stdout
    assert "npm --prefix" not in without.stdout and "pytest" in without.stdout
    done = clone.make("lab")
    assert done.returncode and "make demo SERVE=0" in done.stdout
    (clone.folder / ".demo/course").mkdir(parents=True)
    (clone.folder / ".demo/course/gradebook.db").touch()
    assert f"jupyter lab in {clone.folder}/.demo/course" in clone.make("lab").stdout


@pytest.mark.parametrize("goals", ["book lite", "lite book"])
def test_of_book_and_desk_the_desk_is_built_first(clone, goals):
    assert clone.make("install").returncode == 0
    clone.programs()
    said = clone.make(*goals.split()).stdout
    assert (
        0 <= said.index("grader lite") < said.index("jupyter-book build")
        and "grader lite" not in clone.make("book").stdout
    )


def test_distclean_takes_the_environment_too(clone):
    assert clone.make("install").returncode == 0
    (clone.folder / "_build").mkdir()
    assert clone.make("clean").returncode == 0
    assert (clone.folder / ".venv").exists() and not (clone.folder / "_build").exists()
    assert clone.make("distclean").returncode == 0 and not (clone.folder / ".venv").exists()
    assert "make distclean" in clone.make("help").stdout
    assert set(os.listdir(clone.folder)) == {
        "Makefile",
        "install.py",
        "pyproject.toml",
        "constraints.txt",
        "grader",
        "js",
    }


def test_what_is_published_has_its_desk_and_its_links_are_checked_first():
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())
    steps = [str(step.get("run") or step.get("uses")) for step in workflow["jobs"]["publish"]["steps"]]
    built = next(place for place, step in enumerate(steps) if {"make", "check", "book", "lite"} <= set(step.split()))
    published = next(place for place, step in enumerate(steps) if step.startswith("actions/upload-pages-artifact"))
    assert built < steps.index("make links") < published
