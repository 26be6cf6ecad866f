"""The results of a closed survey to take along: a workbook, and a sheet of paper. The same is hidden as on the page."""

from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matrikel.base import paper, sheets
from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.instruments.door import phrases
from matrikel.domain.surveys import door as surveys
from matrikel.domain.surveys.door import Campaign, Results
from matrikel.domain.trail import door as trail
from matrikel.web.surveys import Asked, Read, questions, told
from matrikel.web.templatetags.wording import num


@page(Right.SURVEY_RUN)
def sheet(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """The results as XLSX."""
    shown = surveys.closed_for(request.by, campaign_id)
    form, results = surveys.form_of(shown, surveys.reader()), surveys.results_of(shown)
    trail.note("surveys.sheet.fetched", by=request.by, of="surveys.campaign", object=shown.pk)
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, sheets.SAFE)
    bold = book.add_format({"bold": True})
    _sheet(book, _("Resultat"), bold, [
        [shown.title], [shown.population], [_("Svar"), results.answered], [_("Tillfrågade"), results.invited], [],
        [_("Index"), _("Medelvärde"), _("Lägst"), _("Högst"), _("Svar")],
        *_numbers(results),
    ])  # fmt: skip
    rows: list[list[object]] = []
    for asked in questions(form, results):
        counts = [[name, count, share / 100] for name, count, share in asked.rows]
        rows += [[asked.text, _("Antal"), _("Andel")], *counts, []]
    _sheet(book, _("Frågor"), bold, rows)
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(stream.getvalue(), kind, f"enkat-{shown.slug.lower()}.xlsx")


def _numbers(results: Results) -> list[list[object]]:
    return [[surveys.index_label(each), each.value, each.low, each.high, each.n] for each in results.indices]


def _sheet(book: xlsxwriter.Workbook, name: str, bold: object, rows: list[list[object]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 60)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value, bold if column == 0 and at == 0 else None)


@page(Right.SURVEY_RUN)
def printed(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """The results as a tagged PDF: each index as picture, sentence and table, then every question."""
    shown = surveys.closed_for(request.by, campaign_id)
    results = surveys.results_of(shown)
    trail.note("surveys.results.printed", by=request.by, of="surveys.campaign", object=shown.pk)
    made = paper.pdf("web/paper/survey.typ", _on_paper(shown, results), lang=surveys.reader())
    return _file(made, "application/pdf", f"enkat-{shown.slug.lower()}.pdf")


def _on_paper(shown: Campaign, results: Results) -> dict[str, Any]:
    found: dict[str, Any] = told(shown, surveys.form_of(shown, surveys.reader()), results)
    indices: list[Read] = found["indices"]
    rows = [[each.name, each.value, each.interval, str(each.n)] for each in indices]
    asked: list[Asked] = found["questions"]
    few = _("Färre än %(n)s har svarat. Vad de svarat visas inte.") % {"n": shown.threshold}
    return {
        "lang": surveys.reader(),
        "title": shown.title,
        "head": f"{shown.unit.name} · {_('Enkät')}",
        "foot": f"{shown.title}, {shown.closed_at:%Y-%m-%d}",
        "pages": phrases(surveys.reader())["page"],
        "population": shown.population,
        "kind": shown.get_kind_display(),
        "rate": _rate(results),
        "few": few if results.hidden else "",
        "words": {
            "kind": _("Slag"), "population": _("Tillfrågade"), "answers": _("Svar"), "indices": _("Index"),
            "groups": _("Grupper"), "questions": _("Frågor"),
            "covers": _("Spannet täcker i 95 fall av 100 det värde man skulle få om alla svarade på samma sätt."),
            "hidden": _("·· för få svar, eller så skulle en liten grupp gå att räkna ut."),
        },
        "indices": {"heads": [_("Index"), _("Medelvärde"), _("Spann"), _("Svar")], "rows": rows},
        "says": [f"{each.name}: {say}" for each in indices for say in each.against],
        "lead": found["lead"],
        "svg": render_to_string("paper/intervals.svg", {"of": found["picture"]}) if found["picture"] else "",
        "alt": " ".join(f"{each.name} {each.value} ({each.interval})." for each in indices),
        "groups": [[str(row["value"]), row["rate"], *row["values"]] for row in found["groups"]],
        "group_heads": [_("Grupp"), _("Svar"), *(each.name for each in indices)],
        "question_heads": [_("Svar"), _("Antal"), _("Andel")],
        "questions": [
            {
                "text": each.text,
                "n": ngettext("ett svar", "%(n)s svar", each.n) % {"n": each.n},
                "rows": [[name, str(count), f"{num(share, 0)} %", share] for name, count, share in each.rows],
            }
            for each in asked
        ],
    }  # fmt: skip


def _rate(results: Results) -> str:
    words = {"k": results.answered, "n": results.invited, "share": num(100 * (results.rate or 0), 0)}
    return _("%(k)s av %(n)s har svarat, %(share)s procent.") % words


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
