"""What the municipality offers, what each kind needs, and how long somebody may wait for SFI.

Law: skollagen (2010:800) 20 kap. (SFI within three months; one month within the establishment programme, SFS 2017:595);
time counted in months ends on the day of the same number: lag (1930:173) 1 §.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from matrikel.base import codes
from matrikel.domain.access.door import Right
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken
from matrikel.kernel.period import Period, add_months


@dataclass(frozen=True)
class Offer:
    """A kind of service: its lane in the picture, whether one applies for it, its list of results, who provides it."""

    lane: str
    applies: bool = False
    results: str = ""
    needs_provider: bool = False


OFFERS: dict[str, Offer] = {
    "sfi": Offer("sfi", applies=True, results="sfi_results"),
    "internship": Offer("internship", needs_provider=True),
    "civic_orientation": Offer("course"),
    "course_15_points": Offer("course"),
    "validation": Offer("course"),
    "protected_work": Offer("work", needs_provider=True),
    "housing_guide": Offer("support"),
}
"""Kinds of activities.csv that the municipality offers or pays. The others are activities of the person (people)."""

ESTABLISHMENT = "establishment_programme"


@dataclass(frozen=True)
class Limit:
    """The last day on which a start is in time, the months that gave it, and where that is said."""

    on: date
    months: int
    paragraph: str

    def days_left(self, today: date) -> int:
        """Days from today to the limit; negative when it has passed."""
        return (self.on - today).days


SFI_MONTHS = 3
SFI_PARAGRAPH = "skollagen (2010:800) 20 kap."
SFI_ESTABLISHMENT_MONTHS = 1
SFI_ESTABLISHMENT_FROM = date(2018, 1, 1)
SFI_ESTABLISHMENT_PARAGRAPH = "skollagen (2010:800) 20 kap., SFS 2017:595"


def sfi_start_limit(applied_on: date, in_establishment: bool) -> Limit:
    """When SFI applied for on a day is to have begun at the latest.

    Three months; for somebody in the establishment programme the municipality works for one month, since 2018.
    """
    if in_establishment and applied_on >= SFI_ESTABLISHMENT_FROM:
        last = add_months(applied_on, SFI_ESTABLISHMENT_MONTHS)
        return Limit(last, SFI_ESTABLISHMENT_MONTHS, SFI_ESTABLISHMENT_PARAGRAPH)
    return Limit(add_months(applied_on, SFI_MONTHS), SFI_MONTHS, SFI_PARAGRAPH)


def require_right(by: Acting) -> None:
    if not by.may(Right.SERVICE_WRITE):
        raise NotAllowed


def check_kind(kind: str, *, applied: bool) -> Offer:
    """The offer behind a kind. Raises RuleBroken: unknown_kind, not_applied_for."""
    offer = OFFERS.get(kind)
    if offer is None:
        raise RuleBroken("unknown_kind", _("Välj en insats som kommunen erbjuder."), field="kind")
    if applied and not offer.applies:
        raise RuleBroken(
            "not_applied_for", _("Den insatsen ansöker man inte om. Skriv in när den började."), field="kind"
        )
    return offer


def check_result(offer: Offer, result: str, end_date: date | None) -> None:
    """A result is a code of the kind's list, and comes with the last day."""
    if not result:
        return
    if not offer.results:
        raise RuleBroken("no_results", _("Den insatsen har inget resultat."), field="result")
    codes.require(offer.results, result, on=end_date, field="result")
    if end_date is None:
        raise RuleBroken("result_before_end", _("Skriv sista dagen tillsammans med resultatet."), field="end_date")


def check_provider(offer: Offer, provider: str) -> None:
    if offer.needs_provider and not provider.strip():
        raise RuleBroken("no_provider", _("Skriv hos vem."), field="provider")


def check_days(
    applied_on: date | None, start_date: date | None, end_date: date | None, *, born: date | None, died: date | None
) -> None:
    """Applied, then started, then ended, all in the person's life. An application has come; a start may be planned."""
    if applied_on and applied_on > clock.today():
        raise RuleBroken("in_future", _("Dagen har inte kommit än. Skriv dagen då ansökan kom in."), field="applied_on")
    if applied_on and start_date and start_date < applied_on:
        raise RuleBroken("start_before_application", _("Starten ligger före ansökan."), field="start_date")
    if end_date and (start_date is None or end_date < start_date):
        raise RuleBroken("end_before_start", _("Sista dagen ligger före första dagen."), field="end_date")
    first = min((day for day in (applied_on, start_date) if day), default=None)
    if first is None:
        raise RuleBroken("no_day", _("Skriv när det började eller när ansökan kom in."), field="start_date")
    if born and first < born:
        raise RuleBroken("before_birth", _("Dagen ligger före födelsedagen."), field="start_date")
    if died and max(day for day in (applied_on, start_date, end_date) if day) > died:
        raise RuleBroken(
            "after_death", _("Dagen ligger efter dödsdagen."), field="end_date" if end_date else "start_date"
        )


def check_extent(extent: int | None) -> None:
    if extent is not None and not 1 <= extent <= 100:
        raise RuleBroken("extent", _("Omfattningen är 1 till 100 procent."), field="extent")


def check_overlap(mine: Period, others: list[tuple[str, Period]], provider: str) -> None:
    """Spells of a kind may run side by side with different providers, as two internships do; with one they may not."""
    for held_by, period in others:
        if _same(held_by, provider) and mine.overlaps(period):
            last = period.last.isoformat() if period.last else _("tills vidare")
            raise RuleBroken(
                "overlaps",
                _("Det finns redan en sådan insats från %(first)s till %(last)s. Avsluta eller rätta den först.")
                % {"first": period.first.isoformat(), "last": last},
                field="start_date",
            )


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
