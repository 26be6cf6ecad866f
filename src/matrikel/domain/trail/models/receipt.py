"""What one submitted form or command wrote, so that it can be undone and is never done twice."""

from django.db import models

from matrikel.base.models import Walled
from matrikel.kernel import clock


class Receipt(Walled):
    """One whole act. Its id is the form's idempotency key; `steps` hold what stood before, newest last."""

    board_id = models.UUIDField()
    post_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    at = models.DateTimeField(default=clock.now)
    steps = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta(Walled.Meta):
        verbose_name = "kvitto"
        indexes = [models.Index(fields=["board_id", "post_id", "-at"], name="receipt_by_post")]

    class Privacy:
        kind = "person"
        retention = "90 days; steps of an import until it is confirmed"
        leaves: tuple[str, ...] = ()
