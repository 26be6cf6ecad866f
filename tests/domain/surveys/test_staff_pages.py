"""Running a survey through its pages: from plan to results, letters and workbook, and what others see of it."""

import io

import pypdf
import pytest
from django.urls import reverse

from matrikel.base.scope import acting_as
from matrikel.domain.surveys.actions.campaigns import close
from matrikel.domain.surveys.models import Campaign, Reference
from matrikel.domain.surveys.queries import campaign_for, campaigns
from matrikel.domain.trail.models import Entry
from tests.cast import Cast

from .conftest import Opened, Replies, in_a_month


def test_a_survey_is_planned_counted_and_opened(cast: Cast, browse) -> None:
    client = browse(cast.cecilia)
    plan = {"key": "6f0c1e0a-0000-4000-8000-000000000001", "form": "hme", "title": "Våren", "kind": "anonymous",
            "languages": ["en"], "closes_on": in_a_month().isoformat()}  # fmt: skip
    there = client.post(reverse("surveys-plan"), plan)
    assert there.status_code == 302
    choose = there["Location"]
    form = {"key": "6f0c1e0a-0000-4000-8000-000000000002", "cohort": "handed", "count": "14"}
    counted = client.post(choose, form)
    assert "14 tillfrågas" in counted.content.decode()
    assert client.post(choose, form | {"open": ""}).status_code == 302
    with acting_as(cast.cecilia) as by:
        assert campaigns(by).get().state == "open"


OPEN = ("campaign", "remind", "close", "reference", "letters", "invitations", "recipients")
READ = ("sheet", "print", "texts", "theme")
"""What holds answers, which are read when the survey has closed and not before."""


def closed(campaign: Campaign, cast: Cast) -> None:
    with acting_as(cast.cecilia) as by:
        close(campaign=campaign_for(by, campaign.pk), by=by)


@pytest.mark.parametrize("name", [*OPEN, *READ])
def test_every_page_opens_for_her_who_runs_it_and_for_no_outsider(
    cast: Cast, browse, opened: Opened, replies: Replies, name: str
) -> None:
    campaign = opened(14)
    replies(campaign, [3] * 6 + [4] * 6)
    url = reverse(f"surveys-{name}", args=[campaign.pk])
    if name in READ:
        assert browse(cast.cecilia).get(url).status_code == 404
        closed(campaign, cast)
    assert browse(cast.cecilia).get(url).status_code == 200
    for by in (cast.bertil, cast.david, cast.erik, cast.rakel, cast.administrator):
        assert browse(by).get(url).status_code in (403, 404)


def test_the_page_says_what_they_answered(cast: Cast, browse, opened: Opened, replies: Replies) -> None:
    campaign = opened(24)
    replies(campaign, [5] * 6 + [3] * 6)
    url = reverse("surveys-campaign", args=[campaign.pk])
    html = browse(cast.cecilia).get(url).content.decode()
    assert "50 procent har svarat" in html
    assert "visas när enkäten är stängd" in html
    assert "Totalindex" not in html
    closed(campaign, cast)
    assert "Högst är Totalindex, 75,0 (60," in browse(cast.cecilia).get(url).content.decode()
    html = browse(cast.elsa).get(url).content.decode()
    assert "Totalindex" in html  # the controller of the board


def test_few_answers_are_not_shown(cast: Cast, browse, opened: Opened, replies: Replies) -> None:
    campaign = opened(24)
    replies(campaign, [5] * 9)
    closed(campaign, cast)
    html = browse(cast.cecilia).get(reverse("surveys-campaign", args=[campaign.pk])).content.decode()
    assert "Färre än 10 har svarat" in html
    assert "Totalindex" not in html


