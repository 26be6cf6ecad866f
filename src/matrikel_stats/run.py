"""Running a definition on a dataset: which dimensions, which engine, and from the counts to the figures."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from matrikel_declared import hint

from .counts import CountTable
from .data.dataset import Dataset
from .data.populations import dimensions, lacking, population
from .declared.definition import Definition, Window, attributes_used, conditions
from .estimates.figures import figures_of
from .problems import Lang, Problem, StatsError, problem
from .question import OWN_DIMENSIONS, Period, Question, parse_period, question_for
from .result import DatasetRef, Result
from .telling.prose import anchor_prose, counts_prose, reason_label

EngineName = Literal["duckdb", "reference"]


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
    if found := missing(definition, dataset):
        raise StatsError(found)
    asked = parse_period(period) if period else None
    day = freeze or dataset.freeze
    breakdowns, skipped = _breakdowns(definition, dataset, by)
    dims = tuple(sorted({dim for breakdown in breakdowns for dim in breakdown}))
    question = question_for(definition, day, asked, dims)
    tables = count_tables(definition, dataset, question, engine)
    ran = engine if engine == "reference" else dataset.dialect
    return assemble(definition, dataset, tables, breakdowns, skipped, asked, ran, lang)


def count_tables(
    definition: Definition, dataset: Dataset, question: Question, engine: EngineName = "duckdb"
) -> tuple[CountTable, ...]:
    """Return all count tables of a definition: the main one, those of limits, a population, or those of its parts."""
    if definition.parts:
        return tuple(
            replace(table, part=f"{part.definition.id}: {table.part}")
            for part in definition.parts
            for table in count_tables(part.definition, dataset, _same(question, part.definition), engine)
        )
    tables = [count(definition, dataset, question, engine)]
    tables += [_limit_table(definition, limit, dataset, question, engine) for limit in definition.limits]
    if definition.kind == "ratio":
        tables.append(population(definition, dataset, question))
    return tuple(tables)


def _same(question: Question, part: Definition) -> Question:
    dims = tuple(dim for dim in question.dims if dim != "period")
    return question_for(part, question.freeze, question.period, dims)


def count(
    definition: Definition, dataset: Dataset, question: Question, engine: EngineName = "duckdb", part: str = "main"
) -> CountTable:
    """Return the integer count table of a definition, counted where the data lie or by the plain reference engine."""
    if definition.long_term:
        question = replace(question, since=dataset.first_month)
    if engine == "reference":
        from .engine import reference

        return reference.count(definition, dataset, question, part)
    for layer in dataset.layers:
        from .layer import count as prepared
        from .layer.spec import spec_of

        if (spec := spec_of(definition, question)) is not None and layer.spec.holds(spec):
            return prepared.count(layer, definition, question, part)
    from .engine import sql

    return sql.count(definition, dataset, question, part)


def sql_of(definition: Definition, dataset: Dataset, by: Sequence[str] | None = None) -> str:
    """Return the SQL that counts a definition on a dataset, for reading. Raises StatsError as `run` does."""
    from .engine.statement import statement

    if found := missing(definition, dataset):
        raise StatsError(found)
    breakdowns, _ = _breakdowns(definition, dataset, by)
    dims = tuple(sorted({dim for breakdown in breakdowns for dim in breakdown}))
    return statement(definition, dataset, question_for(definition, dataset.freeze, None, dims))


def limit_part(limit: Window) -> str:
    """Return the name of the part of a duration's counts that belongs to a limit."""
    return f"{limit.months} months" if limit.months else f"{limit.days} days"


def _limit_table(
    definition: Definition, limit: Window, dataset: Dataset, question: Question, engine: EngineName
) -> CountTable:
    within = replace(definition, kind="reached", window=limit)
    return count(within, dataset, question, engine, limit_part(limit))


def lacks_table(definition: Definition, dataset: Dataset) -> bool:
    """Return whether a whole table is missing that the definition counts: nobody has begun to keep such data."""
    return any(found.code == "table_missing" for found in missing(definition, dataset))


def missing(definition: Definition, dataset: Dataset) -> list[Problem]:
    """Return the tables and columns the dataset lacks for this definition. Leaving needs none: then nobody left."""
    if dataset.dialect != "duckdb" and (definition.cohort.is_imported or definition.kind == "ratio"):
        return [problem("not_in_database", str(dataset.folder), value=definition.id)]
    if definition.parts:
        return list(dict.fromkeys(each for part in definition.parts for each in missing(part.definition, dataset)))
    anchor = definition.cohort.anchor
    needed = [anchor.rows, *([anchor.until] if anchor.until else [])]
    needed += [leaf.rows for leaf in conditions(definition.outcome)]
    needed += [exclusion.before for exclusion in definition.cohort.exclusions if exclusion.before]
    found: dict[str, Problem] = {}
    for rows in needed:
        if not dataset.has(rows.table):
            found[rows.table] = problem("table_missing", str(dataset.folder), table=rows.table)
    for table, name in attributes_used(definition):
        own = name in dataset.attributes(table)
        if dataset.has(table) and not own and name not in dataset.attributes("persons"):
            found[name] = problem("attribute_missing", definition.path, column=name, table=table)
    for leaf in conditions(definition.outcome):
        for match in leaf.rows.where:
            if dataset.has(leaf.rows.table) and match.attribute not in dataset.attributes(leaf.rows.table):
                place = definition.path
                found[match.attribute] = problem(
                    "attribute_missing", place, column=match.attribute, table=leaf.rows.table
                )
    values = {"amount": "amount"}.get(definition.kind, "")
    if values and dataset.has(anchor.rows.table) and values not in dataset.tables[anchor.rows.table].columns:
        found[values] = problem("column_missing", str(dataset.folder), column=values, found=anchor.rows.table)
    return [*found.values(), *(lacking(definition, dataset) if definition.kind == "ratio" else ())]


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
