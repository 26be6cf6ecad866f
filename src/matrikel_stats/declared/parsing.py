"""From one TOML table to the parts of a definition. Faults are collected with their line."""

from dataclasses import replace
from typing import Any

from matrikel_declared import Words, hint

from .codes import LIST_FOR_ATTRIBUTE, DatedValue, undated
from .definition import (
    Anchor,
    Branch,
    Cohort,
    Condition,
    Exclusion,
    Leaving,
    Match,
    Outcome,
    Rows,
    TableName,
    Target,
    Window,
)
from .node import Node

_TABLE_KEYS: dict[str, TableName] = {"spell": "spells", "event": "events"}
_LIST_OF_TABLE = {"spells": "activities", "events": "events"}
_NOTHING = Rows("spells", ())
_TABLE_OF: dict[str, TableName] = {
    "long_term": "assistance_months",
    "amount": "assistance_months",
    "attendance": "attendance",
    "score": "responses",
}
_UNTIL = Words(
    "a stock of events needs the events that end the state",
    "ett antal vid en tidpunkt av händelser behöver händelserna som avslutar läget",
)
_ANCHOR = Words(
    "name the spell or event the cohort starts from", "ange perioden eller händelsen som kohorten utgår från"
)
_OF_SPELLS = ("starts", "total_days", "completed", "holds")


def parse_rows(node: Node, extra: tuple[str, ...] = ()) -> Rows:
    """Read `spell = …` or `event = …`: a list of kinds, or a table with kinds or counts_as, without and where."""
    node.only("spell", "event", *extra)
    keys = [key for key in _TABLE_KEYS if node.has(key)]
    if len(keys) != 1:
        node.fault("choose_one", keys="spell, event")
        return _NOTHING
    key = keys[0]
    table = _TABLE_KEYS[key]
    if not isinstance(node.data[key], dict):
        return Rows(table, undated(_known_kinds(node, key, table)))
    body = node.table(key)
    assert body is not None
    body.only("kinds", "counts_as", "without", "where")
    where = tuple(parse_match(match) for match in body.tables("where"))
    if body.has("kinds") == body.has("counts_as"):
        body.fault("choose_one", keys="kinds, counts_as")
        return Rows(table, (), where)
    without = _known_kinds(body, "without", table)
    if body.has("kinds"):
        kinds = undated(_known_kinds(body, "kinds", table))
        return Rows(table, tuple(kind for kind in kinds if kind.value not in without), where, (), without)
    meanings = body.strings("counts_as")
    kinds = _counting_as(body, _LIST_OF_TABLE[table], meanings)
    return Rows(table, tuple(kind for kind in kinds if kind.value not in without), where, meanings, without)


def _known_kinds(node: Node, key: str, table: TableName) -> tuple[str, ...]:
    name = _LIST_OF_TABLE[table]
    known = node.source.codes.codes(name)
    values = node.strings(key)
    for value in values:
        if value not in known:
            node.fault("code_unknown", key, value=value, codes=f"{name}.csv", hint=hint(value, known))
    if node.has(key) and not values:
        node.fault("text_missing", key, key=key)
    return values


def _counting_as(node: Node, name: str, meanings: tuple[str, ...]) -> tuple[DatedValue, ...]:
    known = node.source.codes.meanings(name)
    for meaning in meanings:
        if meaning not in known:
            node.fault("counts_as_unknown", "counts_as", value=meaning, codes=f"{name}.csv", hint=hint(meaning, known))
    if not meanings:
        node.fault("text_missing", "counts_as", key="counts_as")
    return node.source.codes.counting_as(name, meanings)


def parse_match(node: Node) -> Match:
    """Read `{attribute = …, values = […]}` or `{attribute = …, counts_as = […]}`."""
    node.only("attribute", "values", "counts_as")
    attribute = node.text("attribute", required=True)
    name = LIST_FOR_ATTRIBUTE.get(attribute, "")
    name = name if node.source.codes.has(name) else ""
    if node.has("values") == node.has("counts_as"):
        node.fault("choose_one", keys="values, counts_as")
        return Match(attribute, ())
    if node.has("counts_as"):
        meanings = node.strings("counts_as")
        if not name:
            node.fault("list_unknown", "attribute", value=attribute)
            return Match(attribute, ())
        return Match(attribute, _counting_as(node, name, meanings), meanings, name)
    values = node.strings("values")
    known = node.source.codes.codes(name)
    for value in values:
        if known and value and value not in known:
            node.fault("code_unknown", "values", value=value, codes=f"{name}.csv", hint=hint(value, known))
    return Match(attribute, undated(values), (), name)


def parse_anchor(node: Node, kind: str) -> Anchor:
    """Read the anchor of a cohort. Flow and stock take every row where nothing else is said, the others the first."""
    stock = kind == "stock"
    if node.has("table"):
        node.only("table", "take", "per")
        rows = Rows("assistance_months", ())
        node.choice("table", ("assistance_months",), "assistance_months")
    else:
        rows = parse_rows(node, ("take", "per", "until"))
    take: Any = node.choice("take", ("first", "last", "every"), "every" if kind in ("flow", "stock") else "first")
    until = node.table("until")
    if until is not None and not stock:
        node.fault("key_not_for_kind", "until", key="until", kind="reached, duration, flow")
    if stock and rows.table == "events" and until is None:
        node.fault("key_missing", key="until", remedy=_UNTIL)
    if stock and rows.table == "spells" and until is not None:
        node.fault("key_not_for_kind", "until", key="until", kind="stock of spells")
    return Anchor(rows, take, node.text("per"), parse_rows(until) if until is not None else None)


