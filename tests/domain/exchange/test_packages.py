"""Figures leave as a signed package and come in after every check; the walls hold around both."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matrikel.domain.exchange import door as exchange
from matrikel.domain.exchange import keys, queries
from matrikel.domain.exchange.models import Package, Signer
from matrikel.domain.figures import door as figures
from matrikel.domain.trail.models import Entry
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing, NotAllowed, RuleBroken
from tests.cast import acting_as
from tests.extract.world import GOAL, World, few_reached_it_in_krokom

Browse = Callable[[Acting], Client]


@pytest.fixture
def given(published: World) -> bytes:
    """The package that Krokom's board gives."""
    with acting_as(published.kerstin) as by:
        exchange.make_key(by=by)
        return exchange.give(by=by)[1]


@pytest.fixture
def received(published: World, given: bytes) -> Package:
    trust_krokom(published)
    with acting_as(published.cast.cecilia) as by:
        return exchange.receive(content=given, by=by)


def trust_krokom(published: World) -> Signer:
    with acting_as(published.kerstin) as by:
        key = keys.own_key(by)
    assert key is not None
    with acting_as(published.cast.cecilia) as by:
        return exchange.trust(name=key.signer, public_key=key.public, by=by)


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_package_holds_no_unit_no_age_and_nothing_small(given: bytes) -> None:
    found = files_of(given).items()
    tables = {name: json.loads(data) for name, data in found if name.startswith("tables/") and name.endswith("json")}
    assert f"tables/{GOAL}.json" in tables
    for name, table in tables.items():
        assert not {"unit", "age_band", "municipality"} & set(table["columns"]), name
        for row in table["rows"]:
            told = dict(zip(table["columns"], row, strict=True))
            assert told["n"] is None or told["n"] == 0 or told["n"] >= 5, (name, told)


def test_the_same_results_give_the_same_bytes_and_the_giving_is_logged(published: World, given: bytes) -> None:
    with acting_as(published.kerstin) as by:
        assert files_of(exchange.give(by=by)[1]) == files_of(given)
        assert Entry.objects.filter(chain=by.board_id, action="exchange.package.given").count() == 2


def test_what_is_received_stands_beside_the_own_figures(published: World, received: Package) -> None:
    goal = figures.definition(GOAL)
    with acting_as(published.kerstin) as by:
        theirs = next(each.shown for each in figures.results_to_share(by) if each.shown.indicator == GOAL).total
    assert received.area_name == "Krokom"
    assert theirs is not None
    # Days stay at home, and with them the estimate that needs them.
    assert received.total(goal.logic_hash) == replace(theirs, aj=None)
    with acting_as(published.cast.cecilia) as by:
        row = next(row for row in queries.beside(received, by=by) if row.definition.id == GOAL)
        own = next(each.shown for each in figures.results_to_share(by) if each.shown.indicator == GOAL)
    assert row.year == "2024"
    assert row.theirs in received.breakdown(goal.logic_hash, "year")
    assert row.own in next(each.cells for each in own.breakdowns if each.dimensions == ("year",))


def test_comparisons_see_the_latest_package_of_an_area(published: World, received: Package) -> None:
    goal = figures.definition(GOAL)
    for reader in (published.cast.bertil, published.cast.elsa):
        with acting_as(reader) as by:
            [krokom] = exchange.others(by, goal)
            assert (krokom.name, krokom.code, krokom.freeze) == ("Krokom", "2309", received.freeze)
            assert (krokom.years["2024"].k, krokom.years["2024"].n) == (13, 24)
    with acting_as(published.cast.cecilia) as by:
        exchange.withdraw(package=received, by=by)
        assert exchange.others(by, goal) == []


def test_a_package_shows_no_more_of_a_board_than_the_county_page(published: World, received: Package) -> None:
    """Krokom publishes here too, with three who reached it: the county page hides that, and then the package does."""
    with acting_as(published.cast.cecilia) as by:
        assert any(given.definition.id == GOAL and given.theirs.k for given in queries.beside(received, by=by))
        few_reached_it_in_krokom(published)
        assert not any(given.definition.id == GOAL for given in queries.beside(received, by=by))


