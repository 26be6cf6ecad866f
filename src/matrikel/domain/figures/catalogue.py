"""The indicators this installation knows, read from `definitions/indicators`, and again within a second of a change."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.utils.translation import get_language

from matrikel.kernel.errors import Missing
from matrikel_stats import Definition, examine, load
from matrikel_stats.declared.nested import is_part_of
from matrikel_stats.problems import Lang

VARIANT = "_"


def folder() -> Path:
    return Path(settings.DEFINITIONS) / "indicators"


def definitions() -> dict[str, Definition]:
    """Every definition without faults, by id: the county's goals first, then the unit's own, yearly counts last."""
    return _read(_state(folder(), int(monotonic())), folder())


def definition(indicator: str) -> Definition:
    """Raises Missing for an id that no definition has."""
    found = definitions().get(indicator)
    if found is None:
        raise Missing
    return found


def checked(indicators: Sequence[str] | None = None) -> list[Definition]:
    """The definitions to run, all unless some are named. Raises StatsError with every fault, Missing for an id."""
    known = {each.id: each for each in load(folder())}
    if indicators is None:
        return list(known.values())
    if not set(indicators) <= set(known):
        raise Missing
    return [known[each] for each in indicators]


def family(of: Definition) -> str:
    """The folder a definition lies in: goals that belong together."""
    return Path(of.path).parent.name


def main_of(of: Definition) -> str:
    """The id of the goal that a definition is a variant of; its own when it is the main one."""
    known = definitions()
    shorter = [each for each in known if of.id.startswith(f"{each}{VARIANT}") and family(known[each]) == family(of)]
    return min((each for each in shorter if known[each].kind == of.kind), key=len, default=of.id)


def variants_of(of: Definition) -> list[Definition]:
    """The same goal counted in other ways, the main one first; empty when there is only one way."""
    if of.kind not in ("reached", "duration"):
        return []
    found = [each for each in definitions().values() if main_of(each) == main_of(of)]
    return sorted(found, key=lambda each: each.id) if len(found) > 1 else []


def contains(of: Definition) -> Definition | None:
    """The main goal that a variant counts a part of: who reached the variant has reached the goal."""
    goal = definitions().get(main_of(of))
    return goal if goal is not None and is_part_of(of, goal) else None


def partners_of(of: Definition) -> list[Definition]:
    """The main goals of the same family, the asked one first in its place."""
    mains = [
        each
        for each in definitions().values()
        if family(each) == family(of) and each.kind == of.kind == "reached" and main_of(each) == each.id
    ]
    return [of if each.id == main_of(of) else each for each in mains] or [of]


def language() -> Lang:
    return "en" if (get_language() or "sv").startswith("en") else "sv"


@lru_cache(maxsize=2)
def _state(path: Path, _second: int) -> tuple[tuple[str, int], ...]:
    """The files as they were when looked at in this second: a page asks hundreds of times."""
    files = [*path.rglob("*.toml"), *path.parent.glob("codes/*.csv")]
    return tuple(sorted((str(file), file.stat().st_mtime_ns) for file in files))


ORDER = ("county_goals", "afterwards", "effect_goal", "sfi", "assistance", "yearly", "plans", "instruments", "surveys")


def is_kept_here(of: Definition) -> bool:
    """Whether the rooms tell what it counts. Others stand in the overview when somebody has counted them."""
    parts = [part.definition for part in of.parts] or [of]
    return not any(each.cohort.is_imported or each.kind == "ratio" for each in parts)


@lru_cache(maxsize=2)
def _read(_files: tuple[tuple[str, int], ...], path: Path) -> dict[str, Definition]:
    found, _problems = examine(path)
    place = {name: number for number, name in enumerate(ORDER)}
    found.sort(key=lambda each: (place.get(Path(each.path).parent.name, len(ORDER)), each.id))
    return {each.id: each for each in found}
