"""From TOML tables to groups, items and conditions. Faults are collected with their line."""

from typing import cast, get_args

from matrikel_declared import Words, hint

from .form import Condition, Group, Item, ItemType, Op, Option, Party, Rows
from .node import Node, identify, say, unique

LONGEST = {"text": 500, "long_text": 20_000, "person": 200, "offer": 200}
"""The most characters of a text where the form says nothing."""
_STEPS = Words("a scale has a lowest and a highest step", "en skala har ett lägsta och ett högsta steg")
_WHOLE = Words("a whole number", "ett heltal")
_FAR = 1_000_000_000
KEYS_OF_TYPE: dict[str, tuple[str, ...]] = {
    "text": ("longest",),
    "long_text": ("longest",),
    "choice": ("options", "codes"),
    "multi_choice": ("options", "codes"),
    "scale": ("least", "most", "least_text", "most_text", "options"),
    "number": ("least", "most", "decimals", "unit"),
    "date": (),
    "person": (),
    "offer": (),
}
KEYS_OF_ITEM = ("id", "type", "text", "help", "required", "required_when", "when", "sensitive")


def parse_choices(node: Node) -> None:
    """Read `[[choices]]`: options that several items share by name."""
    taken: dict[str, Node] = {}
    for table in node.tables("choices"):
        table.only("id", "options")
        name = identify(table, taken)
        node.source.choices[name] = _options(table, f"choices.{name}")


def _options(node: Node, key: str) -> tuple[Option, ...]:
    found: list[Option] = []
    taken: dict[str, Node] = {}
    for table in node.tables("options"):
        table.only("id", "text", "value", "exclusive", "opens")
        name = identify(table, taken)
        say(table, "text", f"{key}.{name}", required=True)
        opens = table.text("opens")
        found.append(Option(name, f"{key}.{name}", table.number("value"), table.boolean("exclusive", False), opens))
    if node.has("options") and not found:
        node.fault("options_none", "options")
    return tuple(found)


def parse_group(node: Node) -> Group:
    """Read a group with all below it."""
    node.only("id", "heading", "help", "rows", "when", "party", "items", "groups")
    name = identify(node, node.source.places)
    say(node, "heading", f"group.{name}.heading", required=True)
    say(node, "help", f"group.{name}.help")
    when, table = node.table("when"), node.table("rows")
    rows = _rows(table, name) if table is not None else None
    items = tuple(parse_item(table) for table in node.tables("items"))
    groups = tuple(parse_group(table) for table in node.tables("groups"))
    if not items and not groups:
        node.fault("group_empty", "id", value=name)
    party = node.choice("party", get_args(Party), "")
    return Group(
        name,
        items,
        groups,
        rows,
        parse_condition(when) if when is not None else None,
        cast(Party, party) if party else None,
    )


def _rows(node: Node, name: str) -> Rows:
    node.only("least", "most", "one")
    say(node, "one", f"group.{name}.one", required=True)
    least, most = node.integer("least", 0, most=100) or 0, node.integer("most", least=1, most=500)
    if most is not None and most < least:
        node.fault("bounds", "most", least=least, most=most)
    return Rows(least, most)


def parse_item(node: Node) -> Item:
    """Read one item. A key that belongs to another type is a fault."""
    name = identify(node, node.source.places)
    kind = cast(ItemType, node.choice("type", KEYS_OF_TYPE, "text"))
    if not node.has("type"):
        node.fault("key_missing", key="type", remedy=", ".join(KEYS_OF_TYPE))
    node.only(*KEYS_OF_ITEM, *dict.fromkeys(key for keys in KEYS_OF_TYPE.values() for key in keys))
    for key in dict.fromkeys(key for keys in KEYS_OF_TYPE.values() for key in keys):
        if node.has(key) and key not in KEYS_OF_TYPE[kind]:
            node.fault("key_not_for_type", key, key=key, type=kind)
    for part in ("text", "help"):
        say(node, part, f"item.{name}.{part}", required=part == "text")
    least, most, decimals = _bounds(node, name, kind)
    when, required_when = node.table("when"), node.table("required_when")
    if node.boolean("required", False) and required_when is not None:
        node.fault("choose_one", "required_when", keys="required, required_when")
    codes = node.text("codes")
    longest = node.integer("longest", LONGEST.get(kind, 0), least=1, most=1_000_000) or 0
    return Item(
        name, kind, _item_options(node, name, kind, codes), codes, least, most, decimals, longest,
        node.boolean("required", False),
        parse_condition(required_when) if required_when is not None else None,
        parse_condition(when) if when is not None else None,
        node.boolean("sensitive", False),
    )  # fmt: skip


