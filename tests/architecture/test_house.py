"""What import-linter cannot see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from matrikel.base.guard import walled_tables

SOURCE = Path(__file__).parents[2] / "src" / "matrikel"
ROOMS = (
    "trail", "access", "people", "cases", "instruments", "services", "benefits", "plans", "figures", "exchange",
    "surveys", "casework", "imports",
)  # fmt: skip
ORDER = (
    "base",
    "trail",
    "access",
    "people",
    "figures",
    "exchange",
    "surveys",
    "cases",
    "instruments",
    "services",
    "benefits",
    "plans",
    "casework",
    "imports",
    "web",
)
OURS = [model for model in apps.get_models() if model.__module__.startswith("matrikel.")]


def patterns(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, before + str(entry.pattern))
        else:
            found.append((before + str(entry.pattern), entry))
    return found


PAGES = patterns(get_resolver())


@pytest.mark.parametrize(("route", "entry"), PAGES, ids=[route or "/" for route, _ in PAGES])
def test_every_page_says_what_right_it_needs(route: str, entry: URLPattern) -> None:
    if not entry.callback.__module__.startswith("allauth."):
        assert hasattr(entry.callback, "right"), f"{route} is undeclared"


@pytest.mark.parametrize(("route", "entry"), PAGES, ids=[route or "/" for route, _ in PAGES])
def test_every_id_in_an_address_is_a_uuid(route: str, entry: URLPattern) -> None:
    for converter, name in re.findall(r"<(?:(\w+):)?(\w+)>", route):
        assert not name.endswith("_id") or converter == "uuid", f"{route}: {name}"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_model_says_how_private_it_is(model: type[models.Model]) -> None:
    privacy = model.__dict__.get("Privacy")
    assert privacy, "class Privacy is missing"
    assert privacy.kind in {"none", "log", "staff", "identity", "whereabouts", "case", "sensitive", "text", "person"}
    assert privacy.retention
    assert set(privacy.leaves) <= {field.name for field in model._meta.get_fields()}
    assert privacy.kind != "text" or not privacy.leaves, "free text never leaves"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_keys_point_to_the_same_room_or_below(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.model is model:
            other = field.related_model._meta.app_label
            assert ORDER.index(other) <= ORDER.index(model._meta.app_label)
            assert other == model._meta.app_label or field.remote_field.related_name == "+", f"{field} reaches down"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_rows_about_a_person_stand_behind_the_wall(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields()}
    if "person" in names or ("person_id" in names and model._meta.label != "trail.Entry"):
        assert model._meta.db_table in walled_tables()


@pytest.mark.parametrize("model", [m for m in OURS if getattr(m, "walled", False)], ids=lambda m: m._meta.label)
def test_every_unique_key_of_a_walled_row_names_its_board(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert {"board", "board_id"} & set(constraint.fields), constraint.name
    for field in model._meta.local_fields:
        assert field.primary_key or not field.unique, field.name


def actions() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for room in ROOMS:
        for path in sorted((SOURCE / "domain" / room).glob("actions/*.py")):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and room != "trail":
                    found.append((f"{room}/{path.stem}.{node.name}", node))
    return found


ACTIONS = actions()


@pytest.mark.parametrize(("name", "node"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_every_action_says_on_whose_behalf_and_writes_the_log(name: str, node: ast.FunctionDef) -> None:
    assert not node.args.args, f"{name} takes positional arguments"
    keywords = {argument.arg for argument in node.args.kwonlyargs}
    assert "by" in keywords or name in {"access/staff.install"}, f"{name} has no by="
    source = ast.unparse(node)
    calls_another = any(f"{verb}(" in source for verb in (n.split(".")[-1] for n, _ in ACTIONS if n != name))
    assert "trail." in source or calls_another, f"{name} leaves no trace"


def python_files(*parts: str) -> list[Path]:
    return [path for path in (SOURCE.joinpath(*parts)).rglob("*.py") if "migrations" not in path.parts]


def test_a_room_is_entered_through_its_door() -> None:
    for room in ROOMS:
        for path in python_files("domain", room):
            for other, part in re.findall(
                r"^ *from matrikel\.domain\.(\w+)(?:\.| import )(\w+)", path.read_text(), re.M
            ):
                assert other == room or part == "door", f"{path} enters {other} by {part}"


def test_only_the_clock_asks_for_the_time() -> None:
    for path in python_files():
        if path != SOURCE / "kernel" / "clock.py":
            assert not re.search(r"\b(datetime|date)\.(now|today|utcnow)\(|timezone\.now\(", path.read_text()), path


def test_raw_sql_stands_only_where_facts_are_told() -> None:
    allowed = {"facts.py", "rls.py", "scope.py", "roles.py"}
    for path in python_files():
        if path.name not in allowed and "sqlite" not in path.parts:
            assert not re.search(r"\.raw\(|RawSQL|\.extra\(|cursor\(\)", path.read_text()), path


def test_rows_are_written_only_through_the_trail() -> None:
    """`.save(`, `.update(`, `.delete(` and `bulk_create` on walled rows belong to trail and its migrations."""
    for room in ("people", "cases", "instruments", "services"):
        for path in python_files("domain", room):
            assert not re.search(r"\.save\(|\.objects.*\.(update|delete|create)\(|bulk_", path.read_text()), path


def test_the_guard_is_lifted_only_for_migrations() -> None:
    callers = [path.relative_to(SOURCE).as_posix() for path in python_files() if "guard.lifted" in path.read_text()]
    assert callers == ["base/management/commands/migrate.py"]


def test_no_page_is_cached() -> None:
    for path in python_files():
        assert "cache_page" not in path.read_text()
    settings = (SOURCE / "site" / "settings.py").read_text()
    assert "UpdateCacheMiddleware" not in settings
    assert "FetchFromCacheMiddleware" not in settings


def test_templates_of_a_room_stay_in_the_room() -> None:
    for room in ROOMS:
        for path in (SOURCE / "domain" / room / "web" / "templates").rglob("*.html"):
            for name in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)", path.read_text()):
                whose = name.split("/")[0]
                shared = "/" not in name or whose in {"cotton", "shell", room} or name == "access/form.html"
                assert shared, f"{path.name} reaches into {name}"
