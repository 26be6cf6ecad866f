"""`matrikel-stats`: figures from a folder of tables, from definition to comparison. Exit code 2 for any fault."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from .problems import StatsError

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
FAULT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        given = sys.argv[1:] if argv is None else argv
        arguments = _parser(given).parse_args(given)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(arguments.act(arguments))
    except StatsError as error:
        print(error.text(arguments.lang), file=sys.stderr)
        return FAULT
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser. Only the command that was named is loaded: the others would cost a cold start."""
    parser = argparse.ArgumentParser(
        prog="matrikel-stats", description="Figures from dated facts: indicators by definition, counted and compared."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (module, help_) in COMMANDS.items():
        command = commands.add_parser(name, help=help_, description=help_)
        if name in given:
            getattr(importlib.import_module(f"{__package__}.commands.{module}"), f"add_{name}")(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
