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

from matrikel.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
