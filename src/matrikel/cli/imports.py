"""`matrikel import register|resume|undo|list`: reading in the register a unit already has."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from matrikel.cli import installation, posts
from matrikel.cli.faults import Fault
from matrikel.cli.imports_file import answers, content_of, file_faults, letter, read_alone
from matrikel.cli.wording import _
from matrikel.kernel.acting import Acting

SHOWN = 20
"""Problems told in plain text; `--json` tells them all."""
EVERY = 500
"""Rows between two words about how far it has come."""

Kept = dict[str, Any]


def add_to(nouns: Any) -> None:
    verbs = nouns.add_parser("import", help=_("läs in ett register")).add_subparsers(required=True, metavar=_("VAD"))
    register = verbs.add_parser("register", help=_("läs in en fil (xlsx, xls, ods, csv)"))
    register.add_argument("file", type=Path, metavar=_("FIL"))
    register.add_argument("--preview", action="store_true", help=_("visa vad som skulle hända; inget skrivs"))
    register.add_argument("--mapping", type=Path, metavar=_("FIL.json"), help=_("kolumner, ord och handläggare"))
    register.add_argument("--register-date", type=_day, metavar=_("DATUM"), help=_("sista dagen registret berättar om"))
    register.add_argument(
        "--protected", choices=("yes", "no", "unknown"), default=None,
        help=_("finns skyddade personer som filen inte pekar ut? (unknown om inget sägs)"),
    )  # fmt: skip
    _add_common(register)
    register.set_defaults(run=run_register)
    for verb, run, text in (
        ("resume", run_resume, _("fortsätt en stoppad inläsning")), ("undo", run_undo, _("ta tillbaka en inläsning")),
    ):  # fmt: skip
        one = verbs.add_parser(verb, help=text)
        one.add_argument("batch", metavar=_("INLÄSNING"), help=_("inläsningens nummer"))
        _add_common(one)
        one.set_defaults(run=run)
    listed = verbs.add_parser("list", help=_("enhetens inläsningar"))
    _add_common(listed)
    listed.set_defaults(run=run_list)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="post", metavar=_("E-POST[/ENHET]"), help=_("tjänsten som kommandot utförs från"))
    parser.add_argument("--json", action="store_true", help=_("svara med JSON"))


def run_register(arguments: argparse.Namespace) -> int:
    content = content_of(arguments.file)
    if arguments.preview and not _is_installed():
        return _tell(read_alone(content, arguments), arguments.json)
    if not arguments.preview:
        installation.start_installed()
    from matrikel.domain.imports import door as imports

    with _acting(arguments.post) as by, file_faults(arguments.file):
        mapping, choices = answers(content, arguments, by)
        told = {"register_date": arguments.register_date, "mapping": mapping, "choices": choices}
        if arguments.preview:
            return _tell(_foresee(content, arguments.file.name, told, by), arguments.json)
        batch = imports.upload(content=content, file_name=arguments.file.name, by=by, **told)
        imports.begin(batch=batch, by=by)
        return _take_in(batch.pk, by, arguments.json)


def run_resume(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.domain.imports import door as imports

    with _acting(arguments.post) as by:
        batch = imports.resume(batch=imports.batch_for(by, _id(arguments.batch)), by=by, take_over=True)
        if batch.status == "undoing":
            return _take_back(batch.pk, by, arguments.json)
        return _take_in(batch.pk, by, arguments.json)


def run_undo(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.domain.imports import door as imports

    with _acting(arguments.post) as by:
        batch = imports.undo_batch(batch=imports.batch_for(by, _id(arguments.batch)), by=by, take_over=True)
        return _take_back(batch.pk, by, arguments.json)


def run_list(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.domain.imports import door as imports

    with _acting(arguments.post) as by:
        rows: list[dict[str, Any]] = [
            {"batch": str(batch.pk), "file": batch.file_name, "status": batch.status, "at": batch.made_at.isoformat(),
             **_counts(batch)}
            for batch in imports.batches(by)
        ]  # fmt: skip
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print(f"{row['batch']}  {row['status']:<9}  {row['at'][:16]}  {row['good'] + row['flagged']:>6}  {row['file']}")
    if not rows:
        print(_("Inget register är inläst än. Kör: matrikel import register FIL.xlsx"))
    return 0


def _take_in(batch_id: UUID, by: Acting, as_json: bool) -> int:
    from matrikel.domain.imports import door as imports

    try:
        batch = imports.run_batch(batch_id=batch_id, by=by, progress=_progress())
    except KeyboardInterrupt:
        _whisper(_("Stoppad. Fortsätt med: matrikel import resume %(batch)s") % {"batch": batch_id})
        raise
    if batch.status == "failed":
        raise Fault(batch.error)
    problems = (
        (row.sheet, row.number, kept) for row in imports.problem_rows(batch).iterator() for kept in row.problems
    )
    answer = _counts(batch) | {
        "new": batch.new, "filled": batch.filled, "unchanged": batch.unchanged,
        "notices": [_notice(imports.notice_in_words, notice) for notice in batch.notices],
        "problems": [_problem(imports.in_words(*where), where[2]) for where in problems], "batch": str(batch.pk),
    }  # fmt: skip
    return _tell(answer, as_json)


def _take_back(batch_id: UUID, by: Acting, as_json: bool) -> int:
    from matrikel.domain.imports import door as imports

    batch = imports.run_undo(batch_id=batch_id, by=by)
    if as_json:
        print(json.dumps({"batch": str(batch.pk), "status": batch.status, "left": batch.left}))
    elif batch.left:
        print(_("Ångrad. %(n)s rader lämnades, för någon har ändrat dem sedan dess.") % {"n": batch.left})
    else:
        print(_("Ångrad. Registret är som före inläsningen."))
    return 0


def _foresee(content: bytes, name: str, told: dict[str, Any], by: Acting) -> dict[str, Any]:
    from matrikel.domain.imports import door as imports

    reading = imports.open_file(
        content, name=name, mapping=told["mapping"], register_date=told["register_date"], choices=told["choices"]
    )
    counts, columns = dict.fromkeys(("good", "refused", "flagged", "skipped"), 0), imports.columns_of(reading)
    problems = []
    effects = dict.fromkeys(("new", "filled", "unchanged"), 0)
    for one in imports.foresee(reading, told["choices"], by=by):
        counts[one.status] += 1
        effect = "unchanged" if one.repeats and one.effect == "new" else str(one.effect)
        if effect in effects and one.status != "skipped":
            effects[effect] += 1
        source = one.outcome.source
        for kept in imports.keep(one.outcome, one.met, columns.get(source.sheet, {})):
            problems.append(_problem(imports.in_words(source.sheet, source.number, kept), kept))
    notices = [_notice(imports.notice_in_words, imports.notice_kept(notice)) for notice in reading.notices]
    read = {"read": sum(counts.values())}
    return read | counts | effects | {"notices": notices, "problems": problems, "batch": None}


def _tell(answer: dict[str, Any], as_json: bool) -> int:
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0
    print(_("%(read)s rader: %(good)s utan anmärkning, %(flagged)s markerade, %(refused)s avvisade,") % answer, end=" ")
    print(_("%(skipped)s utan person.") % answer)
    if "new" in answer:
        print(_("%(new)s nya personer, %(filled)s påfyllda, %(unchanged)s oförändrade.") % answer)
    for notice in answer["notices"]:
        print(f"- {notice['message']}")
    for problem in answer["problems"][:SHOWN]:
        print(f"{problem['sheet']} {problem['cell']}: {problem['message']} {problem['remedy']}".strip())
    if len(answer["problems"]) > SHOWN:
        print(_("… och %(n)s till. Alla med --json.") % {"n": len(answer["problems"]) - SHOWN})
    if answer["batch"]:
        print(_("Ångra med: matrikel import undo %(batch)s") % answer)
    else:
        print(_("Provläsning: inget är skrivet."))
    return 0


def _problem(told: Any, kept: Kept) -> dict[str, Any]:
    found = {
        "sheet": told.sheet, "row": told.row, "column": letter(kept["column"]), "cell": told.cell,
        "heading": told.heading, "kind": told.kind, "severity": told.severity, "message": told.text,
        "remedy": told.remedy,
    }  # fmt: skip
    return found | ({"value": told.value} if told.value else {})


def _notice(say: Any, kept: Kept) -> dict[str, str]:
    text, remedy = say(kept)
    return {"kind": kept["kind"], "sheet": kept["sheet"], "message": text, "remedy": remedy}


def _counts(batch: Any) -> dict[str, int]:
    return {"read": batch.rows_read} | {n: getattr(batch, n) for n in ("good", "refused", "flagged", "skipped")}


def _is_installed() -> bool:
    try:
        installation.start_installed()
    except (Fault, ImproperlyConfigured):
        return False
    return True


@contextmanager
def _acting(named: str | None) -> Iterator[Acting]:
    """From the named post; in a demo also from the first head of a unit, so that it can be tried at once."""
    if named is None:
        from matrikel.domain.access import door as access

        heads = access.Post.objects.filter(role="unit_manager", end_date=None).select_related("user", "unit")
        head = heads.order_by("user__name").first() if access.is_demo() else None
        if head is None:
            raise Fault(_("Säg vilken tjänst det gäller: --as E-POST"))
        _whisper(_("Demo: utförs av %(name)s, %(unit)s.") % {"name": head.user.name, "unit": head.unit.name})
        named = f"{head.user.email}/{head.unit.name}"
    with posts.acting(named) as by:
        yield by


def _progress() -> Any:
    told = [0]

    def progress(counts: Any) -> None:
        if counts.read - told[0] >= EVERY:
            told[0] = counts.read
            _whisper(_("%(n)s rader …") % {"n": counts.read})

    return progress


def _whisper(text: str) -> None:
    print(text, file=sys.stderr)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(_("%(text)s är inget datum. Skriv 2007-12-31.") % {"text": text}) from fault


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise Fault(_("%(text)s är ingen inläsning. Se: matrikel import list") % {"text": text}) from fault
