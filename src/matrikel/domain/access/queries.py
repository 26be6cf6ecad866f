"""Who acts, and whom they may see."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from matrikel.domain.access.models import Installation, Key, Post, Relation, Unit
from matrikel.domain.access.rules import OPEN_PROTECTION, ROLES, Right, digest_of
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting


def current_posts(user_id: Any) -> QuerySet[Post]:
    """The posts a member of staff holds today, with unit, board and municipality at hand."""
    today = clock.today()
    return (
        Post.objects.filter(user_id=user_id, user__is_active=True, start_date__lte=today)
        .filter(Q(end_date=None) | Q(end_date__gte=today))
        .select_related("user", "unit__board__municipality")
        .order_by("unit__name", "id")
    )


def acting(post: Post, channel: str = "web") -> Acting:
    """A post at work. The post must have been read with its unit and board."""
    return Acting(
        user_id=post.user_id,
        post_id=post.pk,
        unit_id=post.unit_id,
        board_id=post.unit.board_id,
        municipality=post.unit.board.municipality_id,
        role=post.role,
        name=post.user.name,
        rights=frozenset(ROLES[post.role].rights),
        channel=channel,
    )


def keys_of(by: Acting) -> QuerySet[Key]:
    """The keys of the acting post, also closed ones; the newest first."""
    return Key.objects.filter(post_id=by.post_id).select_related("post__user").order_by("-made_at")


def key_of(secret: str) -> Key | None:
    """The key that a program has sent, whatever has become of it; None when there never was one."""
    found = Key.objects.select_related("post__user", "post__unit__board__municipality")
    return found.filter(digest=digest_of(secret)).first()


def acting_by_key(key: Key) -> Acting:
    """The post of a key at work, with the right to read figures if it still has that, and no other."""
    by = acting(key.post, channel="key")
    return replace(by, rights=by.rights & {Right.FIGURE_READ})


def within_reach(by: Acting) -> Q:
    """The condition on a person row (with `pk` and `protection`) that this post may see it.

    A unit's relation opens persons without known protection; above that only the named circle or an emergency opening
    does. Roles without reach see nobody.
    """
    if ROLES[by.role].reach == "none":
        return Q(pk__in=[])
    active = Q(until_at=None) | Q(until_at__gt=clock.now())
    relations = Relation.objects.filter(active, person_id=OuterRef("pk"))
    of_unit = Exists(relations.filter(unit_id=by.unit_id, post=None))
    of_post = Exists(relations.filter(post_id=by.post_id))
    return Q(of_unit, protection__in=OPEN_PROTECTION) | Q(of_post)


def emergency(person_id: UUID, *, by: Acting) -> Relation | None:
    """The emergency opening through which this post sees the person now, if any."""
    relation: Relation | None = Relation.objects.filter(
        person_id=person_id, post_id=by.post_id, ground="emergency", until_at__gt=clock.now()
    ).first()
    return relation


def seen_in_emergency(by: Acting) -> Exists:
    """Annotation on a person row: the acting post has an emergency opening that holds now."""
    openings = Relation.objects.filter(person_id=OuterRef("pk"), post_id=by.post_id, ground="emergency")
    return Exists(openings.filter(until_at__gt=clock.now()))


def emergencies_to_review(*, by: Acting) -> QuerySet[Relation]:
    """Emergency openings in the unit that nobody has looked at. One's own are for somebody else."""
    relations: QuerySet[Relation] = Relation.objects.filter(unit_id=by.unit_id, ground="emergency", reviewed_at=None)
    return relations.exclude(post_id=by.post_id).select_related("post__user").order_by("from_at")


def colleagues(*, by: Acting) -> QuerySet[Post]:
    """Posts in the acting unit that hold today and may work cases."""
    today = clock.today()
    return (
        Post.objects.filter(unit_id=by.unit_id, role__in=["caseworker", "unit_manager"], start_date__lte=today)
        .filter(Q(end_date=None) | Q(end_date__gte=today))
        .select_related("user")
        .order_by("user__name")
    )


def staff_of_board(*, by: Acting) -> QuerySet[Post]:
    """Every post of the acting board, also ended ones."""
    return (
        Post.objects.filter(unit__board_id=by.board_id)
        .select_related("user", "unit")
        .order_by("unit__name", "user__name")
    )


def posts_of(ids: Iterable[UUID]) -> QuerySet[Post]:
    """Posts by id, with user and unit: the names behind the log."""
    return Post.objects.filter(pk__in=set(ids)).select_related("user", "unit")


def units_of_board(*, by: Acting) -> QuerySet[Unit]:
    return Unit.objects.filter(board_id=by.board_id).order_by("name")


def is_demo() -> bool:
    """Whether this database was created as a demo. It can never change, so it is asked once a process."""
    kind = _kind.get("is_demo")
    if kind is None:
        kind = Installation.objects.values_list("is_demo", flat=True).first()
        if kind is not None:
            _kind["is_demo"] = kind
    return bool(kind)


_kind: dict[str, bool] = {}
