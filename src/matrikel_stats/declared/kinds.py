"""What each kind of indicator says beside its cohort: the sections of the file that belong to it alone."""

from collections.abc import Callable
from typing import Any, get_args

from matrikel_declared import Words

from .definition import Condition, Kind, LongTerm, Moment, Score, Window
from .node import Node
from .parsing import parse_outcome, parse_rows, parse_state, parse_window

OWN: dict[str, tuple[str, ...]] = {
    "reached": ("window", "outcome", "leaving"),
    "state": ("state", "outcome", "leaving"),
    "duration": ("duration", "leaving"),
    "flow": ("flow",),
    "stock": ("stock",),
    "long_term": ("long_term",),
    "ratio": ("ratio", "flow", "stock"),
    "amount": ("amount",),
    "attendance": ("attendance",),
    "score": ("score",),
    "composite": ("composite",),
}
"""The sections of every kind a file may name, in the order they are told when an unknown one is met."""


LIMITS: dict[str, tuple[str, ...]] = {
    "reached": ("wilson",),
    "long_term": ("wilson",),
    "duration": ("normal", "bootstrap"),
    "ratio": ("poisson",),
    "amount": ("linearised",),
    "attendance": ("linearised",),
    "score": ("normal", "bootstrap"),
    "composite": ("bootstrap",),
}
"""How the limits of a value can be reckoned, the default first. Numbers of persons have none: they are all of them."""


def counted_as(kind: str) -> Kind:
    """Return the kind the engines count: a state at a time is something reached on one single day."""
    return next((each for each in get_args(Kind) if each == kind), "reached")


def parts_of(node: Node, kind: str) -> dict[str, Any]:
    """Return the fields of a definition that its own sections say. Faults are noted in the node."""
    return _READERS[kind](node)


def section(node: Node, key: str, remedy: Words) -> Node | None:
    """Return a section that must be there, or note that it is missing."""
    found = node.table(key)
    if found is None and not node.has(key):
        node.fault("key_missing", key=key, remedy=remedy)
    return found


def _reached(node: Node) -> dict[str, Any]:
    window = section(
        node, "window", Words("say within how many months or days", "säg inom hur många månader eller dagar")
    )
    outcome = section(node, "outcome", Words("say what counts as reached", "säg vad som räknas som nått"))
    return {
        "window": parse_window(window) if window else None,
        "outcome": parse_outcome(outcome) if outcome else None,
    }


def _state(node: Node) -> dict[str, Any]:
    body = section(
        node,
        "state",
        Words(
            "say how many months or days after the anchor: at = { months = 24 }",
            "säg hur många månader eller dagar efter utgångsdagen: at = { months = 24 }",
        ),
    )
    outcome = section(node, "outcome", Words("say what must hold that day", "säg vad som ska gälla den dagen"))
    at = None
    if body is not None:
        body.only("at")
        after = section(
            body, "at", Words("months or days after the anchor day", "månader eller dagar efter utgångsdagen")
        )
        at = parse_window(after) if after else None
    if at is not None:
        on_the_day = Window(at.months, 1) if at.months else Window(days=at.days + 1)
    return {
        "window": on_the_day if at is not None else None,
        "outcome": parse_state(outcome) if outcome else None,
        "at": at,
    }


def _duration(node: Node) -> dict[str, Any]:
    body = section(node, "duration", Words("the kind duration is described there", "slaget duration beskrivs där"))
    if body is None:
        return {}
    body.only("to", "unit", "limits")
    to = section(
        body,
        "to",
        Words("name the spell or event that ends the wait", "ange perioden eller händelsen som avslutar väntan"),
    )
    return {
        "outcome": Condition(parse_rows(to), running=False) if to else None,
        "unit": body.choice("unit", ("days", "weeks"), "days"),
        "limits": tuple(parse_window(limit) for limit in body.tables("limits")),
    }


def _flow(node: Node) -> dict[str, Any]:
    body = section(node, "flow", Words("the kind flow is described there", "slaget flow beskrivs där"))
    if body is None:
        return {}
    body.only("every", "count")
    return {
        "every": body.choice("every", ("year", "month"), "year"),
        "count": body.choice("count", ("persons", "occurrences"), "persons"),
    }


