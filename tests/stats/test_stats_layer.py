"""The prepared layer gives the same tables as the direct road, and a renewed layer is the layer built anew."""

import datetime as dt
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matrikel_stats import cache, count, make_ready, open_dataset, run
from matrikel_stats.engine import sql
from matrikel_stats.layer.build import build, renewed
from matrikel_stats.layer.prepare import prepare
from matrikel_stats.layer.spec import PAYS, spec_of
from matrikel_stats.question import Question, parse_period, question_for
from tests.stats import test_stats_properties as worlds
from tests.stats.worlds import CODES

SAID = [each for each in worlds.DEFINITIONS if spec_of(each, question_for(each, worlds.FREEZE, None, worlds.DIMS))]


def _asked(definition: worlds.Definition, period: str | None = None) -> Question:
    return question_for(definition, worlds.FREEZE, parse_period(period) if period else None, worlds.DIMS)


def test_what_a_layer_says_and_what_it_leaves_alone() -> None:
    said = {each.id for each in SAID}
    assert {"establishment_12_months", "new_starts_and_no_one_leaves", "an_event_by_any_anchor"} <= said
    not_said = {each.id for each in worlds.DEFINITIONS} - said
    # Summed days, a passed course, waits without end, stocks and flows have no first day of a kind.
    assert {"effect_goal", "completed_whatever_began_before", "sfi_wait", "stock_by_month"} <= not_said


def test_the_same_integers_with_and_without_days_and_of_some_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, "off")
    with tempfile.TemporaryDirectory() as name:
        worlds._write(Path(name), worlds.crowd(0))
        with open_dataset(Path(name), codes=CODES, freeze=worlds.FREEZE) as dataset:
            questions = [(each, _asked(each)) for each in SAID]
            expected = [count(definition, dataset, asked, "reference") for definition, asked in questions]
            layers = prepare(questions, dataset, 1)
            for (definition, asked), table in zip(questions, expected, strict=True):
                assert any(layer.spec.holds(spec_of(definition, asked)) for layer in layers)  # type: ignore[arg-type]
                shares = count(definition, dataset, replace(asked, offsets=False))
                assert shares == worlds.without_days(table), definition.id
                some = _asked(definition, "2020")
                assert count(definition, dataset, some) == count(definition, dataset, some, "reference")


def _rows(table: object) -> list[tuple[object, ...]]:
    plain = table.to_pydict()  # type: ignore[attr-defined]
    return sorted(zip(*plain.values(), strict=True), key=repr)


@pytest.mark.parametrize("seed", range(2))
def test_a_renewed_layer_is_the_layer_built_anew(seed: int) -> None:
    chance = random.Random(seed)
    persons, spells, events = worlds.crowd(seed)
    later_spells = [row for row in spells if chance.random() > 0.02]
    later_spells += [(301, "employment", dt.date(2020, 3, 1), None, "", "", "", "")]
    chance.shuffle(later_spells)
    later_events = [(*row[:3], "north", *row[4:]) if chance.random() < 0.02 else row for row in events]
    later_persons = [(*row[:1], "f", *row[2:]) if chance.random() < 0.02 else row for row in persons[:-1]]
    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        worlds._write(Path(before), (persons, spells, events))
        worlds._write(Path(after), (later_persons, later_spells, later_events))
        with (
            open_dataset(Path(before), codes=CODES, freeze=worlds.FREEZE) as old,
            open_dataset(Path(after), codes=CODES, freeze=worlds.FREEZE) as new,
        ):
            for definition in SAID:
                spec = spec_of(definition, _asked(definition))
                assert spec is not None
                first = build(spec, old)
                assert _rows(renewed(first, spec, new)) == _rows(build(spec, new)), definition.id
                assert _rows(renewed(first, spec, old)) == _rows(first), definition.id


