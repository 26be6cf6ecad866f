from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.domain.access.door import ActionForm, DateInput
from matrikel.kernel import clock
from matrikel.kernel.numbers import IdentityNumber, NumberFault, parse


class EnrolForm(ActionForm):
    """Reception, registration and case on one page: seven fields, four of them filled in."""

    category = forms.ChoiceField(label=_("Kategori"), choices=lambda: codes.choices("categories"))
    route = forms.ChoiceField(
        label=_("Väg hit"), required=False, choices=lambda: codes.choices("routes", blank=_("vet inte"))
    )
    received_on = forms.DateField(label=_("Mottagen"), widget=DateInput, initial=clock.today)
    registered_on = forms.DateField(
        label=_("Folkbokförd här från"),
        widget=DateInput,
        required=False,
        help_text=_("Målen för länet räknas från den dagen. Fyll i den när den är känd."),
    )
    opened_on = forms.DateField(label=_("Inskriven"), widget=DateInput, initial=clock.today)
    previous_municipality = forms.ChoiceField(
        label=_("Flyttade från"),
        required=False,
        choices=lambda: codes.choices("municipalities", blank=_("ingen kommun")),
    )
    allocation_number = forms.CharField(label=_("Anvisningsnummer"), max_length=30, required=False)


class EmergencyForm(ActionForm):
    """A number, a reason and the password once more. Nothing of it is kept on the machine."""

    no_draft = True

    number = forms.CharField(label=_("Personens nummer"), max_length=30)
    reason = forms.CharField(
        label=_("Varför måste akten öppnas nu?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Minst tjugo tecken. Enhetschefen läser det du skriver."),
    )
    password = forms.CharField(
        label=_("Ditt lösenord"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_number(self) -> IdentityNumber:
        try:
            return parse(self.cleaned_data["number"], register_date=clock.today())
        except NumberFault as fault:
            raise forms.ValidationError(_("Numret går inte att läsa. Skriv det med tio eller tolv siffror.")) from fault

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("Lösenordet stämmer inte."))
        return ""
