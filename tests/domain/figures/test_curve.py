"""The curve of a figure: day by day for those who work with the persons, at safe points for everybody else."""

from itertools import pairwise
from typing import Any

import pytest

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.catalogue import definition
from matrikel.domain.figures.curve import grids
from matrikel.domain.figures.door import View
from matrikel.kernel.acting import Acting
from tests.cast import acting_as
from tests.extract.world import GOAL, World


def seen_by(by: Acting, area: str, year: str = "2024", indicator: str = GOAL) -> View:
    with acting_as(by):
        return figures.show(by, indicator, area=area, year=year)


def told(view: View) -> list[tuple[int, int, int | None, int | None]]:
    assert view.curve is not None
    return [(m.at_risk, m.reached, m.left, m.waiting) for m in view.curve.moments]


def test_points_are_read_at_quarters_of_the_window_and_then_at_halves(published: World) -> None:
    assert [[each.months for each in grid] for grid in grids(definition(GOAL))] == [[3, 6, 9, 12], [6, 12]]
    assert [[each.months for each in grid] for grid in grids(definition("sfi_wait"))] == [[1, 2, 3, 6, 12], [3, 12]]


def test_the_own_unit_sees_who_was_waited_for_and_who_left(published: World) -> None:
    """One died after four months, one moved after six, thirteen got there after seven."""
    view = seen_by(published.cast.bertil, figures.UNIT)
    assert told(view) == [(23, 0, 0, 0), (23, 0, 0, 0), (21, 0, 2, 0), (8, 13, 2, 0), (8, 13, 2, 0)]
    assert view.curve is not None
    assert view.curve.everyone
    assert view.curve.moments[-1].share == pytest.approx(13 / 23), "all had their time, so it is the closed share"
    assert view.curve.line[0] == (0.0, 0.0)
    assert [share for _x, share in view.curve.line] == sorted(share for _x, share in view.curve.line)


def test_those_whose_time_still_runs_wait(published: World) -> None:
    """Five came on 2 March 2026: eight months until the freeze date, one there after two."""
    view = seen_by(published.cast.bertil, figures.UNIT, year="2026")
    assert told(view) == [(5, 0, 0, 0), (4, 1, 0, 0), (4, 1, 0, 0), (0, 1, 0, 4), (0, 1, 0, 4)]


def test_others_see_the_finished_cohort_with_leavers_among_those_who_are_not_there(published: World) -> None:
    view = seen_by(published.cast.elsa, figures.BOARD)
    assert told(view) == [(26, 0, None, None)] * 3 + [(11, 15, None, None)] * 2
    assert view.curve is not None
    assert not view.curve.line, "no single day"
    assert view.curve.moments[-1].share == view.total.cell.value


def test_what_one_could_subtract_is_not_shown(published: World) -> None:
    """Försörjningsenheten has two who got there: Bertil would read them off the board's curve."""
    assert told(seen_by(published.cast.bertil, figures.BOARD)) == []
    assert told(seen_by(published.cast.elsa, figures.UNIT)) == []
    assert told(seen_by(published.cast.rakel, figures.UNIT)) == []


def test_no_curve_over_all_years_for_those_without_access(published: World) -> None:
    assert told(seen_by(published.cast.elsa, figures.BOARD, year="alla")) == []
    assert told(seen_by(published.cast.bertil, figures.UNIT, year="alla"))


def test_between_two_points_are_never_a_few(published: World) -> None:
    for reader in (published.cast.elsa, published.cast.erik, published.lena, published.cast.rakel):
        for area in (figures.BOARD, figures.COUNTY):
            view = seen_by(reader, area)
            if view.curve is not None and not view.curve.everyone:
                reached = [moment.reached for moment in view.curve.moments]
                assert all(more - less == 0 or more - less >= 5 for less, more in pairwise(reached))


def test_the_page_draws_it_with_its_table(published: World, browse: Any) -> None:
    page = browse(published.cast.elsa).get(f"/resultat/{GOAL}/?omrade=kommun&ar=2024").content.decode()
    assert "Efter 3 månader var 0\u00a0% framme, efter 12 månader 58\u00a0%." in page
    assert "Hur många man väntade på vid varje tidpunkt" in page
    page = browse(published.cast.bertil).get(f"/resultat/{GOAL}/?omrade=kommun&ar=2024").content.decode()
    assert "Kurvan visas inte" in page
