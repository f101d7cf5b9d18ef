"""Makes the environment: everything at its tested version, by hash, then the project itself, so that edits show.

    python3 install.py [FOLDER]      FOLDER is .venv if it is left out; `make` runs this before everything else

Does nothing where all is up to date. Installs with uv where that is there and with pip otherwise (CANDOR_INSTALLER=pip
asks for pip). What they say goes to FOLDER/install.log. Written so that any Python 3 can read it: its first task is to
refuse, in one line, those that the project cannot run on.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TAKES = {"uv": 1240, "pip": 1560}  # MB on disk; pip compiles what it installs
FREE = 1980  # MB; the installer needs some for itself
STEP = 50  # packages between two lines of progress


class Stopped(Exception):
    """Why nothing can be installed, and what to do."""


def main(words):
    folder = ROOT / (words[0] if words else ".venv")
    stamp = folder / ".installed"
    wanted = {"folder": str(folder), "of": fingerprint()}
    kept = read(stamp)
    if kept == wanted and python(folder).exists():
        return
    began = time.time()
    if not can_go_on(folder, kept):
        make(folder)
    stamp.write_text(json.dumps({**wanted, "of": "unfinished"}))
    fill(folder)
    stamp.write_text(json.dumps(wanted))
    print("Installed in %.0f s: %.0f MB in %s." % (time.time() - began, size(folder), shown(folder)), flush=True)


# ---- What is there ---------------------------------------------------------------------------------------------------


def fingerprint():
    """Of what is to be installed."""
    return hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    ).hexdigest()


def read(stamp):
    try:
        kept = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def python(folder):
    return folder / "bin" / "python"


def can_go_on(folder, kept):
    """Whether `folder` holds an environment that only has to be brought up to date. Removes ours where it cannot be."""
    if not folder.exists() or not any(folder.iterdir()):
        return False
    if not (folder / "pyvenv.cfg").is_file():
        raise Stopped(
            "%s is not empty and is no environment. Move it away, or give another folder: make VENV=FOLDER" % folder
        )
    if not kept:  # made by something else, or stopped before its first word
        if speaks(str(python(folder)), "import sys; print(sys.prefix)") == str(folder):
            return True
        raise Stopped(
            "%s does not work here and was not made here. Delete it, and run this again: rm -rf %s"
            % (folder, shown(folder))
        )
    if kept.get("folder") != str(folder):
        print(
            "This folder was moved from %s: its environment is made anew." % Path(str(kept.get("folder"))).parent,
            flush=True,
        )
    elif not python(folder).exists():
        print("The Python of %s is no longer there: it is made anew." % shown(folder), flush=True)
    else:
        return True
    shutil.rmtree(str(folder))
    return False


def speaks(program, code):
    """What a Python says to `code`; empty where it does not run."""
    try:
        done = subprocess.run([program, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    return os.fsdecode(done.stdout).strip() if done.returncode == 0 else ""


def uv():
    """The uv of this machine, if it runs."""
    found = shutil.which("uv")
    if not found or os.environ.get("CANDOR_INSTALLER") == "pip":
        return None
    done = subprocess.run([found, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return found if done.returncode == 0 else None


# ---- Making it -------------------------------------------------------------------------------------------------------


def make(folder):
    """An empty environment, by the Python that runs this. Raises Stopped where that cannot be; then nothing is made."""
    lowest, above = [
        tuple(map(int, found))
        for found in re.findall(
            r"[<>]=?(\d+)\.(\d+)",
            re.search(r'requires-python = "(.*)"', (ROOT / "pyproject.toml").read_text()).group(1),
        )
    ]
    if not lowest <= sys.version_info[:2] < above:
        names = ["python3.%d" % minor for minor in range(above[1] - 1, lowest[1] - 1, -1)]
        other = next((name for name in names if speaks(name, "print(1)")), None)
        todo = (
            "%s is here: make install PYTHON=%s" % (other, other)
            if other
            else "Install one of them, and run: make install PYTHON=%s" % names[0]
        )
        raise Stopped(
            "This is Python %d.%d; Candor runs on 3.%d to 3.%d. %s"
            % (*sys.version_info[:2], lowest[1], above[1] - 1, todo)
        )
    free = shutil.disk_usage(str(folder.parent)).free // 1000000
    if free < FREE:
        raise Stopped(
            "Installing takes about %d MB at %s, and %d MB are free. Make room, and run this again."
            % (FREE, folder.parent, free)
        )
    more = ["--without-pip"] if uv() else []
    done = subprocess.run(
        [sys.executable, "-m", "venv", *more, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        shutil.rmtree(str(folder), ignore_errors=True)
        raise Stopped("The environment cannot be made:\n" + os.fsdecode(done.stdout).strip())


def fill(folder):
    """Install what is pinned, then the project. Raises Stopped with the end of the log."""
    text = (ROOT / "constraints.txt").read_text()
    packages = len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
    quick = uv()
    log = folder / "install.log"
    name, time_of_it = ("uv", "half a minute") if quick else ("pip", "two or three minutes the first time")
    words = "Installing %d packages into %s with %s: about %d MB, %s. What it says: %s"
    print(words % (packages, shown(folder), name, TAKES[name], time_of_it, shown(log)), flush=True)
    command = (
        [quick, "pip", "install", "--python", str(python(folder))]
        if quick
        else [str(python(folder)), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    )
    extension = folder / "share" / "jupyter" / "labextensions" / "candor"
    if extension.is_symlink():  # the installer would write through it
        extension.unlink()
    with log.open("w", encoding="utf-8") as stream:
        run([*command, "--require-hashes", "-r", "constraints.txt"], stream, packages)
        run([*command, "--no-deps", "--no-build-isolation", "-e", "."], stream, 0)
    for path in folder.glob("lib/python3*/site-packages/*candor_training*.pth"):
        # Relative, for under LC_ALL=C Python 3.11 cannot start where an accent stands in such a file.
        if path.read_text(encoding="utf-8").strip() == str(ROOT):
            path.write_text(os.path.relpath(str(ROOT), str(path.parent)) + "\n", encoding="ascii")
    shutil.rmtree(str(extension), ignore_errors=True)
    extension.parent.mkdir(parents=True, exist_ok=True)
    extension.symlink_to(os.path.relpath(str(ROOT / "grader" / "labextension"), str(extension.parent)))


def run(command, log, packages):
    """Run an installer; its words go to the log, and a line to the person now and then."""
    began, fetched, told = time.time(), 0, False
    process = subprocess.Popen(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for raw in process.stdout:
        line = raw.decode("utf-8", "replace")
        log.write(line)
        if "Retrying" in line and not told:
            told = True
            print("  The package index does not answer; still trying.", flush=True)
        if packages and re.match(r"Collecting |Prepared |Installing collected", line):
            fetched = fetched + 1 if line.startswith("Collecting") else packages
            if fetched % STEP == 0 or fetched == packages:
                print("  %d of %d packages fetched, %.0f s" % (fetched, packages, time.time() - began), flush=True)
                packages = 0 if fetched == packages else packages
    if process.wait():
        log.flush()
        raise Stopped(reason(Path(log.name)))


def reason(log):
    """The end of a log, and before it what it means, where that can be told."""
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    text = "\n".join(lines[-40:])
    if "No space left" in text or "Disk quota" in text:
        why = "The disk is full. Make room"
    elif re.search(
        r"resolution|connect|timed out|Retrying|No matching distribution|error sending request|dns", text, re.IGNORECASE
    ):
        why = "The package index could not be reached. Look at the network"
    elif "hash" in text.lower() and "match" in text.lower():
        why = "A package is not the one that was tested, and nothing of it was installed. Look at your package index"
    else:
        why = "Installing did not work. Read the log"
    return "%s, and run the same command again. The end of %s:\n%s" % (
        why,
        shown(log),
        "\n".join("  " + line[:200] for line in lines[-4:]),
    )


def size(folder):
    """Megabytes on disk."""
    return (
        sum((Path(place) / name).lstat().st_blocks * 512 for place, _, names in os.walk(str(folder)) for name in names)
        / 1e6
    )


def shown(path):
    return str(path.relative_to(ROOT)) if ROOT in path.parents else str(path)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Stopped as stopped:
        sys.exit(str(stopped))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")
    except OSError as error:
        sys.exit("%s: %s. Look at the permissions and the space left." % (error.filename or ROOT, error.strerror))
