"""A result as a small HTML table for a notebook: the sentence first, then every shown breakdown."""

from html import escape

from matrikel_stats.result import Cell, Result

from .formats import number, percent
from .prose import attribute_label


def html_of(result: Result) -> str:
    """Return the result as HTML. Hidden numbers of a protected result are `··`; all text is escaped."""
    parts = [f"<h4>{escape(result.name)}</h4>", f"<p>{escape(result.anchor)} {escape(result.counts)}</p>"]
    tables: list[tuple[tuple[str, ...], list[Cell]]] = [((), [result.total])] if result.total else []
    tables += [
        (each.dimensions, list(each.cells)) for each in result.breakdowns if not (each.withheld and result.protected)
    ]
    for dims, cells in tables:
        heads = [*(attribute_label(dim, "en") for dim in dims), "n", "k", "value", "95 %"]
        parts.append(
            "<table><thead><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr></thead><tbody>"
        )
        parts += [
            "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in _texts(result, dims, cell)) + "</tr>"
            for cell in cells
        ]
        parts.append("</tbody></table>")
    parts.append(f"<p><small>{escape(result.indicator)} {result.logic_hash} · {result.freeze}</small></p>")
    return "\n".join(parts)


def _texts(result: Result, dims: tuple[str, ...], cell: Cell) -> list[str]:
    names = [cell.values[dim] for dim in dims]
    if result.protected and cell.suppressed:
        return [*names, "··", "··", "··", ""]

    def told(value: float | None) -> str:
        if result.unit == "share":
            return percent(value, result.decimals, "en")
        return number(value, result.decimals, "en")

    span = "" if cell.low is None or cell.high is None else f"{told(cell.low)} – {told(cell.high)}"
    return [*names, number(cell.n, 0, "en"), number(cell.k, 0, "en"), told(cell.value), span]
