"""`make bench-stats`: every job of the engine beside its peers, in turn, written to benchmarks/stats/RESULTS.md.

    python -m benchmarks.stats                      every job at a million persons, printed
    python -m benchmarks.stats --large --write      those at ten million too, written
    python -m benchmarks.stats --persons 100000 share growth      some, tried small

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
    for method, found in runs.items():
        wall, cpu, peak = (statistics.median(run[key] for run in found) for key in ("wall", "cpu", "peak"))
        ratios = {key: _ratios(runs[job.ours], found, key) for key in ("wall", "cpu", "peak")}
        aims = [(ratios[job.measure], job.goals.get(method), ""), (ratios["peak"], job.memory.get(method), "memory ")]
        verdicts = [_verdict(statistics.median(each), aim, what) for each, aim, what in aims if aim is not None]
        least, middle, most = ratios["wall"][0], statistics.median(ratios["wall"]), ratios["wall"][-1]
        span = f"{least:.3g}-**{middle:.3g}**-{most:.3g} | {statistics.median(ratios['cpu']):.3g}"
        span = " | " if method == job.ours else span
        lines.append(f"| {method} | {wall:.3f} | {cpu:.2f} | {peak:.0f} | {span} | {', '.join(verdicts)} |")
    return "\n".join(lines) + "\n"


def _ratios(ours: list[dict[str, float]], theirs: list[dict[str, float]], key: str) -> list[float]:
    return sorted(a[key] / max(b[key], 1e-9) for a, b in zip(ours, theirs, strict=True))


def _verdict(ratio: float, aim: float, what: str) -> str:
    return f"{what}≤ {aim:g}: {'met' if ratio <= aim else f'**not met** ({ratio:.3g})'}"


TAIL = """## Not among the jobs

- *Ten million persons, the limit of 400 MB, growth from one million*: only with `--large`.
- A layer counts *with* the rows' digests that let it be renewed; the peers build nothing they could renew.
- Curves and the counting from a layer run on one core, Polars on all: on an idle machine it gains by wall what it
  spends in CPU.
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


def _data(folder: Path, persons: int) -> Path:
    """Return the folder of the invented data of so many persons, made where it is missing."""
    made = folder / str(persons)
    if not (made / "spells.parquet").exists():
        # In a process of its own: a child starts with the peak memory of its parent.
        make = [sys.executable, "-m", "benchmarks.stats", "--generate", "--folder", str(made)]
        subprocess.run([*make, "--persons", str(persons)], cwd=ROOT, check=True)
    return made


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", nargs="*", choices=[*JOBS, []], default=[])
    parser.add_argument("--persons", type=int, help="instead of the size each job is for")
    parser.add_argument("--pairs", type=int, default=5, help="rounds that count")
    parser.add_argument("--large", action="store_true", help="the jobs at ten million persons too")
    parser.add_argument("--folder", type=Path, help="where the invented data are kept for the next time")
    parser.add_argument("--write", action="store_true", help="write the page too")
    parser.add_argument("--work", choices=JOBS, help=argparse.SUPPRESS)
    parser.add_argument("--method", help=argparse.SUPPRESS)
    parser.add_argument("--generate", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work:
        work(arguments.work, arguments.method, arguments.folder)
        return
    if arguments.generate:
        generate(arguments.folder, arguments.persons)
        return
    parts = [head()]
    chosen = arguments.jobs or [key for key, job in JOBS.items() if arguments.large or not job.is_large]
    with tempfile.TemporaryDirectory() as name:
        for key in chosen:
            job = JOBS[key]
            if job.needs_server and "MATRIKEL_OWNER_DATABASE" not in os.environ:
                continue
            persons = arguments.persons or job.persons
            folder = _data(arguments.folder or Path(name), persons)
            before = os.getloadavg()[0]
            parts.append(report(job, run(key, job, folder, arguments.pairs), persons, arguments.pairs, before))
            print(parts[-1], flush=True)
    if arguments.write:
        RESULTS.write_text("\n".join([*parts, TAIL]), encoding="utf-8")


if __name__ == "__main__":
    main()
