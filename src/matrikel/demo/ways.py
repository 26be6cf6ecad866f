"""How an adult's time in a municipality goes: language, courses, work, studies and the case.

All chances are invented. What somebody does is drawn at once; what lies after `until` has not happened and is left out.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from matrikel.demo.county import PLACES, Place
from matrikel.demo.journal import entry
from matrikel.demo.plan import Doing, Individual, Way
from matrikel.kernel.period import add_months, age_on

BY_CODE = {place.code: place for place in PLACES}

FIRST = {"internship": 42, "labour_market_programme": 17, "employment": 14, "subsidised_employment": 12,
         "studies_upper_secondary": 8, "studies_higher": 3, "own_business": 1}  # fmt: skip
NEXT = {"subsidised_employment": 30, "employment": 34, "labour_market_programme": 10, "internship": 12,
        "studies_upper_secondary": 11, "studies_higher": 3}  # fmt: skip
MUNICIPAL = frozenset({"sfi", "internship", "civic_orientation", "course_15_points", "validation", "housing_guide"})
"""What the municipality offers or pays; the rest is the person's own activity."""
WORK = frozenset({"employment", "subsidised_employment", "own_business"})
STUDIES = frozenset({"studies_upper_secondary", "studies_higher"})
ENDED_WITH_CASE = 730


@dataclass
class Walk:
    """One adult's way being drawn. `until` is today, or the last day here."""

    chance: Random
    person: Individual
    way: Way
    place: Place
    until: date

    def after(self, least: int, most: int, start: date | None = None) -> date:
        return (start or self.way.registered) + timedelta(days=self.chance.randint(least, most))

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def cut(self, doing: Doing) -> None:
        """Add what has begun by `until`; who leaves ends it, and what goes on has no last day."""
        if doing.first is None or doing.first > self.until:
            return
        if doing.last is not None and doing.last > self.until:
            doing.last, doing.result = None, ""
        if doing.last is None and self.way.gone:
            doing.last, doing.result = self.until, "interrupted" if doing.kind == "sfi" else ""
        self.way.doings.append(doing)


def draw(chance: Random, person: Individual, way: Way, place: Place, until: date) -> None:
    """Fill in everything that happens to an adult. `way.left` and `way.died` are settled already."""
    walk = Walk(chance, person, way, place, until)
    _language(walk)
    _courses(walk)
    if 18 <= age_on(person.born, way.registered) <= 64:
        _occupation(walk)
    _case(walk)


def _language(walk: Walk) -> None:
    if not walk.happens(0.78 if walk.person.country == "UA" else 0.93):
        return
    applied = walk.after(4, 50)
    wait = max(4, round(walk.chance.gauss(walk.place.sfi_weeks * 7, walk.place.sfi_weeks * 3)))
    start = applied + timedelta(days=wait)
    school = walk.chance.choice(walk.place.schools)
    if applied > walk.until:
        return
    if start > walk.until or walk.happens(0.02):
        walk.way.doings.append(Doing("sfi", applied=applied, place=school))
        return
    result = walk.chance.choices(("passed", "failed", "interrupted"), (66, 9, 25))[0]
    days = walk.chance.randint(60, 240) if result == "interrupted" else walk.chance.randint(170, 480)
    course = walk.chance.choice(("SFI kurs A", "SFI kurs B", "SFI kurs C", "SFI kurs C", "SFI kurs D"))
    walk.cut(Doing("sfi", start, start + timedelta(days=days), applied, course, school, result=result))


def _courses(walk: Walk) -> None:
    for kind, share, least, most, days, title in (
        ("civic_orientation", 0.55, 45, 320, 110, "Samhällsorientering, 100 timmar"),
        ("course_15_points", 0.12, 90, 400, 75, "Medborgarkurs"),
        ("housing_guide", 0.08, 10, 60, 30, "Bo i lägenhet"),
        ("validation", 0.05, 200, 600, 40, "Kartläggning av yrkeskunskaper"),
    ):
        if walk.happens(share):
            first = walk.after(least, most)
            walk.cut(Doing(kind, first, first + timedelta(days=days), title=title, place=walk.place.schools[0]))
    if walk.way.route in ("allocation", "quota") and walk.happens(0.5):
        first = walk.after(20, 90)
        walk.cut(Doing("establishment_programme", first, first + timedelta(days=730)))


