"""Months with assistance: read in by the unit that pays, asked of and counted, and seen by nobody else."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matrikel.domain.access import door as access
from matrikel.domain.benefits import door as benefits
from matrikel.domain.benefits.models import AssistanceMonth
from matrikel.domain.casework import recipients
from matrikel.domain.figures import door as figures
from matrikel.domain.imports.actions.months import take_in_months
from matrikel.domain.imports.reading import read_months
from matrikel.domain.people import door as people
from matrikel.domain.surveys import door as surveys
from matrikel.domain.trail.models import Entry
from matrikel.extract import door as extract
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed
from tests.cast import Cast, acting_as
from tests.domain.casework.test_recipients import NUMBERS as MANY
from tests.domain.casework.test_recipients import known
from tests.extract.world import employ

Browse = Callable[[Acting], Client]
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)
HEAD = "Personnr;Månad;Hushåll;Belopp\n"
NUMBERS = MANY[:12]


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def persons(cast: Cast) -> dict[str, UUID]:
    """Twelve of Cecilia's unit, by number; the last has protected registration."""
    with acting_as(cast.cecilia) as by:
        protection = dict.fromkeys(NUMBERS, "none") | {NUMBERS[-1]: "registration"}
        return {number: known(by, number, protection[number]).pk for number in NUMBERS}


@pytest.fixture
def cesar(cast: Cast) -> Acting:
    """Who heads the other unit of the same board."""
    return employ("Cesar", "unit_manager", access.Unit.objects.get(pk=cast.david.unit_id))


def take_in(text: str, by: Acting) -> list[benefits.MonthList]:
    read = read_months((HEAD + text).encode(), "lista.csv", today=date(2026, 11, 20))
    assert read.problems == ()
    return take_in_months(rows=read.rows, file_name="lista.csv", by=by)


def rows_of(month: date, by: Acting) -> dict[UUID, Decimal | None]:
    found = AssistanceMonth.objects.filter(month_list__in=benefits.month_lists(by).filter(month=month))
    return dict(found.values_list("person_id", "amount"))


def test_rows_of_a_person_and_month_are_one_and_rows_about_others_are_counted(
    cast: Cast, persons: dict[str, UUID]
) -> None:
    one, two = NUMBERS[:2]
    with acting_as(cast.cecilia) as by:
        (made,) = take_in(
            f"{one};2026-06;17;6000\n{two};2026-06;17;\n{one};2026-06;17;500,25\n60000001;2026-06;;9\n", by
        )
        (listed,) = benefits.month_lists(by)
        assert (listed.month, listed.persons, listed.households, listed.amount) == (JUNE, 2, 1, Decimal("6500.25"))
        assert made.unreached == 1
        assert rows_of(JUNE, by) == {persons[one]: Decimal("6500.25"), persons[two]: None}
        log = Entry.objects.filter(action="benefits.months.recorded").exclude(person_id=None)
        assert {entry.person_id for entry in log} == {persons[one], persons[two]}


def test_a_new_list_takes_the_place_of_the_one_before_and_undo_brings_that_back(
    cast: Cast, persons: dict[str, UUID], browse: Browse
) -> None:
    client = browse(cast.cecilia)
    for number in NUMBERS[:2]:
        sent = {"file": SimpleUploadedFile("juni.csv", f"{HEAD}{number};2026-06;;100".encode())}
        page = client.get("/inlasning/bistand/ny/").context["form"]
        answer = client.post("/inlasning/bistand/ny/", sent | {"key": page["key"].value()}, follow=True)
        assert answer.redirect_chain[-1][0] == "/inlasning/bistand/"
        assert "juni 2026" in answer.content.decode()
        with acting_as(cast.cecilia) as by:
            assert set(rows_of(JUNE, by)) == {persons[number]}
    with acting_as(cast.cecilia):
        log = Entry.objects.filter(action="benefits.months.recorded", person_id=persons[NUMBERS[0]])
        assert log.count() == 2, "also that the month was taken from who stood in the list before"
    client.post(f"/angra/{page['key'].value()}/")
    with acting_as(cast.cecilia) as by:
        assert set(rows_of(JUNE, by)) == {persons[NUMBERS[0]]}


