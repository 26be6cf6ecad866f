"""From which post a command acts: `--as E-POST`, with the unit after a slash for those who hold several."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from matrikel.cli.faults import Fault
from matrikel.cli.wording import _
from matrikel.kernel.acting import Acting


def add_as(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="post", required=True, metavar=_("E-POST[/ENHET]"), help=_("tjänsten som kommandot utförs från")
    )


@contextmanager
def acting(named: str) -> Iterator[Acting]:
    """Act from the named current post, in the shell. Raises Fault when there is none, or more than one."""
    from matrikel.base import scope
    from matrikel.domain.access import door as access

    email, _slash, unit = named.partition("/")
    user = access.User.objects.filter(email=email.strip().lower()).first()
    posts = [post for post in access.current_posts(user.pk) if not unit or post.unit.name == unit] if user else []
    if not posts:
        raise Fault(_("%(named)s har ingen tjänst i dag. Se dem som har: matrikel staff list") % {"named": named})
    if len(posts) > 1:
        units = ", ".join(f"{email}/{post.unit.name}" for post in posts)
        raise Fault(_("%(email)s har flera tjänster. Välj en: %(units)s") % {"email": email, "units": units})
    with scope.acting_as(access.acting(posts[0], channel="shell")) as by:
        yield by
