"""What an open form sends, read back into answers. Nothing is judged here; that is the engine's. Pure."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

from matrikel.domain.instruments.said import BESIDE, MADE_FROM
from matrikel.domain.instruments.shown import Gone
from matrikel_forms import Form, Group, Item
from matrikel_forms.answering.sheet import rows_in
from matrikel_forms.declared.texts import hash_of

_NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")


class Data(Protocol):
    """A `QueryDict`: names with the values sent."""

    def get(self, name: str, default: Any = None, /) -> Any: ...
    def getlist(self, name: str, /) -> list[Any]: ...
    def __iter__(self) -> Iterator[str]: ...


@dataclass
class Sent:
    """The answers of each section that was sent, by its id and then by path, with the version it was opened in.

    `gone` is the row that was just taken away.
    """

    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    gone: Gone | None = None


def read(form: Form, data: Data) -> Sent:
    """Read what was sent. A section is sent when `version.<id>` is; an empty field is no answer.

    The buttons of rows are obeyed: `add` (a group), `remove` (a row) and `restore` (the row held in `gone.<row>`);
    `clear` (a field) takes an answer away.
    """
    sent = Sent()
    for group in form.groups:
        version = data.get(f"version.{group.id}")
        if version is not None:
            found = dict(_Reader(data, sent).group(group, ""))
            sent.sections[group.id] = {path: value for path, value in found.items() if value not in (None, "", [])}
            sent.versions[group.id] = int(version) if str(version).isdecimal() else 0
    return sent


@dataclass
class _Reader:
    data: Data
    sent: Sent

    def group(self, group: Group, prefix: str) -> Iterator[tuple[str, Any]]:
        """Yield the answers of a group by path; one that repeats with the list of its rows."""
        if not group.rows:
            yield from self._body(group, prefix)
            return
        name = prefix + group.id
        rows = list(rows_in(self.data.getlist(name)))
        gone = _last(self.data.get("remove"), name)
        if gone in rows:
            self._take_away(group, name, gone, rows)
        back = _last(self.data.get("restore"), name)
        if back and back not in rows:
            at, held = _held(self.data.get(f"gone.{name}/{back}"), f"{name}/{back}/")
            rows.insert(at, back)
            yield from held.items()
        if self.data.get("add") == name:
            rows.append(uuid4().hex[:12])
        yield name, rows
        for row in rows:
            if row != back:
                yield from self._body(group, f"{name}/{row}/")

    def _take_away(self, group: Group, name: str, row: str, rows: list[str]) -> None:
        at = rows.index(row)
        rows.remove(row)
        held = {path: value for path, value in self._body(group, f"{name}/{row}/") if value}
        self.sent.gone = Gone(f"{name}/{row}", name, at + 1, json.dumps([at, held], ensure_ascii=False))

    def _body(self, group: Group, prefix: str) -> Iterator[tuple[str, Any]]:
        for item in group.items:
            value = self._value(item, prefix + item.id)
            yield prefix + item.id, value
            yield from self._beside(prefix + item.id, value)
        for inner in group.groups:
            yield from self.group(inner, prefix)

    def _value(self, item: Item, name: str) -> Any:
        if self.data.get("clear") == name:
            return None
        if item.type == "multi_choice":
            return [value for value in self.data.getlist(name) if value]
        text = str(self.data.get(name) or "").replace("\r\n", "\n")
        if item.type in ("number", "scale") and item.option(text) is None:
            return _number(text.strip())
        return text if item.type in ("text", "long_text") else text.strip()

    def _beside(self, name: str, value: Any) -> Iterator[tuple[str, Any]]:
        """What is written in other languages, with the hash of the Swedish it was made from: new where it is new."""
        for key in self.data:
            if key.startswith(name + BESIDE) and not key.endswith((MADE_FROM, ".was")):
                text, was = (str(self.data.get(k) or "").replace("\r\n", "\n") for k in (key, f"{key}.was"))
                made_from = hash_of(str(value or ""))
                yield key, text
                if text:
                    yield key + MADE_FROM, (self.data.get(key + MADE_FROM) or made_from) if text == was else made_from


def _last(path: Any, group: str) -> str:
    """The row a button names, when it is one of this group."""
    above, _, row = str(path or "").rpartition("/")
    return row if above == group else ""


def _held(text: Any, prefix: str) -> tuple[int, dict[str, Any]]:
    """Place and answers of a row that is put back; what is not its own is left out."""
    try:
        at, held = json.loads(text)
        return int(at), {str(path): value for path, value in held.items() if str(path).startswith(prefix)}
    except (TypeError, ValueError, AttributeError):
        return 0, {}


def _number(text: str) -> int | float | str:
    """A number as people write it; what is none is kept as it was written, for the fault to show."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return text
    value = float(plain.replace(",", ".").replace("−", "-"))
    return int(value) if value.is_integer() else value
