"""How things are counted. Each rule is a test; its text is the rule's page in docs/reference/semantics.md."""

from pathlib import Path

import pytest

from matrikel_stats import Result, examine, explain, standing
from tests.stats.worlds import CODES, both, indicator, offsets, statuses, world

BODY = """
kind = "reached"
[cohort.anchor]
spell = ["registration"]
[window]
months = 12
[outcome]
spell = ["employment"]
[leaving]
events = ["left"]
deaths = ["death"]
"""
STATE = """
kind = "state"
[cohort.anchor]
spell = ["registration"]
[state]
at = { months = 24 }
[outcome]
spell = ["employment"]
"""


def _person(tmp_path: Path, spells: str, body: str = BODY, freeze: str = "2025-12-31") -> list[tuple[int, str, int]]:
    """One person registered on 1 March 2020, with more spells: `employment 2020-04-01 2020-05-01`."""
    lines = ["person_id | kind | start_date | end_date", "a | registration | 2020-03-01 | -"]
    lines += [" | ".join(["a", *line.split()]) for line in spells.strip().splitlines()]
    drawing = "persons\nperson_id | birth_date | sex\na | 1980-01-01 | f\nspells\n" + "\n".join(lines)
    result = both(indicator(tmp_path / "definitions", body), world(tmp_path / "data", drawing, freeze))
    return offsets(result.count_tables[0])


def test_running_at_the_anchor_counts(tmp_path: Path) -> None:
    """What already runs on the anchor day counts from that day.

    Someone in work on the day of registration is in work within a year. A job that ended the day before does not count.
    `starts = "new"` in the condition counts only what begins on the anchor day or later.
    """
    assert _person(tmp_path, "employment 2019-01-01 -") == [(0, "outcome", 1)]
    assert _person(tmp_path, "employment 2019-01-01 2020-02-29") == [(365, "window_passed", 1)]
    new = BODY.replace('["employment"]', '["employment"]\nstarts = "new"')
    assert _person(tmp_path, "employment 2019-01-01 -", new) == [(365, "window_passed", 1)]
    assert _person(tmp_path, "employment 2020-03-01 -", new) == [(0, "outcome", 1)]


AT_END = BODY.replace('["employment"]', '["employment"]\nholds = "at_end"')


@pytest.mark.parametrize(
    ("spells", "freeze", "expected"),
    [
        ("employment 2020-04-01 -", "2025-12-31", (364, "outcome", 1)),
        ("employment 2020-04-01 2021-02-28", "2025-12-31", (364, "outcome", 1)),  # ends on the last day
        ("employment 2020-04-01 2021-02-27", "2025-12-31", (365, "window_passed", 1)),  # over a day too soon
        ("employment 2021-02-28 2021-02-28", "2025-12-31", (364, "outcome", 1)),  # that day alone
        ("employment 2021-03-01 -", "2025-12-31", (365, "window_passed", 1)),  # begins the day after
        ("employment 2020-04-01 -", "2021-02-27", (363, "frozen", 1)),  # the last day is not yet known
        ("employment 2020-04-01 -", "2021-02-28", (364, "outcome", 1)),
    ],
)
def test_any_time_or_holding_at_the_end(
    tmp_path: Path, spells: str, freeze: str, expected: tuple[int, str, int]
) -> None:
    """Any day within the window is enough, unless the definition says the end.

    Without more said, one day of work within the year is work within the year. `holds = "at_end"` asks for a spell that
    holds on the last day of the window: began on or before it and ends on or after it. It is met on that day and no
    earlier, so nobody is counted before the window has run out, and who leaves before is counted as having left.
    """
    assert _person(tmp_path, spells, AT_END, freeze) == [expected]


def test_new_and_at_the_end(tmp_path: Path) -> None:
    """The two choices may be taken together.

    `starts = "new"` with `holds = "at_end"`: begun on or after the anchor day and still holding at the end.
    """
    both_said = AT_END.replace('holds = "at_end"', 'holds = "at_end"\nstarts = "new"')
    assert _person(tmp_path, "employment 2019-01-01 -", both_said) == [(365, "window_passed", 1)]
    assert _person(tmp_path, "employment 2020-03-01 -", both_said) == [(364, "outcome", 1)]


@pytest.mark.parametrize(
    ("spells", "freeze", "expected"),
    [
        ("employment 2019-01-01 -", "2025-12-31", (730, "outcome", 1)),
        ("employment 2022-03-01 2022-03-01", "2025-12-31", (730, "outcome", 1)),  # the very day
        ("employment 2022-03-02 -", "2025-12-31", (731, "window_passed", 1)),
        ("employment 2019-01-01 2022-02-28", "2025-12-31", (731, "window_passed", 1)),  # the day before
        ("employment 2019-01-01 -", "2022-02-28", (729, "frozen", 1)),
    ],
)
def test_state_at_a_time(tmp_path: Path, spells: str, freeze: str, expected: tuple[int, str, int]) -> None:
    """A state at a time is looked at on the anniversary itself.

    `kind = "state"` with `at = { months = 24 }` asks what holds on the day two years after the anchor day, not on the
    day before as a window does: 24 months after 1 March 2020 is 1 March 2022. `at = { days = 90 }` is ninety days on.
    Otherwise it is counted as something reached that can be met on one single day.
    """
    assert _person(tmp_path, spells, STATE, freeze) == [expected]


