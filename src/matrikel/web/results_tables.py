"""The numbers of a picture as a table, the lists behind them as addresses. Nothing hidden reaches this far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Definition, Row, Seen, View
from matrikel.web.results_pictures import rows_of, with_sexes
from matrikel.web.templatetags.wording import num


@dataclass(frozen=True)
class Number:
    """A figure in a table: its text and interval, or why it is hidden. `label` stands before it on a narrow screen."""

    text: str = ""
    limits: str = ""
    hidden: str = ""
    label: str = ""
    narrow: bool = True


@dataclass(frozen=True)
class TableRow:
    label: str
    numbers: tuple[Number, ...]
    own: bool = False
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Head:
    """A span of columns with its title; without a title the columns stand by themselves."""

    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    first: str
    heads: tuple[Head, ...]
    rows: tuple[TableRow, ...]
    total: TableRow

    @property
    def spanned(self) -> bool:
        return any(head.title for head in self.heads)

    @property
    def hides(self) -> bool:
        return any(number.hidden for row in (*self.rows, self.total) for number in row.numbers)


def table(views: Sequence[View]) -> Table:
    """The numbers of the picture. `views` are the goals side by side; the first decides the rows."""
    main = views[0]
    rows = rows_of(main)
    by_label = [{row.label: row for row in rows_of(view)} for view in views]
    found = tuple(
        TableRow(
            row.label,
            _numbers(views, [each.get(row.label) for each in by_label]),
            own=row.own,
            url=_place_url(main, row),
            note=_("inte publicerat") if row.silent else "",
        )
        for row in rows
    )
    total = TableRow(main.area_label, _numbers(views, [_whole(view) for view in views]))
    first = (
        {"lan": _("Kommun"), "kommun": _("Enhet")}.get(main.area, "")
        if main.places and rows == list(main.places)
        else ""
    )
    return Table(first or _("Grupp"), _heads(views), found, total)


def _heads(views: Sequence[View]) -> tuple[Head, ...]:
    form = figures.shape(views[0].definition)
    if form == "share":
        columns: tuple[str, ...] = (_("Nådde målet"), _("Andel, spann"))
        if with_sexes(views[0]):
            columns = (_("Kvinnor"), _("Män"), _("Alla, spann"))
        spans = tuple(Head(figures.within(view.definition), columns) for view in views)
        return (Head("", (_("Personer"),)), *spans, Head("", (_("Pågår ännu"),)))
    if form == "wait":
        return (Head("", (_("Har börjat"), _("Väntar"), _("Veckor i snitt, spann"))),)
    if form == "value":
        many, value = figures.value_heads(views[0].definition)
        return (Head("", (many, _("%(value)s, spann") % {"value": value})),)
    return (Head("", (_("Antal"),)),)


def _whole(view: View) -> Row:
    """The last row: the area itself, with women and men where they are shown."""
    sexes = {row.key: row.seen for row in view.rows} if view.split == "sex" else {}
    return Row("", view.area_label, view.total, women=sexes.get("female"), men=sexes.get("male"))


def _numbers(views: Sequence[View], rows: Sequence[Row | None]) -> tuple[Number, ...]:
    main = rows[0]
    first = main.seen if main and not main.silent else None
    form = figures.shape(views[0].definition)
    if form == "value":
        many, value = figures.value_heads(views[0].definition)
        return (
            _count(first, first.cell.n if first else None, many),
            _figure(views[0], first, value, limits=True),
        )
    if form == "wait":
        return (
            _count(first, first.cell.n if first else None, _("Har börjat")),
            _count(first, first.cell.open if first else None, _("Väntar")),
            _figure(views[0], first, _("I snitt"), limits=True),
        )
    if form == "count":
        return (_count(first, first.cell.n if first else None, _("Antal")),)
    numbers = [_count(first, first.cell.n if first else None, _("Personer"), narrow=False)]
    for view, row in zip(views, rows, strict=True):
        numbers += _of_goal(view, row if row and not row.silent else None, sexes=with_sexes(views[0]))
    last = rows[-1].seen if rows[-1] and not rows[-1].silent else None
    return (*numbers, _count(last, last.cell.not_mature if last else None, _("Pågår ännu"), narrow=False))


def _of_goal(view: View, row: Row | None, *, sexes: bool) -> list[Number]:
    within = {"within": figures.within(view.definition).lower()}
    seen = row.seen if row else None
    if sexes:
        numbers = [
            _figure(view, row.women if row else None, _("Kvinnor %(within)s") % within),
            _figure(view, row.men if row else None, _("Män %(within)s") % within),
        ]
    else:
        numbers = [_count(seen, seen.cell.k if seen else None, _("Nådde målet %(within)s") % within)]
    return [*numbers, _figure(view, seen, _("Alla %(within)s") % within, limits=True)]


def _figure(view: View, seen: Seen | None, label: str, *, limits: bool = False) -> Number:
    if seen is None:
        return Number(label=label, narrow=False)
    if seen.hidden:
        return Number(hidden=figures.hidden_words(seen), label=label)
    span = figures.limits_words(view.definition, seen.cell) if limits else ""
    return Number(figures.value_words(view.definition, seen.cell), span, label=label)


def _count(seen: Seen | None, value: int | None, label: str, *, narrow: bool = True) -> Number:
    if seen is None:
        return Number(label=label, narrow=False)
    if value is None:
        return Number(hidden=figures.hidden_words(seen) or _("Visas inte: ett litet tal."), label=label, narrow=narrow)
    return Number(num(value), label=label, narrow=narrow)


def _place_url(view: View, row: Row) -> str:
    if view.area != "lan" or row.own or row.silent or row not in view.places:
        return ""
    asked = {"omrade": row.key, "ar": view.year}
    return f"{reverse('results-indicator', args=[view.definition.id])}?{urlencode(asked)}"


def people_url(view: View, key: str) -> str:
    """The list behind the figure that is shown, of those the reader may see."""
    asked = {"lage": key, "ar": view.year, "omrade": view.area}
    return f"{reverse('results-people', args=[view.definition.id])}?{urlencode({k: v for k, v in asked.items() if v})}"


def number_of(definition: Definition, seen: Seen) -> Number:
    """A figure of the overview."""
    if seen.hidden:
        return Number(hidden=figures.hidden_words(seen))
    span = "" if figures.shape(definition) == "wait" else figures.limits_words(definition, seen.cell)
    return Number(figures.value_words(definition, seen.cell), span)


def asked_url(path: str, asked: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(asked)}"


def sort_url(request: HttpRequest, kept: Mapping[str, str], key: str, name: str) -> str:
    """Sort by a column; again for the other way."""
    now = request.GET.get("ordna", "") or ("dagar" if key == "kvar" else "dag")
    return asked_url(request.path, {**kept, "lage": key, "ordna": f"-{name}" if now == name else name})


def sort_state(sort: str, key: str) -> dict[str, str]:
    """`aria-sort` of the column that the list is sorted by."""
    now = sort or ("dagar" if key == "kvar" else "dag")
    return {now.lstrip("-"): "descending" if now.startswith("-") else "ascending"}
