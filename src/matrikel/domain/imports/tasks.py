"""Long work outside the request: the worker finds these by their path."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils.translation import gettext as _
from django_tasks import task

from matrikel.base import scope
from matrikel.domain.access import door as access
from matrikel.domain.imports.actions.preview import preview
from matrikel.domain.imports.actions.run import fail, run_batch
from matrikel.domain.imports.actions.undoing import run_undo
from matrikel.domain.imports.models import Batch
from matrikel.domain.imports.reading import FileFault
from matrikel.domain.imports.rules import Status
from matrikel.domain.imports.telling import fault_in_words
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing


@contextmanager
def _from(post_id: str) -> Iterator[Acting | None]:
    """From the post that asked, with the rights it has now; None when it has ended."""
    post = access.posts_of([UUID(post_id)]).select_related("user", "unit__board__municipality").get()
    by = access.acting(post, channel="job")
    with scope.acting_as(by):
        yield by if post.is_current and by.may(access.Right.IMPORT_RUN) else None


@task()
def read_through(post_id: str, batch_id: str) -> None:
    """Preview a large file."""
    with _from(post_id) as by:
        batch = Batch.objects.filter(pk=batch_id, status=Status.READING).first()
        if by is None or batch is None:
            return
        try:
            preview(batch=batch, by=by)
        except FileFault as fault:
            fail(batch_id=batch.pk, error=fault_in_words(fault), by=by)
        except BaseException:
            fail(batch_id=batch.pk, error=_("Filen gick inte att läsa igenom."), by=by)
            raise


@task()
def take_in(post_id: str, batch_id: str) -> None:
    """Run a queued batch."""
    with _from(post_id) as by:
        if by is None:
            return
        try:
            run_batch(batch_id=UUID(batch_id), by=by)
        except Missing:
            return


@task()
def take_back(post_id: str, batch_id: str) -> None:
    """Undo a batch."""
    with _from(post_id) as by:
        if by is None:
            return
        try:
            run_undo(batch_id=UUID(batch_id), by=by)
        except Missing:
            return
