"""A file is written whole or not at all."""

import os
import subprocess
import sys
import threading

import pytest

from grader.web.files import write


def test_a_reader_sees_the_old_file_or_the_new_one_and_never_half_of_one(tmp_path):
    path, stop, seen = tmp_path / "f", threading.Event(), set()
    write(path, "a" * 500_000)

    def read():
        while not stop.is_set():
            text = path.read_text()
            seen.add((len(text), text[0], text[-1]))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        write(path, ("b" if number % 2 else "a") * 500_000, lasting=False)
    stop.set()
    reader.join()
    assert seen <= {(500_000, "a", "a"), (500_000, "b", "b")} and os.listdir(tmp_path) == ["f"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "f"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "half \ud800")
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["f"]


def test_a_file_that_cannot_be_written_is_named_as_it_was_given(tmp_path):
    with pytest.raises(FileNotFoundError) as met:
        write(tmp_path / "no" / "f.csv", "text")
    assert met.value.filename == str(tmp_path / "no" / "f.csv") and ".new" not in str(met.value)


def test_a_writer_that_is_killed_leaves_the_old_file(tmp_path):
    path = tmp_path / "f"
    write(path, "old")
    code = (
        "import os, sys; from pathlib import Path; from grader.web import files\n"
        "files.os.fsync = lambda handle: os._exit(9)\n"
        f"files.write(Path({str(path)!r}), 'new')"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 9
    assert path.read_text() == "old"


def test_permissions_and_links_stay(tmp_path):
    path, link = tmp_path / "f", tmp_path / "link"
    write(path, "one")
    path.chmod(0o640)
    link.symlink_to(path)
    write(link, "two")
    assert link.is_symlink() and path.read_text() == "two" and path.stat().st_mode & 0o777 == 0o640
    write(tmp_path / "key", "secret", mode=0o600)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("links", [True, False])
def test_of_two_writers_one_gets_a_fresh_file(tmp_path, monkeypatch, links):
    if not links:  # a disk without hard links
        monkeypatch.setattr(os, "link", lambda *places: (_ for _ in ()).throw(PermissionError()))
    path = tmp_path / "f"
    write(path, "mine", fresh=True)
    with pytest.raises(FileExistsError):
        write(path, "theirs", fresh=True)
    assert path.read_text() == "mine" and os.listdir(tmp_path) == ["f"]
