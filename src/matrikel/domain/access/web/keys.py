"""The settings page of keys for programs: what holds, a new one shown once, and revoking."""

from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.actions.keys import make_key, revoke_key
from matrikel.domain.access.forms import ActionForm, DateInput
from matrikel.domain.access.pages import StaffRequest, page
from matrikel.domain.access.queries import keys_of
from matrikel.domain.access.rules import KEY_DAYS, Right
from matrikel.kernel import clock
from matrikel.kernel.errors import RuleBroken


def _last_day() -> date:
    return clock.today() + timedelta(days=KEY_DAYS)


class KeyForm(ActionForm):
    name = forms.CharField(
        label=gettext_lazy("Vad ska läsa"),
        max_length=80,
        help_text=gettext_lazy("Programmet eller arbetsboken, så att du känner igen nyckeln när den ska bort."),
    )
    end_date = forms.DateField(label=gettext_lazy("Sista dag"), widget=DateInput, initial=_last_day)


@page(Right.FIGURE_READ, "GET", "POST")
def keys(request: StaffRequest) -> HttpResponse:
    """A new key is in the answer itself and nowhere else, so there is no redirect that would have to carry it."""
    form, secret = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        try:
            secret = make_key(key_id=form.cleaned_data["key"], **asked, by=request.by)
        except RuleBroken as fault:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        else:
            form = KeyForm()
    return render(request, "access/keys.html", {"form": form, "secret": secret, "keys": keys_of(request.by)})


@page(Right.FIGURE_READ, "POST")
def revoke(request: StaffRequest, key_id: UUID) -> HttpResponse:
    key = revoke_key(key_id=key_id, by=request.by)
    messages.success(request, _("Nyckeln %(name)s är återkallad och öppnar inget mer.") % {"name": key.name})
    return redirect("keys")
