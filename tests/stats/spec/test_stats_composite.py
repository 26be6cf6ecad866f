"""A composite: the weighted mean of other indicators."""

from pathlib import Path

import pytest

from matrikel_stats import Definition, examine, explain, members, missing
from matrikel_stats.problems import StatsError
from tests.stats.worlds import CODES, TEXTS, both, indicator, world

WORK = """
kind = "reached"
[cohort.anchor]
spell = ["registration"]
[window]
months = 12
[outcome]
spell = ["employment"]
"""
MEAN = """
kind = "composite"
breakdowns = [["sex"]]
[composite]
parts = [{ indicator = "work", weight = 3 }, { indicator = "studies" }]
"""
TEN = "".join(f"p{n} | 1980-01-01 | {'f' if n < 6 else 'm'}\n" for n in range(10))
REGISTERED = "".join(f"p{n} | registration | 2020-01-01 | -\n" for n in range(10))
WORLD = (
    f"persons\nperson_id | birth_date | sex\n{TEN}spells\nperson_id | kind | start_date | end_date\n{REGISTERED}"
    + "".join(f"p{n} | employment | 2020-02-01 | -\n" for n in range(3, 8))
    + "p0 | studies_higher | 2020-02-01 | -\n"
)


def _composite(folder: Path, body: str = MEAN) -> Definition:
    indicator(folder, WORK, "work")
    indicator(folder, WORK.replace("employment", "studies_higher"), "studies")
    return indicator(folder, body, "mean")


def test_a_weighted_mean_with_drawn_limits(tmp_path: Path) -> None:
    """5 of 10 work, weight 3; 1 of 10 study, weight 1: (3 · 0.5 + 0.1) / 4 = 0.4."""
    definition = _composite(tmp_path / "d")
    result = both(definition, world(tmp_path / "data", WORLD))
    total = result.total
    assert total is not None
    assert (total.n, total.value) == (10, 0.4)
    assert total.low is not None
    assert total.high is not None
    # The same seed gives the same limits on every engine and every day; exact ones would be 0.15 to 0.65.
    assert 0.13 < total.low < 0.2
    assert 0.6 < total.high < 0.67
    assert total.suppressed  # one single person studies
    female, male = result.breakdowns[0].cells
    assert (female.value, male.value) == ((3 * 3 / 6 + 1 / 6) / 4, 3 * 2 / 4 / 4)
    assert [table.part for table in result.count_tables] == ["work: main", "studies: main"]
    assert result.unit == "share"
    assert "Vägt medelvärde av Namn (3) och Namn (1)." in explain(definition, "sv")


def test_means_of_what_is_counted_by_year(tmp_path: Path) -> None:
    for name, least in (("ten", 10), ("six", 6)):
        indicator(tmp_path / "d", f'kind = "long_term"\n[long_term]\nat_least = {least}\n', name)
    body = 'kind = "composite"\n[composite]\nparts = [{ indicator = "ten" }, { indicator = "six" }]\n'
    definition = indicator(tmp_path / "d", body, "mean")
    months = "".join(
        f"{who} | 2024-{month:02d}\n" for who, last in (("a", 12), ("b", 7)) for month in range(1, last + 1)
    )
    drawing = (
        f"persons\nperson_id | birth_date | sex\na | - | f\nb | - | m\nassistance_months\nperson_id | month\n{months}"
    )
    result = both(definition, world(tmp_path / "data", drawing))
    assert [(cell.values, cell.value) for cell in result.breakdowns[0].cells] == [({"period": "2024"}, 0.75)]
    without = world(tmp_path / "none", drawing[: drawing.index("assistance")])
    assert [found.code for found in missing(definition, without)] == ["table_missing"]


def test_the_logic_hash_is_that_of_parts_and_weights(tmp_path: Path) -> None:
    first = _composite(tmp_path / "a").logic_hash
    assert _composite(tmp_path / "b", MEAN.replace("weight = 3", "weight = 2")).logic_hash != first
    assert _composite(tmp_path / "c", MEAN + "# the same\n").logic_hash == first


def _faults(folder: Path, **bodies: str) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in bodies.items():
        (folder / f"{name}.toml").write_text(f'id = "{name}"\n{TEXTS}\n{body}', encoding="utf-8")
    return [found.text() for found in examine(folder, CODES)[1]]


def _of(*names: str) -> str:
    parts = ", ".join(f'{{ indicator = "{name}" }}' for name in names)
    return f'kind = "composite"\n[composite]\nparts = [{parts}]\n'


def test_a_definition_that_refers_to_itself(tmp_path: Path) -> None:
    (itself,) = _faults(tmp_path / "one", a=_of("a"))
    assert "a.toml:13: a definition that refers to itself: a → a; take one of the references away" in itself
    found = _faults(tmp_path / "ring", a=_of("b"), b=_of("c"), c=_of("a"))
    assert len(found) == 3
    assert all("refers to itself" in each and ".toml:13:" in each for each in found)


def test_parts_that_cannot_be_added(tmp_path: Path) -> None:
    days = WORK.replace("reached", "duration").replace("[window]\nmonths = 12\n[outcome]", "[duration]")
    days = days.replace('[duration]\nspell = ["employment"]', '[duration]\nto = { spell = ["employment"] }')
    found = _faults(tmp_path / "sorts", a=_of("work", "days"), work=WORK, days=days)
    assert len(found) == 1
    assert "of different sorts (days, share)" in found[0]
    assert "there is no definition 'wrk' (did you mean 'work'?)" in _faults(tmp_path / "no", a=_of("wrk"), work=WORK)[0]
    broken = _faults(tmp_path / "bad", a=_of("work"), work=WORK.replace("months = 12", "months = 0"))
    assert any("a.toml:13: the definition 'work' has faults of its own" in each for each in broken)
    assert "name the indicators" in _faults(tmp_path / "none", a=_of())[0]


def test_there_is_no_list_of_persons_behind_a_mean(tmp_path: Path) -> None:
    definition = _composite(tmp_path / "d")
    with pytest.raises(StatsError, match="not counted by persons"):
        members(definition, world(tmp_path / "data", WORLD))
