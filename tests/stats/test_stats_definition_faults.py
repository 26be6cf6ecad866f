"""A faulty definition is told with file and line, every fault at once, and with what to do."""

import textwrap
from pathlib import Path

import pytest

from matrikel_declared.locate import lines_of
from matrikel_stats import StatsError, examine, load
from tests.stats.worlds import CODES, INDICATORS, TEXTS

GOOD = f"""id = "example"
{TEXTS}
kind = "reached"
[cohort]
age = {{ from = 20, to = 64 }}
[cohort.anchor]
spell = ["registration"]
[window]
months = 12
[outcome]
spell = {{ counts_as = ["work"] }}
"""


def _faults(tmp_path: Path, text: str, name: str = "example.toml") -> dict[str, str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return {found.code: found.text() for found in examine(path, CODES)[1]}


def _line(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_the_good_one_is_good(tmp_path: Path) -> None:
    assert _faults(tmp_path, GOOD) == {}


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("months = 12", "months = 0", "number_too_small", "months = 0"),
        ("months = 12", "monthz = 12", "key_unknown", "monthz"),
        ("months = 12", 'months = "tolv"', "wrong_type", "tolv"),
        ("months = 12", "months = 12\ndays = 3", "choose_one", "[window]"),
        ('kind = "reached"', 'kind = "reach"', "indicator_kind_unknown", '"reach"'),
        ('spell = ["registration"]', 'spell = ["registraton"]', "code_unknown", "registraton"),
        ('counts_as = ["work"]', 'counts_as = ["wrok"]', "counts_as_unknown", "wrok"),
        ("from = 20, to = 64", "from = 64, to = 20", "age_range", "from = 64"),
        ("from = 20", "from = true", "wrong_type", "from = true"),
        ('name = "Namn"', 'name = " "', "text_missing", "name = "),
        ("[window]\nmonths = 12", "", "key_missing", "id ="),
        ("[cohort]\n", '[cohort]\nsex = "women"\n', "value_not_allowed", "women"),
        ("[cohort]\n", "[flow]\n[cohort]\n", "key_not_for_kind", "[flow]"),
        ('id = "example"', 'id = "Exempel"', "id_form", "Exempel"),
        ('id = "example"', 'id = "other"', "id_not_file", "other"),
        ("[window]", "[window", "toml", "[window"),
        ("[cohort]\n", '[cohort]\nwhere = [{ attribute = "hat", counts_as = ["x"] }]\n', "list_unknown", "hat"),
        ("[window]", "age_bands = [[20, 30], [30, 40]]\n[window]", "key_unknown", "age_bands"),
    ],
)
def test_one_fault_with_its_line(tmp_path: Path, old: str, new: str, code: str, at: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = _faults(tmp_path, text)
    assert code in found, found
    assert found[code].startswith(f"{tmp_path / 'example.toml'}:{_line(text, at)}: ")


def test_every_fault_is_told_at_once_and_in_swedish_too(tmp_path: Path) -> None:
    text = GOOD.replace("months = 12", "monthz = 12").replace('"registration"', '"folkbokförd"').replace("20", "-1")
    path = tmp_path / "example.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StatsError) as caught:
        load(path, CODES)
    codes = {found.code for found in caught.value.problems}
    assert {"key_unknown", "code_unknown", "number_too_small", "choose_one"} <= codes
    assert "okänd nyckel 'monthz'" in caught.value.text("sv")
    assert "did you mean 'months'" in caught.value.text("en")


def _with_cohort(name: str, same_as: str) -> str:
    body = GOOD.replace('id = "example"', f'id = "{name}"')
    start, end = body.index("[cohort]"), body.index("[window]")
    return body[:start] + f'[cohort]\nsame_as = "{same_as}"\n' + body[end:]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("months = 12", "months = 0", "months = 0", "'months' is 0; write at least 1"),
        ('kind = "reached"', 'kind = "reach"', '"reach"', "unknown kind 'reach' (did you mean 'reached'?)"),
        ('spell = ["registration"]', 'spell = ["registraton"]', "registraton", "(did you mean 'registration'?)"),
        ("[cohort]\n", '[cohort]\nsame_as = "example"\n', "same_as", "the cohort refers to itself; write it out here"),
    ],
)  # fmt: skip
def test_faults_tell_place_and_remedy(tmp_path: Path, old: str, new: str, line: str, said: str) -> None:
    text = GOOD.replace(old, new)
    told = "\n".join(_faults(tmp_path, text).values())
    assert f"example.toml:{_line(text, line)}: " in told
    assert said in told


OF_KINDS = {
    "long_term": "[long_term]\nat_least = 10\nof = 12\n",
    "ratio": '[cohort.anchor]\ntable = "assistance_months"\n[ratio]\nper = 100\n[flow]\n',
    "stock": '[cohort.anchor]\nspell = ["sfi"]\n[stock]\nmoment = "month_end"\nmean_of = 12\n',
    "score": '[score]\ninstrument = "A"\nitems = ["q1"]\nleast = 0\nmost = 4\n',
    "amount": "[amount]\n",
}


