"""From a definition to its count tables: what a dataset lacks for it, and which engine counts."""

from dataclasses import replace
from typing import Literal

from .counts import CountTable
from .data.dataset import Dataset
from .data.populations import lacking, population
from .declared.definition import Definition, Window, attributes_used, conditions
from .problems import Problem, problem
from .question import Question, question_for

EngineName = Literal["duckdb", "reference"]


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
