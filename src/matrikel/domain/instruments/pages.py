"""An open form: shown, saved section by section, read back. Rooms built on forms give it a `Place` of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.access.door import StaffRequest
from matrikel.domain.instruments.actions.section import save_section
from matrikel.domain.instruments.differing import Met, differing, joined
from matrikel.domain.instruments.models import Response, Section
from matrikel.domain.instruments.queries import form_in_words, person_of, section_now, sections_of
from matrikel.domain.instruments.rules import by_place, language, own
from matrikel.domain.instruments.sent import read
from matrikel.domain.instruments.showing import show
from matrikel.domain.instruments.shown import Answers, Filled, Gone, Sheet
from matrikel.kernel import clock
from matrikel.kernel.errors import Conflict, RuleBroken
from matrikel_forms import Form, Problem, validate

ROWS = ("add", "remove", "restore", "clear")


@dataclass(frozen=True)
class Place:
    """What stands around a form that is filled in.

    `post_url` is its page and `save_url` where it saves itself; `next_url` is where one signs when nothing is lacking,
    `back_url` where one goes after leaving. `before` are the answers of the version called `before_name`; `offers` what
    to choose among, as code and label.
    """

    post_url: str
    save_url: str
    next_url: str
    back_url: str
    sign_label: str
    lede: str = ""
    version_name: str = ""
    print_url: str = ""
    discard_url: str = ""
    before: Answers | None = None
    before_name: str = ""
    offers: Sequence[tuple[str, str]] = ()


@dataclass
class Written:
    """What an open form holds after it was sent: answers as written, also those that could not be saved.

    `sent` are the sections that came, `met` those another page had saved since, `refusal` why something was not saved.
    """

    parts: dict[str, Section]
    answers: dict[str, dict[str, Any]]
    page: UUID = field(default_factory=uuid4)
    sent: list[str] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    gone: Gone | None = None
    refusal: str = ""

    @property
    def whole(self) -> dict[str, Any]:
        return {path: value for part in self.answers.values() for path, value in part.items()}


def fill_page(request: StaffRequest, response: Response, place: Place) -> HttpResponse:
    """The page of a draft that `response_for` gave: what was sent is saved, then on to where its button leads.

    Asked with `saknas` it marks what is lacking.
    """
    form = form_in_words(response)
    if request.method != "POST":
        standing = _standing(response)
        if "saknas" in request.GET:
            standing.faults = validate(form, own(standing.whole), complete=True)
        return _page(request, response, form, place, standing)
    written, do = _saved(request, response, form), request.POST.get("do", "")
    whole = validate(form, own(written.whole), complete=do == "sign")
    written.faults = [*written.faults, *whole]
    if written.refusal:
        messages.error(request, written.refusal)
    if written.met or written.refusal:
        return _page(request, response, form, place, written, status=409 if written.met else 422)
    if do == "leave":
        messages.success(request, _("Utkastet är sparat."))
        return HttpResponseRedirect(place.back_url)
    if do in ("save", "sign") and whole:
        return _page(request, response, form, place, written, status=422)
    if do == "save":
        messages.success(request, _("Sparat."))
    if do in ("save", "sign"):
        return HttpResponseRedirect(place.next_url if do == "sign" else place.post_url)
    return _page(request, response, form, place, written)


def saved_part(request: StaffRequest, response: Response, place: Place) -> HttpResponse:
    """What an open form is told when it has saved itself, with sections drawn anew when their rows changed."""
    form = form_in_words(response)
    written = _saved(request, response, form)
    written.faults += validate(form, own(written.whole), complete=False)
    sheet = _sheet(request, response, form, place, written)
    unsaved = _("Inte sparat än: välj vilken text som gäller.") if written.met else written.refusal
    context = {
        "sheet": sheet,
        "sections": [sheet.section(name) for name in written.sent],
        "saved_at": clock.now(),
        "unsaved": unsaved,
        "redraw": any(request.POST.get(name) for name in ROWS),
    }
    return render(request, "instruments/saved.html", context)


def filled(response: Response, answers: Answers, **more: Any) -> Filled:
    """Answers to be shown in the reader's language, the person's beside it."""
    other = response.language if response.language != language() else ""
    return Filled(answers=answers, lang=language(), other=other, on=clock.today(), **more)


def _standing(response: Response) -> Written:
    parts = sections_of(response)
    return Written(parts, {name: dict(part.answers) for name, part in parts.items()})


def _saved(request: StaffRequest, response: Response, form: Form) -> Written:
    """Save each section that was sent. What could not be saved stays as it was written, with why."""
    sent, written = read(form, request.POST), _standing(response)
    written.page, written.gone, written.sent = _page_key(request), sent.gone, list(sent.sections)
    for name, answers in sent.sections.items():
        choice, version = request.POST.get(f"choice.{name}"), sent.versions[name]
        held = section_now(response, name).answers if choice else {}
        if choice:
            seen = str(request.POST.get(f"seen.{name}"))
            version = int(seen) if seen.isdecimal() else version
            answers = joined(form, held, answers) if choice == "both" else answers
        written.answers[name] = answers
        try:
            part = _save(request, response, name, answers, version, written)
            if choice == "theirs":
                # Mine was saved first, so that it stands in the history too.
                part = _save(request, response, name, held, part.version, written)
                written.answers[name] = dict(held)
            written.parts[name] = part
        except Conflict:
            written.met[name] = version
        except RuleBroken as fault:
            written.refusal = str(fault)
    return written


def _save(
    request: StaffRequest, response: Response, name: str, answers: Answers, version: int, written: Written
) -> Section:
    saved = save_section(
        response=response, section=name, answers=answers, version=version, by=request.by, written_in=written.page
    )
    lost = {path for path, value in answers.items() if saved.section.answers.get(path) != value}
    refused = [fault for fault in saved.faults if fault.place in lost]
    if refused:
        written.faults += refused
        written.refusal = _("Inte sparat: %(why)s") % {"why": refused[0].message(language())}
    return saved.section


def _page_key(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("form", ""))
    except ValueError:
        return uuid4()


def _sheet(request: StaffRequest, response: Response, form: Form, place: Place, written: Written) -> Sheet:
    person = person_of(response)
    said = by_place(written.faults)
    mine = filled(
        response,
        written.whole,
        faults={name: list(dict.fromkeys(each)) for name, each in said.items()},
        before=place.before,
        before_name=place.before_name,
        versions={name: written.met.get(name, part.version) for name, part in written.parts.items()},
        gone=written.gone,
        persons=[*([] if person.is_protected else [person.name]), *_colleagues(request)],
        offers=place.offers,
    )
    sheet = show(form, mine)
    if not written.met:
        return sheet
    return show(form, replace(mine, conflicts={name: _met(response, form, sheet, name) for name in written.met}))


def _colleagues(request: StaffRequest) -> list[str]:
    return [post.user.name for post in access.colleagues(by=request.by)]


def _met(response: Response, form: Form, mine: Sheet, name: str) -> Met:
    now = section_now(response, name)
    others = {path: value for path, value in mine.filled.answers.items() if not _inside(form, name, path)}
    theirs = show(form, replace(mine.filled, answers={**others, **now.answers}))
    at = now.written_at.astimezone(clock.SWEDEN).strftime("%H.%M") if now.written_at else ""
    who = now.written_by.user.name if now.written_by else ""
    return Met(who, at, now.version, differing(mine.section(name), theirs.section(name)))


def _inside(form: Form, section: str, path: str) -> bool:
    first = path.partition("@")[0].split("/")[0]
    above = form.above(first)
    return (above[0].id if above else first) == section


def _page(
    request: StaffRequest, response: Response, form: Form, place: Place, written: Written, status: int = 200
) -> HttpResponse:
    if not written.faults:
        written.faults = validate(form, own(written.whole), complete=False)
    sheet, person = _sheet(request, response, form, place, written), person_of(response)
    times = [part.written_at for part in written.parts.values() if part.written_at]
    context = {
        "sheet": sheet,
        "sections": sheet.sections,
        "person": person,
        "form_key": written.page,
        "keep": not person.is_protected,
        "may_sign": True,
        "saved_at": max(times, default=None),
        "place": place,
    }
    for name in (
        "post_url", "save_url", "back_url", "print_url", "discard_url", "lede", "version_name", "sign_label"
    ):  # fmt: skip
        context[name] = getattr(place, name)
    return render(request, "instruments/fill.html", context, status=status)
