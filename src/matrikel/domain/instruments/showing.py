"""From a form and what has been filled in to the sheet that is shown. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from matrikel.domain.instruments.said import BESIDE, MADE_FROM, Voice, Words, number_in_words, own, written
from matrikel.domain.instruments.shown import (
    Answers,
    Beside,
    Choice,
    Filled,
    Part,
    Question,
    Row,
    Section,
    Sheet,
    State,
    Widget,
)
from matrikel_forms import Condition, Form, Group, Item, Shown
from matrikel_forms.answering.evaluate import evaluate
from matrikel_forms.answering.sheet import Sheet as Layout
from matrikel_forms.declared.texts import RIGHT_TO_LEFT, hash_of

STATES: Mapping[str, State] = {"empty": "todo", "begun": "doing", "done": "done", "faults": "doing"}
RADIOS, RADIOS_IN_ROW, STEPS = 7, 3, 11
"""More answers than so stand in a list that folds; a scale of more steps is a number."""
PLAIN: Mapping[str, Widget] = {
    "text": "text", "long_text": "area", "multi_choice": "checks", "number": "number", "date": "date",
    "person": "person", "offer": "offer",
}  # fmt: skip


def show(form: Form, filled: Filled) -> Sheet:
    """Return a form as it is to be shown, with what has been filled in."""
    voice = Voice(form, filled.lang, filled.other)
    answers = _with_first_rows(form, own(filled.answers))
    maker = _Maker(form, filled, voice, Layout(form, answers))
    stages = evaluate(form, answers, at=filled.on).progress
    sections = tuple(
        Section(
            maker.part(group, ""),
            STATES[stages[group.id].stage] if group.id in stages else "todo",
            filled.versions.get(group.id, 0),
            filled.held.get(group.id),
            filled.conflicts.get(group.id),
        )
        for group in form.groups
    )
    return Sheet(form, filled, voice.must_say("name"), voice.must_say("purpose"), sections)


def direction(lang: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if lang.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class _Maker:
    form: Form
    filled: Filled
    voice: Voice
    seen: Layout
    """The answers with the rows a form starts with, and what is shown of them."""

    def part(self, group: Group, prefix: str) -> Part:
        """A group in the row that `prefix` leads to, its rows one by one when it repeats."""
        name = prefix + group.id
        part = Part(
            name,
            self.voice.must_say(group.key("heading")),
            self.voice.say(group.key("help")),
            shown=self.seen.is_shown(group.id, prefix),
            when=self._script(group.when, prefix),
            faults=tuple(self.filled.faults.get(name, ())),
        )
        return replace(part, **(self._repeated(group, name) if group.rows else self._body(group, prefix)))

    def _body(self, group: Group, prefix: str) -> dict[str, Any]:
        return {
            "questions": tuple(self.question(item, prefix) for item in group.items),
            "parts": tuple(self.part(inner, prefix) for inner in group.groups),
        }

    def _repeated(self, group: Group, name: str) -> dict[str, Any]:
        assert group.rows is not None
        one = self.voice.must_say(group.key("one"))
        ids = self.seen.groups[name].rows
        rows = tuple(
            Row(
                f"{name}/{each}",
                each,
                number,
                replace(Part(f"{name}/{each}", one, None), **self._body(group, f"{name}/{each}/")),
            )
            for number, each in enumerate(ids, 1)
        )
        return {
            "one": one,
            "rows": rows,
            "gone": self.filled.gone if self.filled.gone and self.filled.gone.group == name else None,
            "may_add": group.rows.most is None or len(ids) < group.rows.most,
            "may_remove": len(ids) > group.rows.least,
        }

    def question(self, item: Item, prefix: str) -> Question:
        name = prefix + item.id
        value, before = self.seen.answers.get(name), (self.filled.before or {}).get(name)
        options = tuple(
            Choice(option.id, self.voice.must_say(option.key), _chosen(value, option.id), option.exclusive)
            for option in item.options
            if option.holds(self.filled.on) or _chosen(value, option.id)
        )
        choices = self._offers(value) if item.type == "offer" else options
        widget = _widget(item, len(choices), in_row=bool(prefix))
        place = self.seen.items[name]
        return Question(
            name=name,
            item=item,
            widget=widget,
            label=self.voice.must_say(item.key("text")),
            help=self.voice.say(item.key("help")),
            unit=self.voice.say(item.key("unit")),
            least=self.voice.say(item.key("least")),
            most=self.voice.say(item.key("most")),
            value="" if value is None or isinstance(value, list) else number_in_words(value),
            answer=self._answer(item, value),
            choices=choices,
            steps=_steps(item, value) if widget == "scale" else (),
            beside=self._beside(item, name),
            required=item.required or self.seen.is_required(place),
            shown=place.shown,
            when=self._script(item.when, prefix),
            faults=tuple(self.filled.faults.get(name, ())),
            before=self._answer(item, before) if before != value else (),
        )

    def _answer(self, item: Item, value: Any) -> tuple[Words, ...]:
        if item.type == "offer" and value:
            return (written(dict(self.filled.offers).get(value, str(value))),)
        return self.voice.answer(item, value)

    def _offers(self, value: Any) -> tuple[Choice, ...]:
        known = dict(self.filled.offers)
        if known and value:
            known.setdefault(value, str(value))
        return tuple(Choice(key, written(label), key == value) for key, label in known.items())

    def _beside(self, item: Item, name: str) -> Beside | None:
        """The other language of a free text. A client's page has none: what is written there is the original."""
        lang = self.filled.other
        if item.type not in ("text", "long_text") or not lang or self.filled.lang not in ("sv", "en"):
            return None
        key, answers = f"{name}{BESIDE}{lang}", self.filled.answers
        text, made_from = answers.get(key) or "", answers.get(key + MADE_FROM) or ""
        stale = bool(text) and made_from != hash_of(answers.get(name) or "")
        return Beside(key, lang, direction(lang), text, stale, made_from)

    # ── conditions, for the script ──────────────────────────────────────────────────────────────────────────────────

    def _script(self, condition: Condition | None, prefix: str) -> str:
        return json.dumps(self._spelt(condition, prefix), separators=(",", ":")) if condition else ""

    def _spelt(self, condition: Condition, prefix: str) -> dict[str, Any]:
        if not condition.item:
            return {"op": condition.op, "parts": [self._spelt(part, prefix) for part in condition.parts]}
        depth = sum(1 for group in self.form.above(condition.item) if group.rows)
        there = "".join(f"{part}/" for part in prefix.split("/")[: 2 * depth])
        leaf = {"op": condition.op, "name": there + condition.item}
        return leaf | ({"values": condition.values} if condition.values else {"limit": condition.limit})


