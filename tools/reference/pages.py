"""The page of addresses and what each needs."""

import inspect
from collections.abc import Iterator
from typing import Any

from tools.reference.markdown import code, page, prose, table


def entries(resolver: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    from django.urls import URLResolver

    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from entries(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def methods(view: Any) -> str:
    """What `@page` was given; it keeps them in its closure."""
    allowed = inspect.getclosurevars(view).nonlocals.get("allowed")
    return " ".join(allowed) if allowed else "GET"


def pages() -> str:
    from django.urls import get_resolver

    guarded, others = [], []
    for route, entry in entries(get_resolver()):
        address, name, view = code(f"/{route}"), code(entry.name or ""), entry.callback
        if view.__module__.startswith("allauth."):
            others.append([address, name, "django-allauth: logging in and one's own account"])
        elif view.right is None:
            others.append([address, name, "public: shows no person"])
        else:
            guarded.append([address, name, code(view.right.value), methods(view)])
    return page(
        "Pages", "the addresses and what each view declares with `@page`",
        prose(
            "A view that has not said what right it needs is refused. The right is the first of the locks: a page "
            "about a person also needs a relation to that person, and answers *404* otherwise, as for an id that never "
            "existed."
        ),
        table(["address", "name", "right", "methods"], sorted(guarded)),
        "## Without a right\n",
        table(["address", "name", "why"], sorted(others)),
    )  # fmt: skip
