"""A table of a form's file, with what has been gathered so far while it is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import matrikel_declared as declared
from matrikel_declared import Messages
from matrikel_forms.characters import forbidden
from matrikel_forms.messages import MESSAGES

from .codes import CodeFolder
from .form import Option

ID = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({
    "action", "after", "animate", "append", "attributes", "autocapitalize", "autocomplete", "autocorrect",
    "autofocus", "before", "blur", "children", "click", "closest", "contains", "dataset", "dir", "draggable",
    "elements", "encoding", "enctype", "focus", "hidden", "id", "inert", "lang", "length", "matches", "method",
    "name", "nonce", "normalize", "part", "popover", "prefix", "prepend", "pseudo", "rel", "remove", "reset", "role",
    "scroll", "slot", "spellcheck", "style", "submit", "target", "title", "translate", "when",
})  # fmt: skip
"""What a page's own form calls something: a field of that name hides it from every script of the page."""


@dataclass
class Source(declared.Source):
    """The file being read. `texts` gathers the Swedish texts by key, `places` where each id is declared."""

    codes: CodeFolder
    messages: Messages = field(default_factory=lambda: MESSAGES, repr=False, kw_only=True)
    texts: dict[str, str] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    places: dict[str, "Node"] = field(default_factory=dict)


Node = declared.Node[Source]


def identify(node: Node, taken: dict[str, Node] | None = None) -> str:
    """Return the id of a table; one of wrong form, and one already taken, is a fault."""
    name = node.text("id", required=True)
    if node.has("id") and not ID.fullmatch(name):
        node.fault("id_form", "id", value=name)
    elif name in RESERVED and (node.has("type") or node.has("rows")):
        node.fault("id_reserved", "id", value=name)
    elif taken is not None and name in taken:
        node.fault("id_twice", "id", value=name, other=taken[name].place("id").rsplit(":", 1)[-1])
    if taken is not None:
        taken.setdefault(name, node)
    return name


def say(node: Node, name: str, key: str, *, required: bool = False) -> None:
    """Take the Swedish text that stands under `name` into the texts of the form."""
    text = node.text(name, required=required)
    if found := forbidden(text):
        node.fault("text_characters", name, found=", ".join(found))
    if text:
        node.source.texts[key] = text


def unique(node: Node, ids: Iterable[str], key: str) -> None:
    """Note a fault when an id stands twice in a list."""
    ids = list(ids)
    for name in dict.fromkeys(ids):
        if ids.count(name) > 1:
            node.fault("listed_twice", key, value=name)
