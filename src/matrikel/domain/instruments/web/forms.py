"""Forms of the room: beginning, signing, settling, and the words of forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.domain.access.door import ActionForm
from matrikel.domain.instruments.models.response import SEXES
from matrikel_forms import Form

OLDEST = 130
LARGEST = 1_000_000
"""Most bytes of a file with an official wording."""


class BeginForm(ActionForm):
    """`form` is the id of one of those that may be used, `language` the one beside Swedish."""

    form = forms.ChoiceField(widget=forms.HiddenInput)
    language = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, usable: list[Form], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": False, **kwargs})
        self.fields["form"].choices = [(form.id, form.id) for form in usable]  # type: ignore[attr-defined]


class SignForm(ActionForm):
    """Signing what was read; `seen.<section>` beside it holds the versions. Asks for whom, where limits differ."""

    sex = forms.ChoiceField(
        label=_("Juridiskt kön"), choices=[("", _("välj")), *SEXES], help_text=_("Gränserna skiljer sig.")
    )
    age = forms.IntegerField(
        label=_("Ålder"), min_value=0, max_value=OLDEST, help_text=_("I fyllda år. Gränserna skiljer sig.")
    )

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = [each for score in form.scores for each in score.limits]
        if not any(each.sex for each in limits):
            del self.fields["sex"]
        if all(each.first_age is None and each.last_age is None for each in limits):
            del self.fields["age"]


class SettleForm(ActionForm):
    outcome = forms.ChoiceField(
        label=_("Vad blev det?"), choices=lambda: codes.choices("opening_outcomes", blank=_("välj utfall"))
    )
    reason = forms.CharField(
        label=_("Vad har du gjort, och varför?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WordingForm(ActionForm):
    no_draft = True
    file = forms.FileField(
        label=_("Fil"), help_text=_("En textfil (TOML) med ordalydelsen och den licens som ger er rätt till den.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Filen är större än en ordalydelse kan vara. Välj en annan."))
        return file


class ApproveForm(ActionForm):
    approved_by = forms.CharField(
        label=_("Vem har läst och godkänt översättningen?"), max_length=120, help_text=_("För- och efternamn.")
    )
