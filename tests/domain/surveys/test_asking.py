"""Asking: planned, opened, answered once a code, closed; nobody else's, and nothing half taken in."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from matrikel.base.scope import acting_as
from matrikel.domain.surveys.actions.answering import Unfinished, answer
from matrikel.domain.surveys.actions.campaigns import Recipient, close, issue_code, open_to, plan, remind
from matrikel.domain.surveys.models import Answer, Campaign, Invitation
from matrikel.domain.surveys.queries import address_of, campaign_for, campaigns, invitation_of, results_of, to_invite
from matrikel.domain.trail.models import Entry
from matrikel.kernel import clock
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import Cast

from .conftest import Opened, Replies, all_at, in_a_month, reply


def codes_of(campaign: Campaign, cast: Cast) -> list[str]:
    with acting_as(cast.cecilia):
        return [code for _, code in to_invite(campaign)]


def test_a_survey_goes_from_codes_to_a_result(cast: Cast, opened: Opened, replies: Replies) -> None:
    campaign = opened(24)
    replies(campaign, [5] * 6 + [3] * 6)
    with acting_as(cast.cecilia) as by:
        closed = close(campaign=campaign_for(by, campaign.pk), by=by)
        found = results_of(closed)
    assert (found.invited, found.answered, found.rate) == (24, 12, 0.5)
    # six at 100 and six at 50: 75
    assert [(index.indicator, index.value) for index in found.indices][-1] == ("hme_total", 75)
    assert found.questions[0].counts == {"1": 0, "2": 0, "3": 6, "4": 0, "5": 6}


def test_nobody_else_has_the_survey(cast: Cast, opened: Opened) -> None:
    campaign = opened(12)
    for by in (*cast.outsiders, cast.bertil, cast.administrator):
        with acting_as(by):
            if by is cast.elsa:  # the controller of the same board
                assert campaign_for(by, campaign.pk) == campaign
                continue
            with pytest.raises(Missing):
                campaign_for(by, campaign.pk)
            with pytest.raises(NotAllowed):
                plan(form="hme", title="x", kind="anonymous", languages=[], closes_on=in_a_month(), by=by)
            with pytest.raises(NotAllowed):
                close(campaign=campaign, by=by)
    with acting_as(cast.erik) as by:
        assert not campaigns(by).exists()


def test_a_code_is_used_once(opened: Opened, cast: Cast) -> None:
    code = codes_of(opened(12), cast)[0]
    reply(code, all_at(4))
    with pytest.raises(RuleBroken) as caught:
        reply(code, all_at(1))
    assert caught.value.code == "code_used"


def test_two_who_send_the_same_code_at_once_make_one_answer(cast: Cast, opened: Opened) -> None:
    """Both have read the code as unused before either writes: what decides is the row, not what was read."""
    code = codes_of(opened(12), cast)[0]
    with acting_as(cast.cecilia) as by:
        first, second = invitation_of(code), invitation_of(code)
        assert first is not None
        assert second is not None
        answer(invitation=first, answers=all_at(2), language="sv", by=by)
        with pytest.raises(RuleBroken) as caught:
            answer(invitation=second, answers=all_at(4), language="sv", by=by)
        assert caught.value.code == "code_used"
        assert [kept.answers["meaningful"] for kept in Answer.objects.all()] == [2]


def test_typed_codes_are_read_as_people_type_them(opened: Opened, cast: Cast) -> None:
    code = codes_of(opened(12), cast)[0]
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]} "
    found = address_of(typed)
    assert found is not None
    for wrong in ("", "K7QF", code[:-1], code + "A", f"{code[:-1]}O", "'; drop table", "å" * 12):
        assert address_of(wrong) is None or wrong[:4] == code[:4]
    assert address_of("2222-2222-2222") is None


def test_a_closed_survey_takes_no_answer(cast: Cast, opened: Opened) -> None:
    campaign = opened(12)
    codes = codes_of(campaign, cast)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        reply(codes[0], all_at(3))  # the last day is a whole day
    with time_machine.travel(clock.now() + timedelta(days=31)), pytest.raises(RuleBroken) as late:
        reply(codes[1], all_at(3))
    assert late.value.code == "closed"
    with acting_as(cast.cecilia) as by:
        close(campaign=campaign_for(by, campaign.pk), by=by)
    with pytest.raises(RuleBroken) as closed:
        reply(codes[2], all_at(3))
    assert closed.value.code == "closed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"meaningful": 6},
        {"meaningful": "<b>"},
        {"nothing": 1},
        {"meaningful": "\u202e5"},
        {"meaningful": "5" * 200_000},
    ],
)
def test_a_faulty_answer_is_not_taken_in_and_the_code_stays(cast: Cast, opened: Opened, wrong: dict[str, Any]) -> None:
    code = codes_of(opened(12), cast)[0]
    with pytest.raises(Unfinished) as caught:
        reply(code, all_at(3) | wrong)
    assert [found.place for found in caught.value.problems] == list(wrong)
    reply(code, all_at(3))


def test_an_answered_survey_keeps_what_it_asked(cast: Cast, opened: Opened) -> None:
    campaign = opened(12)
    assert set(campaign.asked) == {"sv", "en"}
    with acting_as(cast.cecilia) as by, pytest.raises(RuleBroken, match="redan"):
        open_to(campaign=campaign, recipients=[Recipient()], population="", by=by)


def test_opening_is_refused_with_a_reason(cast: Cast) -> None:
    with acting_as(cast.cecilia) as by:
        with pytest.raises(RuleBroken) as unknown:
            plan(form="audit", title="x", kind="anonymous", languages=[], closes_on=in_a_month(), by=by)
        with pytest.raises(RuleBroken) as language:
            plan(form="hme", title="x", kind="anonymous", languages=["xx"], closes_on=in_a_month(), by=by)
        with pytest.raises(RuleBroken) as early:
            plan(form="hme", title="x", kind="anonymous", languages=[], closes_on=clock.today() - timedelta(1), by=by)
        campaign = plan(form="hme", title="x", kind="anonymous", languages=[], closes_on=in_a_month(), by=by)
        with pytest.raises(RuleBroken) as nobody:
            open_to(campaign=campaign, recipients=[], population="", by=by)
    found = [fault.value.code for fault in (unknown, language, early, nobody)]
    assert found == ["unknown_form", "unknown_language", "closes_early", "nobody_invited"]


def test_reminders_go_to_those_who_have_not_answered(cast: Cast, opened: Opened, replies: Replies) -> None:
    campaign = opened(12)
    replies(campaign, [3, 4])
    with acting_as(cast.cecilia) as by:
        everybody = {code for _, code in to_invite(campaign)}
        assert len(everybody) == 12
        assert remind(campaign=campaign, by=by) == 10
        silent = {code for _, code in to_invite(campaign)}
        assert len(silent) == 10
        assert silent < everybody, "with the codes they already have"


def test_a_code_at_the_desk(cast: Cast, opened: Opened) -> None:
    campaign = opened(12)
    with acting_as(cast.cecilia) as by:
        code = issue_code(campaign=campaign, by=by)
    reply(code, all_at(5), language="en")
    with acting_as(cast.cecilia):
        assert code not in {kept for _, kept in to_invite(campaign)}
        assert results_of(campaign).invited == 13


def test_nothing_leads_from_an_anonymous_answer_to_a_person(cast: Cast, opened: Opened) -> None:
    people = [uuid4() for _ in range(12)]
    campaign = opened([Recipient(person=person, groups={"unit": "A"}) for person in people], groups=["unit"])
    before = Entry.objects.count()
    for code in codes_of(campaign, cast)[:11]:
        reply(code, all_at(3))
    names = {field.name for field in Answer._meta.get_fields()}
    assert not names & {"invitation", "recorded_at", "at", "created", "version", "digest"}
    ids = {str(person) for person in people}
    with acting_as(cast.cecilia) as by:
        for kept in Answer.objects.all():
            assert kept.recipient is None
            assert not ids & set(json.dumps([kept.answers, kept.groups], default=str).split('"'))
            told = "".join(Entry.objects.order_by("seq").values_list("canon", flat=True))
            assert str(kept.pk) not in told
        # the log tells that so many answers came, and neither which nor whose
        given = list(Entry.objects.order_by("pk")[before:])
        assert len([entry for entry in given if entry.action == "surveys.answer.given"]) == 11
        assert all(entry.person_id is None for entry in given)
        close(campaign=campaign_for(by, campaign.pk), by=by)
        assert not Invitation.objects.filter(recipient__isnull=False).exists()


def test_a_confidential_answer_can_be_led_back_by_those_who_asked(cast: Cast, opened: Opened) -> None:
    person = uuid4()
    campaign = opened([Recipient(person=person)], kind="confidential")
    reply(codes_of(campaign, cast)[0], all_at(3))
    with acting_as(cast.cecilia):
        assert Answer.objects.get().recipient == person


def test_who_answered_shares_the_group_with_enough_others(cast: Cast, opened: Opened) -> None:
    """Twelve women in unit A, three men there: three men would be pointed out, so they keep only their unit."""
    invited = [Recipient(groups={"unit": "A", "sex": "female"})] * 12 + [
        Recipient(groups={"unit": "A", "sex": "male"})
    ] * 3
    campaign = opened(invited, groups=["unit", "sex"])
    with acting_as(cast.cecilia):
        held = [invitation.groups for invitation in Invitation.objects.filter(campaign=campaign)]
    assert held.count({"unit": "A", "sex": "female"}) == 12
    assert all("sex" not in groups for groups in held if groups.get("sex") != "female")
