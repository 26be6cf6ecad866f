"""Runs as a process of its own: reads xls or ods from standard input and writes rows as lines of JSON.

The compiled reader can be brought to abort by a damaged file, and an abort takes its whole process along. So it works
where there is nothing to lose: with bounded memory and time, started by path, importing nothing of the house.
"""

import io
import json
import sys
from datetime import date, datetime, time
from typing import Any

import python_calamine as calamine

MEMORY = 2 * 1024 * 1024 * 1024  # bytes of address space
SECONDS = 120  # of processor time
PASSWORD = 3  # exit code for a file protected by a password
BROKEN = 4  # exit code for a file the reader cannot read


def _bound() -> None:
    try:
        import resource
    except ImportError:  # the limits are a Unix matter; without them the process is still apart
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(cell: object) -> Any:
    """A cell as JSON; a day or a moment becomes a list of one text."""
    if isinstance(cell, datetime):
        return [(cell.date() if cell.time() == time() else cell).isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    if isinstance(cell, bool | str):
        return cell
    return float(cell) if isinstance(cell, int | float) else str(cell)


def main(wanted: str) -> int:
    """Write the list of sheets (wanted is 'sheets') or the rows of one (wanted is its number) to standard output."""
    _bound()
    data = sys.stdin.buffer.read()
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if wanted == "sheets":
            for place, meta in enumerate(book.sheets_metadata):
                if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
                    sys.stdout.write(json.dumps([place, meta.name, hidden]) + "\n")
        else:
            sheet = book.get_sheet_by_index(int(wanted))
            sys.stdout.write(json.dumps([sheet.total_height, sheet.total_width]) + "\n")
            for row in sheet.iter_rows():
                sys.stdout.write(json.dumps([_plain(cell) for cell in row]) + "\n")
        sys.stdout.flush()
    except calamine.PasswordError:
        return PASSWORD
    except BrokenPipeError:
        return 0
    except Exception:
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
