"""What follows when one shown number is taken from another: a variant from its goal, a board from its county."""

from typing import Any

import pytest

from matrikel.domain.figures import catalogue
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.models import Figure, Published
from matrikel.kernel.acting import Acting
from tests.cast import acting_as
from tests.extract.world import GOAL, World

VARIANT = f"{GOAL}_without_internship"


def fewer(tables: list[dict[str, Any]], by_internship: int) -> list[dict[str, Any]]:
    """The goal's counts as the variant would have them: so many of 2024 got there by internship alone."""
    definition = catalogue.definition(VARIANT)
    main = {**tables[0], "rows": [list(row) for row in tables[0]["rows"]]}
    columns = {name: at for at, name in enumerate(main["columns"])}
    year = main["dimensions"].index("year")
    left = by_internship
    for row in list(main["rows"]):
        if row[columns["cell"]][year] == "2024" and row[columns["status"]] == "outcome" and left:
            moved = min(left, row[columns["n"]])
            left -= moved
            row[columns["n"]] -= moved
            main["rows"].append([row[0], True, 367, "window_passed", moved])
    assert left == 0
    main["rows"] = sorted(row for row in main["rows"] if row[columns["n"]])
    return [{**main, "logic_hash": definition.logic_hash}]


def with_variant(published: World, by_internship: int) -> None:
    """Both boards have run the variant too; in Östersund so many got there by internship alone, in Krokom six."""
    definition = catalogue.definition(VARIANT)
    own = {"indicator": VARIANT, "logic_hash": definition.logic_hash, "text_hash": definition.text_hash}
    for manager, n in ((published.cast.cecilia, by_internship), (published.kerstin, 6)):
        with acting_as(manager) as by:
            figure = Figure.objects.get(indicator=GOAL, is_current=True)
            tables = fewer(figure.tables, n)
            fields = {"board_id": by.board_id, "run_id": figure.run_id, "version": 1, "kind": "reached"}
            Figure.objects.bulk_create([Figure(**own, **fields, result=figure.result, tables=tables)])
            row = Published.objects.get(board_id=by.board_id, indicator=GOAL)
            given = {"indicator": VARIANT, "logic_hash": definition.logic_hash, "tables": fewer(row.tables, n)}
            Published.objects.create(board_id=by.board_id, run_id=row.run_id, freeze=row.freeze, version=1, **given)


def seen(by: Acting, indicator: str, area: str, year: str = "2024") -> tuple[int | None, str]:
    with acting_as(by):
        total = figures.show(by, indicator, area=area, year=year).total
        return total.cell.k, total.why


@pytest.mark.parametrize(("alone", "told"), [(3, (None, "small")), (6, (9, "")), (0, (15, ""))])
def test_few_who_got_there_by_the_one_road_alone_hide_the_variant_and_not_the_goal(
    published: World, alone: int, told: tuple[int | None, str]
) -> None:
    with_variant(published, alone)
    for reader, area in ((published.cast.elsa, figures.BOARD), (published.lena, str(published.cast.cecilia.board_id))):
        assert seen(reader, GOAL, area) == (15, "")
        k, why = seen(reader, VARIANT, area)
        assert (k, bool(why)) == (told[0], bool(told[1])), (reader.role, why)


def test_the_county_less_the_others_does_not_tell_it_either(published: World) -> None:
    """Krokom's six may be told, and with the county's nine they would tell Östersund's three."""
    with_variant(published, 3)
    with acting_as(published.lena) as by:
        view = figures.show(by, VARIANT, area=figures.COUNTY, year="2024")
        goal = figures.show(by, GOAL, area=figures.COUNTY, year="2024")
    assert not goal.total.hidden
    hidden = [row.seen.hidden for row in view.places]
    assert view.total.hidden or all(hidden)


def test_years_together_tell_no_more(published: World) -> None:
    with_variant(published, 3)
    assert seen(published.cast.elsa, GOAL, figures.BOARD, "alla")[1] == ""
    assert seen(published.cast.elsa, VARIANT, figures.BOARD, "alla")[0] is None


def test_those_who_work_with_the_persons_see_both(published: World) -> None:
    with_variant(published, 3)
    for name in (GOAL, VARIANT):
        assert seen(published.cast.bertil, name, figures.UNIT)[1] == ""


def test_the_dead_and_the_moved_of_one_board_do_not_follow_from_the_county(published: World) -> None:
    """Six women died in Krokom and one in Östersund: the county's seven less Krokom's six would tell of her."""
    row = Published.objects.get(board_id=published.kerstin.board_id, indicator=GOAL)
    columns = {name: at for at, name in enumerate(row.tables[0]["columns"])}
    for each in row.tables[0]["rows"]:
        if each[columns["status"]] == "window_passed" and "female" in each[columns["cell"]]:
            each[columns["status"]] = "died"
    row.tables[0]["rows"].sort()
    Published.objects.filter(pk=row.pk).update(
        tables=row.tables, id="00000000-0000-4000-8000-000000000004", attacked={}
    )
    died = {}
    with acting_as(published.lena) as by:
        for area in (figures.COUNTY, str(published.kerstin.board_id), str(published.cast.cecilia.board_id)):
            view = figures.show(by, GOAL, area=area, year="2024", split="sex")
            assert not view.total.hidden
            left = view.total.cell.left_before
            died[area] = None if left is None else left.died
    assert died[figures.COUNTY] == 7
    assert [n for area, n in died.items() if area != figures.COUNTY] == [None, None]