def _occupation(walk: Walk) -> None:
    """From the first occupation on: which day by the municipality's and the sex's chances, then step by step."""
    woman = walk.person.sex == "female"
    within_12 = walk.place.active_12 - (walk.place.gap if woman else 0)
    within_24 = walk.place.active_24 - (walk.place.gap / 3 if woman else 0)
    drawn = walk.chance.random()
    if drawn < within_12:
        day = walk.after(20, 20) + timedelta(days=round(walk.chance.betavariate(2.0, 1.6) * 335))
    elif drawn < within_24:
        day = walk.after(366, 715)
    else:
        day = walk.after(735, 1300)
    kinds = FIRST
    for _step in range(walk.chance.choice((1, 2, 2, 3, 4))):
        kind = walk.chance.choices(list(kinds), list(kinds.values()))[0]
        doing = _doing(walk, kind, day)
        walk.cut(doing)
        if doing.last is None:
            return
        day, kinds = walk.after(1, 120, doing.last), NEXT


def _doing(walk: Walk, kind: str, first: date) -> Doing:
    chance = walk.chance
    if kind in STUDIES:
        return Doing(kind, first, first + timedelta(days=chance.randint(150, 500)), place=walk.place.schools[0])
    basis = chance.choices(("yes", "no", "unknown"), (28, 40, 32))[0]
    employer = "Arbetsförmedlingen" if kind == "labour_market_programme" else chance.choice(walk.place.employers)
    least, most = {"internship": (50, 230), "labour_market_programme": (60, 260)}.get(kind, (150, 900))
    extent = chance.choice((50, 75, 100, 100)) if kind in WORK else chance.choice((50, 100))
    return Doing(kind, first, first + timedelta(days=chance.randint(least, most)), place=employer, extent=extent,
                 basis=basis)  # fmt: skip


def _case(walk: Walk) -> None:
    """The case closes after two years of introduction, earlier with work or by leaving; some are referred onward."""
    way = walk.way
    way.opened = min(walk.until, way.received + timedelta(days=walk.chance.randint(0, 6)))
    due = add_months(way.opened, 24) + timedelta(days=walk.chance.randint(-25, 40))
    if walk.happens(0.12):
        due = walk.after(420, 690, way.opened)
    if way.gone and way.gone < due:
        way.closed = (way.gone, "deceased" if way.died else "moved")
    if way.closed is None and due <= walk.until:
        way.closed = (due, _reason(walk, due))
    last = way.closed[0] if way.closed else walk.until
    if walk.happens(0.07) and (last - way.opened).days > 120:
        way.handed_over = walk.after(60, (last - way.opened).days - 10, way.opened)
    if walk.happens(0.16) and (last - way.opened).days > 60:
        receiver = walk.chance.choices(("health_care", "employment_service", "adult_education"), (3, 4, 3))[0]
        way.referrals.append((receiver, walk.after(20, (last - way.opened).days, way.opened)))
    _notes(walk, last)


def _reason(walk: Walk, on: date) -> str:
    at = {
        doing.kind
        for doing in walk.way.doings
        if doing.first and doing.first <= on and (doing.last is None or doing.last >= on)
    }
    if at & WORK:
        return "work"
    if at & STUDIES:
        return "studies"
    return walk.chance.choices(("period_over", "social_services", "other"), (62, 32, 6))[0]


def _notes(walk: Walk, last: date) -> None:
    way, days = walk.way, (last - (walk.way.opened or last)).days
    for _note in range(walk.chance.choices((0, 1, 2, 3), (35, 40, 18, 7))[0]):
        on = walk.after(0, max(0, days), way.opened)
        state = "struck" if walk.happens(0.008) else "signed"
        way.entries.append(entry(walk.chance, on, state=state))
    if way.closed is None and walk.happens(0.05):
        way.entries.append(entry(walk.chance, walk.until, state="draft"))
