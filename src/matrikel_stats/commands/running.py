"""`run` and `bench`: count indicators, and say how long it takes."""

import argparse
import sys
import time
from collections.abc import Sequence
from typing import Any

from matrikel_stats.problems import Lang, StatsError
from matrikel_stats.telling.formats import number

from .counting import bar, count_all, refused_text
from .options import add_counting, add_language, breakdown_of, dataset_of, definitions_of
from .output import add_output, as_json, check_output, rendered, write


def add_run(parser: argparse.ArgumentParser) -> None:
    add_counting(parser)
    add_output(parser)
    parser.add_argument(
        "--protect", action="store_true", help="hide small numbers, as for those without access to persons"
    )
    add_language(parser)
    parser.set_defaults(act=run)


def run(arguments: argparse.Namespace) -> int:
    check_output(arguments)
    definitions, codes = definitions_of(arguments)
    counted = count_all(arguments, definitions, codes, protected=arguments.protect)
    write(arguments, rendered(counted, arguments.format, arguments.lang))
    if arguments.format not in ("table", "json"):
        sys.stderr.write(refused_text(counted.refused, arguments.lang))
    return 0


def add_bench(parser: argparse.ArgumentParser) -> None:
    add_counting(parser)
    parser.add_argument("--times", type=int, default=5, metavar="N", help="runs of each, after one that is not counted")
    add_output(parser, ("table", "json"))
    add_language(parser)
    parser.set_defaults(act=bench)


def bench(arguments: argparse.Namespace) -> int:
    """Time every definition on the dataset: least, median and greatest of the runs, in milliseconds."""
    import statistics

    from matrikel_stats.running import run as run_one

    check_output(arguments)
    definitions, codes = definitions_of(arguments)
    by, found, refused = breakdown_of(arguments), [], []
    with dataset_of(arguments, codes, arguments.freeze) as dataset:
        for definition in bar(definitions, len(definitions), [each.id for each in definitions]):
            times = []
            try:
                for _ in range(max(1, arguments.times) + 1):
                    began = time.perf_counter()
                    result = run_one(definition, dataset, engine=arguments.engine, period=arguments.period, by=by)
                    times.append((time.perf_counter() - began) * 1000)
            except StatsError as error:
                refused.append((definition, error.problems))
                continue
            rows = sum(len(table.rows) for table in result.count_tables)
            first, again = times[0], times[1:]
            found.append(
                {"indicator": definition.id, "rows": rows, "first_ms": first, "least_ms": min(again),
                 "median_ms": statistics.median(again), "greatest_ms": max(again), "runs": len(again)}
            )  # fmt: skip
    if not found:
        raise StatsError([problem for _, problems in refused for problem in problems])
    if arguments.format == "json":
        write(arguments, as_json({"engine": result.engine, "timings": found}))
    else:
        write(arguments, _timings(found, result.engine, arguments.lang).encode())
    sys.stderr.write(refused_text(refused, arguments.lang))
    return 0


def _timings(found: Sequence[dict[str, Any]], engine: str, lang: Lang) -> str:
    words = (("första", "kortast", "median", "längst"), ("first", "least", "median", "greatest"))[lang == "en"]
    lines = [f"{'':40} {' '.join(f'{word:>9}' for word in words)}  ms, {engine}"]
    for each in found:
        times = (number(each[key], 1, lang) for key in ("first_ms", "least_ms", "median_ms", "greatest_ms"))
        lines.append(f"{each['indicator']:40} {' '.join(f'{text:>9}' for text in times)}")
    return "".join(f"{line}\n" for line in lines)
