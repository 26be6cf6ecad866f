"""Who a board trusts, and what it has been given. No row is about a person."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base.models import Recorded, standing
from matrikel.domain.access.door import Board, Post
from matrikel_declared import read_plain
from matrikel_stats.result import Breakdown, Cell


class Signer(Recorded):
    """A signer whose packages a board takes in: the name it signs as and its public key, compared by another road."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    name = models.CharField("namn", max_length=120)
    public_key = models.CharField("öppen nyckel", max_length=44)

    class Meta(Recorded.Meta):
        verbose_name = "avsändare"
        constraints = [models.UniqueConstraint(name="signer_once", **standing("name"))]

    class Privacy:
        kind = "none"
        retention = "for ever"
        leaves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


class Package(Recorded):
    """A package from another installation that passed every check. `content` holds its figures, small ones hidden.

    `left_out` names its indicators that no definition here counts like.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", editable=False)
    signer = models.CharField("avsändare", max_length=120)
    area_code = models.CharField("områdeskod", max_length=4)
    area_name = models.CharField("område", max_length=120)
    freeze = models.DateField("frysdag")
    digest = models.CharField(max_length=16)
    content = models.JSONField()
    left_out = models.JSONField(default=list, blank=True)

    class Meta(Recorded.Meta):
        verbose_name = "paket"
        constraints = [models.UniqueConstraint(name="package_once", **standing("digest"))]
        indexes = [models.Index(fields=["board", "area_code", "-freeze"], name="package_by_area")]

    class Privacy:
        kind = "none"
        retention = "for ever"
        leaves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.area_name} {self.freeze}"

    def years(self, logic_hash: str) -> dict[str, Cell]:
        """The figures by year, or by period."""
        return by_time(self.content.get(logic_hash, {}))

    def total(self, logic_hash: str) -> Cell | None:
        """The figure counted by this logic, None when the package has none."""
        found: dict[str, Any] = self.content.get(logic_hash, {})
        return read_plain(Cell, found["total"]) if found.get("total") else None

    def breakdown(self, logic_hash: str, dimension: str) -> tuple[Cell, ...]:
        """The figures by one dimension."""
        return by_dimension(self.content.get(logic_hash, {}), dimension)


def by_dimension(content: Mapping[str, Any], dimension: str) -> tuple[Cell, ...]:
    """The figures of one indicator by one dimension."""
    for plain in content.get("breakdowns", ()):
        if plain["dimensions"] == [dimension]:
            breakdown: Breakdown = read_plain(Breakdown, plain)
            return breakdown.cells
    return ()


def by_time(content: Mapping[str, Any]) -> dict[str, Cell]:
    """The figures of one indicator by year, or by period."""
    for dimension in ("year", "period"):
        if cells := by_dimension(content, dimension):
            return {cell.values[dimension]: cell for cell in cells}
    return {}


class KoladaFile(Recorded):
    """What the board has taken in from Kolada: groups it belongs to, or values. One of each kind stands.

    `content` of groups: id, title and the codes of the members. Of values: key figure, municipality, year and value.
    """

    KINDS = (("groups", _("grupper av kommuner")), ("data", _("värden")))
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+", editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField("slag", max_length=6, choices=KINDS)
    name = models.CharField("fil", max_length=120)
    content = models.JSONField()

    class Meta(Recorded.Meta):
        verbose_name = "fil från Kolada"
        constraints = [models.UniqueConstraint(name="kolada_file_once", **standing("kind"))]

    class Privacy:
        kind = "none"
        retention = "for ever"
        leaves: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name
