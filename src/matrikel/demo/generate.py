"""Makes the demo county in an empty database. The same seed and the same day give the same county."""

import gc
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from random import Random

from django.db import transaction

from matrikel.base import scope
from matrikel.demo import assistance, survey
from matrikel.demo.agreed import agree_on_plans
from matrikel.demo.county import BOARD, COUNTY, PERSONS, PLACES, SEED, STAFF
from matrikel.demo.families import Families
from matrikel.demo.journal import entry
from matrikel.demo.plan import Family
from matrikel.demo.showcase import CASE_REVIEW, MANAGER, SHOWN, showcase
from matrikel.demo.writer import Writer
from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting

BATCH = 40
"""Families in one transaction."""
STAFF_SINCE = date(2021, 8, 16)

Progress = Callable[[int, int], None]


def populate(
    *, today: date, seed: int = SEED, persons: int = PERSONS, passwords: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Set up the county's units and staff, and register its people. The number of persons registered.

    `passwords` by e-mail; staff without one cannot log in. `progress` is told how many of how many are done.
    """
    with transaction.atomic():
        posts = _organisation(passwords or {})
    planned = plan(today=today, seed=seed, persons=persons)
    writer = Writer(posts, _circles(posts))
    done, total = 0, sum(family.size for family in planned)
    shown = []
    gc.disable()  # nothing here is circular, and the collector would go through every row kept for a receipt
    try:
        for batch in _in_batches(planned):
            with transaction.atomic():
                for family in batch:
                    members = writer.register(family)
                    done += len(members)
                    if writer.posts[family.worker].unit_id == posts[MANAGER].unit_id:
                        shown.append(members)
            if progress:
                progress(done, total)
    finally:
        gc.enable()
    with transaction.atomic():
        assistance.read_in(shown, by=posts[MANAGER], today=today, chance=Random(seed))  # noqa: S311
        survey.ask(by=posts[MANAGER], today=today, chance=Random(seed))  # noqa: S311
        agree_on_plans(posts, today)
        _a_quiet_morning(posts, today)
    return done


def _a_quiet_morning(posts: Mapping[str, Acting], today: date) -> None:
    """Everybody has seen all that was registered; then the head of the unit writes a note in Selam's case."""
    for post in posts.values():
        access.mark_seen(user=access.User.objects.get(pk=post.user_id), by=post)
    with scope.acting_as(posts[MANAGER]) as by:
        selam = people.search(by, SHOWN)[0]
        case = cases.cases_of(people.get_for(by, selam.id))[0]
        happened = entry(Random(SEED), today - timedelta(days=1), kind="meeting", text=CASE_REVIEW)  # noqa: S311
        note = cases.write_note(case=case, kind=happened.kind, happened_at=happened.at, text=happened.text, by=by)
        cases.sign_note(note=note, by=by)


def plan(*, today: date, seed: int, persons: int) -> list[Family]:
    """Every family with what becomes of it, in the order they came; the showcase first."""
    shown = showcase(today)
    drawn = Families(Random(seed), today).drawn(persons - sum(family.size for family in shown))  # noqa: S311
    return [*shown, *sorted(drawn, key=lambda family: family.formed)]


def _in_batches(families: list[Family]) -> Iterable[list[Family]]:
    return (families[first : first + BATCH] for first in range(0, len(families), BATCH))


def _organisation(passwords: Mapping[str, str]) -> dict[str, Acting]:
    """Units and staff. Returns the acting posts by e-mail."""
    access.install(is_demo=True)
    municipalities = {place.code: access.Municipality(code=place.code, name=place.name, **COUNTY) for place in PLACES}
    units: dict[tuple[str, str], access.Unit] = {}
    acting = {}
    for worker in STAFF:
        key = (worker.place, worker.unit)
        if key not in units:
            units[key] = access.set_up_unit(
                municipality=municipalities[worker.place], board=BOARD, unit=worker.unit, by=None
            )
        post = access.employ(
            email=worker.email, name=worker.name, unit=units[key], role=worker.role, title=worker.title, by=None,
            password=passwords.get(worker.email), start_date=STAFF_SINCE,
        )  # fmt: skip
        acting[worker.email] = access.acting(post, channel="demo")
    return acting


def _circles(posts: Mapping[str, Acting]) -> dict[str, list[Acting]]:
    """The head of each unit belongs to the circle of its protected persons."""
    heads: dict[str, list[Acting]] = {}
    for post in posts.values():
        if post.role == "unit_manager":
            heads.setdefault(str(post.unit_id), []).append(post)
    return heads
