"""A survey of the unit's own: nine statements, sent to so and so many."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from matrikel.base.scope import acting_as
from matrikel.domain.surveys.actions.answering import answer
from matrikel.domain.surveys.actions.campaigns import Recipient, open_to, plan
from matrikel.domain.surveys.models import Campaign
from matrikel.domain.surveys.queries import address_of, invitation_of, to_invite
from matrikel.domain.surveys.rules import respondent
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from tests.cast import Cast

ITEMS = (
    "meaningful", "learning", "looking_forward", "appreciation", "trust", "responsibility", "knows_goals",
    "goals_followed", "expectations",
)  # fmt: skip
Opened = Callable[..., Campaign]
Replies = Callable[..., None]


def in_a_month() -> date:
    return clock.today() + timedelta(days=30)


def all_at(step: int) -> dict[str, Any]:
    return dict.fromkeys(ITEMS, step)


def open_survey(by: Acting, invited: int | list[Recipient], *, kind: str = "anonymous", **values: Any) -> Campaign:
    recipients = [Recipient() for _ in range(invited)] if isinstance(invited, int) else invited
    given = {"form": "hme", "title": "Medarbetare 2026", "languages": ["en"], "closes_on": in_a_month()} | values
    with acting_as(by):
        campaign = plan(kind=kind, by=by, **given)
        return open_to(campaign=campaign, recipients=recipients, population="Alla på enheten", by=by)


@pytest.fixture
def opened(cast: Cast) -> Opened:
    """`opened(24, kind="anonymous")`: Cecilia's survey, open to that many, or to the given recipients."""

    return partial(open_survey, cast.cecilia)


@pytest.fixture
def replies(cast: Cast) -> Replies:
    """`replies(campaign, [5, 3])`: as many answers, all at that step, by codes nobody has used."""

    def made(campaign: Campaign, steps: list[int]) -> None:
        with acting_as(cast.cecilia):
            codes = [code for invitation, code in to_invite(campaign) if not invitation.answered]
        for code, step in zip(codes, steps, strict=False):
            reply(code, all_at(step))

    return made


def reply(code: str, answers: dict[str, Any], language: str = "sv") -> None:
    """Answer as the public page does: from the code alone, with nobody logged in."""
    address = address_of(code)
    assert address is not None
    by = respondent(address.board_id, address.campaign_id, address.board.municipality_id)
    with acting_as(by):
        invitation = invitation_of(code)
        assert invitation is not None
        answer(invitation=invitation, answers=answers, language=language, by=by)
