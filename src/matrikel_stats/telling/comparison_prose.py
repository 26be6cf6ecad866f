"""What a comparison says in plain words, and as a table: never a value without its limits."""

from matrikel_stats.comparison.compare import Change, Comparison, Difference, Row
from matrikel_stats.comparison.funnel import ALARM
from matrikel_stats.problems import Lang

from .formats import number, percent
from .table import grid

_MORE = ("skiljer sig mer än slumpen skulle göra", "differs more than chance would")
_NOT = ("skiljer sig inte mer än slumpen skulle göra", "does not differ more than chance would")


def verdict(comparison: Comparison, name: str, lang: Lang, *, decimals: int = 1, per: float = 1000) -> str:
    """Return the plain sentence about one of those compared. Rates are told per `per`."""
    at = 0 if lang == "sv" else 1
    row = comparison.row(name)
    if row is None:
        hidden = (
            "talet är för litet för att visas och jämförs inte",
            "the number is too small to be shown or compared",
        )
        return f"{name}: {hidden[at]}."
    own = _numbers(comparison, row, lang, decimals, per)
    common = _value(comparison, comparison.centre, lang, decimals, per)
    if comparison.given:
        against = (f"mot {common}", f"against {common}")[at]
    else:
        count = len(comparison.rows)
        against = (f"mot {common} för alla {count} tillsammans", f"against {common} for all {count} together")[at]
    side = ("lägre", "lower") if row.direction < 0 else ("högre", "higher")
    if not row.outside:
        return f"{name}: {own} {against}: {_NOT[at]}."
    strict = (", även med den strängare gränsen 99,8 %", ", even by the stricter limit of 99.8 %")[at]
    return f"{name}: {own} {against}: {_MORE[at]} ({side[at]}{strict if row.outside == ALARM else ''})."


def by_chance(comparison: Comparison, lang: Lang) -> str:
    """Return how many would fall outside 95 per cent by chance alone, and how many did."""
    count, expected = len(comparison.rows), number(comparison.expected, 1, lang)
    if lang == "sv":
        return f"Av {count} jämförda skulle slumpen ensam lägga {expected} utanför 95 %; {comparison.found} är det."
    are = "is" if comparison.found == 1 else "are"
    return f"Of {count} compared, chance alone would put {expected} outside 95 %; {comparison.found} {are}."


def change(found: Change, lang: Lang, decimals: int = 1) -> str:
    """Return the plain sentence about one value against the one before it."""
    at = 0 if lang == "sv" else 1
    points = ("procentenheter", "percentage points")[at]
    text = _MORE[at] if found.difference.beyond_chance else _NOT[at]
    against = ("mot", "against")[at]
    return f"{found.name} {against} {found.before}: {gap(found.difference, lang, decimals)} {points}: {text}."


def gap(found: Difference, lang: Lang, decimals: int = 1) -> str:
    """Return a difference of two shares in percentage points with its 95 per cent limits and signs."""
    value, low, high = (_signed(each, lang, decimals) for each in (found.value, found.low, found.high))
    return f"{value} (95 % {low} {'till' if lang == 'sv' else 'to'} {high})"


def _signed(value: float, lang: Lang, decimals: int) -> str:
    text = number(abs(value) * 100, decimals, lang)
    return f"−{text}" if value < 0 else f"+{text}"


def table(comparison: Comparison, lang: Lang, *, decimals: int = 1, per: float = 1000) -> str:
    """Return the comparison as a text table: value, its limits, the funnel's limits and what follows."""
    at = 0 if lang == "sv" else 1
    heading = [
        ("", ""), ("nådde", "reached"), ("av", "of"), ("värde", "value"), ("95 %", "95 %"),
        ("slumpen 95 %", "chance 95 %"), ("slumpen 99,8 %", "chance 99.8 %"), ("", ""),
    ]  # fmt: skip
    lines = [[pair[at] for pair in heading]]
    for row in comparison.rows:
        mark = "" if not row.outside else ("▼" if row.direction < 0 else "▲") * (2 if row.outside == ALARM else 1)
        spans = [(row.low, row.high), (row.warning.low, row.warning.high), (row.alarm.low, row.alarm.high)]
        lines.append([
            row.name, number(row.k, 0, lang), number(row.n, 0, lang),
            _value(comparison, row.value, lang, decimals, per),
            *(_span(comparison, low, high, lang, decimals, per) for low, high in spans), mark,
        ])  # fmt: skip
    lines += [[name, "··", "··", "", "", "", "", ""] for name in comparison.hidden]
    return "\n".join(line.rstrip() for line in grid(lines))


def _numbers(comparison: Comparison, row: Row, lang: Lang, decimals: int, per: float) -> str:
    of, sure = ("av", "95 % säkerhet") if lang == "sv" else ("of", "95 % limits")
    span = _span(comparison, row.low, row.high, lang, decimals, per)
    value = _value(comparison, row.value, lang, decimals, per)
    return f"{number(row.k, 0, lang)} {of} {number(row.n, 0, lang)}, {value} ({sure} {span})"


def _value(comparison: Comparison, value: float, lang: Lang, decimals: int, per: float) -> str:
    if comparison.measure == "share":
        return percent(value, decimals, lang)
    return f"{number(value * per, decimals, lang)} per {number(per, 0, lang)}"


def _span(comparison: Comparison, low: float, high: float, lang: Lang, decimals: int, per: float) -> str:
    scale = 100 if comparison.measure == "share" else per
    return f"{number(low * scale, decimals, lang)}–{number(high * scale, decimals, lang)}"
