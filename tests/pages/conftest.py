from datetime import date

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.casework import door as casework
from matrikel.domain.people import door as people
from matrikel.domain.services import door as services
from matrikel.kernel.acting import Acting
from tests.cast import Cast


def enrolled(by: Acting, given_name: str = "Amina", family_name: str = "Hassan") -> people.Person:
    """Somebody received, registered and enrolled by a post, in SFI and then at work."""
    person = people.register(
        given_name=given_name, family_name=family_name, birth_date=date(1990, 3, 12), sex="female", country="SY",
        languages=("ar",), protection="none", by=by,
    )  # fmt: skip
    casework.enrol(
        person=person, received_on=date(2025, 9, 3), category="quota_refugee", registered_on=date(2025, 9, 3), by=by
    )
    services.begin(person=person, kind="sfi", start_date=date(2025, 10, 1), by=by)
    people.begin_activity(person=person, kind="employment", start_date=date(2026, 5, 1), by=by)
    return person


@pytest.fixture
def amina(cast: Cast) -> people.Person:
    with acting_as(cast.bertil) as by:
        return enrolled(by)
