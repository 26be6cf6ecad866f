"""A result as flat rows: one a cell and one a limit of a duration, for tables, files and notebooks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matrikel_stats.result import Cell, Left, Result

if TYPE_CHECKING:
    import pyarrow as pa

WHOLE = ("n", "k", "not_mature", "open", "left_inside", "left_outside", "died", "median_with_open")
FRACTIONS = ("value", "low", "high", "estimate", "estimate_low", "estimate_high", "median")
COLUMNS = (
    "n", "k", "value", "low", "high", "not_mature", "open", "left_inside", "left_outside", "died", "median",
    "median_with_open", "estimate", "estimate_low", "estimate_high", "suppressed",
)  # fmt: skip
"""Columns after indicator, breakdown, its dimensions and limit. Shares are 0-1, waits in days."""

Row = dict[str, Any]


def rows_of(results: Sequence[Result]) -> list[Row]:
    """Return the rows of several results with the same columns: the total first, then every breakdown that is shown.

    A dimension that a row is not broken down by is None, an empty text is a value that is unknown.
    """
    dims = sorted({name for result in results for each in result.breakdowns for name in each.dimensions})
    rows: list[Row] = []
    for result in results:
        tables: list[tuple[tuple[str, ...], Sequence[Cell]]] = [((), [result.total])] if result.total else []
        shown = [each for each in result.breakdowns if not (each.withheld and result.protected)]
        for names, cells in [*tables, *((each.dimensions, each.cells) for each in shown)]:
            for cell in cells:
                lead: Row = {"indicator": result.indicator, "breakdown": " × ".join(names)}
                lead |= {name: cell.values.get(name) for name in dims}
                rows.append(lead | {"limit": None} | _figures(cell))
                for limit in cell.limits:
                    size = f"{limit.months} months" if limit.months else f"{limit.days} days"
                    numbers = {key: getattr(limit, key) for key in ("n", "k", "value", "low", "high", "not_mature")}
                    empty = dict.fromkeys(COLUMNS) | {"suppressed": cell.suppressed}
                    rows.append(lead | {"limit": size} | empty | numbers)
    return rows


def columns_of(results: Sequence[Result]) -> list[str]:
    """Return the names of the columns of `rows_of`, in order, also when there are no rows."""
    dims = sorted({name for result in results for each in result.breakdowns for name in each.dimensions})
    return ["indicator", "breakdown", *dims, "limit", *COLUMNS]


def arrow_of(results: Sequence[Result]) -> "pa.Table":
    """Return the rows as an Arrow table with typed columns."""
    import pyarrow as pa

    types = dict.fromkeys(WHOLE, pa.int64()) | dict.fromkeys(FRACTIONS, pa.float64()) | {"suppressed": pa.bool_()}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in columns_of(results)])
    return pa.Table.from_pylist(rows_of(results), schema=schema)


def _figures(cell: Cell) -> Row:
    left = cell.left_before or Left(None, None, None)
    aj = cell.aj
    return {
        "n": cell.n, "k": cell.k, "value": cell.value, "low": cell.low, "high": cell.high,
        "not_mature": cell.not_mature, "open": cell.open, "left_inside": left.inside, "left_outside": left.outside,
        "died": left.died, "median": cell.median, "median_with_open": cell.median_with_open,
        "estimate": aj.value if aj else None, "estimate_low": aj.low if aj else None,
        "estimate_high": aj.high if aj else None, "suppressed": cell.suppressed,
    }  # fmt: skip
