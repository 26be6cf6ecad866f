"""The words of forms in a unit: official wordings it has leave to use, translations somebody has approved."""

from pathlib import Path

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.instruments.catalogue import forms
from matrikel.domain.instruments.models import Approval, OfficialWording
from matrikel.domain.instruments.queries import in_own_words
from matrikel.domain.instruments.rules import language, require
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, RuleBroken
from matrikel_forms import Form, FormError, with_wording


def load_wording(*, form: str, file: Path, by: Acting) -> OfficialWording:
    """Use the official wording in a file for the acting unit's new responses; it takes the place of one loaded before.

    Raises Missing for an unknown form, and RuleBroken("wording_faulty") with every fault by line.
    """
    shipped = _led(form, by)
    try:
        loaded = with_wording(shipped, file)
    except FormError as fault:
        raise RuleBroken("wording_faulty", fault.text(language()), field="file") from fault
    wording = next(each for lang, each in loaded.wordings.items() if each is not shipped.wordings.get(lang))
    values = {"licence": wording.licence, "texts": dict(wording.texts), "made_from": dict(wording.made_from)}
    held: OfficialWording | None = OfficialWording.objects.filter(
        unit_id=by.unit_id, form=form, language=wording.lang
    ).first()
    with trail.writing("instruments.wording.loaded", by=by) as act:
        if held is not None:
            return act.change(held, **values)
        return act.create(
            OfficialWording(board_id=by.board_id, unit_id=by.unit_id, form=form, language=wording.lang, **values)
        )


def approve_translation(*, form: str, language: str, approved_by: str, by: Acting) -> Approval:
    """Note that a named person has approved a translation as it reads now. Raises RuleBroken: unknown_language,
    nobody_named."""
    wording = in_own_words(_led(form, by), by).wordings.get(language)
    if wording is None or language == "sv":
        raise RuleBroken("unknown_language", _("Formuläret finns inte på det språket."), field="language")
    if len(approved_by.split()) < 2:
        raise RuleBroken("nobody_named", _("Skriv för- och efternamn på den som har godkänt."), field="approved_by")
    name = " ".join(approved_by.split())[:120]
    same = Approval.objects.filter(unit_id=by.unit_id, form=form, language=language, text_hash=wording.text_hash)
    held: Approval | None = same.first()
    with trail.writing("instruments.translation.approved", by=by) as act:
        if held is not None:
            return act.change(held, approved_by=name, noted_by_id=by.post_id)
        return act.create(
            Approval(
                board_id=by.board_id, unit_id=by.unit_id, form=form, language=language, text_hash=wording.text_hash,
                approved_by=name, noted_by_id=by.post_id,
            )
        )  # fmt: skip


def _led(form: str, by: Acting) -> Form:
    """A form, for whoever leads the unit's work with forms."""
    require(by, Right.FORM_WRITE)
    require(by, Right.CASE_ASSIGN)
    found = forms().get(form)
    if found is None:
        raise Missing
    return found
