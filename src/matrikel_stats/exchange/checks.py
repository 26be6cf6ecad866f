"""What cannot be true of the rows of a package, whoever signed it."""

from collections.abc import Mapping, Sequence

from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import Problem, problem

from .table import MEANS, NUMBERS, PackageRow, mean_parts, row_name

_ADDED = tuple(name for name in NUMBERS if name != "error")
_NOT_PERSONS = ("k", "days", "inhabitants", "weight", "sum", "error")


def faults(rows: Sequence[PackageRow], place: str, known: Definition) -> list[Problem]:
    """Return what is impossible: numbers that do not add up, more reached than there are, small numbers shown."""
    found = []
    for row in rows:
        found += _impossible(row, f"{place}: {row_name(row)}", known)
    tables: dict[tuple[tuple[str, ...], str], dict[tuple[str, ...], PackageRow]] = {}
    for row in rows:
        table = tables.setdefault((row.dims, row.part), {})
        if row.values in table:
            found.append(problem("package_twice", f"{place}: {row_name(row)}"))
        table[row.values] = row
    for (coarse, part), sums in tables.items():
        for (fine, other), cells in tables.items():
            if part == other and set(coarse) < set(fine):
                found += _unequal(coarse, sums, fine, cells, place)
    return found


def _impossible(row: PackageRow, where: str, known: Definition) -> list[Problem]:
    found = []
    n, k = row.numbers["n"], row.numbers["k"]
    if row.hidden and any(number is not None for number in row.numbers.values()):
        found.append(problem("package_hidden", where))
    if n is not None and k is not None and k > n:
        found.append(problem("compare_numbers", where, k=k, n=n))
    parts = [] if k is None or n is None else [k, n - k]
    parts += [number for name, number in row.numbers.items() if number is not None and name not in _NOT_PERSONS]
    if any(0 < number < known.threshold for number in parts):
        found.append(problem("package_small", where, threshold=known.threshold))
    if known.kind in MEANS and n and not row.part:
        total, weight = mean_parts(row.numbers, known)
        most = weight if known.kind == "attendance" else None
        if known.score:
            most = n * len(known.score.items) * (known.score.most - known.score.least)
        if total is None or weight is None:
            found.append(problem("package_shape", where))
        elif most is not None and total > most:
            found.append(problem("compare_numbers", where, k=total, n=most))
    return found


def _unequal(
    coarse: tuple[str, ...],
    sums: Mapping[tuple[str, ...], PackageRow],
    fine: tuple[str, ...],
    cells: Mapping[tuple[str, ...], PackageRow],
    place: str,
) -> list[Problem]:
    """Hold a finer breakdown against a coarser one: equal where all is shown, never more where something is hidden."""
    places = [fine.index(name) for name in coarse]
    groups: dict[tuple[str, ...], list[PackageRow]] = {}
    for values, row in cells.items():
        groups.setdefault(tuple(values[at] for at in places), []).append(row)
    found = []
    for key in sorted({*groups, *sums}):
        whole = sums.get(key)
        for name in _ADDED:
            numbers = [row.numbers[name] for row in groups.get(key, [])]
            shown = sum(number for number in numbers if number is not None)
            most = 0 if whole is None else whole.numbers[name]
            if most is None:
                continue
            if shown > most or (shown < most and None not in numbers):
                where = f"{place}: {', '.join(fine)} {', '.join(key)}".rstrip()
                found.append(problem("package_sum", where, number=name, parts=shown, total=most))
    return found
