"""A household is who lives together, from and to which day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base.models import spell_in_order
from matrikel.domain.access.door import BoardRow
from matrikel.domain.people.models.person import Person


class Household(BoardRow):
    """A household. It has no name of its own: it is called by its members."""

    class Meta(BoardRow.Meta):
        verbose_name = "hushåll"

    class Privacy:
        kind = "identity"
        retention = "as its members"
        leaves: tuple[str, ...] = ()


class Member(BoardRow):
    """A person in a household, with the part they have in it."""

    ROLES = (("adult", _("Vuxen")), ("partner", _("Make eller sambo")), ("child", _("Barn")), ("other", _("Annan")))

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("roll", max_length=8, choices=ROLES, default="adult")
    start_date = models.DateField("från")
    end_date = models.DateField("till och med", null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "hushållsmedlem"
        constraints = [spell_in_order("member_in_order")]
        indexes = [models.Index(fields=["board", "person"], name="member_by_person")]

    class Privacy:
        kind = "identity"
        retention = "as the person"
        leaves = ("role", "start_date", "end_date")