def test_the_same_package_is_taken_in_once(published: World, received: Package, given: bytes) -> None:
    with acting_as(published.cast.cecilia) as by:
        with pytest.raises(RuleBroken) as fault:
            exchange.receive(content=given, by=by)
        assert fault.value.code == "package_known"
        assert Package.objects.count() == 1


def test_a_changed_count_is_refused_and_nothing_is_kept(published: World, given: bytes) -> None:
    trust_krokom(published)
    files = files_of(given)
    name = f"tables/{GOAL}.json"
    files[name] = files[name].replace(b"0", b"1", 1)
    with acting_as(published.cast.cecilia) as by:
        with pytest.raises(RuleBroken, match=name) as fault:
            exchange.receive(content=zipped(files), by=by)
        assert fault.value.field == "file"
        assert "/tmp" not in str(fault.value)
        assert not Package.objects.exists()


def test_an_unknown_signer_is_refused_by_name(published: World, given: bytes) -> None:
    with acting_as(published.cast.cecilia) as by, pytest.raises(RuleBroken, match="Krokom"):
        exchange.receive(content=given, by=by)


def test_a_signer_no_longer_trusted_is_refused_and_what_came_before_stays(
    published: World, received: Package, given: bytes
) -> None:
    with acting_as(published.cast.cecilia) as by:
        exchange.distrust(signer=Signer.objects.get(), by=by)
        exchange.withdraw(package=received, by=by)
        with pytest.raises(RuleBroken) as fault:
            exchange.receive(content=given, by=by)
        assert fault.value.code == "package_refused"


@pytest.mark.parametrize("key", ["", "not a key", "AAAA", "å" * 44])
def test_a_key_of_another_form_is_refused(published: World, key: str) -> None:
    with acting_as(published.cast.cecilia) as by, pytest.raises(RuleBroken) as fault:
        exchange.trust(name="Krokom", public_key=key, by=by)
    assert fault.value.field == "public_key"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Nr;Namn\n1;A\n"])
def test_a_file_that_is_no_package_is_refused_in_words(published: World, content: bytes) -> None:
    with acting_as(published.cast.cecilia) as by, pytest.raises(RuleBroken) as fault:
        exchange.receive(content=content, by=by)
    assert fault.value.code == "package_refused"


def test_receiving_can_be_undone(published: World, given: bytes, browse: Browse) -> None:
    trust_krokom(published)
    client, asked = browse(published.cast.cecilia), _key()
    file = SimpleUploadedFile("krokom.zip", given, "application/zip")
    assert client.post("/utbyte/ta-emot/", {**asked, "file": file}).status_code == 302
    assert "Krokom" in client.get("/utbyte/").content.decode()
    client.post(f"/angra/{asked['key']}/")
    assert "Inget paket är mottaget än" in client.get("/utbyte/").content.decode()


def test_the_private_key_is_the_servers_alone_and_made_once(published: World, given: bytes) -> None:
    with acting_as(published.kerstin) as by:
        assert keys.path_of(by).stat().st_mode & 0o077 == 0
        assert keys.own_key(by) is not None
        with pytest.raises(RuleBroken):
            exchange.make_key(by=by)
    with acting_as(published.cast.cecilia) as by:
        assert keys.own_key(by) is None


def test_outsiders_neither_give_nor_receive(published: World, received: Package, given: bytes) -> None:
    cast = published.cast
    for outsider in (cast.bertil, cast.rakel, cast.david, cast.erik, published.lena):
        with acting_as(outsider) as by:
            for refused in (
                lambda by=by: exchange.give(by=by),
                lambda by=by: exchange.make_key(by=by),
                lambda by=by: exchange.receive(content=given, by=by),
                lambda by=by: exchange.trust(name="X", public_key="x", by=by),
                lambda by=by: queries.package_for(by, received.pk),
            ):
                with pytest.raises(NotAllowed):
                    refused()
    with acting_as(published.kerstin) as by:
        assert queries.packages(by) == []
        assert exchange.others(by, figures.definition(GOAL)) == []
        with pytest.raises(Missing):
            queries.package_for(by, received.pk)