def test_state_after_days(tmp_path: Path) -> None:
    """Ninety days after 1 March 2020 is 30 May 2020.

    The anchor day is day 0.
    """
    body = STATE.replace("months = 24", "days = 90")
    assert _person(tmp_path, "employment 2020-05-30 2020-05-30", body) == [(90, "outcome", 1)]
    assert _person(tmp_path, "employment 2020-05-31 -", body) == [(91, "window_passed", 1)]


LEAVERS = """
persons
person_id | birth_date | sex
works     | 1980-01-01 | f
waits     | 1980-01-01 | f
moves     | 1980-01-01 | f
dies      | 1980-01-01 | m
late      | 1980-01-01 | m
spells
person_id | kind         | start_date | end_date
works     | registration | 2020-01-01 | -
works     | employment   | 2020-02-01 | -
waits     | registration | 2020-01-01 | -
moves     | registration | 2020-01-01 | -
dies      | registration | 2020-01-01 | -
late      | registration | 2020-01-01 | -
late      | employment   | 2020-02-01 | -
events
person_id | kind  | date       | to_county
moves     | left  | 2020-03-01 | outside
dies      | death | 2020-04-01 | -
late      | left  | 2020-03-01 | outside
"""


def _leavers(tmp_path: Path, body: str) -> Result:
    return both(indicator(tmp_path / "definitions", body), world(tmp_path / "data", LEAVERS))


def test_leavers_kept_or_dropped(tmp_path: Path) -> None:
    """Leavers stay in the denominator of the closed share, unless the definition drops them.

    Someone who moves or dies before the outcome did not reach it here. Kept, the share is of all who came; it
    can only be too low. `in_share = "dropped"` under `[leaving]` takes them out of numerator and denominator alike. Who
    reached the outcome before leaving is counted as having reached it either way. The count table, the number who left
    and the Aalen–Johansen estimate are the same in both.
    """
    kept = _leavers(tmp_path / "kept", BODY)
    dropped = _leavers(tmp_path / "dropped", BODY + 'in_share = "dropped"\n')
    assert kept.total is not None
    assert dropped.total is not None
    assert (kept.total.k, kept.total.n) == (2, 5)
    assert (dropped.total.k, dropped.total.n) == (2, 3)
    assert kept.count_tables[0].rows == dropped.count_tables[0].rows
    assert kept.left_before == dropped.left_before
    assert kept.total.aj == dropped.total.aj
    assert kept.logic_hash != dropped.logic_hash


def test_where_a_dropped_leaver_stands(tmp_path: Path) -> None:
    """Asked about one person, a leaver is told as such, and as outside the share where leavers are dropped."""
    dataset = world(tmp_path / "data", LEAVERS)
    for said, counted in (("", True), ('in_share = "dropped"\n', False)):
        definition = indicator(tmp_path / "definitions", BODY + said)
        (found,) = standing(definition, dataset, "moves")
        assert (found.standing, found.mature) == ("left", counted)


def test_who_leaves_before_the_day_has_left(tmp_path: Path) -> None:
    """Leaving comes before what would hold at the end.

    A state at a time is never met by someone who left before that day, even where a job went on.
    """
    result = _leavers(tmp_path, STATE + '[leaving]\nevents = ["left"]\ndeaths = ["death"]\n')
    assert statuses(result.count_tables[0]) == {"outcome": 1, "window_passed": 1, "left_outside": 2, "died": 1}


@pytest.mark.parametrize(
    ("months", "start", "counted"),
    [(12, "2021-02-27", True), (12, "2021-02-28", False), (48, "2024-02-28", True), (48, "2024-02-29", False)],
)
def test_the_anniversary_of_29_february(tmp_path: Path, months: int, start: str, counted: bool) -> None:
    """The anniversary of 29 February is 28 February in a common year.

    A window of twelve months from 29 February 2020 ends on 27 February 2021, one of 48 months on 28 February 2024.
    """
    drawing = f"""
    persons
    person_id | birth_date | sex
    a         | 1980-01-01 | f
    spells
    person_id | kind         | start_date | end_date
    a         | registration | 2020-02-29 | -
    a         | employment   | {start}    | -
    """
    body = BODY.replace("months = 12", f"months = {months}")
    result = both(indicator(tmp_path / "definitions", body), world(tmp_path / "data", drawing))
    assert result.total is not None
    assert result.total.k == counted


