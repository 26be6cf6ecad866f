"""Families everybody meets: Selam Tesfay, whose way the tutorials follow, a mother with protected data, and two whose
time is running out.

Days are counted back from today, so that the goal windows run the same way whenever the demo is made.
"""

from datetime import date, datetime, time, timedelta

from matrikel.demo.county import STAFF
from matrikel.demo.plan import Doing, Entry, Family, Individual, Way
from matrikel.kernel.clock import SWEDEN
from matrikel.kernel.numbers import IdentityNumber, luhn
from matrikel.kernel.period import add_months

PLACE = "2380"
WORKER = STAFF[0].email
MANAGER = STAFF[2].email
SCHOOL = "Lärcentrum Östersund"
SHOWN = "Selam Tesfay"
DRINKS = "Farid Rahimi"
"""He has filled in AUDIT."""
CASE_REVIEW = "Ärendegenomgång. Planen följs; kvällskurs tas upp vid nästa besök."


def showcase(today: date) -> list[Family]:
    """The families, with every event on or before today."""
    return [_selam(today), _protected(today), _goal_soon(today), _sfi_soon(today)]


def _number(born: date, serial: int) -> IdentityNumber:
    digits = f"{born:%y%m%d}{serial}"
    return IdentityNumber("personal", f"{born.year // 100}{digits}{luhn(digits)}")


def _note(kind: str, on: date, hour: int, text: str, state: str = "signed") -> Entry:
    return Entry(kind, datetime.combine(on, time(hour, 30), SWEDEN), text, state)


def _selam(today: date) -> Family:
    """From reception to half-time work in twenty months: applied for SFI, internship, passed, employed."""
    registered = add_months(today, -20)

    def day(after: int) -> date:
        return registered + timedelta(days=after)

    born = date(1994, 5, 17)
    selam = Individual(
        "Selam", "Tesfay", born, "female", "ER", own_script="ሰላም ተስፋይ", script="ti", languages=("ti", "ar", "en"),
        interpreter="ti", interpreter_note="kvinnlig tolk", number=_number(born, 986),
    )  # fmt: skip
    selam.way = _selams_way(today, registered)
    children = [
        Individual(
            "Luwam", "Tesfay", date(registered.year - 8, 9, 3), "female", "ER", "child", "ልዋም ተስፋይ", "ti", ("ti",)
        ),
        Individual(
            "Yonas", "Tesfay", date(registered.year - 4, 1, 22), "male", "ER", "child", "ዮናስ ተስፋይ", "ti", ("ti",)
        ),
    ]
    for child, serial in zip(children, (988, 983), strict=True):
        child.number = _number(child.born, serial)
        child.way = Way(day(-6), registered, "quota_refugee", "quota", selam.way.permit,
                        allocation=selam.way.allocation, first_registered=registered)  # fmt: skip
    return Family(PLACE, registered, [selam, *children], worker=WORKER)


def _selams_way(today: date, registered: date) -> Way:
    def day(after: int) -> date:
        return registered + timedelta(days=after)

    received = day(-6)
    way = Way(received, registered, "quota_refugee", "quota", ("quota", day(-20), add_months(day(-20), 36)),
              allocation=(f"A-{received.year}-0412", day(-45)), first_registered=registered,
              opened=received)  # fmt: skip
    way.doings = [
        Doing("sfi", day(49), day(420), day(14), "SFI kurs B och C", SCHOOL, result="passed"),
        Doing("establishment_programme", day(30), day(30 + 730)),
        Doing("housing_guide", day(3), day(40), title="Bo i lägenhet"),
        Doing("civic_orientation", day(95), day(215), title="Samhällsorientering, 100 timmar", place=SCHOOL),
        Doing(
            "internship",
            day(230),
            day(400),
            title="Kök och servering",
            place="Frösö äldreboende",
            extent=50,
            basis="yes",
        ),
        Doing("employment", day(455), None, place="Frösö äldreboende", extent=50, basis="yes"),
    ]
    way.referrals = [("health_care", day(12))]
    way.entries = [
        _note("meeting", day(-6), 10, "Mottagning på kontoret med tolk. Vi gick igenom den första veckan: bank, buss, "
              "förskola och skola. Selam har drivit ett litet kafé och vill helst arbeta med mat."),
        _note("visit", day(21), 13, "Hembesök. Lägenheten fungerar. Luwam har börjat skolan, "
              "Yonas får förskoleplats nästa månad."),
        _note("phone", day(228), 9, "Köket på Frösö äldreboende tar emot på praktik, halvtid, "
              "med samma handledare hela tiden."),
        _note("phone", day(233), 9, "Ringde om busskortet.", "struck"),
        _note("meeting", day(396), 14, "Trepartsmöte. Handledaren är nöjd och vill anställa på halvtid. "
              "Selam vill läsa vidare kvällstid."),
        _note("visit", day(470), 11, "Första lönen har kommit. Vi läste lönebeskedet tillsammans."),
        _note("other", today - timedelta(days=1), 15, "Att ta upp nästa gång: kvällskurs, och", "draft"),
    ]  # fmt: skip
    return way


