"""The small whole numbers that stand for statuses and reasons inside a statement, in the order of their texts."""

from matrikel_stats.counts import Status
from matrikel_stats.declared.definition import Definition

STATUSES: tuple[Status, ...] = (
    "counted", "died", "frozen", "left_inside", "left_outside", "outcome", "squares", "sum",
    "window_passed",
)  # fmt: skip


def reasons(definition: Definition) -> tuple[str, ...]:
    """Return every reason this cohort can leave someone out for, sorted; the empty one, for those inside, first."""
    cohort = definition.cohort
    found = {"", "unknown_person", "after_freeze", "sex", "sex_unknown", "age", "age_unknown"}
    found |= {match.attribute for match in cohort.where} | {exclusion.id for exclusion in cohort.exclusions}
    found |= {"before_data"} if definition.long_term else {"incomplete"} if definition.score else set()
    return tuple(sorted(found))
