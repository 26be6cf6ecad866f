"""Keys with which programs read figures: each acts from one post, for a time."""

import uuid

from django.db import models

from matrikel.domain.access.models.staff import Post
from matrikel.kernel import clock


class Key(models.Model):
    """A key of a post (decision 0055). `digest` is SHA-256 of the key, which is 256 random bits and kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField("namn", max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    end_date = models.DateField("sista dag")
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "nyckel"

    class Privacy:
        kind = "staff"
        retention = "as its post; only a digest of the key is kept"
        leaves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def closed(self) -> str:
        """Why the key opens nothing: `revoked`, `ended` or `post`; empty while it holds."""
        if self.revoked_at is not None:
            return "revoked"
        if self.end_date < clock.today():
            return "ended"
        return "" if self.post.is_current and self.post.user.is_active else "post"