def test_a_figure_from_elsewhere_is_noted_and_taken_away_again(
    cast: Cast, browse, opened: Opened, replies: Replies
) -> None:
    campaign = opened(24)
    replies(campaign, [5] * 6 + [3] * 6)
    closed(campaign, cast)
    client, there = browse(cast.cecilia), reverse("surveys-campaign", args=[campaign.pk])
    sent = {"key": "6f0c1e0a-0000-4000-8000-000000000004", "label": "Staden", "score": "hme_total", "source": "Kolada"}
    page = client.post(reverse("surveys-reference", args=[campaign.pk]), {**sent, "value": "x"})
    assert page.status_code == 422
    client.post(reverse("surveys-reference", args=[campaign.pk]), {**sent, "value": "60,5"})
    held = "75,0 mot 60,5 (Staden): skillnaden är inte större"
    assert held in client.get(there).content.decode()
    with acting_as(cast.cecilia):
        reference = Reference.objects.get()
    url = reverse("surveys-reference-withdraw", args=[campaign.pk, reference.pk])
    for by in (cast.bertil, cast.david, cast.erik):
        assert browse(by).get(url).status_code in (403, 404)
    assert client.get(reverse("surveys-reference-withdraw", args=[campaign.pk, campaign.pk])).status_code == 404
    assert "Staden" in client.get(url).content.decode()
    gone = client.post(url, {"key": "6f0c1e0a-0000-4000-8000-000000000005"}, follow=True).content.decode()
    assert "borttaget" in gone
    assert held not in gone
    assert "Ångra" in gone
    with acting_as(cast.cecilia):
        assert Entry.objects.filter(action="surveys.reference.withdrawn").count() == 1
        assert Reference.with_voided.get().voided_at is not None


def test_the_results_on_paper_say_what_the_page_says(cast: Cast, browse, opened: Opened, replies: Replies) -> None:
    campaign = opened(24)
    replies(campaign, [5] * 6 + [3] * 6)
    closed(campaign, cast)
    reader = pypdf.PdfReader(io.BytesIO(browse(cast.elsa).get(reverse("surveys-print", args=[campaign.pk])).content))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "12 av 24 har svarat, 50 procent." in text
    assert "Högst är Totalindex, 75,0 (60," in text
    assert "Mitt arbete känns meningsfullt" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Medarbetare 2026"


def test_few_answers_on_paper_say_that_they_are_few(cast: Cast, browse, opened: Opened, replies: Replies) -> None:
    campaign = opened(24)
    replies(campaign, [5] * 9)
    closed(campaign, cast)
    answer = browse(cast.cecilia).get(reverse("surveys-print", args=[campaign.pk]))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "Färre än 10 har svarat" in text
    assert "Totalindex" not in text


def test_letters_hold_each_code_once_in_every_language(cast: Cast, browse, opened: Opened) -> None:
    campaign = opened(12)
    answer = browse(cast.cecilia).get(reverse("surveys-letters", args=[campaign.pk]))
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 12
    texts = [page.extract_text() for page in pages]
    assert all("anonym" in text and "anonymous" in text for text in texts)
    assert len(set(texts)) == 12


def test_letters_after_a_reminder_are_for_those_who_have_not_answered(
    cast: Cast, browse, opened: Opened, replies: Replies
) -> None:
    campaign = opened(12)
    replies(campaign, [3] * 5)
    client, url = browse(cast.cecilia), reverse("surveys-remind", args=[campaign.pk])
    assert client.post(url, {"key": "6f0c1e0a-0000-4000-8000-000000000003"}).status_code == 302
    answer = client.get(reverse("surveys-letters", args=[campaign.pk]))
    assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) == 7


def test_many_letters_come_in_parts_and_none_is_left_out(
    cast: Cast, browse, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matrikel.domain.casework.asking.MOST_LETTERS", 5)
    campaign = opened(12)
    client, url = browse(cast.cecilia), reverse("surveys-letters", args=[campaign.pk])
    page = client.get(reverse("surveys-invitations", args=[campaign.pk])).content.decode()
    assert page.count(f"{url}?del=") == 3
    texts = [
        each.extract_text()
        for part in (1, 2, 3)
        for each in pypdf.PdfReader(io.BytesIO(client.get(f"{url}?del={part}").content)).pages
    ]
    assert len(set(texts)) == 12


def test_a_controller_without_persons_hands_out_codes_only(cast: Cast, browse) -> None:
    with acting_as(cast.elsa) as by:
        from matrikel.domain.surveys.actions.campaigns import plan

        campaign: Campaign = plan(form="hme", title="x", kind="anonymous", languages=[], closes_on=in_a_month(), by=by)
    html = browse(cast.elsa).get(reverse("surveys-recipients", args=[campaign.pk])).content.decode()
    assert "koder att dela ut" in html
    assert "inskrivna nu" not in html
