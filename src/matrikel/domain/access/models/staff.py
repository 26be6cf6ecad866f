"""Staff and their posts. A session acts from one post, which fixes unit, board and log."""

import secrets
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from matrikel.domain.access.models.organisation import Unit
from matrikel.domain.access.rules import ROLES
from matrikel.kernel import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @staticmethod
    def make_start_password() -> str:
        """Four groups of letters that are easy to read out, about 80 bits."""
        letters = "abcdefghjkmnpqrstuvwxyz23456789"
        return "-".join("".join(secrets.choice(letters) for _letter in range(4)) for _group in range(4))


class User(AbstractBaseUser):
    """A member of staff who can log in. What they may do hangs on their posts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-postadress", unique=True)
    name = models.CharField("namn", max_length=100)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="sv", choices=[("sv", "Svenska"), ("en", "English")])
    theme = models.CharField(max_length=6, default="system", choices=[(c, c) for c in ("system", "light", "dark")])
    density = models.CharField(
        max_length=8, default="standard", choices=[(c, c) for c in ("compact", "standard", "roomy")]
    )
    single_keys = models.BooleanField(default=True)
    seen_changes_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "medarbetare"

    class Privacy:
        kind = "staff"
        retention = "2 years after the last post ended; the name stays in the log's keys"
        leaves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Post(models.Model):
    """Employment in a unit (uppdrag) with a role, from a first to a last day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("roll", max_length=20, choices=[(code, role.label) for code, role in ROLES.items()])
    title = models.CharField("titel", max_length=80, blank=True)
    start_date = models.DateField("från", default=clock.today)
    end_date = models.DateField("till och med", null=True, blank=True)

    class Meta:
        verbose_name = "tjänst"
        constraints = [
            models.CheckConstraint(
                name="post_in_order",
                condition=models.Q(end_date=None) | models.Q(end_date__gte=models.F("start_date")),
            ),
        ]

    class Privacy:
        kind = "staff"
        retention = "as its user"
        leaves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.user.name}, {self.unit.name}"

    @property
    def is_current(self) -> bool:
        return self.start_date <= clock.today() and (self.end_date is None or self.end_date >= clock.today())
