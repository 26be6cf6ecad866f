"""A campaign on one page: where it stands, who has answered, what they said; and the same as a workbook."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from matrikel.base import sheets
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.surveys import door as surveys
from matrikel.domain.surveys.door import Campaign, Mean, Results
from matrikel.domain.trail import door as trail
from matrikel.web.pictures.intervals import Intervals, Line, Panel, Value
from matrikel.web.templatetags.wording import num
from matrikel_forms import Form

EARLIER = 3
"""Earlier surveys of the same form that an index is held against."""
HIDDEN = "··"


@dataclass(frozen=True)
class Index:
    """One score as it is read: value and interval in words, and in sentences what it is held against."""

    name: str
    value: str
    interval: str
    n: int
    against: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One question: each answer with how many and which share gave it."""

    text: str
    n: int
    mean: str
    rows: tuple[tuple[str, int, float], ...]


@page(Right.SURVEY_RUN)
def campaign(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    shown = surveys.campaign_for(request.by, campaign_id)
    context: dict[str, object] = {
        "campaign": shown,
        "languages": [surveys.language_label(lang) for lang in shown.languages],
    }
    if shown.state != "draft":
        form, results = surveys.form_of(shown, surveys.reader()), surveys.results_of(shown)
        trail.note("surveys.results.read", by=request.by, of="surveys.campaign", object=shown.pk)
        context |= {
            "results": results,
            "rate": None if results.rate is None else 100 * results.rate,
            "indices": indices(shown, form, results),
            "picture": picture(form, results),
            "questions": questions(form, results),
            "groups": groups(form, results),
            "has_text": any(item.type in ("text", "long_text") for item in form.items.values()),
        }
    return render(request, "surveys_campaign.html", context)


@page(Right.SURVEY_RUN)
def sheet(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """The results as XLSX, with the same hidden as on the page."""
    shown = surveys.campaign_for(request.by, campaign_id)
    form, results = surveys.form_of(shown, surveys.reader()), surveys.results_of(shown)
    trail.note("surveys.sheet.fetched", by=request.by, of="surveys.campaign", object=shown.pk)
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, sheets.SAFE)
    bold = book.add_format({"bold": True})
    _sheet(book, _("Resultat"), bold, [
        [shown.title], [shown.population], [_("Svar"), results.answered], [_("Tillfrågade"), results.invited], [],
        [_("Index"), _("Medelvärde"), _("Lägst"), _("Högst"), _("Svar")],
        *_numbers(form, results),
    ])  # fmt: skip
    rows: list[list[object]] = []
    for asked in questions(form, results):
        counts = [[name, count, share / 100] for name, count, share in asked.rows]
        rows += [[asked.text, _("Antal"), _("Andel")], *counts, []]
    _sheet(book, _("Frågor"), bold, rows)
    book.close()
    name = f"enkat-{shown.slug.lower()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(stream.getvalue(), content_type=kind, headers=headers)


def _numbers(form: Form, results: Results) -> list[list[object]]:
    """Each score as numbers: mean, the ends of its interval and the number of answers."""
    found: list[list[object]] = []
    for score in form.scores:
        if mean := results.scores.get(score.id):
            low, high = surveys.interval(mean) or ("", "")
            found.append([surveys.score_label(form, score), mean.mean, low, high, mean.n])
    return found


def _sheet(book: xlsxwriter.Workbook, name: str, bold: object, rows: list[list[object]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 60)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value, bold if column == 0 and at == 0 else None)


def indices(shown: Campaign, form: Form, results: Results) -> list[Index]:
    """Every score of the form that may be shown, in its order, with what it is held against."""
    references = list(shown.references.filter(voided_at=None))
    earlier = [
        (f"{each.title}, {each.closed_at:%Y-%m}", surveys.results_of(each).scores)
        for each in surveys.earlier(shown)[:EARLIER]
    ]
    found = []
    for score in form.scores:
        if mean := results.scores.get(score.id):
            against = [_held(mean, each.label, float(each.value)) for each in references if each.score == score.id]
            against += [_held(mean, label, kept[score.id]) for label, kept in earlier if score.id in kept]
            ends = surveys.interval(mean)
            told = f"{num(ends[0], 1)}–{num(ends[1], 1)}" if ends else "–"
            name = surveys.score_label(form, score)
            found.append(Index(name, num(mean.mean, 1), told, mean.n, tuple(against)))
    return found


def picture(form: Form, results: Results) -> Intervals | None:
    """Every index from 0 to 100 with its interval, a row each; groups stand in the table."""
    lines = []
    for score in form.scores:
        mean = results.scores.get(score.id)
        if mean is not None and score.method == "index":
            low, high = surveys.interval(mean) or (None, None)
            ends = (None if low is None else max(low, 0.0), None if high is None else min(high, 100.0))
            lines.append(Line(surveys.score_label(form, score), (Value(mean.mean, *ends),)))
    return Intervals([Panel(_("Index från 0 till 100"), tuple(lines))], low=0.0, high=100.0, unit="") if lines else None


def _held(mean: Mean, label: str, other: Mean | float) -> str:
    """In a sentence: both values, and whether chance could explain the difference."""
    value = other.mean if isinstance(other, Mean) else other
    words = {"own": num(mean.mean, 1), "label": label, "other": num(value, 1)}
    if mean.differs(other):
        return _("%(own)s mot %(other)s (%(label)s): skiljer sig mer än slumpen skulle göra.") % words
    return _("%(own)s mot %(other)s (%(label)s): skillnaden är inte större än slumpen kan göra.") % words


def questions(form: Form, results: Results) -> list[Asked]:
    """Every question that may be shown, with its answers in the order of the form."""
    found = []
    for each in results.questions:
        rows = tuple(
            (surveys.option_label(form, each.item, name), count, 100 * count / each.n)
            for name, count in each.counts.items()
        )
        mean = num(each.mean.mean, 1) if each.mean else ""
        found.append(Asked(surveys.item_label(form, each.item), each.n, mean, rows))
    return found


def groups(form: Form, results: Results) -> list[dict[str, object]]:
    """Each group with its response rate and its scores, two dots where it is hidden."""
    scores = [each for each in form.scores if each.id in results.scores]
    return [
        {
            "dim": surveys.GROUP_LABELS.get(group.dim, group.dim),
            "value": surveys.value_label(group.dim, group.value),
            "rate": HIDDEN if group.answered is None else f"{group.answered} / {group.invited}",
            "scores": [num(group.scores[each.id].mean, 1) if each.id in group.scores else HIDDEN for each in scores],
            "heads": [surveys.score_label(form, each) for each in scores],
        }
        for group in results.groups
    ]
