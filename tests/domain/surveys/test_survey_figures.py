"""A closed survey becomes figures: the declared indicators, counted once, with nobody behind them."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from matrikel.base.scope import acting_as
from matrikel.domain.figures import door as figures
from matrikel.domain.surveys import facts
from matrikel.domain.surveys.actions.campaigns import Recipient, close
from matrikel.domain.surveys.models import Answer, Campaign, Invitation
from matrikel.domain.surveys.queries import campaign_for, results_of, to_invite
from matrikel.extract import door as extract
from matrikel.kernel import clock
from tests.cast import Cast

from .conftest import ITEMS, Opened, Replies, reply

INDICES = ("hme_motivation", "hme_leadership", "hme_steering", "hme_total")
ONE = dict(zip(ITEMS, (5, 4, 3, 5, 5, 5, 1, 2, 3), strict=True))
"""5 4 3 is 75, 5 5 5 is 100, 1 2 3 is 25; together 200 / 3."""


def closed(campaign: Campaign, cast: Cast) -> Campaign:
    with acting_as(cast.cecilia) as by:
        return close(campaign=campaign_for(by, campaign.pk), by=by)


@pytest.fixture
def asked(cast: Cast, opened: Opened) -> Campaign:
    """Twenty women and twelve men are asked; twelve women and ten men answer, two of the women not all of it."""
    women = [Recipient(person=uuid4(), groups={"sex": "female"}) for _ in range(20)]
    men = [Recipient(person=uuid4(), groups={"sex": "male"}) for _ in range(12)]
    campaign = opened([*women, *men], groups=["sex"])
    with acting_as(cast.cecilia):
        codes: dict[str, list[str]] = {"female": [], "male": []}
        for invitation, code in to_invite(campaign):
            codes[invitation.groups["sex"]].append(code)
    for code in [*codes["female"][:10], *codes["male"][:10]]:
        reply(code, ONE)
    for code in codes["female"][10:12]:
        reply(code, {"meaningful": 1})
    return campaign


def test_the_page_and_the_published_figures_say_the_same(cast: Cast, asked: Campaign) -> None:
    found = {index.indicator: index for index in results_of(closed(asked, cast)).indices}
    assert {name: (each.n, each.value) for name, each in found.items()} == {
        "hme_motivation": (20, pytest.approx(75)), "hme_leadership": (20, pytest.approx(100)),
        "hme_steering": (20, pytest.approx(25)), "hme_total": (20, pytest.approx(200 / 3)),
    }  # fmt: skip
    with acting_as(cast.cecilia) as by:
        run = extract.run_figures(by=by, freeze=clock.today(), indicators=[*INDICES, "hme_response_rate"])
        assert (run.status, run.error) == ("done", "")
        assert run.persons == 0, "a respondent is no person of the register"
    for reader in (cast.bertil, cast.elsa):
        with acting_as(reader) as by:
            for name in INDICES:
                cell = figures.show(by, name, area=figures.BOARD).total.cell
                assert (cell.n, cell.value) == (found[name].n, found[name].value)
                assert (cell.low, cell.high) == (found[name].low, found[name].high)
            rate = figures.show(by, "hme_response_rate", area=figures.BOARD).total.cell
            assert (rate.n, rate.value) == (32, pytest.approx(100 * 22 / 32))


def test_groups_say_only_what_ten_have_answered(cast: Cast, asked: Campaign) -> None:
    groups = {group.value: group for group in results_of(closed(asked, cast)).groups}
    assert {name: (each.invited, each.answered) for name, each in groups.items()} == {
        "female": (20, 12), "male": (12, 10)
    }  # fmt: skip
    assert groups["male"].values["hme_total"] == pytest.approx(200 / 3)


def test_nothing_is_told_while_the_survey_is_open(cast: Cast, asked: Campaign) -> None:
    """What moves with each answer tells what the latest one said."""
    with acting_as(cast.cecilia) as by:
        assert (list(facts.respondents().rows), list(facts.responses().rows)) == ([], [])
        told = results_of(campaign_for(by, asked.pk))
    assert (told.invited, told.answered, told.hidden, told.indices, told.questions) == (32, 22, True, (), ())


def test_no_way_leads_from_what_is_told_to_a_person_or_a_moment(cast: Cast, asked: Campaign) -> None:
    with time_machine.travel(clock.now() + timedelta(days=3)):
        day = clock.today()
        closed(asked, cast)
    with acting_as(cast.cecilia):
        who = [row[0] for row in facts.respondents().rows]
        told = list(facts.responses().rows)
        invited = set(Invitation.objects.values_list("pk", flat=True))
        answers = set(Answer.objects.values_list("pk", flat=True))
    assert set(who) == invited | answers
    assert not invited & answers
    assert {row[3] for row in told} == {day}
    assert {row[0] for row in told if row[2] == "answered"} == invited
    assert {row[0] for row in told if row[2] != "answered"} == answers
    ids = [row[0] for row in told if row[2] == "meaningful"]
    assert ids == sorted(ids), "in the order of ids drawn by chance"
    with acting_as(cast.erik):
        assert (list(facts.respondents().rows), list(facts.responses().rows)) == ([], [])


def test_nine_answers_are_hidden_wherever_they_are_read(cast: Cast, opened: Opened, replies: Replies) -> None:
    campaign = opened(24)
    replies(campaign, [4] * 9)
    told = results_of(closed(campaign, cast))
    assert (told.hidden, told.answered, told.indices) == (True, 9, ())
    with acting_as(cast.cecilia) as by:
        extract.run_figures(by=by, freeze=clock.today(), indicators=INDICES)
    with acting_as(cast.elsa) as by:
        view = figures.show(by, "hme_total", area=figures.BOARD)
    assert view.total.hidden
    assert view.total.cell.value is None


def test_a_survey_has_no_list_of_persons(cast: Cast, asked: Campaign, browse) -> None:
    closed(asked, cast)
    with acting_as(cast.cecilia) as by:
        extract.run_figures(by=by, freeze=clock.today(), indicators=INDICES)
    client = browse(cast.cecilia)
    page = client.get("/resultat/hme_total/?omrade=kommun").content.decode()
    assert "66,7" in page
    assert client.get("/resultat/hme_total/personer/").status_code == 404
