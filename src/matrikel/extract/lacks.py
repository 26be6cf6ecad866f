"""What can be missing or odd about a person, and which measures then leave the person out. Pure.

A lack is found in what the rooms tell to statistics, so it is about exactly what is counted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from matrikel.kernel.period import age_on
from matrikel_stats import Definition
from matrikel_stats.declared.definition import attributes_used, conditions

NO_DAY = date.min
"""The day of what is missing altogether."""
ADULT = 18

Spell = tuple[str, date, date | None, str, str]
"""Kind, first day, last day, result, basis."""


@dataclass
class Known:
    """What is told of one person. Days of receptions and applications, the category of each reception."""

    born: date | None = None
    sex: str = ""
    died: date | None = None
    has_number: bool = False
    enrolled: list[date] = field(default_factory=list)
    receptions: list[tuple[date, str]] = field(default_factory=list)
    registered: list[tuple[date, date | None]] = field(default_factory=list)
    left: list[date] = field(default_factory=list)
    applied: list[date] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)

    def beginnings(self) -> Iterator[date]:
        """The first day of everything that happened to the person."""
        yield from self.enrolled
        yield from self.applied
        yield from (on for on, _category in self.receptions)
        yield from (start for start, _end in self.registered)
        yield from (spell[1] for spell in self.spells)


@dataclass(frozen=True)
class Lack:
    """`find` gives None when nothing lacks, else the day it is about, or NO_DAY.

    `concerns` tells whether a measure then counts the person less; `effect` how, in words.
    """

    key: str
    label: Any
    effect: Any
    find: Callable[[Known, date], date | None]
    concerns: Callable[[Definition], bool]


def _kinds(definition: Definition) -> set[str]:
    return {each.value for each in definition.cohort.anchor.rows.kinds}


def _outcome_reads(definition: Definition, attribute: str) -> bool:
    return any(match.attribute == attribute for leaf in conditions(definition.outcome) for match in leaf.rows.where)


def _splits(definition: Definition, dimension: str) -> bool:
    return any(dimension in dims for dims in definition.breakdowns)


def _starts(*kinds: str) -> Callable[[Definition], bool]:
    return lambda definition: bool(_kinds(definition) & set(kinds))


def _reads_age(definition: Definition) -> bool:
    return definition.cohort.first_age is not None or definition.cohort.last_age is not None


def _reads_category(definition: Definition) -> bool:
    return any(attribute == "category" for _table, attribute in attributes_used(definition))


def _uncategorised(known: Known, today: date) -> date | None:
    return next((on for on, category in known.receptions if not category), None)


def _no_result(known: Known, today: date) -> date | None:
    ended = [spell[2] for spell in known.spells if spell[0] == "sfi" and spell[2] and not spell[3]]
    return next((end for end in ended if end and end <= today), None)


def _not_applied(known: Known, today: date) -> date | None:
    """Began SFI with no application on or before the day."""
    starts = sorted(spell[1] for spell in known.spells if spell[0] == "sfi")
    return next((start for start in starts[:1] if not any(on <= start for on in known.applied)), None)


def _no_basis(known: Known, today: date) -> date | None:
    return next((spell[1] for spell in known.spells if spell[4] == "unknown" and spell[1] <= today), None)


def _moved_nowhere(known: Known, today: date) -> date | None:
    """The last registration has ended, with neither a death nor a word of where to."""
    ends = [end for _start, end in known.registered]
    if not ends or None in ends or known.died:
        return None
    last = max(end for end in ends if end is not None)
    return last if last < today and last not in known.left else None


def _no_case(known: Known, today: date) -> date | None:
    """An adult without a case; children stand in the cases of their parents."""
    grown = known.born is None or age_on(known.born, today) >= ADULT
    return NO_DAY if grown and not known.enrolled else None


def _before_birth(known: Known, today: date) -> date | None:
    return min((day for day in known.beginnings() if known.born and day < known.born), default=None)


def _after_death(known: Known, today: date) -> date | None:
    return max((day for day in known.beginnings() if known.died and day > known.died), default=None)


def _in_the_future(known: Known, today: date) -> date | None:
    days = [*(on for on, _category in known.receptions), *(start for start, _end in known.registered)]
    days += [day for day in (known.born, known.died) if day is not None]
    return max((day for day in days if day > today), default=None)


def _lacking(absent: Callable[[Known], bool]) -> Callable[[Known, date], date | None]:
    return lambda known, today: NO_DAY if absent(known) else None


NOT_COUNTED = _("räknas inte")
LACKS = (
    Lack("fodelsedatum", _("Födelsedatum saknas"), NOT_COUNTED, _lacking(lambda k: k.born is None), _reads_age),
    Lack("kon", _("Kön saknas"), _("räknas, men varken bland kvinnor eller män"), _lacking(lambda k: not k.sex),
         lambda definition: _splits(definition, "sex")),
    Lack("nummer", _("Nummer saknas"), _("räknas, men kan läsas in två gånger"), _lacking(lambda k: not k.has_number),
         lambda definition: False),
    Lack("mottagande", _("Mottagande saknas"), NOT_COUNTED, _lacking(lambda k: not k.receptions), _starts("reception")),
    Lack("kategori", _("Mottagande utan kategori"), NOT_COUNTED, _uncategorised, _reads_category),
    Lack("folkbokforing", _("Folkbokföring här saknas"), NOT_COUNTED, _lacking(lambda k: not k.registered),
         _starts("registration")),
    Lack("arende", _("Vuxen utan ärende"), NOT_COUNTED, _no_case, _starts("enrolment", "discharge", "referral")),
    Lack("sfi-resultat", _("Avslutad sfi utan resultat"), _("kan inte räknas som godkänd"), _no_result,
         lambda definition: _outcome_reads(definition, "result")),
    Lack("sfi-anmalan", _("Sfi utan anmälan före start"), NOT_COUNTED, _not_applied, _starts("sfi_application")),
    Lack("yrke", _("Bygger på tidigare yrke: okänt"), _("räknas som nej"), _no_basis,
         lambda definition: _outcome_reads(definition, "basis")),
    Lack("flytt", _("Folkbokföringen slut utan att det står vart"), _("räknas som flytt från länet"), _moved_nowhere,
         lambda definition: definition.leaving.anchor_ends),
    Lack("fore-fodelsen", _("Något börjar före födelsen"), _("åldern blir fel"), _before_birth, _reads_age),
    Lack("efter-doden", _("Något börjar efter dödsdagen"), _("räknas inte efter den dagen"), _after_death,
         lambda definition: bool(definition.leaving.deaths)),
    Lack("framtid", _("En dag som inte har varit än"), _("räknas först när dagen har kommit"), _in_the_future,
         lambda definition: False),
)  # fmt: skip
"""In the order they are shown."""
