"""An exit survey in the unit that is shown first: two thirds answered, then it was closed."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from matrikel.base.scope import acting_as
from matrikel.domain.casework import door as casework
from matrikel.domain.surveys import door as surveys
from matrikel.kernel.acting import Acting
from matrikel_forms import Item

FORM, TITLE = "exit_survey", "Efter introduktionen"
LANGUAGES = ("en", "ar", "so", "ti")
SAID = (
    "Min handläggare hjälpte mig mycket.",
    "Det tog för lång tid att få bostad.",
    "Kursen var bra men för kort.",
    "Jag vill ha praktik tidigare.",
)

BESIDE: dict[str, Any] = {
    "label": "Länet, förra året",
    "score": "exit_survey_index",
    "value": Decimal("58.5"),
    "source": "Påhittat tal i demonstrationen",
}


def ask(*, by: Acting, today: date, chance: Random) -> None:
    """Ask everybody enrolled in the unit, let most of them answer, and close."""
    with acting_as(by):
        known = surveys.surveys()[FORM]
        campaign = surveys.plan(
            form=FORM, title=TITLE, kind="anonymous", closes_on=today + timedelta(days=30), groups=("sex", "age_band"),
            languages=[lang for lang in LANGUAGES if lang in known.wordings], by=by,
        )  # fmt: skip
        chosen = casework.enrolled(by=by)
        surveys.open_to(campaign=campaign, recipients=chosen.recipients, population="Inskrivna nu", by=by)
        invited = surveys.to_invite(campaign)
        form = surveys.form_of(campaign)
    nobody = surveys.respondent(by.board_id, by.unit_id, by.municipality)
    with acting_as(nobody):
        for invitation, _code in chance.sample(invited, k=2 * len(invited) // 3):
            language = chance.choice(campaign.languages)
            answers = {item.id: given for item in form.items.values() if (given := _answer(item, chance)) is not None}
            surveys.answer(invitation=invitation, answers=answers, language=language, by=nobody)
    with acting_as(by):
        campaign = surveys.close(campaign=campaign, by=by)
        surveys.compare_with(campaign=campaign, by=by, **BESIDE)


def _answer(item: Item, chance: Random) -> Any:
    """Something to say, most often in the better half; nothing now and then where nothing has to be said."""
    if item.type in ("text", "long_text"):
        return chance.choice(SAID) if chance.random() < 0.4 else None
    if not item.required and chance.random() < 0.08:
        return None
    if item.type == "scale":
        return round(chance.triangular(item.least or 0, item.most or 5, 0.8 * (item.most or 5)))
    if item.options:
        return item.options[round(chance.triangular(0, len(item.options) - 1, 0.6 * len(item.options)))].id
    return None
