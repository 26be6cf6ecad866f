"""Counting many definitions on one dataset, with a bar on a terminal, and telling which could not be counted."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TypeVar

from matrikel_stats.declared.codes import CodeLists
from matrikel_stats.declared.definition import Definition
from matrikel_stats.disclosure.hiding import protect
from matrikel_stats.problems import Lang, Problem, StatsError
from matrikel_stats.shown import Result
from matrikel_stats.telling.prose import pick

from .options import breakdown_of, dataset_of

_WIDTH = 24
T = TypeVar("T")


@dataclass(frozen=True)
class Counted:
    """Results with their definitions, and what could not be counted with the reasons."""

    done: tuple[tuple[Definition, Result], ...]
    refused: tuple[tuple[Definition, tuple[Problem, ...]], ...]

    @property
    def results(self) -> list[Result]:
        return [result for _, result in self.done]

    @property
    def definitions(self) -> list[Definition]:
        return [definition for definition, _ in self.done]


def count_all(
    arguments: argparse.Namespace, definitions: Sequence[Definition], codes: CodeLists, *, protected: bool
) -> Counted:
    """Run every definition on the dataset. Raises StatsError when none of them could be run."""
    from matrikel_stats.running import make_ready, run

    done, refused = [], []
    by, lang = breakdown_of(arguments), arguments.lang
    with dataset_of(arguments, codes, arguments.freeze) as dataset:
        if arguments.engine != "reference":
            make_ready(definitions, dataset, period=arguments.period, by=by, keep=not arguments.embedded)
        for definition in bar(definitions, len(definitions), [each.id for each in definitions]):
            try:
                result = run(definition, dataset, engine=arguments.engine, period=arguments.period, by=by, lang=lang)
            except StatsError as error:
                refused.append((definition, error.problems))
                continue
            done.append((definition, protect(result) if protected else result))
    if not done:
        raise StatsError([found for _, problems in refused for found in problems])
    return Counted(tuple(done), tuple(refused))


def bar(items: Iterable[T], total: int, names: Sequence[str]) -> Iterator[T]:
    """Yield the items, drawing on standard error how far it has come when that is a terminal."""
    shown = total > 1 and sys.stderr.isatty()
    for at, item in enumerate(items):
        if shown:
            full = _WIDTH * at // total
            sys.stderr.write(f"\r{'█' * full}{'░' * (_WIDTH - full)} {at + 1}/{total} {names[at]}\x1b[K")
            sys.stderr.flush()
        yield item
    if shown:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def refused_text(refused: Sequence[tuple[Definition, tuple[Problem, ...]]], lang: Lang) -> str:
    """Return what could not be counted, and why: those that lack the same are told together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for definition, problems in refused:
        groups.setdefault(tuple(found.text(lang) for found in problems), []).append(definition.id)
    head = pick(("Kunde inte räknas", "Could not be counted"), lang)
    lines = [
        line
        for reasons, ids in groups.items()
        for line in ("", *wrap(f"{head}: {', '.join(ids)}", 100), *(f"  {reason}" for reason in reasons))
    ]
    return "".join(f"{line}\n" for line in lines)
