"""Reading definition files: one or a folder, with cohorts borrowed from one another and translations beside them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .codes import CodeLists, find_codes, read_codes
from .definition import KINDS, Cohort, Condition, Definition, Texts
from .hashing import logic_hash, text_hash
from .node import Node, Source, hint
from .parsing import parse_cohort, parse_leaving, parse_outcome, parse_rows, parse_target, parse_window
from .problems import Lang, Problem, StatsError, problem
from .texts import open_definition, swedish_texts, translation, wording_of

_COMMON = (
    "id", "version", "kind", "name", "question", "numerator", "denominator", "reading", "owner", "source", "law",
    "cohort", "breakdowns", "age_bands", "target", "decimals", "disclosure",
)  # fmt: skip
_OWN: dict[str, tuple[str, ...]] = {
    "reached": ("window", "outcome", "leaving"),
    "duration": ("duration", "leaving"),
    "flow": ("flow",),
    "stock": ("stock",),
}
_DEFAULT_BANDS = ((0, 15), (16, 19), (20, 29), (30, 39), (40, 49), (50, 64), (65, 130))


def load(path: Path, codes: CodeLists | None = None) -> list[Definition]:
    """Read the definition at `path`, or every one in the folder and below, in order of id.

    Raises StatsError holding every fault found in all files, each with `file:line`.
    """
    definitions, problems = examine(path, codes)
    serious = [found for found in problems if found.code != "translation_stale"]
    if serious:
        raise StatsError(serious)
    return definitions


def examine(path: Path, codes: CodeLists | None = None) -> tuple[list[Definition], list[Problem]]:
    """Read as `load` does, but return the good definitions together with all problems, stale translations too."""
    if not path.exists():
        return [], [problem("file_missing", str(path))]
    files = [path] if path.is_file() else sorted(path.rglob("*.toml"))
    files = [file for file in files if not file.name.endswith(".en.toml")]
    if not files:
        return [], [problem("no_definitions", str(path))]
    try:
        lists = codes or read_codes(find_codes(path))
    except StatsError as error:
        return [], list(error.problems)
    nodes: dict[str, Node] = {}
    problems: list[Problem] = []
    for file in files:
        node = open_definition(file, lists, problems)
        if node is not None:
            _register(node, file, nodes, problems)
    beside = dict(nodes)
    if path.is_file():
        for file in sorted(path.parent.rglob("*.toml")):
            if file != path and not file.name.endswith(".en.toml"):
                other = open_definition(file, lists, [])
                if other is not None:
                    beside.setdefault(str(other.data.get("id")), other)
    definitions = [_build(node, beside) for _, node in sorted(nodes.items())]
    for node in nodes.values():
        problems += node.source.problems
    if path.is_dir():
        problems += _orphans(path)
    broken = {found.place.rsplit(":", 1)[0] for found in problems if found.code != "translation_stale"}
    return [found for found in definitions if found.path not in broken], problems


def _register(node: Node, file: Path, nodes: dict[str, Node], problems: list[Problem]) -> None:
    name = node.data.get("id")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        node.fault("id_form", "id", value=name)
        name = f"{name} {file}"
    elif name != file.stem:
        node.fault("id_not_file", "id", value=name)
    if name in nodes:
        problems.append(problem("definition_twice", node.place("id"), value=name, other=nodes[name].source.file))
        name = f"{name} {file}"
    nodes[name] = node


def _orphans(folder: Path) -> list[Problem]:
    lone = []
    for file in sorted(folder.rglob("*.en.toml")):
        name = file.name.removesuffix(".en.toml")
        if not (file.parent / f"{name}.toml").is_file():
            lone.append(problem("translation_orphan", str(file), value=name))
    return lone


def _build(node: Node, others: Mapping[str, Node]) -> Definition:
    kind: Any = node.data.get("kind")
    if kind not in KINDS:
        near = hint(str(kind), KINDS)
        node.fault("indicator_kind_unknown", "kind", value=kind, hint=near, allowed=", ".join(KINDS))
        kind = "flow" if node.has("flow") else "stock" if node.has("stock") else "reached"
    for keys in _OWN.values():
        for key in keys:
            if node.has(key) and key not in _OWN[kind]:
                node.fault("key_not_for_kind", key, key=key, kind=kind)
    node.only(*_COMMON, *{key for keys in _OWN.values() for key in keys})
    cohort = _cohort(node, kind, others)
    parts = _parts(node, kind)
    leaving = parse_leaving(node.table("leaving"))
    if leaving.anchor_ends and cohort.anchor.rows.table == "events":
        node.fault("key_not_for_kind", "leaving", "anchor_ends", key="anchor_ends", kind="event")
    swedish = swedish_texts(node, cohort, kind)
    logic = logic_hash({"kind": kind, "cohort": cohort, "leaving": leaving, **parts})
    wording = text_hash(wording_of(swedish))
    texts: dict[Lang, Texts] = {"sv": swedish}
    english = translation(node, wording)
    if english is not None:
        texts["en"] = english
    return Definition(
        id=str(node.data.get("id")),
        version=node.integer("version", 1, least=1) or 1,
        kind=kind,
        texts=texts,
        owner=node.text("owner", required=True),
        source=node.text("source", required=True),
        law=node.text("law"),
        cohort=cohort,
        leaving=leaving,
        breakdowns=_breakdowns(node),
        age_bands=_age_bands(node),
        target=parse_target(node.table("target"), share=kind == "reached"),
        decimals=_or(node.integer("decimals", most=6), 1 if kind in ("reached", "duration") else 0),
        threshold=_threshold(node),
        logic_hash=logic,
        text_hash=wording,
        path=node.source.file,
        codes=node.source.codes,
        **parts,
    )


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _cohort(node: Node, kind: str, others: Mapping[str, Node]) -> Cohort:
    """Follow `same_as` to the definition that states the cohort, and read it there."""
    path = [str(node.data.get("id"))]
    at = node
    while isinstance(body := at.data.get("cohort"), dict) and "same_as" in body:
        name = str(body["same_as"])
        if at is node:
            section = node.table("cohort")
            assert section is not None
            section.only("same_as")
        if name in path:
            path.append(name)
            if len(path) == 2:
                node.fault("cohort_itself", "cohort", "same_as")
            else:
                node.fault("cohort_loop", "cohort", "same_as", path=" → ".join(path))
            break
        if name not in others:
            node.fault("cohort_unknown", "cohort", "same_as", value=name, hint=hint(name, others))
            break
        path.append(name)
        at = others[name]
    # A borrowed section is read with a fresh source: its faults belong to the file that states it.
    source = node.source if at is node else Source(at.source.file, at.source.lines, at.source.codes)
    table = Node(at.data, at.path, source).table("cohort")
    if table is None:
        if at is node and not node.has("cohort"):
            node.fault("key_missing", key="cohort", remedy="say whom the indicator is about")
        return parse_cohort(Node({}, ("cohort",), Source("", {}, node.source.codes)), kind)
    if table.has("same_as"):
        table = Node({}, ("cohort",), Source("", {}, node.source.codes))
    return parse_cohort(table, kind)


def _parts(node: Node, kind: str) -> dict[str, Any]:
    if kind == "reached":
        window, outcome = node.table("window"), node.table("outcome")
        if window is None and not node.has("window"):
            node.fault("key_missing", key="window", remedy="say within how many months or days")
        if outcome is None and not node.has("outcome"):
            node.fault("key_missing", key="outcome", remedy="say what counts as reached")
        return {
            "window": parse_window(window) if window else None,
            "outcome": parse_outcome(outcome) if outcome else None,
        }
    section = node.table(kind)
    if section is None:
        if not node.has(kind):
            node.fault("key_missing", key=kind, remedy=f"the kind {kind} is described there")
        return {}
    if kind == "duration":
        section.only("to", "unit", "limits")
        to = section.table("to")
        if to is None and not section.has("to"):
            section.fault("key_missing", key="to", remedy="name the spell or event that ends the wait")
        return {
            "outcome": Condition(parse_rows(to), running=False) if to else None,
            "unit": section.choice("unit", ("days", "weeks"), "days"),
            "limits": tuple(parse_window(limit) for limit in section.tables("limits")),
        }
    if kind == "flow":
        section.only("every", "count")
        return {
            "every": section.choice("every", ("year", "month"), "year"),
            "count": section.choice("count", ("persons", "occurrences"), "persons"),
        }
    section.only("moment")
    if not section.has("moment"):
        section.fault("key_missing", key="moment", remedy="31 december, month_end or any_time_in_year")
    return {"moment": section.choice("moment", ("31 december", "month_end", "any_time_in_year"), "31 december")}


def _breakdowns(node: Node) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    for number, names in enumerate(node.lists("breakdowns")):
        if not names or not all(isinstance(name, str) and name for name in names):
            node.fault("wrong_type", "breakdowns", number, key="breakdowns", expected="names", found=repr(names))
        else:
            found.append(tuple(names))
    return tuple(found)


def _age_bands(node: Node) -> tuple[tuple[int, int], ...]:
    bands: list[tuple[int, int]] = []
    for number, band in enumerate(node.lists("age_bands")):
        if len(band) != 2 or not all(isinstance(age, int) and 0 <= age <= 130 for age in band):
            node.fault("wrong_type", "age_bands", number, key="age_bands", expected="[from, to]", found=repr(band))
        elif band[1] < band[0] or (bands and band[0] <= bands[-1][1]):
            node.fault("age_bands", "age_bands", number, band=band)
        else:
            bands.append((band[0], band[1]))
    return tuple(bands) or _DEFAULT_BANDS


def _threshold(node: Node) -> int:
    section = node.table("disclosure")
    if section is None:
        return 5
    section.only("threshold")
    return _or(section.integer("threshold", least=3, most=100), 5)
