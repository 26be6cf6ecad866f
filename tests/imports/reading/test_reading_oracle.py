"""A whole home-made register with its truth beside it."""

import json
from collections import Counter
from pathlib import Path

from matrikel.domain.imports.reading import read

DATA = Path(__file__).parents[2] / "data"
BOOK = DATA / "uppfoljningsmatrikel-2007.xlsx"
TRUTH = json.loads((DATA / "uppfoljningsmatrikel-2007.truth.json").read_text(encoding="utf-8"))


def test_every_row_comes_out_as_the_truth_says() -> None:
    reading = read(BOOK)
    found = list(reading)
    wrong = {
        outcome.source.number: [problem.kind for problem in outcome.problems] for outcome in found if outcome.problems
    }
    assert wrong == {row["excel_row"]: [row["kind"]] for row in TRUTH["problem_rows"]}
    refused = Counter(wrong[outcome.source.number][0] for outcome in found if outcome.status == "refused")
    assert refused == TRUTH["rows_refused"]
    tally = reading.tally
    assert (tally.good, tally.flagged) == (TRUTH["people_ok"], TRUTH["duplicates_flagged"])
    assert tally.read == len(found) == tally.good + tally.refused + tally.flagged + tally.skipped
    skipped = [(outcome.source.number, outcome.skipped_as) for outcome in found if outcome.status == "skipped"]
    assert skipped == [(69, "blank"), (137, "blank"), (202, "blank"), (255, "sum")]


def test_what_is_said_about_the_file() -> None:
    reading = read(BOOK)
    assert reading.sheets[0].headings.row == 4
    assert all(column.how == "heading" for column in reading.sheets[0].headings.columns)
    assert str(reading.register_date) == "2007-12-31"
    list(reading)
    assert [(notice.kind, notice.sheet) for notice in reading.notices] == [
        ("sheet_without_header", "Blad2"),
        ("later_than_claimed", "Inskrivna"),
    ]


def test_the_records_give_the_figures_of_the_truth() -> None:
    good = [outcome.record for outcome in read(BOOK) if outcome.status == "good" and outcome.record]
    internships = [record for record in good if record.internship_start_on and record.internship_start_on.year == 2007]
    assert len(internships) == TRUTH["internships_started_2007"]
    others = sum(record.category == "other_immigrant" for record in internships)
    assert len(internships) - others == TRUTH["of_them_refugees"]
    waits = [
        (record.sfi_start_on - record.sfi_applied_on).days
        for record in good
        if record.sfi_applied_on and record.sfi_start_on
    ]
    assert (len(waits), round(sum(waits) / len(waits), 2)) == (TRUTH["sfi_waits"], TRUTH["sfi_wait_days_mean"])
    assert sum(record.discharged_on is not None for record in good) == TRUTH["discharged"]
    referred = sum(record.discharge_reason == "referred_social_services" for record in good)
    assert referred == TRUTH["referred_to_social_services"]
    aged = [
        record.enrolled_on.year - record.birth_date.year
        - ((record.enrolled_on.month, record.enrolled_on.day) < (record.birth_date.month, record.birth_date.day))
        for record in good
        if record.enrolled_on and record.birth_date and record.enrolled_on.year == 2006
    ]  # fmt: skip
    assert sum(20 <= age <= 64 for age in aged) == TRUTH["enrolled_2006_aged_20_64"]
    assert all(record.identity and record.identity.is_test and record.identity.sex == record.sex for record in good)


def test_reading_twice_gives_the_same() -> None:
    reading = read(BOOK.read_bytes())
    assert list(reading) == list(reading)
