"""Services other than SFI: begun, ended, corrected, beside each other; and what statistics and life line are told."""

from datetime import date

import pytest

from matrikel.base import codes
from matrikel.domain.people.door import Person
from matrikel.domain.services import door as services
from matrikel.domain.services import facts
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, RuleBroken
from matrikel.kernel.timeline import LANES
from tests.cast import Cast, acting_as
from tests.domain.services.conftest import person_of

FIRST, LAST = date(2026, 4, 13), date(2026, 9, 25)


def interned(person: Person, by: Acting, **fields: object) -> services.Participation:
    given = {"kind": "internship", "start_date": FIRST, "end_date": LAST, "provider": "Älvnäs bageri", **fields}
    return services.begin(person=person, by=by, **given)


def test_an_internship_is_recorded_and_logged(amina: Person, bertil: Acting) -> None:
    row = interned(amina, bertil, extent=50, basis="yes", provider=" Älvnäs bageri ")
    (held,) = services.participations_of(amina)
    assert held == row
    assert (held.provider, held.extent, held.basis, held.unit_id) == ("Älvnäs bageri", 50, "yes", bertil.unit_id)
    entry = trail.of_person(amina.pk, by=bertil)[0]
    assert (entry.action, entry.outcome) == ("services.participation.begun", "created")


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"kind": "employment"}, "unknown_kind", "kind"),
        ({"kind": "nonsense"}, "unknown_kind", "kind"),
        ({"applied_on": FIRST}, "not_applied_for", "kind"),
        ({"provider": " "}, "no_provider", "provider"),
        ({"end_date": date(2026, 4, 12)}, "end_before_start", "end_date"),
        ({"start_date": date(1980, 1, 1)}, "before_birth", "start_date"),
        ({"extent": 0}, "extent", "extent"),
        ({"extent": 101}, "extent", "extent"),
        ({"result": "passed"}, "no_results", "result"),
        ({"kind": "sfi", "end_date": None, "result": "passed"}, "result_before_end", "end_date"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    amina: Person, bertil: Acting, fields: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as fault:
        interned(amina, bertil, **fields)
    assert (fault.value.code, fault.value.field) == (code, field)
    assert services.participations_of(amina) == []


def test_nothing_is_recorded_after_death(bertil: Acting) -> None:
    dead = person_of(bertil, death_date=date(2026, 5, 1))
    with pytest.raises(RuleBroken) as fault:
        interned(dead, bertil)
    assert fault.value.code == "after_death"


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({}, True),
        ({"provider": "ÄLVNÄS BAGERI ", "start_date": LAST, "end_date": None}, True),
        ({"start_date": date(2026, 1, 1), "end_date": FIRST}, True),
        ({"start_date": date(2026, 1, 1), "end_date": date(2026, 4, 12)}, False),
        ({"start_date": date(2026, 9, 26), "end_date": None}, False),
        ({"provider": "Storköket"}, False),
        ({"kind": "protected_work"}, False),
    ],
)
def test_two_spells_of_a_kind_with_one_provider_do_not_overlap(
    amina: Person, bertil: Acting, fields: dict[str, object], refused: bool
) -> None:
    interned(amina, bertil)
    if refused:
        with pytest.raises(RuleBroken) as fault:
            interned(amina, bertil, **fields)
        assert (fault.value.code, fault.value.field) == ("overlaps", "start_date")
    else:
        assert interned(amina, bertil, **fields)


def test_ended_once_and_not_before_it_began(amina: Person, bertil: Acting) -> None:
    row = interned(amina, bertil, end_date=None)
    services.end(participation=row, on=LAST, by=bertil)
    with pytest.raises(RuleBroken) as fault:
        services.end(participation=row, on=LAST, by=bertil)
    assert fault.value.code == "ended_already"


def test_a_correction_keeps_the_rules_and_both_texts(amina: Person, bertil: Acting) -> None:
    interned(amina, bertil)
    first, second = services.participations_of(amina)[0], services.participations_of(amina)[0]
    services.correct(participation=first, by=bertil, version=1, provider="Storköket")
    with pytest.raises(Conflict) as conflict:
        services.correct(participation=second, by=bertil, version=1, provider="Kommunförrådet")
    assert (conflict.value.mine, conflict.value.theirs) == ({"provider": "Kommunförrådet"}, {"provider": "Storköket"})
    with pytest.raises(RuleBroken):
        services.correct(participation=services.participations_of(amina)[0], by=bertil, end_date=date(2026, 1, 1))
    assert services.participations_of(amina)[0].end_date == LAST