def test_the_pages_lead_all_the_way(published: World, browse: Browse) -> None:
    giver, taker = browse(published.kerstin), browse(published.cast.elsa)
    assert "Gör en nyckel" in giver.get("/utbyte/").content.decode()
    assert giver.post("/utbyte/nyckel/").status_code == 302
    answer = giver.post("/utbyte/paket/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="matrikel-2309-2026-10-31.zip"'
    with acting_as(published.kerstin) as by:
        key = keys.own_key(by)
    assert key is not None
    assert key.public in giver.get("/utbyte/").content.decode()
    file = SimpleUploadedFile("krokom.zip", answer.content, "application/zip")
    refused = taker.post("/utbyte/ta-emot/", {**_key(), "file": file})
    assert refused.status_code == 422
    assert key.signer in refused.content.decode()
    assert taker.post("/utbyte/avsandare/", {**_key(), "name": key.signer, "public_key": key.public}).status_code == 302
    file.seek(0)
    taken = taker.post("/utbyte/ta-emot/", {**_key(), "file": file})
    assert taken.status_code == 302
    page = taker.get(taken["Location"]).content.decode()
    assert "Krokom" in page
    assert "Samma räkneregel här och där" in page
    assert taker.post(f"{taken['Location']}ta-bort/", _key()).status_code == 302
    assert "Inget paket är mottaget än" in taker.get("/utbyte/").content.decode()


def test_the_pages_do_not_exist_for_others(published: World, received: Package, browse: Browse) -> None:
    for outsider in (published.cast.bertil, published.cast.rakel, published.cast.administrator):
        assert browse(outsider).get("/utbyte/").status_code == 403
    assert browse(published.kerstin).get(f"/utbyte/mottaget/{received.pk}/").status_code == 404


def _key() -> dict[str, Any]:
    return {"key": str(uuid4())}


def shown_on(reader: Acting, area: str) -> dict[tuple[str, str, str], int | None]:
    """Every number of the board that a reader's pages show: year, what it is split by, and its value → n."""
    found = {}
    with acting_as(reader) as by:
        for year in (*figures.show(by, GOAL, area=area).years, "alla"):
            view = figures.show(by, GOAL, area=area, year=year, split="sex")
            found["" if year == "alla" else year, "", ""] = view.total.cell.n
            found |= {(year, "sex", row.key): row.seen.cell.n for row in view.rows}
    return found


def test_a_package_tells_no_number_that_a_page_hides(published: World) -> None:
    """With Krokom hidden the county page hides Östersund too; elsewhere the package would give Krokom away."""
    few_reached_it_in_krokom(published)
    cecilia = published.cast.cecilia
    with acting_as(cecilia) as by:
        exchange.make_key(by=by)
        table = json.loads(files_of(exchange.give(by=by)[1])[f"tables/{GOAL}.json"])
    pages = shown_on(published.cast.elsa, figures.BOARD), shown_on(published.lena, str(cecilia.board_id))
    assert pages[0]["2024", "", ""] == 26
    assert pages[1]["2024", "", ""] is None
    for line in table["rows"]:
        row = dict(zip(table["columns"], line, strict=True))
        key = (row.get("year") or "", "sex" if row.get("sex") else "", row.get("sex") or "")
        assert set(row["breakdown"].split("+")) <= {"", "year", "sex", "category"}
        for page in pages:
            if "category" not in row["breakdown"]:
                assert row["n"] is None or row["n"] == page[key], key
    assert [row[-1] for row in table["rows"] if "2024" in row] == [True] * sum("2024" in row for row in table["rows"])