def _protected(today: date) -> Family:
    """A mother and a son with protected registration, seen by the case worker and the head of the unit alone."""
    registered = add_months(today, -9)

    def day(after: int) -> date:
        return registered + timedelta(days=after)

    mother = Individual("Rima", "Nasser", date(1989, 11, 2), "female", "SY", own_script="ريما ناصر", script="ar",
                        languages=("ar",), interpreter="ar", number=_number(date(1989, 11, 2), 984))  # fmt: skip
    son = Individual("Zaid", "Nasser", date(2017, 3, 9), "male", "SY", "child", "زيد ناصر", "ar", ("ar",),
                     number=_number(date(2017, 3, 9), 991))  # fmt: skip
    for person in (mother, son):
        person.way = Way(
            day(-3), registered, "secondary_mover", "from_municipality",
            ("refugee", day(-400), add_months(day(-400), 36)),
            previous_municipality="0180", first_registered=day(-380),
        )  # fmt: skip
    assert mother.way is not None
    mother.way.opened = day(-3)
    mother.way.doings = [Doing("sfi", day(40), None, day(10), "SFI kurs C", SCHOOL)]
    mother.way.entries = [_note("meeting", day(2), 10, "Möte på kontoret. Vi kom överens om hur vi når varandra.")]
    return Family(PLACE, registered, [mother, son], protection="registration", worker=WORKER)


def _goal_soon(today: date) -> Family:
    """A man whose first year ends in three weeks: through SFI, with neither work nor internship yet."""
    registered = add_months(today, -12) + timedelta(days=22)

    def day(after: int) -> date:
        return registered + timedelta(days=after)

    born = date(1988, 3, 12)
    farid = Individual("Farid", "Rahimi", born, "male", "AF", own_script="فرید رحیمی", script="ar", languages=("prs",),
                       interpreter="prs", number=_number(born, 985))  # fmt: skip
    farid.way = Way(day(-2), registered, "relative", "family_reunification",
                    ("family", day(-30), add_months(day(-30), 24)),
                    first_registered=registered, opened=day(-2))  # fmt: skip
    farid.way.doings = [
        Doing("sfi", day(41), day(320), day(9), "SFI kurs B", SCHOOL, result="passed"),
        Doing("civic_orientation", day(90), day(200), title="Samhällsorientering, 100 timmar", place=SCHOOL),
    ]
    farid.way.entries = [_note("meeting", day(322), 10, "Klar med kurs B. Söker praktik i byggbranschen.")]
    return Family(PLACE, registered, [farid], worker=WORKER)


def _sfi_soon(today: date) -> Family:
    """A woman who has waited for SFI for ten of the thirteen weeks the law allows."""
    applied = today - timedelta(days=70)

    def day(after: int) -> date:
        return applied + timedelta(days=after)

    born = date(1997, 8, 30)
    parwin = Individual("Parwin", "Hashemi", born, "female", "AF", own_script="پروین هاشمی", script="ar",
                        languages=("fa",), interpreter="fa", number=_number(born, 988))  # fmt: skip
    parwin.way = Way(day(-12), day(-10), "relative", "family_reunification",
                     ("family", day(-60), add_months(day(-60), 24)),
                     first_registered=day(-10), opened=day(-12))  # fmt: skip
    parwin.way.doings = [Doing("sfi", applied=applied, title="SFI kurs A", place=SCHOOL)]
    return Family(PLACE, day(-10), [parwin], worker=WORKER)
