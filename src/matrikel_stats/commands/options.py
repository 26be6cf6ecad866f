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
    parser.add_argument("--lang", choices=("en", "sv"), default="en")
    parser.add_argument("--codes", type=Path, metavar="DIR", help="folder of code lists; the nearest when left out")


def add_counting(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add dataset, definitions and how to count."""
    parser.add_argument(
        "--dataset", type=_place, required=required, metavar="DIR", help="folder with persons, spells, events …"
    )
    parser.add_argument(
        "--indicators", type=Path, required=required, metavar="FILE_OR_DIR", help="definition or folder of them"
    )
    parser.add_argument("--engine", choices=("duckdb", "reference"), default="duckdb")
    parser.add_argument("--spark", metavar="MASTER", help="count with Spark: local[4], spark://host:7077, yarn")
    parser.add_argument("--freeze", type=_date, metavar="DATE", help="last day known about (YYYY-MM-DD)")
    parser.add_argument("--period", metavar="2006", help="only anchors in 2006, 2006-2008 or 2006-03")
    parser.add_argument(
        "--by", metavar="sex,unit", help="one breakdown instead of those of the definition; empty for none"
    )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def _place(text: str) -> Path | str:
    """Return a folder, or the address of one that only Spark can read."""
    return text if "://" in text else Path(text)


def opened(arguments: argparse.Namespace, codes: CodeLists) -> "Dataset":
    """Open the dataset for DuckDB, or for Spark where a master is named."""
    from matrikel_stats.data.dataset import open_dataset

    if arguments.spark is None:
        return open_dataset(Path(arguments.dataset), codes=codes, freeze=arguments.freeze)
    from matrikel_stats.data.spark import open_spark

    return open_spark(arguments.dataset, arguments.spark, codes=codes, freeze=arguments.freeze)


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
