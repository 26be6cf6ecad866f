"""`run` and `bench`: count indicators, and say how long it takes."""

import argparse
import time

from .counting import bar, count_all
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
    by, found = breakdown_of(arguments), []
    with dataset_of(arguments, codes, arguments.freeze) as dataset:
        for definition in bar(definitions, len(definitions), [each.id for each in definitions]):
            times = []
            for _ in range(max(1, arguments.times) + 1):
                began = time.perf_counter()
                result = run_one(definition, dataset, engine=arguments.engine, period=arguments.period, by=by)
                times.append((time.perf_counter() - began) * 1000)
            rows = sum(len(table.rows) for table in result.count_tables)
            first, again = times[0], times[1:]
            found.append(
                {"indicator": definition.id, "rows": rows, "first_ms": first, "least_ms": min(again),
                 "median_ms": statistics.median(again), "greatest_ms": max(again), "runs": len(again)}
            )  # fmt: skip
    if arguments.format == "json":
        write(arguments, as_json({"engine": result.engine, "timings": found}))
        return 0
    lines = [f"{'':40} {'first':>9} {'least':>9} {'median':>9} {'greatest':>9}  ms, {result.engine}"]
    for each in found:
        times_text = " ".join(f"{each[key]:9.1f}" for key in ("first_ms", "least_ms", "median_ms", "greatest_ms"))
        lines.append(f"{each['indicator']:40} {times_text}")
    write(arguments, ("\n".join(lines) + "\n").encode())
    return 0
