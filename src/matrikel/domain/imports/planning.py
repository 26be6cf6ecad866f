"""What a row would do: steps that fill in what is missing, and facts that differ from what stands. Writes nothing.

The same plan tells the preview what happens and the import what to do.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from matrikel.base import codes
from matrikel.domain.imports.matching import Match, folded
from matrikel.domain.imports.reading import Record
from matrikel.domain.imports.rules import PROTECTION, Effect
from matrikel.domain.imports.spells import plan_spells
from matrikel.domain.imports.standing import Standing
from matrikel.domain.imports.steps import Plan, Terms
from matrikel.kernel.numbers import IdentityNumber


def plan(record: Record, match: Match, standing: Standing | None, terms: Terms) -> Plan:
    """The steps for one row. `standing` is what is known about the person, None for somebody new."""
    made = Plan()
    if match.two:
        made.refuse("two_persons", "identity")
        return made
    if standing is None and match.alike:
        made.flag("looks_alike", "family_name", person=str(match.alike[0]))
        if terms.hold_alike:
            made.held = True
            return made
    _days_have_come(record, made, terms)
    if standing is None:
        _register(record, made, terms)
    else:
        _fill(record, standing, made, terms)
    _registration(record, standing, made, terms)
    _reception(record, standing, made, terms)
    plan_spells(record, standing, made, terms)
    _case(record, standing, made, terms)
    if any(problem.severity == "refused" for problem in made.problems):
        made.steps.clear()
    return made


def _days_have_come(record: Record, made: Plan, terms: Terms) -> None:
    for name in ("enrolled_on", "discharged_on", "sfi_applied_on"):
        day = getattr(record, name)
        if day and day > terms.today:
            made.refuse("in_future", name)


def _identity(record: Record, made: Plan) -> dict[str, Any]:
    """Who somebody is, in the house's words, with what could not be understood flagged."""
    country = record.country
    if country and country not in codes.code_list("countries"):
        made.flag("country_not_listed", "country")
        country = ""
    language = _language(record.language)
    if record.language and not language:
        made.flag("unknown_language", "language")
    return {
        "given_name": record.given_name, "family_name": record.family_name, "birth_date": record.birth_date,
        "sex": record.sex or "unknown", "country": country, "needs_interpreter": record.interpreter == "yes",
        "interpreter_language": language if record.interpreter == "yes" else "",
        "languages": [language] if language else [],
    }  # fmt: skip


def _register(record: Record, made: Plan, terms: Terms) -> None:
    numbers = sorted(_numbers(record), key=lambda number: number.kind == "personal")
    who = _identity(record, made)
    if any(number.birth_date != who["birth_date"] for number in numbers[:1] if number.birth_date):
        who["birth_date"] = None  # the number says; that they differ was flagged when the row was read
    first = numbers.pop(0) if numbers else None
    made.step("register", **who, identity=first, protection=terms.level(record.protected))
    for number in numbers:
        made.step("give_number", identity=number)
    made.effect = Effect.NEW


def _fill(record: Record, standing: Standing, made: Plan, terms: Terms) -> None:
    """What is empty is filled in; what differs is told."""
    person, said = standing.person, _identity(record, made)
    missing: dict[str, Any] = {}
    names = ("given_name", "family_name")
    if not person.name_in_latin and any(said[name] for name in names):
        missing |= {name: said[name] for name in names}
    elif any(said[name] and folded(said[name]) != folded(getattr(person, name)) for name in names):
        made.flag("differs", "family_name")
    for name, empty in (("birth_date", None), ("sex", "unknown"), ("country", ""), ("interpreter_language", "")):
        now, new = getattr(person, name), said[name]
        if new in (empty, now):
            continue
        if now == empty:
            missing[name] = new
        else:
            made.flag("differs", "language" if name == "interpreter_language" else name)
    if said["needs_interpreter"] and not person.needs_interpreter:
        missing["needs_interpreter"] = True
    if missing:
        made.step("correct", **missing)
    if record.protected != "unknown" and PROTECTION[record.protected] != person.protection:
        if person.protection == "unknown":
            made.step("protect", level=PROTECTION[record.protected])
        elif not (person.is_protected and record.protected == "yes"):
            made.flag("differs", "protected")
    held = {(number.kind, number.value) for number in standing.numbers}
    main = {"personal", "coordination"}
    for number in _numbers(record):
        if (number.kind, number.value) in held:
            continue
        if number.kind in main and any(kind in main for kind, _value in held):
            made.flag("differs", "identity")
        else:
            made.step("give_number", identity=number)


