"""What was once found out about the files of a dataset, kept until one of them changes."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matrikel_declared.hashing import fingerprint
from matrikel_stats import cache

from .schema import TABLES

# Times of files move in steps of some milliseconds on most disks, and of two seconds on the coarsest.
_STEP_NS = 2_000_000_000


@dataclass(frozen=True)
class Files:
    """The files as they were when asked for; `name` is empty where it cannot be told whether they have changed."""

    folder: Path
    against: str
    name: str

    def known(self, what: str) -> str | None:
        """Return what was kept about these very files, None when nothing was."""
        return cache.read(f"files/{self.name}-{what}") if self.name else None

    def keep(self, what: str, found: str) -> None:
        """Keep what was found, unless a file has changed since the files were asked for."""
        if self.name and files_of(self.folder, self.against) == self:
            cache.write(f"files/{self.name}-{what}", found)


def files_of(folder: Path, against: str) -> Files:
    """Return the table files of a folder as they are now. `against`: what they are held against, such as code lists.

    A file is known by its place, number, size and two times. The time of its last change of any kind is set by the
    system and cannot be chosen, so no write goes unseen, not even one that sets the other time back. A file that
    changed a moment ago might change again within the same step of the clock: then nothing is known and nothing kept.
    """
    if os.name != "posix":
        return Files(folder, against, "")
    now, states = time.time_ns(), []
    for path in _paths(folder):
        state = path.stat()
        if now - max(state.st_mtime_ns, state.st_ctime_ns) < _STEP_NS:
            return Files(folder, against, "")
        states.append([str(path), cache.looks(state)])
    return Files(folder, against, fingerprint([str(folder.resolve()), states, against, cache.release()]))


def _paths(folder: Path) -> Iterator[Path]:
    for table in TABLES:
        for ending in ("csv", "parquet"):
            path = folder / f"{table.name}.{ending}"
            if path.exists():
                yield path
                yield from sorted(path.glob("*.parquet")) if path.is_dir() else ()
