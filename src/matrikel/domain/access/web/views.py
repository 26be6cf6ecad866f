"""Own settings, choosing a post, and the administrator's list of staff."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matrikel.domain.access.actions.preferences import prefer
from matrikel.domain.access.actions.staff import employ, end_post
from matrikel.domain.access.forms import ActionForm, DateInput, carry_out
from matrikel.domain.access.models import User
from matrikel.domain.access.pages import POST_KEY, StaffRequest, page
from matrikel.domain.access.queries import current_posts, staff_of_board, units_of_board
from matrikel.domain.access.rules import ROLES, Right
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.errors import Missing


@page(Right.HOME, "POST")
def preferences(request: StaffRequest) -> HttpResponse:
    prefer(user=request.post_held.user, by=request.by, chosen=request.POST)
    return HttpResponseRedirect(_next(request))


@page(Right.HOME, "GET", "POST")
def choose_post(request: StaffRequest) -> HttpResponse:
    posts = current_posts(request.by.user_id)
    if request.method == "POST":
        post = posts.filter(pk=request.POST.get("post", "")).first()
        if post is None:
            raise Missing
        request.session[POST_KEY] = str(post.pk)
        trail.note("access.post.chosen", by=request.by, object=post.pk, of="access.post")
        return redirect("home")
    return render(request, "access/choose_post.html", {"posts": posts})


@page(Right.HOME, "POST")
def undo(request: StaffRequest, receipt_id: UUID) -> HttpResponse:
    trail.undo(receipt_id, by=request.by)
    messages.success(request, _("Ångrat. Allt är som förut."))
    return HttpResponseRedirect(_next(request))


@page(Right.STAFF_WRITE)
def staff(request: StaffRequest) -> HttpResponse:
    return render(request, "access/staff.html", {"posts": staff_of_board(by=request.by), "today": clock.today()})


class EmployForm(ActionForm):
    name = forms.CharField(label=gettext_lazy("Namn"), max_length=100)
    email = forms.EmailField(label=gettext_lazy("E-postadress"))
    unit: Any = forms.ModelChoiceField(label=gettext_lazy("Enhet"), queryset=None)
    role = forms.ChoiceField(label=gettext_lazy("Roll"), choices=[(code, role.label) for code, role in ROLES.items()])
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=80, required=False)
    start_date = forms.DateField(label=gettext_lazy("Första dagen"), widget=DateInput, initial=clock.today)


@page(Right.STAFF_WRITE, "GET", "POST")
def new_post(request: StaffRequest) -> HttpResponse:
    form = EmployForm(request.POST or None)
    form.fields["unit"].queryset = units_of_board(by=request.by)  # type: ignore[attr-defined]
    password = User.objects.make_start_password()
    known = form.is_bound and form.is_valid() and User.objects.filter(email=form.cleaned_data["email"].lower()).exists()
    response = carry_out(
        request,
        form,
        lambda: employ(**form.asked(), by=request.by, password=password),
        to=reverse("staff"),
        done=_("Tjänsten är upplagd.")
        if known
        else _("Kontot är upplagt. Startlösenord, visas bara nu: %(password)s") % {"password": password},
    )
    return response or render(
        request,
        "access/form.html",
        {
            "form": form,
            "title": _("Ny tjänst"),
            "back_url": reverse("staff"),
            "submit_label": _("Lägg upp tjänsten"),
            "lede": _("Den som slutar får en sista dag. Konton tas inte bort, loggen ska gå att läsa."),
        },
    )


class EndPostForm(ActionForm):
    end_date = forms.DateField(label=gettext_lazy("Sista dagen"), widget=DateInput, initial=clock.today)


@page(Right.STAFF_WRITE, "GET", "POST")
def leave_post(request: StaffRequest, post_id: UUID) -> HttpResponse:
    post = staff_of_board(by=request.by).filter(pk=post_id).first()
    if post is None:
        raise Missing
    form = EndPostForm(request.POST or None)
    response = carry_out(
        request,
        form,
        lambda: end_post(post_id=post.pk, on=form.cleaned_data["end_date"], by=request.by),
        to=reverse("staff"),
        done=_("Tjänsten har fått en sista dag."),
    )
    return response or render(
        request,
        "access/form.html",
        {
            "form": form,
            "title": _("Avsluta tjänst: %(name)s") % {"name": post.user.name},
            "back_url": reverse("staff"),
            "submit_label": _("Avsluta tjänsten"),
        },
    )


def _next(request: StaffRequest) -> str:
    to = request.POST.get("next") or request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return to
    return reverse("home")
