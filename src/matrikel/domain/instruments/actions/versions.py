"""Keeping a form as it was asked. A version that has been answered never changes."""

from django.utils.translation import gettext as _

from matrikel.domain.instruments.models import FormVersion
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken
from matrikel_declared.hashing import fingerprint
from matrikel_forms import Form, asked


def keep_version(*, form: Form, language: str, by: Acting) -> FormVersion:
    """The stored version of a form in the words it is shown in, stored now when nobody has answered it so before.

    Raises RuleBroken("version_changed") when the file asks or scores something else than what was answered under the
    same version.
    """
    held = FormVersion.objects.filter(form=form.id, number=form.version)
    if held.exclude(logic_hash=form.logic_hash).exists():
        raise RuleBroken(
            "version_changed",
            _(
                "Formuläret ”%(form)s” har ändrats sedan version %(version)s besvarades. Den som sköter formulären ska "
                "höja versionen i filen till %(next)s."
            )
            % {"form": form.id, "version": form.version, "next": form.version + 1},
        )
    snapshot = asked(form, language or "sv")
    text_hash = fingerprint(snapshot["form"]["wordings"])
    found: FormVersion | None = held.filter(text_hash=text_hash).first()
    if found is not None:
        return found
    with trail.writing("instruments.version.kept", by=by) as act:
        return act.create(
            FormVersion(
                board_id=by.board_id, form=form.id, number=form.version, name=form.wordings["sv"].texts["name"][:200],
                logic_hash=form.logic_hash, text_hash=text_hash, snapshot=snapshot,
            )
        )  # fmt: skip
