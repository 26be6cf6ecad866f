"""Running a definition on a dataset: which dimensions, which engine, and from the counts to the figures."""

import datetime as dt
from collections.abc import Sequence

from matrikel_declared import hint

from .counting import EngineName, count_tables, missing
from .counts import CountTable
from .data.dataset import Dataset
from .data.frozen import known_day
from .data.populations import dimensions
from .declared.definition import Definition
from .estimates.figures import figures_of
from .problems import Lang, StatsError, problem
from .question import OWN_DIMENSIONS, Period, Question, parse_period, question_for
from .result import DatasetRef
from .shown import Result
from .telling.prose import anchor_prose, counts_prose, reason_label


def run(
    definition: Definition,
    dataset: Dataset,
    *,
    engine: EngineName = "duckdb",
    freeze: dt.date | None = None,
    period: str | None = None,
    by: Sequence[str] | None = None,
    lang: Lang = "sv",
) -> Result:
    """Run a definition and return its result.

    `freeze` overrides the dataset's; `period` is `2006`, `2006-2008` or `2006-03`; `by` replaces the breakdowns of the
    definition with one. Raises StatsError when the dataset lacks a table or column the definition needs.
    """
    question, breakdowns, skipped = _asked(definition, dataset, freeze, period, by)
    tables = count_tables(definition, dataset, question, engine)
    ran = engine if engine == "reference" else dataset.dialect
    return assemble(definition, dataset, tables, breakdowns, skipped, question.period, ran, lang)


def make_ready(
    definitions: Sequence[Definition],
    dataset: Dataset,
    *,
    freeze: dt.date | None = None,
    period: str | None = None,
    by: Sequence[str] | None = None,
    keep: bool = True,
) -> None:
    """Prepare the layers that pay for running many definitions on a dataset, asked as `run` asks. Figures are the same.

    Definitions that `run` refuses are passed over. Layers hold persons' days: with `keep` they stay in the user's cache
    for the next run, else they go with the dataset.
    """
    from .layer.spec import shared

    wanted = []
    for definition in definitions:
        try:
            wanted.append((definition, _asked(definition, dataset, freeze, period, by)[0]))
        except StatsError:
            continue
    if dataset.dialect == "duckdb" and shared(wanted):
        from .layer.prepare import prepare

        prepare(wanted, dataset, keep=keep)


def _asked(
    definition: Definition, dataset: Dataset, freeze: dt.date | None, period: str | None, by: Sequence[str] | None
) -> tuple[Question, list[tuple[str, ...]], tuple[str, ...]]:
    """Return the question a run puts, the breakdowns it is put for, and the dimensions that are lacking."""
    if found := missing(definition, dataset):
        raise StatsError(found)
    if freeze:
        known_day(freeze)
    breakdowns, skipped = _breakdowns(definition, dataset, by)
    dims = tuple(sorted({dim for breakdown in breakdowns for dim in breakdown}))
    asked = parse_period(period) if period else None
    return question_for(definition, freeze or dataset.freeze, asked, dims), breakdowns, skipped


def sql_of(definition: Definition, dataset: Dataset, by: Sequence[str] | None = None) -> str:
    """Return the SQL that counts a definition on a dataset, for reading. Raises StatsError as `run` does."""
    from .engine.statement import statement

    if found := missing(definition, dataset):
        raise StatsError(found)
    breakdowns, _ = _breakdowns(definition, dataset, by)
    dims = tuple(sorted({dim for breakdown in breakdowns for dim in breakdown}))
    return statement(definition, dataset, question_for(definition, dataset.freeze, None, dims))


def _breakdowns(
    definition: Definition, dataset: Dataset, by: Sequence[str] | None
) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return the breakdowns the dataset can carry, and the dimensions it lacks. An asked-for one must be there."""
    table = definition.cohort.anchor.rows.table
    has_period = definition.is_periodic
    own = tuple(name for name in OWN_DIMENSIONS if not (has_period and name == "year"))
    known = {*own, *dataset.attributes(table), *dataset.attributes("persons")} - {"result"}
    if definition.kind == "ratio":
        known &= dimensions(dataset)
    if by is not None:
        for name in by:
            if name not in known:
                place, there = str(dataset.folder), ", ".join(sorted(known))
                raise StatsError([problem("dimension_unknown", place, value=name, hint=hint(name, known), found=there)])
        return ([tuple(dict.fromkeys(by))] if by else []), ()
    good = [each for each in definition.breakdowns if set(each) <= known]
    skipped = {name for each in definition.breakdowns for name in each if name not in known}
    return good, tuple(sorted(skipped))


def assemble(
    definition: Definition,
    dataset: Dataset,
    tables: tuple[CountTable, ...],
    breakdowns: Sequence[tuple[str, ...]],
    skipped: tuple[str, ...],
    period: Period | None,
    engine: str,
    lang: Lang,
) -> Result:
    """Turn the count tables of one dataset into a result."""
    main = tables[0]
    figures = figures_of(definition, tables, breakdowns)
    unknown = dataset.unknown_persons
    return Result(
        indicator=definition.id,
        version=definition.version,
        kind=definition.kind,
        name=definition.text(lang).name,
        logic_hash=definition.logic_hash,
        text_hash=definition.text_hash,
        codes_digest=definition.codes.digest,
        dataset=DatasetRef(dataset.id, dataset.digest, dataset.title, dataset.freeze_source),
        engine=engine,
        freeze=main.freeze,
        period=period.text if period else None,
        anchor=anchor_prose(definition, lang),
        counts=counts_prose(definition, lang),
        unit=_unit(definition),
        decimals=definition.decimals,
        threshold=definition.threshold,
        population=figures.population,
        excluded=dict(main.excluded),
        reasons={reason: reason_label(definition, reason, lang) for reason in main.excluded},
        not_mature=figures.not_mature,
        left_before=figures.left_before,
        unknown_persons=len(unknown),
        unknown_person_ids=unknown[:20],
        target=figures.target,
        total=figures.total,
        breakdowns=figures.breakdowns,
        skipped_dimensions=skipped,
        incomplete_periods=_incomplete(definition, main),
        count_tables=tables,
        protected=False,
        limits_by=definition.limits_by,
    )


def _unit(definition: Definition) -> str:
    if definition.kind in ("flow", "stock"):
        return definition.count if definition.kind == "flow" else "persons"
    if definition.measure == "per":
        return f"per {definition.per}"
    return {"days": definition.unit, "amount": "kronor"}.get(definition.measure, definition.measure)


def _incomplete(definition: Definition, main: CountTable) -> tuple[str, ...]:
    """Return the periods that had not ended on the freeze date."""
    if "period" not in main.dims or definition.moment in ("31 december", "month_end"):
        return ()
    place = main.dims.index("period")
    found = {row.cell[place] for row in main.rows}
    return tuple(sorted(label for label in found if parse_period(label).last > main.freeze))
