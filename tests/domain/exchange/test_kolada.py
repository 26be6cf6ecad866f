"""The comparison reaches outside the county: groups from a Kolada file, packages, and Kolada's own values beside."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matrikel.domain.exchange import door as exchange
from matrikel.domain.exchange.models import KoladaFile
from matrikel.domain.figures import door as figures
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import NotAllowed, RuleBroken
from matrikel_stats.exchange.keys import new_key
from matrikel_stats.exchange.package import Area, package_files
from tests.cast import acting_as
from tests.extract.world import GOAL, World

Browse = Callable[[Acting], Client]


def shaped(values: list[dict[str, Any]]) -> bytes:
    return json.dumps({"count": len(values), "next_page": None, "previous_page": None, "values": values}).encode()


def group(name: str, title: str, *codes: str) -> dict[str, Any]:
    return {"id": name, "title": title, "members": [{"member_id": code, "member_title": code} for code in codes]}


ALIKE = "Liknande kommuner integration, Östersund, 2024"
GROUPS = shaped([
    group("G1", "Liknande kommuner integration, Östersund, 2024", "2482"),
    group("G4", "Liknande kommuner integration, Umeå, 2024", "2380", "2482"),
    group("G2", "Glesa kommuner (ovägt medel)", "2380", "2309"),
    group("G3", "Storstäder", "0180", "1480"),
])  # fmt: skip


def value(municipality: str, period: int, number: float | None, kpi: str = "N00973") -> dict[str, Any]:
    row = {"gender": "T", "count": 1, "status": "", "value": number}
    return {"kpi": kpi, "municipality": municipality, "period": period, "values": [row]}


def take_in(by_whom: Acting, content: bytes) -> KoladaFile:
    with acting_as(by_whom) as by:
        return exchange.take_in(content=content, name="kolada.json", by=by)


@pytest.fixture
def faraway(published: World, tmp_path: Path) -> World:
    """Skellefteå, in another county and installation, counts by the same logic and has given a package."""
    key = new_key(tmp_path / "key.toml", "Skellefteå")
    with acting_as(published.kerstin) as by:
        results = figures.results_to_share(by)
    known = list(figures.definitions().values())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in package_files(results, known, area=Area("2482", "Skellefteå"), key=key).items():
            archive.writestr(name, data)
    with acting_as(published.cast.cecilia) as by:
        exchange.trust(name=key.signer, public_key=key.public, by=by)
        exchange.receive(content=stream.getvalue(), by=by)
    return published


def compared(by: Acting, browse: Browse, key: str) -> str:
    page = browse(by).get(f"/resultat/{GOAL}/?omrade=kommun&ar=2024&jamfor={key}").content.decode()
    return page[page.index('id="compare"') : page.index('id="changes"') if 'id="changes"' in page else None]


def test_only_the_groups_the_municipality_is_in_are_kept(published: World) -> None:
    row = take_in(published.cast.cecilia, GROUPS)
    assert [each["id"] for each in row.content] == ["G1", "G2"], "G4 is about whom Umeå is like"
    with acting_as(published.cast.bertil) as by:
        assert [each.title for each in exchange.groups(by)] == ["Glesa kommuner", ALIKE]
    with acting_as(published.kerstin) as by:
        assert exchange.groups(by) == [], "another board takes in its own"
    with acting_as(published.cast.cecilia):
        assert Entry.objects.filter(action="exchange.kolada.taken_in").exists()


def test_a_new_file_takes_the_place_of_the_old_and_can_be_undone(published: World, browse: Browse) -> None:
    take_in(published.cast.cecilia, GROUPS)
    client, key = browse(published.cast.cecilia), str(uuid4())
    file = SimpleUploadedFile("nya.json", shaped([group("G9", "Nya", "2380", "0180")]), "application/json")
    assert client.post("/utbyte/kolada/", {"key": key, "file": file}).status_code == 302
    with acting_as(published.cast.cecilia) as by:
        assert [each.id for each in exchange.groups(by)] == ["G9"]
    client.post(f"/angra/{key}/")
    with acting_as(published.cast.cecilia) as by:
        assert [each.id for each in exchange.groups(by)] == ["G2", "G1"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b'{"values": [{"members": 3}]}', shaped([]), shaped([group("G3", "Storstäder", "0180")]),
     shaped([value("2380", 2024, 50.0, "N99999")])],
)  # fmt: skip
def test_a_file_without_anything_for_the_board_is_refused_in_words(published: World, content: bytes) -> None:
    with acting_as(published.cast.cecilia) as by:
        with pytest.raises(RuleBroken) as fault:
            exchange.take_in(content=content, name="x.json", by=by)
        assert (fault.value.code, fault.value.field) == ("kolada_refused", "file")
        assert "/tmp" not in str(fault.value)
        assert not KoladaFile.objects.exists()


def test_outsiders_take_in_nothing(published: World, browse: Browse) -> None:
    cast = published.cast
    for outsider in (cast.bertil, cast.rakel, cast.david, published.lena):
        with acting_as(outsider) as by, pytest.raises(NotAllowed):
            exchange.take_in(content=GROUPS, name="x.json", by=by)
    assert browse(cast.bertil).get("/utbyte/kolada/").status_code == 403


def test_a_package_from_another_county_stands_in_the_comparison(faraway: World, browse: Browse) -> None:
    page = compared(faraway.cast.bertil, browse, "alla")
    for words in (
        "Jämfört med alla som har lämnat tal",
        "Skellefteå",
        "13 av 24",
        "Krokom",
        "Mot den gemensamma andelen",
    ):
        assert words in page, words
    assert "Skellefteå" not in compared(faraway.cast.bertil, browse, "lan")


def test_a_group_leaves_out_those_who_are_not_in_it(faraway: World, browse: Browse) -> None:
    take_in(faraway.cast.cecilia, GROUPS)
    page = compared(faraway.cast.elsa, browse, "G1")
    assert f"Jämfört med {ALIKE}" in page
    table = page[page.index("<table") : page.index("</table>")]
    assert "Skellefteå" in table
    assert "Östersund" in table
    assert "Krokom" not in table
    page = compared(faraway.cast.elsa, browse, "G2")
    assert "Skellefteå" not in page[page.index("<table") : page.index("</table>")]
    assert "Storstäder" not in page


def test_other_boards_see_neither_package_nor_group(faraway: World, browse: Browse) -> None:
    take_in(faraway.cast.cecilia, GROUPS)
    for key in ("alla", "G1"):
        page = compared(faraway.kerstin, browse, key)
        assert "Skellefteå" not in page
        assert ALIKE not in page


def test_kolada_stands_beside_and_is_never_counted_in(
    faraway: World, browse: Browse, settings: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "definitions"
    shutil.copytree(settings.DEFINITIONS, folder)
    file = folder / "indicators" / "county_goals" / f"{GOAL}.toml"
    before = figures.definition(GOAL)
    file.write_text(file.read_text(encoding="utf-8").replace("version = 1", 'version = 1\nkolada = "N00973"', 1))
    settings.DEFINITIONS = folder
    assert figures.definition(GOAL).kolada == "N00973"
    assert (figures.definition(GOAL).logic_hash, figures.definition(GOAL).text_hash) == (
        before.logic_hash, before.text_hash,
    )  # fmt: skip
    take_in(faraway.cast.cecilia, GROUPS)
    told = [value("2380", 2023, 51.5), value("2482", 2023, 61.5), value("0000", 2023, 41.5), value("2380", 2025, 9.0)]
    take_in(faraway.cast.cecilia, shaped(told))
    url = f"/resultat/{GOAL}/?omrade=kommun&ar=2024&jamfor=G1"
    page = browse(faraway.cast.bertil).get(url).content.decode()
    beside = page[page.index('id="kolada"') :]
    beside = beside[: beside.index("</section>")] if "</section>" in beside else beside
    for words in ("N00973, 2023", "51,5", "56,5", "41,5", "räknas inte ihop med era"):
        assert words in beside, words
    assert "51,5" not in page[page.index('id="compare"') : page.index('id="kolada"')]
    assert 'id="kolada"' not in browse(faraway.kerstin).get(url).content.decode()
