"""What a batch goes through, how a register's words become codes, and what is said when a row meets what stands.

An import fills in what is missing and changes nothing that stands (lag (2001:454) 10 §, SoL 14:3: what is recorded is
corrected by somebody who answers for it). Facts that differ are told, and a human decides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Status(StrEnum):
    UPLOADED = "uploaded"
    READING = "reading"
    PREVIEWED = "previewed"
    QUEUED = "queued"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


class Effect(StrEnum):
    """What a row did to the register."""

    NEW = "new"
    FILLED = "filled"
    UNCHANGED = "unchanged"
    NONE = "none"


OPEN = (Status.UPLOADED, Status.PREVIEWED)
"""Nothing is written yet: columns and answers may still be changed."""
ACTIVE = (Status.READING, Status.QUEUED, Status.RUNNING, Status.UNDOING)
RESUMABLE = (Status.STOPPED, Status.FAILED)
UNDOABLE = (Status.DONE, Status.STOPPED, Status.FAILED)

HELD_SECONDS = 0.25
"""How long one transaction may hold the writer before it is committed; a row that has begun is finished first."""
CHUNK = 128
"""Rows that are compared with the register by the same queries."""
STALE_SECONDS = 20
"""A batch at work that has not been heard of for so long has been stopped from outside, and may be resumed."""
QUEUED_SECONDS = 900
"""The same for one that waits for its turn."""
INLINE_BYTES = 400_000
"""Files up to this size are read through while the page waits; larger ones by the worker."""
SAMPLED = 3_000
"""Rows of a large file that are looked at before its columns are paired."""
WORDS = 60
"""Unknown words that are asked about."""
TOLD = 200
"""Rows with problems that a preview keeps to show."""
SHOWN = 12
"""Rows of a file shown before it is imported."""

PROTECTION = {"yes": "marked", "no": "none", "unknown": "unknown"}
"""What the file's own column says, as a level of protection."""
ANSWERS = {"no": _("Nej, ingen"), "yes": _("Ja, men det framgår inte vilka"), "unknown": _("Vet inte")}
"""Does the register hold protected persons? Asked once; decides for persons about whom the file says nothing."""
UNSAID = {"no": "none", "yes": "unknown", "unknown": "unknown"}

CLOSE_REASONS = {
    "completed": "period_over",
    "died": "deceased",
    "employment": "work",
    "employment_service": "other",
    "left_country": "moved",
    "moved": "moved",
    "other": "other",
    "own_request": "other",
    "pension": "other",
    "referred_social_services": "social_services",
    "studies": "studies",
    "time_limit": "period_over",
}
"""Reasons for discharge in synonyms.csv → close_reasons.csv."""
RECEIVERS = {"employment_service": "employment_service"}
"""Reasons that also are a referral, where the close reason does not say so itself."""
STUDIES = ("studies_upper_secondary", "studies_adult", "studies_higher")
"""What a column of studies may mean in activities.csv; the first unless chosen."""

DUPLICATE = "duplicate_person"
"""What the reading says of a row about a person who stands on an earlier row of the file."""

UNNAMED_PLACE = "uppgift saknas i registret"
"""Where an internship took place when the register does not say: stored, and found again by the next import."""

CODED = {
    "category": "categories",
    "sex": "sexes",
    "sfi_result": "sfi_results",
    "discharge_reason": "close_reasons",
}
"""Fields whose unknown words a human can give a meaning, and the list the answer is chosen from."""
UNKNOWN_KINDS = {
    "unknown_category": "category",
    "unknown_sex": "sex",
    "unknown_sfi_result": "sfi_result",
    "unknown_discharge_reason": "discharge_reason",
}

_NUMBER = re.compile(r"((?:\d{2})?\d{6}[-+ ]?)[0-9A-Z]{4}(?!\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A fault found when a row meets the register: how severe, what is said, what to do."""

    severity: str
    message: object
    remedy: object


KINDS: Mapping[str, Kind] = {
    "differs": Kind(
        "flagged", _("Registret har redan en annan uppgift."),
        _("Inget skrevs över. Rätta på personens sida om filen har rätt."),
    ),
    "looks_alike": Kind(
        "flagged", _("Liknar någon som redan finns, men numret saknas."),
        _("Jämför de två och slå ihop dem om det är samma person. Skriv annars numret i filen."),
    ),
    "two_persons": Kind(
        "refused", _("Numren på raden hör till två olika personer."),
        _("Rätta det nummer som är fel. Är det samma människa, slå först ihop de två."),
    ),
    "overlaps": Kind(
        "refused", _("Två perioder av samma slag går in i varandra."),
        _("Rätta datumen, eller skriv perioderna som en."),
    ),
    "in_future": Kind(
        "refused", _("Dagen har inte kommit än."), _("Rätta årtalet, eller vänta tills det har hänt."),
    ),
    "start_before_application": Kind(
        "flagged", _("Starten ligger före ansökan. Ansökan lästes inte in."), _("Rätta det datum som är fel."),
    ),
    "result_without_end": Kind(
        "flagged", _("Ett resultat utan slutdatum. Resultatet lästes inte in."), _("Skriv när studierna slutade."),
    ),
    "discharge_without_enrolment": Kind(
        "flagged", _("Utskriven utan att vara inskriven. Utskrivningen lästes inte in."),
        _("Skriv när personen skrevs in."),
    ),
    "unknown_language": Kind(
        "flagged", _("Språket finns inte i listan."), _("Skriv språkets svenska namn."),
    ),
    "unknown_municipality": Kind(
        "flagged", _("Kommunen finns inte i listan."), _("Skriv kommunens namn utan ordet kommun."),
    ),
    "country_not_listed": Kind(
        "flagged", _("Landet finns inte i listan över länder i dag."), _("Skriv det land som finns nu."),
    ),
    "known_elsewhere": Kind("refused", "%(text)s", _("Kontakta enheten. Raden kan läsas in igen när ni är överens.")),
    "rule": Kind("refused", "%(text)s", _("Rätta uppgiften i filen och läs in raden igen.")),
}  # fmt: skip


def masked(text: str) -> str:
    """A text in which the end of everything that looks like a person number is hidden."""
    return _NUMBER.sub(lambda found: f"{found[1]}••••", text)
