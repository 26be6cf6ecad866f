"""Writing the journal. A draft is its author's; a signed note is locked, for its author too (SoL 14:3, 14:6)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.cases.models import Case, Note
from matrikel.domain.cases.queries import own_note
from matrikel.domain.cases.rules import (
    DOCUMENTATION,
    STRIKE_REASON_LENGTH,
    draft_id,
    may_sign,
    may_strike,
    require,
    require_open,
)
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken


def write_note(
    *,
    case: Case,
    kind: str,
    happened_at: datetime,
    text: str,
    by: Acting,
    note_id: UUID | None = None,
    written_in: UUID | None = None,
) -> Note:
    """Begin a note as a draft that only the acting post sees.

    `note_id` lets a form that saves by itself know its note beforehand. Raises RuleBroken: empty, unknown_kind,
    case_closed.
    """
    require(by, Right.NOTE_WRITE, case.unit_id)
    require_open(case.end_date)
    note = Note(
        board_id=by.board_id,
        case=case,
        person_id=case.person_id,
        author_id=by.post_id,
        kind=_kind(kind),
        happened_at=happened_at,
        text=_filled(text),
        written_in=written_in,
    )
    if note_id is not None:
        note.pk = note_id
    with trail.writing("cases.note.drafted", by=by, person=case.person_id) as act:
        return act.create(note)


def save_note(
    *,
    case: Case,
    form: UUID,
    kind: str,
    happened_at: datetime,
    text: str,
    by: Acting,
    note_id: UUID | None = None,
    version: int | None = None,
    sign: bool = False,
) -> Note:
    """What an open form saves, again and again: its draft begun or gone on with, and signed when asked.

    `form` is the form's own key: from it and the acting post follows the draft's id, so that a form saved twice makes
    one draft. `note_id` names the draft a form was opened on. Raises RuleBroken (draft_gone, signed, empty), Conflict,
    Missing.
    """
    own_id = note_id or draft_id(by, form)
    held = own_note(by, own_id)
    if (held is None and note_id is not None) or (held is not None and held.case_id != case.pk):
        raise Missing
    if held is not None and held.voided_at is not None:
        raise RuleBroken("draft_gone", _("Utkastet har kastats. Texten står kvar här: spara den som en ny anteckning."))
    with trail.writing("cases.note.saved", by=by, person=case.person_id):
        values: dict[str, Any] = {"kind": kind, "happened_at": happened_at, "text": text, "by": by, "written_in": form}
        if held is None:
            note = write_note(case=case, note_id=own_id, **values)
        else:
            note = edit_note(note=held, version=version or 0, **values)
        return sign_note(note=note, by=by) if sign else note


def edit_note(
    *,
    note: Note,
    by: Acting,
    version: int,
    kind: str,
    happened_at: datetime,
    text: str,
    written_in: UUID | None = None,
) -> Note:
    """Go on writing one's own draft. `version` is the draft's when the form last had it.

    Raises RuleBroken (signed, empty) and Conflict when another form than `written_in` saved it since.
    """
    _own_draft(note, by)
    values = {"kind": _kind(kind), "happened_at": happened_at, "text": _filled(text)}
    if written_in is None or written_in != note.written_in:
        note.version = version
    with trail.writing("cases.note.edited", by=by, person=note.person_id) as act:
        return act.change(note, **values, written_in=written_in)


def sign_note(*, note: Note, by: Acting, version: int | None = None) -> Note:
    """Sign and lock one's own draft. It cannot be undone: others rely on what they have read.

    Raises RuleBroken (signed, happened_in_future) and Conflict when the draft is no longer the `version` one has seen.
    """
    _own_draft(note, by)
    if not may_sign(author=note.author_id, post=by.post_id):
        raise NotAllowed
    if note.happened_at > clock.now():
        raise RuleBroken(
            "happened_in_future",
            _("Det du antecknar har inte hänt än. Ändra tiden, eller vänta med att signera."),
            field="happened_at",
        )
    if version is not None:
        note.version = version
    with trail.writing("cases.note.signed", by=by, person=note.person_id) as act:
        act.seal()
        return act.change(note, signed_at=clock.now())


def strike_note(*, note: Note, reason: str, by: Acting) -> Note:
    """Strike a signed note through: it stays readable, with the reason and who did it.

    Raises RuleBroken: not_signed, struck_already, reason_missing.
    """
    require(by, Right.NOTE_WRITE, note.case.unit_id)
    if note.signed_at is None:
        _own_draft(note, by)
        raise RuleBroken("not_signed", _("Anteckningen är ett utkast. Kasta det i stället."))
    if not may_strike(author=note.author_id, post=by.post_id, leads=by.may(Right.CASE_ASSIGN)):
        raise NotAllowed
    if note.struck_at is not None:
        raise RuleBroken("struck_already", _("Anteckningen är redan struken."))
    if len(reason.strip()) < STRIKE_REASON_LENGTH:
        raise RuleBroken("reason_missing", _("Skriv varför anteckningen stryks."), field="reason")
    with trail.writing("cases.note.struck", by=by, person=note.person_id) as act:
        return act.change(note, struck_at=clock.now(), struck_by_id=by.post_id, struck_reason=reason.strip()[:200])


def discard_draft(*, note: Note, by: Acting) -> Note:
    """Throw one's own draft away. Raises RuleBroken when it is signed: then it can only be struck."""
    _own_draft(note, by)
    with trail.writing("cases.note.discarded", by=by, person=note.person_id) as act:
        return act.void(note)


def _own_draft(note: Note, by: Acting) -> None:
    """Somebody else's draft does not exist; one's own signed note is locked."""
    require(by, Right.NOTE_WRITE, note.case.unit_id)
    if note.signed_at is None and note.author_id != by.post_id:
        raise Missing
    if note.signed_at is not None:
        raise RuleBroken(
            "signed",
            _("Anteckningen är signerad och låst. Skriv en ny som rättar den, eller stryk den."),
            paragraph=DOCUMENTATION,
        )


def _kind(kind: str) -> str:
    if kind not in dict(Note.KINDS):
        raise RuleBroken("unknown_kind", _("Välj ett av alternativen i listan."), field="kind")
    return kind


def _filled(text: str) -> str:
    if not text.strip():
        raise RuleBroken("empty", _("Anteckningen är tom."), field="text")
    return text
