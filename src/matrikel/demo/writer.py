"""Registers invented families the way staff would: through the rooms' own actions, from the case worker's post."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from matrikel.base import scope
from matrikel.demo.journal import WRONG_CASE
from matrikel.demo.plan import Doing, Entry, Family, Individual, Way
from matrikel.demo.ways import MUNICIPAL
from matrikel.domain.access import door as access
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.domain.services import door as services
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting


class Writer:
    """`posts` are the case workers by e-mail, `circles` who may see a protected person besides the case worker."""

    def __init__(self, posts: Mapping[str, Acting], circles: Mapping[str, list[Acting]]) -> None:
        self.posts = posts
        self.circles = circles

    def register(self, family: Family) -> list[tuple[Individual, UUID]]:
        """One family, whole or not at all, under one receipt. Who became which person."""
        by = self.posts[family.worker]
        with scope.acting_as(by), trail.writing("demo.family.registered", by=by):
            came = [(member, _person(member, by)) for member in family.members if not member.born_here]
            people.form_household(members=[(person, member.role) for member, person in came], on=family.formed, by=by)
            born = [(member, _newborn(member, came[0][1], by)) for member in family.members if member.born_here]
            for member, person in came + born:
                if family.protection != "none":
                    circle = [post.post_id for post in self.circles.get(str(by.unit_id), [])]
                    people.protect(person=person, level=family.protection, circle=circle, by=by)
                if member.way:
                    self._way(member, member.way, person, family, by)
        return [(member, person.pk) for member, person in came + born]

    def _way(self, member: Individual, way: Way, person: people.Person, family: Family, by: Acting) -> None:
        _residence(member, way, person, family.place, by)
        for doing in sorted(way.doings, key=lambda doing: doing.first or date.max):
            _do(doing, person, by)
        case = _case(way, person, by) if way.opened else None
        if case is not None:
            for receiver, on in way.referrals:
                cases.refer(case=case, receiver=receiver, on=on, by=by)
            for entry in way.entries:
                _note(entry, case, by)
        if way.died:
            people.record_death(person=person, on=way.died, by=by)
        elif way.left:
            on, to = way.left
            people.move_out(person=person, on=on, to_municipality=to, abroad=not to, by=by)
        if case is not None:
            self._end(way, case, by)

    def _end(self, way: Way, case: cases.Case, by: Acting) -> None:
        """Closed, or handed over to a colleague in the unit."""
        if way.closed:
            on, reason = way.closed
            cases.close_case(case=case, on=on, reason=reason, by=by)
        elif way.handed_over and not case.person.is_protected:
            colleague = next(post for post in self.posts.values() if post.unit_id == by.unit_id and post != by)
            cases.assign(case=case, post_id=colleague.post_id, on=way.handed_over, by=by)


def _person(member: Individual, by: Acting) -> people.Person:
    way = member.way
    return people.register(
        by=by, given_name=member.given, family_name=member.family, birth_date=member.born, sex=member.sex,
        country=member.country, identity=member.number, own_script=member.own_script, own_script_language=member.script,
        protection=access.Protection.NONE, needs_interpreter=bool(member.interpreter),
        interpreter_language=member.interpreter, interpreter_note=member.interpreter_note, languages=member.languages,
        first_registered_on=way.first_registered if way else None,
    )  # fmt: skip


def _newborn(member: Individual, parent: people.Person, by: Acting) -> people.Person:
    return people.record_birth(
        parent=parent, given_name=member.given, family_name=member.family, birth_date=member.born, sex=member.sex,
        identity=member.number, by=by,
    )  # fmt: skip


def _residence(member: Individual, way: Way, person: people.Person, place: str, by: Acting) -> None:
    people.register_in_municipality(person=person, municipality=place, on=way.registered, by=by)
    if way.permit:
        ground, first, last = way.permit
        people.grant_permit(person=person, ground=ground, start_date=first, end_date=last, by=by)
    if not member.born_here:
        number, allocated_on = way.allocation or ("", None)
        cases.receive(
            person=person, received_on=way.received, category=way.category, route=way.route,
            previous_municipality=way.previous_municipality, allocation_number=number, allocated_on=allocated_on, by=by,
        )  # fmt: skip
    if member.later_number:
        identity, on = member.later_number
        people.give_number(person=person, identity=identity, start_date=on, by=by)
    if member.later_family:
        family_name, on = member.later_family
        if family_name != person.family_name:
            people.rename(person=person, given_name=person.given_name, family_name=family_name, on=on, by=by)


def _do(doing: Doing, person: people.Person, by: Acting) -> None:
    if doing.first is None:
        assert doing.applied is not None
        services.apply(person=person, kind=doing.kind, on=doing.applied, provider=doing.place, by=by)
        return
    told: dict[str, Any] = {
        "person": person, "kind": doing.kind, "start_date": doing.first, "end_date": doing.last, "by": by,
        "extent": doing.extent, "basis": doing.basis,
    }  # fmt: skip
    if doing.kind in MUNICIPAL:
        services.begin(**told, title=doing.title, provider=doing.place, applied_on=doing.applied, result=doing.result)
    else:
        people.begin_activity(**told, place=doing.place)


def _case(way: Way, person: people.Person, by: Acting) -> cases.Case:
    assert way.opened is not None
    return cases.open_case(person=person, on=way.opened, by=by)


def _note(entry: Entry, case: cases.Case, by: Acting) -> None:
    at = min(entry.at, clock.now())  # a visit later today has not happened when the demo is made this morning
    note = cases.write_note(case=case, kind=entry.kind, happened_at=at, text=entry.text, by=by)
    if entry.state != "draft":
        cases.sign_note(note=note, by=by)
    if entry.state == "struck":
        cases.strike_note(note=note, reason=WRONG_CASE, by=by)
