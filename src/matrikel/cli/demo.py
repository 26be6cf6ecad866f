"""`matrikel demo start|reset|stop`: the demo county on this computer, with invented people and its own passwords."""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from matrikel.cli import installation, serve, serving
from matrikel.cli.faults import Fault
from matrikel.cli.serving import Serving
from matrikel.cli.wording import _

HOME = Path("var") / "demo"
LOGINS = "logins.json"
LOG = "log"
LAST_PORT = 8099
PATIENCE = 60.0
OK = 200
MADE = "made"
"""Written last: without it the county is half made, and is made again."""
DATABASE = ("matrikel.sqlite3", "matrikel.sqlite3-wal", "matrikel.sqlite3-shm")
OURS = (*DATABASE, MADE, "secret", "static", "uploads", "extracts", LOG, serving.FILE, LOGINS)


def add_to(nouns: Any) -> None:
    verbs = nouns.add_parser("demo", help=_("ett påhittat län på den egna datorn")).add_subparsers(
        required=True, metavar=_("VAD")
    )
    verbs.add_parser("start", help=_("skapa demon om den saknas, och starta den")).set_defaults(run=run_start)
    verbs.add_parser("stop", help=_("stoppa demon; allt sparas")).set_defaults(run=run_stop)
    verbs.add_parser("reset", help=_("stoppa demon, radera den och skapa en ny")).set_defaults(run=run_reset)


def run_start(_arguments: argparse.Namespace) -> int:
    home = _home()
    running = Serving.running(home)
    if running is None:
        port = _port()
        logins = _make(home)
        running = _serve(home, port)
    else:
        logins = _read(home)
    _tell(running, logins)
    return 0


def run_stop(_arguments: argparse.Namespace) -> int:
    home = _home()
    running = Serving.running(home)
    if running is None:
        print(_("Demon är inte igång."))
        return 0
    running.stop(home)
    print(_("Demon är stoppad. Starta den igen med: make demo"))
    return 0


def run_reset(arguments: argparse.Namespace) -> int:
    home = _home()
    if home.exists() and any(home.iterdir()):
        _must_be_demo(home)
        run_stop(arguments)
        _remove(home, OURS)
    return run_start(arguments)


def _home() -> Path:
    """The demo's folder: MATRIKEL_HOME, or var/demo where the command is run."""
    os.environ.setdefault("MATRIKEL_HOME", str(HOME.resolve()))
    if "MATRIKEL_DATABASE" in os.environ:
        raise Fault(_("Demon har en egen databas. Ta bort MATRIKEL_DATABASE ur miljön."))
    return installation.home()


def _must_be_demo(home: Path) -> None:
    """The log-ins lie only in a demo's folder, and its database says that it is one: nothing real is ever touched."""
    if home.exists() and any(home.iterdir()) and (not (home / LOGINS).exists() or _is_real(home / DATABASE[0])):
        raise Fault(_("%(home)s är inte en demo. Välj en annan mapp med MATRIKEL_HOME.") % {"home": home})


def _is_real(database: Path) -> bool:
    if not database.exists():
        return False
    with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("SELECT 1 FROM access_installation WHERE NOT is_demo").fetchone() is not None
        except sqlite3.OperationalError:  # no tables yet
            return False


def _remove(home: Path, names: tuple[str, ...]) -> None:
    for name in names:
        if (home / name).is_dir():
            shutil.rmtree(home / name)
        else:
            (home / name).unlink(missing_ok=True)


def _port() -> int:
    asked = serving.port_asked()
    if asked is not None:
        if not serving.is_free("127.0.0.1", asked):
            raise Fault(_("Port %(port)s är upptagen. Välj en annan: MATRIKEL_PORT=8123 make demo") % {"port": asked})
        return asked
    for port in range(serve.PORT, LAST_PORT + 1):
        if serving.is_free("127.0.0.1", port):
            return port
    raise Fault(_("Portarna %(first)s–%(last)s är upptagna. Välj en annan: MATRIKEL_PORT=9123 make demo")
                % {"first": serve.PORT, "last": LAST_PORT})  # fmt: skip