def _with_first_rows(form: Form, answers: Answers) -> dict[str, Any]:
    """The answers, and as many rows as each group must have: a new form starts with them open."""
    found = dict(answers)
    for _ in range(len(found) + 8):
        added = False
        for name, place in Layout(form, found).groups.items():
            rows = place.group.rows
            if rows and len(place.rows) < rows.least:
                free = (f"r{number}" for number in range(1, 1000) if f"r{number}" not in place.rows)
                found[name] = [*place.rows, *(next(free) for _ in range(rows.least - len(place.rows)))]
                added = True
        if not added:
            break
    return found


def _chosen(value: Any, option: str) -> bool:
    return option in value if isinstance(value, list) else str(value) == option


def _widget(item: Item, choices: int, *, in_row: bool) -> Widget:
    if item.type == "choice":
        return "radio" if choices <= (RADIOS_IN_ROW if in_row else RADIOS) else "select"
    if item.type == "scale":
        steps = (item.most or 0) - (item.least or 0) + 1
        return "scale" if steps <= STEPS else "number"
    if item.type == "offer":
        return "offer" if choices else "text"
    return PLAIN[item.type]


def _steps(item: Item, value: Any) -> tuple[Choice, ...]:
    """The steps of a scale."""
    span = range(int(item.least or 0), int(item.most or 0) + 1)
    return tuple(Choice(str(step), Words(Shown(str(step), "fresh", "sv")), str(value) == str(step)) for step in span)
