"""The people every test knows.

Amina Hassan and her household came to Östersund. Bertil works her case, Cecilia heads the unit, David works in another
unit of the same board, Erik in another municipality, Elsa reads figures only. David, Erik and Elsa must see nothing.
"""

from dataclasses import dataclass
from datetime import date

from matrikel.base.scope import acting_as
from matrikel.domain.access import door as access
from matrikel.kernel.acting import Acting

OSTERSUND = {"code": "2380", "name": "Östersund", "county_code": "23", "county_name": "Jämtlands län"}
KROKOM = {"code": "2309", "name": "Krokom", "county_code": "23", "county_name": "Jämtlands län"}
STARTED = date(2020, 1, 1)


@dataclass(frozen=True)
class Cast:
    """The acting posts. `unit` is Bertil's."""

    unit: access.Unit
    bertil: Acting
    cecilia: Acting
    david: Acting
    erik: Acting
    elsa: Acting
    rakel: Acting
    administrator: Acting

    @property
    def outsiders(self) -> tuple[Acting, ...]:
        return self.david, self.erik, self.elsa


def assemble() -> Cast:
    """Set up two municipalities, three units and the staff through the real actions."""
    access.install(is_demo=True)
    ostersund, krokom = access.Municipality(**OSTERSUND), access.Municipality(**KROKOM)
    unit = access.set_up_unit(municipality=ostersund, board="Socialnämnden", unit="Integrationsenheten", by=None)
    other = access.set_up_unit(municipality=ostersund, board="Socialnämnden", unit="Försörjningsenheten", by=None)
    away = access.set_up_unit(municipality=krokom, board="Socialnämnden", unit="Integration Krokom", by=None)

    def employ(name: str, role: str, place: access.Unit) -> Acting:
        email = f"{name.lower()}@example.test"
        post = access.employ(
            email=email,
            name=name,
            unit=place,
            role=role,
            by=None,
            password="ett-långt-lösen",
            start_date=STARTED,
        )
        return access.acting(post, channel="test")

    return Cast(
        unit=unit,
        bertil=employ("Bertil", "caseworker", unit),
        cecilia=employ("Cecilia", "unit_manager", unit),
        david=employ("David", "caseworker", other),
        erik=employ("Erik", "caseworker", away),
        elsa=employ("Elsa", "controller", unit),
        rakel=employ("Rakel", "reader", unit),
        administrator=employ("Adam", "administrator", unit),
    )


__all__ = ["Cast", "acting_as", "assemble"]
