"""A whole home-made register through the real actions: counts, again, back, stopped, killed, wholly in or out."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from matrikel.base.scope import acting_as
from matrikel.domain.cases import door as cases
from matrikel.domain.imports import door as imports
from matrikel.domain.imports.actions import run
from matrikel.domain.imports.actions.writer import RowWriter
from matrikel.domain.imports.door import Batch, Row
from matrikel.domain.people import door as people
from matrikel.domain.services import door as services
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.models import Entry, Receipt
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken
from tests.cast import Cast
from tests.domain.imports.conftest import AMINA_ROW, BOOK, OMAR_ROW, register_of

TRUTH = json.loads(BOOK.with_suffix(".truth.json").read_text(encoding="utf-8"))
REFUSED = sum(TRUTH["rows_refused"].values())
ALL = 226 + 17 + 4 + 4

Take = Callable[..., Batch]


def standing() -> dict[str, int]:
    """How many rows of each kind stand in the register."""
    models = (
        people.Person, people.IdentityNumber, people.Registration, people.Activity, cases.Case, cases.Reception,
        cases.Assignment, cases.Referral, services.Participation,
    )  # fmt: skip
    return {model.__name__: model.objects.count() for model in models}


def counts(batch: Batch) -> tuple[int, ...]:
    return batch.rows_read, batch.good, batch.refused, batch.flagged, batch.skipped


def test_every_row_is_counted_as_the_truth_says(take_in: Take) -> None:
    batch = take_in(BOOK.read_bytes(), register_date=None)
    assert counts(batch) == (ALL, TRUTH["people_ok"], REFUSED, TRUTH["duplicates_flagged"], 4)
    assert (batch.new, batch.filled, batch.unchanged) == (226, 0, 4)
    assert people.Person.objects.count() == TRUTH["people_ok"]
    kinds: dict[str, int] = {}
    for row in Row.objects.filter(outcome="refused"):
        kinds[row.problems[0]["kind"]] = kinds.get(row.problems[0]["kind"], 0) + 1
    assert kinds == TRUTH["rows_refused"]
    assert {(row["excel_row"], row["kind"]) for row in TRUTH["problem_rows"]} == {
        (row.number, row.problems[0]["kind"]) for row in Row.objects.exclude(outcome="good")
    }


def test_the_preview_foretells_the_import_and_writes_nothing(cecilia: Acting) -> None:
    batch = imports.upload(content=BOOK.read_bytes(), file_name=BOOK.name, by=cecilia)
    batch = imports.preview(batch=batch, by=cecilia)
    foretold = (*counts(batch), batch.new, batch.filled, batch.unchanged)
    assert standing() == dict.fromkeys(standing(), 0)
    imports.begin(batch=batch, by=cecilia)
    batch = imports.run_batch(batch_id=batch.pk, by=cecilia)
    assert (*counts(batch), batch.new, batch.filled, batch.unchanged) == foretold


def test_each_row_has_one_receipt_and_the_log_is_whole(take_in: Take) -> None:
    take_in(register_of(AMINA_ROW, OMAR_ROW))
    rows = list(Row.objects.all())
    receipts = Receipt.objects.filter(action="imports.row.written")
    assert {row.receipt_id for row in rows} == {receipt.pk for receipt in receipts}
    assert trail.broken_chains() == []
    omar = people.Person.objects.get(given_name="Omar")
    acts = set(Entry.objects.filter(person_id=omar.pk).values_list("action", flat=True))
    assert {"people.person.registered", "cases.case.opened", "services.participation.begun"} <= acts


def test_the_same_file_again_changes_nothing(take_in: Take) -> None:
    take_in(BOOK.read_bytes())
    before, receipts = standing(), Receipt.objects.count()
    again = take_in(BOOK.read_bytes())
    assert (again.new, again.filled, again.unchanged) == (0, 0, 230)
    assert (standing(), Receipt.objects.count()) == (before, receipts)


def test_undo_takes_everything_back(take_in: Take, cecilia: Acting) -> None:
    batch = take_in(BOOK.read_bytes())
    imports.undo_batch(batch=batch, by=cecilia)
    batch = imports.run_undo(batch_id=batch.pk, by=cecilia)
    assert (batch.status, batch.left) == ("undone", 0)
    assert standing() == dict.fromkeys(standing(), 0)
    assert take_in(BOOK.read_bytes()).new == 226, "what was undone counts as never taken in"


def test_undo_takes_two_rows_about_one_person_back_together(take_in: Take, cecilia: Acting) -> None:
    again = [3, *AMINA_ROW[1:5], "", "", "", "", "2007-09-01", "2007-12-01"]
    sparse = [*AMINA_ROW[:5], "", *AMINA_ROW[6:]]
    more = [4, *AMINA_ROW[1:5], "Somalia"]
    batch = take_in(register_of(sparse, again, more))
    assert (batch.new, batch.filled) == (1, 2)
    imports.undo_batch(batch=batch, by=cecilia)
    assert imports.run_undo(batch_id=batch.pk, by=cecilia).left == 0
    assert standing() == dict.fromkeys(standing(), 0)


def test_undo_leaves_what_somebody_has_changed_since(take_in: Take, cast: Cast, cecilia: Acting) -> None:
    batch = take_in(register_of(AMINA_ROW, OMAR_ROW))
    with acting_as(cast.bertil) as bertil:
        amina = people.Person.objects.get(given_name="Amina")
        people.correct(person=amina, by=bertil, country="ET")
    imports.undo_batch(batch=batch, by=cecilia)
    batch = imports.run_undo(batch_id=batch.pk, by=cecilia)
    assert batch.left == 1
    assert [person.given_name for person in people.Person.objects.all()] == ["Amina"]
    assert cases.Case.objects.count() == 1, "a row is left as a whole"


def test_a_killed_import_goes_on_where_it_was(take_in: Take, cecilia: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = imports.upload(content=BOOK.read_bytes(), file_name=BOOK.name, by=cecilia)
    imports.begin(batch=batch, by=cecilia)
    monkeypatch.setattr(run, "HELD_SECONDS", -1)
    written = RowWriter.write

    def dies(writer: RowWriter, steps: list[Any]) -> None:
        if people.Person.objects.count() >= 40:
            raise SystemExit
        written(writer, steps)

    monkeypatch.setattr(RowWriter, "write", dies)
    with pytest.raises(SystemExit):
        imports.run_batch(batch_id=batch.pk, by=cecilia)
    batch.refresh_from_db()
    assert batch.status == "stopped"
    assert people.Person.objects.count() == 40
    assert Row.objects.filter(effect="new").count() == 40, "what was taken in and what is said of it agree"
    monkeypatch.setattr(RowWriter, "write", written)
    imports.resume(batch=batch, by=cecilia)
    batch = imports.run_batch(batch_id=batch.pk, by=cecilia)
    assert counts(batch) == (ALL, 226, REFUSED, 4, 4)
    assert people.Person.objects.count() == 226


def test_a_run_that_has_been_taken_over_writes_no_more(cecilia: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = imports.upload(content=BOOK.read_bytes(), file_name=BOOK.name, by=cecilia)
    imports.begin(batch=batch, by=cecilia)
    monkeypatch.setattr(run, "HELD_SECONDS", -1)

    def taken_over(so_far: Any) -> None:
        if so_far.read == 20:
            held = imports.batch_for(cecilia, batch.pk)
            with pytest.raises(RuleBroken, match="inget kvar"):
                imports.resume(batch=held, by=cecilia)
            imports.resume(batch=held, by=cecilia, take_over=True)

    left = imports.run_batch(batch_id=batch.pk, by=cecilia, progress=taken_over)
    assert (left.status, left.rows_read) == ("queued", 20)
    assert counts(imports.run_batch(batch_id=batch.pk, by=cecilia)) == (ALL, 226, REFUSED, 4, 4)


def test_a_stopped_import_writes_no_more(cecilia: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = imports.upload(content=BOOK.read_bytes(), file_name=BOOK.name, by=cecilia)
    imports.begin(batch=batch, by=cecilia)
    monkeypatch.setattr(run, "HELD_SECONDS", -1)

    def stops(so_far: Any) -> None:
        if so_far.read == 30:
            imports.stop(batch=batch, by=cecilia)

    batch = imports.run_batch(batch_id=batch.pk, by=cecilia, progress=stops)
    assert (batch.status, batch.rows_read) == ("stopped", 30)
    assert people.Person.objects.count() == batch.new
    with pytest.raises(RuleBroken, match="pågår inte"):
        imports.stop(batch=batch, by=cecilia)


def test_a_row_is_wholly_in_or_out(take_in: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = services.begin

    def breaks(**said: Any) -> Any:
        if said["person"].given_name == "Omar":
            raise RuleBroken("overlaps", "Det går inte.", field="start_date")
        return begun(**said)

    monkeypatch.setattr(services, "begin", breaks)
    batch = take_in(register_of(OMAR_ROW, AMINA_ROW))
    assert counts(batch)[:3] == (2, 1, 1)
    assert [person.given_name for person in people.Person.objects.all()] == ["Amina"]
    assert standing() | {"Person": 1, "Case": 1, "Reception": 1} == standing(), "nothing of the other row is left"
    refused = Row.objects.get(outcome="refused")
    assert (refused.receipt_id, refused.person_id, refused.problems[0]["args"]["text"]) == (None, None, "Det går inte.")
    assert trail.broken_chains() == []


def test_rows_that_the_database_refuses_together_are_tried_alone(
    take_in: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = cases.open_case

    def breaks(**said: Any) -> Any:
        if said["person"].given_name == "Omar":
            raise IntegrityError("one of them")
        return opened(**said)

    monkeypatch.setattr(cases, "open_case", breaks)
    batch = take_in(register_of(OMAR_ROW, AMINA_ROW))
    assert counts(batch)[:3] == (2, 1, 1)
    assert people.Person.objects.get().given_name == "Amina"


def test_dates_reach_the_right_rows(take_in: Take) -> None:
    row = [*OMAR_ROW, "2008-03-01", "arbete"]
    take_in(register_of(row))
    omar = people.Person.objects.get()
    case = cases.Case.objects.get()
    assert (case.start_date, case.end_date, case.close_reason) == (date(2007, 4, 1), date(2008, 3, 1), "work")
    assert cases.Reception.objects.get().received_on == date(2007, 4, 1)
    assert people.Registration.objects.get().start_date == omar.first_registered_on == date(2007, 4, 15)
    internship = services.Participation.objects.get()
    assert (internship.kind, internship.end_date) == ("internship", date(2007, 12, 31))


@pytest.mark.parametrize("who", ["bertil", "david", "elsa", "rakel"])
def test_only_who_may_import_can(who: str, cast: Cast) -> None:
    with acting_as(getattr(cast, who)) as by, pytest.raises(NotAllowed):
        imports.upload(content=BOOK.read_bytes(), file_name=BOOK.name, by=by)
