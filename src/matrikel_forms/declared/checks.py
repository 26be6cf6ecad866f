"""What a form must hold together: references, scopes, loops, and that everything can be shown."""

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

from matrikel_declared import hint

from .conditions import holds
from .form import Condition, Form, Group, Item
from .node import Node

_COMBINATIONS = 5_000
"""How many sets of answers are tried before an item is taken to be reachable."""


def check_conditions(form: Form, places: dict[str, Node]) -> None:
    """Note every condition that refers wrongly, goes in a loop or can never be met."""
    sound = True
    for name, key, condition in _conditions(form):
        for leaf in _leaves(condition):
            sound &= _refers(form, name, leaf, places[name].table(key) or places[name])
    if not sound:
        return
    loops = set()
    clean: set[str] = set()
    for name in places:
        if name in form.items or name in {group.id for group in form.all_groups()}:
            loop = _loop(form, name, (), clean)
            if loop and frozenset(loop) not in loops:
                loops.add(frozenset(loop))
                places[name].fault("condition_loop", "when", path=" → ".join(loop))
    if not loops:
        _check_reachable(form, places)


def _check_reachable(form: Form, places: dict[str, Node]) -> None:
    hidden: set[str] = set()
    for group in form.all_groups():
        members: list[Group | Item] = [group, *group.items]
        for each in members:
            if hidden & {above.id for above in form.above(each.id)}:
                continue
            if not _reachable(form, each):
                hidden.add(each.id)
                places[each.id].fault("unreachable", "when", value=each.id)


def _conditions(form: Form) -> Iterator[tuple[str, str, Condition]]:
    for group in form.all_groups():
        if group.when:
            yield group.id, "when", group.when
        for item in group.items:
            if item.when:
                yield item.id, "when", item.when
            if item.required_when:
                yield item.id, "required_when", item.required_when


def _leaves(condition: Condition) -> Iterator[Condition]:
    if condition.item:
        yield condition
    for part in condition.parts:
        yield from _leaves(part)


def _refers(form: Form, name: str, leaf: Condition, node: Node) -> bool:
    item = form.items.get(leaf.item)
    if item is None:
        node.fault("item_unknown", value=leaf.item, hint=hint(leaf.item, form.items))
        return False
    mine = {group.id for group in form.above(name)} | {name}
    if any(group.rows and group.id not in mine for group in form.above(leaf.item)):
        node.fault("condition_scope", value=leaf.item)
        return False
    wanted = {"is": bool(item.options), "answered": True}.get(leaf.op, item.type in ("scale", "number"))
    if not wanted or (leaf.op in ("at_least", "at_most") and leaf.limit is None):
        node.fault("condition_type", test=leaf.op, value=leaf.item, type=item.type)
        return False
    known = [option.id for option in item.options]
    unknown = [value for value in leaf.values if value not in known]
    for value in unknown:
        node.fault("option_unknown", item=item.id, value=value, hint=hint(value, known))
    return not unknown


def _whens(form: Form, name: str) -> list[Condition]:
    """Every condition that decides whether an item or group is shown: its own and those around it."""
    own: Item | Group = form.items[name] if name in form.items else _group(form, name)
    return [each.when for each in (*form.above(name), own) if each.when]


def _group(form: Form, name: str) -> Group:
    return next(group for group in form.all_groups() if group.id == name)


def _loop(form: Form, name: str, path: tuple[str, ...], clean: set[str]) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in clean:
        return ()
    for condition in _whens(form, name):
        for item in condition.items():
            if found := _loop(form, item, (*path, name), clean):
                return found
    clean.add(name)
    return ()


def _reachable(form: Form, each: Item | Group) -> bool:
    conditions = _whens(form, each.id)
    if not conditions:
        return True
    asked: dict[str, set[Condition]] = {}
    waiting = [*conditions]
    while waiting:
        for leaf in _leaves(waiting.pop()):
            if leaf.item not in asked:
                waiting += _whens(form, leaf.item)
            asked.setdefault(leaf.item, set()).add(leaf)
    whens = {item: _whens(form, item) for item in asked}
    domains = [_domain(form.items[item], leaves) for item, leaves in asked.items()]
    for values in itertools.islice(itertools.product(*domains), _COMBINATIONS):
        seen = _Seen(whens, dict(zip(asked, values, strict=True)))
        if all(holds(condition, seen.answer) for condition in conditions):
            return True
    return math.prod(len(domain) for domain in domains) > _COMBINATIONS


class _Seen:
    """One set of answers, of which only those to items that are shown can be seen."""

    def __init__(self, whens: Mapping[str, list[Condition]], answers: Mapping[str, Any]) -> None:
        self.whens = whens
        self.answers = answers
        self.known: dict[str, Any] = {}

    def answer(self, item: str) -> Any:
        if item not in self.known:
            shown = all(holds(when, self.answer) for when in self.whens[item])
            self.known[item] = self.answers[item] if shown else None
        return self.known[item]


def _domain(item: Item, leaves: set[Condition]) -> list[Any]:
    """The answers that tell the conditions apart: those they ask for first, no answer last."""
    named = {value for leaf in leaves for value in leaf.values}
    mentioned = [option for option in item.options if option.id in named]
    others = [option for option in item.options if option.id not in named][:1]
    if item.type == "multi_choice":
        chosen = [*mentioned[:8], *others]
        sizes = range(len(chosen), -1, -1)
        some = [list(each) for size in sizes for each in itertools.combinations(chosen, size)]
        sound = [each for each in some if len(each) < 2 or not any(option.exclusive for option in each)]
        return [[option.id for option in each] for each in sound]
    values: list[Any] = [option.id for option in (*mentioned, *others)]
    if item.type in ("scale", "number"):
        step = 10**-item.decimals
        limits = [leaf.limit for leaf in leaves if leaf.limit is not None] or [0.0]
        edges = [edge for edge in (item.least, item.most) if edge is not None]
        near = [limit + change for limit in limits for change in (0, -step, step)]
        values += [
            value for value in (*near, *edges)
            if (item.least is None or value >= item.least) and (item.most is None or value <= item.most)
        ]  # fmt: skip
    elif not item.options:
        values.append("x")
    return [*values, None]
