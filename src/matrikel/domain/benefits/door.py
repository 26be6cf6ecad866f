from matrikel.domain.benefits.actions.months import Assisted, record, take_back
from matrikel.domain.benefits.models import MonthList
from matrikel.domain.benefits.queries import assisted, month_list_for, month_lists, months

__all__ = ["Assisted", "MonthList", "assisted", "month_list_for", "month_lists", "months", "record", "take_back"]
