"""Trusting a signer, and no longer."""

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.exchange.models import Signer
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken
from matrikel_stats.exchange.keys import is_public


def trust(*, name: str, public_key: str, by: Acting) -> Signer:
    """Take in packages signed by this key from now on. Raises NotAllowed, RuleBroken: key_form, signer_known."""
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    name, public_key = " ".join(name.split()), public_key.strip()
    if not is_public(public_key):
        raise RuleBroken(
            "key_form", _("Nyckeln ska vara 44 tecken och sluta med =. Kopiera hela raden."), field="public_key"
        )
    if Signer.objects.filter(name=name).exists():
        raise RuleBroken("signer_known", _("Avsändaren finns redan. Ta bort den först om nyckeln är ny."), field="name")
    with trail.writing("exchange.signer.trusted", by=by) as act:
        return act.create(Signer(board_id=by.board_id, name=name, public_key=public_key))


def distrust(*, signer: Signer, by: Acting) -> Signer:
    """Refuse packages from a signer from now on; those taken in before stay. Raises NotAllowed."""
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    with trail.writing("exchange.signer.distrusted", by=by) as act:
        return act.void(signer)
