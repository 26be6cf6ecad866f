"""A result as a workbook: the figures on one sheet, how they were counted on the next."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.explained import definition_terms, origin_terms, result_terms, source_words
from matrikel.domain.figures.shown import Row, Seen, View
from matrikel.domain.figures.wording import headline, hidden_words

HIDDEN = "··"
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""No text is ever taken for a formula or a link."""


def workbook(view: View) -> bytes:
    """The view as XLSX, with what is hidden as two dots."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, SAFE)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    whole, percent = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0%"})
    _figures(book.add_worksheet(_("Resultat")), view, bold, whole, percent)
    sheet = book.add_worksheet(_("Så räknas det"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90, wrapped)
    for at, (term, text) in enumerate([*definition_terms(view.definition), *result_terms(view), *origin_terms(view)]):
        sheet.write_string(at, 0, term, bold)
        sheet.write_string(at, 1, text, wrapped)
    book.close()
    return stream.getvalue()


def _figures(sheet: xlsxwriter.worksheet.Worksheet, view: View, bold: object, whole: object, percent: object) -> None:
    name = view.definition.text(catalogue.language()).name
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 9, 13)
    for at, text in enumerate(
        [name, f"{view.area_label}, {view.year or _('alla år')}", headline(view.definition, view.total)]
    ):
        sheet.write_string(at, 0, text, bold)
    share = view.definition.kind == "reached"
    at = 4
    for column, head in enumerate(_heads(view)):
        sheet.write_string(at, column, head, bold)
    for label, seen in _lines(view):
        at += 1
        sheet.write_string(at, 0, label)
        for column, value in enumerate(_values(view, seen), start=1):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(at, column, value)
            else:
                sheet.write_number(at, column, value, percent if share and 3 <= column <= 5 else whole)
    sheet.write_string(at + 2, 0, source_words(view))
    hidden = {hidden_words(seen) for _label, seen in _lines(view) if seen.hidden}
    for offset, text in enumerate(sorted(hidden), start=3):
        sheet.write_string(at + offset, 0, f"{HIDDEN} {text}")


def _heads(view: View) -> list[str]:
    if view.definition.kind == "reached":
        return ["", _("Räknas"), _("Nådde målet"), _("Andel"), _("Lägst"), _("Högst"), _("Pågår ännu")]
    if view.definition.kind == "duration":
        return ["", _("Har börjat"), _("Väntar"), _("Dagar i snitt"), _("Lägst"), _("Högst"), _("Hälften inom, dagar")]
    return ["", _("Antal")]


def _values(view: View, seen: Seen) -> list[float | str | None]:
    cell = seen.cell
    if seen.hidden:
        return [HIDDEN] * (len(_heads(view)) - 1)
    if view.definition.kind == "reached":
        return [cell.n, cell.k, cell.value, cell.low, cell.high, HIDDEN if cell.not_mature is None else cell.not_mature]
    if view.definition.kind == "duration":
        return [cell.n, cell.open, cell.value, cell.low, cell.high, cell.median]
    return [cell.n]


def _lines(view: View) -> list[tuple[str, Seen]]:
    lines = [(view.area_label, view.total)]
    for row in view.rows if view.split != "place" else ():
        lines.append((row.label, row.seen))
    for row in view.places:
        lines += _of_place(row)
    return lines + [(f"{view.area_label}, {year}", seen) for year, seen in view.series if year != view.year]


def _of_place(row: Row) -> list[tuple[str, Seen]]:
    if row.silent:
        return []
    found = [(row.label, row.seen)]
    for sex, seen in ((_("kvinnor"), row.women), (_("män"), row.men)):
        if seen is not None:
            found.append((f"{row.label}, {sex}", seen))
    return found
