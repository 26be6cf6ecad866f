"""A result as a workbook: the figures on one sheet, how they were counted on the next."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from matrikel.base.sheets import SAFE
from matrikel.domain.figures import catalogue
from matrikel.domain.figures.explained import explained
from matrikel.domain.figures.said import source_words
from matrikel.domain.figures.shapes import shape
from matrikel.domain.figures.shown import Row, Seen, View
from matrikel.domain.figures.wording import headline, hidden_words, value_heads
from matrikel_stats import Definition

HIDDEN = "··"
FORMATS = {"whole": "#,##0", "part": "#,##0.0", "percent": "0.0%"}


def workbook(view: View) -> bytes:
    """The view as XLSX, with what is hidden as two dots."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, SAFE)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    formats = {name: book.add_format({"num_format": each}) for name, each in FORMATS.items()}
    _figures(book.add_worksheet(_("Resultat")), view, bold, **formats)
    sheet = book.add_worksheet(_("Så räknas det"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90, wrapped)
    for at, (term, text) in enumerate(explained(view).terms):
        sheet.write_string(at, 0, term, bold)
        sheet.write_string(at, 1, text, wrapped)
    book.close()
    return stream.getvalue()


def _figures(
    sheet: xlsxwriter.worksheet.Worksheet, view: View, bold: object, *, whole: object, part: object, percent: object
) -> None:
    name = view.definition.text(catalogue.language()).name
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 9, 13)
    for at, text in enumerate(
        [name, f"{view.area_label}, {view.year or _('alla år')}", headline(view.definition, view.total)]
    ):
        sheet.write_string(at, 0, text, bold)
    shares = {"share": range(3, 6), "value": range(2, 5) if view.definition.measure == "share" else range(0)}
    percents = shares.get(shape(view.definition), range(0))
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
                sheet.write_number(
                    at, column, value, percent if column in percents else whole if float(value).is_integer() else part
                )
    sheet.write_string(at + 2, 0, source_words(view))
    hidden = {hidden_words(seen) for _label, seen in _lines(view) if seen.hidden}
    for offset, text in enumerate(sorted(hidden), start=3):
        sheet.write_string(at + offset, 0, f"{HIDDEN} {text}")


def _heads(view: View) -> list[str]:
    if shape(view.definition) == "share":
        return ["", _("Räknas"), _("Nådde målet"), _("Andel"), _("Lägst"), _("Högst"), _("Pågår ännu")]
    if view.definition.kind == "duration":
        return ["", _("Har börjat"), _("Väntar"), _("Dagar i snitt"), _("Lägst"), _("Högst"), _("Hälften inom, dagar")]
    if shape(view.definition) == "value":
        return ["", *value_heads(view.definition), _("Lägst"), _("Högst"), *_more(view.definition)]
    return ["", _("Antal")]


def _more(definition: Definition) -> list[str]:
    return [_("Invånare")] if definition.kind == "ratio" else [_("Median")] if definition.kind == "score" else []


def _values(view: View, seen: Seen) -> list[float | str | None]:
    cell = seen.cell
    if seen.hidden:
        return [HIDDEN] * (len(_heads(view)) - 1)
    if shape(view.definition) == "share":
        return [cell.n, cell.k, cell.value, cell.low, cell.high, HIDDEN if cell.not_mature is None else cell.not_mature]
    if view.definition.kind == "duration":
        return [cell.n, cell.open, cell.value, cell.low, cell.high, cell.median]
    if shape(view.definition) == "value":
        more = cell.inhabitants if view.definition.kind == "ratio" else cell.median
        numbers: list[float | str | None] = [cell.n, cell.value, cell.low, cell.high, more]
        return numbers[: len(_heads(view)) - 1]
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
