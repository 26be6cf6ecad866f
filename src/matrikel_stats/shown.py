"""A result that shows itself: as rows, as a table, as a picture and in a notebook.

Above the rooms that tell, which know the bare values of `result` alone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import result
from .declared.definition import Definition
from .problems import Lang

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Result(result.Result):
    """The outcome of one run of one definition on one dataset."""

    def to_rows(self) -> list[dict[str, Any]]:
        """Return the figures as flat rows: indicator, breakdown, its dimensions, limit, then the numbers."""
        from .telling.rows import rows_of

        return rows_of([self])

    def to_arrow(self) -> "pa.Table":
        """Return the rows of `to_rows` as an Arrow table, for pandas and Polars."""
        from .telling.rows import arrow_of

        return arrow_of([self])

    def chart(self, definition: Definition | None = None, lang: Lang = "sv") -> dict[str, Any]:
        """Return a picture as a Vega-Lite specification: values with limits; words for codes with the definition."""
        from .telling.chart import chart_of

        return chart_of(self, definition, lang)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from .telling.page import html_of

        return html_of(self)
