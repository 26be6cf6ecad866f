"""Registering a person, correcting what was written wrong, birth and death."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.people import checks
from matrikel.domain.people.actions.household import join_household
from matrikel.domain.people.models import Activity, IdentityNumber, Member, Person, Registration, SpokenLanguage
from matrikel.domain.people.queries import own_rows
from matrikel.domain.people.rules import Sex, search_key, sort_key
from matrikel.domain.trail import door as trail
from matrikel.kernel import numbers
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

NAMES = ("given_name", "family_name", "own_script")
CORRECTABLE = frozenset(
    {
        *NAMES, "own_script_language", "birth_date", "sex", "country", "first_registered_on", "needs_interpreter",
        "interpreter_language", "interpreter_note", "languages",
    }
)  # fmt: skip


def register(
    *, by: Acting, given_name: str = "", family_name: str = "", birth_date: date | None = None,
    sex: str = Sex.UNKNOWN, country: str = "", identity: numbers.IdentityNumber | None = None, own_script: str = "",
    own_script_language: str = "", protection: str = access.Protection.UNKNOWN, needs_interpreter: bool = False,
    interpreter_language: str = "", interpreter_note: str = "", languages: Iterable[str] = (),
    first_registered_on: date | None = None,
) -> Person:  # fmt: skip
    """A new person, seen by the acting unit; a protected one only by the acting post.

    Birth date and sex are taken from the number when they are not given. Raises RuleBroken: no_identity, number_taken,
    known_elsewhere, born_in_future, birth_date_differs, too_long, unknown_code.
    """
    checks.may_write(by)
    texts = checks.cleaned(
        given_name=given_name, family_name=family_name, own_script=own_script, interpreter_note=interpreter_note
    )
    if identity is None and not any(texts[name] for name in NAMES):
        raise RuleBroken("no_identity", _("Skriv ett namn eller ett nummer."), field="given_name")
    born = checks.birth_of(birth_date, identity)
    checks.in_order(born, first_registered_on, "first_registered_on")
    person = Person(
        board_id=by.board_id, registered_by_unit_id=by.unit_id, birth_date=born, **texts,
        sex=_sex(sex, identity), country=checks.known_code("countries", country, "country"),
        own_script_language=checks.known_code("languages", own_script_language, "own_script_language"),
        protection=checks.one_of(access.STRENGTH, protection, "protection"), needs_interpreter=needs_interpreter,
        interpreter_language=checks.known_code("languages", interpreter_language, "interpreter_language"),
        first_registered_on=first_registered_on,
        search_key=search_key(*(texts[name] for name in NAMES)),
        sort_key=sort_key(texts["family_name"] or texts["own_script"], texts["given_name"]),
    )  # fmt: skip
    with checks.answers_logged(by), trail.writing("people.person.registered", by=by, person=person.pk) as act:
        hidden_holders = checks.number_free(by, identity)
        act.create(person)
        if identity:
            act.create(IdentityNumber(board_id=by.board_id, person=person, kind=identity.kind, value=identity.value))
            checks.collided(act, hidden_holders)
        for code in dict.fromkeys(languages):
            _speak(act, person, code)
        access.relate(person_id=person.pk, ground=access.Ground.REGISTRATION, by=by)
        if person.is_protected:
            access.relate(person_id=person.pk, ground=access.Ground.CIRCLE, post_id=by.post_id, by=by)
            act.entry(action="people.protection.raised")
        trail.reached(by).add(person.pk)
        return person


def correct(*, person: Person, by: Acting, version: int | None = None, **fields: Any) -> Person:
    """Mend what was written wrong; `fields` are named in CORRECTABLE. A name that changed is `rename` instead.

    `version` is the row's when the form was shown. Raises Conflict when somebody changed the person since, RuleBroken
    as `register` does.
    """
    unknown = set(fields) - CORRECTABLE
    if unknown:
        raise TypeError(f"correct() does not change {sorted(unknown)}")
    checks.may_write(by, person)
    languages = fields.pop("languages", None)
    values = _checked(person, fields)
    with trail.writing("people.person.corrected", by=by, person=person.pk) as act:
        if version is not None:
            person.version = version
        act.change(person, **values, **_new_keys(person, values))
        if languages is not None:
            _speak_only(act, person, list(dict.fromkeys(languages)))
        return person


def record_birth(
    *, parent: Person, given_name: str = "", family_name: str = "", birth_date: date, by: Acting,
    sex: str = Sex.UNKNOWN, identity: numbers.IdentityNumber | None = None,
) -> Person:  # fmt: skip
    """A child born to a person: registered with the parent's protection and circle, and living with the parent.

    Everybody who sees the parent sees the child. Raises RuleBroken as `register` does, and parent_younger.
    """
    checks.may_write(by, parent)
    if parent.birth_date and birth_date <= parent.birth_date:
        raise RuleBroken("parent_younger", _("Barnet kan inte vara äldre än föräldern."), field="birth_date")
    with checks.answers_logged(by), trail.writing("people.person.born", by=by, person=parent.pk) as act:
        child = register(
            given_name=given_name, family_name=family_name, birth_date=birth_date, sex=sex, identity=identity,
            protection=parent.protection, by=by,
        )  # fmt: skip
        access.carry_relations(from_person=parent.pk, to_person=child.pk, by=by)
        member = Member.objects.filter(own_rows(parent), end_date=None).select_related("household").first()
        if member:
            join_household(
                household=member.household, person=child, role="child", on=max(birth_date, member.start_date), by=by
            )
        act.entry(of="people.person", object=child.pk)
        return child


def record_death(*, person: Person, on: date, by: Acting) -> Person:
    """A person has died: what was going on ends that day, what had not begun is taken back.

    Raises RuleBroken: in_future, before_birth, already_dead.
    """
    checks.may_write(by, person)
    if person.death_date is not None:
        raise RuleBroken("already_dead", _("Dödsdagen finns redan. Rätta den i stället."), field="on")
    checks.not_future(on, "on")
    checks.in_life(person, on, "on")
    with trail.writing("people.person.died", by=by, person=person.pk) as act:
        act.change(person, death_date=on)
        for model in (Registration, Activity, Member):
            for row in model.objects.filter(own_rows(person)).filter(Q(end_date=None) | Q(end_date__gt=on)):
                if row.start_date > on:
                    act.void(row)
                else:
                    act.change(row, end_date=on)
        return person


def _sex(sex: str, identity: numbers.IdentityNumber | None) -> str:
    given = checks.one_of(list(Sex), sex or Sex.UNKNOWN, "sex")
    return (identity.sex if identity else None) or given if given == Sex.UNKNOWN else given


def _checked(person: Person, fields: dict[str, Any]) -> dict[str, Any]:
    texts = checks.cleaned(**{name: text for name, text in fields.items() if name in checks.LENGTHS})
    values = fields | texts
    for name, code_list in (
        ("country", "countries"), ("own_script_language", "languages"), ("interpreter_language", "languages"),
    ):  # fmt: skip
        if name in values:
            checks.known_code(code_list, values[name], name)
    if "sex" in values:
        checks.one_of(list(Sex), values["sex"], "sex")
    born = values.get("birth_date", person.birth_date)
    checks.not_future(born, "birth_date", "born_in_future")
    checks.in_order(born, person.death_date, "birth_date")
    checks.in_order(born, values.get("first_registered_on", person.first_registered_on), "first_registered_on")
    return values


def _new_keys(person: Person, values: dict[str, Any]) -> dict[str, str]:
    names = {name: values.get(name, getattr(person, name)) for name in NAMES}
    if names == {name: getattr(person, name) for name in NAMES}:
        return {}
    if not any(names.values()) and not IdentityNumber.objects.filter(own_rows(person)).exists():
        raise RuleBroken("no_identity", _("Skriv ett namn eller ett nummer."), field="given_name")
    return checks.keys_of(person, **names)


def _speak(act: trail.Writing, person: Person, code: str) -> None:
    checks.known_code("languages", code, "languages")
    act.create(SpokenLanguage(board_id=person.board_id, person=person, code=code))


def _speak_only(act: trail.Writing, person: Person, wanted: list[str]) -> None:
    spoken = {row.code: row for row in SpokenLanguage.objects.filter(person=person)}
    for code in wanted:
        if code not in spoken:
            _speak(act, person, code)
    for code, row in spoken.items():
        if code not in wanted:
            act.void(row)
