"""Who is there at the end of each month, and who has had assistance in most of them."""

from pathlib import Path

from benchmarks.stats import peers
from benchmarks.stats.data import beside, generate_months, long_terms, opened, share, stock

from .job import Job, Work, question_of


def _stock(folder: Path) -> Work:
    from matrikel_stats import count

    definition, dataset = stock(), opened(folder)
    question = question_of(definition, ("sex",))
    return lambda: [[*row.cell, row.n] for row in count(definition, dataset, question).rows]


def _stock_exploded(folder: Path) -> Work:
    work = peers.by_hand(folder, peers.EXPLODED)
    return lambda: [[f"{month:%Y-%m}", sex, n] for month, sex, n in work()]


def _months(folder: Path) -> Path:
    return beside(folder, "months", generate_months)


def _long(folder: Path) -> Work:
    from matrikel_stats import count

    dataset, definitions = opened(_months(folder)), long_terms()
    return lambda: [share(count(each, dataset, question_of(each, ("sex",)))) for each in definitions]


def _long_exploded(folder: Path) -> Work:
    place = _months(folder)
    rules = ((12, 10, 12), (36, 27, 2))
    works = [peers.by_hand(place, peers.LONG, of=of, least=least, longest=longest) for of, least, longest in rules]
    return lambda: [work() for work in works]


JOBS = {
    "stock": Job(
        "Monthly stock",
        "stock",
        {"stock": _stock, "explode and count in DuckDB": _stock_exploded},
        {"explode and count in DuckDB": 0.35},
    ),
    "long": Job(
        "Ten of twelve months, and 27 of 36 with breaks",
        "long-term",
        {"long-term": _long, "explode to windows in DuckDB": _long_exploded},
        {"explode to windows in DuckDB": 0.15},
        "From a table of months, as the engine takes them; the peer explodes each to the years whose windows hold it.",
    ),
}
