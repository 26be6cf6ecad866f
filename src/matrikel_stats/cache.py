"""What was worked out before and need not be again, in a folder of the user's own. Losing it costs only time."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

VARIABLE = "MATRIKEL_STATS_CACHE"
OFF = "off"


def folder() -> Path | None:
    """Return the folder things are kept in: that of the variable, else the user's own; None when turned off."""
    named = os.environ.get(VARIABLE, "")
    if named == OFF:
        return None
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(home) if home else Path.home() / ".cache") / "matrikel-stats"
    except RuntimeError:
        return None


def read(name: str) -> str | None:
    """Return a kept text; None when there is none, when it is damaged, or when others than the user could write it."""
    place = folder()
    if place is None:
        return None
    try:
        with (place / name).open("rb") as file:
            if not own(os.fstat(file.fileno())):
                return None
            mark, _, content = file.read().partition(b"\n")
    except OSError:
        return None
    return content.decode() if mark.decode("ascii", "replace") == _mark(name, content) else None


def write(name: str, text: str) -> None:
    """Keep a text under a name such as `sql/0123`. Whoever reads meets the old or the new, never a part.

    A folder that cannot be written is no fault: the next run works it out again.
    """
    place = folder()
    if place is None:
        return
    content = text.encode()
    put(place / name, lambda half: half.write_bytes(_mark(name, content).encode() + b"\n" + content))


def put(path: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write a file aside, then put it in place; a folder that cannot be written is no fault."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(dir=path.parent)
        os.close(handle)
        try:
            fill(Path(half))
            Path(half).replace(path)
        except BaseException:
            Path(half).unlink(missing_ok=True)
            raise
    except OSError:
        return


def own(state: os.stat_result) -> bool:
    """Return whether a file is the user's and nobody else may write to it."""
    # Kept SQL is run, so another account must not be able to put any there.
    return not hasattr(os, "geteuid") or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)


def looks(state: os.stat_result) -> list[int]:
    """Return what changes whenever a file is written: number, size, and the times its content and its entry changed."""
    return [state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns]


@cache
def release() -> str:
    """Return a digest that changes with the sources of this package that read, check and compile."""
    package = Path(__file__).parent
    paths = sorted(path for room in (".", "declared", "data", "engine") for path in (package / room).glob("*.py"))
    every = [[str(path), looks(path.stat())] for path in paths]
    return hashlib.sha256(repr(every).encode()).hexdigest()


def _mark(name: str, content: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\n" + content).hexdigest()
