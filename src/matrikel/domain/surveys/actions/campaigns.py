"""Running a survey: planned, opened to those invited, reminded, closed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.surveys.codes import code_of
from matrikel.domain.surveys.indices import indices_of
from matrikel.domain.surveys.models import Address, Campaign, Invitation, Reference
from matrikel.domain.surveys.queries import CHUNK, counted, surveys
from matrikel.domain.surveys.rules import LETTERS, MOST_CODES, SLUG, Channel, Kind, coarsened, digest
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken
from matrikel_forms import asked


@dataclass(frozen=True)
class Recipient:
    """Somebody to be invited: a person's id (None for a code handed out), how, and what answers are compared by."""

    person: UUID | None = None
    channel: Channel = Channel.LETTER
    groups: dict[str, str] = field(default_factory=dict)


def plan(
    *,
    form: str,
    title: str,
    kind: str,
    languages: Sequence[str],
    closes_on: date,
    by: Acting,
    groups: Sequence[str] = (),
) -> Campaign:
    """Plan a survey of the acting unit. Raises NotAllowed, RuleBroken: unknown_form, unknown_language, closes_early."""
    _require(by)
    found = surveys().get(form)
    if found is None:
        raise RuleBroken("unknown_form", _("Välj ett av formulären i listan."), field="form")
    if unknown := set(languages) - {"sv", *found.wordings}:
        words = _("Formuläret finns inte på %(languages)s.") % {"languages": ", ".join(sorted(unknown))}
        raise RuleBroken("unknown_language", words, field="languages")
    _check_last_day(closes_on)
    campaign = Campaign(
        board_id=by.board_id, unit_id=by.unit_id, title=title.strip(), form=form, kind=Kind(kind).value,
        languages=list(dict.fromkeys(("sv", *languages))), closes_on=closes_on, groups=list(groups),
        threshold=max(found.threshold, 5),
    )  # fmt: skip
    with trail.writing("surveys.campaign.planned", by=by) as act:
        return act.create(campaign)


def open_to(*, campaign: Campaign, recipients: Sequence[Recipient], population: str, by: Acting) -> Campaign:
    """Open a planned survey to those invited; the form is kept as it reads now. It cannot be undone.

    Raises NotAllowed, RuleBroken: opened_already, nobody_invited, too_many, closes_early.
    """
    _require(by)
    if campaign.state != "draft":
        raise RuleBroken("opened_already", _("Enkäten är redan öppnad."))
    if not recipients:
        raise RuleBroken(
            "nobody_invited", _("Ingen finns att fråga. Ändra urvalet, eller lägg till koder att dela ut.")
        )
    if len(recipients) > MOST_CODES:
        raise RuleBroken("too_many", _("Högst %(most)s kan tillfrågas i en omgång.") % {"most": MOST_CODES})
    _check_last_day(campaign.closes_on)
    form = surveys()[campaign.form]
    with trail.writing("surveys.campaign.opened", by=by) as act:
        act.seal()
        campaign = act.change(
            campaign, number=form.version, logic_hash=form.logic_hash, population=population.strip()[:200],
            asked={lang: asked(form, lang) for lang in campaign.languages}, slug=_address(campaign),
            opened_at=clock.now(),
        )  # fmt: skip
        groups = [
            {name: value for name, value in each.groups.items() if name in campaign.groups} for each in recipients
        ]
        if campaign.is_anonymous:
            groups = coarsened(groups, campaign.threshold)
        Invitation.objects.bulk_create(
            [_invitation(campaign, each, held) for each, held in zip(recipients, groups, strict=True)], CHUNK
        )
        act.entry(of="surveys.campaign", object=campaign.pk, invited=len(recipients))
        return campaign


def issue_code(*, campaign: Campaign, by: Acting) -> str:
    """Give one code to somebody at the desk. Raises NotAllowed, RuleBroken: not_open."""
    _require(by)
    _require_open(campaign)
    invitation = _invitation(campaign, Recipient(channel=Channel.DESK), {})
    invitation.save(force_insert=True)
    trail.note("surveys.code.issued", by=by, of="surveys.campaign", object=campaign.pk)
    return code_of(campaign.slug, invitation.pk)


def remind(*, campaign: Campaign, by: Acting) -> int:
    """Note that those who have not answered are reminded; return how many. Raises NotAllowed, RuleBroken: not_open."""
    _require(by)
    _require_open(campaign)
    silent = Invitation.objects.filter(campaign=campaign, answered=False).exclude(channel=Channel.DESK)
    with trail.writing("surveys.campaign.reminded", by=by) as act:
        count = int(silent.update(reminded_on=clock.today()))
        act.entry(of="surveys.campaign", object=campaign.pk, reminded=count)
        return count


def close(*, campaign: Campaign, by: Acting) -> Campaign:
    """Close the survey: results are kept, and of an anonymous one it is forgotten who was invited. No undo.

    Raises NotAllowed, RuleBroken: not_open.
    """
    _require(by)
    _require_open(campaign)
    with trail.writing("surveys.campaign.closed", by=by) as act:
        act.seal()
        campaign = act.change(campaign, closed_at=clock.now(), results=counted(campaign).plain())
        if campaign.is_anonymous:
            Invitation.objects.filter(campaign=campaign).update(recipient=None)
        return campaign


def compare_with(*, campaign: Campaign, label: str, score: str, value: Decimal, source: str, by: Acting) -> Reference:
    """Note a figure from elsewhere to hold a score against. Raises NotAllowed, RuleBroken: unknown_score."""
    _require(by)
    if score not in {each.id for each in indices_of(campaign.form)}:
        raise RuleBroken("unknown_score", _("Formuläret har inget sådant index."), field="score")
    row = Reference(
        board_id=by.board_id, campaign=campaign, label=label.strip(), score=score, value=value, source=source.strip()
    )
    with trail.writing("surveys.reference.noted", by=by) as act:
        return act.create(row)


def withdraw(*, reference: Reference, by: Acting) -> None:
    """Take a figure from elsewhere away again. Raises NotAllowed."""
    _require(by)
    with trail.writing("surveys.reference.withdrawn", by=by) as act:
        act.void(reference)


def _require(by: Acting) -> None:
    if not by.may(Right.SURVEY_RUN):
        raise NotAllowed


def _require_open(campaign: Campaign) -> None:
    if campaign.state != "open":
        raise RuleBroken("not_open", _("Enkäten är inte öppen."))


def _check_last_day(closes_on: date) -> None:
    if closes_on < clock.today():
        raise RuleBroken("closes_early", _("Sista svarsdag har redan varit. Välj en senare dag."), field="closes_on")


def _address(campaign: Campaign) -> str:
    """A free address; two campaigns that draw the same letters at once are kept apart by the primary key."""
    slug = "".join(secrets.choice(LETTERS) for _letter in range(SLUG))
    Address.objects.create(slug=slug, board_id=campaign.board_id, campaign_id=campaign.pk)
    return slug


def _invitation(campaign: Campaign, recipient: Recipient, groups: dict[str, str]) -> Invitation:
    key = uuid4()
    return Invitation(
        id=key, board_id=campaign.board_id, campaign=campaign, digest=digest(code_of(campaign.slug, key)),
        channel=recipient.channel, recipient=recipient.person, groups=groups,
    )  # fmt: skip
