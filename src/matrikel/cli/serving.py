"""The one server of an installation: who it is, and how it is found and stopped.

The serving process holds a lock on `serving.json` for as long as it lives. The lock, not the process id, says whether
it runs: an id can be another program's after a restart of the machine, a lock cannot.
"""

import fcntl
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from matrikel.cli.faults import Fault
from matrikel.cli.wording import _

FILE = "serving.json"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Serving:
    """A running server, as it tells of itself."""

    pid: int
    host: str
    port: int

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"

    @classmethod
    def running(cls, home: Path) -> "Serving | None":
        """The server of this folder, or None when no living process holds its lock."""
        try:
            with (home / FILE).open() as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return cls(**json.load(file))
        except (FileNotFoundError, json.JSONDecodeError):
            pass
        return None

    def stop(self, home: Path, patience: float = 20) -> None:
        """Ask it to end, and the group it leads to die if it will not. Returns when the lock is free."""
        os.kill(self.pid, signal.SIGTERM)
        until = time.monotonic() + patience
        while Serving.running(home) == self and time.monotonic() < until:
            time.sleep(0.05)
        if Serving.running(home) == self and os.getpgid(self.pid) == self.pid:
            os.killpg(self.pid, signal.SIGKILL)
            time.sleep(0.2)


@contextmanager
def held(home: Path, host: str, port: int) -> Iterator[None]:
    """Be the server of this folder for the length of the block. Raises Fault when another already is."""
    with (home / FILE).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            other = Serving.running(home)
            raise Fault(
                _("Installationen körs redan: %(address)s (process %(pid)s).")
                % {"address": other.address if other else "?", "pid": other.pid if other else "?"}
            ) from fault
        file.truncate(0)
        json.dump(asdict(Serving(os.getpid(), host, port)), file)
        file.flush()
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                (home / FILE).unlink()


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def port_asked() -> int | None:
    """MATRIKEL_PORT, or None when it is not set. Raises Fault when it is no port."""
    text = os.environ.get("MATRIKEL_PORT", "")
    if not text:
        return None
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Fault(_("MATRIKEL_PORT: %(text)s är ingen port. Skriv ett tal mellan 1 och 65535.") % {"text": text})
    return int(text)