@pytest.mark.parametrize(
    ("kind", "old", "new", "code", "at"),
    [
        ("long_term", "at_least = 10", "at_least = 13", "number_too_large", "at_least"),
        ("long_term", "at_least = 10\n", "", "key_missing", "[long_term]"),
        ("long_term", "of = 12", "of = 18", "whole_years", "of = 18"),
        ("long_term", "[long_term]", '[cohort.anchor]\nspell = ["sfi"]\n[long_term]', "key_not_for_kind", "anchor"),
        ("ratio", "[flow]\n", "", "choose_one", "[ratio]"),
        ("ratio", "[flow]\n", '[flow]\nevery = "month"\n', "ratio_by_year", "[ratio]"),
        ("ratio", "per = 100", "per = 0", "number_too_small", "per = 0"),
        ("ratio", '"assistance_months"', '"spells"', "value_not_allowed", "table"),
        ("stock", '"month_end"', '"31 december"', "mean_of_months", "mean_of"),
        ("score", '["q1"]', '["q1", "q1"]', "score_items", "items"),
        ("score", "most = 4", "most = 0", "score_bounds", "most"),
        ("score", "most = 4", "most = 4\nat_least = 1", "score_at_least", "at_least"),
        ("score", "least = 0\n", "", "key_missing", "[score]"),
        ("amount", "[amount]\n", '[amount]\nevery = "week"\n', "value_not_allowed", "week"),
        ("amount", "[amount]\n", "", "key_missing", "id ="),
        ("stock", "[cohort.anchor]", 'limits_by = "wilson"\n[cohort.anchor]', "key_not_for_kind", "limits_by"),
        ("amount", "[amount]", 'limits_by = "wilson"\n[amount]', "value_not_allowed", "limits_by"),
    ],
)
def test_faults_of_the_kinds(tmp_path: Path, kind: str, old: str, new: str, code: str, at: str) -> None:
    head = f'id = "example"\n{TEXTS}\nkind = "{kind}"\n'
    assert _faults(tmp_path, head + OF_KINDS[kind]) == {}
    text = head + OF_KINDS[kind].replace(old, new)
    found = _faults(tmp_path, text)
    assert code in found
    assert f"example.toml:{_line(text, at)}: " in found[code]


def test_a_cohort_that_refers_to_itself(tmp_path: Path) -> None:
    assert "cohort_itself" in _faults(tmp_path, _with_cohort("example", "example"))


def test_cohorts_in_a_loop_and_a_missing_one(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "nowhere")):
        (tmp_path / f"{name}.toml").write_text(_with_cohort(name, other), encoding="utf-8")
    definitions, problems = examine(tmp_path, CODES)
    assert definitions == []
    assert sorted(found.code for found in problems) == ["cohort_loop"] * 3 + ["cohort_unknown"]
    assert "a → b → c → a" in problems[0].text()


def test_a_borrowed_cohort_counts_the_same(tmp_path: Path) -> None:
    (tmp_path / "example.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "other.toml").write_text(_with_cohort("other", "example"), encoding="utf-8")
    one, two = load(tmp_path, CODES)
    assert one.cohort == two.cohort
    assert one.logic_hash == two.logic_hash  # another id and nothing else: comparable
    alone = load(tmp_path / "other.toml", CODES)  # a single file finds its neighbours
    assert alone[0].cohort == one.cohort


def test_wording_changes_the_text_hash_and_structure_the_logic_hash(tmp_path: Path) -> None:
    def hashes(text: str) -> tuple[str, str]:
        (tmp_path / "example.toml").write_text(text, encoding="utf-8")
        (found,) = load(tmp_path / "example.toml", CODES)
        return found.logic_hash, found.text_hash

    logic, text = hashes(GOOD)
    assert hashes(GOOD.replace("Täljare", "En annan täljare"))[0] == logic
    assert hashes(GOOD.replace("Täljare", "En annan täljare"))[1] != text
    assert hashes(GOOD + "\n# a comment\n") == (logic, text)
    assert hashes(GOOD.replace("months = 12", "months = 13")) != (logic, text)
    assert hashes(GOOD.replace("months = 12", "months = 13"))[1] == text
    kinds = 'spell = { kinds = ["own_business", "employment", "subsidised_employment"] }'
    assert hashes(GOOD.replace('spell = { counts_as = ["work"] }', kinds))[0] == logic  # the same rows, named otherwise


def test_a_stale_translation_is_told(tmp_path: Path) -> None:
    (tmp_path / "example.toml").write_text(GOOD, encoding="utf-8")
    english = textwrap.dedent("""
        translated_from = "0000000000000000"
        name = "Name"
        question = "Question?"
        numerator = "Numerator"
        """)
    (tmp_path / "example.en.toml").write_text(english, encoding="utf-8")
    (tmp_path / "lone.en.toml").write_text(english, encoding="utf-8")
    definitions, problems = examine(tmp_path, CODES)
    assert [found.code for found in problems] == ["translation_stale", "translation_orphan"]
    assert definitions[0].text("en").name == "Name"


def test_the_shipped_definitions_are_in_order_and_translated() -> None:
    definitions, problems = examine(INDICATORS, CODES)
    assert problems == []
    assert len(definitions) == 54
    assert all("en" in definition.texts for definition in definitions)


def test_lines_of_a_hard_file() -> None:
    text = (
        'a = """\n[b]\n"""\n[[t]]\nx = [ # c\n  { k = "]" },\n  { k = 2 },\n]\n'
        "[[t]]\n\"q.r\".s = 1\n[t.u]\nv = '''\n'''\nw = 1\n"
    )
    lines = lines_of(text)
    assert lines[("a",)] == 1
    assert lines[("t", 0, "x", 1, "k")] == 7
    assert lines[("t", 1, "q.r", "s")] == 10
    assert lines[("t", 1, "u", "w")] == 14
    assert ("b",) not in lines
