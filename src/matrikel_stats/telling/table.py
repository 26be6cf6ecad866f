"""A result for reading in a terminal: a heading, a sentence, then one small table a breakdown."""

import unicodedata
from collections.abc import Sequence

from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import Lang
from matrikel_stats.result import Breakdown, Cell, Left, LimitShare, Result

from . import table_kinds
from .formats import number, percent, span, whole
from .prose import attribute_label, pick, target_prose, value_label

_BAR = 12
_WIDTH = 100
_NAMED = 3


def render(result: Result, definition: Definition, lang: Lang) -> str:
    """Return the result as text, about 100 columns wide."""
    head = result.name
    goal = target_prose(definition, lang)
    goal = pick((f"mål {goal}", f"target {goal}"), lang) if goal else ""
    gap = max(2, _WIDTH - len(head) - len(goal))
    lines = [head + " " * gap + goal if goal else head, "─" * _WIDTH]
    lines += _wrapped(f"{result.anchor} {result.counts}")
    lines += ["", *_wrapped(_sentence(result, lang))]
    if notes := _notes(result, lang):
        lines += _wrapped(notes)
    for breakdown in result.breakdowns:
        if breakdown.withheld and result.protected:
            names = " × ".join(attribute_label(name, lang) for name in breakdown.dimensions)
            lines += ["", names + pick((": visas inte, små tal", ": not shown, small numbers"), lang)]
        elif breakdown.cells:
            lines += ["", *grid(_rows(result, definition, breakdown, lang))]
    lines += ["", _footer(result, lang)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _sentence(result: Result, lang: Lang) -> str:
    total = result.total
    if total is None:
        return pick(("Ett tal för varje period; se tabellen.", "One number for each period; see the table."), lang)
    if total.n is None:
        return pick(("Talet är för litet för att visas.", "The number is too small to be shown."), lang)
    digits = result.decimals
    if result.kind == "reached":
        if not total.n:
            return pick(("Ingen är ännu mogen att räkna.", "No one is mature yet."), lang)
        text = f"{whole(total.k)} {pick(('av', 'of'), lang)} {whole(total.n)}: {percent(total.value, digits, lang)}"
        text += pick((" (95 % säkerhet ", " (95 % limits "), lang) + span(total, 100, digits, lang) + ")."
        if result.target and result.target.met is not None:
            met = ("Målet är nått.", "Target met."), ("Målet är inte nått.", "Target not met.")
            text += " " + pick(met[0] if result.target.met else met[1], lang)
        return text
    if result.kind == "duration":
        return _duration_sentence(result, total, lang)
    return table_kinds.sentence(result, total, lang)


def _duration_sentence(result: Result, total: Cell, lang: Lang) -> str:
    per = 7 if result.unit == "weeks" else 1
    digits = result.decimals
    mean = number(None if total.value is None else total.value / per, digits, lang)
    unit = pick(("veckor", "weeks") if per == 7 else ("dagar", "days"), lang)
    started = pick(("har börjat, i medeltal efter", "have started, on average after"), lang)
    text = f"{whole(total.n)} {started} {mean} {unit}"
    if per == 7:
        text += f" ({number(total.value, 2, lang)} {pick(('dagar', 'days'), lang)})"
    if total.median is not None:
        text += f", median {number(total.median / per, digits, lang)}"
    text += f". {whole(total.open)} {pick(('väntar', 'still waiting'), lang)}."
    for limit in total.limits:
        share = f"{whole(limit.k)} {pick(('av', 'of'), lang)} {whole(limit.n)}, {percent(limit.value, digits, lang)}"
        text += f" {_limit_name(limit, lang).capitalize()}: {share}."
    return text


def _limit_name(limit: LimitShare, lang: Lang) -> str:
    n, swedish, english = (limit.months, "mån", "months") if limit.months else (limit.days, "dagar", "days")
    if limit.months == 1:
        english = "month"
    return pick((f"inom {n} {swedish}", f"within {n} {english}"), lang)


def _notes(result: Result, lang: Lang) -> str:
    parts: list[str] = []
    if result.not_mature:
        parts.append(pick((f"ännu inte mogna {result.not_mature}", f"not yet mature {result.not_mature}"), lang))
    if result.left_before and (left := _left(result.left_before)):
        parts.append(pick((f"flyttade eller avlidna före {left}", f"moved or died before {left}"), lang))
    for reason, n in result.excluded.items():
        parts.append(f"{pick(('inte med', 'left out'), lang)}, {result.reasons.get(reason, reason)}: {whole(n)}")
    if result.unknown_persons:
        parts.append(_unknown(result, lang))
    if result.skipped_dimensions:
        names = ", ".join(attribute_label(name, lang) for name in result.skipped_dimensions)
        parts.append(pick((f"uppgift saknas om {names}", f"no data on {names}"), lang))
    if result.incomplete_periods:
        names = ", ".join(result.incomplete_periods)
        parts.append(pick((f"ej avslutade perioder {names}", f"periods not ended {names}"), lang))
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _unknown(result: Result, lang: Lang) -> str:
    """Return how many ids nobody has, and the first of them where they may be shown."""
    words = f"{pick(('okända personer i datamängden', 'unknown persons in the data'), lang)} {result.unknown_persons}"
    named = ", ".join(result.unknown_person_ids[:_NAMED])
    more = " …" if named and result.unknown_persons > _NAMED else ""
    return f"{words} ({named}{more})" if named else words


def _left(left: Left) -> int:
    return (left.inside or 0) + (left.outside or 0) + (left.died or 0)


def _rows(result: Result, definition: Definition, breakdown: Breakdown, lang: Lang) -> list[list[str]]:
    heading = [attribute_label(name, lang) for name in breakdown.dimensions]
    rows = [heading + [pick(pair, lang) for pair in _columns(result)]]
    for cell in breakdown.cells:
        names = [value_label(definition, name, cell.values[name], lang) for name in breakdown.dimensions]
        rows.append(names + _figures(result, cell, lang))
    return rows


def _columns(result: Result) -> list[tuple[str, str]]:
    if result.kind == "reached":
        return [
            ("av", "of"), ("nådde", "reached"), ("andel", "share"), ("95 %", "95 %"), ("", ""),
            ("skattat", "estimated"), ("ej mogna", "not mature"), ("lämnat", "left"),
        ]  # fmt: skip
    if result.kind == "duration":
        unit = ("medel v.", "mean wk") if result.unit == "weeks" else ("medel d.", "mean d")
        return [("börjat", "started"), ("väntar", "waiting"), unit, ("median", "median"),
                *((_limit_name(each, "sv"), _limit_name(each, "en")) for each in _limits(result))]  # fmt: skip
    return table_kinds.columns(result)


def _limits(result: Result) -> Sequence[LimitShare]:
    return result.total.limits if result.total else ()


def _figures(result: Result, cell: Cell, lang: Lang) -> list[str]:
    digits = result.decimals
    if result.protected and cell.suppressed:
        return ["··"] + [""] * (len(_columns(result)) - 1)
    if result.kind == "reached":
        estimate = percent(cell.aj.value if cell.aj else None, digits, lang)
        left = _left(cell.left_before) if cell.left_before else 0
        return [
            whole(cell.n), whole(cell.k), percent(cell.value, digits, lang), span(cell, 100, digits, lang),
            bar(cell.value), estimate, whole(cell.not_mature), whole(left),
        ]  # fmt: skip
    if result.kind == "duration":
        per = 7 if result.unit == "weeks" else 1
        mean = None if cell.value is None else cell.value / per
        median = None if cell.median is None else cell.median / per
        return [
            whole(cell.n), whole(cell.open), number(mean, digits, lang), number(median, digits, lang),
            *(percent(limit.value, digits, lang) for limit in cell.limits),
        ]  # fmt: skip
    return table_kinds.figures(result, cell, lang)


def bar(share: float | None) -> str:
    """Return a share 0-1 as a bar of fixed width."""
    if share is None:
        return " " * _BAR
    full = round(share * _BAR)
    return "█" * full + "░" * (_BAR - full)


def grid(rows: list[list[str]]) -> list[str]:
    """Return rows as aligned lines, the first a heading: texts and bars to the left, numbers to the right."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    right = [all(not row[at] or row[at][0] in "0123456789–·-" for row in rows[1:]) for at in range(len(widths))]
    lines = []
    for number_, row in enumerate(rows):
        cells = [_pad(text, width, end) for text, width, end in zip(row, widths, right, strict=True)]
        lines.append("  " + "  ".join(cells))
        if number_ == 0:
            lines.append("  " + "  ".join("─" * width for width in widths))
    return lines


def _pad(text: str, width: int, right: bool) -> str:
    fill = " " * (width - _width(text))
    return fill + text if right else text + fill


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(sign) else 1 for sign in text)


def _wrapped(text: str) -> list[str]:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > _WIDTH:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


def _footer(result: Result, lang: Lang) -> str:
    freeze = pick((f"frysdatum {result.freeze}", f"freeze date {result.freeze}"), lang)
    if result.dataset.freeze_source == "latest_date":
        freeze += pick((" (senaste datum i data)", " (latest date in the data)"), lang)
    period = f" · {result.period}" if result.period else ""
    made = f"{result.indicator} v{result.version} {result.logic_hash}"
    return f"{result.dataset.id} {result.dataset.digest} · {freeze}{period} · {made}"
