"""`matrikel-stats`: figures from a folder of tables, from definition to comparison. Exit code 2 for any fault."""

import argparse
import sys
from collections.abc import Sequence

from .commands.comparing import add_compare
from .commands.explaining import FAULT, add_check, add_explain
from .commands.publishing import add_key, add_publish, add_receive
from .commands.running import add_bench, add_run
from .commands.starting import add_new
from .problems import StatsError

COMMANDS = {
    "new": (add_new, "write a commented definition to begin from"),
    "check": (add_check, "find faults in definitions"),
    "run": (add_run, "count indicators on a dataset"),
    "explain": (add_explain, "say in plain words what a definition counts"),
    "compare": (add_compare, "hold a value against others, and say whether chance could do it"),
    "publish": (add_publish, "write figures for others, without persons and small numbers"),
    "receive": (add_receive, "check a package from elsewhere"),
    "key": (add_key, "make a key to sign packages with"),
    "bench": (add_bench, "say how long each indicator takes"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        arguments = _parser().parse_args(argv)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="matrikel-stats", description="Figures from dated facts: indicators by definition, counted and compared."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (add, help_) in COMMANDS.items():
        add(commands.add_parser(name, help=help_, description=help_))
    return parser


if __name__ == "__main__":
    sys.exit(main())
