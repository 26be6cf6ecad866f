"""The server starts only on what is sound, and stops whole."""

import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from matrikel.cli import installation
from matrikel.cli.main import main
from matrikel.cli.serving import Serving, held, is_free
from tests.cast import Cast
from tests.cli.conftest import environment, run


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20"])
def test_a_demo_is_shown_on_this_machine_alone(cast: Cast, capsys: pytest.CaptureFixture[str], host: str) -> None:
    assert main(["serve", "--host", host]) == 2
    assert "127.0.0.1" in capsys.readouterr().err


def test_a_durability_fault_stops_the_start(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unsound() -> bool:
        raise ImproperlyConfigured("SQLite did not take its durability settings")

    monkeypatch.setattr(installation, "exists", unsound)
    assert main(["serve"]) == 2
    assert "durability" in capsys.readouterr().err


def test_a_database_behind_the_program_is_refused(home: Path) -> None:
    with sqlite3.connect(home / "matrikel.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'django_tasks_database'")
        database.execute("DELETE FROM django_migrations WHERE app = 'mfa'")
    database.close()
    refused = run(home, "serve")
    assert refused.returncode == 2
    assert "matrikel upgrade" in refused.stderr


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_named(home: Path, port: str) -> None:
    refused = run(home, "serve", MATRIKEL_PORT=port)
    assert refused.returncode == 2
    assert f"MATRIKEL_PORT: {port}" in refused.stderr


def test_a_taken_port_is_named(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused = run(home, "serve", "--port", port)
    assert refused.returncode == 2
    assert port in refused.stderr


def test_no_server_is_found_by_a_stale_file(tmp_path: Path) -> None:
    assert Serving.running(tmp_path) is None
    (tmp_path / "serving.json").write_text('{"pid": 1, "host": "127.0.0.1", "port": 8000}')
    assert Serving.running(tmp_path) is None
    with held(tmp_path, "127.0.0.1", 8123):
        running = Serving.running(tmp_path)
        assert running is not None
        assert running.port == 8123
    assert not (tmp_path / "serving.json").exists()


def test_it_serves_is_alone_and_stops_with_its_children(home: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "matrikel.cli.main", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert answer(port) < 500
        second = run(home, "serve", "--port", str(free_port()))
        assert second.returncode == 2
        assert str(server.pid) in second.stderr
    finally:
        server.send_signal(signal.SIGTERM)
        output, _none = server.communicate(timeout=30)
    assert server.returncode == 0, output
    assert is_free("127.0.0.1", port)
    assert Serving.running(home) is None


def answer(port: int) -> int:
    """The status of the log-in page, as soon as anybody listens."""
    until = time.monotonic() + 40
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/konto/logga-in/", timeout=20) as page:
                return int(page.status)
        except urllib.error.HTTPError as fault:
            return fault.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer")