def test_a_row_that_cannot_be_read_is_shown_and_nothing_is_kept(
    cast: Cast, persons: dict[str, UUID], browse: Browse
) -> None:
    client = browse(cast.cecilia)
    text = f"{HEAD}{NUMBERS[0]};2026-06;;100\n{NUMBERS[1]};snart;;100\n19900312-9824;2026-06;;1\n"
    form = client.get("/inlasning/bistand/ny/").context["form"]
    sent = {"file": SimpleUploadedFile("juni.csv", text.encode()), "key": form["key"].value()}
    answer = client.post("/inlasning/bistand/ny/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("2 rader går inte att läsa", "B3", "Skriv den som 2026-06.", "A4", "kontrollsiffra"):
        assert said in page
    assert "19900312-9824" not in page, "no whole number on a page of faults"
    with acting_as(cast.cecilia) as by:
        assert not benefits.month_lists(by)


@pytest.mark.parametrize("month", ["1950-01", "2026-12", "snart"])
def test_a_month_that_cannot_be_is_told_at_its_field(cast: Cast, browse: Browse, month: str) -> None:
    client = browse(cast.cecilia)
    form = client.get("/inlasning/bistand/ny/").context["form"]
    sent = {"file": SimpleUploadedFile("juni.csv", f"Personnr\n{NUMBERS[0]}\n".encode()), "key": form["key"].value()}
    answer = client.post("/inlasning/bistand/ny/", sent | {"month": month})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["month"])


def test_nobody_out_of_reach_is_counted(cast: Cast, persons: dict[str, UUID]) -> None:
    """Another head of the same unit, who is not in the circle of the protected one."""
    with acting_as(cast.cecilia) as by:
        take_in("".join(f"{number};2026-06;;100\n" for number in NUMBERS), by)
        (listed,) = benefits.month_lists(by)
        assert (listed.persons, listed.households, listed.amount) == (12, 12, 1200)
    with acting_as(employ("Sara", "unit_manager", cast.unit)) as by:
        (listed,) = benefits.month_lists(by)
        assert (listed.persons, listed.households, listed.amount) == (11, 11, 1100)


def test_a_month_is_taken_back_and_nobody_is_asked_for_it(cast: Cast, persons: dict[str, UUID], browse: Browse) -> None:
    with acting_as(cast.cecilia) as by:
        (made,) = take_in(f"{NUMBERS[0]};2026-06;;\n", by)
    client, where = browse(cast.cecilia), f"/inlasning/bistand/{made.pk}/ta-bort/"
    client.post(where, {"key": client.get(where).context["form"]["key"].value()})
    with acting_as(cast.cecilia) as by:
        assert benefits.months(by) == []
        assert benefits.assisted(by, JUNE) == []


def test_a_survey_goes_to_all_with_assistance_in_june(cast: Cast, persons: dict[str, UUID]) -> None:
    with acting_as(cast.cecilia) as by:
        take_in("".join(f"{number};2026-06;;\n" for number in NUMBERS) + f"{NUMBERS[0]};2026-05;;\n", by)
        june, may = recipients.assisted(JUNE, by=by), recipients.assisted(MAY, by=by)
        assert {each.person for each in june.recipients} == {persons[number] for number in NUMBERS[:-1]}
        assert june.without_letter == 1, "whose whereabouts are protected gets no letter"
        assert [each.person for each in may.recipients] == [persons[NUMBERS[0]]]
        people.record_death(person=people.get_for(by, persons[NUMBERS[0]]), on=date(2026, 10, 1), by=by)
        assert recipients.assisted(MAY, by=by).recipients == ()


def test_two_that_were_one_are_asked_once(cast: Cast, persons: dict[str, UUID]) -> None:
    with acting_as(cast.cecilia) as by:
        take_in("".join(f"{number};2026-06;;\n" for number in NUMBERS[:3]), by)
        keep, drop = (people.get_for(by, persons[number]) for number in NUMBERS[:2])
        people.merge(keep=keep, drop=drop, by=by)
        assert {each.person for each in recipients.assisted(JUNE, by=by).recipients} == {keep.pk, persons[NUMBERS[2]]}
        assert len(benefits.assisted(by, JUNE)) == 2


