"""Server time of the three pages that are open all day, with 50 000 persons and 500 000 spells in one unit.

`python -m benchmarks.web` on SQLite, `python tools/with_postgres.py python -m benchmarks.web` on PostgreSQL. The rows
are written in bulk past the actions (their speed is another benchmark); the pages are asked through the whole stack,
log included, with random persons and words.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cast import Cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

SYLLABLES = ("ab", "di", "fa", "ha", "ka", "lei", "ma", "na", "ra", "sa", "te", "yu", "zá", "ån", "öst")
BATCH = 5_000
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SELECT set_config")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=50_000)
    parser.add_argument("--asks", type=int, default=200)
    asked = parser.parse_args()
    prepare_database()
    cast, ids = fill(asked.persons)
    analyse()
    publish(cast.cecilia)
    report(cast.bertil, ids, asked.asks)


def prepare_database() -> None:
    owner = os.environ.get("MATRIKEL_OWNER_DATABASE")
    environment = os.environ | ({"MATRIKEL_DATABASE": owner} if owner else {})
    if not owner:
        os.environ["MATRIKEL_DATABASE"] = environment["MATRIKEL_DATABASE"] = (
            f"sqlite:////tmp/matrikel-bench-{os.getpid()}.sqlite3"
        )
    subprocess.run(
        [sys.executable, "-m", "matrikel.site.manage", "migrate", "--verbosity", "0"], env=environment, check=True
    )
    if owner:
        import psycopg

        from matrikel.base.postgresql.roles import grant

        with psycopg.connect(owner, autocommit=True) as connection:
            grant(connection, "matrikel_app")
    django.setup()


def fill(persons: int) -> "tuple[Cast, list[Any]]":
    from matrikel.base.scope import acting_as
    from matrikel.domain.access.models import Relation
    from matrikel.domain.cases.models import Assignment, Case, Reception
    from matrikel.domain.people.models import Activity, IdentityNumber, Person, Registration
    from matrikel.domain.people.rules import search_key, sort_key
    from matrikel.domain.services.models import Participation
    from tests.cast import assemble

    chance, cast = random.Random(1), assemble()
    by = cast.bertil
    start = time.perf_counter()

    def a_name() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()

    def a_day() -> date:
        return date(2022, 1, 1) + timedelta(days=chance.randrange(1600))

    base = {"board_id": by.board_id}
    with acting_as(by):
        people = []
        for _ in range(persons):
            given, family = a_name(), a_name()
            people.append(
                Person(
                    **base, given_name=given, family_name=family, search_key=search_key(given, family),
                    sort_key=sort_key(family, given), protection="none", registered_by_unit_id=by.unit_id,
                    birth_date=date(1960, 1, 1) + timedelta(days=chance.randrange(20_000)),
                    sex=chance.choice(["female", "male"]),
                )
            )  # fmt: skip
        save(Person, people)
        save(Relation, (Relation(**base, person_id=p.pk, unit_id=by.unit_id, ground="registration") for p in people))
        save(
            IdentityNumber,
            (
                IdentityNumber(**base, person=p, kind="personal", value=f"{p.birth_date:%Y%m%d}98{n % 100:02d}")
                for n, p in enumerate(people)
            ),
        )
        days = [a_day() for _ in people]
        save(
            Registration,
            (
                Registration(**base, person=p, municipality="2380", start_date=d)
                for p, d in zip(people, days, strict=True)
            ),
        )
        save(
            Reception,
            (
                Reception(**base, person=p, unit_id=by.unit_id, received_on=d, category="quota_refugee")
                for p, d in zip(people, days, strict=True)
            ),
        )
        cases = [
            Case(
                **base,
                person=p,
                unit_id=by.unit_id,
                number=f"IE 2024-{n:05d}",
                series="IE 2024",
                serial=n,
                start_date=d,
            )
            for n, (p, d) in enumerate(zip(people, days, strict=True))
        ]
        save(Case, cases)
        save(Assignment, (Assignment(**base, case=c, post_id=by.post_id, start_date=c.start_date) for c in cases[:40]))

        def spells(kinds: tuple[str, ...], each: int) -> Iterator[tuple[Any, str, date, date]]:
            for p, d in zip(people, days, strict=True):
                for k in range(each):
                    begun = d + timedelta(days=30 * k + chance.randrange(30))
                    yield p, chance.choice(kinds), begun, begun + timedelta(days=chance.randrange(1, 200))

        save(
            Participation,
            (
                Participation(**base, person=p, unit_id=by.unit_id, kind=k, start_date=a, end_date=b)
                for p, k, a, b in spells(("sfi", "internship", "civic_orientation"), 5)
            ),
        )
        save(
            Activity,
            (
                Activity(**base, person=p, kind=k, start_date=a, end_date=b)
                for p, k, a, b in spells(("employment", "studies_adult", "labour_market_programme"), 4)
            ),
        )
    print(f"{persons} persons with ten spells each written in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return cast, [p.pk for p in people]


def save(model: Any, rows: Any) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch)


def analyse() -> None:
    """What a database does for itself over a night: count its rows for the planner."""
    from django.db import connection

    if connection.vendor == "postgresql":
        import psycopg

        with psycopg.connect(os.environ["MATRIKEL_OWNER_DATABASE"], autocommit=True) as owner:
            owner.execute("ANALYZE")
    else:
        connection.close()  # the next connection runs PRAGMA optimize, as every connection does
        connection.ensure_connection()


def publish(by: Any) -> None:
    """Count and publish all figures of the unit, so that the results page has something to show."""
    from matrikel.base.scope import acting_as
    from matrikel.extract import door as extract
    from matrikel.kernel import clock

    start = time.perf_counter()
    with acting_as(by):
        run = extract.run_figures(by=by, freeze=clock.today())
    assert run.status == "done", run.error
    print(
        f"{run.figures} figures of {run.persons} persons counted and published in {time.perf_counter() - start:.0f} s\n"
    )


def report(by: Any, ids: list[Any], asks: int) -> None:
    from django.test import Client

    from matrikel.domain.access.models import User
    from matrikel.domain.figures import door as figures

    client, chance = Client(), random.Random(2)
    client.force_login(User.objects.get(pk=by.user_id))
    words, indicators = list(SYLLABLES), sorted(figures.definitions())
    pages: dict[str, Callable[[], str]] = {
        "person page": lambda: f"/personer/{chance.choice(ids)}/",
        "search by name": lambda: f"/personer/?q={chance.choice(words)}{chance.choice(words)} {chance.choice(words)}",
        "search by number": lambda: f"/personer/?q=19{chance.randrange(60, 99)}{chance.randrange(1, 13):02d}",
        "today": lambda: "/idag/",
        "results": lambda: "/resultat/",
        "one result": lambda: f"/resultat/{chance.choice(indicators)}/",
    }
    print("| page | questions | p50 ms | p95 ms | max ms | CPU ms a page |")
    print("|---|---:|---:|---:|---:|---:|", flush=True)
    for name, address in pages.items():
        assert client.get(address()).status_code == 200, name
        ask = partial(_get, client, address)
        figures = measured(ask, asks)
        print(f"| {name} | {queries(ask)} | " + " | ".join(f"{ms:.0f}" for ms in figures) + " |", flush=True)


def _get(client: Any, address: Callable[[], str]) -> Any:
    return client.get(address())


def measured(do: Callable[[], Any], times: int) -> tuple[float, float, float, float]:
    """The middle, the 95th and the longest wall time in milliseconds, and the CPU time of one; after ten to warm up."""
    for _ in range(10):
        do()
    found, work = [], time.process_time()
    for _ in range(times):
        begun = time.perf_counter()
        do()
        found.append((time.perf_counter() - begun) * 1000)
    work = (time.process_time() - work) * 1000 / times
    return statistics.median(found), statistics.quantiles(found, n=20)[18], max(found), work


def queries(do: Callable[[], Any]) -> int:
    """How many questions it puts to the database; transaction control and the wall's own setting aside."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = do()
    assert answer.status_code == 200, answer
    return sum(not query["sql"].startswith(CONTROL) for query in captured)


if __name__ == "__main__":
    main()
