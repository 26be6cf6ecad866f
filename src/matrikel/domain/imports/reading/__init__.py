"""Reading a home-made register: a pure library from file bytes to records and problems."""

from .cells import COLUMN_LIMIT, ROW_LIMIT, Cell
from .faults import FileFault
from .headings import FIELDS, REPEATED, Column, Headings
from .months import EARLIEST, MonthRow, MonthsRead, read_months
from .problems import cell_name, kinds, message, remedy, to_xlsx
from .read import Reading, SheetReading, read
from .record import Notice, Outcome, Problem, Record, SourceRow, SpellRecord, Tally
from .rows import Choices
from .sheets import FILE_LIMIT, open_source

__all__ = [
    "COLUMN_LIMIT",
    "EARLIEST",
    "FIELDS",
    "FILE_LIMIT",
    "REPEATED",
    "ROW_LIMIT",
    "Cell",
    "Choices",
    "Column",
    "FileFault",
    "Headings",
    "MonthRow",
    "MonthsRead",
    "Notice",
    "Outcome",
    "Problem",
    "Reading",
    "Record",
    "SheetReading",
    "SourceRow",
    "SpellRecord",
    "Tally",
    "cell_name",
    "kinds",
    "message",
    "open_source",
    "read",
    "read_months",
    "remedy",
    "to_xlsx",
]
