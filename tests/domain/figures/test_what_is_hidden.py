"""Small numbers are hidden from those who do not work with the persons, on every page in the same way."""

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import View
from matrikel.domain.figures.rules import concealed, reveals
from matrikel.kernel.acting import Acting
from tests.cast import acting_as
from tests.extract.world import GOAL, World

ALL = ("", "", "")


def whole(**places: int) -> dict[tuple[str, str, str], tuple[int, ...]]:
    return {ALL: (sum(places.values()),), **{(place, "", ""): (n,) for place, n in places.items()}}


def test_a_small_one_is_hidden_and_the_others_kept_when_two_are_hidden_together() -> None:
    why = concealed(whole(a=20, b=4, c=3, d=0), 5)
    assert why == {("b", "", ""): "small", ("c", "", ""): "small"}


def test_one_that_could_be_worked_out_takes_the_breakdown_with_it_and_the_total_stays() -> None:
    why = concealed(whole(a=20, b=4, c=30), 5)
    assert why == {("a", "", ""): "withheld", ("b", "", ""): "small", ("c", "", ""): "withheld"}


def test_hidden_ones_that_are_few_together_are_withheld_too() -> None:
    assert len(concealed(whole(a=20, b=2, c=2), 5)) == 3


def test_where_the_rest_stands_open_it_is_the_total_that_goes() -> None:
    why = concealed(whole(own=20, b=4), 5, open_={("own", "", "")})
    assert why == {("b", "", ""): "small", ALL: "withheld"}
    assert concealed(whole(own=20, b=4), 5, open_={("own", "", "")}, keep_totals=True) == {("b", "", ""): "small"}


def test_a_withheld_place_is_not_given_away_by_its_women_and_men() -> None:
    numbers = whole(a=20, b=4, c=30)
    for place, (women, men) in {"": (27, 27), "a": (10, 10), "b": (2, 2), "c": (15, 15)}.items():
        numbers |= {(place, "sex", "female"): (women,), (place, "sex", "male"): (men,)}
    why = concealed(numbers, 5)
    assert {("a", "sex", "female"), ("c", "sex", "male")} <= set(why)
    assert ALL not in why


def test_few_who_reached_and_few_who_did_not_are_small_as_well() -> None:
    assert ("a", "", "") in concealed({("a", "", ""): (30, 27, 3)}, 5)


def test_a_sum_over_years_tells_of_one_hidden_year() -> None:
    assert reveals([(20,), (3,)], [True, False], 5)
    assert not reveals([(20,), (4,), (4,)], [True, False, False], 5)


def seen_by(by: Acting, area: str, year: str = "2024") -> View:
    with acting_as(by):
        return figures.show(by, GOAL, area=area, year=year, split="sex")


def places(view: View) -> dict[str, tuple[int | None, str]]:
    return {row.label: (row.seen.cell.n, row.seen.why) for row in view.places}


def test_each_reader_sees_what_is_theirs(published: World) -> None:
    """Försörjningsenheten has three in the cohort. With two units, hiding them hides the split, or the total."""
    cast = published.cast
    controller = seen_by(cast.elsa, figures.BOARD)
    assert places(controller) == {"Försörjningsenheten": (None, "small"), "Integrationsenheten": (None, "withheld")}
    assert controller.total.cell.n == 26

    own = seen_by(cast.bertil, figures.BOARD)
    assert places(own) == {"Försörjningsenheten": (None, "small"), "Integrationsenheten": (23, "")}
    assert own.total.cell.n == 26, "the board's total stays"

    other = seen_by(cast.david, figures.UNIT)
    assert (other.total.cell.n, other.total.cell.k) == (3, 2), "his own unit, nothing hidden"
    assert seen_by(cast.rakel, figures.UNIT).protected, "a reader without the list sees no small number even here"

    away = seen_by(cast.erik, figures.COUNTY)
    assert places(away) == {"Krokom": (24, ""), "Östersund": (26, "")}
    assert [row.label for row in away.places if row.own] == ["Krokom"]

    county = seen_by(published.lena, "")
    assert county.area == figures.COUNTY
    assert [choice.key for choice in county.areas if choice.key in (figures.UNIT, figures.BOARD)] == []
    assert county.total.cell.n == 50
    assert not county.with_people


def test_other_years_and_all_years_tell_no_more(published: World) -> None:
    ripe = seen_by(published.cast.elsa, figures.BOARD, year="alla")
    assert ripe.year == ""
    assert ripe.places == ()
    assert ripe.total.cell.n == 26
    assert ripe.excluded
    assert all(n is None for _reason, n in ripe.excluded), "one child and one without a birth date"


def test_a_role_that_reads_no_figures_is_refused(published: World, browse: object) -> None:
    answer = browse(published.cast.administrator).get("/resultat/")  # type: ignore[operator]
    assert answer.status_code == 403
