"""Work, studies and programmes outside the municipality."""

from datetime import date, timedelta

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.people.test_register import last_receipt

ON = date(2025, 10, 5)


def test_an_activity_begins_is_corrected_and_ends(amina: people.Person, bertil: Acting) -> None:
    job = people.begin_activity(
        person=amina, kind="employment", start_date=ON, place=" Storköket ", extent=50, basis="yes", by=bertil
    )
    assert (job.place, job.extent, job.end_date) == ("Storköket", 50, None)
    people.correct_activity(activity=job, extent=75, by=bertil)
    people.end_activity(activity=job, on=ON + timedelta(days=90), by=bertil)
    job = people.Activity.objects.get()
    assert (job.extent, job.end_date) == (75, ON + timedelta(days=90))
    trail.undo(last_receipt(bertil), by=bertil)  # type: ignore[arg-type]
    assert people.Activity.objects.get().end_date is None
    assert trail.of_person(amina.pk, by=bertil).filter(action="people.activity.corrected").exists()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "loafing"}, "unknown_code"),
        ({"extent": 0}, "extent"),
        ({"extent": 101}, "extent"),
        ({"end_date": ON - timedelta(days=1)}, "end_before_start"),
        ({"start_date": date(1980, 1, 1)}, "before_birth"),
        ({"basis": "maybe"}, "unknown_code"),
        ({"place": "x" * 121}, "too_long"),
    ],
)
def test_what_cannot_be_is_refused(amina: people.Person, bertil: Acting, asked: dict[str, object], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        people.begin_activity(person=amina, by=bertil, **({"kind": "employment", "start_date": ON} | asked))
    assert refused.value.code == code
    job = people.begin_activity(person=amina, kind="employment", start_date=ON, by=bertil)
    with pytest.raises(RuleBroken) as refused:
        people.correct_activity(activity=job, by=bertil, **asked)
    assert refused.value.code == code


def test_two_who_correct_the_same(amina: people.Person, bertil: Acting) -> None:
    job = people.begin_activity(person=amina, kind="employment", start_date=ON, by=bertil)
    people.correct_activity(activity=people.Activity.objects.get(), extent=50, version=job.version, by=bertil)
    with pytest.raises(Conflict) as conflict:
        people.correct_activity(activity=people.Activity.objects.get(), extent=80, version=job.version, by=bertil)
    assert (conflict.value.mine["extent"], conflict.value.theirs["extent"]) == (80, 50)


def test_outsiders(amina: people.Person, cast: Cast) -> None:
    with acting_as(cast.bertil) as bertil:
        job = people.begin_activity(person=amina, kind="employment", start_date=ON, by=bertil)
    for by, fault in ((cast.david, Missing), (cast.erik, Missing), (cast.elsa, NotAllowed), (cast.rakel, NotAllowed)):
        with acting_as(by):
            for act in (
                lambda by=by: people.begin_activity(person=amina, kind="employment", start_date=ON, by=by),
                lambda by=by: people.end_activity(activity=job, on=ON, by=by),
                lambda by=by: people.correct_activity(activity=job, extent=1, by=by),
            ):
                with pytest.raises(fault):
                    act()
