"""A person: one row per board. The same human at another board is another row, and nothing links the two."""

from typing import cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base.models import standing
from matrikel.domain.access.door import BoardRow, Protection, Unit
from matrikel.domain.people.rules import Sex
from matrikel.kernel import numbers


class Person(BoardRow):
    """Who somebody is. Where they are registered, what they do and whom they live with are dated rows of their own."""

    given_name = models.CharField("förnamn", max_length=100, blank=True)
    family_name = models.CharField("efternamn", max_length=100, blank=True)
    own_script = models.CharField("namn med egen skrift", max_length=200, blank=True)
    own_script_language = models.CharField(max_length=10, blank=True)
    birth_date = models.DateField("född", null=True, blank=True)
    death_date = models.DateField("avliden", null=True, blank=True)
    sex = models.CharField(
        "kön",
        max_length=7,
        default=Sex.UNKNOWN,
        choices=[("female", _("Kvinna")), ("male", _("Man")), ("unknown", _("Okänt"))],
    )
    country = models.CharField("land", max_length=2, blank=True)
    first_registered_on = models.DateField("först folkbokförd i Sverige", null=True, blank=True)
    needs_interpreter = models.BooleanField("behöver tolk", default=False)
    interpreter_language = models.CharField("tolkspråk", max_length=10, blank=True)
    interpreter_note = models.CharField("önskemål om tolk", max_length=100, blank=True)
    protection = models.CharField("skyddade uppgifter", max_length=12, default=Protection.UNKNOWN)
    registered_by_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged_from", null=True, blank=True, db_index=False
    )
    search_key = models.TextField(editable=False)
    sort_key = models.CharField(max_length=220, editable=False)

    class Meta(BoardRow.Meta):
        verbose_name = "person"
        indexes = [
            models.Index(fields=["board", "sort_key"], name="person_by_name"),
            models.Index(fields=["board", "birth_date"], name="person_by_birth"),
            models.Index(
                fields=["board", "merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="person_merged_away",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="death_after_birth",
                condition=models.Q(death_date=None) | models.Q(birth_date=None)
                | models.Q(death_date__gte=models.F("birth_date")),
            ),
        ]  # fmt: skip

    class Privacy:
        kind = "identity"
        retention = "SoL 16:1, five years after the last note"
        leaves = ("birth_date", "sex", "country", "first_registered_on", "death_date")

    @property
    def name_in_latin(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def name(self) -> str:
        """What the person is called; never empty."""
        return self.name_in_latin or self.own_script or str(_("Namn saknas"))

    @property
    def is_protected(self) -> bool:
        return self.protection in (Protection.MARKED, Protection.REGISTRATION)

    protected = is_protected
    case_number = ""
    """What stands instead of a protected name; set by those who know the cases."""
    has_merged: bool | None = None
    """Whether others are merged into this one; told by `queries.get_for`, None when nobody asked."""

    @property
    def shown_name(self) -> str:
        """What lists, titles and pictures call the person: never the name of a protected one."""
        if self.is_protected:
            return self.case_number or str(_("Skyddad person"))
        return self.name


class IdentityNumber(BoardRow):
    """A dated number of a named kind (kernel.numbers). A person may have none, several, or a changed one."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="numbers")
    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=20)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "identitetsbeteckning"
        # Not unique over persons: a refusal would tell that a protected person exists (decision record 0030).
        constraints = [models.UniqueConstraint(name="a_number_once", **standing("person", "kind", "value"))]
        indexes = [models.Index(fields=["board", "value"], name="number_by_value")]

    class Privacy:
        kind = "identity"
        retention = "as the person"
        leaves: tuple[str, ...] = ()

    @property
    def number(self) -> numbers.IdentityNumber:
        """The pure value: how it is written and masked."""
        return numbers.IdentityNumber(cast(numbers.Kind, self.kind), self.value)


class PastName(BoardRow):
    """A name the person had until a day; still found by search."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="past_names")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    until = models.DateField()

    class Meta(BoardRow.Meta):
        verbose_name = "tidigare namn"

    class Privacy:
        kind = "identity"
        retention = "as the person"
        leaves: tuple[str, ...] = ()


class SpokenLanguage(BoardRow):
    """A language the person speaks, as a BCP 47 code."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="languages")
    code = models.CharField(max_length=10)
    is_mother_tongue = models.BooleanField(default=False)

    class Meta(BoardRow.Meta):
        verbose_name = "språk"
        constraints = [models.UniqueConstraint(name="a_language_once", **standing("person", "code"))]

    class Privacy:
        kind = "identity"
        retention = "as the person"
        leaves: tuple[str, ...] = ()
