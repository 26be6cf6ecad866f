"""The own share beside the other municipalities: only what the reader sees takes part, and chance has its say."""

import re
from typing import Any

import pytest

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Compared
from matrikel.kernel.acting import Acting
from tests.cast import acting_as
from tests.extract.world import GOAL, World, few_reached_it_in_krokom


def compared(by: Acting, area: str = figures.COUNTY, year: str = "2024") -> Compared | None:
    with acting_as(by):
        return figures.show(by, GOAL, area=area, year=year).compared


def rows(found: Compared | None) -> dict[str, tuple[int, float, float]]:
    assert found is not None
    assert found.comparison is not None
    return {row.name: (row.k, row.n, row.outside) for row in found.comparison.rows}


def test_the_municipalities_stand_beside_each_other_against_the_county(published: World) -> None:
    found = compared(published.cast.elsa)
    assert rows(found) == {"Krokom": (13, 24, 0.0), "Östersund": (15, 26, 0.0)}
    assert found is not None
    assert found.comparison is not None
    assert found.comparison.centre == pytest.approx(28 / 50)
    assert found.own == "Östersund"
    assert "skiljer sig inte mer än slumpen skulle göra" in found.says[0]
    assert (found.funnel[0].size, found.funnel[-1].size) == (19, 29)


def test_a_coordinator_has_no_row_of_her_own(published: World) -> None:
    found = compared(published.lena)
    assert found is not None
    assert (found.own, len(found.says)) == ("", 1)


def test_the_own_unit_is_a_row_for_those_who_see_it_and_for_nobody_else(published: World) -> None:
    own = compared(published.cast.bertil, figures.UNIT)
    assert rows(own)["Integrationsenheten"] == (13, 23, 0.0)
    hidden = compared(published.cast.rakel, figures.UNIT)
    assert hidden is not None
    assert hidden.comparison is not None
    assert "Integrationsenheten" not in rows(hidden)
    assert "Integrationsenheten" in hidden.comparison.hidden
    assert "talet är för litet för att visas" in hidden.says[0]
    assert not re.search(r"\b(13|23)\b", " ".join(hidden.says)), "not in the sentence either"


def test_a_hidden_municipality_is_in_no_picture_table_or_sentence(published: World, browse: Any) -> None:
    """Krokom with three who reached it: hidden, and in a county of two the other one and the sum with it."""
    few_reached_it_in_krokom(published)
    found = compared(published.lena)
    assert found is not None
    assert (found.comparison, found.says, found.funnel) == (None, (), ())
    page = browse(published.lena).get(f"/resultat/{GOAL}/?omrade=lan&ar=2024").content.decode()
    assert "Färre än två kommuner kan visas" in page
    assert "personer i gruppen" not in page


def test_no_comparison_without_a_year_or_a_share(published: World) -> None:
    assert compared(published.cast.elsa, year="alla") is None
    with acting_as(published.cast.elsa) as by:
        assert figures.show(by, "enrolled").compared is None


def test_the_page_shows_it_with_its_table(published: World, browse: Any) -> None:
    page = browse(published.cast.elsa).get(f"/resultat/{GOAL}/?omrade=lan&ar=2024").content.decode()
    assert "Jämfört med länets kommuner" in page
    assert "13 av 24" in page
    assert "inom det slumpen gör" in page
    assert "Östersund: 15 av 26" in page
