"""Identity numbers: reading, checking and showing them.

Personal and coordination numbers: folkbokföringslagen (1991:481) 18 § and lag (2022:1697) om samordningsnummer.
Two-digit years are read against the date of the register they stand in, never against today.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Kind = Literal["personal", "coordination", "t_number", "lma", "dossier", "local"]
FaultKind = Literal["checksum", "date", "shape"]
KINDS: tuple[Kind, ...] = get_args(Kind)

HIDDEN = "•"
COORDINATION_DAYS = 60
TEST_SERIALS = range(980, 1000)  # Skatteverket's published test numbers

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_NOISE = re.compile(r"[\s'’`\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_DIGITS = re.compile(r"(\d{2})?(\d{2})(\d{2})(\d{2})([-+]?)(\d{4})")
_RESERVE = re.compile(r"(\d{2})?(\d{2})(\d{2})(\d{2})[-+]?(?=\d{0,3}[A-Z])([A-Z0-9]{4})")
_CARD = re.compile(r"(\d{2})-?(\d{6})")
_PREFIX = re.compile(
    r"(?P<lma>LMA)|(?P<dossier>DOSSIER|BETECKNING|BET\.?(?=N)|DNR)|(?P<local>LOKALT?|RESERV|RES\.?(?=N|-|\d)|R-)"
)
_PREFIX_REST = re.compile(r"S?-?(?:KORT|RESERV)?S?-?(?:NUMMER|NR\.?|N:O)?[:.#-]*")
_LOCAL = re.compile(r"[A-Z0-9ÅÄÖ][A-Z0-9ÅÄÖ./-]{0,19}")

_REMEDIES: dict[FaultKind, str] = {
    "checksum": "Compare every digit with an extract from the population register: the last digit does not fit.",
    "date": "The first digits are no date of birth that can exist: compare them with an identity document.",
    "shape": "Write the number with 10 or 12 digits, or say which other kind of number it is.",
}


class NumberFault(ValueError):
    """A text that is no identity number. Holds kind and remedy, never the text itself."""

    def __init__(self, kind: FaultKind) -> None:
        self.kind = kind
        self.remedy = _REMEDIES[kind]
        super().__init__(f"{kind}: {self.remedy}")


@dataclass(frozen=True, slots=True, repr=False)
class IdentityNumber:
    """A number of a named kind in its normal form.

    `value` is YYYYMMDDNNNN for personal and coordination numbers, YYYYMMDD and four characters for t_number,
    eight digits for lma and dossier, capitals and digits for local. Shown in logs and by print only masked.
    """

    kind: Kind
    value: str

    @property
    def birth_date(self) -> date | None:
        """The date of birth written in the number; None for kinds that hold none."""
        if self.kind not in ("personal", "coordination", "t_number"):
            return None
        return _birth_date(self.value[:4], self.value[4:6], self.value[6:8])

    @property
    def sex(self) -> Literal["female", "male"] | None:
        """The legal sex written in the next to last digit; None for kinds that hold none."""
        if self.kind not in ("personal", "coordination"):
            return None
        return "male" if int(self.value[10]) % 2 else "female"

    @property
    def is_test(self) -> bool:
        """Whether digits 9–11 lie in 980–999, the serials Skatteverket publishes for tests."""
        return self.kind in ("personal", "coordination") and int(self.value[8:11]) in TEST_SERIALS

    @property
    def formatted(self) -> str:
        """The number as a human writes it: 19900312-9812, 50-083223."""
        if self.kind in ("lma", "dossier"):
            return f"{self.value[:2]}-{self.value[2:]}"
        return self.value if self.kind == "local" else f"{self.value[:8]}-{self.value[8:]}"

    @property
    def masked(self) -> str:
        """Enough to recognise the number by, not enough to use it: 900312-••••."""
        if self.kind in ("lma", "dossier"):
            return f"{self.value[:2]}-{HIDDEN * 6}"
        return HIDDEN * 4 if self.kind == "local" else f"{self.value[2:8]}-{HIDDEN * 4}"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"IdentityNumber({self.kind} {self.masked})"


def parse(text: str, *, register_date: date, kind: Kind | None = None) -> IdentityNumber:
    """Read one identity number as people write it.

    `register_date` is the last day the register tells of: a ten-digit number belongs to somebody born by then, with
    a plus sign to somebody who has turned a hundred in that year. `kind` is what the column says it holds: it settles
    what the text alone leaves open (lma, dossier, local). Eight digits alone, NN-NNNNNN, are a dossier number: the
    LMA card carries the dossier number, so the two are the same number on two papers.

    Raises NumberFault of kind `shape`, `date` or `checksum`.
    """
    plain = _plain(text)
    if kind == "local":
        return _local(plain)
    if kind in ("lma", "dossier"):
        return _card(kind, plain)
    if match := _DIGITS.fullmatch(plain):
        return _personal(match, register_date)
    if match := _RESERVE.fullmatch(plain):
        year = match[1] + match[2] if match[1] else _full_year(match[2], match[3], match[4], "", register_date)
        _birth_date(year, match[3], match[4])
        return IdentityNumber("t_number", f"{year}{match[3]}{match[4]}{match[5]}")
    if prefix := _PREFIX.match(plain):
        return _prefixed(plain, prefix)
    if (match := _CARD.fullmatch(plain)) and not _is_day(plain):
        return IdentityNumber("dossier", match[1] + match[2])
    raise NumberFault("shape")


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DASHES)
        text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)  # Arabic-Indic and other digits
    return _NOISE.sub("", text).upper()


def luhn(digits: str) -> int:
    """The check digit of nine digits: weights 2 and 1 in turn, sum of digits, up to the next ten."""
    total = 0
    for place, digit in enumerate(digits):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def _personal(match: re.Match[str], register_date: date) -> IdentityNumber:
    century, yy, month, day, sign, serial = match.groups()
    year = century + yy if century else _full_year(yy, month, day, sign, register_date)
    _birth_date(year, month, day)
    if serial.startswith("000"):
        raise NumberFault("shape")
    if luhn(yy + month + day + serial[:3]) != int(serial[3]):
        raise NumberFault("checksum")
    kind: Kind = "coordination" if int(day) > COORDINATION_DAYS else "personal"
    return IdentityNumber(kind, f"{year}{month}{day}{serial}")


def _full_year(yy: str, month: str, day: str, sign: str, register_date: date) -> str:
    latest = register_date.year - (100 if sign == "+" else 0)
    year = latest - (latest - int(yy)) % 100
    real_day = int(day) - COORDINATION_DAYS if int(day) > COORDINATION_DAYS else int(day)
    # Compared as numbers because 29 February need not exist in both centuries.
    if sign != "+" and (year, int(month), real_day) > (
        register_date.year,
        register_date.month,
        register_date.day,
    ):
        year -= 100
    return f"{year:04d}"


def _birth_date(year: str, month: str, day: str) -> date:
    real_day = int(day) - COORDINATION_DAYS if int(day) > COORDINATION_DAYS else int(day)
    if not "1800" <= year <= "2199":
        raise NumberFault("date")
    try:
        return date(int(year), int(month), real_day)
    except ValueError:
        raise NumberFault("date") from None


def _prefixed(plain: str, prefix: re.Match[str]) -> IdentityNumber:
    rest = plain[prefix.end() :]
    found = _PREFIX_REST.match(rest)
    number = rest[found.end() :] if found else rest
    if prefix["local"]:
        if not any(character.isdigit() for character in number):
            raise NumberFault("shape")
        return _local(number)
    return _card("lma" if prefix["lma"] else "dossier", number)


def _card(kind: Literal["lma", "dossier"], plain: str) -> IdentityNumber:
    if prefix := _PREFIX.match(plain):
        return _prefixed(plain, prefix)
    if match := _CARD.fullmatch(plain):
        return IdentityNumber(kind, match[1] + match[2])
    raise NumberFault("shape")


def _local(plain: str) -> IdentityNumber:
    if not _LOCAL.fullmatch(plain):
        raise NumberFault("shape")
    return IdentityNumber("local", plain)


def _is_day(plain: str) -> bool:
    if len(plain) != 8 or not "1800" <= plain[:4] <= "2199":
        return False
    try:
        date(int(plain[:4]), int(plain[4:6]), int(plain[6:8]))
    except ValueError:
        return False
    return True
