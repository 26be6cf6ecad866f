"""A small reader, for tests only, that turns the follow-up workbook into a dataset folder.

The real import lives in the application; this one is kept apart from it on purpose, so that the figures are
checked against a second reading of the same sheet.
"""

import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
CATEGORIES = {
    "kvot": "quota_refugee",
    "kvotflykting": "quota_refugee",
    "förläggning": "refugee_via_accommodation",
    "förläggn.": "refugee_via_accommodation",
    "anläggning": "refugee_via_accommodation",
    "anknytning": "relative",
    "anhörig": "relative",
    "anh.": "relative",
    "invandrare": "other_immigrant",
    "invandr.": "other_immigrant",
    "övrig invandrare": "other_immigrant",
}
RESULTS = {"g": "passed", "godkänd": "passed", "godkänt": "passed", "ig": "failed", "avbrott": "interrupted"}
SOCIAL_SERVICES = {"soc", "socialförvaltn."}


class Refused(ValueError):
    """A row that cannot be believed."""


def read_date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip().lower()
    if not text:
        return None
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d\d)(\d\d)(\d\d)", text):
        year, month, day = (int(part) for part in match.groups())
        year += 2000
    elif match := re.fullmatch(r"(\d{1,2})/(\d{1,2}) (\d{4})", text):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2}) ([a-zåäö]+) (\d{4})", text):
        day, year = int(match[1]), int(match[3])
        month = MONTHS.index(match[2][:3]) + 1
    else:
        raise Refused("unreadable_date")
    return dt.date(year, month, day)


def read_identity(text: str) -> tuple[str, dt.date]:
    digits = re.sub(r"\D", "", text)
    if len(digits) not in (10, 12) or not re.fullmatch(r"\s*[\d-]+\s*", text):
        raise Refused("no_identity")
    ten = digits[-10:]
    total = 0
    for position, digit in enumerate(ten):
        product = int(digit) * (2 if position % 2 == 0 else 1)
        total += product - 9 if product > 9 else product
    if total % 10:
        raise Refused("person_number_checksum")
    century = digits[:2] if len(digits) == 12 else ("20" if int(ten[:2]) <= 7 else "19")
    return century + ten, dt.date(int(century + ten[:2]), int(ten[2:4]), int(ten[4:6]))


def read_sheet(path: Path) -> list[dict[str, Any]]:
    """One dict a good person: identity, birth date, sex, category and every date read."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    heading = [str(cell).strip() for cell in rows[3]]
    people: dict[str, dict[str, Any]] = {}
    for cells in rows[4:]:
        row = dict(zip(heading, cells, strict=True))
        if not str(row["Nr"]).strip():
            continue
        try:
            person = read_row(row)
        except Refused:
            continue
        people.setdefault(person["id"], person)
    return list(people.values())


def read_row(row: dict[str, Any]) -> dict[str, Any]:
    identity, birth = read_identity(str(row["Personnr"]))
    category = CATEGORIES.get(str(row["Kategori"]).strip().lower())
    if category is None:
        raise Refused("unknown_category")
    dates = {
        name: read_date(row[name])
        for name in (
            "Inskriven", "Folkbokförd", "SFI ansökan", "SFI start", "SFI slut", "Praktik fr o m", "Praktik t o m",
            "Arbete fr o m", "Studier fr o m", "Utskriven",
        )
    }  # fmt: skip
    for first, last in (("SFI start", "SFI slut"), ("Praktik fr o m", "Praktik t o m")):
        start, end = dates[first], dates[last]
        if start and end and end < start:
            raise Refused("end_before_start")
    return {
        "id": identity,
        "birth": birth,
        "sex": "female" if str(row["Kön"]).strip().lower().startswith("k") else "male",
        "category": category,
        "result": RESULTS.get(str(row["SFI res."]).strip().lower(), ""),
        "reason": str(row["Orsak"]).strip().lower(),
        **dates,
    }


def write_dataset(path: Path, folder: Path) -> Path:
    """Write the workbook at `path` as a dataset into `folder` and return the folder."""
    people = read_sheet(path)
    spells: list[list[Any]] = []
    events: list[list[Any]] = []
    for p in people:
        for kind, first, last in (
            ("registration", "Folkbokförd", None),
            ("sfi", "SFI start", "SFI slut"),
            ("internship", "Praktik fr o m", "Praktik t o m"),
            ("employment", "Arbete fr o m", None),
            ("studies_upper_secondary", "Studier fr o m", None),
        ):
            if p[first]:
                result = p["result"] if kind == "sfi" else ""
                spells.append([p["id"], kind, p[first], p[last] if last else "", result, p["category"]])
        for kind, column in (
            ("reception", "Inskriven"),
            ("enrolment", "Inskriven"),
            ("sfi_application", "SFI ansökan"),
            ("sfi_start", "SFI start"),
            ("discharge", "Utskriven"),
        ):
            if p[column]:
                events.append([p["id"], kind, p[column], p["category"], ""])
        if p["Utskriven"] and p["reason"] in SOCIAL_SERVICES:
            events.append([p["id"], "referral", p["Utskriven"], p["category"], "social_services"])
    persons = [[p["id"], p["birth"], p["sex"]] for p in people]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "persons.csv", ["person_id", "birth_date", "sex"], persons)
    _write(folder / "spells.csv", ["person_id", "kind", "start_date", "end_date", "result", "category"], spells)
    _write(folder / "events.csv", ["person_id", "kind", "date", "category", "receiver"], events)
    (folder / "dataset.toml").write_text(
        'id = "workbook-2007"\nfreeze = 2009-12-31\ntitle = "Follow-up workbook, invented persons"\n', encoding="utf-8"
    )
    return folder


def _write(path: Path, heading: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
