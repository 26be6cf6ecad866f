from matrikel.domain.access.actions.preferences import mark_seen
from matrikel.domain.access.actions.relations import (
    carry_relations,
    end_relations,
    open_in_emergency,
    relate,
    review_emergency,
)
from matrikel.domain.access.actions.staff import employ, end_post, install, set_up_unit
from matrikel.domain.access.forms import ActionForm, DateInput, carry_out
from matrikel.domain.access.models import Board, BoardRow, Municipality, Post, Unit, User
from matrikel.domain.access.pages import StaffRequest, page, public
from matrikel.domain.access.queries import (
    acting,
    colleagues,
    current_posts,
    emergencies_to_review,
    emergency,
    is_demo,
    posts_of,
    seen_in_emergency,
    staff_of_board,
    units_of_board,
    within_reach,
)
from matrikel.domain.access.rules import ROLES, STRENGTH, Ground, Protection, Right, shows_whereabouts

__all__ = [
    "ROLES",
    "STRENGTH",
    "ActionForm",
    "Board",
    "BoardRow",
    "DateInput",
    "Ground",
    "Municipality",
    "Post",
    "Protection",
    "Right",
    "StaffRequest",
    "Unit",
    "User",
    "acting",
    "carry_out",
    "carry_relations",
    "colleagues",
    "current_posts",
    "emergencies_to_review",
    "emergency",
    "employ",
    "end_post",
    "end_relations",
    "install",
    "is_demo",
    "mark_seen",
    "open_in_emergency",
    "page",
    "posts_of",
    "public",
    "relate",
    "review_emergency",
    "seen_in_emergency",
    "set_up_unit",
    "shows_whereabouts",
    "staff_of_board",
    "units_of_board",
    "within_reach",
]
