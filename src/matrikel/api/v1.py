"""Version 1 of the read interface: the measures and their published figures, after disclosure. Nothing is written."""

from itertools import islice
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import Throttled, ValidationError
from ninja.throttling import SimpleRateThrottle
from pydantic import Field

from matrikel.api import shapes
from matrikel.api.problems import problem
from matrikel.domain.access.door import StaffRequest
from matrikel.domain.figures import door as figures
from matrikel.domain.figures.door import Datum, Definition, Seen
from matrikel.domain.trail import door as trail

PACE = "120/min"
INDICATORS, PAGE, MOST = 12, 500, 2000
"""Measures in one question at most, figures in one answer unless asked for, and at most."""


class Pace(SimpleRateThrottle):
    """So many questions a minute from one post or key, counted in each server process: a brake on mistakes, no wall."""

    def get_cache_key(self, request: HttpRequest) -> str:
        key = getattr(request, "key", None)
        return f"api-{key.pk if key else request.by.post_id}"  # type: ignore[attr-defined]


api = NinjaAPI(
    title="Matrikel: published figures",
    version="1",
    description="Read-only. With a key of a post, or the session of the web; small numbers hidden as on the pages.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
    throttle=[Pace(PACE)],
)
REFUSALS: dict[Any, Any] = {401: shapes.Problem, 403: shapes.Problem, 404: shapes.Problem, 422: shapes.Problem,
                            429: shapes.Problem}  # fmt: skip


@api.get("/indicators", response={200: shapes.Indicators, **REFUSALS}, url_name="api-indicators")
def indicators(request: StaffRequest) -> dict[str, Any]:
    """Every measure with its definition in words, in the order of the pages."""
    found = [_indicator(each) for each in figures.definitions().values()]
    return {"count": len(found), "values": found}


@api.get("/indicators/{slug:indicator}", response={200: shapes.Indicator, **REFUSALS}, url_name="api-indicator")
def indicator(
    request: StaffRequest, indicator: Annotated[str, Path(description="The id of a measure")]
) -> dict[str, Any]:
    """One measure with its definition in words."""
    return _indicator(figures.definition(indicator))


class Asked(Schema):
    kpi: str = Field(max_length=1000, description=f"Ids of measures, at most {INDICATORS}, parted by commas")
    area: str = Field("", max_length=40, description="county, board or unit, parted by commas; all when left out")
    period: str = Field("", max_length=200, description="Years, parted by commas; all when left out")
    by: str = Field("", max_length=20, description="The word category: also by reception category")
    limit: int = Field(PAGE, ge=1, le=MOST, description=f"Figures in one answer, at most {MOST}")
    offset: int = Field(0, ge=0, le=1_000_000, description="Figures to leave out from the start")


@api.get("/data", response={200: shapes.Figures, **REFUSALS}, url_name="api-data")
def data(request: StaffRequest, asked: Query[Asked]) -> Any:
    """Published figures by area and year, with women and men, as the acting post may see them."""
    ids = list(dict.fromkeys(_parts(asked.kpi)))
    if not 1 <= len(ids) <= INDICATORS:
        return problem(422, _("Ange mellan ett och %(n)s mått i kpi.") % {"n": INDICATORS})
    definitions = [figures.definition(each) for each in ids]
    trail.note("figures.data.fetched", by=request.by, of=",".join(ids)[:200])
    found = list(
        figures.published(
            request.by, definitions, kinds=_parts(asked.area), years=_parts(asked.period),
            categories=asked.by == "category",
        )
    )  # fmt: skip
    shown = islice(found, asked.offset, asked.offset + asked.limit)
    return {
        "count": len(found),
        "next": _next(asked) if len(found) > asked.offset + asked.limit else None,
        "values": [_figure(each) for each in shown],
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _next(asked: Asked) -> str:
    query = {**asked.dict(), "offset": asked.offset + asked.limit}
    return f"{reverse('api-data')}?{urlencode({key: value for key, value in query.items() if value != ''})}"


def _indicator(of: Definition) -> dict[str, Any]:
    language = figures.language()
    texts = of.text(language)
    return {
        "id": of.id, "version": of.version, "kind": of.kind, "name": texts.name, "question": texts.question,
        "numerator": texts.numerator, "denominator": texts.denominator, "reading": texts.reading, "owner": of.owner,
        "source": of.source, "law": of.law, "threshold": of.threshold, "logic_hash": of.logic_hash,
        "text_hash": of.text_hash, "language": language,
        "target": {"value": of.target.value, "at_least": of.target.at_least} if of.target else None,
    }  # fmt: skip


GENDERS = {"female": "K", "male": "M"}


def _figure(of: Datum) -> dict[str, Any]:
    area = of.area
    values = [_value(of.total, "T", None)]
    values += [_value(seen, GENDERS[sex], None) for sex, seen in of.sexes]
    values += [_value(seen, "T", category) for category, seen in of.categories]
    return {
        "kpi": of.definition.id, "version": of.definition.version, "logic_hash": of.definition.logic_hash,
        "freeze": of.freeze.isoformat(), "period": of.year, "values": values,
        "area": {"id": area.key, "kind": area.kind, "code": area.code, "name": area.name},
        "municipality": area.code.zfill(4) if area.code else "",
    }  # fmt: skip


def _value(seen: Seen, gender: str, category: str | None) -> dict[str, Any]:
    cell = seen.cell
    return {
        "gender": gender, "category": category, "count": cell.n, "reached": cell.k, "value": cell.value,
        "low": cell.low, "high": cell.high, "status": seen.why or ("" if cell.n else "empty"),
    }  # fmt: skip


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    places = sorted({str(each["loc"][-1]) for each in fault.errors})
    return problem(422, _("Se över: %(places)s.") % {"places": ", ".join(places)})


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, fault: Throttled) -> HttpResponse:
    answer = problem(429, _("Vänta en stund och fråga igen."))
    answer["Retry-After"] = str(fault.wait or 60)
    return answer
