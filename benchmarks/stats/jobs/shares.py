"""One share: direct from Parquet, within bounded memory, and by a process that has just begun."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.stats import peers
from benchmarks.stats.data import ROOT, beside, generate, goal, opened, share

from .job import LARGE, Job, Work, question_of


def _share(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = goal(), opened(folder)
    return lambda: share(count(definition, dataset, question_of(definition)))


def _share_within(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = goal(), opened(folder, memory="400MB")
    return lambda: share(count(definition, dataset, question_of(definition)))


def _whole(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = goal(), opened(folder)
    return lambda: share(count(definition, dataset, question_of(definition, offsets=True)))


def _grown(folder: Path) -> Work:
    """Count without saying what: nobody else counts as many."""
    work = _share(folder)
    return lambda: work() and None


def _tenth(folder: Path) -> Work:
    return _grown(beside(folder, "tenth", generate, 10))


def _scan(folder: Path) -> Work:
    """Read what the share needs of the files, and do nothing with it."""
    work = peers.by_hand(folder, peers.SCAN)
    return lambda: work() and None


# Without the other jobs, which a command would not load.
COLD_OURS = """
import sys; from pathlib import Path
from benchmarks.stats.data import FREEZE, goal, opened, share
from matrikel_stats import count
from matrikel_stats.question import question_for
definition, dataset = goal(), opened(Path(sys.argv[1]))
question = question_for(definition, FREEZE, None, ("municipality", "sex"), offsets=False)
print(len(share(count(definition, dataset, question))))
"""
COLD_SCRIPT = """
import sys; from pathlib import Path
from benchmarks.stats.peers import by_hand
print(len(by_hand(Path(sys.argv[1]))()))
"""


def _cold(script: str) -> Callable[[Path], Work]:
    def prepared(folder: Path) -> Work:
        command = [sys.executable, "-c", script, str(folder)]
        return lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout

    return prepared


JOBS = {
    "share": Job(
        "One share, direct from Parquet, steady",
        "share",
        {
            "share": _share,
            "with every day": _whole,
            "DuckDB by hand": lambda folder: peers.by_hand(folder),
            "DuckDB by hand, semi-join": lambda folder: peers.by_hand(folder, peers.SEMI),
            "Polars streaming": lambda folder: lambda: peers.polars_share(folder),
            "pandas": lambda folder: lambda: peers.pandas_share(folder),
        },
        {"DuckDB by hand": 1.10, "Polars streaming": 1.05, "pandas": 0.35},
    ),
    "cold": Job(
        "Cold command, compiled SQL cached",
        "command",
        {"command": _cold(COLD_OURS), "plain DuckDB script": _cold(COLD_SCRIPT)},
        {"plain DuckDB script": 1.2},
        "Whole processes: Python and DuckDB are loaded in the time.",
    ),
    "share-large": Job(
        "One share, direct from Parquet, ten million",
        "share",
        {
            "share": _share,
            "Polars streaming": lambda folder: lambda: peers.polars_share(folder),
            "reading the columns": _scan,
        },
        {"Polars streaming": 1.0, "reading the columns": 2.5},
        memory={"Polars streaming": 1.3},
        persons=LARGE,
    ),
    "memory": Job(
        "The same share within 400 MB",
        "400 MB",
        {"400 MB": _share_within, "no limit": _share},
        {"no limit": 1.6},
        "The limit is DuckDB's: the peak also holds Python and what is being read.",
        persons=LARGE,
    ),
    "growth": Job(
        "The same share of ten times as many",
        "ten times as many",
        {"ten times as many": _grown, "a tenth of them": _tenth},
        {"a tenth of them": 12},
        measure="cpu",
        persons=LARGE,
    ),
}
