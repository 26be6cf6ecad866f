"""What one post should know this morning."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matrikel.domain.cases import door as cases
from matrikel.domain.casework.rules import Limit, closing_window
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people import door as people
from matrikel.domain.plans import door as plans
from matrikel.domain.services import door as services
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting


@dataclass(frozen=True)
class ClosingWindow:
    """A person of mine whose goal window closes soon."""

    person_id: UUID
    registered_on: date
    limit: Limit


@dataclass(frozen=True)
class Today:
    """My open cases, goal windows that close, what waits: SFI, checks, plans, forms that are due again."""

    cases: list[cases.Case]
    windows: list[ClosingWindow]
    sfi: list[services.Waiting]
    plans: list[plans.Due]
    openings: list[instruments.Opening]
    due_again: list[instruments.DueAgain]

    @property
    def person_ids(self) -> list[UUID]:
        return list(dict.fromkeys(case.person_id for case in self.cases))


def today(by: Acting) -> Today:
    """The acting post's day. The page logs the persons it shows; a window is listed whether reached or not."""
    mine = list(cases.my_cases(by))
    ids = [case.person_id for case in mine]
    windows = [
        ClosingWindow(person_id, registered, limit)
        for person_id, registered in people.registered_here(ids, by=by).items()
        if (limit := closing_window(registered, clock.today()))
    ]
    own = set(ids)
    return Today(
        cases=mine,
        windows=sorted(windows, key=lambda w: w.limit.last_day),
        sfi=[waiting for waiting in services.waiting_for_sfi(by) if waiting.person_id in own],
        plans=plans.due(by),
        openings=instruments.openings_waiting(by),
        due_again=instruments.due_again(by),
    )
