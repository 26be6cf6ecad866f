"""The log for those who review it: a manager sees the own unit's, a reviewer the board's. No person is named."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.access.door import ROLES, Right, StaffRequest, page
from matrikel.domain.trail import door as trail
from matrikel.web.logbook import told

KINDS = ("", "denied", "emergency")


@page(Right.LOG_READ)
def log(request: StaffRequest) -> HttpResponse:
    by = request.by
    whole_board = ROLES[by.role].reach == "none"
    posts = [post for post in access.staff_of_board(by=by) if whole_board or post.unit_id == by.unit_id]
    chosen = request.GET.get("post", "")
    kind = request.GET.get("kind", "")
    post = next((p.pk for p in posts if str(p.pk) == chosen), None)
    entries = trail.of_board(
        by=by,
        posts=None if whole_board else [p.pk for p in posts],
        post=post,
        kind=kind if kind in KINDS else "",
    )
    shown = Paginator(entries, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "log.html",
        {
            "page": shown,
            "entries": told(shown.object_list, one_per="entry"),
            "posts": posts,
            "chosen_post": chosen,
            "kind": kind,
            "lede": _("Hela nämndens logg, utan namn på personer.")
            if whole_board
            else _("Den egna enhetens logg, utan namn på personer."),
        },
    )


@page(Right.EMERGENCY_REVIEW, "POST")
def review_emergency(request: StaffRequest, relation_id: UUID) -> HttpResponse:
    access.review_emergency(relation_id=relation_id, by=request.by)
    return redirect("today")
