"""The engine for databases: the compiled statement is run where the data lie, by DuckDB over files or by PostgreSQL."""

from matrikel_stats.counts import CountTable
from matrikel_stats.data.dataset import Dataset
from matrikel_stats.declared.definition import Definition
from matrikel_stats.question import Question

from .fetched import table_from
from .statement import statement


def count(definition: Definition, dataset: Dataset, question: Question, part: str = "main") -> CountTable:
    """Count a definition. Same integers as the reference engine, at any size."""
    # The statement has sorted them: with a million persons, sorting here would cost as much as counting there.
    fetched = dataset.count(statement(definition, dataset, question))
    return table_from(definition, question, part, fetched)
