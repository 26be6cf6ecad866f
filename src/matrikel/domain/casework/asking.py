"""Letters that ask people to answer a survey: names from the register beside codes that the survey gives."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from babel.dates import format_date
from django.utils.translation import gettext as _

from matrikel.base import paper
from matrikel.domain.instruments.door import phrases
from matrikel.domain.people import door as people
from matrikel.domain.surveys import door as surveys
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

LOCALES = {"sv-x-lattlast": "sv", "en": "en_GB", "prs": "fa_AF"}
"""Where the name of a locale is not that of the language."""
MOST_LETTERS = 2_000
"""Letters in one file; more are fetched in parts, each with its link on the page of the codes."""


def letters(campaign: surveys.Campaign, *, address: str, sender: str, by: Acting, part: int = 1) -> bytes:
    """Return a part of the letters (`MOST_LETTERS` each) as a tagged PDF. `address` is where to answer.

    Names stand on the letters of those within reach; their opening is logged. Raises RuleBroken("no_letters").
    """
    invited = surveys.to_invite(campaign)[MOST_LETTERS * (part - 1) : MOST_LETTERS * part]
    if not invited:
        raise RuleBroken("no_letters", _("Det finns inga brev att skriva."))
    names = _names([invitation.recipient for invitation, _code in invited if invitation.recipient], by=by)
    promise = "survey_anonymous" if campaign.is_anonymous else "survey_confidential"
    told = {
        "title": campaign.title,
        "sender": sender,
        "address": address,
        "says": _says("sv", campaign, promise),
        "code": phrases("sv")["survey_code"],
        "alt": _("Ruta att läsa in med kameran"),
        "others": [
            {"lang": lang, "says": _says(lang, campaign, promise)} for lang in campaign.languages if lang != "sv"
        ],
        "letters": [
            {
                "name": names.get(invitation.recipient, "") if invitation.recipient else "",
                "code": surveys.in_fours(code),
                "qr": _square(f"{address}{code}/"),
            }
            for invitation, code in invited
        ],
    }
    ethiopic = next((lang for lang in campaign.languages if lang in paper.ETHIOPIC), "sv")
    return paper.pdf("domain/casework/paper/letters.typ", told, lang=ethiopic)


def mail(campaign: surveys.Campaign) -> list[tuple[str, str]]:
    """Return the words of an invitation by e-mail, (language, text) for each language of the survey."""
    promise = "survey_anonymous" if campaign.is_anonymous else "survey_confidential"
    return [(lang, " ".join(_says(lang, campaign, promise))) for lang in campaign.languages]


def _says(lang: str, campaign: surveys.Campaign, promise: str) -> list[str]:
    known = phrases(lang)
    day = format_date(campaign.closes_on, "long", locale=LOCALES.get(lang, lang))
    return [known["survey_ask"], known["survey_how"], known[promise], known["survey_until"].replace("{day}", day)]


def _names(ids: Sequence[UUID], *, by: Acting) -> dict[UUID, str]:
    found = people.named(ids, by=by)
    trail.read("casework.letters.written", by=by, persons=found)
    return {key: people.title_of(person) for key, person in found.items()}


def _square(text: str) -> str:
    """The address as a QR code, in SVG."""
    stream: Any = BytesIO()
    segno.make(text, error="m").save(stream, kind="svg", xmldecl=False, border=0, dark="#16212a")
    return str(stream.getvalue().decode())
