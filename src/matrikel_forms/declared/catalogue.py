"""Reading forms: one file or a folder, with the translations that lie beside them."""

from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from matrikel_declared import Words, read_toml
from matrikel_forms.messages import MESSAGES
from matrikel_forms.problems import FormError, Problem, problem

from .checks import check_conditions
from .codes import find_codes
from .form import DueAgain, Form, FormKind, Party, Use
from .node import Node, Source, identify, say
from .parsing import parse_choices, parse_group
from .score_checks import check_scores
from .scoring import parse_scores
from .texts import SOURCE, Wording, hash_of
from .wordings import is_notice, notices, translations

_KEYS = (
    "id", "version", "kind", "name", "purpose", "source", "licence", "filled_in_by", "use", "retention", "threshold",
    "sensitive", "languages", "due_again", "choices", "groups", "scores",
)  # fmt: skip


def load(path: Path) -> list[Form]:
    """Read the form at `path`, or every one in the folder and below, in order of id.

    Raises FormError holding every fault in all files, each with `file:line`. A form with texts missing or stale in
    some language is good: they are shown in Swedish, marked.
    """
    forms, problems = examine(path)
    serious = [found for found in problems if not is_notice(found)]
    if serious:
        raise FormError(serious)
    return forms


def examine(path: Path) -> tuple[list[Form], list[Problem]]:
    """Read as `load` does, but return the good forms together with all problems, missing and stale texts too."""
    if not path.exists():
        return [], [problem("file_missing", str(path))]
    files = [path] if path.is_file() else sorted(path.rglob("*.toml"))
    own = [file for file in files if "." not in file.stem]
    if not own:
        return [], [problem("no_forms", str(path))]
    forms: dict[str, Form] = {}
    problems: list[Problem] = []
    for file in own:
        form = _read(file, problems)
        if form is not None and form.id in forms:
            problems.append(problem("definition_twice", str(file), value=form.id, other=forms[form.id].path))
        elif form is not None:
            forms[form.id] = form
    for file in files:
        name = file.stem.split(".")[0]
        if file not in own and not (file.parent / f"{name}.toml").is_file():
            problems.append(problem("translation_orphan", str(file), value=name))
    return [forms[name] for name in sorted(forms)], problems


def _read(file: Path, problems: list[Problem]) -> Form | None:
    read = read_toml(file, MESSAGES, problems)
    if read is None:
        return None
    source = Source(str(file), read[1], find_codes(file))
    node = Node(read[0], (), source)
    form = _form(node, file)
    check_conditions(form, source.places)
    check_scores(form, source.places)
    _check_due(form, node)
    swedish = Wording(SOURCE, source.texts)
    others = {each.lang: each for each in translations(file, source.texts, source.problems)}
    if "en" in others and source.english:
        others["en"] = _with_codes(others["en"], source)
    form = replace(form, wordings={SOURCE: swedish, **others})
    source.problems += notices(form, node)
    problems += source.problems
    return None if any(not is_notice(found) for found in source.problems) else form


def _with_codes(wording: Wording, source: Source) -> Wording:
    """Code lists bring their English with them."""
    hashes = {key: hash_of(source.texts[key]) for key in source.english}
    return replace(wording, texts={**source.english, **wording.texts}, made_from={**hashes, **wording.made_from})


def _form(node: Node, file: Path) -> Form:
    node.only(*_KEYS)
    name = identify(node)
    if name != file.stem:
        node.fault("id_not_file", "id", value=name)
    say(node, "name", "name", required=True)
    say(node, "purpose", "purpose", required=True)
    parse_choices(node)
    groups = tuple(parse_group(table) for table in node.tables("groups"))
    if not groups:
        node.fault("groups_none", "groups")
    for key in ("kind", "version", "filled_in_by", "retention", "source"):
        if not node.has(key):
            node.fault("key_missing", key=key, remedy=Words("every form says it", "alla formulär säger det"))
    due, use = node.table("due_again"), node.table("use")
    return Form(
        id=name,
        version=node.integer("version", 1, least=1) or 1,
        kind=cast(FormKind, node.choice("kind", get_args(FormKind), "assessment")),
        groups=groups,
        wordings={SOURCE: Wording(SOURCE, node.source.texts)},
        scores=parse_scores(node),
        due_again=_due(due) if due is not None else None,
        filled_in_by=cast(Party, node.choice("filled_in_by", get_args(Party), "worker")),
        use=_use(use) if use is not None else Use(),
        retention=node.text("retention"),
        threshold=node.integer("threshold", 5, least=3, most=100) or 5,
        sensitive=node.boolean("sensitive", False),
        languages=node.strings("languages"),
        source=node.text("source"),
        licence=node.text("licence"),
        path=str(file),
    )


def _due(node: Node) -> DueAgain:
    node.only("months", "after")
    return DueAgain(node.integer("months", 12, most=120) or 0, node.text("after") or "signed")


def _use(node: Node) -> Use:
    node.only("rights", "roles")
    return Use(node.strings("rights"), node.strings("roles"))


def _check_due(form: Form, node: Node) -> None:
    due = form.due_again
    if due is None or due.after == "signed":
        return
    item = form.items.get(due.after)
    if item is None or item.type != "date" or any(group.rows for group in form.above(item.id)):
        node.fault("due_after", "due_again", "after", value=due.after, hint="")
