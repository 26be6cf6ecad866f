"""The room's forms. They read answers and offer choices; what may be done is said by the actions."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.domain.access.door import ActionForm, DateInput
from matrikel.domain.people.rules import ACTIVITY_KINDS, BASES, NUMBER_KINDS, PROTECTIONS, ROLES, SEXES, Sex
from matrikel.kernel import clock, numbers

FAULTS = {
    "checksum": _("Sista siffran stämmer inte med de andra. Jämför varje siffra med en handling."),
    "date": _("De första siffrorna är inget födelsedatum. Jämför dem med en handling."),
    "shape": _("Skriv numret med 10 eller 12 siffror, eller skriv vad det är: LMA 50-083223, dossier 11-123456, R-12."),
}
UNKNOWN = _("Okänt")


class IdentityField(forms.CharField):
    """A number in any of the ways people write one; cleaned to kernel.numbers.IdentityNumber, or None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Personnummer eller annat nummer"))
        kwargs.setdefault("help_text", _("Personnummer, samordningsnummer, T-nummer, LMA, dossier eller reservnummer."))
        super().__init__(**kwargs)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return numbers.parse(text, register_date=clock.today())
        except numbers.NumberFault as fault:
            raise ValidationError(FAULTS[fault.kind], code=fault.kind) from fault


class VersionedForm(ActionForm):
    """A form about a row that somebody else may change meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, **kwargs)


def name(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def coded(code_list: str, label: Any, **kwargs: Any) -> forms.ChoiceField:
    """A choice from a code list, empty when nothing is known."""
    blank = UNKNOWN if not kwargs.get("required", True) else _("Välj")
    return forms.ChoiceField(label=label, choices=partial(codes.choices, code_list, blank=blank), **kwargs)


class LookForm(forms.Form):
    """What is known of somebody before one knows whether they are registered already."""

    given_name = name(_("Förnamn"))
    family_name = name(_("Efternamn"))
    birth_date = day(_("Född"), required=False)
    identity = IdentityField(required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and not any(answers.values()):
            raise ValidationError(_("Skriv ett namn, ett nummer eller ett födelsedatum att söka på."), code="nothing")
        return answers


class PersonForm(ActionForm):
    """What both registering and correcting ask."""

    given_name = name(_("Förnamn"))
    family_name = name(_("Efternamn"))
    birth_date = day(_("Född"), required=False)
    sex = forms.ChoiceField(label=_("Kön"), choices=list(SEXES.items()), initial=Sex.UNKNOWN)
    country = coded("countries", _("Land"), required=False)
    own_script = forms.CharField(label=_("Namn med egen skrift"), required=False)
    own_script_language = coded("languages", _("Skriftens språk"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Språk personen talar"), required=False, choices=partial(codes.choices, "languages")
    )
    needs_interpreter = forms.BooleanField(label=_("Behöver tolk"), required=False)
    interpreter_language = coded("languages", _("Tolkspråk"), required=False)
    interpreter_note = forms.CharField(
        label=_("Önskemål om tolk"), required=False, help_text=_("Till exempel helst kvinna, eller på telefon.")
    )
    first_registered_on = day(_("Först folkbokförd i Sverige"), required=False)


class RegisterForm(PersonForm):
    identity = IdentityField(required=False)
    protection = forms.ChoiceField(
        label=_("Skyddade uppgifter"), choices=list(PROTECTIONS.items()), initial="unknown",
        help_text=_("Är det inte kontrollerat visas inte adress, skola eller arbetsplats."),
    )  # fmt: skip


class CorrectForm(PersonForm, VersionedForm):
    pass


class RenameForm(VersionedForm):
    given_name = name(_("Nytt förnamn"))
    family_name = name(_("Nytt efternamn"))
    on = day(_("Första dagen med det nya namnet"), initial=clock.today)


class NumberForm(ActionForm):
    identity = IdentityField()
    start_date = day(_("Gäller från"), initial=clock.today)


class BirthForm(ActionForm):
    given_name = name(_("Barnets förnamn"))
    family_name = name(_("Barnets efternamn"))
    birth_date = day(_("Född"), initial=clock.today)
    sex = forms.ChoiceField(label=_("Kön"), choices=list(SEXES.items()), initial=Sex.UNKNOWN)
    identity = IdentityField(required=False)


class DeathForm(ActionForm):
    on = day(_("Dödsdag"))


class ProtectForm(ActionForm):
    level = forms.ChoiceField(label=_("Skydd"), choices=list(PROTECTIONS.items()), widget=forms.RadioSelect)
    circle = forms.MultipleChoiceField(
        label=_("Vilka får se personen"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Gäller när uppgifterna är skyddade. Du själv är alltid med."),
    )  # fmt: skip


class HouseholdForm(ActionForm):
    role = forms.ChoiceField(label=_("Personens roll"), choices=list(ROLES.items()))
    on = day(_("Bor så från"), initial=clock.today)


class JoinForm(ActionForm):
    role = forms.ChoiceField(label=_("Personens roll i hushållet"), choices=list(ROLES.items()))
    on = day(_("Bor så från"), initial=clock.today)


class LeaveForm(ActionForm):
    on = day(_("Sista dagen i hushållet"), initial=clock.today)


class RegistrationForm(ActionForm):
    municipality = coded("municipalities", _("Kommun"))
    on = day(_("Folkbokförd från"), initial=clock.today)


class MoveForm(ActionForm):
    on = day(_("Sista dagen folkbokförd här"), initial=clock.today)
    to_municipality = coded("municipalities", _("Flyttade till"), required=False)
    abroad = forms.BooleanField(label=_("Flyttade utomlands"), required=False)


class PermitForm(ActionForm):
    ground = coded("permit_grounds", _("Grund"))
    start_date = day(_("Från"), initial=clock.today)
    end_date = day(_("Till och med"), required=False, help_text=_("Tomt för permanent tillstånd."))


def activity_kinds(now: str = "") -> list[tuple[str, str]]:
    """What a person does outside the municipality's own services, and whatever the row already says."""
    offered = dict(codes.choices("activities"))
    return [(code, offered[code]) for code in dict.fromkeys((*ACTIVITY_KINDS, now)) if code in offered]


class ActivityForm(ActionForm):
    kind = forms.ChoiceField(label=_("Sysselsättning"), choices=activity_kinds)
    place = forms.CharField(label=_("Var"), required=False, help_text=_("Arbetsgivare eller skola."))
    extent = forms.IntegerField(label=_("Omfattning i procent"), required=False, min_value=1, max_value=100)
    basis = forms.ChoiceField(label=_("Bygger på tidigare yrke"), choices=list(BASES.items()), initial="unknown")
    start_date = day(_("Första dagen"), initial=clock.today)
    end_date = day(_("Sista dagen"), required=False, help_text=_("Tomt när det pågår."))


class CorrectActivityForm(ActivityForm, VersionedForm):
    pass


class EndForm(ActionForm):
    on = day(_("Sista dagen"), initial=clock.today)


def number_kind(kind: Any) -> Any:
    """What a kind of number is called."""
    return NUMBER_KINDS[kind]