def parse_cohort(node: Node, kind: str) -> Cohort:
    """Read `[cohort]`."""
    node.only("anchor", "age", "sex", "where", "exclude", "same_as")
    anchor_node = node.table("anchor")
    if kind in _TABLE_OF:
        if node.has("anchor"):
            node.fault("key_not_for_kind", "anchor", key="anchor", kind=kind)
        anchor = Anchor(Rows(_TABLE_OF[kind], ()), "every")
    elif anchor_node is None:
        if not node.has("anchor"):
            node.fault("key_missing", key="anchor", remedy=_ANCHOR)
        anchor = Anchor(_NOTHING, "first")
    else:
        anchor = parse_anchor(anchor_node, kind)
    first_age = last_age = None
    if age := node.table("age"):
        age.only("from", "to")
        first_age, last_age = age.integer("from", most=130), age.integer("to", most=130)
        if first_age is not None and last_age is not None and last_age < first_age:
            age.fault("age_range", first=first_age, last=last_age)
    return Cohort(
        anchor,
        first_age,
        last_age,
        node.choice("sex", ("female", "male"), ""),
        tuple(parse_match(match) for match in node.tables("where")),
        tuple(_parse_exclusion(exclusion) for exclusion in node.tables("exclude")),
    )


def _parse_exclusion(node: Node) -> Exclusion:
    node.only("id", "reason", "where", "before")
    if node.has("where") == node.has("before"):
        node.fault("choose_one", keys="where, before")
    where, before = node.table("where"), node.table("before")
    return Exclusion(
        node.text("id", required=True),
        node.text("reason", required=True),
        parse_match(where) if where else None,
        parse_rows(before) if before else None,
    )


def parse_window(node: Node) -> Window:
    """Read a window of calendar months or days; a window of zero is a fault."""
    node.only("months", "days")
    if node.has("months") == node.has("days"):
        node.fault("choose_one", keys="months, days")
        return Window(months=1)
    months, days = node.integer("months", least=1, most=1200), node.integer("days", least=1, most=36_500)
    return Window(months=months or 0, days=days or 0) if months or days else Window(months=1)


def parse_outcome(node: Node) -> Outcome:
    """Read a tree of any, all and conditions."""
    keys = [key for key in ("any", "all", "spell", "event") if node.has(key)]
    if len(keys) != 1:
        node.fault("choose_one", keys="any, all, spell, event")
        return Branch("any", ())
    if keys[0] in ("any", "all"):
        node.only("any", "all")
        parts = tuple(parse_outcome(part) for part in node.tables(keys[0]))
        if not parts:
            node.fault("text_missing", keys[0], key=keys[0])
        return Branch("any" if keys[0] == "any" else "all", parts)
    rows = parse_rows(node, _OF_SPELLS)
    if rows.table == "events":
        for key in _OF_SPELLS:
            if node.has(key):
                node.fault("key_not_for_kind", key, key=key, kind="event")
    starts = node.choice("starts", ("running_or_new", "new"), "running_or_new")
    completed, total = node.boolean("completed", False), node.integer("total_days", least=1, most=36_500)
    at_end = node.choice("holds", ("any_time", "at_end"), "any_time") == "at_end"
    if bool(completed) + bool(total) + at_end > 1:
        node.fault("choose_one", keys='completed, total_days, holds = "at_end"')
    return Condition(rows, starts == "running_or_new", completed, total or 0, at_end)


def parse_state(node: Node) -> Outcome:
    """Read the outcome tree of a state at a time: spells alone, each looked at on the one day."""
    return _on_the_day(parse_outcome(node), node)


def _on_the_day(outcome: Outcome, node: Node) -> Outcome:
    if isinstance(outcome, Branch):
        return replace(outcome, parts=tuple(_on_the_day(part, node) for part in outcome.parts))
    if outcome.rows.table == "events" or outcome.completed or outcome.total_days:
        node.fault("state_of_spells")
    return replace(outcome, at_end=True)


def parse_leaving(node: Node | None) -> Leaving:
    """Read `[leaving]`; without it nobody leaves the watch."""
    if node is None:
        return Leaving()
    node.only("events", "deaths", "anchor_ends", "in_share")
    return Leaving(
        tuple(sorted(set(_known_kinds(node, "events", "events")))),
        tuple(sorted(set(_known_kinds(node, "deaths", "events")))),
        node.boolean("anchor_ends", False),
        node.choice("in_share", ("kept", "dropped"), "kept") == "dropped",
    )


def parse_target(node: Node | None, share: bool) -> Target | None:
    """Read `target = { at_least = 0.7 }` or `{ at_most = … }`; a share lies between 0 and 1."""
    if node is None:
        return None
    node.only("at_least", "at_most")
    if node.has("at_least") == node.has("at_most"):
        node.fault("choose_one", keys="at_least, at_most")
        return None
    key = "at_least" if node.has("at_least") else "at_most"
    value = node.number(key)
    if value is not None and value < 0:
        node.fault("number_too_small", key, key=key, value=value, least=0)
    if value is not None and share and value > 1:
        node.fault("number_too_large", key, key=key, value=value, most=1)
    return None if value is None else Target(value, key == "at_least")
