"""Running the figures of a board: the register becomes a dataset, all definitions are counted and published at once."""

import logging
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from matrikel.domain.figures import door as figures
from matrikel.extract import dataset
from matrikel.extract.quality import counted
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel_stats import Definition, Result, StatsError, lacks_table, make_ready, open_dataset, read_codes, run

Tell = Callable[[int], None]
READING, COUNTED = 30, 95
"""Percent of the way when the register is read, and when everything is counted."""

log = logging.getLogger(__name__)


def run_figures(
    *, by: Acting, freeze: date, indicators: Sequence[str] | None = None, tell: Tell | None = None, ahead: bool = True
) -> figures.Run:
    """Ask for a run and carry it out here and now. A run that failed says why in `error`.

    `ahead`: also work out what each reader must not see (`attack`); without it the first of them waits for that.

    Raises NotAllowed, Missing for an unknown indicator, RuleBroken: freeze_in_future, already_running.
    """
    return carry_out(
        run=figures.ask_for_run(freeze=freeze, by=by), by=by, indicators=indicators, tell=tell, ahead=ahead
    )


def carry_out(
    *, run: figures.Run, by: Acting, indicators: Sequence[str] | None = None, tell: Tell | None = None,
    ahead: bool = True,
) -> figures.Run:  # fmt: skip
    """Carry out a run that was asked for. Figures are published all together or not at all.

    A fault in data or definitions ends the run in words; any other fault ends it too, and is raised for the log.
    """
    run = figures.begin(run=run, by=by)
    folder = extracts() / str(run.pk)

    def so_far(percent: int) -> None:
        figures.told(run.pk, percent)
        if tell is not None:
            tell(percent)

    try:
        definitions = figures.checked(indicators)
        persons = dataset.write(folder, by=by, freeze=run.freeze)
        so_far(READING)
        results, without, digest = _count(definitions, folder, run.freeze, so_far)
        passed_by = _passed_by(without)
        if without and not results:
            shutil.rmtree(folder, ignore_errors=True)
            return figures.fail(run=run, error=passed_by, by=by)
        done = figures.publish(
            run=run, results=results, persons=persons, digest=digest, by=by, passed_by=passed_by, lacks=counted(by)
        )
    except StatsError as fault:
        shutil.rmtree(folder, ignore_errors=True)
        return figures.fail(run=run, error=fault.text(figures.language()), by=by)
    except BaseException as fault:
        shutil.rmtree(folder, ignore_errors=True)
        figures.fail(run=run, error=_failure(fault), by=by)
        raise
    _sweep(keep=run)
    if ahead:
        attack(run=done, by=by)
    if tell is not None:
        tell(100)
    return done


def extracts() -> Path:
    """Where extracts lie: personal data, so only the latest of each board is kept."""
    return Path(settings.HOME) / "extracts"


def _count(
    definitions: Sequence[Definition], folder: Path, freeze: date, so_far: Tell
) -> tuple[list[Result], list[Definition], str]:
    """Count what the register has data for. Returns the results, the definitions passed by, and the data's digest."""
    codes = read_codes(Path(settings.DEFINITIONS) / "codes")
    results, without = [], []
    with open_dataset(folder, codes=codes, freeze=freeze) as data:
        # Not kept: persons' days belong in the extract alone, which goes with the next run.
        make_ready(definitions, data, keep=False)
        for number, definition in enumerate(definitions, start=1):
            if lacks_table(definition, data):
                without.append(definition)
            else:
                results.append(run(definition, data))
            so_far(READING + (COUNTED - READING) * number // len(definitions))
        return results, without, data.digest


def attack(*, run: figures.Run, by: Acting) -> None:
    """Attack what a run has published, for all its readers.

    The figures stand: a fault here makes pages slower and nothing else, so it goes to the log alone.
    """
    try:
        figures.attack(run=run, by=by)
    except Exception:
        log.exception("The figures of a run were not attacked ahead")


def _passed_by(without: Sequence[Definition]) -> str:
    if not without:
        return ""
    names = ", ".join(definition.text(figures.language()).name for definition in without)
    return _("Räknas inte än, registret har inga uppgifter för: %(names)s.") % {"names": names}


def _failure(fault: BaseException) -> str:
    if isinstance(fault, Missing):
        return _("Måttet finns inte, eller så avbröts körningen. Kör igen.")
    if not isinstance(fault, Exception):
        return _("Körningen avbröts innan den var klar. Inget är ändrat. Kör igen.")
    log.exception("A run of figures failed")
    return _("Något gick fel i programmet. De tidigare resultaten står kvar. Säg till den som sköter systemet.")


def _sweep(*, keep: figures.Run) -> None:
    for run_id in figures.Run.objects.exclude(pk=keep.pk).values_list("pk", flat=True):
        shutil.rmtree(extracts() / str(run_id), ignore_errors=True)
