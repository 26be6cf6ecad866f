"""Families: who comes together, when and how, who is born, moves or dies. Pure: the same seed and day give the same."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from random import Random

from matrikel.demo import ways
from matrikel.demo.county import OTHER_MUNICIPALITIES, PLACES, SHARE_OF_SECOND_UNIT, STAFF, Place
from matrikel.demo.identities import Identities
from matrikel.demo.names import Culture, split
from matrikel.demo.plan import Family, Individual, Way
from matrikel.kernel.period import add_months, age_on

FIRST_YEAR = 2022
YEARS = {0: 26, 1: 21, 2: 20, 3: 18, 4: 15}
"""Weight of each year from FIRST_YEAR on; the last is cut at today."""
TEMPORARY_UNTIL = date(2027, 3, 4)
"""Last day of permits by the EU's temporary protection, as decided in 2025."""
PROTECTIONS = {"none": 928, "unknown": 58, "marked": 10, "registration": 4}


class Families:
    """Draws families until as many persons as asked for have come to the county."""

    def __init__(self, chance: Random, today: date) -> None:
        self.chance = chance
        self.today = today
        self.identities = Identities(chance)
        self._allocations = 0

    def drawn(self, persons: int) -> Iterator[Family]:
        """Families in no order of time. A family that moves inside the county comes once in each municipality."""
        left = persons
        for place in PLACES:  # so that no municipality is empty in a small county
            family = self._family(place, most=left)
            left -= family.size
            yield family
        while left > 0:
            place = self.chance.choices(PLACES, [place.share for place in PLACES])[0]
            family = self._family(place, most=left)
            left -= family.size
            yield family
            moved = self._moved_on(family)
            if moved and moved.size <= left:
                left -= moved.size
                yield moved

    def _family(self, place: Place, most: int) -> Family:
        registered = self._day()
        origin = self.identities.origin()
        members = self._members(origin, registered)[: max(1, most)]
        way = self._arrival(members, place, registered, origin[0])
        family = Family(place.code, registered, members)
        family.protection = self.chance.choices(list(PROTECTIONS), list(PROTECTIONS.values()))[0]
        self._settle(family, place)
        self._live(family, way, place)
        return family

    def _day(self) -> date:
        while True:
            year = FIRST_YEAR + self.chance.choices(list(YEARS), list(YEARS.values()))[0]
            day = date(year, 1, 1) + timedelta(days=self.chance.randrange(365))
            if day <= self.today:
                return day

    def _settle(self, family: Family, place: Place) -> None:
        """Which unit and which case worker the family meets."""
        family.second_unit = place.code == PLACES[0].code and self.chance.random() < SHARE_OF_SECOND_UNIT
        family.worker = self.chance.choice(
            [
                worker.email
                for worker in STAFF
                if worker.place == place.code
                and worker.role == "caseworker"
                and (worker.unit != place.unit) == family.second_unit
            ]
        )

    def _members(self, origin: tuple[str, Culture], on: date) -> list[Individual]:
        """Alone (most are men), a couple with or without children, a parent alone; now and then a grandparent."""
        chance = self.chance
        shape = chance.choices(("alone", "couple", "family", "parent"), (44, 12, 30, 14))[0]
        name = chance.choice(origin[1].families)
        first = "male" if chance.random() < {"alone": 0.6, "parent": 0.15}.get(shape, 0) else "female"
        ages = (18, 66) if shape == "alone" else (22, 58)
        if shape == "alone" and chance.random() < 0.05:
            ages = (15, 17)
        members = [self._adult(origin, first, name, on, *ages)]
        if shape in ("couple", "family"):
            age = age_on(members[0].born, on) + chance.randint(-3, 8)
            members.append(self._adult(origin, "male", name, on, max(20, age), max(20, age) + 2, "partner"))
        if shape in ("family", "parent"):
            mother = age_on(members[0].born, on)
            for _child in range(chance.choices((1, 2, 3, 4), (34, 36, 20, 10))[0]):
                years = chance.uniform(0.1, max(0.5, min(17.5, mother - 19)))
                born = on - timedelta(days=round(years * 365.25))
                sex = chance.choice(("female", "male"))
                child = self.identities.individual(origin, sex=sex, born=born, family=name, on=on, role="child")
                members.append(self._numbered(child, on))
        if shape == "family" and chance.random() < 0.06:
            members.append(self._adult(origin, chance.choice(("female", "male")), name, on, 63, 82, "other"))
        return members

    def _adult(
        self, origin: tuple[str, Culture], sex: str, family: str, on: date, least: int, most: int, role: str = "adult"
    ) -> Individual:
        age = self.chance.triangular(least, most, min(most, max(least, 31)))
        born = on - timedelta(days=round(age * 365.25) + self.chance.randrange(365))
        other = self.chance.choice(origin[1].families) if role == "partner" and self.chance.random() < 0.3 else family
        adult = self.identities.individual(origin, sex=sex, born=born, family=other, on=on, role=role)
        return self._numbered(adult, on)

    def _numbered(self, person: Individual, on: date) -> Individual:
        """Most have a personal number; some another kind, later perhaps replaced; a few none at all."""
        kind = self.chance.choices(("personal", "coordination", "lma", "dossier", ""), (82, 6, 5, 4, 3))[0]
        personal, person.born = self.identities.personal(person.born, person.sex)
        given = on + timedelta(days=self.chance.randint(10, 90))
        replaced = self.chance.random() < 0.5 and given <= self.today
        if kind == "personal":
            person.number = personal
        elif kind == "coordination":
            person.number = self.identities.coordination(person.born, person.sex)
        elif kind:
            person.number = self.identities.card("lma" if kind == "lma" else "dossier")
        if kind not in ("", "personal") and replaced:
            person.later_number = (personal, given)
        return person

    # ── arriving ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _arrival(self, members: list[Individual], place: Place, registered: date, country: str) -> Way:
        chance = self.chance
        received = registered - timedelta(days=chance.randint(0, 14))
        drawn = chance.random()
        way = Way(received, registered, "refugee_via_accommodation", "allocation", first_registered=registered)
        ground, years = chance.choice(("refugee", "refugee", "subsidiary_protection")), 3
        if country == "UA":
            way.route, ground = chance.choice(("allocation", "allocation", "own_housing")), "temporary_protection"
        elif drawn < place.quota:
            way.category, way.route, ground = "quota_refugee", "quota", "quota"
        elif drawn < place.quota + 0.17:
            way.category, way.route, ground = "relative", "family_reunification", "family"
        elif drawn < place.quota + 0.27:
            way.category, way.route = "secondary_mover", "from_municipality"
            way.previous_municipality = chance.choice(OTHER_MUNICIPALITIES)
            way.first_registered = registered - timedelta(days=chance.randint(150, 1500))
        elif drawn < place.quota + 0.32:
            way.category, way.route, ground = "other_immigrant", "own_housing", chance.choice(("work", "humanitarian"))
        elif drawn < place.quota + 0.47:
            way.route = "own_housing"
        elif len(members) == 1 and age_on(members[0].born, registered) < 18:
            way.category = "unaccompanied_child"
        start = min(received, way.first_registered or received) - timedelta(days=chance.randint(10, 120))
        until = TEMPORARY_UNTIL if ground == "temporary_protection" else add_months(start, 12 * years)
        way.permit = (ground, start, None if chance.random() < 0.25 and ground != "temporary_protection" else until)
        if way.route in ("allocation", "quota"):
            self._allocations += 1
            day = received - timedelta(days=chance.randint(14, 58))
            way.allocation = (f"A-{received.year}-{self._allocations:05d}", day)
        return way

    # ── living here ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _live(self, family: Family, way: Way, place: Place) -> None:
        chance, today = self.chance, self.today
        leaves = way.registered + timedelta(days=chance.randint(150, 1100)) if chance.random() < 0.15 else None
        if leaves and leaves <= today:
            inside = chance.random() < 0.4
            codes = [other.code for other in PLACES if other.code != place.code] if inside else OTHER_MUNICIPALITIES
            way.left = (leaves, "" if chance.random() < 0.1 else chance.choice(codes))
        for person in family.members:
            own = person.way = _since_birth(deepcopy(way), person.born)
            self._die(person, own)
            until = own.gone or today
            if person.later_number and person.later_number[1] > until:
                person.later_number = None
            if age_on(person.born, own.registered) < 15 or person.role == "child":
                continue
            ways.draw(chance, person, own, place, until)
            if chance.random() < 0.012 and (until - own.registered).days > 60:
                name, _own = split(chance.choice(self.identities.origin_of(person)[1].families))
                person.later_family = (name, own.registered + timedelta(days=50))
        self._births(family, way)

    def _die(self, person: Individual, way: Way) -> None:
        old = age_on(person.born, way.registered) >= 68
        day = way.registered + timedelta(days=self.chance.randint(90, 1200))
        if self.chance.random() < (0.12 if old else 0.0015) and day <= self.today and not way.left:
            way.died = day

    def _births(self, family: Family, way: Way) -> None:
        mother = family.members[0]
        couple = any(member.role == "partner" for member in family.members)
        day = way.registered + timedelta(days=self.chance.randint(120, 1300))
        last = min(way.left[0] if way.left else self.today, self.today)
        fertile = mother.sex == "female" and 19 <= age_on(mother.born, way.registered) < 41
        dead = mother.way is not None and mother.way.died is not None
        if not couple or not fertile or dead or day >= last or self.chance.random() > 0.28:
            return
        origin, sex = self.identities.origin_of(mother), self.chance.choice(("female", "male"))
        child = self.identities.individual(origin, sex=sex, born=day, family=mother.family, on=day, role="child")
        number, born = self.identities.personal(day, sex)
        child.number = number if born == day else None
        child.born_here = True
        child.way = Way(day, day, way.category, way.route, left=way.left)
        family.members.append(child)

    def _moved_on(self, family: Family) -> Family | None:
        """The same people in the county's next municipality: other rows there, and nothing that links the two."""
        first = family.members[0].way
        here = {place.code: place for place in PLACES}
        if first is None or first.left is None or first.left[1] not in here:
            return None
        place, registered = here[first.left[1]], first.left[0] + timedelta(days=1)
        if registered > self.today:
            return None
        way = Way(registered, registered, "secondary_mover", "from_municipality", permit=first.permit,
                  previous_municipality=family.place, first_registered=first.first_registered)  # fmt: skip
        members = [deepcopy(member) for member in family.members if not (member.way and member.way.died)]
        for member in members:
            member.born_here = False
            member.number = member.later_number[0] if member.later_number else member.number
            member.later_number = member.later_family = None
        moved = Family(place.code, registered, members, family.protection)
        self._settle(moved, place)
        self._live(moved, way, place)
        return moved


def _since_birth(way: Way, born: date) -> Way:
    """A child's permit and registration cannot be older than the child."""
    if way.first_registered:
        way.first_registered = max(way.first_registered, born)
    if way.permit:
        ground, start, end = way.permit
        way.permit = (ground, max(start, born), end)
    return way
