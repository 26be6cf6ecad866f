"""Taking in a file from Kolada: the groups a municipality belongs to, or values to stand beside the own figures."""

import json
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, Unit
from matrikel.domain.exchange.models import KoladaFile
from matrikel.domain.figures import door as figures
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken
from matrikel_stats import StatsError
from matrikel_stats.exchange.kolada import read_data, read_groups

MOST_BYTES = 40 * 1024 * 1024
"""The largest file that is taken in: every group of the country is a tenth of it."""
ALIKE, UNWEIGHTED = "Liknande kommuner", " (ovägt medel)"
"""How Kolada words the titles: of a group made for one municipality, and of a group whose mean it tells."""


def take_in(*, content: bytes, name: str, by: Acting) -> KoladaFile:
    """Keep what concerns the board of a `/municipality_groups` or `/data` file; the one before it is taken back.

    Raises NotAllowed, RuleBroken: kolada_refused.
    """
    if not by.may(Right.FIGURE_EXCHANGE):
        raise NotAllowed
    if len(content) > MOST_BYTES:
        raise _refused(_("Filen är för stor. Hämta färre nyckeltal, kommuner eller år."))
    kind = "groups" if _has_members(content) else "data"
    kept = _own_groups(content, by) if kind == "groups" else _own_values(content)
    with trail.writing("exchange.kolada.taken_in", by=by) as act:
        act.entry(of="exchange.koladafile", kind=kind, n=len(kept))
        for before in KoladaFile.objects.filter(kind=kind):
            act.void(before)
        row = KoladaFile(board_id=by.board_id, post_id=by.post_id, kind=kind, name=name[:120], content=kept)
        return act.create(row)


def _has_members(content: bytes) -> bool:
    try:
        entries = json.loads(content)["values"]
        return bool(entries) and "members" in entries[0]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError):
        return False


def _own_groups(content: bytes, by: Acting) -> list[dict[str, Any]]:
    """Those that are like the own municipality, and the others it is a member of.

    Kolada makes a group of similar municipalities for each: it names the one in its title and does not hold it.
    """
    name = Unit.objects.select_related("board__municipality").get(pk=by.unit_id).board.municipality.name
    kept = []
    for group in _read(content, read_groups):
        codes = {code for code, _name in group.members}
        is_of_one = group.title.startswith(ALIKE)
        if name in group.title.split(", ") if is_of_one else by.municipality in codes:
            title = group.title.removesuffix(UNWEIGHTED)
            kept.append({"id": group.id, "title": title, "codes": sorted(codes | {by.municipality})})
    if not kept:
        raise _refused(_("Kommunen är inte med i någon av grupperna i filen."))
    return kept


def _own_values(content: bytes) -> list[list[Any]]:
    known = {each.kolada for each in figures.definitions().values() if each.kolada}
    kept = [
        [each.kpi, each.municipality, each.period, each.value]
        for each in _read(content, read_data)
        if each.kpi in known and each.gender == "T" and each.value is not None
    ]
    if not kept:
        asked = ", ".join(sorted(known))
        raise _refused(_("Inget värde i filen hör till ett mått här. Måtten hör ihop med %(kpis)s.") % {"kpis": asked})
    return kept


def _read(content: bytes, reader: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _("filen")
        path.write_bytes(content)
        try:
            return reader(path)
        except StatsError as fault:
            raise _refused(fault.text(figures.language()).replace(f"{folder}/", "")) from fault


def _refused(words: str) -> RuleBroken:
    return RuleBroken("kolada_refused", words, field="file")
