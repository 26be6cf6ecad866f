"""What can be wrong with a whole file, before any row is read."""

from typing import Literal

FileFaultKind = Literal[
    "empty",
    "truncated",
    "huge",
    "wrongly_encoded",
    "password",
    "macro",
    "not_a_spreadsheet",
    "damaged",
    "no_header",
    "no_person_column",
    "no_number_column",
    "no_month_column",
    "no_months",
]


class FileFault(Exception):
    """The file cannot be read at all, or not further.

    `kind` names the fault (its texts stand in `definitions/import/problems.csv`), `args_` fills the places in
    the text: sheet, row, limit, found.
    """

    def __init__(self, kind: FileFaultKind, **args: object) -> None:
        self.kind: FileFaultKind = kind
        self.args_: dict[str, object] = args
        place = ", ".join(f"{name}={value}" for name, value in args.items())
        super().__init__(f"{kind} ({place})" if place else kind)