def test_the_page_that_chooses_whom_to_ask_offers_the_months(
    cast: Cast, persons: dict[str, UUID], browse: Browse
) -> None:
    with acting_as(cast.cecilia) as by:
        campaign = surveys.plan(
            form="user_survey", title="Hur går det?", languages=["en"], closes_on=date(2026, 12, 20), kind="anonymous",
            by=by,
        )  # fmt: skip
    client = browse(cast.cecilia)
    where = f"/enkater/{campaign.pk}/mottagare/"
    assert "Ingen är inläst" in client.get(where).content.decode()
    with acting_as(cast.cecilia) as by:
        take_in("".join(f"{number};2026-06;;\n" for number in NUMBERS[:6]), by)
    form = client.get(where).context["form"]
    sent = {"key": form["key"].value(), "cohort": "assisted"}
    assert "Välj en månad" in client.post(where, sent | {"count_them": ""}).content.decode()
    sent["month"] = "2026-06-01"
    assert "6 tillfrågas." in client.post(where, sent | {"count_them": ""}).content.decode()
    client.post(where, sent | {"open": ""})
    with acting_as(cast.cecilia) as by:
        assert surveys.campaign_for(by, campaign.pk).population == "Alla med ekonomiskt bistånd i juni 2026"


def test_nobody_outside_the_unit_is_told_of_a_month(
    cast: Cast, persons: dict[str, UUID], cesar: Acting, browse: Browse
) -> None:
    with acting_as(cast.cecilia) as by:
        (made,) = take_in(f"{NUMBERS[0]};2026-06;;100\n", by)
    for outsider in (cast.david, cast.erik, cesar):
        with acting_as(outsider) as by:
            assert benefits.months(by) == []
            assert recipients.assisted(JUNE, by=by).recipients == ()
            with pytest.raises(Missing):
                benefits.month_list_for(by, made.pk)
    answer = browse(cesar).get(f"/inlasning/bistand/{made.pk}/ta-bort/")
    assert answer.status_code == 404


def test_who_may_not_take_files_in_takes_no_months_in_or_back(
    cast: Cast, persons: dict[str, UUID], browse: Browse
) -> None:
    with acting_as(cast.cecilia) as by:
        (made,) = take_in(f"{NUMBERS[0]};2026-06;;100\n", by)
    for each in (*cast.outsiders, cast.bertil, cast.rakel):
        with acting_as(each) as by:
            with pytest.raises(Missing):
                benefits.month_list_for(by, made.pk)
            with pytest.raises(NotAllowed):
                take_in_months(rows=(), file_name="x", by=by)
            with pytest.raises(NotAllowed):
                benefits.take_back(month_list=made, by=by)
        assert browse(each).get("/inlasning/bistand/").status_code == 403
    with acting_as(cast.cecilia) as by:
        assert benefits.months(by) == [JUNE]


def test_another_unit_that_reads_the_same_file_reaches_nobody(
    cast: Cast, persons: dict[str, UUID], cesar: Acting
) -> None:
    """Its answer is the same for a person out of reach as for a number that is nobody's."""
    with acting_as(cesar) as by:
        (made,) = take_in(f"{NUMBERS[0]};2026-06;;100\n60000001;2026-06;;100\n", by)
        assert made.unreached == 2
        assert rows_of(JUNE, by) == {}


def test_months_become_the_published_figures_of_assistance(cast: Cast, persons: dict[str, UUID]) -> None:
    """Seven of twelve had 8 000 kronor every month of 2025, the other five 4 000 in three of them."""

    def year(number: str, months: int, kronor: int) -> str:
        return "".join(f"{number};2025-{month:02d};;{kronor}\n" for month in range(1, months + 1))

    with acting_as(cast.cecilia) as by:
        before = extract.run_figures(by=by, freeze=date(2026, 10, 31), indicators=["assistance_long_term"])
        assert (before.status, "inga uppgifter" in before.error) == ("failed", True)
        take_in(
            "".join(year(number, 12, 8000) for number in NUMBERS[:7])
            + "".join(year(number, 3, 4000) for number in NUMBERS[7:]),
            by,
        )
        run = extract.run_figures(
            by=by, freeze=date(2026, 10, 31), indicators=["assistance_long_term", "assistance_amount"]
        )
        assert run.status == "done", run.error
        shown = figures.show(by, "assistance_long_term", area=figures.BOARD, year="2025")
        assert (shown.total.cell.n, shown.total.cell.k) == (12, 7)
        cost = figures.show(by, "assistance_amount", area=figures.BOARD, year="2025")
        assert cost.total.cell.value == pytest.approx((7 * 12 * 8000 + 5 * 3 * 4000) / (7 * 12 + 5 * 3))
