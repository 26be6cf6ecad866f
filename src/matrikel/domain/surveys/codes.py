"""The codes of a campaign: worked out from the installation's secret, so that none has to be kept to be sent again."""

from uuid import UUID

from django.utils.crypto import salted_hmac

from matrikel.domain.surveys.rules import code_from


def code_of(slug: str, invitation_id: UUID) -> str:
    """Return the code of an invitation: the same each time, and unguessable without the installation's secret."""
    made = salted_hmac("matrikel.surveys.code", invitation_id.bytes, algorithm="sha256")
    return code_from(slug, int.from_bytes(made.digest()))
