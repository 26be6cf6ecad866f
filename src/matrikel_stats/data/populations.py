"""The inhabitants a ratio is divided by: the imported table `populations` as a count table with the same dimensions."""

# ruff: noqa: S608 - identifiers are quoted by `files.name`, values bound or quoted; there is no user-written SQL.

from collections import Counter

from matrikel_stats.counts import Counted, CountTable, table_of
from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import Problem, problem
from matrikel_stats.question import Question, age_band

from .dataset import Dataset
from .files import name

PART = "population"


def dimensions(dataset: Dataset) -> set[str]:
    """Return what the population is known by, beside the year."""
    columns = dataset.tables["populations"].columns if dataset.has("populations") else {}
    own = {"sex": "sex", "age": "age_band"}
    return {own[column] for column in own if column in columns} | set(dataset.attributes("populations"))


def lacking(definition: Definition, dataset: Dataset) -> list[Problem]:
    """Return why the population cannot be a denominator: no table, or not by the age or sex of the cohort."""
    if not dataset.has("populations"):
        return [problem("table_missing", str(dataset.folder), table="populations")]
    cohort, known = definition.cohort, dimensions(dataset)
    by_age = cohort.first_age is not None or cohort.last_age is not None
    needed = [("age", "age_band", by_age), ("sex", "sex", bool(cohort.sex))]
    place = str(dataset.tables["populations"].path)
    return [
        problem("population_missing", place, column=column)
        for column, dim, wanted in needed
        if wanted and dim not in known
    ]


def population(definition: Definition, dataset: Dataset, question: Question) -> CountTable:
    """Count inhabitants of the cohort's sex, age and attributes by year and dimension, on the latest day of each year.

    An attribute the population is not known by restricts the numerator alone.
    """
    known = dimensions(dataset)
    attributes = dataset.attributes("populations")
    columns = ["sex" if "sex" in known else "''", "age" if "age_band" in known else "NULL"]
    year = "extract(year FROM date)"
    latest = f"SELECT {year}, max(date) FROM populations GROUP BY 1"
    rows = dataset.ask(
        f"SELECT date, population, {', '.join([*columns, *map(name, attributes)])} FROM populations "
        f"WHERE ({year}, date) IN ({latest})"
    )
    counted: Counted = Counter()
    cohort = definition.cohort
    for day, number, sex, age, *rest in rows:
        own = {key: value or "" for key, value in zip(attributes, rest, strict=True)}
        wanted = [match for match in cohort.where if match.attribute in own]
        good = all(any(dated.holds(own[match.attribute], day) for dated in match.values) for match in wanted)
        good &= not cohort.sex or sex == cohort.sex
        good &= age is None or (cohort.first_age or 0) <= age <= (1000 if cohort.last_age is None else cohort.last_age)
        if good and (question.period is None or question.period.first.year <= day.year <= question.period.last.year):
            own |= {"period": str(day.year), "sex": sex or "", "age_band": age_band(definition, age)}
            cell = tuple(own[dim] for dim in question.dims)
            counted[cell, True, 0, "counted"] = counted.get((cell, True, 0, "counted"), 0) + number
    return table_of(definition.logic_hash, PART, question.freeze, question.dims, counted, {})
