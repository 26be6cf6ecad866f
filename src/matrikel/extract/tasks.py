"""Long work outside the request: the worker finds these by their path."""

from uuid import UUID

from django.utils.translation import gettext as _
from django_tasks import task

from matrikel.base import scope
from matrikel.domain.access import door as access
from matrikel.domain.figures import door as figures
from matrikel.extract.run import carry_out


@task()
def run_of_board(post_id: str, run_id: str) -> None:
    """Carry out a queued run from the post that asked for it, with the rights the post has now."""
    post = access.Post.objects.select_related("user", "unit__board__municipality").get(pk=UUID(post_id))
    by = access.acting(post, channel="job")
    with scope.acting_as(by):
        run = figures.queued(UUID(run_id))
        if run is None:
            return
        if not (post.is_current and by.may(access.Right.FIGURE_RUN)):
            words = _("Tjänsten som beställde körningen gäller inte längre. Kör igen från en annan tjänst.")
            figures.fail(run=run, error=words, by=by)
            return
        carry_out(run=run, by=by)
