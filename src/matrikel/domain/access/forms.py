"""How a form becomes an action: bound, checked, carried out once, with a way back."""

from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.access.pages import StaffRequest
from matrikel.domain.trail import door as trail
from matrikel.kernel.errors import Conflict, RuleBroken


class ActionForm(forms.Form):
    """A form that asks for one action. `key` makes it happen once; `version` is the row's when it was shown."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    conflict: Conflict | None = None

    def asked(self) -> dict[str, Any]:
        """The action's arguments: what was filled in, without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}

    def hold(self, conflict: Conflict) -> None:
        """Keep what was written beside what somebody else saved; sending the form again saves over that."""
        self.conflict = conflict
        if "version" in self.fields and conflict.version is not None:
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("version")] = str(conflict.version)
            self.data = data

    def differing(self) -> list[tuple[forms.BoundField, object, object]]:
        """After a conflict: the fields whose texts differ, with mine and theirs in the words of the form."""
        if self.conflict is None:
            return []
        mine, theirs = self.conflict.mine, self.conflict.theirs
        shown = [field for field in self.visible_fields() if field.name in theirs]
        return [
            (field, _in_words(field, mine[field.name]), _in_words(field, theirs[field.name]))
            for field in shown
            if mine[field.name] != theirs[field.name]
        ]


def _in_words(field: forms.BoundField, value: object) -> object:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if value in (None, ""):
        return "–"
    choices = getattr(field.field, "choices", None)
    return dict(choices).get(value, value) if choices else value


class DateInput(forms.DateInput):
    """A native date field: year-month-day whatever the language, so that browsers understand it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def carry_out(
    request: StaffRequest,
    form: ActionForm,
    action: Callable[[], Any],
    *,
    to: Callable[[Any], str] | str,
    done: str,
    final: bool = False,
) -> HttpResponse | None:
    """Run the action a valid form asks for, and go on to `to` with a message that offers undo (unless it is `final`).

    Returns None when the form has to be shown (again): not posted, not valid, a rule broken (as an error at its field)
    or a conflict (`form.conflict` holds both texts). A form sent twice goes on without doing anything.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    key = form.cleaned_data["key"]
    try:
        with trail.once(key):
            result = action()
    except RuleBroken as fault:
        if fault.code == "already_done":
            messages.info(request, str(fault))
            return HttpResponseRedirect(to if isinstance(to, str) else reverse("today"))
        form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        return None
    except Conflict as fault:
        form.hold(fault)
        return None
    messages.success(request, done, extra_tags="" if final else f"undo:{reverse('undo', args=[key])}")
    return HttpResponseRedirect(to if isinstance(to, str) else to(result))
