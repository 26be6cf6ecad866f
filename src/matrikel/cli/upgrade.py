"""`matrikel upgrade`: bring an installation in step with a newer program. Stop the server first."""

import argparse
from typing import Any

from matrikel.cli import installation
from matrikel.cli.faults import Fault
from matrikel.cli.serving import Serving
from matrikel.cli.wording import _


def add_to(nouns: Any) -> None:
    parser = nouns.add_parser("upgrade", help=_("för databas och stilmallar till programmets version"))
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    installation.start()
    if not installation.exists():
        raise Fault(_("Här finns ingen installation (%(home)s). Kör: matrikel init") % {"home": installation.home()})
    if Serving.running(installation.home()):
        raise Fault(_("Servern är igång. Stoppa den först, och starta den igen efteråt."))
    changes = installation.missing_migrations()
    installation.migrate()
    installation.collect_static()
    print(_("Klart: %(n)s ändringar i databasen.") % {"n": changes})
    return 0
