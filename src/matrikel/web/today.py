"""Today: what is mine, what runs out, what colleagues changed, what waits."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from matrikel.domain.access import door as access
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.casework import door as casework
from matrikel.domain.figures import door as figures
from matrikel.domain.imports import door as imports
from matrikel.domain.trail import door as trail
from matrikel.extract.door import still_waiting
from matrikel.kernel import clock
from matrikel.web import names
from matrikel.web.logbook import Told, told

SHOWN = 12
"""Rows of a list on this page; the whole list is one link away."""
UNTOLD = (
    "access.relation.", "cases.note.drafted", "cases.note.edited", "cases.note.saved", "cases.note.discarded",
    "instruments.section.saved", "instruments.response.drafted", "instruments.response.begun", "plans.code.tried",
)  # fmt: skip
"""Acts of colleagues that are theirs alone (drafts) or follow from another act (relations)."""


@page(Right.PERSON_SEARCH)
def today(request: StaffRequest) -> HttpResponse:
    by = request.by
    day = casework.today(by)
    waiting = still_waiting([window.person_id for window in day.windows], by=by) if day.windows else {}
    windows = [window for window in day.windows if window.limit.months in waiting.get(window.person_id, ())]
    user = request.post_held.user
    entries = trail.changes_since(day.person_ids, user.seen_changes_at, by=by)[:200]
    changes = told([entry for entry in entries if not entry.action.startswith(UNTOLD)], one_per="person")[:SHOWN]
    shown = names.shown(
        [case.person_id for case in day.cases[:SHOWN]]
        + [window.person_id for window in windows[:SHOWN]]
        + [waiting.person_id for waiting in day.sfi[:SHOWN]]
        + [opening.person_id for opening in day.openings[:SHOWN]]
        + [due.person_id for due in day.due_again[:SHOWN]]
        + [due.person_id for due in day.plans[:SHOWN]]
        + [change.person_id for change in changes if change.person_id],
        by=by,
    )
    changes = [change for change in changes if change.person_id in shown]
    trail.read("web.today.shown", by=by, persons=shown)
    return render(
        request,
        "today.html",
        {
            "date": clock.today(),
            "day": day,
            "cases": day.cases[:SHOWN],
            "windows": windows[:SHOWN],
            "closing": len(windows),
            "sfi": day.sfi[:SHOWN],
            "openings": day.openings[:SHOWN],
            "due_again": day.due_again[:SHOWN],
            "plans": day.plans[:SHOWN],
            "changes": changes,
            "seen_at": user.seen_changes_at,
            "persons": shown,
            "lede": _lede(day, len(windows), changes),
            "may_write": by.may(Right.PERSON_WRITE),
            "imports": imports.waiting(by) if by.may(Right.IMPORT_RUN) else [],
            "runs": figures.waiting(by) if by.may(Right.FIGURE_RUN) else [],
            "emergencies": access.emergencies_to_review(by=by) if by.may(Right.EMERGENCY_REVIEW) else [],
        },
    )


def _lede(day: casework.Today, closing: int, changes: list[Told]) -> str:
    """What is true this morning, in words and with the count."""
    late = sum(due.is_overdue for due in day.plans)
    parts = [
        ngettext("%(n)d öppet ärende", "%(n)d öppna ärenden", len(day.cases)) % {"n": len(day.cases)},
        ngettext("ett mål går ut", "%(n)d mål går ut", closing) % {"n": closing},
        ngettext("en kontroll att avgöra", "%(n)d kontroller att avgöra", len(day.openings)) % {"n": len(day.openings)},
        ngettext("en väntar på sfi", "%(n)d väntar på sfi", len(day.sfi)) % {"n": len(day.sfi)},
        ngettext("något i en plan är sent", "%(n)d saker i planer är sena", late) % {"n": late},
    ]
    held = [part for part, some in zip(parts, (True, closing, day.openings, day.sfi, late), strict=True) if some]
    news = ngettext("En ändring av kollegor.", "%(n)d ändringar av kollegor.", len(changes)) % {"n": len(changes)}
    return f"{', '.join(held)}. {news if changes else ''}".strip()


@page(Right.HOME, "POST")
def seen(request: StaffRequest) -> HttpResponse:
    access.mark_seen(user=request.post_held.user, by=request.by)
    return redirect("today")
