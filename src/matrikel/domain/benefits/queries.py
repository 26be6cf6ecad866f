"""The months a unit has been told of."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from matrikel.domain.access.door import Right
from matrikel.domain.benefits.models import AssistanceMonth, MonthList
from matrikel.domain.people import door as people
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import Missing


def month_lists(by: Acting) -> QuerySet[MonthList]:
    """The months of the acting unit, the latest first, with the persons within reach, their households and kronor."""
    rows: QuerySet[MonthList] = MonthList.objects.filter(unit_id=by.unit_id).select_related("post__user")
    rows = rows.alias(kept=Coalesce("rows__person__merged_into_id", "rows__person_id"))
    seen = Q(kept__in=people.visible(by).values("pk"))
    counted: Any = {
        "persons": Count("kept", distinct=True, filter=seen),
        "households": Count("rows__household", distinct=True, filter=seen),
        "amount": Sum("rows__amount", filter=seen),
    }
    return rows.annotate(**counted).order_by("-month")


def month_list_for(by: Acting, month_list_id: UUID) -> MonthList:
    """One of the acting unit's. Raises Missing, also without the right to take files in."""
    found = month_lists(by).filter(pk=month_list_id).first() if by.may(Right.IMPORT_RUN) else None
    if found is None:
        raise Missing
    return found


def months(by: Acting) -> list[date]:
    """The months the acting unit has been told of, the latest first."""
    return list(MonthList.objects.filter(unit_id=by.unit_id).order_by("-month").values_list("month", flat=True))


def assisted(by: Acting, month: date) -> list[UUID]:
    """Who had assistance in a month, by its first day, as the acting unit was told. Logs nothing."""
    rows = AssistanceMonth.objects.filter(
        month_list__unit_id=by.unit_id, month_list__month=month, month_list__voided_at=None
    )
    kept = Coalesce("person__merged_into_id", "person_id")
    return list(rows.order_by().values_list(kept, flat=True).distinct())
