"""Any valid form, and any answers to a form, for properties here and wherever forms are shown."""

import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from matrikel_forms import Form, Item, evaluate, examine, is_notice

TYPES = ("text", "long_text", "choice", "multi_choice", "scale", "number", "date", "person", "offer")
LONGEST = 12
WORDS = st.text("abcåäöشе字 <&\"'\\{}%", min_size=1, max_size=LONGEST).filter(str.strip)
"""Texts with what markup, quoting and formatting trip over."""
HEAD = {
    "id": "made", "version": 1, "name": "Gjord", "purpose": "Egenskaper", "source": "Testet", "filled_in_by": "both",
    "retention": "case",
}  # fmt: skip


def toml(value: Any) -> str:
    """Return a value as TOML: tables inline, JSON's texts and lists."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def as_file(told: dict[str, Any]) -> str:
    """Return the definition file that says what a table tells."""
    return "\n".join(f"{key} = {toml(value)}" for key, value in told.items())


def read_form(told: dict[str, Any]) -> Form | None:
    """Return the form that a table tells, None when it has a fault."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{told['id']}.toml"
        file.write_text(as_file(told), encoding="utf-8")
        forms, problems = examine(file)
    assert forms or any(not is_notice(found) for found in problems)
    return forms[0] if forms else None


def forms() -> st.SearchStrategy[Form]:
    """Any valid form of up to three groups, with rows in rows, conditions and scores."""
    return files().map(lambda drawn: drawn[0])


def tables() -> st.SearchStrategy[dict[str, Any]]:
    """The same as the table of a definition file."""
    return files().map(lambda drawn: drawn[1])


@st.composite
def files(draw: st.DrawFn) -> tuple[Form, dict[str, Any]]:
    told: dict[str, Any] = {**HEAD, "kind": draw(st.sampled_from(["plan", "instrument", "survey", "checklist"]))}
    earlier: list[dict[str, Any]] = []
    names = iter(range(1000))
    told["groups"] = [draw(_groups(names, list(earlier), earlier, 0)) for _ in range(draw(st.integers(1, 3)))]
    scored = [item for item in earlier if item["type"] in ("choice", "scale", "number")]
    if scored and draw(st.booleans()):
        told["scores"] = draw(_scores(scored))
    if draw(st.integers(0, 3)) == 0:
        dates = [item["id"] for item in earlier if item["type"] == "date"]
        told["due_again"] = {"months": draw(st.integers(1, 24)), "after": draw(st.sampled_from(["signed", *dates]))}
    form = read_form(told)
    assume(form is not None)
    assert form is not None
    return form, told


@st.composite
def _groups(draw: st.DrawFn, names: Any, seen: list[dict[str, Any]], outside: list[Any], depth: int) -> dict[str, Any]:
    """A group; `seen` is what its conditions may look at, `outside` gathers the items that lie in no rows."""
    group: dict[str, Any] = {"id": f"g{next(names)}", "heading": draw(WORDS)}
    rows = depth > 0 or draw(st.integers(0, 3)) == 0
    if rows:
        least = draw(st.integers(0, 2))
        group["rows"] = {"one": draw(WORDS), "least": least, "most": least + draw(st.integers(1, 2))}
    if seen and draw(st.integers(0, 3)) == 0:
        group["when"] = draw(_conditions(seen))
    inside = list(seen)
    group["items"] = []
    for _ in range(draw(st.integers(1, 4))):
        item = draw(_items(names, inside))
        inside.append(item)
        group["items"].append(item)
        if not rows:
            outside.append(item)
    if depth < 2 and draw(st.integers(0, 3)) == 0:
        group["groups"] = [draw(_groups(names, inside, [], depth + 1))]
    return group


@st.composite
def _items(draw: st.DrawFn, names: Any, seen: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(TYPES))
    item: dict[str, Any] = {"id": f"i{next(names)}", "type": kind, "text": draw(WORDS)}
    if draw(st.integers(0, 3)) == 0:
        item |= {"help": draw(WORDS), "sensitive": draw(st.booleans())}
    if kind in ("text", "long_text") and draw(st.booleans()):
        item["longest"] = draw(st.integers(LONGEST, 40_000))
    if kind in ("choice", "multi_choice"):
        item["options"] = [
            {"id": f"o{number}", "text": draw(WORDS), "value": draw(st.integers(-3, 9)),
             "exclusive": kind == "multi_choice" and number == 0, **({"opens": "gate"} if number == 1 else {})}
            for number in range(draw(st.integers(1, 4)))
        ]  # fmt: skip
    if kind == "scale":
        item |= {"least": draw(st.integers(-1, 1)), "least_text": draw(WORDS), "most_text": draw(WORDS)}
        item["most"] = item["least"] + draw(st.integers(1, 6))
        item["options"] = [{"id": "unknown", "text": draw(WORDS)}]
    if kind == "number":
        item |= {"least": draw(st.integers(-5, 5)), "decimals": draw(st.integers(0, 2))}
        item["most"] = item["least"] + draw(st.integers(1, 20))
    if seen and draw(st.integers(0, 2)) == 0:
        item["when"] = draw(_conditions(seen))
    how = draw(st.integers(0, 3))
    if how == 0:
        item["required"] = True
    elif how == 1 and seen:
        item["required_when"] = draw(_conditions(seen))
    return item


