"""Forms of the room: plan a survey, note a figure from elsewhere, add a theme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matrikel.domain.access.door import ActionForm, DateInput
from matrikel.domain.surveys.indices import index_names
from matrikel.domain.surveys.models import Campaign
from matrikel.domain.surveys.queries import surveys
from matrikel.domain.surveys.wording import GROUP_LABELS, language_label
from matrikel_forms import text_of


class PlanForm(ActionForm):
    """What is asked, in which languages, how anonymously, until when."""

    form = forms.ChoiceField(label=_("Formulär"))
    title = forms.CharField(
        label=_("Namn"),
        max_length=120,
        help_text=_("Som de svarande ser det."),
    )
    kind = forms.ChoiceField(
        label=_("Vad ni kan veta om den som svarar"),
        choices=Campaign.KINDS,
        help_text=_("Anonym: ingen väg leder från svar till person. Konfidentiell: ni kan se vem som svarat."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Språk utöver svenska"), required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(
        label=_("Jämför svaren efter"), required=False, widget=forms.CheckboxSelectMultiple, choices=GROUP_LABELS.items
    )
    closes_on = forms.DateField(label=_("Sista svarsdag"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = surveys()
        self.fields["form"].choices = [(key, str(text_of(form, "name", "sv"))) for key, form in known.items()]  # type: ignore[attr-defined]
        spoken = sorted({lang for form in known.values() for lang in form.wordings} - {"sv"})
        self.fields["languages"].choices = [(lang, language_label(lang)) for lang in spoken]  # type: ignore[attr-defined]


class ReferenceForm(ActionForm):
    """A figure from elsewhere."""

    label = forms.CharField(label=_("Varifrån"), max_length=80, help_text=_("Staden, eller en annan enhet."))
    score = forms.ChoiceField(label=_("Index"))
    value = forms.DecimalField(label=_("Värde"), max_digits=9, decimal_places=3, localize=True)
    source = forms.CharField(label=_("Källa"), max_length=200, help_text=_("Var talet är publicerat, och när."))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = list(index_names(campaign.form).items())  # type: ignore[attr-defined]


class ThemeForm(ActionForm):
    """A theme to sort free texts under."""

    name = forms.CharField(label=_("Tema"), max_length=80)
