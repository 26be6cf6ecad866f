"""A faulty form is told with file and line, every fault at once, and with what to do."""

import textwrap
import time
from pathlib import Path

import pytest

from matrikel_forms import FormError, examine, is_notice, load
from tests.forms.strategies import HEAD, read_form

GOOD = """id = "example"
version = 1
kind = "assessment"
name = "Exempel"
purpose = "Visa fel"
source = "Testet"
filled_in_by = "worker"
retention = "case"

[[groups]]
id = "first"
heading = "Först"

[[groups.items]]
id = "smokes"
type = "choice"
text = "Röker?"
options = [{ id = "no", text = "Nej", value = 0 }, { id = "yes", text = "Ja", value = 1 }]

[[groups.items]]
id = "packs"
type = "number"
text = "Paket"
least = 0
most = 10
when = { item = "smokes", is = ["yes"] }

[[groups]]
id = "kids"
heading = "Barn"
rows = { one = "barn" }

[[groups.items]]
id = "child"
type = "text"
text = "Namn"

[[scores]]
id = "risk"
name = "Risk"
method = "sum"
items = ["smokes", "packs"]
not_shown = 0
bands = [{ id = "low", label = "Låg" }, { id = "high", label = "Hög" }]
limits = [{ id = "all", starts = { low = 0, high = 3 } }]
"""


def _faults(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "example.toml"
    path.write_text(text, encoding="utf-8")
    return {found.code: found.text() for found in examine(path)[1]}


def test_the_good_one_is_good(tmp_path: Path) -> None:
    assert _faults(tmp_path, GOOD) == {}


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ('id = "packs"', 'id = "smokes"', "id_twice", 21),
        ('id = "packs"', 'id = "closest"', "id_reserved", 21),
        ('id = "packs"', 'id = "Packs"', "id_form", 21),
        ('type = "number"', 'type = "numbr"', "value_not_allowed", 22),
        ("most = 10", "most = 0", "bounds", 25),
        ("most = 10", "most = 10\nunits = 3", "key_unknown", 26),
        ("most = 10", 'most = 10\ncodes = "x"', "key_not_for_type", 26),
        ('text = "Paket"', 'text = " "', "text_missing", 23),
        ('text = "Paket"', 'text = "Pa\\u202eket"', "text_characters", 23),
        ('item = "smokes", is', 'item = "smoks", is', "item_unknown", 26),
        ('is = ["yes"]', 'is = ["yess"]', "option_unknown", 26),
        ('is = ["yes"]', "at_least = 1", "condition_type", 26),
        ('item = "smokes", is = ["yes"]', 'item = "packs", at_least = 1', "condition_loop", 26),
        ('item = "smokes", is = ["yes"]', 'item = "child", answered = true', "condition_scope", 26),
        (
            'when = { item = "smokes", is = ["yes"] }',
            'when = { all = [{ item = "smokes", is = ["yes"] }, { item = "smokes", is = ["no"] }] }',
            "unreachable", 26,
        ),
        ('heading = "Barn"', 'heading = "Barn"\nwhen = { item = "packs", at_least = 11 }', "unreachable", 31),
        ('"smokes", "packs"]', '"smokes", "child"]', "score_type", 42),
        ("value = 1", "opens = \"x\"", "option_unscored", 42),
        ('"smokes", "packs"]', '"smokes", "packs"]\nat_least = 1', "sum_of_fewer", 43),
        (
            'method = "sum"\nitems = ["smokes", "packs"]\nnot_shown = 0',
            'method = "index"\nitems = ["packs"]\nnot_shown = -1',
            "not_shown_range", 43,
        ),
        ("high = 3", "high = 0", "bands_rise", 45),
        ("high = 3", "high = 12", "bands_cover", 45),
        ("low = 0", "low = 1", "bands_cover", 45),
        ('items = ["smokes", "packs"]', 'scores = ["risk"]', "score_loop", 42),
        ('retention = "case"', 'retention = "case"\ndue_again = { months = 1, after = "child" }', "due_after", 9),
        ('kind = "assessment"\n', "", "key_missing", 1),
        ("[[groups]]", "[[groups]", "toml", 10),
    ],
)  # fmt: skip
def test_one_fault_with_its_line(tmp_path: Path, old: str, new: str, code: str, at: int) -> None:
    assert old in GOOD
    found = _faults(tmp_path, GOOD.replace(old, new, 1))
    assert code in found, found
    assert found[code].startswith(f"{tmp_path / 'example.toml'}:{at}: ")


