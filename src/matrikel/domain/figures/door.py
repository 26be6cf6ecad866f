from matrikel.domain.figures.actions.attacks import attack
from matrikel.domain.figures.actions.runs import ask_for_run, begin, fail, publish
from matrikel.domain.figures.catalogue import (
    checked,
    definition,
    definitions,
    family,
    is_kept_here,
    language,
    main_of,
    partners_of,
    variants_of,
)
from matrikel.domain.figures.comparing import Against, Outside
from matrikel.domain.figures.explained import explained
from matrikel.domain.figures.flat import csv_text
from matrikel.domain.figures.history import Changed, history
from matrikel.domain.figures.models import Run
from matrikel.domain.figures.plain import line_json, view_json, view_lines
from matrikel.domain.figures.progress import told
from matrikel.domain.figures.published import Datum, published
from matrikel.domain.figures.queries import (
    PLACE,
    Line,
    latest_run,
    overview,
    queued,
    show,
    show_all,
    waiting,
)
from matrikel.domain.figures.reader import BOARD, COUNTY, UNIT
from matrikel.domain.figures.rules import COUNTY_ONLY, concealed
from matrikel.domain.figures.said import said
from matrikel.domain.figures.shapes import is_followed, shape
from matrikel.domain.figures.sharing import results_to_share, withheld_here
from matrikel.domain.figures.sheet import workbook
from matrikel.domain.figures.shown import Compared, Row, Seen, View
from matrikel.domain.figures.wording import (
    detail,
    headline,
    hidden_words,
    limits_words,
    target_words,
    value_heads,
    value_words,
    window_words,
    within,
)
from matrikel_stats import Definition

__all__ = [
    "BOARD",
    "COUNTY",
    "COUNTY_ONLY",
    "PLACE",
    "UNIT",
    "Against",
    "Changed",
    "Compared",
    "Datum",
    "Definition",
    "Line",
    "Outside",
    "Row",
    "Run",
    "Seen",
    "View",
    "ask_for_run",
    "attack",
    "begin",
    "checked",
    "concealed",
    "csv_text",
    "definition",
    "definitions",
    "detail",
    "explained",
    "fail",
    "family",
    "headline",
    "hidden_words",
    "history",
    "is_followed",
    "is_kept_here",
    "language",
    "latest_run",
    "limits_words",
    "line_json",
    "main_of",
    "overview",
    "partners_of",
    "publish",
    "published",
    "queued",
    "results_to_share",
    "said",
    "shape",
    "show",
    "show_all",
    "target_words",
    "told",
    "value_heads",
    "value_words",
    "variants_of",
    "view_json",
    "view_lines",
    "waiting",
    "window_words",
    "withheld_here",
    "within",
    "workbook",
]
