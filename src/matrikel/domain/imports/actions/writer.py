"""One row into the register: every step through the door of the room it belongs to, all under one receipt."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from matrikel.domain.cases import door as cases
from matrikel.domain.imports.steps import Step
from matrikel.domain.people import door as people
from matrikel.domain.services import door as services
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.numbers import IdentityNumber

ACTION = "imports.row.written"


@dataclass
class RowWriter:
    """Carries out the steps of a plan for one person. Raises what the doors raise; then nothing is written."""

    by: Acting
    person: people.Person | None = None
    case: cases.Case | None = None
    receipt_id: UUID | None = None

    def write(self, steps: list[Step]) -> None:
        known = self.person.pk if self.person else None
        with people.answers_logged(self.by), trail.writing(ACTION, by=self.by, person=known) as act:
            self.receipt_id = act.receipt_id
            for step in steps:
                getattr(self, step.name)(**step.values)

    @property
    def whom(self) -> people.Person:
        assert self.person is not None, "the first step of somebody new is to register"
        return self.person

    def register(self, **who: Any) -> None:
        self.person = people.register(by=self.by, **who)

    def correct(self, **missing: Any) -> None:
        people.correct(person=self.whom, by=self.by, **missing)

    def protect(self, level: str) -> None:
        people.protect(person=self.whom, level=level, by=self.by)

    def give_number(self, identity: IdentityNumber) -> None:
        people.give_number(person=self.whom, identity=identity, by=self.by)

    def register_in_municipality(self, municipality: str, on: date) -> None:
        people.register_in_municipality(person=self.whom, municipality=municipality, on=on, by=self.by)

    def receive(self, **said: Any) -> None:
        cases.receive(person=self.whom, by=self.by, **said)

    def open_case(self, on: date, post_id: UUID | None) -> None:
        self.case = cases.open_case(person=self.whom, on=on, by=self.by, post_id=post_id)

    def close_case(self, case: cases.Case | None, on: date, reason: str, receiver: str) -> None:
        held = case or self.case
        assert held is not None, "a case is opened before it is closed"
        if receiver:
            cases.refer(case=held, receiver=receiver, on=on, by=self.by)
        cases.close_case(case=held, on=on, reason=reason, by=self.by)

    def apply(self, **said: Any) -> None:
        services.apply(person=self.whom, by=self.by, **said)

    def begin(self, **said: Any) -> None:
        services.begin(person=self.whom, by=self.by, **said)

    def start_applied(self, participation: services.Participation, on: date) -> None:
        services.start_applied(participation=participation, on=on, by=self.by)

    def end(self, participation: services.Participation, on: date, result: str = "") -> None:
        services.end(participation=participation, on=on, result=result, by=self.by)

    def correct_participation(self, participation: services.Participation, **missing: Any) -> None:
        services.correct(participation=participation, by=self.by, **missing)

    def begin_activity(self, **said: Any) -> None:
        people.begin_activity(person=self.whom, by=self.by, **said)

    def end_activity(self, activity: people.Activity, on: date) -> None:
        people.end_activity(activity=activity, on=on, by=self.by)
