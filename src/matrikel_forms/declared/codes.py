"""Code lists as options: `definitions/codes/<name>.csv` with the columns code, sv, en, valid_from and valid_to."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .form import Option


@dataclass(frozen=True)
class CodeFolder:
    """The folder of code lists beside the forms; None when there is none."""

    folder: Path | None

    def names(self) -> tuple[str, ...]:
        """Return the names of all lists."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.csv"))) if self.folder else ()

    def options(self, name: str) -> Iterator[tuple[Option, str, str]]:
        """Yield every code of a list as an option, with its Swedish and English label.

        Raises KeyError, OSError or ValueError when the file is not such a list.
        """
        assert self.folder is not None
        with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                days = [dt.date.fromisoformat(day) if day else None for day in (row["valid_from"], row["valid_to"])]
                key = f"codes.{name}.{row['code']}"
                yield Option(row["code"], key, valid_from=days[0], valid_to=days[1]), row["sv"], row["en"]


def find_codes(near: Path) -> CodeFolder:
    """Return the nearest folder `codes` seen from `near`, else the one shipped beside this package."""
    start = near.resolve()
    shipped = Path(__file__).resolve().parents[3] / "definitions"
    for folder in (start, *start.parents, shipped):
        if (folder / "codes").is_dir():
            return CodeFolder(folder / "codes")
    return CodeFolder(None)
