"""`make bench`: every benchmark in turn, each in a process of its own, written to benchmarks/RESULTS.md.

Takes about a quarter of an hour on two quiet cores. Nothing here is asserted; a noisy machine is named in the head.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

from matrikel.kernel import clock

ROOT = Path(__file__).parents[1]
PARTS = (
    ("Pages with 50 000 persons and 500 000 spells, SQLite", ["-m", "benchmarks.web"]),
    ("The same, PostgreSQL", ["tools/with_postgres.py", sys.executable, "-m", "benchmarks.web"]),
    ("Import of a register", ["-m", "benchmarks.imports"]),
    ("A plan of 120 questions, SQLite", ["-m", "benchmarks.forms"]),
    ("The same, PostgreSQL", ["tools/with_postgres.py", sys.executable, "-m", "benchmarks.forms"]),
    ("Answers to a survey, SQLite", ["-m", "benchmarks.surveys"]),
    ("The same, PostgreSQL", ["tools/with_postgres.py", sys.executable, "-m", "benchmarks.surveys"]),
)


def main() -> int:
    load = os.getloadavg()[0]
    head = (
        f"# Results\n\nWritten by `make bench` on {clock.today()}: Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load before {load:.1f}{' (noisy)' if load > 1.5 else ''}.\n"
        "The engine has its own page: [stats/RESULTS.md](stats/RESULTS.md).\n"
    )
    parts = [head]
    for title, command in PARTS:
        print(title, file=sys.stderr)
        ran = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
        if ran.returncode:
            print(ran.stderr, file=sys.stderr)
            return ran.returncode
        parts.append(f"\n## {title}\n\n{ran.stdout.strip()}\n")
    (ROOT / "benchmarks" / "RESULTS.md").write_text("".join(parts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
