"""Keys for programs: made by and for one's own post, shown once, and revoked."""

import secrets
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from matrikel.domain.access.models import Key
from matrikel.domain.access.queries import keys_of
from matrikel.domain.access.rules import KEY_DAYS, KEY_MARK, KEYS, Right, digest_of
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken

OF = "access.key"


@transaction.atomic
def make_key(*, key_id: UUID, name: str, end_date: date, by: Acting) -> str:
    """Make a key of the acting post and return it: it cannot be read again. `key_id` makes it happen once.

    Raises NotAllowed without the right to read figures; RuleBroken: already_done, key_days, too_many_keys.
    """
    if not by.may(Right.FIGURE_READ):
        raise NotAllowed
    if Key.objects.filter(pk=key_id).exists():
        raise RuleBroken("already_done", _("Nyckeln är redan gjord. Är den borta: återkalla den och gör en ny."))
    if not 0 <= (end_date - clock.today()).days <= KEY_DAYS:
        words = _("Sista dagen ska ligga mellan i dag och %(days)s dagar framåt.") % {"days": KEY_DAYS}
        raise RuleBroken("key_days", words, field="end_date")
    if sum(not key.closed for key in keys_of(by)) >= KEYS:
        words = _("Tjänsten har redan %(n)s nycklar som gäller. Återkalla en först.") % {"n": KEYS}
        raise RuleBroken("too_many_keys", words)
    secret = KEY_MARK + secrets.token_urlsafe(32)
    key = Key.objects.create(
        pk=key_id, post_id=by.post_id, name=name.strip(), digest=digest_of(secret), end_date=end_date
    )
    trail.note("access.key.made", by=by, object=key.pk, of=OF, on=end_date)
    return secret


@transaction.atomic
def revoke_key(*, key_id: UUID, by: Acting) -> Key:
    """Close a key of the acting post from this moment. Raises Missing for another's, or one that is revoked."""
    key: Key | None = keys_of(by).filter(pk=key_id, revoked_at=None).first()
    if key is None:
        raise Missing
    key.revoked_at = clock.now()
    key.save(update_fields=["revoked_at"])
    trail.note("access.key.revoked", by=by, object=key.pk, of=OF)
    return key
