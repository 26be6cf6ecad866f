"""A campaign on one page: where it stands, who has answered, and what they said once it has closed."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right, StaffRequest, page
from matrikel.domain.surveys import door as surveys
from matrikel.domain.surveys.door import Campaign, Index, Results
from matrikel.domain.trail import door as trail
from matrikel.web.pictures.intervals import Intervals, Line, Panel, Value
from matrikel.web.templatetags.wording import num
from matrikel_forms import Form

EARLIER = 3
"""Earlier surveys of the same form that an index is held against."""
HIDDEN = "··"


@dataclass(frozen=True)
class Read:
    """One index as it is read: value and interval in words, and in sentences what it is held against."""

    name: str
    value: str
    interval: str
    n: int
    against: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One question: each answer with how many and which share gave it."""

    text: str
    n: int
    mean: str
    rows: tuple[tuple[str, int, float], ...]


@page(Right.SURVEY_RUN)
def campaign(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    shown = surveys.campaign_for(request.by, campaign_id)
    context: dict[str, object] = {
        "campaign": shown,
        "languages": [surveys.language_label(lang) for lang in shown.languages],
    }
    if shown.state != "draft":
        form, results = surveys.form_of(shown, surveys.reader()), surveys.results_of(shown)
        trail.note("surveys.results.read", by=request.by, of="surveys.campaign", object=shown.pk)
        context |= {"results": results, "has_text": any(i.type in ("text", "long_text") for i in form.items.values())}
        context |= told(shown, form, results) | {"references": references(shown)}
    return render(request, "surveys_campaign.html", context)


def told(shown: Campaign, form: Form, results: Results) -> dict[str, object]:
    """What results say in words, the same on the page and on paper."""
    return {
        "rate": None if results.rate is None else 100 * results.rate,
        "indices": indices(shown, results),
        "lead": lead(results),
        "picture": picture(results),
        "questions": questions(form, results),
        "groups": groups(results),
    }


def indices(shown: Campaign, results: Results) -> list[Read]:
    """Every index that may be shown, the broadest last, with what it is held against."""
    references = surveys.references(shown)
    earlier = [
        (f"{each.title}, {each.closed_at:%Y-%m}", surveys.results_of(each).indices)
        for each in surveys.earlier(shown)[:EARLIER]
    ]
    found = []
    for index in results.indices:
        against = [_held(index, row.label, float(row.value)) for row in references if row.score == index.indicator]
        against += [
            _held(index, label, old) for label, kept in earlier for old in kept if old.logic_hash == index.logic_hash
        ]
        name = surveys.index_label(index)
        found.append(Read(name, num(index.value, 1), interval(index), index.n, tuple(against)))
    return found


def lead(results: Results) -> str:
    """The indices in a sentence: the highest and the lowest of those from 0 to 100, or the only one."""
    ranked = sorted((index for index in results.indices if index.of_hundred), key=lambda index: index.value)
    if not ranked:
        return ""
    high, low = ({"name": surveys.index_label(each), "value": num(each.value, 1), "span": interval(each)}
                 for each in (ranked[-1], ranked[0]))  # fmt: skip
    if len(ranked) == 1:
        return _("%(name)s: %(value)s (%(span)s).") % high
    highest, lowest = _("Högst är %(name)s, %(value)s (%(span)s)."), _("Lägst är %(name)s, %(value)s (%(span)s).")
    return f"{highest % high} {lowest % low}"


def interval(index: Index) -> str:
    """The ends of the 95 per cent interval in words."""
    return "–" if index.low is None or index.high is None else f"{num(index.low, 1)}–{num(index.high, 1)}"


def picture(results: Results) -> Intervals | None:
    """Every index from 0 to 100 with its interval, a row each; groups stand in the table."""
    lines = []
    for index in results.indices:
        if index.of_hundred:
            ends = (
                None if index.low is None else max(index.low, 0.0),
                None if index.high is None else min(index.high, 100.0),
            )
            lines.append(Line(surveys.index_label(index), (Value(index.value, *ends),)))
    return Intervals([Panel(_("Index från 0 till 100"), tuple(lines))], low=0.0, high=100.0, unit="") if lines else None


def _held(index: Index, label: str, other: Index | float) -> str:
    """In a sentence: both values, and whether chance could explain the difference."""
    value = other.value if isinstance(other, Index) else other
    words = {"own": num(index.value, 1), "label": label, "other": num(value, 1)}
    if index.differs(other):
        return _("%(own)s mot %(other)s (%(label)s): skiljer sig mer än slumpen skulle göra.") % words
    return _("%(own)s mot %(other)s (%(label)s): skillnaden är inte större än slumpen kan göra.") % words


def references(shown: Campaign) -> list[tuple[str, str, str, UUID]]:
    """Figures from elsewhere: what of, whose, how much, and the id."""
    names = surveys.index_names(shown.form)
    return [
        (names.get(row.score, row.score), row.label, num(float(row.value), 1), row.pk)
        for row in surveys.references(shown)
    ]


def questions(form: Form, results: Results) -> list[Asked]:
    """Every question that may be shown, with its answers in the order of the form."""
    found = []
    for each in results.questions:
        rows = tuple(
            (surveys.option_label(form, each.item, name), count, 100 * count / each.n)
            for name, count in each.counts.items()
        )
        mean = "" if each.mean is None else num(each.mean, 1)
        found.append(Asked(surveys.item_label(form, each.item), each.n, mean, rows))
    return found


def groups(results: Results) -> list[dict[str, object]]:
    """Each group with its response rate and its indices, two dots where it is hidden."""
    return [
        {
            "dim": surveys.GROUP_LABELS.get(group.dim, group.dim),
            "value": surveys.value_label(group.dim, group.value),
            "rate": HIDDEN if group.answered is None else f"{group.answered} / {group.invited}",
            "values": [
                num(group.values[index.indicator], 1) if index.indicator in group.values else HIDDEN
                for index in results.indices
            ],
            "heads": [surveys.index_label(index) for index in results.indices],
        }
        for group in results.groups
    ]