def test_every_fault_is_told_at_once_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(GOOD.replace('"Barn"', '""').replace("most = 10", "most = -1"), encoding="utf-8")
    with pytest.raises(FormError) as stop:
        load(path)
    assert [found.code for found in stop.value.problems] == ["bounds", "text_missing"]
    assert "rätta någon av dem" in stop.value.text("sv")
    assert "correct one of them" in stop.value.text("en")


def test_a_loop_through_the_group_around_is_found(tmp_path: Path) -> None:
    text = GOOD.replace('heading = "Först"', 'heading = "Först"\nwhen = { item = "smokes", answered = true }', 1)
    assert "example.toml:13: conditions in a loop: smokes → smokes" in _faults(tmp_path, text)["condition_loop"]


def test_what_hangs_on_something_that_can_never_be_shown_is_told_once(tmp_path: Path) -> None:
    text = GOOD.replace('id = "child"', 'id = "child"\nwhen = { item = "packs", at_most = -1 }', 1)
    assert "'child'" in _faults(tmp_path, text)["unreachable"]


def test_missing_and_stale_texts_leave_the_form_usable(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    path.write_text(GOOD.replace("version = 1", 'version = 1\nlanguages = ["en", "ar"]'), encoding="utf-8")
    beside = """
        approved_by = "Anna Ek"
        [texts]
        name = "Example"
        item.packs.txt = "Packs"
        [made_from]
        name = "00000000"
        """
    (tmp_path / "example.en.toml").write_text(textwrap.dedent(beside), encoding="utf-8")
    (tmp_path / "other.en.toml").write_text("", encoding="utf-8")
    forms, problems = examine(tmp_path)
    assert [form.id for form in forms] == ["example"]
    assert all(is_notice(found) for found in problems)
    told = [found.text() for found in problems]
    assert any("example.toml:3: 12 of 13 texts are missing in en" in text for text in told), told
    assert any("13 of 13 texts are missing in ar" in text for text in told)
    assert any("example.en.toml:5" in text and "item.packs.text" in text for text in told)
    assert any("1 texts in en were made from Swedish that has changed" in text for text in told)
    assert any("other.toml" in text for text in told)
    assert load(path)[0].id == "example"


def test_a_long_chain_of_conditions_is_looked_through_at_once() -> None:
    """Forty questions, each asked when the two before are answered yes: all reachable, and read in seconds."""
    items = []
    for number in range(40):
        rules = [{"item": f"q{before}", "is": ["yes"]} for before in range(max(0, number - 2), number)]
        options = [{"id": "no", "text": "Nej"}, {"id": "yes", "text": "Ja"}]
        item = {"id": f"q{number}", "type": "choice", "text": "?", "options": options}
        items.append(item | ({"when": {"all": rules}} if rules else {}))
    told = {**HEAD, "kind": "survey", "groups": [{"id": "g", "heading": "G", "items": items}]}
    started = time.perf_counter()
    assert read_form(told)
    assert time.perf_counter() - started < 5
    items[39]["when"] = {"all": [{"item": "q38", "is": ["yes"]}, {"not": {"item": "q37", "answered": True}}]}
    started = time.perf_counter()
    read_form(told)
    assert time.perf_counter() - started < 5


def test_what_hangs_on_a_hidden_answer_is_unreachable(tmp_path: Path) -> None:
    """Packs are asked of those who smoke: nobody who does not can have answered how many."""
    rule = 'when = { all = [{ item = "packs", answered = true }, { item = "smokes", is = ["no"] }] }'
    assert "'kids'" in _faults(tmp_path, GOOD.replace('heading = "Barn"', f'heading = "Barn"\n{rule}'))["unreachable"]
