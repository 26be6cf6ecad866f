"""The page of forms: what a file may say, what answers look like, and the forms that come along."""

import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.reference.markdown import ROOT, code, codes, item, page, prose, table

INSTRUMENTS = ROOT / "definitions" / "instruments"


def forms() -> str:
    from matrikel_forms import coverage, load
    from matrikel_forms.answering import sheet
    from matrikel_forms.declared import form as declared
    from matrikel_forms.declared.parsing import KEYS_OF_ITEM, KEYS_OF_TYPE

    found = load(INSTRUMENTS)
    summary = [
        [f"[`{form.id}`](#{form.id})", words(form, "name", "en"), words(form, "name", "sv"), form.kind,
         form.filled_in_by, len(form.items), ", ".join(told(coverage(form)))]
        for form in found
    ]  # fmt: skip
    values = (declared.Form, declared.Group, declared.Rows, declared.Item, declared.Option, declared.Condition,
              declared.Scoring, declared.Band, declared.Limits, declared.DueAgain, declared.Use)  # fmt: skip
    return page(
        "Forms", "`src/matrikel_forms` and `definitions/instruments`",
        prose(
            "Plans, assessments, instruments, surveys and checklists are files. How to write one: "
            "[write a form](../how-to/write-a-form.md). Why they are as they are: "
            "[decision 0060](../decisions/0060-forms-are-files.md) and "
            "[decision 0061](../decisions/0061-answers-by-path.md)."
        ),
        table(["id", "English", "Swedish", "kind", "filled in by", "items", "languages"], summary),
        "## Types of items\n",
        prose("Every item may have " + codes(KEYS_OF_ITEM) + ". Beside them:"),
        table(["type", "own keys"], [[code(name), codes(keys)] for name, keys in KEYS_OF_TYPE.items()]),
        "## What the parts mean\n",
        *(part(each) for each in values),
        "## Answers\n",
        prose(" ".join(inspect.cleandoc(sheet.__doc__ or "").split("\n\n"))),
        *(section(form) for form in found),
    )  # fmt: skip


def words(form: Any, key: str, lang: str) -> str:
    from matrikel_forms import text_of

    return text_of(form, key, lang).text if key in form.wordings["sv"].texts else ""


def told(counts: Any) -> Iterator[str]:
    for lang, states in counts.items():
        yield f"{lang} " + ", ".join(f"{count} {state}" for state, count in states.items() if count)


def part(declared: type) -> str:
    """A value with its docstring and the names it is declared by."""
    names = [field.name for field in dataclasses.fields(declared) if field.name not in ("wordings", "path", "key")]
    return f"### {declared.__name__}\n\n" + "\n\n".join(
        [*(prose(text) for text in inspect.cleandoc(declared.__doc__ or "").split("\n\n")), prose(codes(names))]
    )


def section(form: Any) -> str:
    file = Path(form.path).resolve().relative_to(ROOT).as_posix()
    lines = [
        item(f"**Version** {form.version}, logic {code(form.logic_hash)}, text {code(form.text_hash)}"),
        item(f"**Source** {form.source}"),
        *([item(f"**Licence** {form.licence}")] if form.licence else []),
        *(item(f"**Score** {line}") for line in (scored(form, score) for score in form.scores)),
        *([item(f"**Again** {form.due_again.months} months after {code(form.due_again.after)}")]
          if form.due_again else []),
        item(f"**File** [{file}](../../{file})"),
    ]  # fmt: skip
    rows = [
        [code(each.id), words(form, each.key("text"), "en"), each.type, condition(each.when), needed(each)]
        for each in form.items.values()
    ]
    return "\n".join([
        f"## {form.id}", "", f"**{words(form, 'name', 'en')}** / *{words(form, 'name', 'sv')}*", "",
        prose(words(form, "purpose", "en")), "", *lines, "",
        table(["item", "asks", "type", "shown when", "required"], rows),
    ])  # fmt: skip


def scored(form: Any, score: Any) -> str:
    limits = [
        f"{each.id}: " + ", ".join(f"{band} from {start:g}" for band, start in each.starts.items())
        for each in score.limits
    ]
    name = words(form, score.key("name"), "en")
    return f"{name} ({code(score.id)}): {score.method} of {codes(score.items or score.scores)}. " + "; ".join(limits)


def needed(each: Any) -> str:
    return "yes" if each.required else condition(each.required_when)


def condition(rule: Any) -> str:
    """A condition in words."""
    if rule is None:
        return ""
    if rule.op == "not":
        return f"not ({condition(rule.parts[0])})"
    if rule.op in ("all", "any"):
        return (" and " if rule.op == "all" else " or ").join(f"({condition(each)})" for each in rule.parts)
    if rule.op == "answered":
        return f"{code(rule.item)} is answered"
    if rule.op == "is":
        return f"{code(rule.item)} is {codes(rule.values)}"
    return f"{code(rule.item)} {'at least' if rule.op == 'at_least' else 'at most'} {rule.limit:g}"
