"""The county's first results: the figures of every board, published by its head of unit, and a few of them told."""

from collections.abc import Callable
from datetime import date
from typing import Any

from matrikel.base import scope
from matrikel.demo.showcase import MANAGER
from matrikel.domain.access import door as access
from matrikel.domain.figures import door as figures
from matrikel.extract import door as extract

TOLD = ("establishment_12_months", "establishment_24_months", "effect_goal", "sfi_wait")


def publish(*, today: date, progress: Callable[[int, int], None] | None = None) -> None:
    """Run all figures of all boards, frozen today. Raises RuntimeError naming what a run failed of."""
    heads = access.Post.objects.filter(role="unit_manager").select_related("unit__board", "user").order_by("pk")
    boards = {head.unit.board_id: head for head in heads}
    # The board that is shown first comes last: it is the only one whose readers' pages are made ready (decision 0054).
    for done, head in enumerate(sorted(boards.values(), key=_is_shown), start=1):
        with scope.acting_as(access.acting(head, channel="demo")) as by:
            run = extract.run_figures(by=by, freeze=today, ahead=_is_shown(head))
        if run.status != "done":
            raise RuntimeError(run.error)
        if progress:
            progress(done, len(boards))


def _is_shown(head: access.Post) -> bool:
    return bool(head.user.email == MANAGER)


def first_results() -> list[dict[str, Any]]:
    """A few published figures as the head of Östersund's unit reads them: name, year, and text by area."""
    head = access.Post.objects.select_related("unit__board", "user").get(user__email=MANAGER)
    with scope.acting_as(access.acting(head, channel="demo")) as by:
        lines = {line["indicator"]: line for line in map(figures.line_json, figures.overview(by))}
    return [lines[name] for name in TOLD if name in lines]
