"""Amina and her household, made through the real actions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from matrikel.base.scope import acting_as
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel.kernel.numbers import IdentityNumber, luhn, parse
from tests.cast import Cast
from tests.domain.people.urls import ABOVE

BORN = date(1990, 3, 12)


def number(text: str) -> IdentityNumber:
    return parse(text, register_date=date(2026, 1, 1))


def personal(day: str, serial: int) -> IdentityNumber:
    """A test number: `day` as YYYYMMDD, `serial` 980 to 999."""
    nine = f"{day[2:]}{serial}"
    return number(f"{day}{serial}{luhn(nine)}")


@pytest.fixture
def amina(bertil: Acting) -> people.Person:
    return people.register(
        by=bertil, given_name="Amina", family_name="Hassan", birth_date=BORN, sex="female",
        identity=number("19900312-9807"), own_script="أمينة حسن", own_script_language="ar", country="SY",
        languages=["ar"], needs_interpreter=True, interpreter_language="ar", protection="none",
    )  # fmt: skip


@pytest.fixture
def hidden(cast: Cast, bertil: Acting) -> people.Person:
    """Somebody protected whom only Cecilia sees."""
    with acting_as(cast.cecilia) as cecilia:
        return people.register(
            by=cecilia, given_name="Hemlig", family_name="Adressat", identity=personal("19850505", 982),
            protection="marked",
        )  # fmt: skip


@pytest.fixture
def unseen(cast: Cast) -> Callable[[people.Person], None]:
    """Asserts that a person does not exist for any outsider: by id, in lists, in search or as a candidate."""

    def check(person: people.Person) -> None:
        text = f"{person.given_name} {person.family_name}".strip()
        for outsider in cast.outsiders:
            with acting_as(outsider):
                with pytest.raises(Missing):
                    people.get_for(outsider, person.pk)
                assert people.visible(outsider).count() == 0
                assert people.search(outsider, text) == []
                assert people.candidates(outsider, given_name=person.given_name, birth_date=person.birth_date) == []
                assert people.named([person.pk], by=outsider) == {}

    return check


@pytest.fixture(autouse=True)
def pages_above(settings: Any) -> None:
    """Pages are composed above this room; stand-ins serve while one of them is not mounted."""
    try:
        reverse("people-person", args=["00000000-0000-0000-0000-000000000000"])
        for name in ABOVE:
            reverse(name)
    except NoReverseMatch:
        settings.ROOT_URLCONF = "tests.domain.people.urls"
