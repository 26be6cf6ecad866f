"""A built layer in memory: columns of whole numbers, and what is worked out from them once for many indicators."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from matrikel_stats.dates import EARLIEST, FAR, LATEST
from matrikel_stats.declared.codes import DatedValue
from matrikel_stats.declared.definition import Definition, Window

from .build import field as field_name
from .numbers import by_day, dense
from .spec import NEVER, Column, Spec

Cells = tuple[Any, list[tuple[str, ...]]]


@dataclass
class Layer:
    """The rows of a layer. Offsets are days from the anchor; `NEVER` where nothing happened."""

    spec: Spec
    table: pa.Table
    _known: dict[Any, Any] = field(default_factory=dict)

    def column(self, column: Column) -> Any:
        """Return the offsets of a column; of a table the dataset does not hold, nothing ever happened."""
        return self.once(("column", column), lambda: self._numbers(field_name(column)))

    @property
    def start(self) -> Any:
        """Return the anchor days as days since 1970."""
        return self.once("start", lambda: self._days("start_date"))

    @property
    def end(self) -> Any:
        """Return the offset of the last day of the anchor row; `NEVER` while it goes on."""
        return self.once("end", lambda: np.minimum(self._days("end_date") - self.start, NEVER).astype(np.int16))

    @property
    def unknown(self) -> Any:
        """Return who is missing among the persons."""
        return self.once("unknown", lambda: self.table.column("known").is_null().to_numpy())

    def age(self) -> tuple[Any, Any]:
        """Return completed years on the anchor day, and where the day of birth is missing.

        One born on 29 February completes a year on 28 February in a common year.
        """
        return self.once("age", self._age)  # type: ignore[no-any-return]

    def last(self, window: Window) -> Any:
        """Return the offset of the window's last day: the one before the anniversary."""
        return self.once(("last", window), lambda: self._last(window))

    def values(self, name: str) -> tuple[Any, list[str]]:
        """Return an attribute or the sex as numbers of its sorted values."""
        return self.once(("values", name), lambda: self._values("sex" if name == "sex" else f"attribute {name}"))  # type: ignore[no-any-return]

    def holds(self, name: str, wanted: Sequence[DatedValue]) -> Any:
        """Return where an attribute has a wanted value on the anchor day."""
        codes, labels = self.values(name)
        found = np.zeros(len(codes), bool)
        for dated in wanted:
            if dated.value in labels:
                here = codes == labels.index(dated.value)
                if dated.first > EARLIEST or dated.last < LATEST:
                    first, last = (np.datetime64(day, "D").astype(int) for day in (dated.first, min(dated.last, FAR)))
                    here = here & (self.start >= first) & (self.start <= last)
                found |= here
        return found

    def cells(self, definition: Definition, dims: Sequence[str]) -> Cells:
        """Return each row's cell as a dense number, and the cells in order of their texts."""
        key = ("cells", tuple(dims), definition.age_bands if "age_band" in dims else ())
        return self.once(key, lambda: self._cells(definition, dims))  # type: ignore[no-any-return]

    def _cells(self, definition: Definition, dims: Sequence[str]) -> Cells:
        number, size = np.zeros(len(self.start), np.int64), 1
        every: list[list[str]] = []
        for dim in dims:
            codes, labels = self._dimension(definition, dim)
            number, size = number * len(labels) + codes, size * len(labels)
            every.append(labels)
        used, places = dense(number, size)
        texts = []
        for value in used.tolist():
            parts = []
            for labels in reversed(every):
                value, code = divmod(value, len(labels))
                parts.append(labels[code])
            texts.append(tuple(reversed(parts)))
        return places, texts

    def _dimension(self, definition: Definition, dim: str) -> tuple[Any, list[str]]:
        if dim == "year":
            years, codes = dense(self._calendar()[0], FAR.year + 1)
            return codes, [str(year) for year in years.tolist()]
        if dim != "age_band":
            return self.values(dim)
        years, unknown = self.age()
        labels = sorted({"", "other", *(f"{first}-{last}" for first, last in definition.age_bands)})
        codes = np.full(len(years), labels.index("other"))
        for first, last in reversed(definition.age_bands):
            codes[(years >= first) & (years <= last)] = labels.index(f"{first}-{last}")
        codes[unknown] = labels.index("")
        return codes, labels

    def _calendar(self) -> Any:
        return self.once("calendar", lambda: by_day(self.start, _parts))

    def _age(self) -> tuple[Any, Any]:
        year, month, day = self._calendar()
        column = self.table.column("birth_date")
        unknown = column.is_null().to_numpy()
        born = by_day(column.cast(pa.int32()).fill_null(0).to_numpy(), _parts)
        leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
        on = year * 10000 + month * 100 + day + ((month == 2) & (day == 28) & ~leap)
        return (on - (born[0] * 10000 + born[1] * 100 + born[2])) // 10000, unknown

    def _last(self, window: Window) -> Any:
        if not window.months:
            return np.int16(window.days - 1)
        return by_day(self.start, lambda days: _last_of(window.months, days))

    def _values(self, name: str) -> tuple[Any, list[str]]:
        coded = self.table.column(name).combine_chunks().dictionary_encode()
        labels = coded.dictionary.to_pylist()
        ranked = sorted(labels)
        places = np.array([ranked.index(label) for label in labels], np.int32)
        return places[coded.indices.to_numpy()], ranked

    def _numbers(self, name: str) -> Any:
        return self.table.column(name).to_numpy()

    def _days(self, name: str) -> Any:
        return self.table.column(name).cast(pa.int32()).to_numpy()

    def once(self, key: Any, make: Any) -> Any:
        """Return what `make` makes, worked out the first time it is asked for."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]


def _last_of(months: int, days: Any) -> Any:
    """Return how many days after each day the last one of so many months from it is."""
    start = days.astype("datetime64[D]")
    month = start.astype("datetime64[M]")
    after = month + months
    same = after.astype("datetime64[D]") + (start - month.astype("datetime64[D]"))
    # Where the month is too short, its last day.
    anniversary = np.minimum(same, (after + 1).astype("datetime64[D]") - 1)
    return ((anniversary - start).astype(np.int32) - 1).astype(np.int16)


def _parts(days: Any) -> Any:
    """Return year, month and day of days since 1970."""
    date = days.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    months = month.astype(np.int32)
    day = (date - month.astype("datetime64[D]")).astype(np.int32) + 1
    return np.stack((months // 12 + 1970, months % 12 + 1, day))
