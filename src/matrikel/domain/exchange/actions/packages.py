"""Giving away the board's figures as a signed package, and taking in those of others."""

import tempfile
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, Unit
from matrikel.domain.exchange import keys
from matrikel.domain.exchange.models import Package, Signer
from matrikel.domain.figures import door as figures
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken
from matrikel_declared import to_plain
from matrikel_stats import StatsError
from matrikel_stats.exchange.keys import SigningKey
from matrikel_stats.exchange.package import Area, write_package
from matrikel_stats.exchange.package import Package as Read
from matrikel_stats.exchange.receive import read_package

MOST_BYTES = 20 * 1024 * 1024
"""The largest package that is taken in; a board's figures are a hundredth of it."""


@transaction.atomic
def make_key(*, by: Acting) -> SigningKey:
    """Make the key that the board's packages are signed with. Raises NotAllowed, RuleBroken: key_exists."""
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    if keys.own_key(by) is not None:
        raise RuleBroken("key_exists", _("Nämnden har redan en nyckel."))
    board = Unit.objects.select_related("board__municipality").get(pk=by.unit_id).board
    trail.note("exchange.key.made", by=by)
    return keys.make(by, f"{board.municipality.name}, {board.name}")


def give(*, by: Acting) -> tuple[str, bytes]:
    """The board's published figures as a signed package, small numbers hidden: name and content of a zip file.

    Raises NotAllowed, RuleBroken: no_key, no_figures.
    """
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    key = keys.own_key(by)
    if key is None:
        raise RuleBroken("no_key", _("Gör en nyckel först. Paketet signeras med den."))
    results = figures.results_to_share(by)
    if not results:
        raise RuleBroken("no_figures", _("Det finns inga resultat att lämna. Kör måtten först."))
    freeze = results[0].shown.freeze
    municipality = Unit.objects.select_related("board__municipality").get(pk=by.unit_id).board.municipality
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "package.zip"
        write_package(
            out, results, list(figures.definitions().values()), area=Area(municipality.code, municipality.name), key=key
        )
        trail.note("exchange.package.given", by=by, figures=len(results), freeze=freeze)
        return f"matrikel-{municipality.code}-{freeze}.zip", out.read_bytes()


def receive(*, content: bytes, by: Acting) -> Package:
    """Take in a package after every check, wholly or not at all.

    Raises NotAllowed, RuleBroken with the engine's words: package_refused, package_known.
    """
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    if len(content) > MOST_BYTES:
        raise RuleBroken("package_refused", _("Filen är för stor för att vara ett paket."), field="file")
    found = _checked(content)
    if not found.indicators:
        raise RuleBroken("package_refused", _("Inget mått i paketet räknas på samma sätt här."), field="file")
    if Package.objects.filter(digest=found.digest).exists():
        raise RuleBroken("package_known", _("Paketet är redan mottaget."), field="file")
    with trail.writing("exchange.package.received", by=by) as act:
        act.entry(of="exchange.package", signer=found.signer, area=found.area.code, freeze=found.freeze)
        return act.create(
            Package(
                board_id=by.board_id, post_id=by.post_id, signer=found.signer, area_code=found.area.code,
                area_name=found.area.name, freeze=found.freeze, digest=found.digest, left_out=list(found.left_out),
                content={each.logic_hash: to_plain(replace(each, rows=())) for each in found.indicators},
            )
        )  # fmt: skip


def withdraw(*, package: Package, by: Acting) -> Package:
    """Stop comparing with a package. Raises NotAllowed."""
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    with trail.writing("exchange.package.withdrawn", by=by) as act:
        return act.void(package)


def _checked(content: bytes) -> Read:
    trusted = dict(Signer.objects.values_list("name", "public_key"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _("paketet")
        path.write_bytes(content)
        try:
            return read_package(path, trusted, list(figures.definitions().values()))
        except StatsError as fault:
            words = fault.text(figures.language()).replace(f"{folder}/", "")
            raise RuleBroken("package_refused", words, field="file") from fault
