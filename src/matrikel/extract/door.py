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
    "List",
    "carry_out",
    "extracts",
    "list_label",
    "lists_for",
    "members",
    "run_figures",
    "run_of_board",
    "standing_of",
    "still_waiting",
]