def test_undo_of_a_correction_and_of_a_beginning(amina: Person, bertil: Acting) -> None:
    with trail.writing("test.begun", by=bertil) as begun:
        row = interned(amina, bertil)
    with trail.writing("test.corrected", by=bertil) as corrected:
        services.correct(participation=row, by=bertil, provider="Storköket", end_date=None)
    trail.undo(corrected.receipt_id, by=bertil)
    (held,) = services.participations_of(amina)
    assert (held.provider, held.end_date) == ("Älvnäs bageri", LAST)
    with pytest.raises(Conflict):  # the row has moved on since it was begun, though back to the same words
        trail.undo(begun.receipt_id, by=bertil)
    with trail.writing("test.begun", by=bertil) as again:
        services.begin(person=amina, kind="validation", start_date=FIRST, by=bertil)
    trail.undo(again.receipt_id, by=bertil)
    assert [one.kind for one in services.participations_of(amina)] == ["internship"]


def test_something_recorded_by_mistake_is_taken_back(amina: Person, bertil: Acting) -> None:
    services.withdraw(participation=interned(amina, bertil), by=bertil)
    assert services.participations_of(amina) == []
    assert interned(amina, bertil)


def test_every_offer_has_a_name_and_a_lane() -> None:
    for kind, offer in services.OFFERS.items():
        assert kind in codes.code_list("activities")
        assert offer.lane in LANES
        assert not offer.results or codes.code_list(offer.results)


def test_the_timeline_names_lane_provider_and_result(amina: Person, bertil: Acting) -> None:
    interned(amina, bertil)
    services.begin(
        person=amina, kind="sfi", start_date=date(2025, 10, 6), end_date=date(2026, 2, 27), result="passed",
        title="Sfi 2B", applied_on=date(2025, 9, 1), by=bertil,
    )  # fmt: skip
    services.apply(person=amina, kind="sfi", on=date(2026, 11, 1), by=bertil)
    way = services.timeline(amina)
    assert {(s.lane, s.label, s.counts_as, s.note) for s in way.spells} == {
        ("internship", "Praktik på en arbetsplats", "labour_market_activity", "Älvnäs bageri"),
        ("sfi", "Sfi 2B", "language_training", "Godkänd"),
    }
    assert [(m.label, m.on) for m in way.marks] == [
        ("Anmälan till sfi", date(2026, 11, 1)),
        ("Anmälan till sfi", date(2025, 9, 1)),
    ]


def test_facts_are_rows_in_the_declared_columns(amina: Person, bertil: Acting, cast: Cast) -> None:
    interned(amina, bertil, extent=50, basis="yes")
    services.begin(
        person=amina, kind="sfi", start_date=date(2025, 10, 6), end_date=date(2026, 2, 27), result="passed",
        title="hemlig titel", applied_on=date(2025, 9, 1), by=bertil,
    )  # fmt: skip
    services.apply(person=amina, kind="sfi", on=date(2026, 11, 1), by=bertil)
    unit = bertil.unit_id
    assert list(facts.spells().rows) == [
        (amina.pk, "sfi", date(2025, 10, 6), date(2026, 2, 27), "passed", unit, "2380", "unknown", None),
        (amina.pk, "internship", FIRST, LAST, "", unit, "2380", "yes", 50),
    ]
    assert list(facts.sfi_applications().rows) == [
        (amina.pk, "sfi_application", date(2025, 9, 1), unit, "2380"),
        (amina.pk, "sfi_application", date(2026, 11, 1), unit, "2380"),
    ]
    assert list(facts.sfi_starts().rows) == [(amina.pk, "sfi_start", date(2025, 10, 6), unit, "2380")]
    assert len(facts.spells().columns) == len(next(facts.spells().rows))
    assert len(facts.sfi_starts().columns) == len(next(facts.sfi_starts().rows))
    with acting_as(cast.erik):
        assert list(facts.spells().rows) == list(facts.sfi_applications().rows) == list(facts.sfi_starts().rows) == []
