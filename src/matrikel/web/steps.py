"""What one can register about a person, by group, each with its page and its key."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matrikel.domain.access.door import Right
from matrikel.domain.cases import door as cases
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting


@dataclass(frozen=True)
class Step:
    """One kind of act: label, URL name, the right it needs, key, whether it is about or needs a case, and kind."""

    label: Any
    url_name: str
    right: Right
    key: str = ""
    of_case: bool = False
    kind: str = ""
    needs_case: bool = False


GROUPS: tuple[tuple[Any, tuple[Step, ...]], ...] = (
    (
        _("Insatser"),
        (
            Step(_("Ansökan till sfi"), "services-apply", Right.SERVICE_WRITE, "f", kind="sfi"),
            Step(_("Start i sfi"), "services-begin", Right.SERVICE_WRITE, kind="sfi"),
            Step(_("Praktik"), "services-begin", Right.SERVICE_WRITE, "p", kind="internship"),
            Step(_("Samhällsorientering"), "services-begin", Right.SERVICE_WRITE, kind="civic_orientation"),
            Step(_("Validering"), "services-begin", Right.SERVICE_WRITE, kind="validation"),
            Step(_("Skyddat arbete"), "services-begin", Right.SERVICE_WRITE, kind="protected_work"),
        ),
    ),
    (_("Planer"), (Step(_("Ny plan"), "plans-begin", Right.PLAN_WRITE, "l", needs_case=True),)),
    (
        _("Arbete och studier"),
        (Step(_("Arbete, studier eller program"), "people-activity-begin", Right.PERSON_WRITE, "w"),),
    ),
    (
        _("Person och hushåll"),
        (
            Step(_("Folkbokförd här"), "people-registration-begin", Right.PERSON_WRITE),
            Step(_("Flytt härifrån"), "people-registration-end", Right.PERSON_WRITE),
            Step(_("Uppehållstillstånd"), "people-permit-grant", Right.PERSON_WRITE),
            Step(_("Hushåll"), "people-household-form", Right.PERSON_WRITE),
            Step(_("Barn fött"), "people-birth-record", Right.PERSON_WRITE),
            Step(_("Nytt namn"), "people-person-rename", Right.PERSON_WRITE),
            Step(_("Nytt nummer"), "people-number-give", Right.PERSON_WRITE),
            Step(_("Rätta uppgifter"), "people-person-correct", Right.PERSON_WRITE),
            Step(_("Skyddade uppgifter"), "people-person-protect", Right.PROTECTION_WRITE),
            Step(_("Avliden"), "people-death-record", Right.PERSON_WRITE),
            Step(_("Samma person två gånger"), "people-person-merge", Right.PERSON_WRITE),
        ),
    ),
    (
        _("Ärende"),
        (
            Step(_("Skriv in"), "casework-enrol", Right.CASE_WRITE, "i"),
            Step(_("Mottagande"), "cases-reception-add", Right.CASE_WRITE),
            Step(_("Fördela"), "cases-case-assign", Right.CASE_WRITE, of_case=True),
            Step(_("Hänvisa vidare"), "cases-case-refer", Right.CASE_WRITE, of_case=True),
            Step(_("Avsluta ärendet"), "cases-case-close", Right.CASE_WRITE, of_case=True),
        ),
    ),
)


def steps_for(person: people.Person, case: cases.Case | None, by: Acting) -> list[dict[str, Any]]:
    """The groups with what this post may do now: acts on a case only while one is open, enrolment only without."""
    open_case = case if case is not None and case.is_open else None
    groups = []
    for title, steps in GROUPS:
        offered = [
            {
                "label": step.label,
                "key": step.key,
                "url": reverse(step.url_name, args=_address(step, person, open_case)),
            }
            for step in steps
            if by.may(step.right)
            and (open_case is not None or not (step.of_case or step.needs_case))
            and (open_case is None or step.url_name != "casework-enrol")
        ]
        if offered:
            groups.append({"title": title, "steps": offered})
    return groups


def _address(step: Step, person: people.Person, case: cases.Case | None) -> list[Any]:
    subject = case.pk if step.of_case and case else person.pk
    return [subject, step.kind] if step.kind else [subject]
