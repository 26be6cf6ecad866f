"""The workbook, a small register, and ways of taking them in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.imports import door as imports
from matrikel.domain.imports.door import Batch
from matrikel.kernel.acting import Acting
from tests.cast import Cast
from tests.imports.reading.registers import xlsx

BOOK = Path(__file__).parents[2] / "data" / "uppfoljningsmatrikel-2007.xlsx"
HEADINGS = ["Nr", "Efternamn", "Förnamn", "Personnr", "Kön", "Land", "Kategori", "Inskriven", "Folkbokförd",
            "Praktik fr o m", "Praktik t o m", "Utskriven", "Orsak"]  # fmt: skip
AMINA = "19900312-9823"
OMAR = "19850607-9816"
SARA = "19920505-9844"


@pytest.fixture
def cecilia(cast: Cast) -> Iterator[Acting]:
    """Who heads the unit and may import."""
    with acting_as(cast.cecilia) as by:
        yield by


def register_of(*rows: Sequence[Any], more: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet whose rows are padded to the headings."""
    headings = [*HEADINGS, *more]
    return xlsx([headings, *([*row, *[""] * (len(headings) - len(row))] for row in rows)])


def marked(row: Sequence[Any], mark: str = "ja") -> bytes:
    """A register with a column of protected persons and one row."""
    return register_of([*row, *[""] * (len(HEADINGS) - len(row)), mark], more=["Skyddad"])


AMINA_ROW = [1, "Hassan", "Amina", AMINA, "Kvinna", "Somalia", "Kvotflykting", "2007-03-01", "2007-03-15"]
OMAR_ROW = [2, "Saeed", "Omar", OMAR, "Man", "Irak", "Anhörig", "2007-04-01", "2007-04-15", "2007-08-01", "2007-12-31"]


@pytest.fixture
def take_in(cecilia: Acting) -> Callable[..., Batch]:
    """Hand in a file and take it in at once."""

    def taken(content: bytes, by: Acting = cecilia, name: str = "register.xlsx", **said: Any) -> Batch:
        given = {"choices": {"protected": "no"}, "register_date": date(2009, 12, 31)} | said
        batch = imports.upload(content=content, file_name=name, by=by, **given)
        imports.begin(batch=batch, by=by)
        return imports.run_batch(batch_id=batch.pk, by=by)

    return taken
