"""Pages about who a person is: correcting, name, number, birth, death, protection, and the panel of identity."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.people import door as people
from matrikel.domain.people.models import IdentityNumber, PastName
from matrikel.domain.people.pages import form_page, home_of, panel_page, with_case_number
from matrikel.domain.people.queries import get_for, languages_of, own_rows, row_for
from matrikel.domain.people.web import forms
from matrikel.domain.trail import door as trail


@page(Right.PERSON_WRITE, "GET", "POST")
def correct(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    names = [name for name in forms.CorrectForm.base_fields if name not in ("key", "languages")]
    initial = {name: getattr(person, name) for name in names} | {"languages": languages_of(person)}
    form = forms.CorrectForm(request.POST or None, initial=initial)
    return form_page(
        request, form, person, lambda: people.correct(person=person, by=request.by, **form.asked()),
        title=_("Rätta uppgifter"), submit=_("Spara"), done=_("Uppgifterna är rättade."),
        lede=_("För det som blev fel från början. Har personen bytt namn, välj Nytt namn i stället."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def rename(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    initial = {name: getattr(person, name) for name in ("given_name", "family_name", "version")}
    form = forms.RenameForm(request.POST or None, initial=initial)
    return form_page(
        request, form, person, lambda: people.rename(person=person, by=request.by, **form.asked()),
        title=_("Nytt namn"), submit=_("Spara"), done=_("Det nya namnet är sparat."),
        lede=_("Det gamla namnet finns kvar och går att söka på."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def give_number(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.NumberForm(request.POST or None)
    return form_page(
        request, form, person, lambda: people.give_number(person=person, by=request.by, **form.asked()),
        title=_("Nytt nummer"), submit=_("Spara"), done=_("Numret är sparat."),
        lede=_("Ett nytt personnummer eller samordningsnummer ersätter det förra från den dagen."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def record_birth(request: StaffRequest, person_id: UUID) -> HttpResponse:
    parent = get_for(request.by, person_id)
    initial = {} if parent.is_protected else {"family_name": parent.family_name}
    form = forms.BirthForm(request.POST or None, initial=initial)
    return form_page(
        request, form, parent, lambda: people.record_birth(parent=parent, by=request.by, **form.asked()),
        title=_("Fött barn"), submit=_("Registrera barnet"), done=_("Barnet är registrerat."),
        to=lambda person: home_of(person.pk),
        lede=_("Barnet får förälderns skydd och hushåll."),
    )  # fmt: skip


@page(Right.PERSON_WRITE, "GET", "POST")
def record_death(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.DeathForm(request.POST or None)
    return form_page(
        request, form, person, lambda: people.record_death(person=person, by=request.by, **form.asked()),
        title=_("Avliden"), submit=_("Spara"), done=_("Dödsdagen är sparad."),
        lede=_("Folkbokföring, sysselsättning och hushåll avslutas den dagen."),
    )  # fmt: skip


@page(Right.PROTECTION_WRITE, "GET", "POST")
def protect(request: StaffRequest, person_id: UUID) -> HttpResponse:
    person = get_for(request.by, person_id)
    form = forms.ProtectForm(request.POST or None, initial={"level": person.protection})
    posts = access.colleagues(by=request.by).exclude(pk=request.by.post_id)
    form.fields["circle"].choices = [(str(post.pk), post.user.name) for post in posts]  # type: ignore[attr-defined]
    return form_page(
        request, form, person,
        lambda: people.protect(
            person=person, level=form.cleaned_data["level"], by=request.by,
            circle=[UUID(post_id) for post_id in form.cleaned_data["circle"]],
        ),
        title=_("Skyddade uppgifter"), submit=_("Spara"), done=_("Skyddet är ändrat."),
        lede=_("Alla kan höja skyddet. Det sänks av någon annan än den som höjde det."),
    )  # fmt: skip


@page(Right.PERSON_READ)
def identity(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Panel: numbers, earlier names and what else is known of who the person is."""
    person = get_for(request.by, person_id, purpose="panel")
    context = {
        "numbers": [_shown(row) for row in people.numbers_of(person)],
        "past_names": [] if person.is_protected else PastName.objects.filter(own_rows(person)).order_by("-until"),
        "may_write": request.by.may(Right.PERSON_WRITE),
    }
    return panel_page(request, person, "people/identity.html", _("Identitet"), context)


def _shown(row: IdentityNumber) -> dict[str, object]:
    return {"row": row, "kind": forms.number_kind(row.kind), "start": people.masked_start(row.number)}


@page(Right.PERSON_READ, "POST")
def show_number(request: StaffRequest, number_id: UUID) -> HttpResponse:
    """The whole number, logged as shown. A fragment for htmx, else a small page."""
    row, person = row_for(request.by, IdentityNumber, number_id)
    trail.read("people.number.shown", by=request.by, persons=[person.pk])
    context = {
        "number": row.number.formatted,
        "kind": forms.number_kind(row.kind),
        "person": with_case_number(person, request),
    }
    return render(request, "people/number_whole.html" if request.htmx else "people/number.html", context)
