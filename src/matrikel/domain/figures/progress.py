"""How far a run has come. No act of anybody's, so it stays out of the log."""

from uuid import UUID

from matrikel.domain.figures.models import Run
from matrikel.domain.figures.rules import ACTIVE, Status
from matrikel.kernel import clock


def told(run_id: UUID, percent: int) -> None:
    """The run is alive and so far."""
    Run.objects.filter(pk=run_id, status__in=ACTIVE).update(
        status=Status.RUNNING, progress=max(0, min(percent, 99)), heard_at=clock.now()
    )
