"""Giving and ending the relation that opens a person to a unit or a post."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from matrikel.domain.access.models import Relation
from matrikel.domain.access.rules import EMERGENCY_MINUTES, EMERGENCY_REASON_LENGTH, Ground, Right
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken


def relate(
    *, person_id: UUID, ground: Ground, by: Acting, source_id: UUID | None = None, unit_id: UUID | None = None,
    post_id: UUID | None = None,
) -> Relation:  # fmt: skip
    """Let a unit (the acting one unless named), or one post in it, see a person."""
    with trail.writing("access.relation.given", by=by, person=person_id) as act:
        meant = {"unit_id": unit_id or by.unit_id, "post_id": post_id, "ground": ground, "source_id": source_id}
        new = trail.new_rows(Relation, person_id)
        if new is None:
            standing = Relation.objects.filter(person_id=person_id, until_at=None, **meant).first()
        else:
            alike = (r for r in new if r.until_at is None and all(getattr(r, n) == v for n, v in meant.items()))
            standing = next(alike, None)
        return standing or act.create(
            Relation(
                board_id=by.board_id, person_id=person_id, unit_id=unit_id or by.unit_id, post_id=post_id,
                ground=ground, source_id=source_id,
            )
        )  # fmt: skip


def end_relations(*, source_id: UUID, by: Acting) -> None:
    """End the relations that came from a case or another source."""
    with trail.writing("access.relation.ended", by=by) as act:
        for relation in Relation.objects.filter(source_id=source_id, until_at=None):
            act.change(relation, until_at=clock.now())


def carry_relations(*, from_person: UUID, to_person: UUID, by: Acting) -> None:
    """Let everybody who sees one person see another, for the same reason. Emergency openings stay where they were."""
    with trail.writing("access.relation.carried", by=by, person=to_person):
        for relation in Relation.objects.filter(person_id=from_person, until_at=None):
            relate(
                person_id=to_person, ground=Ground(relation.ground), source_id=relation.source_id,
                unit_id=relation.unit_id, post_id=relation.post_id, by=by,
            )  # fmt: skip


def open_in_emergency(*, person_id: UUID, reason: str, by: Acting) -> Relation:
    """Open one person to the acting post for an hour. The caller has re-authenticated the user.

    Raises NotAllowed without the right, RuleBroken when the reason says too little.
    """
    if not by.may(Right.EMERGENCY_OPEN):
        raise NotAllowed
    if len(reason.strip()) < EMERGENCY_REASON_LENGTH:
        raise RuleBroken(
            "reason_too_short", _("Skriv varför du måste öppna akten nu, minst %(n)s tecken.")
            % {"n": EMERGENCY_REASON_LENGTH}, field="reason",
        )  # fmt: skip
    with trail.writing("access.emergency.opened", by=by, person=person_id) as act:
        act.seal()
        return act.create(
            Relation(
                board_id=by.board_id, person_id=person_id, unit_id=by.unit_id, post_id=by.post_id,
                ground=Ground.EMERGENCY, until_at=clock.now() + timedelta(minutes=EMERGENCY_MINUTES),
                reason=reason.strip(),
            )
        )  # fmt: skip


def review_emergency(*, relation_id: UUID, by: Acting) -> Relation:
    """The manager has seen an emergency opening. Nobody reviews their own."""
    if not by.may(Right.EMERGENCY_REVIEW):
        raise NotAllowed
    relation: Relation | None = Relation.objects.filter(
        pk=relation_id, unit_id=by.unit_id, ground=Ground.EMERGENCY
    ).first()
    if relation is None or relation.post_id == by.post_id:
        raise Missing
    with trail.writing("access.emergency.reviewed", by=by, person=relation.person_id) as act:
        return act.change(relation, reviewed_by_id=by.post_id, reviewed_at=clock.now())
