"""Two databases, one clock, one cast."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from matrikel.base.scope import acting_as
from matrikel.domain.access import door as access
from matrikel.kernel.acting import Acting
from tests.cast import Cast, assemble

OWNER = os.environ.get("MATRIKEL_OWNER_DATABASE")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the engine keeps between runs is kept here, for all workers, not in the home of whoever runs the tests."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    os.environ["MATRIKEL_STATS_CACHE"] = str(folder / "kept")


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """SQLite in memory as pytest-django makes it; on PostgreSQL the owner migrates and the tests connect as the app."""
    if OWNER is None:
        from django.test.utils import setup_databases, teardown_databases

        with django_db_blocker.unblock():
            config = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        yield
        with django_db_blocker.unblock():
            teardown_databases(config, verbosity=0)
        return
    migrate = [sys.executable, "-m", "matrikel.site.manage", "migrate", "--verbosity", "0"]
    environment = os.environ | {"MATRIKEL_DATABASE": OWNER, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run(migrate, env=environment, check=True)
    import psycopg

    from matrikel.base.postgresql.roles import grant

    with psycopg.connect(OWNER, autocommit=True) as owner:
        grant(owner, "matrikel_app")
    yield


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def bertil(cast: Cast) -> Iterator[Acting]:
    """Bertil, acting for the length of the test."""
    with acting_as(cast.bertil) as by:
        yield by


@pytest.fixture
def browse(db: None) -> Any:
    """A client logged in as somebody of the cast: `browse(cast.bertil).get("/")`."""

    def logged_in(by: Acting) -> Client:
        client = Client()
        client.force_login(access.User.objects.get(pk=by.user_id))
        return client

    return logged_in


@pytest.fixture
def on_postgresql() -> bool:
    return connection.vendor == "postgresql"
