"""What several commands ask for: language, code lists, definitions, a dataset."""

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from matrikel_stats.declared.catalogue import load
from matrikel_stats.declared.codes import CodeLists, find_codes, read_codes
from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import StatsError, problem

if TYPE_CHECKING:
    from matrikel_stats.data.dataset import Dataset


def add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("en", "sv"), default="en", help="language of what is said; English")
    parser.add_argument("--codes", type=Path, metavar="DIR", help="folder of code lists; the nearest when left out")


def add_counting(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add dataset, definitions and how to count."""
    add_dataset(parser, "folder with persons, spells, events …, or postgresql://user@host/name", required=required)
    parser.add_argument(
        "--indicators", type=Path, required=required, metavar="FILE_OR_DIR", help="definition or folder of them"
    )
    parser.add_argument(
        "--engine", choices=("duckdb", "reference"), default="duckdb", help="reference is the plain one"
    )
    add_freeze(parser)
    parser.add_argument("--period", metavar="2006", help="only anchors in 2006, 2006-2008 or 2006-03")
    parser.add_argument(
        "--by", metavar="sex,unit", help="one breakdown instead of those of the definition; empty for none"
    )


def add_freeze(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--freeze", type=_date, metavar="DATE", help="last day known about (YYYY-MM-DD)")


def add_dataset(parser: argparse.ArgumentParser, what: str, *, required: bool = False) -> None:
    """Add where the tables lie and how they are opened."""
    parser.add_argument("--dataset", type=_place, required=required, metavar="DIR_OR_URL", help=what)
    parser.add_argument("--spark", metavar="MASTER", help="count with Spark: local[4], spark://host:7077, yarn")
    parser.add_argument("--schema", default="public", metavar="NAME", help="schema of the tables in a database; public")
    parser.add_argument("--embedded", action="store_true", help="pull the tables of a database over, and count here")
    parser.add_argument("--memory", metavar="400MB", help="most memory to count with; what goes beyond is put on disk")


def _place(text: str) -> Path | str:
    """Return a folder, or the address of a database or of a folder that only Spark can read."""
    return text if "://" in text else Path(text)


def dataset_of(arguments: argparse.Namespace, codes: CodeLists, freeze: dt.date | None = None) -> "Dataset":
    """Open what `--dataset` names: for Spark where a master is named, else a database, else a folder."""
    place = arguments.dataset
    if arguments.spark is not None:
        from matrikel_stats.data.spark import open_spark

        return open_spark(place, arguments.spark, codes=codes, freeze=freeze)
    if str(place).startswith(("postgresql://", "postgres://")):
        from matrikel_stats.data.database import open_database

        return open_database(
            place, schema=arguments.schema, codes=codes, freeze=freeze, embedded=arguments.embedded,
            memory=arguments.memory,
        )  # fmt: skip
    if arguments.embedded:
        raise StatsError([problem("only_database", "--embedded")])
    from matrikel_stats.data.dataset import open_dataset

    return open_dataset(Path(place), codes=codes, freeze=freeze, memory=arguments.memory)


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def codes_of(arguments: argparse.Namespace, near: Path) -> CodeLists:
    """Return the code lists that were named, else the nearest."""
    return read_codes(arguments.codes if arguments.codes else find_codes(near))


def definitions_of(arguments: argparse.Namespace) -> tuple[list[Definition], CodeLists]:
    """Return the definitions of `--indicators` and the code lists they were read with."""
    if not arguments.indicators.exists():
        raise StatsError([problem("file_missing", str(arguments.indicators))])
    codes = codes_of(arguments, arguments.indicators)
    return load(arguments.indicators, codes), codes


def breakdown_of(arguments: argparse.Namespace) -> list[str] | None:
    """Return the dimensions of `--by`, None when it was left out."""
    return None if arguments.by is None else [name.strip() for name in arguments.by.split(",") if name.strip()]
