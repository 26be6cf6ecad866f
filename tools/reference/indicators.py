"""The page of indicators in words."""

import re
from pathlib import Path
from typing import Any

from tools.reference.markdown import ROOT, item, page, prose, table

INDICATORS = ROOT / "definitions" / "indicators"


def indicators() -> str:
    from matrikel_stats.declared.catalogue import load
    from matrikel_stats.telling.prose import target_prose

    definitions = load(INDICATORS)
    summary = [
        [f"[`{each.id}`](#{each.id})", each.text("en").name, each.text("sv").name, each.kind, target_prose(each, "en")]
        for each in definitions
    ]
    return page(
        "Indicators", "`definitions/indicators` with `matrikel_stats.explain`",
        prose(
            "The definitions that come along, in words rendered from what runs. Figures with the same logic hash are "
            "comparable; the text hash covers the wording. Why a goal is read the way it is: "
            "[decision 0022](../decisions/0022-readings-of-the-goals.md). How days, windows and leaving are counted: "
            "[statistics](statistics.md#how-things-are-counted)."
        ),
        table(["id", "English", "Swedish", "kind", "target"], summary),
        *(indicator_section(each) for each in definitions),
    )  # fmt: skip


def indicator_section(definition: Any) -> str:
    from matrikel_stats.telling.prose import explain

    name, _line, _empty, question, *rest = explain(definition, "en").splitlines()
    lines = [item(re.sub(r"^([A-Z][a-z A-Z]{2,20}): ", r"**\1** ", line)) for line in rest if line]
    place = Path(definition.path).resolve().relative_to(ROOT).as_posix()
    lines.append(item(f"**File** [{place}](../../{place})"))
    swedish_name = definition.text("sv").name
    return "\n".join([f"## {definition.id}", "", f"**{name}** / *{swedish_name}*", "", prose(question), "", *lines])
