"""Which outcomes contain one another: told by the declarations, and held against what the reference engine counts."""

import dataclasses
from pathlib import Path

import pytest

from matrikel_stats import Definition, load, run
from matrikel_stats.declared.nested import is_part_of
from tests.stats.worlds import CODES, INDICATORS, indicator, world

WORK = '{ spell = ["employment"] }'
STUDY = '{ spell = ["studies_higher"] }'
BODY = 'kind = "reached"\n[cohort.anchor]\nspell = ["registration"]\ntake = "first"\n[window]\nmonths = 12\n[outcome]\n'
OUTCOMES = {
    "work": 'spell = ["employment"]',
    "work_or_study": f"any = [{WORK}, {STUDY}]",
    "work_and_study": f"all = [{WORK}, {STUDY}]",
    "either_kind": 'spell = ["employment", "studies_higher"]',
    "new_work": 'spell = ["employment"]\nstarts = "new"',
    "work_here": 'spell = { kinds = ["employment"], where = [{ attribute = "municipality", values = ["2380"] }] }',
    "long_work": 'spell = ["employment"]\ntotal_days = 90',
}
NESTED = {
    ("work", "work_or_study"), ("work", "either_kind"), ("work_and_study", "work"), ("work_and_study", "work_or_study"),
    ("work_and_study", "either_kind"), ("work_or_study", "either_kind"), ("work_here", "work"),
    ("work_here", "work_or_study"), ("work_here", "either_kind"),
}  # fmt: skip


@pytest.fixture
def definitions(tmp_path: Path) -> dict[str, Definition]:
    return {name: indicator(tmp_path / "d", BODY + outcome, name) for name, outcome in OUTCOMES.items()}


def test_what_the_declarations_show(definitions: dict[str, Definition]) -> None:
    found = {(a.id, b.id) for a in definitions.values() for b in definitions.values() if is_part_of(a, b)}
    assert found == NESTED


def test_nobody_reaches_a_part_and_not_the_whole(tmp_path: Path, definitions: dict[str, Definition]) -> None:
    """Sixty-four persons with every mixture of work here, work away and studies, short and long."""
    lines = ["persons", "person_id | birth_date | sex", *(f"p{n} | 1980-01-01 | f" for n in range(64))]
    lines += ["spells", "person_id | kind | start_date | end_date | municipality"]
    lines += [f"p{n} | registration | 2020-03-01 | - | 2380" for n in range(64)]
    kinds = (("employment", "2380"), ("employment", "2309"), ("studies_higher", "2380"))
    for n in range(64):
        for at, (kind, place) in enumerate(kinds):
            if n >> at & 1:
                begins = "2020-01-15" if n >> 3 & 1 else "2020-06-01"
                ends = "2020-06-20" if n >> 4 & 1 else "-"
                lines.append(f"p{n} | {kind} | {begins} | {ends} | {place}")
    with world(tmp_path / "data", "\n".join(lines)) as data:
        reached = {name: run(each, data, engine="reference", by=["sex"]).total for name, each in definitions.items()}
    for part, whole in NESTED:
        assert reached[part].k < reached[whole].k or (part, whole) == ("work_or_study", "either_kind")  # type: ignore[union-attr,operator]


def test_other_persons_are_never_parts(definitions: dict[str, Definition]) -> None:
    part, whole = definitions["work"], definitions["either_kind"]
    assert is_part_of(part, whole)
    for change in ({"window": None}, {"cohort": dataclasses.replace(whole.cohort, first_age=20)}):
        assert not is_part_of(part, dataclasses.replace(whole, **change))  # type: ignore[arg-type]
    assert not is_part_of(part, part)


def test_the_shipped_variants_that_are_part_of_their_goal() -> None:
    known = {each.id: each for each in load(INDICATORS, CODES)}
    goal = "establishment_12_months"
    assert is_part_of(known[f"{goal}_without_internship"], known[goal])
    assert is_part_of(known[f"{goal}_own_occupation"], known[goal])
    assert not is_part_of(known[f"{goal}_own_occupation"], known[f"{goal}_without_internship"])
