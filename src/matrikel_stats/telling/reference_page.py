"""The generated parts of docs/reference/statistics.md, made from the declarations the program runs on.

python -m matrikel_stats.telling.reference_page docs/reference/statistics.md
"""

import re
import sys
from pathlib import Path

from matrikel_stats.data.schema import DATASET_KEYS, TABLES
from matrikel_stats.declared.codes import CodeLists, find_codes, read_codes


def generated(codes: CodeLists) -> dict[str, str]:
    """Return Markdown by the name of the marker it belongs to."""
    return {"tables": _tables(), "dataset-keys": _keys(), "spell-kinds": _kinds(codes, "activities"),
            "event-kinds": _kinds(codes, "events")}  # fmt: skip


def updated(page: str, codes: CodeLists) -> str:
    """Return the page with the text between every pair of markers made anew."""
    for name, text in generated(codes).items():
        start, end = f"<!-- generated: {name} -->", f"<!-- end: {name} -->"
        pattern = re.escape(start) + r".*?" + re.escape(end)
        page = re.sub(pattern, lambda _, body=f"{start}\n{text}{end}": body, page, flags=re.DOTALL)  # type: ignore[misc]
    return page


def _tables() -> str:
    lines: list[str] = []
    for table in TABLES:
        need = "required" if table.required else "optional"
        lines += [f"#### `{table.name}` ({need})", "", table.text, ""]
        lines += ["| column | what it holds | heading needed | may be empty |", "| --- | --- | --- | --- |"]
        for column in table.columns:
            needed, empty = "yes" if column.required else "no", "no" if column.filled else "yes"
            lines.append(f"| `{column.name}` | {column.text} | {needed} | {empty} |")
        lines.append("")
    return "\n".join(lines)


def _keys() -> str:
    lines = ["| key | what it says |", "| --- | --- |"]
    return "\n".join(lines + [f"| `{key}` | {text} |" for key, text in DATASET_KEYS.items()]) + "\n"


def _kinds(codes: CodeLists, name: str) -> str:
    lines = ["| code | English | Swedish | counts as |", "| --- | --- | --- | --- |"]
    for code in codes.lists[name]:
        lines.append(f"| `{code.code}` | {code.en} | {code.sv} | {', '.join(sorted(code.counts_as))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(updated(path.read_text(encoding="utf-8"), read_codes(find_codes(path))), encoding="utf-8")
