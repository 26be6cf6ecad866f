"""Answers to a survey: how quickly they come in through the answering page, and how long its results take to read.

`python -m benchmarks.surveys` on SQLite, `python tools/with_postgres.py python -m benchmarks.surveys` on PostgreSQL.
Answers come in through the whole stack, one request each; those that fill up to the larger number are written in bulk.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from benchmarks.web import prepare_database

ITEMS = (
    "meaningful", "learning", "looking_forward", "appreciation", "trust", "responsibility", "knows_goals",
    "goals_followed", "expectations",
)  # fmt: skip

SEXES = ("female", "male")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--read", type=int, default=100_000)
    asked = parser.parse_args()
    prepare_database()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    report(asked.answers, asked.read)


def report(answers: int, read: int) -> None:
    from django.test import Client
    from django.urls import reverse

    from matrikel.base.scope import acting_as
    from matrikel.domain.access import door as access
    from matrikel.domain.surveys.actions.campaigns import Recipient, close, open_to, plan
    from matrikel.domain.surveys.models import Answer
    from matrikel.domain.surveys.queries import to_invite
    from matrikel.kernel import clock
    from tests.cast import assemble

    random.seed(7)
    by = assemble().cecilia
    groups = [{"unit": random.choice("ABCD"), "sex": random.choice(SEXES)} for _ in range(answers)]
    with acting_as(by):
        campaign = plan(
            form="hme", title="Bench", kind="anonymous", languages=["en"], groups=["unit", "sex"], by=by,
            closes_on=clock.today() + timedelta(days=9),
        )  # fmt: skip
        began = time.perf_counter()
        campaign = open_to(
            campaign=campaign, population="Bench", by=by,
            recipients=[Recipient(groups=each) for each in groups],
        )  # fmt: skip
        opened = time.perf_counter() - began
        codes = [code for _, code in to_invite(campaign)]
    sent = {f"version.{section}": "0" for section in ("motivation", "leadership", "steering")} | {"do": "send"}
    took, worked = [], time.process_time()
    for code in codes:
        given = sent | {item: str(random.randint(1, 5)) for item in ITEMS}
        began = time.perf_counter()
        there = Client().post(f"/svara/{code}/", given)
        took.append(time.perf_counter() - began)
        assert there.status_code == 302, there.status_code
    worked = time.process_time() - worked
    with acting_as(by):
        kept = list(Answer.objects.filter(campaign=campaign))
        for start in range(len(codes), read, 5_000):
            Answer.objects.bulk_create(
                Answer(
                    board_id=row.board_id, campaign=campaign, anonymous=True, language="sv",
                    groups=row.groups, answers=row.answers,
                )
                for row in random.choices(kept, k=min(5_000, read - start))
            )  # fmt: skip
    client = Client()
    client.force_login(access.User.objects.get(pk=by.user_id))
    page = reverse("surveys-campaign", args=[campaign.pk])
    with acting_as(by):
        counted = _seconds(lambda: close(campaign=campaign, by=by), 1)
    closed = _seconds(lambda: client.get(page), 20)
    took.sort()
    print("| what | number | wall time | CPU time |\n|---|---:|---|---|")
    print(f"| survey opened, invitations written | {answers} | {opened:.1f} s | – |")
    print(
        f"| answers through the page, one at a time | {answers} | {len(took) / sum(took):.0f} a second, "
        f"p50 {1000 * statistics.median(took):.0f} ms, p95 {1000 * took[int(0.95 * len(took))]:.0f} ms "
        f"| {1000 * worked / len(took):.0f} ms each |"
    )
    print(f"| closed, and its indices counted | {read} answers | {counted[0]:.2f} s | {counted[1]:.2f} s |")
    print(f"| results page after closing | {read} answers | {1000 * closed[0]:.0f} ms | {1000 * closed[1]:.0f} ms |")
    print("\nGoals: ten thousand answers in far less than an hour; results over a hundred thousand at once.")


def _seconds(do: Callable[[], object], times: int) -> tuple[float, float]:
    """The middle wall time and the CPU time of one, in seconds."""
    found, worked = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        do()
        found.append(time.perf_counter() - began)
    return statistics.median(found), (time.process_time() - worked) / times


if __name__ == "__main__":
    main()