def _bounds(node: Node, name: str, kind: str) -> tuple[float | None, float | None, int]:
    least, most = node.number("least"), node.number("most")
    decimals = node.integer("decimals", 0, most=6) or 0
    if kind == "scale":
        for key in ("least", "most"):
            if not node.has(key):
                node.fault("key_missing", key=key, remedy=_STEPS)
            elif isinstance(node.data[key], float):
                node.fault("wrong_type", key, key=key, expected=_WHOLE, found=repr(node.data[key]))
        least, most = least if least is not None else 0.0, most if most is not None else 1.0
        if most - least > 100:
            node.fault("number_too_large", "most", key="most", value=most, most=least + 100)
        say(node, "least_text", f"item.{name}.least", required=True)
        say(node, "most_text", f"item.{name}.most", required=True)
    if least is not None and most is not None and least >= most:
        node.fault("bounds", "most", least=least, most=most)
    for key, value in (("least", least), ("most", most)):
        if value is not None and not -_FAR <= value <= _FAR:
            node.fault("number_too_large", key, key=key, value=value, most=_FAR)
    say(node, "unit", f"item.{name}.unit")
    return least, most, decimals


def _item_options(node: Node, name: str, kind: str, codes: str) -> tuple[Option, ...]:
    if kind not in ("choice", "multi_choice", "scale"):
        return ()
    if kind != "scale" and node.has("options") == node.has("codes"):
        node.fault("choose_one", keys="options, codes")
        return ()
    if node.has("codes"):
        return _coded(node, codes)
    shared = node.data.get("options")
    if not isinstance(shared, str):
        options = _options(node, f"item.{name}.option")
    elif shared in node.source.choices:
        options = node.source.choices[shared]
    else:
        near = hint(shared, node.source.choices)
        node.fault("choices_unknown", "options", value=shared, hint=near)
        options = ()
    if kind == "scale" and any(option.value is not None for option in options):
        node.fault("scale_options", "options")
    return options


def _coded(node: Node, name: str) -> tuple[Option, ...]:
    names = node.source.codes.names()
    if name not in names:
        node.fault("codes_unknown", "codes", value=name, hint=hint(name, names))
        return ()
    found: dict[str, Option] = {}
    try:
        for option, swedish, english in node.source.codes.options(name):
            found[option.id] = option
            node.source.texts[option.key] = swedish
            node.source.english[option.key] = english
    except (KeyError, TypeError, ValueError, OSError) as error:
        node.fault("codes_unreadable", "codes", value=name, reason=error)
    return tuple(found.values())


def parse_condition(node: Node) -> Condition:
    """Read `{ item = …, is = … }` and its like, or `all`, `any`, `not` over others."""
    whole = [key for key in ("all", "any", "not", "item") if node.has(key)]
    if len(whole) != 1:
        node.fault("choose_one", keys="item, all, any, not")
        return Condition("all")
    if whole[0] in ("all", "any"):
        node.only(whole[0])
        parts = tuple(parse_condition(table) for table in node.tables(whole[0]))
        if not parts:
            node.fault("text_missing", whole[0], key=whole[0])
        return Condition(cast(Op, whole[0]), parts=parts)
    if whole[0] == "not":
        node.only("not")
        inner = node.table("not")
        return Condition("not", parts=(parse_condition(inner),) if inner is not None else ())
    node.only("item", "is", "answered", "at_least", "at_most")
    item = node.text("item", required=True)
    tests = [key for key in ("is", "answered", "at_least", "at_most") if node.has(key)]
    if len(tests) != 1:
        node.fault("choose_one", keys="is, answered, at_least, at_most")
        return Condition("answered", item)
    if tests[0] == "is":
        values = node.strings("is")
        unique(node, values, "is")
        if not values:
            node.fault("text_missing", "is", key="is")
        return Condition("is", item, values)
    if tests[0] == "answered":
        leaf = Condition("answered", item)
        return leaf if node.boolean("answered", True) else Condition("not", parts=(leaf,))
    return Condition(cast(Op, tests[0]), item, limit=node.number(tests[0]))
