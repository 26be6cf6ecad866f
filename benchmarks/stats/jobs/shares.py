"""One share: direct from Parquet, within bounded memory, and by a process that has just begun."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.stats import peers
from benchmarks.stats.data import ROOT, goal, opened, share

from .job import Job, Work, question_of


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


COLD_OURS = """
import sys; from pathlib import Path
from benchmarks.stats.jobs.shares import _share
print(len(_share(Path(sys.argv[1]))()))
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
    "memory": Job(
        "The same share within 400 MB",
        "400 MB",
        {"400 MB": _share_within, "no limit": _share},
        {"no limit": 1.6},
        "The limit is DuckDB's: the peak also holds Python and what is being read.",
    ),
    "cold": Job(
        "Cold command, compiled SQL cached",
        "command",
        {"command": _cold(COLD_OURS), "plain DuckDB script": _cold(COLD_SCRIPT)},
        {"plain DuckDB script": 1.2},
        "Whole processes; CPU and memory are those of the process that starts them and say nothing.",
    ),
}
