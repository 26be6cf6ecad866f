"""The file, and the answers about it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.domain.access.door import DateInput
from matrikel.domain.imports.models import Batch
from matrikel.domain.imports.reading import FILE_LIMIT, REPEATED, Column, FileFault, Reading
from matrikel.domain.imports.rules import ANSWERS, CLOSE_REASONS, CODED, STUDIES
from matrikel.domain.imports.telling import fault_in_words
from matrikel.domain.imports.web.labels import FIELDS

GROUPS = 4
"""How many periods of one kind a row may hold."""
REASONS = {house: theirs for theirs, house in reversed(CLOSE_REASONS.items())}
"""A reason of close_reasons.csv → a word for it that the reading knows."""


def _within_limit(file: Any) -> None:
    if file.size > FILE_LIMIT:
        raise forms.ValidationError(fault_in_words(FileFault("huge", limit="50 MB")))


class TableFile(forms.FileField):
    """A spreadsheet or CSV that is not too large to be read."""

    default_validators = [_within_limit]

    def __init__(self, **kwargs: Any) -> None:
        accepted = forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"})
        super().__init__(label=_("Fil"), widget=accepted, **kwargs)


class UploadForm(forms.Form):
    file = TableFile(
        help_text=_("Kalkylark (xlsx, xls, ods) eller CSV, högst 50 MB. Rubriker över kolumnerna."),
        error_messages={"empty": _("Filen är tom. Öppna registret, spara det på nytt och skicka den nya filen.")},
    )
    register_date = forms.DateField(
        label=_("Registrets datum"), required=False, widget=DateInput,
        help_text=_("Sista dagen som registret berättar om. Årtal med två siffror läses efter den."),
    )  # fmt: skip


class AnswersForm(forms.Form):
    """What the columns hold, what unknown words mean, and what holds for the whole register."""

    protected = forms.ChoiceField(
        label=_("Finns personer med skyddade uppgifter i registret?"), choices=list(ANSWERS.items()),
        widget=forms.RadioSelect,
        help_text=_("Gäller dem som filen inte säger något om. Utan ett nej döljs var de finns tills vidare."),
    )  # fmt: skip
    register_date = forms.DateField(
        label=_("Registrets datum"), required=False, widget=DateInput,
        help_text=_("Årtal med två siffror läses efter den dagen."),
    )  # fmt: skip
    alike = forms.ChoiceField(
        label=_("Rader utan nummer som liknar någon som finns"), widget=forms.RadioSelect, initial="new",
        choices=[("new", _("Läs in som ny person och markera")), ("hold", _("Läs inte in, markera"))],
    )  # fmt: skip
    studies = forms.ChoiceField(label=_("Studier betyder"), required=False)

    def __init__(self, data: Any, *, batch: Batch, reading: Reading, posts: list[tuple[str, str]]) -> None:
        choices = batch.choices
        initial = {
            "protected": choices.get("protected"), "alike": choices.get("alike") or "new",
            "register_date": batch.register_date or reading.register_date, "studies": choices.get("studies"),
        }  # fmt: skip
        super().__init__(data, initial=initial, label_suffix="")
        self.batch, self.reading = batch, reading
        self.fields["studies"].choices = [(c, codes.label("activities", c)) for c in STUDIES]  # type: ignore[attr-defined]
        if not batch.found.get("says_studies"):
            del self.fields["studies"]
        self.columns = {
            f"c{place}_{column.index}": (sheet.name, column)
            for place, sheet in enumerate(reading.sheets)
            for column in sheet.headings.columns
        }
        for name, (_sheet, column) in self.columns.items():
            self.fields[name] = forms.ChoiceField(
                label=column.heading or _("kolumnen utan rubrik"), choices=offered(column), required=False,
                initial=column_value(column),
            )  # fmt: skip
        self.words = words_of(batch)
        for name, (field, plain, shown, _count) in self.words.items():
            self.fields[name] = forms.ChoiceField(
                label=shown, required=False, choices=[("", _("Välj")), *codes.choices(CODED[field])],
                initial=house_code(field, (choices.get("codes") or {}).get(field, {}).get(plain, "")),
            )  # fmt: skip
        self.workers = {f"p{n}": (text, count) for n, (text, count) in enumerate(batch.found.get("workers") or [])}
        for name, (text, _count) in self.workers.items():
            self.fields[name] = forms.ChoiceField(
                label=text, required=False, choices=[("", _("du")), *posts],
                initial=(choices.get("caseworkers") or {}).get(text, ""),
            )  # fmt: skip

    @property
    def mapping(self) -> dict[str, dict[str, str | None]]:
        """Only what differs from how the file was understood by itself, and what was said before."""
        found: dict[str, dict[str, str | None]] = {}
        for name, (sheet, column) in self.columns.items():
            chosen = self.cleaned_data[name]
            if chosen != column_value(column) or column.how == "given":
                found.setdefault(sheet, {})[str(column.index)] = chosen or None
        return found

    @property
    def answers(self) -> dict[str, Any]:
        said: dict[str, dict[str, str]] = {
            field: dict(words) for field, words in (self.batch.choices.get("codes") or {}).items()
        }
        for name, (field, plain, _shown, _count) in self.words.items():
            said.setdefault(field, {}).pop(plain, None)
            if code := self.cleaned_data[name]:
                said[field][plain] = their_code(field, code)
        return {
            "protected": self.cleaned_data["protected"], "alike": self.cleaned_data["alike"],
            "studies": self.cleaned_data.get("studies", ""), "codes": said,
            "caseworkers": {text: self.cleaned_data[name] for name, (text, _count) in self.workers.items()},
        }  # fmt: skip

    @property
    def last_day(self) -> date | None:
        """The date when somebody has said it; the one the file claims need not be said again."""
        chosen: date | None = self.cleaned_data["register_date"]
        assumed = self.reading.register_date if self.batch.register_date is None else None
        return None if chosen == assumed else chosen


def column_value(column: Column) -> str:
    """What a column holds, as the reading writes it: job_start_on, job_start_on:2, empty for not read."""
    if column.field in (None, "ignored"):
        return ""
    return f"{column.field}:{column.group}" if column.group > 1 else str(column.field)


def offered(column: Column) -> list[tuple[str, Any]]:
    """What a column may be said to hold; a second group of a repeated field where there is one already."""
    found: list[tuple[str, Any]] = [("", _("Läs inte in"))]
    for field, label in FIELDS.items():
        found.append((field, label))
        if field in REPEATED and column.field == field:
            found += [(f"{field}:{n}", f"{label} ({n})") for n in range(2, GROUPS + 1)]
    return found


def words_of(batch: Batch) -> dict[str, tuple[str, str, str, int]]:
    """Unknown words, those answered before included: form field → (field, comparable text, as written, rows)."""
    rows = [
        (field, plain, shown, count)
        for field, found in (batch.found.get("words") or {}).items()
        for plain, shown, count in found
    ]
    here = {(field, plain) for field, plain, _shown, _count in rows}
    asked = batch.found.get("asked") or []
    rows += [(field, plain, shown, count) for field, plain, shown, count in asked if (field, plain) not in here]
    return {f"w{n}": row for n, row in enumerate(rows)}


def their_code(field: str, code: str) -> str:
    return REASONS.get(code, code) if field == "discharge_reason" else code


def house_code(field: str, code: str) -> str:
    return CLOSE_REASONS.get(code, code) if field == "discharge_reason" else code
