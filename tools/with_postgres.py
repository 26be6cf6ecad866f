"""Run a command beside a fresh PostgreSQL that is gone afterwards: `python tools/with_postgres.py pytest …`.

Sets MATRIKEL_DATABASE (the app's role) and MATRIKEL_OWNER_DATABASE (the owner's). Beside that database stands one for
each parallel worker of pytest, `matrikel_gw0` …, which tests/settings.py turns to. Needs PostgreSQL's binaries; as root
the server runs as the user `postgres`, since it refuses root.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATABASES = ("matrikel", "matrikel_gw0", "matrikel_gw1")
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def binaries() -> Path:
    found = shutil.which("postgres") or max(map(str, Path("/usr/lib/postgresql").glob("*/bin/postgres")), default="")
    if not found:
        raise SystemExit("PostgreSQL's binaries are missing. On Debian: apt-get install postgresql")
    return Path(found).parent


def as_server(command: list[str]) -> list[str]:
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    bin_, port = binaries(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="matrikel-pg-"))
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data, owner, app = folder / "data", secrets.token_hex(12), secrets.token_hex(12)
    initdb = [
        bin_ / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "--no-sync",
        "--locale=C.UTF-8",
        "-E",
        "UTF8",
    ]
    subprocess.run(as_server([str(part) for part in initdb]), check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        as_server([str(bin_ / "postgres"), "-D", str(data), "-p", str(port), "-c", "listen_addresses=127.0.0.1",
                   "-c", f"unix_socket_directories={folder}", *QUICK.split()]),
        stdout=subprocess.DEVNULL, stderr=(folder / "log").open("w"),
    )  # fmt: skip
    try:
        prepare(port, owner, app)
        environment = os.environ | {
            "MATRIKEL_DATABASE": f"postgresql://matrikel_app:{app}@127.0.0.1:{port}/matrikel",
            "MATRIKEL_OWNER_DATABASE": f"postgresql://matrikel_owner:{owner}@127.0.0.1:{port}/matrikel",
        }
        return subprocess.run(sys.argv[1:], env=environment).returncode
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def prepare(port: int, owner: str, app: str) -> None:
    """Two roles, and empty databases that the owner owns."""
    import psycopg

    for _attempt in range(100):
        try:
            connection = psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", autocommit=True)
            break
        except psycopg.OperationalError:
            time.sleep(0.1)
    else:
        raise SystemExit("PostgreSQL did not start.")
    with connection:
        connection.execute(f"CREATE ROLE matrikel_owner LOGIN CREATEDB NOBYPASSRLS PASSWORD '{owner}'")
        connection.execute(f"CREATE ROLE matrikel_app LOGIN NOBYPASSRLS PASSWORD '{app}'")
        for database in DATABASES:
            connection.execute(f"CREATE DATABASE {database} OWNER matrikel_owner")


if __name__ == "__main__":
    sys.exit(main())