def test_only_persons_with_other_rows_are_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """One loses a row, one gets a row, one another sex, one is gone; other rows change nobody."""
    from matrikel_stats.layer import build as module

    persons, spells, events = worlds.crowd(1)
    loses, gets, turns, gone, other = sorted({who for who, kind, *_ in spells if kind == "registration"} - {300})[:5]
    lost = next(row for row in spells if row[:2] == (loses, "registration"))
    changed = [row for row in spells if row is not lost and row[0] != gone]
    changed += [(who, kind, dt.date(2020, 3, 1), None, "", "", "", "")
                for who, kind in ((gets, "employment"), (other, "sfi"))]  # fmt: skip
    birth, sex, unit = persons[turns]
    people = [*persons[:turns], (birth, "f" if sex == "m" else "m", unit), *persons[turns + 1 :]]
    with tempfile.TemporaryDirectory() as before, tempfile.TemporaryDirectory() as after:
        worlds._write(Path(before), (persons, spells, events))
        worlds._write(Path(after), (people, changed, events))
        spec = spec_of(SAID[0], _asked(SAID[0]))
        assert spec is not None
        with open_dataset(Path(before), codes=CODES, freeze=worlds.FREEZE) as old:
            first = build(spec, old)
        built: list[set[str]] = []
        whole = module.build

        def noting(*given: Any) -> Any:
            built.append(set((table := whole(*given)).column("person_id").to_pylist()))
            return table

        monkeypatch.setattr(module, "build", noting)
        with open_dataset(Path(after), codes=CODES, freeze=worlds.FREEZE) as new:
            again = renewed(first, spec, new)
    still = set(again.column("person_id").to_pylist())
    assert built == [{f"p{who}" for who in (loses, gets, turns, gone)} & still]
    assert {f"p{who}" for who in (gets, turns, other)} <= still
    assert f"p{gone}" not in still


def test_kept_between_runs_and_renewed_when_the_tables_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from matrikel_stats.layer import prepare as module

    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    made: list[str] = []
    for name in ("build", "renewed"):
        whole = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, w=whole, n=name: made.append(n) or w(*given))
    folder = tmp_path / "data"
    folder.mkdir()
    goals = [(each, _asked(each)) for each in SAID if each.id.startswith("establishment_12")]
    persons, spells, events = worlds.crowd(2)
    kept = tmp_path / "kept" / "layers"
    for rows, expected in ((spells, "build"), (spells, None), (spells[40:], "renewed"), (spells[40:], None)):
        worlds._write(folder, (persons, rows, events))
        with open_dataset(folder, codes=CODES, freeze=worlds.FREEZE) as dataset:
            assert prepare(goals, dataset, 99) == ()  # would not pay
            (layer,) = prepare(goals, dataset, 2)
            assert dataset.layers == (layer,)
            for definition, asked in goals:
                assert count(definition, dataset, asked) == count(definition, dataset, asked, "reference")
        assert made == ([expected] if expected else [])
        made.clear()
        assert len(list(kept.iterdir())) == 1
    (path,) = kept.iterdir()
    path.write_bytes(path.read_bytes()[:-50])
    with open_dataset(folder, codes=CODES, freeze=worlds.FREEZE) as dataset:
        prepare(goals, dataset, 2)
        assert made == ["build"]


def test_running_many_definitions_builds_the_layers_that_pay_and_gives_the_same_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    (tmp_path / "data").mkdir()
    worlds._write(tmp_path / "data", worlds.crowd(4))
    with open_dataset(tmp_path / "data", codes=CODES, freeze=worlds.FREEZE) as dataset:
        make_ready(worlds.DEFINITIONS[:3], dataset)
        assert dataset.layers == ()  # so few do not pay
        alone = [run(definition, dataset) for definition in SAID]
        make_ready(worlds.DEFINITIONS, dataset, keep=False)
        assert not (tmp_path / "kept" / "layers").exists()
        direct: list[str] = []
        whole = sql.count
        monkeypatch.setattr(sql, "count", lambda *given: direct.append(given[0].id) or whole(*given))
        assert [run(definition, dataset) for definition in SAID] == alone
        assert len(SAID) - len(set(direct)) >= PAYS
