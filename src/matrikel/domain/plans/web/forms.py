"""Forms of the room: one for each act, few fields, today as the day."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.base import codes
from matrikel.domain.access.door import ActionForm, DateInput
from matrikel.domain.instruments.door import name_in_words, purpose_in_words
from matrikel.domain.plans.models import Goal
from matrikel.kernel import clock
from matrikel_forms import Form

PLAIN_SWEDISH = "sv-x-lattlast"
NEXT_DAYS = 90


def language_label(code: str) -> str:
    return _("lätt svenska") if code == PLAIN_SWEDISH else codes.label("languages", code)


class BeginForm(ActionForm):
    """Which plan, the one that fits the person's age first, each with what it is for; and the language beside."""

    optional = gettext_lazy("frivilligt")
    kind = forms.ChoiceField(label=gettext_lazy("Slag av plan"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=gettext_lazy("Språk bredvid svenskan"), required=False)

    def __init__(self, *args: Any, offered: list[Form], spoken: list[str], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {lang for form in offered for lang in form.wordings if lang != "sv"}
        first = next((lang for lang in spoken if lang in known), "")
        ordered = sorted(offered, key=lambda form: form.id != kind)
        self.fields["kind"].choices = [(form.id, _told(form)) for form in ordered]  # type: ignore[attr-defined]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("bara svenska")),
            *sorted(((lang, language_label(lang)) for lang in known), key=lambda each: each[1]),
        ]
        self.initial = {"kind": kind, "language": first}


def _told(form: Form) -> str:
    template = '<span>{}<br><span class="second small">{}</span></span>'
    return format_html(template, name_in_words(form), purpose_in_words(form))


class AgreeForm(ActionForm):
    on = forms.DateField(label=gettext_lazy("Båda skrev under"), widget=DateInput, initial=clock.today)


class ConfirmForm(ActionForm):
    no_draft = True
    code = forms.CharField(
        label=gettext_lazy("Koden som personen säger"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class StepForm(ActionForm):
    state = forms.CharField(max_length=40, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FollowUpForm(ActionForm):
    """How each goal goes, by its row; when next."""

    optional = gettext_lazy("frivilligt")
    on = forms.DateField(label=gettext_lazy("Vi gick igenom planen"), widget=DateInput, initial=clock.today)

    def __init__(self, *args: Any, goals: list[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for goal in goals:
            self.fields[f"goal-{goal.row}"] = forms.ChoiceField(
                label=goal.text, help_text=_("Hur går det?"), choices=codes.choices("goal_states"), initial=goal.state
            )
        self.fields["note"] = forms.CharField(
            label=_("Vad sades"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
        )
        self.fields["next_on"] = forms.DateField(
            label=_("Nästa uppföljning"), required=False, widget=DateInput,
            initial=clock.today() + timedelta(days=NEXT_DAYS),
        )  # fmt: skip

    def told(self) -> dict[str, Any]:
        asked = self.asked()
        outcomes = {name.removeprefix("goal-"): state for name, state in asked.items() if name.startswith("goal-")}
        return {"on": asked["on"], "outcomes": outcomes, "note": asked["note"], "next_on": asked["next_on"]}


class EndForm(ActionForm):
    on = forms.DateField(label=gettext_lazy("Sista dagen"), widget=DateInput, initial=clock.today)
    reason = forms.ChoiceField(label=gettext_lazy("Varför"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = codes.choices("plan_ends")  # type: ignore[attr-defined]
