"""Accounts: only those an administrator made. Log-ins enter the log."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from matrikel.domain.trail import door as trail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def log_in(sender: Any, user: Any, **_kwargs: Any) -> None:
    trail.note("access.account.logged_in", by=None, user=user.pk)


def log_out(sender: Any, user: Any, **_kwargs: Any) -> None:
    if user is not None:
        trail.note("access.account.logged_out", by=None, user=user.pk)


def failed(sender: Any, **_kwargs: Any) -> None:
    trail.deny("access.account.login", by=None, reason="credentials")


def listen() -> None:
    """Django tells of log-ins by signal only; these three are the house's only receivers."""
    user_logged_in.connect(log_in, dispatch_uid="log_in")
    user_logged_out.connect(log_out, dispatch_uid="log_out")
    user_login_failed.connect(failed, dispatch_uid="failed")
