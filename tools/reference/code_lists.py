"""The page of code lists."""

import csv
from collections.abc import Iterable

from tools.reference.markdown import ROOT, code, codes, page, prose, table

CODES = ROOT / "definitions" / "codes"
SHOWN_CODES = 40
"""A longer code list is told by its number of codes alone."""


def code_lists() -> str:
    lists: dict[str, list[dict[str, str]]] = {}
    for path in sorted(CODES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            lists[path.stem] = list(csv.DictReader(lines))
    summary = [
        [f"[`{name}`](../../definitions/codes/{name}.csv)", len(rows), codes(sorted(meanings(rows))),
         sum(1 for row in rows if row["valid_to"])]
        for name, rows in lists.items()
    ]  # fmt: skip
    return page(
        "Code lists", "`definitions/codes`",
        prose(
            "Dated data with a source on every row. `counts_as` says how figures and pictures read a code, so that "
            "what counts as work or as a labour-market activity is changed here and not in the program. How to add "
            "one: [add a code value](../how-to/add-a-code-value.md)."
        ),
        table(["list", "codes", "count as", "with a last day"], summary),
        *(codes_section(name, rows) for name, rows in lists.items() if len(rows) <= SHOWN_CODES),
    )  # fmt: skip


def meanings(rows: Iterable[dict[str, str]]) -> set[str]:
    return {meaning for row in rows for meaning in (row.get("counts_as") or "").split()}


def codes_section(name: str, rows: list[dict[str, str]]) -> str:
    told = [
        [code(row["code"]), row["sv"], row["en"], codes((row.get("counts_as") or "").split()),
         "–".join(filter(None, (row["valid_from"], row["valid_to"]))), row["source"]]
        for row in rows
    ]  # fmt: skip
    return f"## {name}\n\n" + table(["code", "Swedish", "English", "counts as", "valid", "source"], told)