def _registration(record: Record, standing: Standing | None, made: Plan, terms: Terms) -> None:
    municipality = terms.municipality
    if record.municipality:
        municipality = _municipality(record.municipality) or ""
        if not municipality:
            made.flag("unknown_municipality", "municipality")
    if record.registered_on is None or not municipality:
        return
    here = [row for row in standing.registrations if row.municipality == municipality] if standing else []
    if any(row.start_date == record.registered_on for row in here):
        return
    later = (
        [row for row in standing.registrations if row.end_date is None or row.end_date >= record.registered_on]
        if standing
        else []
    )
    if here or any(row.start_date >= record.registered_on or row.end_date for row in later):
        made.flag("differs", "registered_on")
    else:
        made.step("register_in_municipality", municipality=municipality, on=record.registered_on)


def _reception(record: Record, standing: Standing | None, made: Plan, terms: Terms) -> None:
    """A reception on the day of enrolment; without one, on the day of registration."""
    previous = _municipality(record.previous_municipality) if record.previous_municipality else ""
    if previous is None:
        made.flag("unknown_municipality", "previous_municipality")
    if standing and standing.receptions:
        if record.category and all(row.category != record.category for row in standing.receptions):
            made.flag("differs", "category")
        return
    day = record.enrolled_on or record.registered_on
    if day and record.category and day <= terms.today:
        made.step("receive", received_on=day, category=record.category, previous_municipality=previous or "")


def _case(record: Record, standing: Standing | None, made: Plan, terms: Terms) -> None:
    """Enrolment is an introduction case, discharge its closing."""
    cases = standing.cases if standing else []
    opened, closed = record.enrolled_on, record.discharged_on
    if opened is None:
        if closed and not any(case.end_date == closed for case in cases):
            made.flag("discharge_without_enrolment", "discharged_on")
        return
    case = next((case for case in cases if case.start_date == opened), None)
    if case is None and any(case.end_date is None or case.end_date >= opened for case in cases):
        made.flag("differs", "enrolled_on")
        return
    if case is None:
        hidden = record.protected == "yes" or bool(standing and standing.person.is_protected)
        made.step("open_case", on=opened, post_id=None if hidden else terms.post_of(record.caseworker))
    if closed is None:
        return
    reason = terms.close_reason(record.discharge_reason)
    if case is None or case.end_date is None:
        receiver = terms.receiver(record.discharge_reason)
        made.step("close_case", case=case, on=closed, reason=reason, receiver=receiver)
    elif case.end_date != closed:
        made.flag("differs", "discharged_on")
    elif record.discharge_reason and case.close_reason != reason:
        made.flag("differs", "discharge_reason")


def _numbers(record: Record) -> list[IdentityNumber]:
    return list(dict.fromkeys(number for number in (record.identity, *record.other_identities) if number))


@cache
def _by_label(name: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code in codes.code_list(name).values():
        for text in (code.code, code.sv, code.en):
            found.setdefault(folded(text), code.code)
    return found


def _language(text: str) -> str:
    return _by_label("languages").get(folded(text), "") if text else ""


def _municipality(text: str) -> str | None:
    plain = folded(text).removesuffix(" kommun")
    known = _by_label("municipalities")
    return known.get(plain) or known.get(plain.removesuffix("s"))
