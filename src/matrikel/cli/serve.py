"""`matrikel serve`: the web server and the worker of long tasks, started and stopped together."""

import argparse
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from matrikel.cli import installation, serving
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _

PORT = 8000
WEB_WORKERS = 2
THREADS = 2
PATIENCE = 15.0


def add_to(nouns: Any) -> None:
    parser = nouns.add_parser("serve", help=_("starta webbservern och den som kör långa uppgifter"))
    parser.add_argument("--host", default="127.0.0.1", help=_("adress att lyssna på (127.0.0.1)"))
    parser.add_argument("--port", type=int, help=_("port att lyssna på (MATRIKEL_PORT eller 8000)"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    port = arguments.port or serving.port_asked() or PORT
    check(arguments.host)
    with serving.held(installation.home(), arguments.host, port):
        if not serving.is_free(arguments.host, port):
            raise Fault(
                _("Port %(port)s på %(host)s är upptagen eller får inte användas. Välj en annan med MATRIKEL_PORT.")
                % {"port": port, "host": arguments.host}
            )
        print(_("Lyssnar på %(host)s port %(port)s.") % {"host": arguments.host, "port": port}, flush=True)
        return _until_told(_commands(arguments.host, port))


def check(host: str) -> None:
    """Refuse to serve what is not sound: secret, durability, migrations, static files, a demo beyond this machine."""
    installation.start_installed()
    from matrikel.domain.access import door as access

    if access.is_demo() and host not in serving.LOOPBACK:
        raise Fault(
            _("En demo visas bara på den egna datorn: --host 127.0.0.1. Gör en riktig installation med matrikel init.")
        )
    if not installation.has_static():
        raise Fault(_("Stilmallarna är inte samlade. Kör: matrikel upgrade"))


def _commands(host: str, port: int) -> tuple[list[str], ...]:
    web = [
        "granian", "--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port),
        "--workers", str(WEB_WORKERS), "--blocking-threads", str(THREADS), "--respawn-failed-workers",
        "--log-level", "warning", "matrikel.site.wsgi:application",
    ]  # fmt: skip
    tasks = ["matrikel.site.manage", "db_worker"]
    return tuple([sys.executable, "-m", *command] for command in (web, tasks))


def _until_told(commands: tuple[list[str], ...]) -> int:
    """Run the children until a signal asks for the end, or one of them ends by itself (exit code 1)."""
    told: list[int] = []

    def tell(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, tell)
    children = [subprocess.Popen(command) for command in commands]
    try:
        while not told and all(child.poll() is None for child in children):
            time.sleep(0.1)
    finally:
        _end(children)
    return 0 if told else 1


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
