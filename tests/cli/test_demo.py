"""The demo: made, shown on this machine, kept when it is started again, and never mixed up with a real installation."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from matrikel.cli.serving import Serving
from tests.cli.conftest import UNCOMPRESSED, environment, run
from tests.cli.test_serve import free_port

SMALL = f"""
from matrikel.cli import demo
from matrikel.demo import county
county.PERSONS = 25
demo.COLLECT = "from whitenoise.compress import Compressor; Compressor.compress = lambda s, p: []; " + demo.COLLECT
{UNCOMPRESSED}
"""


def demo(home: Path, verb: str, port: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SMALL, "demo", verb], env=environment(home, MATRIKEL_PORT=str(port)),
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def logins(said: str) -> list[str]:
    return [line for line in said.splitlines() if ".example " in line]


def test_a_demo_is_made_kept_stopped_and_made_anew(tmp_path: Path) -> None:
    home, port = tmp_path / "demo", free_port()
    try:
        first = demo(home, "start", port)
        assert f"http://127.0.0.1:{port}/" in first
        assert len(logins(first)) == 9
        assert (home / "logins.json").stat().st_mode & 0o777 == 0o600
        server = Serving.running(home)
        assert server is not None
        with urllib.request.urlopen(f"{server.address}konto/logga-in/", timeout=20) as page:
            assert page.status == 200
        assert logins(demo(home, "start", port)) == logins(first)
        assert Serving.running(home) == server
        demo(home, "stop", port)
        assert Serving.running(home) is None
        anew = demo(home, "reset", port)
        assert len(logins(anew)) == 9
        assert logins(anew) != logins(first)
    finally:
        run(home, "demo", "stop")
    assert Serving.running(home) is None


@pytest.mark.parametrize("verb", ["start", "reset"])
def test_a_real_installation_is_never_touched(home: Path, verb: str) -> None:
    before = {path: path.read_bytes() for path in home.iterdir() if path.is_file()}
    refused = run(home, "demo", verb)
    assert refused.returncode == 2
    assert str(home) in refused.stderr
    assert {path: path.read_bytes() for path in home.iterdir() if path.is_file()} == before


def test_another_database_is_refused(tmp_path: Path) -> None:
    refused = run(tmp_path / "demo", "demo", "start", MATRIKEL_DATABASE="sqlite:////tmp/other.sqlite3")
    assert refused.returncode == 2
    assert "MATRIKEL_DATABASE" in refused.stderr


def test_stopping_what_does_not_run_is_no_fault(tmp_path: Path) -> None:
    assert run(tmp_path, "demo", "stop").returncode == 0


def test_log_ins_in_its_folder_do_not_make_a_real_one_a_demo(home: Path) -> None:
    (home / "logins.json").write_text("{}")
    before = (home / "matrikel.sqlite3").read_bytes()
    for verb in ("start", "reset"):
        assert run(home, "demo", verb).returncode == 2
    assert (home / "matrikel.sqlite3").read_bytes() == before
