"""Names and numbers of people who do not exist. Personal numbers use only the serials published for tests."""

from datetime import date, timedelta
from random import Random

from matrikel.demo.names import COUNTRIES, CULTURES, Culture, split
from matrikel.demo.plan import Individual
from matrikel.kernel.numbers import COORDINATION_DAYS, TEST_SERIALS, IdentityNumber, Kind, luhn
from matrikel.kernel.period import age_on

INTERPRETED = 0.62
WOMAN_PREFERRED = ("kvinnlig tolk", "helst kvinna", "gärna samma tolk som förra gången", "telefontolk går bra")


class Identities:
    """Hands out names and numbers, each number once."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._used: set[str] = set()

    def origin(self) -> tuple[str, Culture]:
        """A country and a culture in it, in the proportions of COUNTRIES."""
        country, culture, _weight = self.chance.choices(COUNTRIES, [weight for _c, _n, weight in COUNTRIES])[0]
        return country, CULTURES[culture]

    def origin_of(self, person: Individual) -> tuple[str, Culture]:
        return next(
            (country, CULTURES[name])
            for country, name, _weight in COUNTRIES
            if country == person.country and CULTURES[name].language == person.languages[0]
        )

    def individual(
        self, origin: tuple[str, Culture], *, sex: str, born: date, family: str, on: date, role: str = "adult"
    ) -> Individual:
        """Somebody with a name, languages and, for most who are in their teens or older, a need of an interpreter."""
        country, culture = origin
        given, own_given = split(self.chance.choice(culture.women if sex == "female" else culture.men))
        latin, own_family = split(family)
        individual = Individual(given, latin, born, sex, country, role, languages=(culture.language, *culture.also))
        if culture.script and self.chance.random() < 0.7:
            individual.own_script, individual.script = f"{own_given} {own_family}".strip(), culture.script
        if age_on(born, on) >= 13 and self.chance.random() < INTERPRETED:
            individual.interpreter = culture.language
            if self.chance.random() < 0.1:
                individual.interpreter_note = self.chance.choice(WOMAN_PREFERRED)
        return individual

    def personal(self, born: date, sex: str) -> tuple[IdentityNumber, date]:
        """A personal number, and the day of birth: moved a day when the day's test numbers are used up."""
        while True:
            value = self._digits(born, sex, 0)
            if value:
                return IdentityNumber("personal", value), born
            born -= timedelta(days=1)

    def coordination(self, born: date, sex: str) -> IdentityNumber | None:
        value = self._digits(born, sex, COORDINATION_DAYS)
        return IdentityNumber("coordination", value) if value else None

    def card(self, kind: Kind) -> IdentityNumber:
        """A number of the Migration Agency's form, with a district that is not in use."""
        while (value := f"99{self.chance.randrange(10**6):06d}") in self._used:
            pass
        self._used.add(value)
        return IdentityNumber(kind, value)

    def _digits(self, born: date, sex: str, more_days: int) -> str:
        day = f"{born:%y%m}{born.day + more_days:02d}"
        serials = [serial for serial in TEST_SERIALS if serial % 2 == (sex == "male")]
        self.chance.shuffle(serials)
        for serial in serials:
            value = f"{born.year // 100}{day}{serial}{luhn(f'{day}{serial}')}"
            if value not in self._used:
                self._used.add(value)
                return value
        return ""
