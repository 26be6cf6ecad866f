"""`matrikel staff import|list`: accounts and posts from a file, and who holds what."""

import argparse
import csv
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from matrikel.cli import installation, posts
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken


@dataclass(frozen=True)
class Step:
    """What one row of the file, or one leaver, comes to. `row` is None for a leaver, `post` for a new post."""

    what: Literal["new", "ends", "same"]
    email: str
    unit: str
    role: str
    row: Any = None
    post: Any = None
    on: date | None = None


def add_to(nouns: Any) -> None:
    verbs = nouns.add_parser("staff", help=_("medarbetare och tjänster")).add_subparsers(
        required=True, metavar=_("VAD")
    )
    load = verbs.add_parser("import", help=_("lägg upp tjänster ur en CSV-fil, och avsluta deras som slutat"))
    load.add_argument("file", type=Path, metavar=_("FIL.csv"))
    load.add_argument("--preview", action="store_true", help=_("visa vad som skulle hända och skriv ingenting"))
    load.add_argument("--leavers", action="store_true",
                      help=_("avsluta i dag nämndens tjänster som inte står i filen"))  # fmt: skip
    posts.add_as(load)
    load.set_defaults(run=run_import)
    verbs.add_parser("list", help=_("visa alla tjänster")).set_defaults(run=run_list)


def run_import(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.cli import staff_file

    with posts.acting(arguments.post) as by:
        steps = plan(staff_file.read(arguments.file), by=by, leavers=arguments.leavers)
        for step in steps:
            if step.what != "same":
                print(f"{_words(step):<8} {step.email:<36} {step.unit}, {step.role}")
        counts = {what: sum(step.what == what for step in steps) for what in ("new", "ends", "same")}
        summary = _("%(new)s nya tjänster, %(ends)s avslutas, %(same)s oförändrade.") % counts
        if arguments.preview:
            print(summary, _("Ingenting är skrivet."))
            return 0
        passwords = carry_out(steps, by=by)
        print(summary)
        if passwords:
            print(_("Startlösenord: %(path)s. Lämna ut dem och radera filen.") % {"path": passwords})
    return 0


def plan(rows: Iterable[Any], *, by: Acting, leavers: bool) -> list[Step]:
    """What the file asks for against what stands. The same file a second time asks for nothing."""
    from matrikel.domain.access import door as access

    standing = list(access.Post.objects.filter(unit__board_id=by.board_id).select_related("user", "unit"))
    held = {(post.user.email, post.unit.name, post.role): post for post in sorted(standing, key=_last_day)}
    steps = [_step(row, held.get((row.email, row.unit, row.role))) for row in rows]
    if leavers:
        kept = {step.post.pk for step in steps if step.post} | {by.post_id}
        today = clock.today()
        steps += [
            Step("ends", post.user.email, post.unit.name, post.role, post=post, on=max(today, post.start_date))
            for post in standing
            if post.pk not in kept and (post.end_date is None or post.end_date > today)
        ]
    return steps


def _last_day(post: Any) -> date:
    return post.end_date or date.max


def _step(row: Any, post: Any) -> Step:
    over = post is not None and post.end_date is not None and post.end_date < clock.today()
    key = (row.email, row.unit, row.role)
    if post is None or (over and row.end_date is None):
        left = row.end_date is not None and row.end_date < clock.today()
        return Step("same" if left else "new", *key, row=row)
    if row.end_date is None or row.end_date == post.end_date:
        return Step("same", *key, row=row, post=post)
    return Step("ends", *key, row=row, post=post, on=row.end_date)


def carry_out(steps: list[Step], *, by: Acting) -> Path | None:
    """All steps or none; the path of the file with start passwords, None when no account was new."""
    from django.db import transaction

    from matrikel.cli.staff_file import fault

    new: list[tuple[str, str, str]] = []
    faults: list[str] = []
    with transaction.atomic():
        for step in steps:
            try:
                new += _take(step, by)
            except RuleBroken as broken:
                column = broken.field or ""
                faults.append(fault(step.row.number, column, str(broken)) if step.row else f"{step.email}: {broken}")
        if faults:
            raise Fault(*faults)
        return _write_passwords(new) if new else None


def _take(step: Step, by: Acting) -> list[tuple[str, str, str]]:
    from matrikel.domain.access import door as access

    if step.what == "ends":
        access.end_post(post_id=step.post.pk, on=step.on or clock.today(), by=by)
    if step.what != "new":
        return []
    row = step.row
    board = access.Board.objects.select_related("municipality").get(pk=by.board_id)
    unit = access.set_up_unit(municipality=board.municipality, board=board.name, unit=row.unit, by=by)
    is_new = not access.User.objects.filter(email=row.email).exists()
    password = installation.new_password() if is_new else None
    post = access.employ(
        email=row.email, name=row.name, unit=unit, role=row.role, by=by, title=row.title, password=password,
        start_date=row.start_date,
    )  # fmt: skip
    if row.end_date:
        access.end_post(post_id=post.pk, on=row.end_date, by=by)
    return [(row.email, row.name, password)] if password else []


def _write_passwords(rows: list[tuple[str, str, str]]) -> Path:
    path = installation.home() / f"start-passwords-{clock.now():%Y%m%d-%H%M%S-%f}.csv"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("email", "name", "password"), *rows])
    return path


def _words(step: Step) -> str:
    return {"new": _("ny"), "ends": _("slutar"), "same": _("samma")}[step.what]


def run_list(_arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.domain.access import door as access

    held = access.Post.objects.select_related("user", "unit__board__municipality")
    for post in held.order_by("unit__board__municipality__name", "unit__name", "user__name"):
        until = f"–{post.end_date}" if post.end_date else "–"
        place = f"{post.unit.board.municipality.name}, {post.unit.name}"
        print(f"{post.user.name:<28} {post.user.email:<36} {post.role:<14} {place:<40} {post.start_date}{until}")
    return 0
