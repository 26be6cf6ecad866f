"""A staff file: CSV with a heading, one post in each row. Every fault is found before anything is written."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from matrikel.cli.faults import Fault
from matrikel.cli.wording import _
from matrikel.domain.access.door import ROLES

COLUMNS = ("email", "name", "unit", "role", "title", "start_date", "end_date")
NEEDED = ("email", "name", "unit", "role")
LONGEST = {"email": 254, "name": 100, "unit": 100, "title": 80}
LARGEST = 5_000_000


@dataclass(frozen=True)
class Row:
    """One post as the file tells it. `number` is the line's number in the file, the heading being 1."""

    number: int
    email: str
    name: str
    unit: str
    role: str
    title: str
    start_date: date | None
    end_date: date | None


def fault(number: int, column: str, text: str) -> str:
    place = _("rad %(number)s") % {"number": number}
    return f"{place}, {column}: {text}" if column else f"{place}: {text}"


def read(path: Path) -> list[Row]:
    """All rows of the file. Raises Fault with a line for every fault found."""
    lines = csv.reader(io.StringIO(_text(path)), delimiter=_delimiter(_text(path)))
    faults: list[str] = []
    rows: list[Row] = []
    heading: list[str] = []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not heading:
            heading = _heading([cell.strip().lower() for cell in cells])
            continue
        found, row = _row(lines.line_num, dict(zip(heading, (cell.strip() for cell in cells), strict=False)))
        faults += found
        rows += [row] if row else []
    faults += _doubles(rows)
    if faults:
        raise Fault(*faults)
    if not rows:
        raise Fault(_("%(path)s har inga rader. Rubrikerna är: %(columns)s")
                    % {"path": path, "columns": ",".join(COLUMNS)})  # fmt: skip
    return rows


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Fault(_("%(path)s är för stor för en personalfil.") % {"path": path})
        return path.read_bytes().decode("utf-8-sig")
    except OSError as unread:
        raise Fault(_("%(path)s går inte att läsa: %(fault)s") % {"path": path, "fault": unread.strerror}) from unread
    except UnicodeDecodeError as unread:
        raise Fault(_("%(path)s är inte UTF-8. Spara den som ”CSV UTF-8”.") % {"path": path}) from unread


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _heading(cells: list[str]) -> list[str]:
    faults = [
        fault(1, name, _("kolumnen saknas. Rubrikerna är: %(columns)s") % {"columns": ",".join(COLUMNS)})
        for name in NEEDED
        if name not in cells
    ]
    faults += [
        fault(1, name, _("okänd eller dubbel kolumn. Ta bort den."))
        for place, name in enumerate(cells)
        if name and (name not in COLUMNS or name in cells[:place])
    ]
    if faults:
        raise Fault(*faults)
    return cells


def _row(number: int, cells: dict[str, str]) -> tuple[list[str], Row | None]:
    faults = [fault(number, name, _("saknas. Fyll i den.")) for name in NEEDED if not cells.get(name)]
    faults += [
        fault(number, name, _("för lång, högst %(n)s tecken.") % {"n": most})
        for name, most in LONGEST.items()
        if len(cells.get(name, "")) > most
    ]
    email = cells.get("email", "").lower()
    if email and not _is_email(email):
        faults.append(fault(number, "email", _("%(email)s är ingen e-postadress.") % {"email": email}))
    role = _role(cells.get("role", ""))
    if cells.get("role") and role is None:
        faults.append(fault(number, "role", _("rollen finns inte. Välj: %(roles)s") % {"roles": ", ".join(ROLES)}))
    days: dict[str, date | None] = {}
    for name in ("start_date", "end_date"):
        try:
            days[name] = date.fromisoformat(cells[name]) if cells.get(name) else None
        except ValueError:
            faults.append(fault(number, name, _("inget datum. Skriv ÅÅÅÅ-MM-DD.")))
    first, last = days.get("start_date"), days.get("end_date")
    if first and last and last < first:
        faults.append(fault(number, "end_date", _("ligger före start_date. Rätta ett av dem.")))
    if faults or role is None:
        return faults, None
    return [], Row(number, email, cells["name"], cells["unit"], role, cells.get("title", ""), first, last)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _role(text: str) -> str | None:
    """The code of a role given by its code or by its name in the language of the command."""
    return next((code for code, role in ROLES.items() if text.casefold() in (code, str(role.label).casefold())), None)


def _doubles(rows: list[Row]) -> list[str]:
    first: dict[tuple[str, str, str], int] = {}
    names: dict[str, Row] = {}
    faults = []
    for row in rows:
        key = (row.email, row.unit, row.role)
        if key in first:
            faults.append(
                fault(row.number, "", _("samma tjänst som rad %(other)s. Ta bort en av dem.") % {"other": first[key]})
            )
        elif names.setdefault(row.email, row).name != row.name:
            faults.append(
                fault(row.number, "name", _("ett annat namn än på rad %(other)s för samma e-post.")
                      % {"other": names[row.email].number})
            )  # fmt: skip
        first.setdefault(key, row.number)
    return faults
