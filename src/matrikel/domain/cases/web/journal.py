"""The journal panel, and writing, signing and striking notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.base.differences import compared
from matrikel.domain.access.door import Right, StaffRequest, carry_out, page
from matrikel.domain.cases.actions.journal import discard_draft, save_note, sign_note, strike_note
from matrikel.domain.cases.models import Case, Note
from matrikel.domain.cases.queries import (
    case_for,
    case_to_write,
    current_case,
    journal_of,
    note_for,
    own_note,
    shown_person,
)
from matrikel.domain.cases.rules import draft_id, may_strike
from matrikel.domain.cases.web.forms import NoteForm, SignForm, StrikeForm
from matrikel.domain.people import door as people
from matrikel.domain.people.door import form_page, home_of, panel_page, status_of
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict, Missing, RuleBroken

NOTES_SHOWN = 10


@page(Right.PERSON_READ)
def journal(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: the unit's journal about a person, newest first, with a form on top. `from` shows older notes."""
    by = request.by
    person = people.get_for(by, person_id, purpose="journal")
    first = _number(request.GET.get("from"))
    notes = list(journal_of(person, by)[first : first + NOTES_SHOWN + 1])
    context: dict[str, Any] = {
        "person": person,
        "notes": [_with_acts(note, by) for note in notes[:NOTES_SHOWN]],
        "next": first + NOTES_SHOWN if len(notes) > NOTES_SHOWN else None,
    }
    if first and request.htmx:
        return render(request, "cases/notes.html", context)
    case = current_case(person)
    if case and by.may(Right.NOTE_WRITE):
        context |= {"case": case, "form": NoteForm()}
    context |= {"has_case": case is not None, "count": journal_of(person, by).count()}
    return panel_page(request, person, "cases/journal.html", _("Journal"), context)


