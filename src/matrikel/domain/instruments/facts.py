"""What this room knows for statistics. Columns follow the dataset contract (docs/reference/statistics.md).

Only signed responses that nothing has replaced. Of a sensitive form its scores and that it was filled in; of others
also answers chosen from a list or a scale, unless the question is sensitive. No text, day, name or row is among them.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from matrikel.base.facts import Facts
from matrikel.domain.instruments.models import FormVersion, Response, Score, Section
from matrikel.domain.instruments.models.response import plain
from matrikel.domain.instruments.rules import is_countable
from matrikel.domain.people.door import Persons
from matrikel.kernel import clock
from matrikel_forms import Form, form_asked

COLUMNS = ("person_id", "instrument", "item", "date", "value", "band", "unit", "municipality")
SIGNED = "signed"
"""The item that says a form was filled in."""
ABOVE = "above_limit"
"""The item that says whether a score lies above the lowest of its bands."""
CHUNK = 5000


def responses(only: Persons = None) -> Facts:
    """One row an answer: `item` is a score with its value and band, a question with the code chosen, or `signed`.

    A question with several answers has a row for each. `date` is the day of signing.
    """
    return Facts(COLUMNS, chain(_signed(only), _scores(only), _answers(only)))


def _signed(only: Persons) -> Iterator[tuple[Any, ...]]:
    for who, form, at, *place in _told(Response.objects.all(), "", only):
        yield who, form, SIGNED, clock.day_of(at), "yes", "", *place


def _scores(only: Persons) -> Iterator[tuple[Any, ...]]:
    """Each score; of one read against limits also whether it lies above the lowest band, as 0 or 1."""
    asked: dict[Any, Form] = {}
    rows = Score.objects.filter(value__isnull=False)
    columns = ("response__form_version_id", "scoring", "value", "band")
    for who, form, at, *place, version, scoring, value, band in _told(rows, "response__", only, *columns):
        yield who, form, scoring, clock.day_of(at), plain(value), band, *place
        if band:
            lowest = _asked(asked, version).score(scoring).bands[0].id
            yield who, form, ABOVE, clock.day_of(at), str(int(band != lowest)), "", *place


def _asked(asked: dict[Any, Form], version: Any) -> Form:
    if version not in asked:
        asked[version] = form_asked(FormVersion.objects.get(pk=version).snapshot)
    return asked[version]


def _answers(only: Persons) -> Iterator[tuple[Any, ...]]:
    asked: dict[Any, Form] = {}
    rows = Section.objects.filter(response__is_sensitive=False).exclude(answers={})
    for who, form, at, *place, version, answers in _told(
        rows, "response__", only, "response__form_version_id", "answers"
    ):
        for item, value in _chosen(_asked(asked, version), answers):
            yield who, form, item, clock.day_of(at), value, "", *place


def _chosen(form: Form, answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, value in answers.items():
        item = form.items.get(path)
        if item is not None and is_countable(item):
            yield from ((item.id, str(each)) for each in (value if isinstance(value, list) else [value]))


def _told(rows: QuerySet[Any], to: str, only: Persons, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a model that leads `to` a response: who, form, moment of signing, unit, municipality, and `columns`."""
    given: dict[str, Any] = {f"{to}signed_at__isnull": False, f"{to}voided_at": None, f"{to}person__voided_at": None}
    later = Response.objects.filter(replaces_id=OuterRef(f"{to}pk"), signed_at__isnull=False)
    standing = rows.filter(Q(**given)).exclude(Exists(later))
    if only is not None:
        standing = standing.filter(**{f"{to}person_id__in": only})
    kept = Coalesce(F(f"{to}person__merged_into_id"), F(f"{to}person_id"))
    names = (f"{to}form", f"{to}signed_at", f"{to}unit_id", f"{to}board__municipality_id", *columns)
    return standing.order_by(f"{to}signed_at", "pk").values_list(kept, *names).iterator(chunk_size=CHUNK)
