"""How fast a register is read and taken in, how much memory it takes, and how long the writer is held.

`python -m benchmarks.imports [--quick]` writes a Markdown table to standard output. Each measurement runs in a process
of its own with a database of its own (SQLite, durable, in a temporary folder), so that memory is its own too.
"""

import argparse
import csv
import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HEADINGS = (
    "Nr", "Efternamn", "Förnamn", "Personnr", "Kön", "Land", "Kategori", "Inskriven", "Folkbokförd", "SFI ansökan",
    "SFI start", "SFI slut", "SFI res.", "Praktik fr o m", "Praktik t o m", "Arbete fr o m", "Utskriven", "Orsak",
)  # fmt: skip
FAMILY = ("Ahmadi", "Hassan", "Jama", "Nur", "Osman", "Saleh", "Yusuf", "Ghebre", "Warsame", "Karimi", "Öztürk", "Åkan")
GIVEN = ("Amina", "Omar", "Sara", "Farhad", "Selam", "Mehari", "Nadia", "Abdi", "Yasmin", "Dawit", "Rana", "Laleh")
CATEGORIES = ("Kvotflykting", "Förläggning", "Anhörig", "Invandrare")
COUNTRIES = ("Irak", "Somalia", "Eritrea", "Afghanistan", "Iran", "Burundi")
PREVIEWED, TAKEN_IN = (20_000, 200_000), 5_000
QUICK = ((2_000, 20_000), 1_000)


def check_digit(nine: str) -> int:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return -sum(number - 9 if number > 9 else number for number in doubled) % 10


def write_register(path: Path, rows: int) -> None:
    """A semicolon-separated register with invented persons: test numbers while they last, then only a local number."""
    draw = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(HEADINGS)
        for number in range(1, rows + 1):
            born = date(1950, 1, 1) + timedelta(days=number % 18_000)
            nine = f"{born:%y%m%d}{980 + number // 18_000 % 20}"
            came = date(2006, 1, 1) + timedelta(days=draw.randrange(700))
            cells: list[Any] = [
                number, draw.choice(FAMILY), f"{draw.choice(GIVEN)} {chr(65 + number % 26)}",
                f"{born:%Y}{nine[2:]}{check_digit(nine)}", "", draw.choice(COUNTRIES), draw.choice(CATEGORIES), came,
                came + timedelta(days=14),
            ]  # fmt: skip
            sfi = came + timedelta(days=30)
            cells += [sfi, sfi + timedelta(days=50), sfi + timedelta(days=300), "godkänd"] if number % 2 else [""] * 4
            work = came + timedelta(days=120)
            cells += [work, work + timedelta(days=150)] if number % 3 else ["", ""]
            cells += [work + timedelta(days=200)] if number % 5 == 0 else [""]
            cells += [work + timedelta(days=400), "arbete"] if number % 10 == 0 else ["", ""]
            out.writerow(cells)


def install(home: Path) -> Any:
    """An empty installation with one unit; the acting head of it."""
    (home / "secret").write_text(secrets.token_urlsafe(60))
    (home / "secret").chmod(0o400)
    os.environ |= {"MATRIKEL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "matrikel.site.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from matrikel.domain.access import door as access

    call_command("migrate", verbosity=0)
    access.install(is_demo=True)
    place = access.Municipality(code="2380", name="Östersund", county_code="23", county_name="Jämtlands län")
    unit = access.set_up_unit(municipality=place, board="Nämnden", unit="Enheten", by=None)
    post = access.employ(
        email="a@example.test", name="A", unit=unit, role="unit_manager", by=None, start_date=date(2020, 1, 1)
    )
    return access.acting(post, channel="benchmark")


def megabytes() -> float:
    """Memory of the process itself, without the pages of the database file that the system maps in."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return 0.0


class Peak:
    """The most memory seen whenever a run told how far it had come."""

    def __init__(self) -> None:
        self.most = megabytes()

    def __call__(self, _counts: Any) -> None:
        self.most = max(self.most, megabytes())


class Transactions:
    """The longest time between the first statement of a transaction and its end."""

    def __init__(self) -> None:
        from django.db import connection

        self.longest = self.count = 0.0
        self.since = 0.0
        set_autocommit = connection.set_autocommit

        def watched(autocommit: bool, *args: Any, **named: Any) -> None:
            if not autocommit:
                self.since = time.perf_counter()
            set_autocommit(autocommit, *args, **named)
            if autocommit and self.since:
                self.longest = max(self.longest, time.perf_counter() - self.since)
                self.count += 1

        connection.set_autocommit = watched  # type: ignore[method-assign]


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def measure(what: str, rows: int) -> dict[str, Any]:
    """One measurement, in this process."""
    with tempfile.TemporaryDirectory(prefix="matrikel-bench-") as folder:
        file = Path(folder) / "register.csv"
        write_register(file, rows)
        by = install(Path(folder))
        from matrikel.base.scope import acting_as
        from matrikel.domain.imports import door as imports

        with acting_as(by):
            before, peak = megabytes(), Peak()
            batch = imports.upload(
                content=file.read_bytes(), file_name=file.name, by=by, choices={"protected": "no"},
                register_date=date(2009, 12, 31),
            )  # fmt: skip
            found: dict[str, Any] = {"what": what, "rows": rows, "size": batch.size}
            if what == "preview":
                wall, cpu = timed(lambda: imports.preview(batch=batch, by=by, progress=peak))
            else:
                imports.begin(batch=batch, by=by)
                watch = Transactions()
                wall, cpu = timed(lambda: imports.run_batch(batch_id=batch.pk, by=by, progress=peak))
                found |= {"longest": watch.longest, "transactions": watch.count}
                again = imports.upload(
                    content=file.read_bytes(), file_name=file.name, by=by, choices={"protected": "no"}
                )
                imports.begin(batch=again, by=by)
                found["again"] = rows / timed(lambda: imports.run_batch(batch_id=again.pk, by=by))[0]
            done = imports.batch_for(by, batch.pk)
            assert done.rows_read == rows, (done.rows_read, done.error)
            assert done.refused == 0, done.refused
        return found | {"rate": rows / wall, "cpu_rate": rows / cpu, "peak": peak.most, "before": before}


def apart(what: str, rows: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.imports", "--one", what, str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "ROWS"))
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one[0], int(arguments.one[1]))))
        return
    previewed, taken_in = QUICK if arguments.quick else (PREVIEWED, TAKEN_IN)
    print("| what | rows | rows/s | rows/s of CPU time | peak memory | longest transaction |")
    print("|---|---:|---:|---:|---:|---:|")
    for what, rows in [*(("preview", rows) for rows in previewed), ("register", taken_in)]:
        found = apart(what, rows)
        longest = f"{found['longest']:.2f} s" if "longest" in found else "–"
        print(
            f"| {what} | {rows} | {found['rate']:.0f} | {found['cpu_rate']:.0f} | {found['peak']:.0f} MB "
            f"({found['before']:.0f} before) | {longest} |",
            flush=True,
        )
        if "again" in found:
            print(f"| the same file again | {rows} | {found['again']:.0f} | | | |", flush=True)


if __name__ == "__main__":
    main()
