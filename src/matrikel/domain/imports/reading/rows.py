"""One row of a register made into a record, or into the list of what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from . import checks, identities
from .cells import Cell, fold, is_blank, is_error, text_of
from .dates import DateReader, Unreadable
from .draft import Draft
from .headings import Headings
from .record import SPELL_KINDS, Outcome, Record, Severity, SourceRow, SpellRecord, Status
from .skipping import skipped_as
from .values import CODED, code_of, is_broken, name_of, nearest, split_name

_SEVERITY: Mapping[str, Severity] = {"category": "refused"}
_TEXTS = (
    "source_number",
    "caseworker",
    "sfi_course",
    "note",
    "language",
    "municipality",
    "previous_municipality",
)
_SPELL_ENDS = {f"{kind}_{end}": (kind, end) for kind in SPELL_KINDS for end in ("start_on", "end_on")}
_UNKNOWN = {"protected": "unknown_protection"}


@dataclass(frozen=True)
class Choices:
    """What a human has answered about this register.

    `codes` maps field → text → code for words the tables do not know; `accepted` are kinds of
    flags that are fine in this register (the row becomes good); `sheets` names the sheets to read (None: all
    that are shown); `blank_protection` is what an empty cell in a column of protected identity means.
    """

    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    sheets: frozenset[str] | None = None
    blank_protection: str = "unknown"


Handler = Callable[[Draft, int, str, int, Cell], None]


class RowReader:
    """Reads the rows of one sheet; remembers nothing between them."""

    def __init__(
        self, sheet: str, headings: Headings, register_date: date | None, choices: Choices | None = None
    ) -> None:
        self.sheet = sheet
        self.headings = headings
        self.register_date = register_date
        self.choices = choices or Choices()
        self.dates = DateReader(register_date)
        self.codes = {
            name: {fold(text): code for text, code in words.items()} for name, words in self.choices.codes.items()
        }
        self.texts = headings.texts
        self.plan = [
            (column.index, column.field, column.group, self._handler(column.field))
            for column in headings.columns
            if column.field and column.field != "ignored"
        ]
        self.columns = {
            name if group == 1 else f"{name}:{group}": index for index, name, group, _ in reversed(self.plan)
        }
        self.has_protection = "protected" in self.columns
        self.family_first = any(
            c.field == "full_name" and c.heading.casefold().find("efternamn") in range(10) for c in headings.columns
        )

    def read(self, number: int, cells: list[Cell]) -> tuple[Outcome, Draft | None]:
        """One row → what became of it, and the draft with its counts (None for a skipped row). Never raises."""
        source = SourceRow(self.sheet, number, self.texts, tuple(cells))
        if reason := skipped_as(cells, self.texts, self.columns, number - self.headings.row):
            return Outcome(source, "skipped", skipped_as=reason), None
        draft = Draft(source, {}, {}, [], [], self.columns)
        width = len(cells)
        for index, name, group, handle in self.plan:
            if index < width and (cell := cells[index]) != "":
                if isinstance(cell, str) and cell[0] == "#" and is_error(text_of(cell)):
                    self._failed(draft, index, name)
                else:
                    handle(draft, index, name, group, cell)
        identities.settle(draft)
        checks.check(draft, self.register_date)
        if width > len(self.texts) and not all(map(is_blank, cells[len(self.texts) :])):
            draft.report("beyond_headings", len(self.texts), "flagged")
        return self.outcome(draft), draft

    def outcome(self, draft: Draft) -> Outcome:
        """The draft as it stands now: refused by any refusing fault, flagged by any flag not accepted."""
        problems = tuple(
            problem
            for problem in draft.problems
            if problem.severity == "refused" or problem.kind not in self.choices.accepted
        )
        status: Status = "good"
        if problems:
            status = "refused" if any(problem.severity == "refused" for problem in problems) else "flagged"
        record = None if status == "refused" else self._record(draft)
        return Outcome(draft.source, status, record, problems)

    def _handler(self, name: str) -> Handler:
        if name.endswith(("_on", "_date")):
            return self._day
        if name in CODED:
            return self._code
        if name in identities.KIND_OF_COLUMN:
            return self._number
        return self._text if name in _TEXTS else self._name

    def _failed(self, draft: Draft, index: int, name: str) -> None:
        severe = name.endswith(("_on", "_date")) or name in ("identity", "category")
        draft.report("cell_error" if severe else "text_error", index, "refused" if severe else "flagged")

    def _number(self, draft: Draft, index: int, name: str, group: int, cell: Cell) -> None:
        identities.read(draft, index, name, cell, self.register_date, self.dates)

    def _day(self, draft: Draft, index: int, name: str, group: int, cell: Cell) -> None:
        if name == "birth_date":
            identities.read_birth(draft, index, cell, self.register_date, self.dates)
            return
        kind, end = _SPELL_ENDS.get(name, ("", ""))
        day = self.dates.read(cell, may_be_open=end == "end_on" or name == "discharged_on")
        if isinstance(day, Unreadable):
            checks.report_date(draft, index, day)
        elif day is not None:
            if self.register_date is not None and day > self.register_date:
                draft.later += 1
            if kind:
                draft.spells.setdefault((kind, group), {})[end] = day
            else:
                draft.values[name] = day

    def _code(self, draft: Draft, index: int, name: str, group: int, cell: Cell) -> None:
        text = text_of(cell)
        if not text:
            return
        code = code_of(name, text, self.codes.get(name))
        if code is None and name == "interpreter" and len(text) > 3 and text.isalpha():
            draft.values.setdefault("language", text)  # a column 'Tolk' often names the language
            code = "yes"
        if code is None:
            severity = _SEVERITY.get(name, "flagged")
            suggestion = nearest(name, text) if name in ("country", "category") else ""
            draft.report(_UNKNOWN.get(name, f"unknown_{name}"), index, severity, suggestion=suggestion)
        elif name == "sfi_result":
            draft.spells.setdefault(("sfi", group), {})["result"] = code
        else:
            draft.values[name] = code

    def _text(self, draft: Draft, index: int, name: str, group: int, cell: Cell) -> None:
        text = text_of(cell)
        text = text[1:] if text[:1] == "'" and text[1:2] in "=+-@0123456789" else text
        if name == "note" and name in draft.values:
            text = f"{draft.values[name]}; {text}"
        if text:
            draft.values[name] = text

    def _name(self, draft: Draft, index: int, name: str, group: int, cell: Cell) -> None:
        text = text_of(cell)
        if not any(sign.isalpha() for sign in text):
            if len(text) > 1 and is_broken(text):
                draft.report("broken_text", index, "flagged")
            return
        if is_broken(text):
            draft.report("broken_text", index, "flagged")
        if name != "full_name":
            draft.values[name] = name_of(text)
            return
        family, given, draft.name_assumed = split_name(text, family_first=self.family_first)
        draft.values.setdefault("family_name", family)
        draft.values.setdefault("given_name", given)

    def _record(self, draft: Draft) -> Record:
        values = draft.values
        spells = []
        for (kind, group), spell in sorted(draft.spells.items()):
            start, end, result = spell.get("start_on"), spell.get("end_on"), spell.get("result", "")
            if group == 1:
                values[f"{kind}_start_on"], values[f"{kind}_end_on"] = start, end
                if kind == "sfi":
                    values["sfi_result"] = result
            if start or end or result:
                spells.append(SpellRecord(kind, start, end, result))  # type: ignore[arg-type]
        if self.has_protection:
            values.setdefault("protected", self.choices.blank_protection)
            values["protected"] = values["protected"] or "unknown"
        return Record(**values, spells=tuple(spells))
