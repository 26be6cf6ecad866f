"""What this room knows for statistics. Columns follow the dataset contract (docs/reference/statistics.md)."""

from matrikel.base.facts import Facts
from matrikel.domain.benefits.models import AssistanceMonth
from matrikel.domain.people.door import Persons, told


def assistance_months(only: Persons = None) -> Facts:
    """One row a person and month with assistance; `month` is its first day, `amount` kronor."""
    rows = AssistanceMonth.objects.filter(month_list__voided_at=None).order_by("month_list__month", "pk")
    columns = {
        "month": "month_list__month",
        "household_id": "household",
        "amount": "amount",
        "unit": "month_list__unit_id",
        "municipality": "board__municipality_id",
    }
    return told(rows, only, columns)
