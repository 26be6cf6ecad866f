"""Rows of a file beside the register, some at a time: whom each is about and what it would do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from matrikel.domain.imports.matching import Match, digest_of, match
from matrikel.domain.imports.planning import plan
from matrikel.domain.imports.reading import Outcome
from matrikel.domain.imports.rules import CHUNK, DUPLICATE, Effect
from matrikel.domain.imports.standing import Standing, standing_of
from matrikel.domain.imports.steps import Met, Plan, Terms
from matrikel.kernel.acting import Acting


@dataclass(frozen=True)
class Compared:
    """One row: as it was read, whom it is about, and what it would do. A row without a record has no plan."""

    outcome: Outcome
    digest: str = ""
    match: Match | None = None
    standing: Standing | None = None
    plan: Plan | None = None

    @property
    def status(self) -> str:
        """good, refused, flagged or skipped, after the comparison."""
        if self.outcome.status in ("refused", "skipped"):
            return self.outcome.status
        severities = {problem.severity for problem in self.met}
        if "refused" in severities:
            return "refused"
        return "flagged" if severities else self.outcome.status

    @property
    def met(self) -> Sequence[Met]:
        return self.plan.problems if self.plan else ()

    @property
    def effect(self) -> Effect:
        if self.plan is None or self.plan.held or self.status == "refused":
            return Effect.NONE
        return self.plan.effect

    @property
    def repeats(self) -> bool:
        """About a person of an earlier row in the same file, who is not in the register yet."""
        return self.standing is None and any(problem.kind == DUPLICATE for problem in self.outcome.problems)


def in_chunks(outcomes: Iterable[Outcome], size: int = CHUNK) -> Iterator[list[Outcome]]:
    found = iter(outcomes)
    while chunk := list(islice(found, size)):
        yield chunk


def compare(outcomes: Sequence[Outcome], terms: Terms, accepted: frozenset[str], *, by: Acting) -> list[Compared]:
    """Each row beside what stands now. A dozen queries whatever the number of rows."""
    read = [(digest_of(outcome.record), outcome.record) for outcome in outcomes if outcome.record]
    matches = iter(match(read, by=by) if read else [])
    digests = iter([digest for digest, _record in read])
    found = [(outcome, next(digests), next(matches)) if outcome.record else (outcome, "", None) for outcome in outcomes]
    persons = {m.person.pk: m.person for _o, _d, m in found if m and m.person and not m.same_row}
    standing = standing_of(list(persons.values()), by=by)
    return [_one(outcome, digest, one, standing, terms, accepted) for outcome, digest, one in found]


def _one(
    outcome: Outcome, digest: str, one: Match | None, standing: dict[UUID, Standing], terms: Terms,
    accepted: frozenset[str],
) -> Compared:  # fmt: skip
    if outcome.record is None or one is None:
        return Compared(outcome)
    if one.same_row:
        return Compared(outcome, digest, one, None, Plan())
    held = standing.get(one.person.pk) if one.person else None
    made = plan(outcome.record, one, held, terms)
    made.problems = [p for p in made.problems if p.severity == "refused" or p.kind not in accepted]
    return Compared(outcome, digest, one, held, made)


def would(one: Compared) -> str:
    """What happens to a row, as one word for a page."""
    if one.plan and one.plan.held:
        return "held"
    if one.status in ("refused", "skipped"):
        return one.status
    if any(problem.kind == "looks_alike" for problem in one.met):
        return "alike"
    return {Effect.NEW: "new", Effect.FILLED: "filled"}.get(one.effect, "unchanged")
