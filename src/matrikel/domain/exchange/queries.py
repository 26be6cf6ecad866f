"""Reading what has been exchanged, and holding the own figures against it."""

import statistics
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models.fields.json import KeyTransform

from matrikel.domain.access.door import Right
from matrikel.domain.exchange.models import KoladaFile, Package, Signer, by_time
from matrikel.domain.figures import door as figures
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed
from matrikel_stats import Definition
from matrikel_stats.exchange.kolada import NATION
from matrikel_stats.question import parse_period
from matrikel_stats.result import Cell, Result


@dataclass(frozen=True)
class Given:
    """One indicator of a package beside the own board's figure of the same logic; None where there is none to show.

    `year` is the latest that both have to show; empty when both are for all years together.
    """

    definition: Definition
    year: str
    theirs: Cell
    own: Cell | None


def signers(by: Acting) -> list[Signer]:
    """Those whose packages the board takes in, by name. Raises NotAllowed."""
    _may(by)
    return list(Signer.objects.order_by("name"))


def signer_for(by: Acting, signer_id: UUID) -> Signer:
    """Raises NotAllowed, Missing."""
    _may(by)
    signer: Signer | None = Signer.objects.filter(pk=signer_id).first()
    if signer is None:
        raise Missing
    return signer


def packages(by: Acting) -> list[Package]:
    """What the board has been given, the latest first. Raises NotAllowed."""
    _may(by)
    return list(Package.objects.defer("content").order_by("-recorded_at"))


def package_for(by: Acting, package_id: UUID) -> Package:
    """Raises NotAllowed, Missing."""
    _may(by)
    package: Package | None = Package.objects.filter(pk=package_id).first()
    if package is None:
        raise Missing
    return package


def beside(package: Package, *, by: Acting) -> list[Given]:
    """Every figure of a package with the own board's, in the order of the catalogue."""
    _may(by)
    own = {given.shown.logic_hash: given.shown for given in figures.results_to_share(by)}
    definitions = list(figures.definitions().values())
    gone = figures.withheld_here(by, definitions, package.area_code)
    found = []
    for definition in definitions:
        closed = {year for name, year in gone if name == definition.id}
        given = _beside(package, definition, own.get(definition.logic_hash), closed)
        if given is not None:
            found.append(given)
    return found


def _beside(package: Package, definition: Definition, own: Result | None, closed: Collection[str]) -> Given | None:
    """The latest year shown on both sides whose time had run out on both freeze dates, else all years of a cohort.

    `closed` years are hidden on the reader's county page, and here as well.
    """
    counts = definition.is_periodic
    when = "period" if counts else "year"
    theirs = {year: cell for year, cell in package.years(definition.logic_hash).items() if year not in closed}
    ours = {cell.values[when]: cell for cell in _cells(own, when)} if own else theirs
    ended = min(package.freeze, own.freeze if own else package.freeze)
    years = [year for year in theirs.keys() & ours.keys() if _is_shown(theirs[year]) and _is_shown(ours[year])]
    years = [
        year
        for year in years
        if not (parse_period(year).last > ended if counts else theirs[year].not_mature or ours[year].not_mature)
    ]
    if years:
        year = max(years)
        return Given(definition, year, theirs[year], ours[year] if own else None)
    total = None if "" in closed else package.total(definition.logic_hash)
    return None if counts or total is None else Given(definition, "", total, own.total if own else None)


def _cells(result: Result, dimension: str) -> tuple[Cell, ...]:
    return next((each.cells for each in result.breakdowns if each.dimensions == (dimension,)), ())


def _is_shown(cell: Cell) -> bool:
    return not cell.suppressed and bool(cell.n)


def others(by: Acting, definition: Definition) -> list[figures.Outside]:
    """The latest figures of every area that the board has been given, counted by the same logic, for a comparison.

    Whoever reads figures may see it: nothing in a package is small. Raises NotAllowed.
    """
    _may_read(by)
    told = KeyTransform(definition.logic_hash, "content")
    packages = Package.objects.filter(content__has_key=definition.logic_hash).order_by("freeze", "recorded_at")
    latest = {
        code: figures.Outside(name, code, freeze, by_time(content))
        for code, name, freeze, content in packages.values_list("area_code", "area_name", "freeze", told)
    }
    return sorted(latest.values(), key=lambda area: area.name)


@dataclass(frozen=True)
class Group:
    """Municipalities that are alike in some way, the own one among them."""

    id: str
    title: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Reference:
    """What Kolada says of a key figure in a year: the own municipality, the median of a group, the nation."""

    kpi: str
    year: int
    own: float | None
    group: float | None
    nation: float | None


def kolada_files(by: Acting) -> dict[str, KoladaFile]:
    """What has been taken in from Kolada, by kind. Raises NotAllowed."""
    _may(by)
    return {each.kind: each for each in KoladaFile.objects.all()}


def groups(by: Acting) -> list[Group]:
    """The groups the own municipality belongs to, by title; none before a file is taken in. Raises NotAllowed."""
    _may_read(by)
    held = KoladaFile.objects.filter(kind="groups").first()
    found = [Group(each["id"], each["title"], frozenset(each["codes"])) for each in (held.content if held else ())]
    return sorted(found, key=lambda group: group.title)


def reference(by: Acting, definition: Definition, year: str, group: Group | None = None) -> Reference | None:
    """Kolada's values of the key figure that the definition names, for the year or the latest before it.

    They are counted by Kolada's rules and are never compared with own figures. Raises NotAllowed.
    """
    _may_read(by)
    held = KoladaFile.objects.filter(kind="data").first() if definition.kolada else None
    if held is None or not year[:4].isdigit():
        return None
    values = {(code, period): value for kpi, code, period, value in held.content if kpi == definition.kolada}
    years = [period for code, period in values if period <= int(year[:4]) and code in (by.municipality, NATION)]
    if not years:
        return None
    at = max(years)
    alike = [values[code, at] for code in (group.codes if group else ()) if (code, at) in values]
    return Reference(
        definition.kolada, at, values.get((by.municipality, at)), statistics.median(alike) if alike else None,
        values.get((NATION, at)),
    )  # fmt: skip


def _may_read(by: Acting) -> None:
    if not by.may(Right.FIGURE_READ):
        raise NotAllowed


def _may(by: Acting) -> None:
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