@page(Right.NOTE_WRITE, "GET", "POST")
def note_write(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Save what an open form holds, as a draft or signed; by hand, without scripts too."""
    case = case_for(request.by, case_id)
    sign = "sign" in request.POST
    form = NoteForm(request.POST or None)
    if request.POST.get("choice") == "theirs" and form.is_valid():
        return HttpResponseRedirect(reverse("cases-note-edit", args=[_draft_id(request.by, form)]))
    response = carry_out(
        request,
        form,
        lambda: _save(case, form, request.by, sign=sign),
        to=home_of(case.person_id),
        done=_("Anteckningen är signerad och låst.") if sign else _("Utkastet är sparat. Bara du ser det."),
        final=sign,
    )
    return response or _note_page(request, case, form)


@page(Right.NOTE_WRITE)
def note_edit(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """One's own draft, to go on with. A signed note is not edited: back to the person, with the reason."""
    note = note_for(request.by, note_id)
    if note.signed_at is not None:
        messages.info(request, _("Anteckningen är signerad och låst. Skriv en ny som rättar den, eller stryk den."))
        return HttpResponseRedirect(home_of(note.person_id))
    known = {name: getattr(note, name) for name in ("kind", "happened_at", "text", "version")}
    return _note_page(request, note.case, NoteForm(initial={**known, "note": note.pk}))


@page(Right.NOTE_WRITE, "POST")
def note_autosave(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The draft as it stands in an open form. Answers with what to say, and with both texts after a conflict."""
    case = case_to_write(request.by, case_id)
    form = NoteForm(request.POST)
    context: dict[str, Any] = {"case": case, "form": form, "at": clock.now()}
    if not form.is_valid():
        context["fault"] = next(iter(form.errors.values()))[0]
    else:
        try:
            context["note"] = _save(case, form, request.by)
        except RuleBroken as fault:
            context["fault"] = fault
        except Conflict as fault:
            form.hold(fault)
            context |= _both(request.by, form)
    return render(request, "cases/autosaved.html", context)


@page(Right.NOTE_WRITE, "POST")
def note_sign(request: StaffRequest, note_id: UUID) -> HttpResponse:
    note = note_for(request.by, note_id)
    form = SignForm(request.POST)
    response = carry_out(
        request,
        form,
        lambda: sign_note(note=note, by=request.by, **form.asked()),
        to=home_of(note.person_id),
        done=_("Anteckningen är signerad och låst."),
        final=True,
    )
    return response or _back_to_draft(request, note, form)


@page(Right.NOTE_WRITE, "GET", "POST")
def note_strike(request: StaffRequest, note_id: UUID) -> HttpResponse:
    note = note_for(request.by, note_id)
    form = StrikeForm(request.POST or None)
    return form_page(
        request,
        form,
        shown_person(note.case),
        lambda: strike_note(note=note, by=request.by, **form.asked()),
        title=_("Stryk anteckningen"),
        submit=_("Stryk anteckningen"),
        done=_("Anteckningen är struken."),
        lede=_("Texten står kvar i journalen, överstruken, med skälet och vem som strök."),
    )


@page(Right.NOTE_WRITE, "POST")
def note_discard(request: StaffRequest, note_id: UUID) -> HttpResponse:
    note = note_for(request.by, note_id)
    form = SignForm(request.POST)
    response = carry_out(
        request,
        form,
        lambda: discard_draft(note=note, by=request.by),
        to=home_of(note.person_id),
        done=_("Utkastet är kastat."),
    )
    return response or _back_to_draft(request, note, form)


def _save(case: Case, form: NoteForm, by: Acting, *, sign: bool = False) -> Note:
    asked = form.asked()
    choice, seen = asked.pop("choice"), asked.pop("seen")
    note_id = asked.pop("note")
    if choice:
        asked["version"] = seen
        held = own_note(by, _draft_id(by, form))
        if choice == "both" and held is not None:
            asked["text"] = f"{held.text}\n\n{asked['text']}"
    return save_note(case=case, by=by, note_id=note_id, sign=sign, **asked)


def _note_page(request: StaffRequest, case: Case, form: NoteForm) -> HttpResponse:
    context = {"case": case, "form": form, "person": shown_person(case), "back_url": home_of(case.person_id)}
    return render(request, "cases/note.html", context | _both(request.by, form), status=status_of(form))


def _both(by: Acting, form: NoteForm) -> dict[str, Any]:
    """After a conflict: both texts in pieces, and the draft that holds theirs."""
    if form.conflict is None:
        return {}
    mine, theirs = compared(form.cleaned_data["text"], str(form.conflict.theirs["text"]))
    return {"mine": mine, "theirs": theirs, "seen": form.conflict.version}


def _draft_id(by: Acting, form: NoteForm) -> UUID:
    """The draft a form is about, opened on it or begun by it."""
    note_id: UUID | None = form.cleaned_data["note"]
    return note_id or draft_id(by, form.cleaned_data["form"])


def _back_to_draft(request: StaffRequest, note: Note, form: SignForm) -> HttpResponse:
    """What stood in the way is said on the draft's own page."""
    if form.conflict:
        messages.warning(request, _("Utkastet har ändrats i en annan flik. Läs igenom det och försök igen."))
    else:
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
    return HttpResponseRedirect(reverse("cases-note-edit", args=[note.pk]))


def _with_acts(note: Note, by: Acting) -> Note:
    """What the acting post may do with a note in the list."""
    writes = by.may(Right.NOTE_WRITE)
    if note.signed_at is None:
        note.acts = SignForm(initial={"version": note.version}, auto_id=False)  # type: ignore[attr-defined]
    elif note.struck_at is None:
        leads = by.may(Right.CASE_ASSIGN)
        note.strikable = writes and may_strike(author=note.author_id, post=by.post_id, leads=leads)  # type: ignore[attr-defined]
    return note


def _number(text: str | None) -> int:
    if text is None:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Missing
    return int(text)
