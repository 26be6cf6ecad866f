"""Refused rows as a workbook: mended and handed in again, only they are new."""

import io
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook

from matrikel.domain.imports import door as imports
from matrikel.domain.imports.door import Batch, Row
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting
from tests.domain.imports.conftest import AMINA_ROW, OMAR, OMAR_ROW, register_of
from tests.imports.reading.registers import xlsx

Take = Callable[..., Batch]
WRONG = "19850607-9817"


def sheet(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_mended_rows_are_all_that_is_new(take_in: Take, cecilia: Acting) -> None:
    wrong = [*OMAR_ROW[:3], WRONG, *OMAR_ROW[4:]]
    batch = take_in(register_of(AMINA_ROW, wrong))
    assert (batch.good, batch.refused) == (1, 1)
    rows = sheet(imports.workbook(batch, by=cecilia))
    assert rows[-1][3] == WRONG, "the file holds the cell as it was"
    assert "kontrollsiffra" in str(rows[-1])
    mended = [[OMAR if cell == WRONG else cell for cell in row] for row in rows]
    again = take_in(xlsx(mended))
    assert (again.new, again.refused, again.unchanged) == (1, 0, 0)
    assert people.Person.objects.count() == 2


def test_a_row_refused_by_a_door_says_why_in_the_workbook(take_in: Take, cecilia: Acting) -> None:
    batch = take_in(register_of([*AMINA_ROW[:7], "2031-01-01"]), register_date=None)
    assert batch.refused == 1
    assert "inte kommit än" in str(sheet(imports.workbook(batch, by=cecilia))[-1])


@pytest.mark.parametrize("number", [WRONG, "850607-9817", "19850607 9817"])
def test_no_number_is_kept_whole_with_a_problem(number: str, take_in: Take) -> None:
    take_in(register_of([*OMAR_ROW[:3], number, *OMAR_ROW[4:]]))
    kept = str(Row.objects.get().problems)
    assert "9817" not in kept
    assert "••••" in kept


def test_the_stored_file_is_for_the_server_alone(take_in: Take, cecilia: Acting) -> None:
    from matrikel.domain.imports import storage

    batch = take_in(register_of(AMINA_ROW))
    path = storage.path_of(batch.stored)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "register" not in path.name
