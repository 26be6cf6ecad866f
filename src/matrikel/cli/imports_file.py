"""The file of a register, the file of answers about it, and a reading where there is no installation."""

import argparse
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from matrikel.cli import wording
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _
from matrikel.domain.imports import reading as files
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting

ANSWERS = ("codes", "accepted", "alike", "studies", "protected")


def tongue() -> Literal["sv", "en"]:
    return "en" if wording.language() == "en" else "sv"


def content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(files.FILE_LIMIT + 1)
    except OSError as fault:
        raise Fault(_("%(file)s går inte att öppna: %(why)s") % {"file": path, "why": fault.strerror}) from fault


@contextmanager
def file_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except files.FileFault as fault:
        language = tongue()
        raise Fault(f"{path}: {files.message(fault, language)} {files.remedy(fault, language)}") from fault


def letter(column: int | None) -> str:
    return "" if column is None else files.cell_name(1, column)[:-1]


def read_alone(content: bytes, arguments: argparse.Namespace) -> dict[str, Any]:
    """Where there is no installation a preview is a reading: what is in the file, not what the register knows."""
    if arguments.mapping:
        raise Fault(_("--mapping kräver en installation. Kör: matrikel init"))
    language = tongue()
    with file_faults(arguments.file):
        choices = files.Choices(blank_protection="no" if arguments.protected == "no" else "unknown")
        reading = files.read(
            content, None, arguments.register_date, choices, name=arguments.file.name, today=clock.today()
        )
        problems = [
            {
                "sheet": problem.sheet, "row": problem.row, "column": letter(problem.column),
                "cell": files.cell_name(problem.row, problem.column), "heading": problem.heading,
                "kind": problem.kind, "severity": problem.severity,
                "message": files.message(problem, language), "remedy": files.remedy(problem, language),
            }
            for outcome in reading
            for problem in outcome.problems
        ]  # fmt: skip
    tally = reading.tally
    counts = {name: getattr(tally, name) for name in ("read", "good", "refused", "flagged", "skipped")}
    notices = [
        {"kind": n.kind, "sheet": n.sheet, "message": files.message(n, language), "remedy": files.remedy(n, language)}
        for n in reading.notices
    ]
    return counts | {"notices": notices, "problems": problems, "batch": None}


def answers(content: bytes, arguments: argparse.Namespace, by: Acting) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the file of answers and the options say, as the room keeps it. Columns are named by heading or letter."""
    from matrikel.domain.access import door as access
    from matrikel.domain.imports import door as imports

    said = _json(arguments.mapping) if arguments.mapping else {}
    choices: dict[str, Any] = {name: said[name] for name in ANSWERS if name in said}
    choices["protected"] = arguments.protected or choices.get("protected", "unknown")
    emails = {post.user.email: str(post.pk) for post in access.colleagues(by=by)}
    if unknown := [email for email in (said.get("caseworkers") or {}).values() if email not in emails]:
        raise Fault(*(_("%(email)s har ingen tjänst i enheten.") % {"email": email} for email in unknown))
    if said.get("caseworkers"):
        choices["caseworkers"] = {text: emails[email] for text, email in said["caseworkers"].items()}
    mapping: dict[str, dict[str, str | None]] = {}
    if columns := said.get("columns"):
        reading = imports.open_file(
            content, name=arguments.file.name, mapping={}, register_date=arguments.register_date, choices={}
        )
        for sheet in reading.sheets:
            here = {c.heading: str(c.index) for c in sheet.headings.columns}
            here |= {letter(c.index): str(c.index) for c in sheet.headings.columns}
            mapping[sheet.name] = {here[name]: field for name, field in columns.items() if name in here}
            _known_fields(columns.values(), arguments.mapping)
    return mapping, choices


def _known_fields(wanted: Iterable[str | None], path: Path) -> None:
    if unknown := sorted({f for f in wanted if f and f.partition(":")[0] not in files.FIELDS}):
        known = ", ".join(sorted(files.FIELDS))
        lines = [_("%(file)s: fältet %(field)s finns inte.") % {"file": path, "field": field} for field in unknown]
        raise Fault(*lines, _("Fälten är: %(known)s") % {"known": known})


def _json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise Fault(_("%(file)s går inte att läsa: %(why)s") % {"file": path, "why": fault}) from fault
    if not isinstance(said, dict):
        raise Fault(_("%(file)s: ett JSON-objekt väntades.") % {"file": path})
    return said
