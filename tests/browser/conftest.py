"""The real system in a real browser: a small demo county of its own, and pages that stand no fault.

The county is made once in a run, whichever of the parallel workers comes first, and stopped by the last.
"""

import fcntl
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright

from matrikel.cli.serving import Serving
from matrikel.demo.county import STAFF
from tests.cli.conftest import UNCOMPRESSED, environment, run
from tests.cli.test_serve import free_port

PERSONS = 160
"""Enough for figures with a spread; a second for ten."""
SMALL_COUNTY = f"""
from matrikel.cli import demo
from matrikel.demo import county
county.PERSONS = {PERSONS}
demo.COLLECT = "from whitenoise.compress import Compressor; Compressor.compress = lambda s, p: []; " + demo.COLLECT
{UNCOMPRESSED}
"""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 15_000
"""Milliseconds a page may take, on a computer that does other things meanwhile."""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WHO = {worker.email.split(".")[0]: worker.email for worker in STAFF if worker.tries}
"""The nine whose log-ins are printed, by first name."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


# ── the system ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class System:
    """A running demo: where it answers, where it lies, and the passwords by e-mail."""

    address: str
    home: Path
    logins: dict[str, str]


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[System]:
    """The demo, started as a newcomer starts it, and stopped by the command line when nobody uses it any more."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if worker_id != "master" else shared
    home, users = shared / "county", shared / "county.users"
    with _alone(shared):
        if Serving.running(home) is None:
            _start(home)
        users.write_text(str(_count(users) + 1))
    server = Serving.running(home)
    assert server is not None
    try:
        logins = json.loads((home / "logins.json").read_text(encoding="utf-8"))
        yield System(server.address.rstrip("/"), home, logins)
    finally:
        with _alone(shared):
            users.write_text(str(_count(users) - 1))
            if _count(users) == 0:
                _stop(home, server)


def _start(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SMALL_COUNTY, "demo", "start"],
        env=environment(home, MATRIKEL_PORT=str(free_port())),
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _stop(home: Path, server: Serving) -> None:
    family = _family(server.pid)
    stopped = run(home, "demo", "stop")
    assert stopped.returncode == 0, stopped.stderr
    assert Serving.running(home) is None
    until = time.monotonic() + 10
    while (left := [pid for pid in family if _lives(pid)]) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == [], f"The demo is stopped, and these processes of it are not: {left}"


def _family(pid: int) -> list[int]:
    """A process and all that it has started."""
    found = [pid]
    for parent in found:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        found += [int(child) for child in children.read_text().split()] if children.exists() else []
    return found


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _count(users: Path) -> int:
    return int(users.read_text()) if users.exists() else 0


@contextmanager
def _alone(shared: Path) -> Iterator[None]:
    with (shared / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# ── the browser ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a file: its event loop must not outlive it into tests that use the database."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visitors:
    """Opens pages for the staff of the demo, and notes whatever goes wrong on any of them."""

    browser: Browser
    system: System
    kept: dict[str, Any]
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(self, who: str, **options: Any) -> Page:
        """A page of somebody logged in, in a context of its own."""
        if who not in self.kept:
            page = self.stranger()
            self.log_in(page, WHO[who], self.system.logins[WHO[who]])
            self.kept[who] = page.context.storage_state()
        return self.stranger(storage_state=self.kept[who], **options)

    def stranger(self, **options: Any) -> Page:
        """A page of somebody who is not logged in."""
        known = {
            "base_url": self.system.address,
            "viewport": WIDE,
            "locale": "sv-SE",
            "timezone_id": "Europe/Stockholm",
        }
        context = self.browser.new_context(**known | options)
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(2 * PATIENCE)
        self.contexts.append(context)
        context.on("page", self.watch)
        return context.new_page()

    def log_in(self, page: Page, email: str, password: str) -> None:
        page.goto("/konto/logga-in/")
        page.get_by_label("E-post").fill(email)
        page.get_by_label("Lösenord").fill(password)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url(lambda url: "/konto/" not in url)

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self._said(page, message))
        page.on("pageerror", lambda fault: self.faults.append(f"{page.url}: {fault}"))
        page.on("response", self._answered)
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"{page.url}: {message.text}")

    def _answered(self, answer: Response) -> None:
        refused = 400 if answer.request.resource_type != "document" else 500
        if answer.status >= refused:
            self.faults.append(f"{answer.status} {answer.request.method} {answer.url}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("127.0.0.1", "localhost"):
            self.faults.append(f"asked another host: {url}")

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="session")
def logged_in() -> dict[str, Any]:
    """What the browser keeps of each who has logged in."""
    return {}


@pytest.fixture
def visit(chromium: Browser, system: System, logged_in: dict[str, Any]) -> Iterator[Visitors]:
    """`visit("maria")` is a page of hers. The test fails on script faults, refused content, answers from 500 and up,
    parts of a page that are refused or missing, and anything asked from another host."""
    visitors = Visitors(chromium, system, logged_in)
    yield visitors
    visitors.leave()
    assert visitors.faults == []
