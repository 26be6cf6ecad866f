"""Asking for a run on the page: queued, carried out by the worker, seen without scripts and with."""

from datetime import UTC, datetime
from typing import Any

import time_machine
from django_tasks_db.models import DBTaskResult

from matrikel.domain.figures import door as figures
from matrikel.extract import tasks
from tests.cast import acting_as
from tests.extract.world import GOAL, World

URL = "/resultat/korning/"


def test_the_worker_carries_out_what_the_page_asked_for(world: World, browse: Any, monkeypatch: Any) -> None:
    client = browse(world.cast.cecilia)
    assert client.post(URL, {"freeze": "2026-10-31"}).status_code == 302
    assert "Väntar på sin tur" in client.get(URL).content.decode()
    again = client.post(URL, {"freeze": "2026-10-31"})
    assert "En körning pågår redan" in again.content.decode()
    job = DBTaskResult.objects.get()
    assert set(job.args_kwargs["kwargs"]) == {"post_id", "run_id"}
    carry_out = tasks.carry_out
    monkeypatch.setattr(tasks, "carry_out", lambda **asked: carry_out(**asked, indicators=[GOAL]))
    tasks.run_of_board.func(**job.args_kwargs["kwargs"])
    answer = client.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "Resultaten är klara" in answer
    assert "<html" not in answer
    with acting_as(world.cast.cecilia) as by:
        told = figures.waiting(by)
    assert [(each.mark, each.url) for each in told] == [("done", "/resultat/")]


def test_a_run_that_nobody_hears_of_is_ended_and_can_be_asked_for_again(world: World, browse: Any) -> None:
    client = browse(world.cast.cecilia)
    client.post(URL, {"freeze": "2026-10-31"})
    with time_machine.travel(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), tick=False):
        assert client.post(URL, {"freeze": "2026-10-31"}).status_code == 302


def test_a_day_in_the_future_is_refused_at_its_field(world: World, browse: Any) -> None:
    page = browse(world.cast.cecilia).post(URL, {"freeze": "2027-01-01"}).content.decode()
    assert "Frysdagen kan inte ligga framåt i tiden." in page


def test_those_without_the_right_cannot_ask(world: World, browse: Any) -> None:
    for without in (world.cast.bertil, world.lena, world.cast.rakel):
        assert browse(without).post(URL, {"freeze": "2026-10-31"}).status_code == 403
