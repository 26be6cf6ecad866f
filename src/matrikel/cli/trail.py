"""`matrikel trail verify|undo`: is the log whole, and taking back what one receipt wrote."""

import argparse
from typing import Any
from uuid import UUID

from matrikel.cli import installation, posts
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _


def add_to(nouns: Any) -> None:
    verbs = nouns.add_parser("trail", help=_("behandlingsloggen")).add_subparsers(required=True, metavar=_("VAD"))
    verify = verbs.add_parser("verify", help=_("räkna om loggens kedjor; slutkod 1 om någon är bruten"))
    verify.set_defaults(run=run_verify)
    undo = verbs.add_parser("undo", help=_("ångra det ett kvitto skrev"))
    undo.add_argument("receipt", metavar=_("KVITTO"), help=_("kvittots nummer"))
    posts.add_as(undo)
    undo.set_defaults(run=run_undo)


def run_verify(_arguments: argparse.Namespace) -> int:
    installation.start_installed()
    broken = {fault.chain: fault.seq for fault in _broken()}
    for chain, seq in broken.items():
        print(_("Kedja %(chain)s är bruten vid post %(seq)s.") % {"chain": chain, "seq": seq})
    if not broken:
        print(_("Loggen är hel."))
    return 1 if broken else 0


def _broken() -> list[Any]:
    """Each board's chain in turn: row-level security shows one at a time."""
    from django.db import connection

    from matrikel.base import scope
    from matrikel.domain.access import door as access
    from matrikel.domain.trail import door as trail

    broken = set(trail.broken_chains())
    for board in access.Board.objects.all() if connection.vendor == "postgresql" else ():
        scope.show_board(board.pk)
        broken |= set(trail.broken_chains())
    scope.show_board(None)
    return sorted(broken, key=str)


def run_undo(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.domain.trail import door as trail

    try:
        receipt_id = UUID(arguments.receipt)
    except ValueError as fault:
        raise Fault(_("%(text)s är inget kvitto. Numret har 36 tecken.") % {"text": arguments.receipt}) from fault
    with posts.acting(arguments.post) as by:
        receipt = trail.undo(receipt_id, by=by)
    print(_("Ångrat: %(steps)s ändringar.") % {"steps": len(receipt.steps)})
    return 0
