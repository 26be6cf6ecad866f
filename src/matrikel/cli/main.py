"""`matrikel …`: one file for each noun in this package, named in NOUNS.

A noun's module has `add_to(nouns)`, which declares its commands and sets `run`, a function from the parsed arguments to
an exit code. Nothing of Django is imported before `installation.start()`.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from matrikel.cli import wording
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _
from matrikel.kernel.errors import Conflict, Missing, NotAllowed, Refused

NOUNS = ("init", "upgrade", "staff", "serve", "trail", "imports", "figures", "demo")
USER_FAULT = 2


class Parser(argparse.ArgumentParser):
    """Faults in one line, as everywhere else."""

    def error(self, message: str) -> NoReturn:
        self.exit(
            USER_FAULT,
            f"{self.prog}: {message}. " + _("Se: %(command)s --help") % {"command": self.prog} + "\n",
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 what was checked is not whole, 2 something the caller can mend."""
    os.umask(0o077)
    language, rest = _language(sys.argv[1:] if argv is None else list(argv))
    wording.speak(language)
    try:
        arguments = _parser().parse_args(rest)
        return int(arguments.run(arguments))
    except Fault as fault:
        return _say(*fault.lines)
    except Missing:
        return _say(_("Det finns inte, eller inte för den tjänsten."))
    except NotAllowed:
        return _say(_("Tjänstens roll har inte rätt att göra det här. Välj en annan tjänst med --as."))
    except Conflict:
        return _say(_("Någon har ändrat samma uppgift sedan dess. Öppna personens sida och rätta där."))
    except (Refused, ImproperlyConfigured) as fault:
        return _say(str(fault))
    except OperationalError as fault:
        return _say(_("Databasen svarar inte: %(fault)s") % {"fault": str(fault).strip().splitlines()[0]})
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    finally:
        wording.speak("sv")


def _language(argv: list[str]) -> tuple[str, list[str]]:
    """Read before all else, since it decides the words of the help."""
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    asked.add_argument("--lang", choices=wording.LANGUAGES, default="sv")
    known, rest = asked.parse_known_args(argv)
    return known.lang, rest


def _parser() -> Parser:
    parser = Parser(prog="matrikel", description=_("Register och uppföljning för mottagande och introduktion."))
    parser.add_argument("--lang", choices=wording.LANGUAGES, help=_("språk (svenska om inget sägs)"))
    nouns: Any = parser.add_subparsers(required=True, metavar=_("KOMMANDO"), parser_class=Parser)
    for noun in NOUNS:
        import_module(f"matrikel.cli.{noun}").add_to(nouns)
    return parser


def _say(*lines: str) -> int:
    for line in lines:
        print(f"matrikel: {line}", file=sys.stderr)
    return USER_FAULT


if __name__ == "__main__":
    sys.exit(main())
