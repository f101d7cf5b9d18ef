"""A PostgreSQL server of a test's own, and databases in it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres():
    """Makes databases, `make(name, template="")` -> address: on a server in a temporary folder, on a socket that only
    we can reach. Not in pytest's own folder, which the next pytest that starts closes to the server's account."""
    found = shutil.which("initdb") or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None
    )
    if not found:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    base, as_user = Path(tempfile.mkdtemp(prefix="candor-postgres-")), []
    if os.getuid() == 0:  # as which it refuses to run
        shutil.chown(base, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    control = [*as_user, f"{os.path.dirname(found)}/pg_ctl", "-D", str(base / "data")]
    options = f"-c listen_addresses='' -c unix_socket_directories='{base}' -c fsync=off"

    def ran(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd="/")

    def make(name: str, template: str = "") -> str:
        with psycopg.connect(f"host={base} user=candor dbname=postgres", autocommit=True) as connection:
            connection.execute(f"create database {name}" + (f" template {template}" if template else ""))
        return f"postgresql://candor@/{name}?host={base}"

    try:
        ran(*as_user, found, "-D", str(base / "data"), "-A", "trust", "-U", "candor")
        ran(*control, "-l", str(base / "log"), "-w", "-o", options, "start")
        yield make
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], capture_output=True, cwd="/")
        shutil.rmtree(base)
