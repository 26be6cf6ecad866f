"""Beginning a response, replacing a signed one, and throwing a draft away."""

from typing import Any

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.cases.door import Case
from matrikel.domain.instruments.actions.versions import keep_version
from matrikel.domain.instruments.catalogue import forms
from matrikel.domain.instruments.models import Response, Section
from matrikel.domain.instruments.queries import answers_of, form_for, form_of, in_own_words, own_draft, readable
from matrikel.domain.instruments.rules import log_as, may_use, require, require_draft, section_of, taken_in
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from matrikel_forms import Form


def begin(*, case: Case, form: str, by: Acting, language: str = "") -> Response:
    """Begin a form in a case of the acting unit, or go on with the draft of it that the acting post has open there.

    `language` is the one shown beside Swedish. Raises Missing for a form the post may not use, and RuleBroken:
    case_closed, unknown_language, version_changed.
    """
    require(by, Right.FORM_WRITE, case.unit_id)
    wanted = form_for(by, form)
    with trail.writing(log_as("instruments.response.begun", sensitive=wanted.sensitive), by=by, person=case.person_id):
        trail.take_turn(by=by)
        held = own_draft(by, case.pk, form)
        if held is not None:
            return held
        if not case.is_open:
            raise RuleBroken("case_closed", _("Ärendet är avslutat. Öppna det igen först."))
        return _begun(wanted, case, language, by)


def replace(*, response: Response, by: Acting) -> Response:
    """Begin a new response with the answers of a signed one, to be signed in its place; the old stays readable.

    Asked in the form's version of today; answers it has no place for are left out. Raises RuleBroken: not_signed,
    replaced_already, draft_open.
    """
    require(by, Right.FORM_WRITE, response.unit_id)
    before = readable(by).filter(pk=response.pk).select_related("form_version", "case").first()
    if before is None:
        raise Missing
    if not before.is_signed:
        raise RuleBroken("not_signed", _("Formuläret är ett utkast. Skriv vidare i det."))
    asked = form_of(before)
    form = in_own_words(forms().get(before.form) or asked, by)
    if not may_use(form, by):
        raise NotAllowed
    action = log_as("instruments.response.replaced", sensitive=before.is_sensitive)
    with trail.writing(action, by=by, person=before.person_id):
        trail.take_turn(by=by)
        next_one = Response.objects.filter(replaces=before).first()
        if next_one is not None and not next_one.is_signed and next_one.author_id == by.post_id:
            return next_one  # type: ignore[no-any-return]
        if next_one is not None:
            raise RuleBroken(
                "replaced_already", _("Någon har redan börjat en ny version eller ersatt formuläret. Öppna den.")
            )
        if own_draft(by, before.case_id, before.form) is not None:
            raise RuleBroken("draft_open", _("Du har ett påbörjat formulär av samma slag. Signera eller kasta det."))
        return _begun(form, before.case, before.language, by, before=before, answers=answers_of(before))


def discard(*, response: Response, by: Acting) -> Response:
    """Throw a draft away: its author, or whoever leads the unit. It can be undone. Raises RuleBroken("signed")."""
    require(by, Right.FORM_WRITE, response.unit_id)
    held = readable(by).filter(pk=response.pk).first()
    if held is None:
        raise Missing
    require_draft(held.signed_at)
    if held.author_id != by.post_id and not by.may(Right.CASE_ASSIGN):
        raise NotAllowed
    with trail.writing(
        log_as("instruments.response.discarded", sensitive=held.is_sensitive), by=by, person=held.person_id
    ) as act:
        return act.void(held)


def _begun(
    form: Form,
    case: Case,
    language: str,
    by: Acting,
    *,
    before: Response | None = None,
    answers: dict[str, Any] | None = None,
) -> Response:
    if language and (language == "sv" or language not in form.wordings):
        raise RuleBroken("unknown_language", _("Formuläret finns inte på det språket."), field="language")
    version = keep_version(form=form, language=language, by=by)
    action = log_as("instruments.response.drafted", sensitive=form.sensitive)
    with trail.writing(action, by=by, person=case.person_id) as act:
        response = act.create(
            Response(
                board_id=by.board_id, person_id=case.person_id, case=case, unit_id=by.unit_id, form_version=version,
                form=form.id, is_sensitive=form.sensitive, author_id=by.post_id, language=language, replaces=before,
            )
        )  # fmt: skip
        for group in form.groups:
            written = {
                path: value
                for path, value in (answers or {}).items()
                if section_of(form, path.split("@")[0].split("/")[0]) == group.id
            }
            kept = taken_in(form, group.id, {}, written)[0]
            act.create(Section(board_id=by.board_id, response=response, section=group.id, answers=kept))
        return response
