"""Pictures as Vega-Lite specifications: a value never without its limits, hidden numbers never drawn."""

from collections.abc import Sequence
from typing import Any

from matrikel_stats.comparison.compare import Comparison
from matrikel_stats.comparison.funnel import curve
from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import Lang
from matrikel_stats.result import Cell, Result

from .formats import number
from .prose import attribute_label, value_label

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
Spec = dict[str, Any]


def chart_of(result: Result, definition: Definition | None = None, lang: Lang = "sv") -> Spec:
    """Return the first shown breakdown as points with limits (bars for plain numbers), else the total.

    With the definition, values are told in words; without it as codes.
    """
    shown = [each for each in result.breakdowns if each.cells and not (each.withheld and result.protected)]
    dims, cells = (shown[0].dimensions, shown[0].cells) if shown else ((), [result.total] if result.total else [])
    scale, unit = _scale(result, lang)
    data = [_point(result, definition, dims, cell, scale, lang) for cell in cells if not _hidden(result, cell)]
    name = attribute_label(dims[0], lang) if dims else ""
    y = {"field": "group", "type": "nominal", "title": name, "sort": None}
    x: Spec = {"field": "value", "type": "quantitative", "title": unit, "scale": {"zero": True}}
    encoding: Spec = {"y": y}
    if len(dims) > 1:
        title = ", ".join(attribute_label(dim, lang) for dim in dims[1:])
        encoding["row"] = {"field": "rest", "type": "nominal", "title": title, "sort": None}
    limits = {"mark": {"type": "rule"}, "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}}}
    if all(point["low"] is None for point in data):
        layers: list[Spec] = [{"mark": "bar", "encoding": {"x": x}}]
    else:
        layers = [limits, {"mark": {"type": "point", "filled": True, "size": 60}, "encoding": {"x": x}}]
    if result.target is not None:
        line = {
            "mark": {"type": "rule", "strokeDash": [4, 4]},
            "encoding": {"x": {"datum": result.target.value * scale}},
        }
        layers.append(line)
    spec: Spec = {"$schema": SCHEMA, "title": result.name, "description": _description(result, data, unit, lang)}
    if "row" in encoding:
        facet = {"row": encoding.pop("row")}
        return spec | {"data": {"values": data}, "facet": facet, "spec": {"encoding": encoding, "layer": layers}}
    return spec | {"data": {"values": data}, "encoding": encoding, "layer": layers}


def funnel_chart(comparison: Comparison, lang: Lang = "sv", *, title: str = "", points: int = 60) -> Spec:
    """Return a funnel picture: every shown part by size, with the limits of chance at 95 and 99.8 per cent."""
    scale = 100 if comparison.measure == "share" else 1000
    sizes = [row.n for row in comparison.rows]
    least, most = max(1, int(min(sizes) * 0.8)), int(max(sizes) * 1.1) + 1
    steps = sorted({least + (most - least) * at // (points - 1) for at in range(points)})
    lines = [
        {"size": each.size, "level": level, "low": span.low * scale, "high": span.high * scale}
        for each in curve(comparison.centre, steps, comparison.measure)
        for level, span in (("95 %", each.warning), ("99,8 %" if lang == "sv" else "99.8 %", each.alarm))
    ]
    dots = [
        {"name": row.name, "size": row.n, "value": row.value * scale, "low": row.low * scale, "high": row.high * scale,
         "outside": row.outside > 0}
        for row in comparison.rows
    ]  # fmt: skip
    size = {"field": "size", "type": "quantitative", "title": "antal personer" if lang == "sv" else "number of persons"}
    unit = ("per cent" if lang == "en" else "procent") if comparison.measure == "share" else "per 1000"
    y = {"type": "quantitative", "title": unit}
    tips = [{"field": name} for name in ("name", "value", "low", "high", "size")]
    return {
        "$schema": SCHEMA,
        "title": title,
        "description": _funnel_description(comparison, lang),
        "layer": [
            *(
                {"data": {"values": lines}, "mark": {"type": "line"},
                 "encoding": {"x": size, "y": {**y, "field": end}, "strokeDash": {"field": "level", "title": ""}}}
                for end in ("low", "high")
            ),
            {"mark": {"type": "rule"}, "encoding": {"y": {"datum": comparison.centre * scale}}},
            {"data": {"values": dots}, "mark": {"type": "point", "size": 60},
             "encoding": {"x": size, "y": {**y, "field": "value"}, "tooltip": tips,
                          "shape": {"field": "outside", "title": "utanför" if lang == "sv" else "outside"}}},
            {"data": {"values": dots}, "mark": {"type": "text", "dy": -9},
             "encoding": {"x": size, "y": {**y, "field": "value"}, "text": {"field": "name"}}},
        ],
    }  # fmt: skip


def charts_of(results: Sequence[Result], definitions: Sequence[Definition], lang: Lang) -> Spec:
    """Return one picture, or several below one another."""
    specs = [chart_of(result, definition, lang) for result, definition in zip(results, definitions, strict=True)]
    if len(specs) == 1:
        return specs[0]
    return {"$schema": SCHEMA, "vconcat": [{k: v for k, v in spec.items() if k != "$schema"} for spec in specs]}


def _hidden(result: Result, cell: Cell) -> bool:
    return cell.value is None or (result.protected and cell.suppressed)


def _scale(result: Result, lang: Lang) -> tuple[float, str]:
    at = 0 if lang == "sv" else 1
    if result.unit == "share":
        return 100, ("procent", "per cent")[at]
    if result.unit == "weeks":
        return 1 / 7, ("veckor", "weeks")[at]
    words = {
        "days": ("dagar", "days"), "persons": ("personer", "persons"), "occurrences": ("tillfällen", "occurrences")
    }  # fmt: skip
    return 1, words.get(result.unit, (result.unit, result.unit))[at]


def _point(
    result: Result, definition: Definition | None, dims: tuple[str, ...], cell: Cell, scale: float, lang: Lang
) -> Spec:
    def label(dim: str) -> str:
        value = cell.values[dim]
        return value_label(definition, dim, value, lang) if definition else value

    value, low, high = (None if each is None else each * scale for each in (cell.value, cell.low, cell.high))
    return {
        "group": label(dims[0]) if dims else "", "rest": ", ".join(label(dim) for dim in dims[1:]), "value": value,
        "low": low, "high": high, "n": cell.n,
    }  # fmt: skip


def _description(result: Result, data: Sequence[Spec], unit: str, lang: Lang) -> str:
    told = "; ".join(
        f"{' '.join((each['group'], each['rest'])).strip()} {number(each['value'], 1, lang)}".strip()
        for each in data[:12]
    )
    return f"{result.name}, {unit}: {told}" if told else result.name


def _funnel_description(comparison: Comparison, lang: Lang) -> str:
    from .comparison_prose import by_chance

    return by_chance(comparison, lang)
