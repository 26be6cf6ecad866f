"""A form laid out with its answers: every place there is to answer in, row by row, and whether it is shown.

Answers are one flat mapping. Outside rows an item stands under its id. A group with rows stands under its id as a list
of row ids, in order, and what stands in a row under `group/row/item`; rows in rows likewise, `goals/r1/steps/s1/step`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matrikel_forms.declared.conditions import holds, is_answered
from matrikel_forms.declared.form import Condition, Form, Group, Item

Answers = Mapping[str, Any]
"""What has been answered by path: text, whole number or number, option id, list of option ids, list of row ids."""
ROW = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""The form of a row id: made once by whoever adds the row, and kept when rows are moved or removed."""
MOST_ROWS = 500
"""The most rows of a group that says nothing; a form may ask for fewer."""


@dataclass(frozen=True)
class ItemPlace:
    """One place to answer in. `group` is the path of the group it stands in."""

    path: str
    item: Item
    group: str
    shown: bool


@dataclass(frozen=True)
class GroupPlace:
    """One place of a group: `path` holds the row ids when it has rows. `parent` is the path of the group around it."""

    path: str
    group: Group
    parent: str
    shown: bool
    rows: tuple[str, ...] = ()


class Sheet:
    """Every place of a form, in order: `groups` and `items` by path."""

    def __init__(self, form: Form, answers: Answers) -> None:
        self.form = form
        self.answers = answers
        self.items: dict[str, ItemPlace] = {}
        self.groups: dict[str, GroupPlace] = {}
        self._seen: dict[str, bool] = {}
        for group in form.groups:
            self._lay(group, "", "")

    def _lay(self, group: Group, prefix: str, parent: str) -> None:
        path = prefix + group.id
        rows = rows_in(self.answers.get(path)) if group.rows else ()
        self.groups[path] = GroupPlace(path, group, parent, self.is_shown(group.id, prefix), rows)
        for inside in [f"{path}/{row}/" for row in rows] if group.rows else [prefix]:
            for item in group.items:
                place = inside + item.id
                self.items[place] = ItemPlace(place, item, path, self.is_shown(item.id, inside))
            for below in group.groups:
                self._lay(below, inside, path)

    def is_shown(self, name: str, prefix: str) -> bool:
        """Return whether the item or group is shown in the row that `prefix` leads to."""
        if prefix + name not in self._seen:
            own = self.form.items.get(name) or next(each for each in self.form.all_groups() if each.id == name)
            around = [each.when for each in self.form.above(name)]
            self._seen[prefix + name] = all(self.holds(when, prefix) for when in (*around, own.when))
        return self._seen[prefix + name]

    def holds(self, condition: Condition | None, prefix: str) -> bool:
        """Return whether a condition holds for something in the row that `prefix` leads to."""
        return holds(condition, lambda item: self.value(item, prefix))

    def value(self, name: str, prefix: str) -> Any:
        """Return the answer to an item as seen from a row: in that row or outside; None when it is not shown."""
        depth = sum(1 for group in self.form.above(name) if group.rows)
        there = "".join(f"{part}/" for part in prefix.split("/")[: 2 * depth])
        return self.answers.get(there + name) if self.is_shown(name, there) else None

    def is_required(self, place: ItemPlace) -> bool:
        """Return whether a shown place has to be answered."""
        item, prefix = place.item, place.path.removesuffix(place.item.id)
        when = item.required_when
        return place.shown and (item.required or (when is not None and self.holds(when, prefix)))

    def shown_items(self) -> Iterator[ItemPlace]:
        """Yield every place that is shown, in order."""
        return (place for place in self.items.values() if place.shown)


def rows_in(value: Any) -> tuple[str, ...]:
    """Return the row ids of a group's answer, without repetitions, what is no row id and all beyond the most."""
    rows = value if isinstance(value, (list, tuple)) else ()
    return tuple(dict.fromkeys(row for row in rows[:MOST_ROWS] if isinstance(row, str) and ROW.fullmatch(row)))


def counted(form: Form, answers: Answers) -> dict[str, Any]:
    """Return the answers that count: of items that are shown, in rows that are there. What a signing keeps."""
    sheet = Sheet(form, answers)
    found: dict[str, Any] = {}
    for group in sheet.groups.values():
        if group.group.rows and group.shown and group.rows:
            found[group.path] = list(group.rows)
    for place in sheet.shown_items():
        if is_answered(answers.get(place.path)):
            found[place.path] = answers[place.path]
    return found
