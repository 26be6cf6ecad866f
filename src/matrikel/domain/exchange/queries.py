"""Reading what has been exchanged, and holding the own figures against it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matrikel.domain.access.door import Right
from matrikel.domain.exchange.models import Package, Signer
from matrikel.domain.figures import door as figures
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed
from matrikel_stats import Definition
from matrikel_stats.comparison import Part, part
from matrikel_stats.result import Cell


@dataclass(frozen=True)
class Given:
    """One indicator of a package beside the own board's figure of the same logic; None where there is none to show."""

    definition: Definition
    theirs: Cell
    own: Cell | None
    own_freeze: date | None


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
        theirs = package.total(definition.logic_hash)
        if theirs is not None:
            result = own.get(definition.logic_hash)
            found.append(Given(definition, theirs, result.total if result else None, result.freeze if result else None))
    return found


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
