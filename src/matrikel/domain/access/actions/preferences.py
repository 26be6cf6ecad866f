"""What a member of staff has chosen for themselves. Touches no rows of a board."""

from collections.abc import Mapping

from matrikel.domain.access.models import User
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting

CHOICES = {
    "language": ("sv", "en"),
    "theme": ("system", "light", "dark"),
    "density": ("compact", "standard", "roomy"),
    "shortcuts": ("on", "off"),
}


def prefer(*, user: User, by: Acting, chosen: Mapping[str, str]) -> None:
    """Keep a choice of language, theme, density or single-letter keys. Unknown names and values are passed over."""
    for name, values in CHOICES.items():
        value = chosen.get(name)
        if value in values:
            if name == "shortcuts":
                user.single_keys = value == "on"
            else:
                setattr(user, name, value)
    user.save(update_fields=["language", "theme", "density", "single_keys"])
    trail.note("access.preference.kept", by=by)


def mark_seen(*, user: User, by: Acting) -> None:
    """What colleagues have changed until now is seen."""
    user.seen_changes_at = clock.now()
    user.save(update_fields=["seen_changes_at"])
    trail.note("access.changes.seen", by=by)
