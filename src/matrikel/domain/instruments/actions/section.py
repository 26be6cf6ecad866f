"""Saving a section while it is written, again and again."""

from dataclasses import dataclass
from uuid import UUID

from matrikel.domain.access.door import Right
from matrikel.domain.instruments.models import Response, Section
from matrikel.domain.instruments.queries import draft_to_write, form_of
from matrikel.domain.instruments.rules import Answers, log_as, require, taken_in
from matrikel.domain.trail import door as trail
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing
from matrikel_forms import Problem


@dataclass(frozen=True)
class Saved:
    """A section as it stands after saving, and what is wrong with it. What a fault refuses is said there."""

    section: Section
    faults: tuple[Problem, ...]


def save_section(
    *, response: Response, section: str, answers: Answers, version: int, by: Acting, written_in: UUID | None = None
) -> Saved:
    """Save what an open page holds of one section of a draft. `version` is the section's when the page last had it.

    Half-finished answers are saved with their faults; only what is too large or dangerous is not, and there the former
    answer stands. Raises Missing, RuleBroken (signed, too_many_answers), and Conflict when another page than
    `written_in` has saved the section since: `theirs["answers"]` holds what stands.
    """
    require(by, Right.FORM_WRITE, response.unit_id)
    with trail.writing(
        log_as("instruments.section.saved", sensitive=response.is_sensitive), by=by, person=response.person_id
    ) as act:
        draft = draft_to_write(by, response.pk)
        part = Section.objects.filter(response=draft, section=section).first()
        if part is None:
            raise Missing
        kept, faults = taken_in(form_of(draft), section, part.answers, answers)
        if kept == part.answers:
            return Saved(part, tuple(faults))
        if written_in is None or written_in != part.written_in:
            part.version = version
        values = {"answers": kept, "written_in": written_in, "written_by_id": by.post_id, "written_at": clock.now()}
        return Saved(act.change(part, **values), tuple(faults))
