"""A run works out what its readers must not see; a page then asks nothing of linear programs and shows the same."""

from typing import Any

import pytest

from matrikel.domain.figures import attacked
from matrikel.domain.figures.models import Figure, Published
from matrikel.extract import door as extract
from tests.cast import acting_as
from tests.extract.world import FREEZE, GOAL, INDICATORS, World

PAGES = tuple(
    f"/resultat/{GOAL}/?omrade={area}&ar={year}&dela={split}"
    for area in ("enhet", "kommun", "lan")
    for year in ("2024", "alla")
    for split in ("sex", "category", "place")
)


@pytest.fixture
def counted_last(published: World) -> World:
    """Östersund has published after Krokom, so the county is as its readers found it in the run."""
    with acting_as(published.cast.cecilia) as by:
        extract.run_figures(by=by, freeze=FREEZE, indicators=INDICATORS)
    return published


def pages(world: World, browse: Any) -> list[str]:
    readers = (world.cast.bertil, world.cast.cecilia, world.cast.david, world.cast.elsa, world.lena)
    found = []
    for reader in readers:
        client = browse(reader)
        for url in ("/resultat/", *PAGES):
            answer = client.get(url)
            assert answer.status_code == 200
            text = answer.content.decode()
            found.append(text[text.index("<main") : text.index("</main>")])
    return found


def test_no_reader_waits_for_an_attack_and_all_see_the_same(
    counted_last: World, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = attacked._closed
    asked: list[Any] = []
    monkeypatch.setattr(attacked, "_closed", lambda *question: asked.append(question) or closed(*question))
    foreseen = pages(counted_last, browse)
    assert not asked
    with acting_as(counted_last.cast.cecilia):
        Figure.objects.update(attacked={})
    Published.objects.update(attacked={})
    assert pages(counted_last, browse) == foreseen
    assert asked


def test_what_is_kept_holds_no_number(counted_last: World) -> None:
    with acting_as(counted_last.cast.cecilia):
        kept = [
            *Figure.objects.values_list("attacked", flat=True),
            *Published.objects.values_list("attacked", flat=True),
        ]
    assert any(kept)
    keys = [key for each in kept for closed in each.values() for key in closed]
    assert all(dim in ("", "sex", "category") for _place, dim, _value in keys)


def test_figures_stand_though_the_attack_fails(
    published: World, browse: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_question: Any) -> Any:
        raise MemoryError

    attacked._closed.cache_clear()
    monkeypatch.setattr(attacked, "_closed", breaks)
    with acting_as(published.cast.cecilia) as by:
        run = extract.run_figures(by=by, freeze=FREEZE, indicators=[GOAL])
    assert run.status == "done"
    assert "not attacked ahead" in caplog.text
    monkeypatch.undo()
    assert browse(published.cast.elsa).get(f"/resultat/{GOAL}/").status_code == 200
