from matrikel.extract.lacks import Lack
from matrikel.extract.quality import Lacking, Number, Quality, WorkList, quality, to_mend
from matrikel.extract.run import carry_out, extracts, run_figures
from matrikel.extract.standing import (
    LISTS,
    Behind,
    Goal,
    List,
    list_label,
    lists_for,
    members,
    standing_of,
    still_waiting,
)
from matrikel.extract.tasks import run_of_board

__all__ = [
    "LISTS",
    "Behind",
    "Goal",
    "Lack",
    "Lacking",
    "List",
    "Number",
    "Quality",
    "WorkList",
    "carry_out",
    "extracts",
    "list_label",
    "lists_for",
    "members",
    "quality",
    "run_figures",
    "run_of_board",
    "standing_of",
    "still_waiting",
    "to_mend",
]
