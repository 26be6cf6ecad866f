"""A dataset in memory, for the reference engine: a few persons of a register, the answers of one survey."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .dataset import Dataset, Person, Row


class InMemory(Dataset):
    """Persons and their rows as they are given, neither written nor checked. `rows` by table, in the dataset contract.

    Count it with `engine="reference"`.
    """

    def __init__(
        self, name: str, freeze: dt.date, persons: Iterable[Person], rows: Mapping[str, Iterable[Row]],
        attributes: Mapping[str, tuple[str, ...]],
    ) -> None:  # fmt: skip
        super().__init__(Path("-"), name, freeze, "given", "", con=None, tables={}, key_is_whole=False)
        self._persons = {person.person_id: person for person in persons}
        self._names = attributes
        self._rows: dict[str, dict[str, list[Row]]] = {}
        for table, given in rows.items():
            held = self._rows.setdefault(table, {})
            for row in given:
                held.setdefault(row.person_id, []).append(row)

    def close(self) -> None:
        """Nothing is open."""

    def has(self, table: str) -> bool:
        return table == "persons" or table in self._rows

    def attributes(self, table: str) -> tuple[str, ...]:
        return self._names.get(table, ())

    def persons(self, only: Iterable[str] | None = None) -> Iterator[Person]:
        wanted = self._persons if only is None else [key for key in only if key in self._persons]
        return (self._persons[key] for key in wanted)

    def rows(self, table: str, only: Iterable[str] | None = None) -> Iterator[Row]:
        held = self._rows.get(table, {})
        return (row for key in (held if only is None else only) for row in held.get(key, ()))
