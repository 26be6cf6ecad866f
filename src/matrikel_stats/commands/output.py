"""Results in a form: table, JSON, CSV, Parquet, XLSX or a Vega-Lite picture, written whole or not at all."""

import argparse
import csv
import io
import json
import os
import sys
import tempfile
from pathlib import Path

from matrikel_stats.problems import Lang, StatsError, Words, problem
from matrikel_stats.telling.rows import arrow_of, columns_of, rows_of

from .counting import Counted, refused_text

FORMATS = ("table", "json", "csv", "parquet", "xlsx", "vega")
BINARY = ("parquet", "xlsx")


def add_output(parser: argparse.ArgumentParser, formats: tuple[str, ...] = FORMATS) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help="form of the result")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to a file instead of to standard output")


def check_output(arguments: argparse.Namespace) -> None:
    """Raise StatsError before anything is counted if the result could not be written."""
    if arguments.format in BINARY and arguments.out is None:
        raise StatsError([problem("out_needed", f"--format {arguments.format}", ending=arguments.format)])
    if arguments.out is not None:
        check_folder(arguments.out)


def check_folder(path: Path) -> None:
    """Raise StatsError when the folder a file is to be written in is not there."""
    if not path.parent.is_dir():
        reason = Words("no such folder", "mappen finns inte")
        raise StatsError([problem("cannot_write", str(path), reason=reason)])


def write(arguments: argparse.Namespace, data: bytes) -> None:
    """Write to `--out`, put in place when whole, or to standard output."""
    if arguments.out is None:
        sys.stdout.write(data.decode())
        return
    try:
        handle, name = tempfile.mkstemp(dir=arguments.out.parent, prefix=f".{arguments.out.name}-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, arguments.out)
    except OSError as error:
        raise StatsError([problem("cannot_write", str(arguments.out), reason=error.strerror)]) from None


def rendered(counted: Counted, form: str, lang: Lang) -> bytes:
    """Return the results in a form."""
    if form == "table":
        from matrikel_stats.telling.table import render

        tables = [render(result, definition, lang) for definition, result in counted.done]
        return ("\n\n".join(tables) + "\n" + refused_text(counted.refused, lang)).encode()
    if form == "json":
        not_run = [
            {"indicator": definition.id, "problems": [found.text(lang) for found in problems]}
            for definition, problems in counted.refused
        ]
        return as_json({"results": [result.to_json() for result in counted.results], "not_run": not_run})
    if form == "vega":
        from matrikel_stats.telling.chart import charts_of

        return as_json(charts_of(counted.results, counted.definitions, lang))
    if form == "csv":
        return _csv(counted)
    return _parquet(counted) if form == "parquet" else _xlsx(counted)


def as_json(value: object) -> bytes:
    """Return JSON for reading."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(counted: Counted) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns_of(counted.results), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows_of(counted.results))
    return text.getvalue().encode()


def _parquet(counted: Counted) -> bytes:
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(arrow_of(counted.results), buffer, compression="zstd")
    return buffer.getvalue()


def _xlsx(counted: Counted) -> bytes:
    """Return a workbook: one sheet with the figures, one with what was counted and when."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    figures, about = book.add_worksheet("figures"), book.add_worksheet("about")
    columns = columns_of(counted.results)
    figures.write_row(0, 0, columns, bold)
    for at, row in enumerate(rows_of(counted.results), start=1):
        for place, name in enumerate(columns):
            if row[name] is not None:
                figures.write(at, place, row[name])
    figures.freeze_panes(1, 1)
    figures.autofit()
    keys = ("indicator", "name", "version", "kind", "unit", "logic_hash", "text_hash", "codes_digest", "freeze",
            "period", "anchor", "counts", "protected")  # fmt: skip
    about.write_row(0, 0, keys, bold)
    for at, result in enumerate(counted.results, start=1):
        about.write_row(at, 0, [_cell(getattr(result, key)) for key in keys])
    about.autofit()
    book.close()
    return buffer.getvalue()


def _cell(value: object) -> object:
    return value if value is None or isinstance(value, str | int) else str(value)
