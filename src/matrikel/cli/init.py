"""`matrikel init`: a real, empty installation with its first administrator."""

import argparse
import csv
import sys
from typing import Any

from matrikel.cli import installation
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _


def add_to(nouns: Any) -> None:
    parser = nouns.add_parser("init", help=_("lägg upp en ny, tom installation"))
    for name, text in questions().items():
        parser.add_argument(f"--{name}", help=text)
    parser.set_defaults(run=run)


def questions() -> dict[str, str]:
    return {
        "municipality": _("kommun (kod eller namn)"),
        "board": _("nämnd"),
        "unit": _("enhet"),
        "admin-email": _("administratörens e-post"),
        "admin-name": _("administratörens namn"),
    }


def run(arguments: argparse.Namespace) -> int:
    asked = _answers(arguments)
    installation.make_secret()
    installation.start()
    municipality = _municipality(asked["municipality"])
    _check_email(asked["admin-email"])
    if installation.exists():
        raise Fault(_("Här finns redan en installation (%(home)s).") % {"home": installation.home()})
    installation.migrate()
    installation.collect_static()
    password = installation.new_password()
    _set_up(municipality, asked, password)
    print(_("Installationen finns i %(home)s.") % {"home": installation.home()})
    print(_("Administratör: %(email)s") % {"email": asked["admin-email"]})
    print(_("Startlösenord: %(password)s (visas bara nu; byt det vid första inloggningen)") % {"password": password})
    print(_("Nästa steg: matrikel staff import FIL.csv --as %(email)s, sedan matrikel serve")
          % {"email": asked["admin-email"]})  # fmt: skip
    return 0


def _answers(arguments: argparse.Namespace) -> dict[str, str]:
    """What was given, and on a terminal what is asked for. Raises Fault naming every option that is missing."""
    answers = {name: (getattr(arguments, name.replace("-", "_")) or "").strip() for name in questions()}
    for name, text in questions().items():
        while not answers[name] and sys.stdin.isatty():
            answers[name] = input(f"{text[0].upper()}{text[1:]}: ").strip()
    if missing := [f"--{name}" for name, answer in answers.items() if not answer]:
        raise Fault(_("Det saknas: %(options)s") % {"options": ", ".join(missing)})
    return answers


def _municipality(named: str) -> Any:
    """A municipality by code or name, with its county. Raises Fault when the code list has no such."""
    from django.conf import settings

    from matrikel.domain.access import door as access

    with (settings.DEFINITIONS / "codes" / "municipalities.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if named == row["code"] or named.casefold() == row["sv"].casefold():
                return access.Municipality(
                    code=row["code"], name=row["sv"], county_code=row["county_code"], county_name=row["county"]
                )
    raise Fault(_("--municipality: %(named)s är ingen kommun. Skriv fyra siffror eller namnet.") % {"named": named})


def _check_email(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email)
    except ValidationError as fault:
        raise Fault(_("--admin-email: %(email)s är ingen e-postadress.") % {"email": email}) from fault


def _set_up(municipality: Any, asked: dict[str, str], password: str) -> None:
    from django.db import transaction

    from matrikel.domain.access import door as access

    with transaction.atomic():
        access.install(is_demo=False)
        unit = access.set_up_unit(municipality=municipality, board=asked["board"], unit=asked["unit"], by=None)
        access.employ(
            email=asked["admin-email"], name=asked["admin-name"], unit=unit, role="administrator", by=None,
            password=password,
        )  # fmt: skip
