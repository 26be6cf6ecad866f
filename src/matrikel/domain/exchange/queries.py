"""Reading what has been exchanged, and holding the own figures against it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matrikel.domain.access.door import Right
from matrikel.domain.exchange.models import Package, Signer
from matrikel.domain.figures import door as figures
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed
from matrikel_stats import Definition, Result
from matrikel_stats.comparison.compare import Part, part
from matrikel_stats.result import Cell


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
    own = {result.logic_hash: result for result in figures.results_to_share(by)}
    found = []
    for definition in figures.definitions().values():
        given = _beside(package, definition, own.get(definition.logic_hash))
        if given is not None:
            found.append(given)
    return found


def _beside(package: Package, definition: Definition, own: Result | None) -> Given | None:
    """The latest year shown on both sides whose time had run out on both freeze dates, else all years of a cohort."""
    counts = definition.kind in ("flow", "stock")
    when = "period" if counts else "year"
    theirs = {cell.values[when]: cell for cell in package.breakdown(definition.logic_hash, when)}
    ours = {cell.values[when]: cell for cell in _cells(own, when)} if own else theirs
    ended = min(package.freeze, own.freeze if own else package.freeze)
    years = [year for year in theirs.keys() & ours.keys() if _is_shown(theirs[year]) and _is_shown(ours[year])]
    years = [
        year
        for year in years
        if (f"{year}-12-31" <= ended.isoformat() if counts else not (theirs[year].not_mature or ours[year].not_mature))
    ]
    if years:
        year = max(years)
        return Given(definition, year, theirs[year], ours[year] if own else None)
    total = package.total(definition.logic_hash)
    return None if counts or total is None else Given(definition, "", total, own.total if own else None)


def _cells(result: Result, dimension: str) -> tuple[Cell, ...]:
    return next((each.cells for each in result.breakdowns if each.dimensions == (dimension,)), ())


def _is_shown(cell: Cell) -> bool:
    return not cell.suppressed and bool(cell.n)


def others(by: Acting, definition: Definition) -> list[tuple[Part, date]]:
    """The latest figure of every area that the board has been given, counted by the same logic, for a comparison.

    Whoever reads figures may see it: nothing in a package is small. Raises NotAllowed.
    """
    if not by.may(Right.FIGURE_READ):
        raise NotAllowed
    latest: dict[str, Package] = {}
    for package in Package.objects.order_by("freeze", "recorded_at"):
        if definition.logic_hash in package.content:
            latest[package.area_code] = package
    return [
        (part(each.area_name, each.total(definition.logic_hash)), each.freeze)
        for each in sorted(latest.values(), key=lambda package: package.area_name)
    ]


def _may(by: Acting) -> None:
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
