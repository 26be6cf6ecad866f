"""The files handed in: kept in the installation's folder under random names, readable by the server alone."""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings


def folder() -> Path:
    return Path(settings.HOME) / "uploads"


def keep(content: bytes) -> str:
    """Store a file. The name under which it is found again says nothing about it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    name = uuid4().hex
    handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name


def path_of(name: str) -> Path:
    return folder() / name


def forget(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