@st.composite
def _conditions(draw: st.DrawFn, seen: list[dict[str, Any]], depth: int = 0) -> dict[str, Any]:
    how = draw(st.integers(0, 5)) if depth < 2 else 5
    if how < 2:
        parts = [draw(_conditions(seen, depth + 1)) for _ in range(draw(st.integers(1, 2)))]
        return {"all" if how else "any": parts}
    if how == 2:
        return {"not": draw(_conditions(seen, depth + 1))}
    item = draw(st.sampled_from(seen))
    if item["type"] in ("choice", "multi_choice"):
        chosen = st.lists(st.sampled_from([option["id"] for option in item["options"]]), min_size=1, unique=True)
        return {"item": item["id"], "is": draw(chosen)}
    if item["type"] in ("scale", "number"):
        test = draw(st.sampled_from(["at_least", "at_most"]))
        return {"item": item["id"], test: draw(st.integers(item["least"], item["most"]))}
    return {"item": item["id"], "answered": draw(st.booleans())}


@st.composite
def _scores(draw: st.DrawFn, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 3))):
        method = draw(st.sampled_from(["sum", "mean", "index"]))
        score: dict[str, Any] = {"id": f"s{number}", "name": draw(WORDS), "method": method}
        if found and draw(st.booleans()):
            score["scores"] = [found[-1]["id"]]
        else:
            chosen = draw(st.lists(st.sampled_from(items), min_size=1, unique_by=lambda item: item["id"]))
            score["items"] = [item["id"] for item in chosen]
            score["excluded"] = ["unknown"] if any(item["type"] == "scale" for item in chosen) else []
            if method != "sum":
                score["at_least"] = draw(st.integers(1, len(chosen)))
        if draw(st.booleans()):
            score["not_shown"] = 0
        score["decimals"] = draw(st.integers(0, 3))
        top = 100 if method == "index" else _top(score, items)
        if top is not None:
            score["bands"] = [
                {"id": "low", "label": draw(WORDS)},
                {"id": "high", "label": draw(WORDS), "opens": "care"},
            ]
            score["limits"] = [
                {"id": "women", "sex": "female", "starts": {"low": LOWEST, "high": draw(st.integers(top - 30, top))}},
                {"id": "old", "age": {"from": 65}, "starts": {"low": LOWEST, "high": top - 1}},
            ]
        found.append(score)
    return found


LOWEST = -200
"""Below what any score here can come to."""


def _top(score: dict[str, Any], items: list[dict[str, Any]]) -> int | None:
    """The highest a sum or a mean of items can be, in whole numbers; None for a score over scores."""
    most = [
        item["most"] if "most" in item else max(option["value"] for option in item["options"])
        for item in items
        if item["id"] in score.get("items", ())
    ]
    return None if not most else sum(most) if score["method"] == "sum" else max(most)


def values(item: Item) -> st.SearchStrategy[Any]:
    """Any valid answer to an item."""
    ids = [option.id for option in item.options]
    if item.type == "choice":
        return st.sampled_from(ids)
    if item.type == "multi_choice":
        several = st.lists(st.sampled_from([o.id for o in item.options if not o.exclusive] or ids), unique=True)
        return several | st.sampled_from(ids).map(lambda one: [one])
    if item.type == "scale":
        steps: st.SearchStrategy[Any] = st.integers(int(item.least or 0), int(item.most or 0))
        return steps | st.sampled_from(ids) if ids else steps
    if item.type == "number":
        scale = 10**item.decimals
        whole = st.integers(int((item.least or 0) * scale), int((item.most or 0) * scale))
        return whole.map(lambda number: number / scale) if item.decimals else whole
    if item.type == "date":
        return st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)).map(dt.date.isoformat)
    return WORDS


@st.composite
def answers_to(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Any valid answers to a form, those to hidden items too, with gaps."""
    found: dict[str, Any] = {}

    def fill(groups: Any, prefix: str) -> None:
        for group in groups:
            inside = [prefix]
            if group.rows:
                most = min(group.rows.most or 3, 3)
                ids = draw(st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True, max_size=most))
                found[prefix + group.id] = ids
                inside = [f"{prefix}{group.id}/{row}/" for row in ids]
            for place in inside:
                for item in group.items:
                    if draw(st.integers(0, 3)):
                        found[place + item.id] = draw(values(item))
                fill(group.groups, place)

    fill(form.groups, "")
    return found


@st.composite
def whole_answers_to(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Any valid answers that lack nothing that is asked for."""
    found = draw(answers_to(form))
    least = {group.id: group.rows.least for group in form.all_groups() if group.rows}
    while missing := evaluate(form, found).faults:
        for fault in missing:
            name = fault.place.rpartition("/")[2]
            told = st.just(list("abcd")[: least[name]]) if name in least else values(form.items[name])
            found[fault.place] = draw(told.filter(lambda value: value not in ("", [])))
    return found
