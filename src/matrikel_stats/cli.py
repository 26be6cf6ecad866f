"""`matrikel-stats`: figures from a folder of tables, from definition to comparison. Exit code 2 for any fault."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, NoReturn

from .problems import Lang, StatsError

COMMANDS = {
    "new": ("starting", "write a commented definition to begin from"),
    "check": ("explaining", "find faults in definitions"),
    "run": ("running", "count indicators on a dataset"),
    "explain": ("explaining", "say in plain words what a definition counts"),
    "compare": ("comparing", "hold a value against others, and say whether chance could do it"),
    "publish": ("publishing", "write figures for others, without persons and small numbers"),
    "receive": ("publishing", "check a package from elsewhere"),
    "key": ("publishing", "make a key to sign packages with"),
    "bench": ("running", "say how long each indicator takes"),
}
"""The module under `commands` that holds each, as `add_<name>`, and what it does."""
FAULT, STOPPED = 2, 130


class Parser(argparse.ArgumentParser):
    """Help and faults in the language of the command; a fault is one line, as everywhere."""

    def __init__(self, lang: Lang, **settings: Any) -> None:
        super().__init__(add_help=False, **settings)
        self.lang = lang
        if lang == "sv":
            self._positionals.title, self._optionals.title = "argument", "val"
        self.add_argument("-h", "--help", action="help", help="show this help")

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        if self.lang == "sv" and "help" in settings:
            from .commands.swedish import HELP

            settings["help"] = HELP[settings["help"]]
        return super().add_argument(*names, **settings)

    def error(self, message: str) -> NoReturn:
        see = "See"
        if self.lang == "sv":
            from .commands.swedish import fault

            message, see = fault(message), "Se"
        self.exit(FAULT, f"{self.prog}: {message}. {see}: {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        given = sys.argv[1:] if argv is None else argv
        arguments = _parser(given, _language(given)).parse_args(given)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(arguments.act(arguments))
    except StatsError as error:
        print(error.text(arguments.lang), file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _language(given: Sequence[str]) -> Lang:
    """Read before all else, since it decides the words of the help."""
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    asked.add_argument("--lang", nargs="?")
    return "sv" if asked.parse_known_args(given)[0].lang == "sv" else "en"


def _parser(given: Sequence[str], lang: Lang) -> Parser:
    """Build the parser. Only the command that was named is loaded: the others would cost a cold start."""
    words = (
        "Figures from dated facts: indicators by definition, counted and compared.",
        "Siffror ur daterade uppgifter: mått enligt definition, räknade och jämförda.",
    )
    parser = Parser(lang, prog="matrikel-stats", description=words[lang == "sv"])
    # Whatever makes a parser does, though the type asks for a class.
    commands = parser.add_subparsers(dest="command", required=True, parser_class=partial(Parser, lang))  # type: ignore[call-overload]
    for name, (module, help_) in COMMANDS.items():
        if lang == "sv":
            from .commands.swedish import HELP

            help_ = HELP[help_]
        command = commands.add_parser(name, help=help_, description=help_)
        if name in given:
            getattr(importlib.import_module(f"{__package__}.commands.{module}"), f"add_{name}")(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
