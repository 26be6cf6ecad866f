"""What a score says, in one sentence: "14 av 40 poäng: riskbruk, gräns 6 för kvinnor". Pure."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _

from matrikel.domain.instruments.rules import language
from matrikel.domain.instruments.said import number_in_words
from matrikel_forms import Form, Limits, Scoring, text_of
from matrikel_forms.declared.score_checks import score_range


class Reckoned(Protocol):
    """A score as it is kept: ids of scoring, band and limits; `figure` is empty when there was none."""

    @property
    def scoring(self) -> str: ...
    @property
    def band(self) -> str: ...
    @property
    def limits(self) -> str: ...
    @property
    def figure(self) -> str: ...


def sentences(form: Form, scores: Iterable[Reckoned]) -> list[str]:
    """A sentence for each score, one with limits first; called by its name where the form has several."""
    ordered = sorted(scores, key=lambda score: not score.limits)
    return [_sentence(form, form.score(score.scoring), score) for score in ordered]


def _sentence(form: Form, scoring: Scoring, score: Reckoned) -> str:
    name = f"{_text(form, scoring, 'name')}: " if len(form.scores) > 1 else ""
    if not score.figure:
        return name + _("för få svar för en poäng.")
    said = name + _value(form, scoring, score.figure)
    limits = next((each for each in scoring.limits if each.id == score.limits), None)
    if not score.band or limits is None:
        return f"{said}."
    label = _text(form, scoring, f"band.{score.band}.label")
    means = _text(form, scoring, f"band.{score.band}.means")
    return f"{said}: {label[:1].lower()}{label[1:]}, {_limit(limits, score.band)}." + (f" {means}" if means else "")


def _value(form: Form, scoring: Scoring, figure: str) -> str:
    bounds = score_range(form, scoring)
    told = {"value": figure.replace(".", ","), "most": number_in_words(bounds[1]) if bounds else ""}
    if scoring.method == "index":
        return _("index %(value)s av 100") % told
    if scoring.method == "mean":
        return _("medelvärde %(value)s") % told
    return _("%(value)s av %(most)s poäng") % told if bounds else _("%(value)s poäng") % told


def _limit(limits: Limits, band: str) -> str:
    """Where the band begins; of the lowest band where the next one does."""
    ids = list(limits.starts)
    start = limits.starts[ids[1] if band == ids[0] and len(ids) > 1 else band]
    told = {"limit": number_in_words(start), "age": limits.first_age}
    if limits.sex == "female":
        return _("gräns %(limit)s för kvinnor") % told
    if limits.sex == "male":
        return _("gräns %(limit)s för män") % told
    if limits.first_age is not None:
        return _("gräns %(limit)s från %(age)s år") % told
    return _("gräns %(limit)s") % told


def _text(form: Form, scoring: Scoring, part: str) -> str:
    key = scoring.key(part)
    return str(text_of(form, key, language())) if key in form.wordings["sv"].texts else ""
