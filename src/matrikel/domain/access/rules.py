"""Who may do what: roles in code, reviewed like code.

Law: lag (2001:454) 10 § (access by need), OSL 8:1–2 (walls between boards), OSL 26:1. A role says what kind of act a
post may do; the relation to a person (models.Relation) says to whom.
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    """The kinds of act. Kept under 25 so that a board can read the list before it signs a role."""

    HOME = "home"  # own settings, own posts
    PERSON_READ = "person.read"
    PERSON_SEARCH = "person.search"
    PERSON_WRITE = "person.write"
    PROTECTION_WRITE = "protection.write"
    CASE_WRITE = "case.write"
    CASE_ASSIGN = "case.assign"
    NOTE_WRITE = "note.write"
    SERVICE_WRITE = "service.write"
    SURVEY_RUN = "survey.run"
    FORM_WRITE = "form.write"
    FORM_SENSITIVE = "form.sensitive"
    PLAN_WRITE = "plan.write"
    IMPORT_RUN = "import.run"
    FIGURE_READ = "figure.read"
    FIGURE_RUN = "figure.run"
    FIGURE_PEOPLE = "figure.people"
    FIGURE_EXCHANGE = "figure.exchange"
    EMERGENCY_OPEN = "emergency.open"
    EMERGENCY_REVIEW = "emergency.review"
    LOG_READ = "log.read"
    STAFF_WRITE = "staff.write"


@dataclass(frozen=True)
class Role:
    """A kind of post. `reach` is how far the person wall opens: `unit`, `board` or `none` (no persons at all)."""

    code: str
    label: object
    description: object
    reach: str
    rights: frozenset[Right]


_CASEWORK = {
    Right.HOME, Right.PERSON_READ, Right.PERSON_SEARCH, Right.PERSON_WRITE, Right.PROTECTION_WRITE, Right.CASE_WRITE,
    Right.NOTE_WRITE, Right.SERVICE_WRITE, Right.FORM_WRITE, Right.FORM_SENSITIVE, Right.PLAN_WRITE,
    Right.FIGURE_READ, Right.FIGURE_PEOPLE, Right.EMERGENCY_OPEN,
}  # fmt: skip

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "caseworker",
            _("Handläggare"),
            _("Arbetar med personerna i den egna enheten."),
            "unit",
            frozenset(_CASEWORK),
        ),
        Role(
            "reader",
            _("Läsande medarbetare"),
            _("Läser i den egna enheten men ändrar inget."),
            "unit",
            frozenset({Right.HOME, Right.PERSON_READ, Right.PERSON_SEARCH, Right.FIGURE_READ}),
        ),
        Role(
            "unit_manager",
            _("Enhetschef"),
            _("Som handläggare, och fördelar ärenden, läser in register, gör enkäter, utbyter mått, granskar loggen."),
            "unit",
            frozenset(
                _CASEWORK
                | {
                    Right.CASE_ASSIGN,
                    Right.SURVEY_RUN,
                    Right.IMPORT_RUN,
                    Right.FIGURE_RUN,
                    Right.FIGURE_EXCHANGE,
                    Right.EMERGENCY_REVIEW,
                    Right.LOG_READ,
                }
            ),
        ),
        Role(
            "controller",
            _("Kvalitetscontroller"),
            _("Kör, läser och utbyter nämndens mått och gör enkäter, utan tillgång till personer."),
            "none",
            frozenset({Right.HOME, Right.FIGURE_READ, Right.FIGURE_RUN, Right.FIGURE_EXCHANGE, Right.SURVEY_RUN}),
        ),
        Role(
            "coordinator",
            _("Länssamordnare"),
            _("Läser publicerade mått för länet, utan tillgång till personer."),
            "none",
            frozenset({Right.HOME, Right.FIGURE_READ}),
        ),
        Role(
            "log_reviewer",
            _("Loggranskare"),
            _("Granskar vem som läst och ändrat, utan att öppna akter."),
            "none",
            frozenset({Right.HOME, Right.LOG_READ}),
        ),
        Role(
            "administrator",
            _("Administratör"),
            _("Lägger upp enheter, konton och tjänster. Ser inga personer."),
            "none",
            frozenset({Right.HOME, Right.STAFF_WRITE}),
        ),
    )
}

KEYS, KEY_DAYS = 5, 365
"""Keys of one post that hold at once, and how many days ahead the last day of one may be."""
KEY_MARK = "matrikel_"
"""What every key begins with, so that those who look for lost secrets find it."""


def digest_of(secret: str) -> str:
    """What is kept of a key. It is random through and through, so that nothing slower than SHA-256 is called for."""
    return sha256(secret.encode()).hexdigest()


EMERGENCY_MINUTES = 60
EMERGENCY_REASON_LENGTH = 20
EMERGENCY_REVIEW_WORKDAYS = 3


class Ground(StrEnum):
    """Why a unit or a post has a relation to a person."""

    REGISTRATION = "registration"  # the unit registered the person
    CASE = "case"
    HOUSEHOLD = "household"  # lives with somebody the unit works with
    CIRCLE = "circle"  # named in the circle of a protected person
    EMERGENCY = "emergency"


class Protection(StrEnum):
    """Protected personal data. `unknown` hides whereabouts and stops export and print, but not the person."""

    NONE = "none"
    UNKNOWN = "unknown"
    MARKED = "marked"  # sekretessmarkering
    REGISTRATION = "registration"  # skyddad folkbokföring


OPEN_PROTECTION = (Protection.NONE, Protection.UNKNOWN)
"""Levels at which the relation of the unit is enough; above them only the named circle sees the person."""

STRENGTH = {Protection.NONE: 0, Protection.UNKNOWN: 1, Protection.MARKED: 2, Protection.REGISTRATION: 3}


def shows_whereabouts(level: str) -> bool:
    """Address, school, place of work and destination may be shown, printed and exported."""
    return level == Protection.NONE
