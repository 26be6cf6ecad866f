"""From `[[scores]]` to scorings with their bands and limits."""

import datetime as dt
from itertools import pairwise
from typing import cast, get_args

from matrikel_declared import Words

from .form import Band, Limits, Method, Scoring
from .node import Node, identify, say, unique

_KEYS = (
    "id", "name", "help", "method", "items", "scores", "excluded", "at_least", "not_shown", "decimals", "bands",
    "limits",
)  # fmt: skip
_STARTS = Words(
    "the lowest score of each band, such as { low = 0, risk = 6 }",
    "den lägsta poängen i varje nivå, som { low = 0, risk = 6 }",
)


def parse_scores(node: Node) -> tuple[Scoring, ...]:
    """Read every scoring. What they refer to is looked at by `checks`."""
    taken: dict[str, Node] = {}
    found = tuple(_score(table, taken) for table in node.tables("scores"))
    node.source.places.update({f"score.{name}": table for name, table in taken.items()})
    return found


def _score(node: Node, taken: dict[str, Node]) -> Scoring:
    node.only(*_KEYS)
    name = identify(node, taken)
    say(node, "name", f"score.{name}.name", required=True)
    say(node, "help", f"score.{name}.help")
    if not node.has("method"):
        node.fault("key_missing", key="method", remedy=", ".join(get_args(Method)))
    if node.has("items") == node.has("scores"):
        node.fault("choose_one", keys="items, scores")
    items, scores = node.strings("items"), node.strings("scores")
    unique(node, items, "items")
    unique(node, scores, "scores")
    method = cast(Method, node.choice("method", get_args(Method), "sum"))
    count = len(items or scores)
    at_least = node.integer("at_least", count, least=1, most=max(count, 1)) or 0
    if method == "sum" and at_least < count:
        node.fault("sum_of_fewer", "at_least")
    bands = _bands(node, name)
    limits = _limits(node, bands)
    if bool(bands) != bool(limits):
        node.fault("bands_and_limits", "bands" if bands else "limits")
    return Scoring(
        name, method, items, scores, node.strings("excluded"), at_least, node.number("not_shown"),
        node.integer("decimals", 0, most=4) or 0, bands, limits,
    )  # fmt: skip


def _bands(node: Node, score: str) -> tuple[Band, ...]:
    taken: dict[str, Node] = {}
    found = []
    for table in node.tables("bands"):
        table.only("id", "label", "means", "opens")
        name = identify(table, taken)
        say(table, "label", f"score.{score}.band.{name}.label", required=True)
        say(table, "means", f"score.{score}.band.{name}.means")
        found.append(Band(name, table.text("opens")))
    return tuple(found)


def _limits(node: Node, bands: tuple[Band, ...]) -> tuple[Limits, ...]:
    taken: dict[str, Node] = {}
    found = []
    for table in node.tables("limits"):
        table.only("id", "starts", "sex", "age", "valid_from", "valid_to", "source")
        first = last = None
        if age := table.table("age"):
            age.only("from", "to")
            first, last = age.integer("from", most=130), age.integer("to", most=130)
            if first is not None and last is not None and last < first:
                age.fault("bounds", "to", least=first, most=last)
        days = _day(table, "valid_from"), _day(table, "valid_to")
        if days[0] and days[1] and days[1] < days[0]:
            table.fault("bounds", "valid_to", least=days[0], most=days[1])
        found.append(Limits(
            identify(table, taken), _starts(table, bands), table.choice("sex", ("female", "male"), ""), first, last,
            *days, table.text("source"),
        ))  # fmt: skip
    return tuple(found)


def _starts(node: Node, bands: tuple[Band, ...]) -> dict[str, float]:
    table = node.table("starts")
    if table is None:
        if not node.has("starts"):
            node.fault("key_missing", key="starts", remedy=_STARTS)
        return {}
    table.only(*(band.id for band in bands))
    starts = {band.id: value for band in bands if (value := table.number(band.id)) is not None}
    values = list(starts.values())
    if len(starts) < len(bands) or any(later <= earlier for earlier, later in pairwise(values)):
        node.fault("bands_rise", "starts", bands=", ".join(band.id for band in bands))
    return starts


def _day(node: Node, key: str) -> dt.date | None:
    value = node.data.get(key)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    node.fault(
        "wrong_type",
        key,
        key=key,
        expected=Words("a date such as 2026-01-31", "ett datum som 2026-01-31"),
        found=repr(value),
    )
    return None
