"""Reading surveys: a unit's campaigns, who has not answered, what was answered."""

from collections import Counter
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from matrikel.domain.access.door import ROLES, Right
from matrikel.domain.surveys import tally
from matrikel.domain.surveys.codes import code_of
from matrikel.domain.surveys.indices import measured
from matrikel.domain.surveys.models import Address, Answer, Campaign, Invitation, Reference, Sorted, Theme
from matrikel.domain.surveys.rules import SLUG, Channel, digest, read_code
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, RuleBroken
from matrikel_forms import Form, form_asked, load

CHUNK = 5_000


def surveys() -> dict[str, Form]:
    """The forms that can be sent out, by id."""
    return {form.id: form for form in load(settings.DEFINITIONS / "instruments") if form.kind == "survey"}


def check_open(campaign: Campaign) -> None:
    """Raise RuleBroken("closed") for a survey that takes no more answers; the last day is a whole day."""
    if campaign.state != "open" or clock.today() > campaign.closes_on:
        raise RuleBroken("closed", _("Enkäten är stängd och tar inte emot fler svar."))


def campaigns(by: Acting) -> QuerySet[Campaign]:
    """Campaigns the post may see, newest first: of its unit, or of the board for those who follow its figures."""
    found: QuerySet[Campaign] = Campaign.objects.select_related("unit").order_by("-recorded_at")
    return found if ROLES[by.role].reach == "none" else found.filter(unit_id=by.unit_id)


def with_counts(found: QuerySet[Campaign]) -> list[Campaign]:
    """Campaigns with how many are invited and have answered, as `invited` and `answered`."""
    rows: list[Any] = list(found)
    counts = Invitation.objects.filter(campaign__in=rows).values_list("campaign").annotate(
        n=Count("pk"), k=Count("pk", filter=Q(answered=True))
    )  # fmt: skip
    by_campaign = {key: (n, k) for key, n, k in counts}
    for row in rows:
        row.invited, row.answered = by_campaign.get(row.pk, (0, 0))
    return rows


def themes(campaign: Campaign) -> list[Theme]:
    """The themes of a campaign with how many texts stand under each, as `count`."""
    found = Theme.objects.filter(campaign=campaign).order_by("recorded_at")
    return list(found.annotate(count=Count("texts", filter=Q(texts__voided_at=None))))


def campaign_for(by: Acting, campaign_id: UUID) -> Campaign:
    """One campaign. Raises Missing."""
    found = campaigns(by).filter(pk=campaign_id).first() if by.may(Right.SURVEY_RUN) else None
    if found is None:
        raise Missing
    return found


def closed_for(by: Acting, campaign_id: UUID) -> Campaign:
    """One campaign whose answers may be read: they come all at once, when it has closed. Raises Missing."""
    found = campaign_for(by, campaign_id)
    if found.state != "closed":
        raise Missing
    return found


@lru_cache(maxsize=64)
def form_of(campaign: Campaign, lang: str = "sv") -> Form:
    """Return the form as it was asked, with the wording of a language (Swedish when it was not asked in that).

    Kept between answers: what an opened campaign asks never changes, and reading it is a third of taking an answer in.
    """
    kept = campaign.asked
    return form_asked(kept.get(lang) or kept["sv"])


def address_of(code: str) -> Address | None:
    """Where a code leads, before anybody acts; None for what is no code or leads nowhere."""
    typed = read_code(code)
    return Address.objects.select_related("board").filter(slug=typed[:SLUG]).first() if typed else None


def invitation_of(code: str) -> Invitation | None:
    """The invitation of a code inside the board that is acted in."""
    found: Invitation | None = (
        Invitation.objects.filter(digest=digest(read_code(code))).select_related("campaign__unit").first()
    )
    return found


def to_invite(campaign: Campaign) -> list[tuple[Invitation, str]]:
    """Invitations to send, with their codes: all, and after a reminder those who have not answered."""
    found = Invitation.objects.filter(campaign=campaign).exclude(channel=Channel.DESK).order_by("pk")
    if found.filter(reminded_on__isnull=False).exists():
        found = found.filter(answered=False)
    return [(invitation, code_of(campaign.slug, invitation.pk)) for invitation in found]


def results_of(campaign: Campaign) -> tally.Results:
    """What a campaign says: kept since it closed.

    While it is open only how many have answered: a result that moves with each answer tells what the latest one said.
    """
    if campaign.results is not None:
        return tally.from_plain(campaign.results)
    asked = Invitation.objects.filter(campaign=campaign)
    return tally.Results(asked.count(), asked.filter(answered=True).count(), hidden=True)


def counted(campaign: Campaign) -> tally.Results:
    """Count the answers there are, the day it is."""
    form = form_of(campaign)
    given = list(Answer.objects.filter(campaign=campaign).values_list("pk", "groups", "answers"))
    invited: Counter[tuple[tuple[str, str], ...]] = Counter()
    for groups in Invitation.objects.filter(campaign=campaign).values_list("groups", flat=True).iterator(CHUNK):
        invited[tuple(sorted(groups.items()))] += 1
    spoken = Answer.objects.filter(campaign=campaign).values_list("language").annotate(n=Count("pk"))
    return tally.tally(
        form,
        (row[1:] for row in given),
        invited=invited,
        dims=campaign.groups,
        threshold=campaign.threshold,
        languages=dict(spoken),
        measured=measured(form, given, dims=campaign.groups, day=clock.today(), threshold=campaign.threshold),
    )


def earlier(campaign: Campaign) -> list[Campaign]:
    """Closed campaigns of the unit with the same form, newest first."""
    found = Campaign.objects.filter(unit_id=campaign.unit_id, form=campaign.form)
    return list(found.exclude(pk=campaign.pk).filter(closed_at__isnull=False).order_by("-closed_at"))


def references(campaign: Campaign) -> list[Reference]:
    """Figures from elsewhere that stand, in the order they were noted."""
    return list(Reference.objects.filter(campaign=campaign).order_by("recorded_at"))


def reference_for(campaign: Campaign, reference_id: UUID) -> Reference:
    """One figure from elsewhere. Raises Missing."""
    found: Reference | None = Reference.objects.filter(campaign=campaign, pk=reference_id).first()
    if found is None:
        raise Missing
    return found


def free_texts(campaign: Campaign, *, by: Acting) -> list[dict[str, Any]]:
    """Free texts in no order that tells who wrote them, each with the themes it stands under; logged.

    Empty while fewer than the threshold have answered: a handful of texts point at a handful of people.
    """
    form = form_of(campaign)
    free = [name for name, item in form.items.items() if item.type in ("text", "long_text")]
    rows = list(Answer.objects.filter(campaign=campaign).order_by("pk").values_list("pk", "answers"))
    if len(rows) < campaign.threshold or not free:
        return []
    trail.note("surveys.texts.read", by=by, of="surveys.campaign", object=campaign.pk)
    placed: dict[tuple[UUID, str], list[Sorted]] = {}
    for row in Sorted.objects.filter(theme__campaign=campaign).select_related("theme"):
        placed.setdefault((row.answer_id, row.item), []).append(row)
    return [
        {"answer": answer, "item": path, "text": value, "sorted": placed.get((answer, path), [])}
        for answer, answers in rows
        for path, value in answers.items()
        if path.rpartition("/")[2] in free
    ]
