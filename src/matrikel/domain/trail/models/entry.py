"""The log itself. No foreign keys, on purpose: an entry outlives what it speaks of."""

from django.db import models

from matrikel.domain.trail.rules import GENESIS


class Entry(models.Model):
    """One act on one person or object. Append-only in the database itself; `canon` is what the hash covers."""

    pk = models.CompositePrimaryKey("chain", "seq")
    chain = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10)
    canon = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "loggpost"
        indexes = [
            models.Index(fields=["chain", "person_id", "-at"], name="trail_by_person"),
            models.Index(fields=["chain", "post_id", "-at"], name="trail_by_post"),
        ]

    class Privacy:
        kind = "log"
        retention = "5 years"
        leaves: tuple[str, ...] = ()


class Head(models.Model):
    """Where a chain ends. Locked while a transaction adds to it."""

    chain = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Privacy:
        kind = "log"
        retention = "as its chain"
        leaves: tuple[str, ...] = ()
