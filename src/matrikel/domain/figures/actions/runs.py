"""Asking for a run, beginning it, publishing what it counted, and ending it in words when it could not."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.figures.cubes import shared
from matrikel.domain.figures.models import Figure, Published, Run
from matrikel.domain.figures.rules import ACTIVE, STALE_MINUTES, Status
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from matrikel_stats import Result

OF = "figures.run"


@transaction.atomic
def ask_for_run(*, freeze: date, by: Acting) -> Run:
    """Queue a run of the acting board. Raises NotAllowed, RuleBroken: freeze_in_future, already_running."""
    if not by.may(Right.FIGURE_RUN):
        raise NotAllowed
    if freeze > clock.today():
        raise RuleBroken("freeze_in_future", _("Frysdagen kan inte ligga framåt i tiden."), field="freeze")
    end_stale(by=by)
    if Run.objects.filter(status__in=ACTIVE).exists():
        raise RuleBroken("already_running", _("En körning pågår redan. Vänta tills den är klar."))
    run = Run(board_id=by.board_id, post_id=by.post_id, freeze=freeze)
    run.save(force_insert=True)
    trail.note("figures.run.asked", by=by, object=run.pk, of=OF, freeze=freeze)
    return run


@transaction.atomic
def begin(*, run: Run, by: Acting) -> Run:
    """The run starts. Raises Missing when it has been ended since it was asked for."""
    now = clock.now()
    if not Run.objects.filter(pk=run.pk, status=Status.QUEUED).update(
        status=Status.RUNNING, started_at=now, heard_at=now
    ):
        raise Missing
    trail.note("figures.run.begun", by=by, object=run.pk, of=OF)
    run.refresh_from_db()
    return run


@transaction.atomic
def publish(
    *, run: Run, results: Sequence[Result], persons: int, digest: str, by: Acting, passed_by: str = "",
    lacks: Mapping[str, Any] | None = None,
) -> Run:  # fmt: skip
    """Make every figure of a run the current one, for the board and for its county, all or none.

    `passed_by` says in words which indicators the register had no data for, `lacks` what lacked in it by unit.
    Raises Missing when the run has been ended from outside meanwhile.
    """
    done = Run.objects.filter(pk=run.pk, status=Status.RUNNING).update(
        status=Status.DONE, progress=100, persons=persons, figures=len(results), digest=digest,
        finished_at=clock.now(), heard_at=clock.now(), error=passed_by, lacks=dict(lacks or {}),
    )  # fmt: skip
    if not done:
        raise Missing
    ids = [result.indicator for result in results]
    Figure.objects.filter(indicator__in=ids, is_current=True).update(is_current=False)
    for result in results:
        _figure(run, result).save(force_insert=True)
    Published.objects.filter(board_id=by.board_id, freeze=run.freeze, indicator__in=ids).delete()
    Published.objects.bulk_create([_published(run, result) for result in results], batch_size=20)
    trail.note("figures.run.published", by=by, object=run.pk, of=OF, figures=len(results), digest=digest)
    run.refresh_from_db()
    return run


@transaction.atomic
def fail(*, run: Run, error: str, by: Acting) -> Run:
    """End a run that could not be finished. What was published before it still stands."""
    Run.objects.filter(pk=run.pk, status__in=ACTIVE).update(
        status=Status.FAILED, error=error, finished_at=clock.now(), heard_at=clock.now()
    )
    trail.note("figures.run.failed", by=by, object=run.pk, of=OF)
    run.refresh_from_db()
    return run


def end_stale(*, by: Acting) -> None:
    """End runs that nothing has been heard of: the machine was stopped while they ran."""
    silent = clock.now() - timedelta(minutes=STALE_MINUTES)
    for run in Run.objects.filter(status__in=ACTIVE, heard_at__lt=silent):
        fail(run=run, error=_("Körningen avbröts innan den var klar. Inget är ändrat. Kör igen."), by=by)


def _figure(run: Run, result: Result) -> Figure:
    plain = result.to_json()
    tables = plain.pop("count_tables")
    return Figure(
        board_id=run.board_id, run_id=run.pk, indicator=result.indicator, version=result.version,
        logic_hash=result.logic_hash, text_hash=result.text_hash, kind=result.kind, result=plain, tables=tables,
    )  # fmt: skip


def _published(run: Run, result: Result) -> Published:
    return Published(
        board_id=run.board_id, run_id=run.pk, freeze=run.freeze, indicator=result.indicator, version=result.version,
        logic_hash=result.logic_hash, tables=shared(result.count_tables),
    )  # fmt: skip