def test_age_on_the_anchor_day(tmp_path: Path) -> None:
    """Age is completed years on the anchor day; one born on 29 February grows older on 28 February in a common year.

    Born 29 February 2000 and registered 28 February 2021: 21 years. A day earlier: 20.
    """
    for day, age in (("2021-02-27", 20), ("2021-02-28", 21)):
        drawing = f"""
        persons
        person_id | birth_date | sex
        a         | 2000-02-29 | f
        spells
        person_id | kind         | start_date | end_date
        a         | registration | {day}      | -
        """
        body = BODY.replace("[cohort.anchor]", f"[cohort]\nage = {{ from = {age}, to = {age} }}\n[cohort.anchor]")
        result = both(indicator(tmp_path / day / "definitions", body), world(tmp_path / day / "data", drawing))
        assert result.population == 1


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ("employment 2020-04-01 2020-04-10\nemployment 2020-04-05 2020-04-14", 44),  # overlapping: 1 to 14 April
        ("employment 2020-04-01 2020-04-07\nemployment 2020-04-08 2020-04-14", 44),  # touching
        ("employment 2020-04-01 2020-04-14\nemployment 2020-04-01 2020-04-14", 44),  # the same twice
        ("employment 2020-04-01 -", 44),  # open
        ("employment 2020-04-01 2020-04-01\nemployment 2020-05-01 2020-05-13", 73),  # a spell of one day is a day
    ],
)
def test_overlapping_touching_open_and_one_day_spells(tmp_path: Path, spells: str, expected: int) -> None:
    """Spells may overlap, touch, repeat, stay open or last one day: every day in force counts once.

    First and last day are both in force. Fourteen days of work are reached on the day the fourteenth of them comes,
    however they are written down. An open spell goes on until the freeze date.
    """
    body = BODY.replace('["employment"]', '["employment"]\ntotal_days = 14')
    assert _person(tmp_path, spells, body) == [(expected, "outcome", 1)]


def test_freeze(tmp_path: Path) -> None:
    """The freeze date is the last day known about.

    What begins that day counts; what is dated the day after is planned and has not happened. Someone whose window has
    not run out on the freeze date is not yet mature: neither a success nor a failure of the closed share.
    """
    assert _person(tmp_path, "employment 2020-06-01 -", freeze="2020-06-01") == [(92, "outcome", 1)]
    assert _person(tmp_path, "employment 2020-06-02 -", freeze="2020-06-01") == [(92, "frozen", 1)]


def test_a_person_in_two_places_is_counted_where_the_anchor_says(tmp_path: Path) -> None:
    """A person who stands in two places is counted where the anchor row says.

    The unit, the municipality and the board of the anchor row decide the cell, not those of the job or of a later move.
    Where the anchor row says nothing, the person's own attribute does. With one anchor a municipality
    (`per = "municipality"`) the person is one in each, and a county is the sum of its municipalities.
    """
    drawing = """
    persons
    person_id | birth_date | sex
    a         | 1980-01-01 | f
    spells
    person_id | kind         | start_date | end_date | municipality
    a         | registration | 2020-01-01 | -        | 2380
    a         | registration | 2020-03-01 | -        | 2313
    a         | employment   | 2021-01-15 | -        | 2313
    """
    dataset = world(tmp_path / "data", drawing)
    body = 'breakdowns = [["municipality"]]\n' + BODY
    once = both(indicator(tmp_path / "once", body), dataset)
    assert [(cell.values["municipality"], cell.n, cell.k) for cell in once.breakdowns[0].cells] == [("2380", 1, 0)]
    each = body.replace('spell = ["registration"]', 'spell = ["registration"]\nper = "municipality"')
    twice = both(indicator(tmp_path / "twice", each), dataset)
    found = [(cell.values["municipality"], cell.n, cell.k) for cell in twice.breakdowns[0].cells]
    assert found == [("2313", 1, 1), ("2380", 1, 0)]


def test_a_state_is_made_of_spells(tmp_path: Path) -> None:
    body = STATE.replace('spell = ["employment"]', 'event = ["referral"]')
    (tmp_path / "example.toml").write_text(f'id = "example"\n{body}', encoding="utf-8")
    faults = [found for found in examine(tmp_path / "example.toml", CODES)[1] if found.code == "state_of_spells"]
    assert len(faults) == 1
    assert "example.toml:8" in faults[0].text()


def test_told_in_words(tmp_path: Path) -> None:
    state = indicator(tmp_path, STATE + '[leaving]\nevents = ["left"]\nin_share = "dropped"\n')
    assert "Den dag som infaller 24 månader senare: anställning." in explain(state, "sv")
    assert "den som lämnar före utfallet räknas inte i andelen" in explain(state, "sv")
    assert "On the day 24 months later: employment." in explain(state, "en")
    end = indicator(tmp_path, AT_END.replace("months = 12", "months = 1"))
    assert "Inom 1 månad: anställning, som gäller den sista dagen." in explain(end, "sv")
    assert "Within 1 month: employment, holding on the last day." in explain(end, "en")
    assert "Inom 1 dag:" in explain(indicator(tmp_path, BODY.replace("months = 12", "days = 1")), "sv")
