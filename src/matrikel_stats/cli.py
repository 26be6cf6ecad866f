"""`matrikel-stats`: run, check and explain indicator definitions on a folder of tables. Exit code 2 for any fault."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .catalogue import examine, load
from .codes import CodeLists, find_codes, read_codes
from .definition import Definition
from .problems import Lang, Problem, StatsError, problem
from .prose import explain, pick

FAULT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    command = {"run": _run, "check": _check, "explain": _explain}[arguments.command]
    try:
        return command(arguments)
    except StatsError as error:
        print(error.text(arguments.lang), file=sys.stderr)
        return FAULT
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="matrikel-stats", description="Figures from dated facts: run, check and explain indicator definitions."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="count indicators on a dataset")
    run.add_argument("--dataset", type=Path, required=True, metavar="DIR", help="folder with persons, spells, events …")
    run.add_argument(
        "--indicators", type=Path, required=True, metavar="FILE_OR_DIR", help="definition or folder of them"
    )
    run.add_argument("--format", choices=("table", "json"), default="table")
    run.add_argument("--engine", choices=("duckdb", "reference"), default="duckdb")
    run.add_argument("--freeze", type=_date, metavar="DATE", help="last day known about (YYYY-MM-DD)")
    run.add_argument("--period", metavar="2006", help="only anchors in 2006, 2006-2008 or 2006-03")
    run.add_argument(
        "--by", metavar="sex,unit", help="one breakdown instead of those of the definition; empty for none"
    )
    run.add_argument(
        "--protect", action="store_true", help="hide small numbers, as for those without access to persons"
    )
    check = commands.add_parser("check", help="find faults in definitions")
    check.add_argument("path", type=Path, metavar="FILE_OR_DIR")
    explain_ = commands.add_parser("explain", help="say in plain words what a definition counts")
    explain_.add_argument("path", type=Path, metavar="FILE")
    for command in (run, check, explain_):
        command.add_argument("--lang", choices=("en", "sv"), default="en")
        command.add_argument(
            "--codes", type=Path, metavar="DIR", help="folder of code lists; the nearest when left out"
        )
    return parser


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def _codes(arguments: argparse.Namespace, near: Path) -> CodeLists:
    return read_codes(arguments.codes if arguments.codes else find_codes(near))


def _run(arguments: argparse.Namespace) -> int:
    from .dataset import open_dataset
    from .disclosure import protect
    from .run import run
    from .table import render

    lang: Lang = arguments.lang
    if not arguments.indicators.exists():
        raise StatsError([problem("file_missing", str(arguments.indicators))])
    codes = _codes(arguments, arguments.indicators)
    definitions = load(arguments.indicators, codes)
    by = None if arguments.by is None else [name.strip() for name in arguments.by.split(",") if name.strip()]
    done, refused = [], []
    with open_dataset(arguments.dataset, codes=codes, freeze=arguments.freeze) as dataset:
        for definition in definitions:
            try:
                result = run(definition, dataset, engine=arguments.engine, period=arguments.period, by=by, lang=lang)
            except StatsError as error:
                refused.append((definition, error.problems))
                continue
            done.append((definition, protect(result) if arguments.protect else result))
    if not done:
        raise StatsError([found for _, problems in refused for found in problems])
    if arguments.format == "json":
        print(json.dumps(_json([result.to_json() for _, result in done], refused, lang), ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(render(result, definition, lang) for definition, result in done))
        _say_refused(refused, lang)
    return 0


def _json(
    results: list[dict[str, object]], refused: list[tuple[Definition, tuple[Problem, ...]]], lang: Lang
) -> dict[str, object]:
    not_run = [
        {"indicator": definition.id, "problems": [found.text(lang) for found in problems]}
        for definition, problems in refused
    ]
    return {"results": results, "not_run": not_run}


def _say_refused(refused: list[tuple[Definition, tuple[Problem, ...]]], lang: Lang) -> None:
    for definition, problems in refused:
        print(pick((f"\nKunde inte räknas: {definition.id}", f"\nCould not be counted: {definition.id}"), lang))
        for found in problems:
            print(f"  {found.text(lang)}")


def _check(arguments: argparse.Namespace) -> int:
    codes = _codes(arguments, arguments.path)
    definitions, problems = examine(arguments.path, codes)
    for found in problems:
        print(found.text(arguments.lang), file=sys.stderr)
    good = len(definitions)
    print(pick((f"{good} definitioner i ordning", f"{good} definitions in order"), arguments.lang))
    return FAULT if problems else 0


def _explain(arguments: argparse.Namespace) -> int:
    definitions = load(arguments.path, _codes(arguments, arguments.path))
    print("\n".join(explain(definition, arguments.lang) for definition in definitions), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
