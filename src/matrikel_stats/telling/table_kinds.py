"""The columns and the sentence of the kinds counted by period and of means of others."""

from matrikel_stats.problems import Lang
from matrikel_stats.result import Cell, Result

from .formats import number, percent, span, whole
from .words import pick

_UNITS: dict[str, tuple[str, str]] = {
    "occurrences": ("tillfällen", "occurrences"),
    "amount": ("hushåll", "households"),
}


def columns(result: Result) -> list[tuple[str, str]]:
    """Return the headings of the figures."""
    if result.kind == "long_term":
        return [("av", "of"), ("långvarigt", "long"), ("andel", "share"), ("95 %", "95 %"), ("ej mogna", "not mature")]
    if result.kind == "ratio":
        return [("antal", "number"), ("invånare", "inhabitants"), (result.unit, result.unit), ("95 %", "95 %")]
    if not result.limits_by:
        return [("antal", "number")] if _is_count(result) else [("personmånader", "person-months"), ("medel", "mean")]
    middle = [("median", "median")] if result.kind == "score" else []
    return [_units(result), _measure(result), ("95 %", "95 %"), *middle]


def figures(result: Result, cell: Cell, lang: Lang) -> list[str]:
    """Return the figures of a cell under those headings."""
    digits = result.decimals
    if result.kind == "long_term":
        share, limits = percent(cell.value, digits, lang), span(cell, 100, digits, lang)
        return [whole(cell.n), whole(cell.k), share, limits, whole(cell.not_mature)]
    if result.kind == "ratio":
        return [whole(cell.n), whole(cell.inhabitants), number(cell.value, digits, lang), span(cell, 1, digits, lang)]
    if not result.limits_by:
        return [whole(cell.n)] if _is_count(result) else [whole(cell.n), number(cell.value, digits, lang)]
    middle = [number(cell.median, digits, lang)] if result.kind == "score" else []
    return [whole(cell.n), _value(result, cell, lang), span(cell, _scale(result), digits, lang), *middle]


def sentence(result: Result, total: Cell, lang: Lang) -> str:
    """Return what the total says, in a sentence."""
    many = f"{whole(total.n)} {pick(_units(result), lang)}"
    if result.kind in ("flow", "stock"):
        return f"{many}."
    if total.value is None:
        return pick(("Inget att räkna.", "Nothing to count."), lang)
    limits = span(total, _scale(result), result.decimals, lang)
    bounds = pick((f" (95 % säkerhet {limits})", f" (95 % limits {limits})"), lang) if limits != "–" else ""
    if result.kind == "ratio":
        many += pick((f" av {whole(total.inhabitants)} invånare", f" of {whole(total.inhabitants)} inhabitants"), lang)
    return f"{many}: {_value(result, total, lang)}{bounds}."


def _is_count(result: Result) -> bool:
    cells = [cell for breakdown in result.breakdowns for cell in breakdown.cells]
    return all(cell.value is None or cell.value == cell.n for cell in cells)


def _scale(result: Result) -> int:
    return 100 if result.unit == "share" else 1


def _value(result: Result, cell: Cell, lang: Lang) -> str:
    if result.unit == "share":
        return percent(cell.value, result.decimals, lang)
    if result.unit == "kronor":
        return f"{number(cell.value, result.decimals, lang)} kr"
    return number(cell.value, result.decimals, lang)


def _units(result: Result) -> tuple[str, str]:
    return _UNITS.get(result.kind) or _UNITS.get(result.unit) or ("personer", "persons")


def _measure(result: Result) -> tuple[str, str]:
    names = {
        "share": ("andel", "share"),
        "kronor": ("kronor/månad", "kronor a month"),
        "score": ("medel", "mean"),
        "index": ("index", "index"),
    }
    return names.get(result.unit, ("medel", "mean"))
