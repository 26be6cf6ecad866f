"""Reading figures: everything that must be hidden from the reader is hidden here, before a page sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matrikel.domain.access.door import Right
from matrikel.domain.figures import catalogue
from matrikel.domain.figures.comparing import Against, compared
from matrikel.domain.figures.cubes import DIMENSIONS, Cube
from matrikel.domain.figures.curve import curve_of
from matrikel.domain.figures.models import Run
from matrikel.domain.figures.reader import BOARD, COUNTY, UNIT, Reader
from matrikel.domain.figures.rules import ACTIVE, Status
from matrikel.domain.figures.shapes import is_followed, shape
from matrikel.domain.figures.shown import Choice, Row, Seen, View, excluded_words, is_unfinished
from matrikel.domain.figures.sources import Held, read
from matrikel.domain.figures.wording import date_words
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed
from matrikel_stats import Definition, reason_label
from matrikel_stats.estimates.figures import no_one
from matrikel_stats.telling.prose import value_label as engine_label

PLACE = "place"
"""The breakdown by unit (own board) or municipality (county)."""


@dataclass(frozen=True)
class Line:
    """One indicator of the overview: the own unit, the own municipality and the county in one year."""

    definition: Definition
    year: str
    areas: tuple[tuple[str, Seen | None], ...]
    freeze: date | None
    outdated: bool
    unfinished: bool

    @property
    def empty(self) -> bool:
        return all(seen is None for _area, seen in self.areas)


def show(by: Acting, indicator: str, *, area: str = "", year: str = "", split: str = "") -> View:
    """One indicator as this post may see it; unknown choices fall back to what is there.

    Raises NotAllowed without the right to read figures, Missing for an unknown indicator.
    """
    return show_all(by, [catalogue.definition(indicator)], area=area, year=year, split=split)[0]


def show_all(
    by: Acting,
    definitions: Sequence[Definition],
    *,
    area: str = "",
    year: str = "",
    split: str = "",
    against: Against | None = None,
) -> list[View]:
    """Several indicators with the queries of one: the first decides area and year where they are not given.

    The first has its curve and its comparison with it, `against` the county when nothing else is said.
    """
    may_read(by)
    held = read(by, definitions)
    reader = Reader(held[definitions[0].id])
    first = _view(reader, area, year, split)
    if not first.empty:
        first = replace(
            first, curve=curve_of(reader, first.area, first.year), compared=compared(reader, first, against)
        )
    chosen = first.year or "alla"
    rest = [_view(Reader(held[each.id]), first.area, chosen, first.split, follow=True) for each in definitions[1:]]
    return [first, *rest]


def overview(by: Acting) -> list[Line]:
    """Every indicator in a line, but for those the register has no data for and never had."""
    may_read(by)
    definitions = list(catalogue.definitions().values())
    held = read(by, definitions)
    lines = [_line(Reader(held[each.id])) for each in definitions]
    return [line for line in lines if not line.empty or line.outdated or catalogue.is_kept_here(line.definition)]


def latest_run(by: Acting, *, done: bool = False) -> Run | None:
    """The board's latest run, whatever became of it, or the latest that was `done`."""
    runs = Run.objects.filter(status=Status.DONE) if done else Run.objects.defer("lacks")
    run: Run | None = runs.order_by("-asked_at").first()
    return run


@dataclass(frozen=True)
class Waiting:
    """A run as the first page of the day tells of it."""

    run: Run
    title: str
    note: str
    mark: str
    word: str
    url: str


def waiting(by: Acting) -> list[Waiting]:
    """Runs of the board that go on or failed, and those finished since yesterday; newest first."""
    recent = Q(finished_at__gte=clock.now() - timedelta(days=1))
    runs = Run.objects.filter(Q(status__in=ACTIVE) | recent).order_by("-asked_at")
    found = list(runs[:5])
    done = next((at for at, run in enumerate(found) if run.status == Status.DONE), None)
    return [_told(run) for run in (found if done is None else found[: done + 1])]


def _told(run: Run) -> Waiting:
    title = _("Resultat till och med %(day)s") % {"day": date_words(run.freeze)}
    words = {
        Status.QUEUED: ("wait", _("väntar"), _("Körs så snart det är dess tur.")),
        Status.RUNNING: ("doing", f"{run.progress} %", _("Räknas nu.")),
        Status.DONE: ("done", _("klart"), _("Läs resultaten.")),
        Status.FAILED: ("stop", _("misslyckades"), _("Se vad som behöver rättas.")),
    }
    mark, word, note = words[Status(run.status)]
    return Waiting(run, title, note, mark, word, reverse("results" if run.status == Status.DONE else "results-run"))


def queued(run_id: UUID) -> Run | None:
    """A run of the board that waits to be carried out."""
    run: Run | None = Run.objects.filter(pk=run_id, status=Status.QUEUED).first()
    return run


def may_read(by: Acting) -> None:
    """Raises NotAllowed without the right to read figures."""
    if not by.may(Right.FIGURE_READ):
        raise NotAllowed


def _line(reader: Reader) -> Line:
    whole = reader.held.own or reader.county
    year = default_year(whole) if whole else ""
    areas = []
    for area in (UNIT, BOARD, COUNTY):
        cube = reader.cube(area) if area in reader.areas else None
        areas.append((area, reader.seen(area, year) if cube is not None else None))
    freeze = whole.freeze if whole else None
    unfinished = is_unfinished(reader.definition, year, freeze)
    return Line(reader.definition, year, tuple(areas), freeze, reader.held.outdated, unfinished)


