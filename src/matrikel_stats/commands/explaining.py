"""`check` and `explain`: is a definition right, and what does it count?"""

import argparse
import sys
from pathlib import Path

from matrikel_stats.declared.catalogue import examine, load
from matrikel_stats.problems import Lang, StatsError, problem
from matrikel_stats.result import Result
from matrikel_stats.telling.prose import explain as explained
from matrikel_stats.telling.prose import pick

from .options import add_dataset, add_freeze, add_language, codes_of, dataset_of


def add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE_OR_DIR")
    add_language(parser)
    parser.set_defaults(act=check)


def check(arguments: argparse.Namespace) -> int:
    definitions, problems = examine(arguments.path, codes_of(arguments, arguments.path))
    for found in problems:
        print(found.text(arguments.lang), file=sys.stderr)
    good = len(definitions)
    words = ("definition", "definition") if good == 1 else ("definitioner", "definitions")
    print(f"{good} {pick(words, arguments.lang)} {pick(('i ordning', 'in order'), arguments.lang)}")
    return 2 if problems else 0


def add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="FILE")
    add_dataset(parser, "tell who would be counted there, and who not")
    add_freeze(parser)
    parser.add_argument("--sql", action="store_true", help="print the compiled SQL as well; needs --dataset")
    add_language(parser)
    parser.set_defaults(act=explain)


def explain(arguments: argparse.Namespace) -> int:
    codes = codes_of(arguments, arguments.path)
    definitions = load(arguments.path, codes)
    if arguments.sql and arguments.dataset is None:
        raise StatsError([problem("dataset_needed", "--sql")])
    if arguments.dataset is None:
        print("\n".join(explained(definition, arguments.lang) for definition in definitions), end="")
        return 0
    from matrikel_stats.running import run, sql_of

    texts = []
    with dataset_of(arguments, codes, arguments.freeze) as dataset:
        for definition in definitions:
            texts.append(explained(definition, arguments.lang))
            texts[-1] += _persons(run(definition, dataset, by=[], lang=arguments.lang), arguments.lang)
            if arguments.sql:
                texts[-1] += f"\n{sql_of(definition, dataset)}\n"
    print("\n".join(texts), end="")
    return 0


def _persons(result: Result, lang: Lang) -> str:
    """Return how many are in it, left out by reason, and not mature."""
    counted = result.population
    if counted is None and result.total is not None:
        counted = result.total.n
    found = [f"{pick(('Med', 'In it'), lang)}: {'–' if counted is None else counted}"]
    for reason, n in result.excluded.items():
        found.append(f"{pick(('Inte med', 'Left out'), lang)}, {result.reasons.get(reason, reason)}: {n}")
    if result.not_mature is not None:
        found.append(f"{pick(('Ännu inte mogna', 'Not yet mature'), lang)}: {result.not_mature}")
    if result.unknown_persons:
        found.append(f"{pick(('Okända personer', 'Unknown persons'), lang)}: {result.unknown_persons}")
    found.append(f"{pick(('Frysdatum', 'Freeze date'), lang)}: {result.freeze}")
    return "\n" + "".join(f"{line}\n" for line in found)
