"""`compare`: hold one's own value against others, from packages or from a breakdown of one's own dataset."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from matrikel_stats.comparison.compare import Comparison, Part, against_rest, changes, compare, parts_by
from matrikel_stats.declared.definition import Definition
from matrikel_stats.exchange.keys import read_trust
from matrikel_stats.exchange.kolada import NATION, group, read_data, read_groups, value_at
from matrikel_stats.problems import Lang, StatsError, problem
from matrikel_stats.telling.chart import funnel_chart
from matrikel_stats.telling.comparison_prose import by_chance, change, gap, table, verdict
from matrikel_stats.telling.prose import pick, value_label

from .counting import count_all
from .options import add_counting, add_language, breakdown_of, definitions_of
from .output import add_output, as_json, check_output, write


def add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("packages", nargs="*", type=Path, metavar="PACKAGE", help="packages of others and one's own")
    add_counting(parser, required=False)
    parser.add_argument("--trust", type=Path, metavar="FILE", help="known signers of the packages")
    parser.add_argument("--own", metavar="NAME", help="whose value the sentence is about; all outside when left out")
    parser.add_argument("--group", type=Path, metavar="FILE", help="Kolada's municipality_groups: compare within one")
    parser.add_argument("--group-id", metavar="ID", help="which group of the file")
    parser.add_argument("--kolada", type=Path, metavar="FILE", help="Kolada's data: hold against a value from there")
    parser.add_argument("--kpi", metavar="ID", help="key figure of that value, a share in per cent")
    parser.add_argument("--year", type=int, help="year of that value")
    parser.add_argument(
        "--municipality", default=NATION, metavar="CODE", help="of that value; the nation when left out"
    )
    add_output(parser, ("table", "json", "vega"))
    add_language(parser)
    parser.set_defaults(act=run)


def run(arguments: argparse.Namespace) -> int:
    check_output(arguments)
    if arguments.indicators is None:
        raise StatsError([problem("option_needed", "--indicators")])
    if bool(arguments.packages) == (arguments.dataset is not None):
        raise StatsError([problem("compare_source", "compare")])
    definitions, codes = definitions_of(arguments)
    if len(definitions) != 1:
        raise StatsError([problem("one_indicator", str(arguments.indicators), count=len(definitions))])
    (definition,) = definitions
    if definition.kind != "reached":
        raise StatsError([problem("compare_kind", definition.path, kind=definition.kind)])
    if arguments.packages:
        parts = _packaged(arguments, definitions)
    else:
        by = breakdown_of(arguments)
        if by is None or len(by) != 1:
            raise StatsError([problem("option_needed", "--by")])
        (result,) = count_all(arguments, definitions, codes, protected=True).results
        breakdown = next(each for each in result.breakdowns if each.dimensions == tuple(by))
        parts = [
            Part(value_label(definition, by[0], each.name, arguments.lang), each.k, each.n)
            for each in parts_by(breakdown.cells, by[0])
        ]
    if arguments.own and arguments.own not in {part.name for part in parts}:
        names = ", ".join(part.name for part in parts)
        raise StatsError([problem("own_unknown", "--own", value=arguments.own, found=names)])
    found = compare(parts, centre=_centre(arguments))
    write(arguments, _rendered(arguments, definition, parts, found))
    return 0


def _packaged(arguments: argparse.Namespace, definitions: Sequence[Definition]) -> list[Part]:
    from matrikel_stats.exchange.county import parts_from
    from matrikel_stats.exchange.receive import read_package

    if arguments.trust is None:
        raise StatsError([problem("option_needed", "--trust")])
    trust = read_trust(arguments.trust)
    packages = [read_package(path, trust, definitions) for path in arguments.packages]
    if arguments.group is not None:
        if not arguments.group_id:
            raise StatsError([problem("option_needed", "--group-id")])
        members = {code for code, _ in group(read_groups(arguments.group), arguments.group_id).members}
        packages = [each for each in packages if each.area.code in members or each.area.name == arguments.own]
        if not packages:
            raise StatsError([problem("compare_nothing", str(arguments.group))])
    return parts_from(packages, definitions[0])


def _centre(arguments: argparse.Namespace) -> float | None:
    if arguments.kolada is None:
        return None
    if not arguments.kpi or not arguments.year:
        raise StatsError([problem("option_needed", "--kpi, --year")])
    value = value_at(read_data(arguments.kolada), arguments.kpi, arguments.municipality, arguments.year)
    if value is None:
        place, where, year = str(arguments.kolada), arguments.municipality, arguments.year
        raise StatsError([problem("kolada_none", place, kpi=arguments.kpi, municipality=where, period=year)])
    return value / 100


def _rendered(arguments: argparse.Namespace, definition: Definition, parts: Sequence[Part], found: Comparison) -> bytes:
    lang: Lang = arguments.lang
    if arguments.format == "vega":
        return as_json(funnel_chart(found, lang, title=definition.text(lang).name))
    sentences = _sentences(arguments, parts, found, lang)
    if arguments.format == "json":
        rows = [
            {
                "name": row.name, "k": row.k, "n": row.n, "value": row.value, "low": row.low, "high": row.high,
                "limits_95": [row.warning.low, row.warning.high], "limits_99_8": [row.alarm.low, row.alarm.high],
                "outside": row.outside, "direction": row.direction,
            }
            for row in found.rows
        ]  # fmt: skip
        return as_json({
            "indicator": definition.id, "logic_hash": definition.logic_hash, "centre": found.centre,
            "given": found.given, "rows": rows, "hidden": list(found.hidden), "expected_outside": found.expected,
            "outside": found.found, "sentences": sentences,
        })  # fmt: skip
    lines = [definition.text(lang).name, "", table(found, lang, decimals=definition.decimals), "", *sentences]
    return ("\n".join(lines) + "\n").encode()


def _sentences(arguments: argparse.Namespace, parts: Sequence[Part], found: Comparison, lang: Lang) -> list[str]:
    own = [arguments.own] if arguments.own else [row.name for row in found.rows if row.outside]
    lines = [verdict(found, name, lang) for name in own]
    rest = against_rest(parts, arguments.own) if arguments.own else None
    if rest is not None:
        words = (
            "{} mot de andra tillsammans: {} procentenheter.",
            "{} against the others together: {} percentage points.",
        )
        lines.append(pick(words, lang).format(arguments.own, gap(rest, lang)))
    if arguments.by in ("year", "period"):
        lines += [change(each, lang) for each in changes(parts)]
    return [*lines, by_chance(found, lang)]