def _stock(node: Node) -> dict[str, Any]:
    body = section(node, "stock", Words("the kind stock is described there", "slaget stock beskrivs där"))
    if body is None:
        return {}
    body.only("moment", "mean_of")
    if not body.has("moment"):
        body.fault("key_missing", key="moment", remedy="31 december, month_end, any_time_in_year")
    moment = body.choice("moment", get_args(Moment), "31 december")
    mean_of = body.integer("mean_of", 1, least=2, most=120) or 1
    if mean_of > 1 and moment != "month_end":
        body.fault("mean_of_months", "mean_of")
    # Without a mean nothing is said, so that the logic hash of a plain stock stays what it was.
    return {"moment": moment} | ({"mean_of": mean_of} if mean_of > 1 else {})


def _long_term(node: Node) -> dict[str, Any]:
    body = section(node, "long_term", Words("say at_least = 10, of = 12", "skriv at_least = 10, of = 12"))
    if body is None:
        return {}
    body.only("at_least", "of", "longest_break")
    # Five years: the months of a window are the bits of one whole number.
    of = body.integer("of", 12, least=12, most=60) or 12
    at_least = body.integer("at_least", 1, least=1, most=of) or 1
    if not body.has("at_least"):
        body.fault("key_missing", key="at_least", remedy=Words("how many of the months", "hur många av månaderna"))
    if of % 12:
        body.fault("whole_years", "of", value=of)
    return {"long_term": LongTerm(at_least, of, body.integer("longest_break", most=of))}


def _ratio(node: Node) -> dict[str, Any]:
    body = section(
        node, "ratio", Words("say per how many inhabitants: per = 1000", "säg per hur många invånare: per = 1000")
    )
    if body is not None:
        body.only("per")
    if node.has("flow") == node.has("stock"):
        node.fault("choose_one", "ratio", keys="[flow], [stock]")
        return {}
    numerator = _flow(node) if node.has("flow") else _stock(node)
    if "mean_of" in numerator or numerator.get("every") == "month" or numerator.get("moment") == "month_end":
        node.fault("ratio_by_year", "ratio")
    per = body.integer("per", 100, least=1, most=1_000_000) if body else 100
    return {**numerator, "per": per or 100}


def _summed(key: str) -> Callable[[Node], dict[str, Any]]:
    def read(node: Node) -> dict[str, Any]:
        body = section(node, key, Words('say every = "year" or "month"', 'skriv every = "year" eller "month"'))
        if body is None:
            return {}
        body.only("every")
        return {"every": body.choice("every", ("year", "month"), "year")}

    return read


def _score(node: Node) -> dict[str, Any]:
    body = section(
        node,
        "score",
        Words("name the instrument, its items and their bounds", "ange instrumentet, dess frågor och deras gränser"),
    )
    if body is None:
        return {}
    body.only("instrument", "items", "least", "most", "take", "index", "at_least")
    items = body.strings("items")
    if not items or len(set(items)) < len(items):
        body.fault("score_items", "items" if body.has("items") else "")
    for key in ("least", "most"):
        if not body.has(key):
            body.fault(
                "key_missing",
                key=key,
                remedy=Words("the lowest and the highest answer", "det lägsta och det högsta svaret"),
            )
    least = body.integer("least", 0, most=1000) or 0
    most = body.integer("most", 1, most=1000) or 0
    if most <= least:
        body.fault("score_bounds", "most", least=least, most=most)
    take: Any = body.choice("take", ("first", "last"), "last")
    instrument = body.text("instrument", required=True)
    index = body.boolean("index", False)
    enough = body.integer("at_least", least=1, most=max(1, len(items))) or 0
    if enough and not index:
        body.fault("score_at_least", "at_least")
    # All of them is what is meant when nothing is said.
    at_least = enough if enough < len(items) else 0
    return {"score": Score(instrument, tuple(sorted(set(items))), least, most, take, index, at_least)}


_READERS: dict[str, Callable[[Node], dict[str, Any]]] = {
    "reached": _reached,
    "state": _state,
    "duration": _duration,
    "flow": _flow,
    "stock": _stock,
    "long_term": _long_term,
    "ratio": _ratio,
    "amount": _summed("amount"),
    "attendance": _summed("attendance"),
    "score": _score,
    "composite": lambda _: {},
}
