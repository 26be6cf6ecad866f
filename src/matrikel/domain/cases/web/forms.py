"""Forms of the room: few fields, today as the day, the answer one usually gives first."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.domain.access import door as access
from matrikel.domain.access.door import ActionForm, DateInput
from matrikel.domain.cases.models import Assignment, Note
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Conflict

CHOICES = [("mine", ""), ("both", ""), ("theirs", "")]
"""What the buttons of a conflict ask for."""


class MomentInput(forms.DateTimeInput):
    """A native field for day and time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


def colleagues(by: Acting) -> list[tuple[str, str]]:
    return [(str(post.pk), post.user.name) for post in access.colleagues(by=by)]


class ReceptionForm(ActionForm):
    received_on = forms.DateField(label=_("Mottagen"), widget=DateInput, initial=clock.today)
    category = forms.ChoiceField(label=_("Kategori"), choices=lambda: codes.choices("categories"))
    route = forms.ChoiceField(
        label=_("Väg hit"), required=False, choices=lambda: codes.choices("routes", blank=_("vet inte"))
    )
    previous_municipality = forms.ChoiceField(
        label=_("Flyttade från"),
        required=False,
        choices=lambda: codes.choices("municipalities", blank=_("ingen kommun")),
    )
    allocation_number = forms.CharField(label=_("Anvisningsnummer"), max_length=30, required=False)
    allocated_on = forms.DateField(label=_("Anvisad"), widget=DateInput, required=False)


class ReceptionChangeForm(ReceptionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class OpenForm(ActionForm):
    on = forms.DateField(label=_("Öppnat"), widget=DateInput, initial=clock.today)
    post_id = forms.ChoiceField(label=_("Ansvarig"))

    def __init__(self, *args: Any, by: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = colleagues(by)  # type: ignore[attr-defined]
        self.fields["post_id"].initial = str(by.post_id)


class CloseForm(ActionForm):
    on = forms.DateField(label=_("Sista dagen"), widget=DateInput, initial=clock.today)
    reason = forms.ChoiceField(label=_("Orsak"), choices=lambda: codes.choices("close_reasons", blank=_("välj orsak")))


class AssignForm(ActionForm):
    post_id = forms.ChoiceField(label=_("Medarbetare"))
    role = forms.ChoiceField(label=_("Som"), choices=Assignment.ROLES, initial="main")
    on = forms.DateField(label=_("Från och med"), widget=DateInput, initial=clock.today)

    def __init__(self, *args: Any, by: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = colleagues(by)  # type: ignore[attr-defined]


class ReferForm(ActionForm):
    receiver = forms.ChoiceField(label=_("Till"), choices=lambda: codes.choices("receivers"))
    on = forms.DateField(label=_("Dag"), widget=DateInput, initial=clock.today)


class StrikeForm(ActionForm):
    reason = forms.CharField(label=_("Varför stryks anteckningen?"), max_length=200)


class SignForm(ActionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(ActionForm):
    """A note while it is written. `form` is the open form's own key: it saves by itself without meeting itself.

    `version` is the draft's when the form last had it. The buttons of a conflict send `choice`, and `seen`: the version
    both texts were shown of.
    """

    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    note = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    choice = forms.ChoiceField(
        choices=[("mine", ""), ("both", ""), ("theirs", "")], required=False, widget=forms.HiddenInput
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Slag"), choices=Note.KINDS, initial="visit")
    happened_at = forms.DateTimeField(label=_("När"), widget=MomentInput)
    text = forms.CharField(
        label=_("Anteckning"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "id": "new-note"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_at"].initial = clock.now().astimezone(clock.SWEDEN).replace(second=0, microsecond=0)

    def hold(self, conflict: Conflict) -> None:
        """Unlike other forms, sending it again does not save over the other text: it sends itself all the time."""
        self.conflict = conflict
