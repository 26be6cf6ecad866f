"""The one settings module, with an environment made for tests."""

import os
import secrets
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="matrikel-test-"))
(_home / "static").mkdir()
os.environ["MATRIKEL_HOME"] = str(_home)
os.environ.setdefault("MATRIKEL_HOSTS", "testserver,localhost,127.0.0.1")
_secret = _home / "secret"
_secret.write_text(secrets.token_urlsafe(60))
_secret.chmod(0o400)

if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # each parallel worker has a database of its own
    for _name in {"MATRIKEL_DATABASE", "MATRIKEL_OWNER_DATABASE"} & os.environ.keys():
        os.environ[_name] = f"{os.environ[_name].removesuffix(f'_{worker}')}_{worker}"  # once, also in what it starts

from matrikel.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
