"""Two rows that turn out to be the same human. A person decides, and it can be undone."""

from django.utils.translation import gettext as _

from matrikel.domain.access import door as access
from matrikel.domain.people import checks
from matrikel.domain.people.models import Person
from matrikel.domain.people.rules import search_key
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken

FILLED_IN = (
    "given_name", "family_name", "birth_date", "death_date", "country", "first_registered_on", "own_script",
    "own_script_language", "interpreter_language", "interpreter_note",
)  # fmt: skip


def merge(*, keep: Person, drop: Person, by: Acting) -> Person:
    """Point one person at another. Rows stay where they are and are read through the pointer.

    What is empty on the kept one is filled in from the other, the higher protection wins, and those who saw either
    see the kept one. Undone by its receipt. Raises RuleBroken same_person; Missing when one is out of reach
    or merged away.
    """
    if keep.pk == drop.pk:
        raise RuleBroken("same_person", _("Det är samma person. Välj en annan att slå ihop med."), field="other")
    checks.may_write(by, keep, drop)
    with trail.writing("people.person.merged", by=by, person=keep.pk) as act:
        values = {name: getattr(drop, name) for name in FILLED_IN if not getattr(keep, name) and getattr(drop, name)}
        if keep.sex == "unknown":
            values["sex"] = drop.sex
        if drop.needs_interpreter:
            values["needs_interpreter"] = True
        level = max((keep, drop), key=lambda p: access.STRENGTH[access.Protection(p.protection)]).protection
        if level != keep.protection and drop.is_protected:
            act.entry(action="people.protection.raised")
        values["protection"] = level
        for name in ("given_name", "family_name", "own_script"):
            values.setdefault(name, getattr(keep, name))
        keys = checks.keys_of(keep, **{name: values[name] for name in ("given_name", "family_name", "own_script")})
        keys["search_key"] = search_key(keys["search_key"], drop.search_key)
        act.change(keep, **values, **keys)
        for earlier in Person.objects.filter(merged_into=drop.pk):
            act.change(earlier, merged_into=keep)
        act.change(drop, merged_into=keep)
        keep.has_merged = True
        access.carry_relations(from_person=drop.pk, to_person=keep.pk, by=by)
        if keep.is_protected:
            access.relate(person_id=keep.pk, ground=access.Ground.CIRCLE, post_id=by.post_id, by=by)
        act.entry(of="people.person", object=drop.pk, merged_into=keep.pk)
        return keep
