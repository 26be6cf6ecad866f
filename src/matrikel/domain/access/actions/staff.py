"""Setting up the organisation and its staff. `by=None` only while an installation is being created."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from matrikel.domain.access.models import Board, Installation, Municipality, Post, Unit, User
from matrikel.domain.access.rules import ROLES, Right
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken


@transaction.atomic
def install(*, is_demo: bool) -> Installation:
    """Declare what this database is, once and for ever."""
    if Installation.objects.exists():
        raise RuleBroken("installed", _("Databasen är redan en installation."))
    installation = Installation.objects.create(is_demo=is_demo)
    trail.note("access.installation.created", by=None, demo=is_demo)
    return installation


@transaction.atomic
def set_up_unit(*, municipality: Municipality, board: str, unit: str, by: Acting | None) -> Unit:
    """A unit under a board of a municipality; the board is created when it is new.

    Raises RuleBroken for a second municipality where the database is SQLite and no demo.
    """
    _may(by)
    _one_municipality(municipality)
    municipality.save()
    owner, _new = Board.objects.get_or_create(municipality=municipality, name=board)
    created, is_new = Unit.objects.get_or_create(board=owner, name=unit)
    if is_new:
        trail.note("access.unit.created", by=by, object=created.pk, of="access.unit")
    return created


@transaction.atomic
def employ(
    *, email: str, name: str, unit: Unit, role: str, by: Acting | None, title: str = "", password: str | None = None,
    start_date: date | None = None,
) -> Post:  # fmt: skip
    """Give a member of staff a post in a unit; the account is created when the address is new.

    Raises RuleBroken for an unknown role, a second post of the same kind, or a grant to oneself.
    """
    _may(by)
    if role not in ROLES:
        raise RuleBroken("unknown_role", _("Rollen %(role)s finns inte.") % {"role": role}, field="role")
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email.strip(), name, password)
    elif by and user.pk == by.user_id:
        raise RuleBroken("own_rights", _("Ingen ger sig själv en tjänst. Be en annan administratör."), field="email")
    if Post.objects.filter(user=user, unit=unit, role=role, end_date=None).exists():
        raise RuleBroken("post_exists", _("%(name)s har redan den tjänsten.") % {"name": user.name}, field="email")
    post = Post.objects.create(user=user, unit=unit, role=role, title=title, start_date=start_date or clock.today())
    trail.note("access.post.given", by=by, object=post.pk, of="access.post", role=role)
    return post


@transaction.atomic
def end_post(*, post_id: UUID, on: date, by: Acting) -> Post:
    """A leaver's last day. From the day after, the post opens nothing, also in sessions already open."""
    _may(by)
    post = Post.objects.filter(pk=post_id, unit__board_id=by.board_id).select_related("user").first()
    if post is None:
        raise Missing
    if on < post.start_date:
        raise RuleBroken("end_before_start", _("Sista dagen ligger före första dagen."), field="end_date")
    post.end_date = on
    post.save(update_fields=["end_date"])
    trail.note("access.post.ended", by=by, object=post.pk, of="access.post", on=on)
    return post


def _may(by: Acting | None) -> None:
    if by is not None and not by.may(Right.STAFF_WRITE):
        raise NotAllowed


def _one_municipality(municipality: Municipality) -> None:
    alone = connection.vendor == "sqlite" and not Installation.objects.filter(is_demo=True).exists()
    if alone and Municipality.objects.exclude(pk=municipality.pk).exists():
        raise RuleBroken(
            "sqlite_one_municipality",
            _("SQLite bär en kommun. Flytta installationen till PostgreSQL för att lägga till en andra."),
        )
