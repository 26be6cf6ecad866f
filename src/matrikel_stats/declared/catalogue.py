"""Reading definition files: one or a folder, with cohorts borrowed from one another and translations beside them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matrikel_declared import Words, hint
from matrikel_stats.problems import Lang, Problem, StatsError, problem

from .codes import CodeLists, find_codes, read_codes
from .definition import UNITS, Anchor, Cohort, Definition, Part, Rows, Texts
from .hashing import logic_hash, text_hash
from .kinds import LIMITS, OWN, counted_as, parts_of, section
from .node import Node, Source
from .parsing import parse_cohort, parse_leaving, parse_target
from .texts import open_definition, swedish_texts, translation, wording_of

_COMMON = (
    "id", "version", "kind", "name", "question", "numerator", "denominator", "reading", "owner", "source", "law",
    "cohort", "breakdowns", "age_bands", "target", "decimals", "disclosure",
    "limits_by", "kolada",
)  # fmt: skip
_KPI = re.compile(r"[NU]\d{5}")
_THRESHOLD, _SURVEY_THRESHOLD = 5, 10
_COHORT = Words("say whom the indicator is about", "säg vilka måttet gäller")
_NAMES = Words("names", "namn")
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


def _build(node: Node, others: Mapping[str, Node], path: tuple[str, ...] = ()) -> Definition:
    said: Any = node.data.get("kind")
    if said not in OWN:
        near = hint(str(said), OWN)
        node.fault("indicator_kind_unknown", "kind", value=said, hint=near, allowed=", ".join(OWN))
        said = next((kind for kind in OWN if node.has(kind)), "reached")
    for key in dict.fromkeys(key for keys in OWN.values() for key in keys):
        if node.has(key) and key not in OWN[said]:
            node.fault("key_not_for_kind", key, key=key, kind=said)
    node.only(*_COMMON, *{key for keys in OWN.values() for key in keys})
    kind = counted_as(said)
    parts = parts_of(node, said)
    if said == "composite":
        parts = {"parts": _composite(node, others, path)}
        cohort = parts["parts"][0].definition.cohort if parts["parts"] else Cohort(Anchor(Rows("spells", ()), "first"))
    else:
        cohort = _cohort(node, "stock" if "moment" in parts else "flow" if said == "ratio" else kind, others)
    leaving = parse_leaving(node.table("leaving"))
    if leaving.anchor_ends and cohort.anchor.rows.table == "events":
        node.fault("key_not_for_kind", "leaving", "anchor_ends", key="anchor_ends", kind="event")
    swedish = swedish_texts(node, cohort, kind)
    logic = logic_hash({"kind": kind, "cohort": cohort, "leaving": leaving, **_logic(parts)})
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
        target=parse_target(node.table("target"), share=kind in ("reached", "long_term", "attendance")),
        decimals=_or(
            node.integer("decimals", most=6), 0 if kind in ("flow", "stock") and "mean_of" not in parts else 1
        ),
        threshold=_threshold(node, _SURVEY_THRESHOLD if kind == "score" else _THRESHOLD),
        logic_hash=logic,
        text_hash=wording,
        path=node.source.file,
        codes=node.source.codes,
        limits_by=_limits_by(node, kind),
        kolada=_kolada(node),
        **parts,
    )


def _logic(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the parts that decide what is counted: `at` says again what the window says."""
    if "parts" in parts:
        return {"parts": [[part.definition.logic_hash, part.weight] for part in parts["parts"]]}
    return {key: value for key, value in parts.items() if key != "at"}


def _kolada(node: Node) -> str:
    name = node.text("kolada")
    if name and not _KPI.fullmatch(name):
        node.fault("kolada_form", "kolada", value=name)
    return name


def _limits_by(node: Node, kind: str) -> str:
    allowed = LIMITS.get(kind, ())
    if not allowed and node.has("limits_by"):
        node.fault("key_not_for_kind", "limits_by", key="limits_by", kind=kind)
    return node.choice("limits_by", allowed, allowed[0]) if allowed else ""


def _composite(node: Node, others: Mapping[str, Node], path: tuple[str, ...]) -> tuple[Part, ...]:
    """Read the parts of a composite, each built as the definition it names."""
    body = section(
        node, "composite", Words("name the indicators it is the mean of", "ange måtten det är medelvärdet av")
    )
    if node.has("cohort"):
        node.fault("key_not_for_kind", "cohort", key="cohort", kind="composite")
    if body is None:
        return ()
    body.only("parts")
    path = (*path, str(node.data.get("id")))
    found: list[Part] = []
    for each in body.tables("parts"):
        each.only("indicator", "weight")
        name, weight = each.text("indicator", required=True), each.integer("weight", 1, least=1) or 1
        if name in path:
            each.fault("definition_loop", "indicator", path=" → ".join((*path[path.index(name) :], name)))
        elif name not in others:
            each.fault("composite_unknown", "indicator", value=name, hint=hint(name, others))
        else:
            at = others[name]
            source = Source(at.source.file, at.source.lines, at.source.codes)
            part = _build(Node(at.data, at.path, source), others, path)
            loops = [problem for problem in source.problems if problem.code == "definition_loop"]
            if loops:
                each.fault("definition_loop", "indicator", **dict(loops[0].values))
            elif any(problem.code != "translation_stale" for problem in source.problems):
                each.fault("composite_faulty", "indicator", value=name, file=source.file)
            found.append(Part(part, weight))
    if not body.tables("parts"):
        body.fault("composite_parts", "parts")
    sorts = sorted({part.definition.measure for part in found})
    if len(sorts) > 1 or len({part.definition.is_periodic for part in found}) > 1:
        body.fault("composite_units", "parts", found=", ".join(sorts))
    return tuple(found)


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
        if at is node and not node.has("cohort") and kind not in UNITS:
            node.fault("key_missing", key="cohort", remedy=_COHORT)
        return parse_cohort(Node({}, ("cohort",), Source("", {}, node.source.codes)), kind)
    if table.has("same_as"):
        table = Node({}, ("cohort",), Source("", {}, node.source.codes))
    return parse_cohort(table, kind)


def _breakdowns(node: Node) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    for number, names in enumerate(node.lists("breakdowns")):
        if not names or not all(isinstance(name, str) and name for name in names):
            node.fault("wrong_type", "breakdowns", number, key="breakdowns", expected=_NAMES, found=repr(names))
        else:
            found.append(tuple(names))
    return tuple(found)


def _age_bands(node: Node) -> tuple[tuple[int, int], ...]:
    bands: list[tuple[int, int]] = []
    for number, band in enumerate(node.lists("age_bands")):
        if len(band) != 2 or not all(isinstance(age, int) and 0 <= age <= 130 for age in band):
            node.fault("wrong_type", "age_bands", number, key="age_bands", expected="[20, 24]", found=repr(band))
        elif band[1] < band[0] or (bands and band[0] <= bands[-1][1]):
            node.fault("age_bands", "age_bands", number, band=band)
        else:
            bands.append((band[0], band[1]))
    return tuple(bands) or _DEFAULT_BANDS


def _threshold(node: Node, otherwise: int) -> int:
    section = node.table("disclosure")
    if section is None:
        return otherwise
    section.only("threshold")
    return _or(section.integer("threshold", least=3, most=100), otherwise)
