"""`make bench-stats`: every job of the engine beside its peers, in turn, written to benchmarks/stats/RESULTS.md.

    python -m benchmarks.stats --persons 1000000 --pairs 5            every job
    python -m benchmarks.stats --persons 10000000 share layer         some, at ten million, printed only

Each method has a process of its own that stays; they are asked in turn (A B C, A B C …), the first round not counted.
What they find must be the same before a time is printed.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from .data import ROOT, generate
from .jobs import JOBS, Job

RESULTS = ROOT / "benchmarks" / "stats" / "RESULTS.md"


def work(job: str, method: str, folder: Path) -> None:
    """Answer each line on standard input with one run: what was found, seconds, CPU seconds, peak memory in MiB."""
    do = JOBS[job].methods[method](folder)
    scale = getattr(do, "scale", 1)
    for _ in sys.stdin:
        cpu, wall = _used().cpu, time.perf_counter()
        found = do()
        used = _used()
        took = {"wall": (time.perf_counter() - wall) * scale, "cpu": (used.cpu - cpu) * scale, "peak": used.peak}
        # What takes adding up before it can be compared is added up once the time is taken.
        print(json.dumps({"found": found() if callable(found) else found, **took}), flush=True)


class _Used(NamedTuple):
    cpu: float
    peak: float


def _used() -> _Used:
    """Return the CPU seconds and peak memory in MiB of this process and those it has started."""
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return _Used(sum(one.ru_utime + one.ru_stime for one in each), max(one.ru_maxrss for one in each) / 1024)


def run(key: str, job: Job, folder: Path, pairs: int) -> dict[str, list[dict[str, float]]]:
    """Run every method of a job in turn and return the counted runs."""
    command = [sys.executable, "-m", "benchmarks.stats", "--folder", str(folder), "--work", key]
    workers = {
        method: subprocess.Popen([*command, "--method", method], cwd=ROOT, stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, text=True)
        for method in job.methods
    }  # fmt: skip
    runs: dict[str, list[dict[str, float]]] = {method: [] for method in job.methods}
    try:
        for _ in range(pairs + 1):
            agreed: object = None
            for method, worker in workers.items():
                assert worker.stdin is not None
                assert worker.stdout is not None
                worker.stdin.write("\n")
                worker.stdin.flush()
                line = worker.stdout.readline()
                if not line:
                    raise SystemExit(f"{key}: {method} stopped")
                answer: dict[str, Any] = json.loads(line)
                found = answer.pop("found")
                if agreed is not None and found is not None and found != agreed:
                    raise SystemExit(f"{key}: {method} finds something else: no time is worth printing")
                agreed = found if found is not None else agreed
                runs[method].append(answer)
    finally:
        for worker in workers.values():
            worker.stdin.close()  # type: ignore[union-attr]
            worker.wait(60)
    return {method: found[1:] for method, found in runs.items()}


def report(job: Job, runs: dict[str, list[dict[str, float]]], persons: int, pairs: int, before: float) -> str:
    """Return the Markdown of a job."""
    noisy = " (noisy)" if before > 1.5 else ""
    lines = [
        f"## {job.title}",
        "",
        f"{persons:,} persons, {pairs} rounds after one to warm up, load {before:.1f}{noisy}.",
    ]
    lines += [job.note] if job.note else []
    lines += ["", "| method | s | CPU s | peak MiB | ours / it (min-median-max) | by CPU | goal |",
              "| --- | ---: | ---: | ---: | --- | ---: | --- |"]  # fmt: skip
    ours = runs[job.ours]
    for method, found in runs.items():
        wall, cpu, peak = (statistics.median(run[key] for run in found) for key in ("wall", "cpu", "peak"))
        ratios = sorted(a["wall"] / b["wall"] for a, b in zip(ours, found, strict=True))
        by_cpu = statistics.median(a["cpu"] / max(b["cpu"], 1e-9) for a, b in zip(ours, found, strict=True))
        middle, aim = statistics.median(ratios), job.goals.get(method)
        verdict = "" if aim is None else f"≤ {aim:g}: {'met' if middle <= aim else '**not met**'}"
        span = "" if method == job.ours else f"{ratios[0]:.3g}-**{middle:.3g}**-{ratios[-1]:.3g} | {by_cpu:.3g}"
        lines.append(f"| {method} | {wall:.3f} | {cpu:.2f} | {peak:.0f} | {span or ' | '} | {verdict} |")
    return "\n".join(lines) + "\n"


TAIL = """## Not among the jobs

- *Ten million persons, and growth from one million*: by hand,
  `python -m benchmarks.stats --persons 10000000 share memory layer`.
- A layer counts *with* the rows' digests that let it be renewed; the peers build nothing they could renew.
- Spark: one machine says nothing about the clusters it is for; the tests hold its integers against the others'.
- The first run after opening finds out whether spells speak of unknown persons (0.5 s of CPU at a million); it is the
  one not counted.
"""


def head() -> str:
    """Return what the figures were taken on."""
    packages = ("duckdb", "ibis-framework", "polars", "pandas", "numpy")
    releases = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"# Results: the engine beside its peers\n\nWritten by `make bench-stats`: {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {releases}. Load before {os.getloadavg()[0]:.1f}. Only invented data. "
        "What every method finds is the same in every round, or nothing is printed.\n"
    )


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", nargs="*", choices=[*JOBS, []], default=[])
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the page instead of only printing it")
    parser.add_argument("--work", choices=JOBS)
    parser.add_argument("--method")
    parser.add_argument("--generate", action="store_true")
    arguments = parser.parse_args()
    if arguments.work:
        work(arguments.work, arguments.method, arguments.folder)
        return
    if arguments.generate:
        generate(arguments.folder, arguments.persons)
        return
    parts = [head()]
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.folder or Path(name)
        if not (folder / "spells.parquet").exists():
            # In a process of its own: a child starts with the peak memory of its parent.
            make = [sys.executable, "-m", "benchmarks.stats", "--generate", "--folder", str(folder)]
            subprocess.run([*make, "--persons", str(arguments.persons)], cwd=ROOT, check=True)
        for key in arguments.jobs or JOBS:
            if JOBS[key].needs_server and "MATRIKEL_OWNER_DATABASE" not in os.environ:
                continue
            before = os.getloadavg()[0]
            found = run(key, JOBS[key], folder, arguments.pairs)
            parts.append(report(JOBS[key], found, arguments.persons, arguments.pairs, before))
            print(parts[-1], flush=True)
    if arguments.write:
        RESULTS.write_text("\n".join([*parts, TAIL]), encoding="utf-8")


if __name__ == "__main__":
    main()
