"""Numbers for reading: the decimal sign of the language, shares in per cent, limits as a span."""

from matrikel_stats.problems import Lang
from matrikel_stats.result import Cell, LimitShare


def number(value: float | None, decimals: int, lang: Lang) -> str:
    """Return a number with the decimal sign of the language, `–` for none."""
    if value is None:
        return "–"
    text = f"{value:,.{decimals}f}".replace(",", "\u00a0")
    return text.replace(".", ",") if lang == "sv" else text


def percent(value: float | None, decimals: int, lang: Lang) -> str:
    """Return a share 0-1 in per cent."""
    return "–" if value is None else f"{number(value * 100, decimals, lang)} %"


def span(cell: Cell | LimitShare, scale: float, decimals: int, lang: Lang) -> str:
    """Return the limits, `–` for none."""
    if cell.low is None or cell.high is None:
        return "–"
    return f"{number(cell.low * scale, decimals, lang)}–{number(cell.high * scale, decimals, lang)}"


def whole(value: int | None) -> str:
    """Return a number of persons, `··` for a hidden one."""
    return "··" if value is None else f"{value:,}".replace(",", "\u00a0")