# ── making it ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _make(home: Path) -> dict[str, str]:
    """The demo's database, static files and passwords; what stands is kept. A half-made county is made again."""
    _must_be_demo(home)
    installation.make_home()
    logins = _read(home) or _new_logins(home)
    installation.make_secret()
    if (home / MADE).exists():
        installation.start()
        if installation.missing_migrations():
            installation.migrate()
        installation.collect_static()
        return logins
    _remove(home, DATABASE)
    collecting = subprocess.Popen([sys.executable, "-c", COLLECT])
    installation.start()
    installation.migrate()
    _populate(logins)
    if collecting.wait():
        raise Fault(_("Stilmallarna kunde inte samlas; se ovan."))
    (home / MADE).touch()
    return logins


COLLECT = "from matrikel.cli import installation; installation.start(); installation.collect_static()"
"""Compressing for the web takes as long as half the county, so it is done beside it."""


def _read(home: Path) -> dict[str, str]:
    try:
        logins: dict[str, str] = json.loads((home / LOGINS).read_text(encoding="utf-8"))
        return logins
    except FileNotFoundError:
        return {}


def _new_logins(home: Path) -> dict[str, str]:
    from matrikel.demo.county import STAFF

    logins = {worker.email: installation.new_password() for worker in STAFF if worker.tries}
    handle = os.open(home / LOGINS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(logins, file, indent=1)
    return logins


def _populate(logins: dict[str, str]) -> None:
    from matrikel.demo import county, generate, results
    from matrikel.kernel import clock

    print(_("Skapar ett påhittat Jämtland. Det tar en knapp minut första gången."), flush=True)
    told = _teller(_("Påhittade personer: %(done)s av %(total)s"))
    generate.populate(today=clock.today(), persons=county.PERSONS, passwords=logins, progress=told)
    results.publish(today=clock.today(), progress=_teller(_("Mått räknade: %(done)s av %(total)s nämnder")))


def _teller(text: str) -> Callable[[int, int], None]:
    """Tell how far it has come: in one place on a terminal, else only when it is done."""

    def tell(done: int, total: int) -> None:
        if done == total or sys.stdout.isatty():
            print(text % {"done": done, "total": total}, end="\n" if done == total else "\r", flush=True)

    return tell


# ── serving it ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _serve(home: Path, port: int) -> Serving:
    """Start the server in the background and wait until it answers. Raises Fault with the log's place otherwise."""
    (home / LOG).mkdir(mode=0o700, exist_ok=True)
    log = home / LOG / "serve.log"
    command = [sys.executable, "-m", "matrikel.cli.main", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("ab") as output:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    started = Serving(child.pid, "127.0.0.1", port)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        status = _status(started)
        if status == OK:
            return started
        if status:
            break
        time.sleep(0.1)
    if child.poll() is None:
        started.stop(home)
    raise Fault(_("Servern svarar inte som den ska. Se %(log)s") % {"log": log})


def _status(server: Serving) -> int:
    """What the log-in page answers with; 0 while nobody listens."""
    try:
        with urllib.request.urlopen(f"{server.address}konto/logga-in/", timeout=20) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as fault:
        return fault.code
    except OSError:
        return 0


def _tell(server: Serving, logins: dict[str, str]) -> None:
    from matrikel.demo.county import STAFF

    print()
    print(_("Matrikel, demo: %(address)s") % {"address": server.address})
    print(_("Alla personer, medarbetare och siffror är påhittade. Bara den här datorn når demon."))
    print()
    for worker in STAFF:
        if worker.email in logins:
            print(f"  {worker.email:<36} {logins[worker.email]:<20} {_role(worker.role):<20} {_(worker.tries)}")
    print()
    _tell_results()
    print(_("Stoppa: make demo-stop. Börja om: make demo-reset"))


def _tell_results() -> None:
    """The first published figures, as the head of Östersund's unit reads them."""
    installation.start()
    from matrikel.demo.results import first_results

    lines = first_results()
    width = max((len(line["name"]) for line in lines), default=0)
    for line in lines:
        areas = " · ".join(f"{area['place']} {area['text']}" for area in line["areas"])
        print(f"  {line['name']:<{width}}  {line['year']:<5} {areas}")
    print()


def _role(code: str) -> str:
    installation.start()
    from matrikel.domain.access import door as access

    return str(access.ROLES[code].label)
