"""What an installation stands on: its folder, its secret, its database in step with the code, its static files."""

import hashlib
import os
import secrets
import subprocess
import sys
from pathlib import Path

from matrikel.cli import wording
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _

SECRET_BYTES = 60
PASSWORD_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - no letters that look like digits


def home() -> Path:
    return Path(os.environ.get("MATRIKEL_HOME", "var")).resolve()


def secret_path() -> Path:
    return Path(os.environ.get("MATRIKEL_SECRET", home() / "secret"))


def make_home() -> None:
    """The folder, readable by its owner alone. One that stands is kept as it is."""
    try:
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Fault(
            _("Det går inte att skriva i %(folder)s: %(fault)s. Välj en annan mapp med MATRIKEL_HOME.")
            % {"folder": home(), "fault": fault.strerror}
        ) from fault


def make_secret() -> None:
    """The secret, in the folder. One that stands is kept."""
    make_home()
    try:
        handle = os.open(secret_path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        return
    except OSError as fault:
        raise Fault(
            _("Det går inte att skriva %(path)s: %(fault)s. Välj en annan plats med MATRIKEL_SECRET.")
            % {"path": secret_path(), "fault": fault.strerror}
        ) from fault
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES))


def new_password() -> str:
    """Sixteen signs out of 31, in fours: 79 bits, and possible to type from paper."""
    return "-".join("".join(secrets.choice(PASSWORD_SIGNS) for _n in range(4)) for _group in range(4))


def start() -> None:
    """Load Django with the installation's settings, in the language of the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matrikel.site.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(wording.language())


def start_installed() -> None:
    """The same, and refuse an installation that does not exist or is behind the code."""
    start()
    if not exists():
        raise Fault(_("Här finns ingen installation (%(home)s). Kör: matrikel init") % {"home": home()})
    if behind := missing_migrations():
        raise Fault(_("Databasen ligger %(n)s ändringar efter programmet. Kör: matrikel upgrade") % {"n": behind})


def exists() -> bool:
    """Whether the database holds an installation; one being created has no board yet."""
    from django.db import connection

    from matrikel.domain.access import door as access

    table = access.Board._meta.db_table
    return table in connection.introspection.table_names() and access.Board.objects.exists()


def missing_migrations() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the database in step with the code: SQLite in place, PostgreSQL as its owner."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0, interactive=False)
        return
    owner = os.environ.get("MATRIKEL_OWNER_DATABASE")
    if not owner:
        raise Fault(_("Ange ägarens adress till databasen i MATRIKEL_OWNER_DATABASE; bara den får ändra tabeller."))
    import psycopg

    from matrikel.base.postgresql.roles import grant

    command = [sys.executable, "-m", "matrikel.site.manage", "migrate", "--verbosity", "0", "--no-input"]
    subprocess.run(command, env=os.environ | {"MATRIKEL_DATABASE": owner}, check=True)
    with psycopg.connect(owner, autocommit=True) as held:
        grant(held, str(connection.settings_dict["USER"]))


def collect_static() -> None:
    """Hash and compress what browsers fetch, unless nothing has changed since it was last done."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda file: file[0]):
            state = os.stat(storage.path(path))
            found.update(f"{path} {state.st_mtime_ns} {state.st_size}\n".encode())
    mark = Path(settings.STATIC_ROOT) / ".collected"
    if not mark.exists() or mark.read_text() != found.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(found.hexdigest())


def has_static() -> bool:
    from django.conf import settings

    return (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