def default_year(cube: Cube) -> str:
    """The latest year that is complete: every window has run out, or the period has ended; else the latest of all."""
    years = [year for year in cube.years if year]
    if shape(cube.definition) == "share":
        ripe = [year for year in years if (cell := cube.cell(year=year)).n and not cell.not_mature]
        ripe = ripe or [year for year in years if cube.cell(year=year).n]
    else:
        ripe = [year for year in years if not is_unfinished(cube.definition, year, cube.freeze)]
    return max(ripe or years, default="")


def _view(reader: Reader, area: str, year: str, split: str, *, follow: bool = False) -> View:
    held = reader.held
    areas = reader.areas
    choices = tuple(Choice(each, area_label(reader, each)) for each in areas)
    if not areas:
        nothing = Seen(no_one(reader.definition))
        return View(reader.definition, "", "", (), "", (), "", (), nothing, outdated=held.outdated)
    usual = UNIT if reader.with_people else BOARD
    area = area if area in areas else usual if usual in areas else COUNTY
    cube = reader.cube(area)
    assert cube is not None
    years = tuple(each for each in cube.years if each)
    whole = is_followed(cube.definition)
    known = year in years or (follow and year not in ("", "alla"))
    year = year if known else "" if year == "alla" and whole else default_year(cube)
    places = _places(reader, area, years, year)
    splits = tuple(
        [dim for dim in DIMENSIONS if dim in cube.dims and (year or reader.is_open(area))] + ([PLACE] if places else [])
    )
    split = split if split in splits else splits[0] if splits else ""
    rows = places if split == PLACE else _rows(reader, cube, area, year, split)
    own = area in (UNIT, BOARD)
    return View(
        definition=reader.definition,
        area=area,
        area_label=area_label(reader, area),
        areas=choices,
        year=year,
        years=years,
        split=split,
        splits=splits,
        total=reader.seen(area, year),
        series=tuple((each, reader.seen(area, each)) for each in years),
        rows=rows,
        places=places,
        freeze=cube.freeze,
        published_at=_published_at(held, area),
        run_id=held.figure.run_id if own and held.figure else None,
        digest=held.figure.run.digest if own and held.figure else "",
        excluded=_excluded(reader, cube, area),
        protected=not reader.is_open(area),
        with_people=reader.with_people and own,
        outdated=held.outdated,
        silent=reader.silent if area == COUNTY else (),
    )


def _published_at(held: Held, area: str) -> datetime | None:
    if area in (UNIT, BOARD):
        return held.figure.run.finished_at if held.figure else None
    return max((each.at for each in held.given if area in (COUNTY, each.board)), default=None)


def _excluded(reader: Reader, cube: Cube, area: str) -> tuple[tuple[str, int | None], ...]:
    """Exclusions are counted for the whole board; a unit has none of its own."""
    if area == UNIT:
        return ()
    lang = catalogue.language()
    words = {reason: reason_label(reader.definition, reason, lang) for reason in cube.excluded}
    return excluded_words(cube.excluded, words, reader.threshold, protected=True)


def area_label(reader: Reader, area: str) -> str:
    around = reader.around
    if area == UNIT:
        return next((place.label for place in around.units if place.own), "")
    if area == COUNTY:
        n = len(reader.held.boards)
        words = ngettext("%(county)s, en kommun", "%(county)s, %(n)s kommuner", n)
        return words % {"county": around.county, "n": n}
    return reader.names.get(around.board if area == BOARD else area, "")


def _rows(reader: Reader, cube: Cube, area: str, year: str, dim: str) -> tuple[Row, ...]:
    if not dim:
        return ()
    found = [
        Row(value, value_label(reader.definition, dim, value), reader.seen(area, year, dim, value))
        for value in cube.values(dim)
    ]
    return tuple(found)


def _places(reader: Reader, area: str, years: tuple[str, ...], year: str) -> tuple[Row, ...]:
    """Units of the own board, or boards of the county, with women, men and the years."""
    if area not in (BOARD, COUNTY) or not year:
        return ()
    around = reader.around
    if area == BOARD:
        known = {f"unit:{place.key}": place for place in around.units}
        names = {key: known[key].label if key in known else _("Utan enhet") for key in reader.units}
        own = reader.own_unit
    else:
        names = {key: label for key, label in reader.names.items() if key in reader.held.boards}
        names |= dict.fromkeys(reader.silent, "")
        own = around.board if BOARD in reader.areas else ""
    found = []
    for key, label in names.items():
        cube = reader.units.get(key) if area == BOARD else reader.held.boards.get(key)
        if cube is None:
            found.append(Row(key, label or key, Seen(no_one(reader.definition)), silent=True))
            continue
        sexes = [reader.seen(key, year, "sex", sex) if "sex" in cube.dims else None for sex in ("female", "male")]
        series = tuple((each, reader.seen(key, each)) for each in years)
        found.append(Row(key, label, reader.seen(key, year), key == own, sexes[0], sexes[1], series))
    return tuple(found)


def value_label(definition: Definition, dim: str, value: str) -> str:
    if dim == "sex":
        return {"female": _("Kvinnor"), "male": _("Män")}.get(value, _("Uppgift saknas"))
    return engine_label(definition, dim, value, catalogue.language())
