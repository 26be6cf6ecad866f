"""The command line as a shell meets it: a real installation in a folder of its own, and processes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ADMINISTRATOR = "adam@ostersund.example"
UNCOMPRESSED = """
import sys
from whitenoise.compress import Compressor
Compressor.compress = lambda self, path: []
from matrikel.cli.main import main
sys.exit(main())
"""
"""`matrikel …` without the ten seconds of compressing for the web."""


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MATRIKEL_", "DJANGO_"))}
    return kept | {"MATRIKEL_HOME": str(home)} | more


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`matrikel …` in a process of its own, with no terminal."""
    command = [sys.executable, "-m", "matrikel.cli.main", *arguments]
    return subprocess.run(
        command, env=environment(home, **more), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
    )


def asked(**instead: str) -> list[str]:
    """The options of `init`."""
    options = {
        "municipality": "2380", "board": "Socialnämnden", "unit": "Integrationsenheten", "admin-email": ADMINISTRATOR,
        "admin-name": "Adam Ek",
    }  # fmt: skip
    return [part for name, value in (options | instead).items() for part in (f"--{name}", value)]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One real installation for the session, and what making it printed. Not to be changed: copy it."""
    home = tmp_path_factory.mktemp("made") / "matrikel"
    done = subprocess.run(
        [sys.executable, "-c", UNCOMPRESSED, "init", *asked()],
        env=environment(home), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return home, done.stdout


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the installation, to break."""
    copy = tmp_path / "matrikel"
    shutil.copytree(made[0], copy)
    return copy
