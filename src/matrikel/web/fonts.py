"""Serves the typefaces from their installed packages: fonts are dependencies, never files of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from matrikel.base.typefaces import faces


class FaceStorage(FileSystemStorage):
    """Maps the static names onto the packages' files."""

    def path(self, name: str) -> str:
        return str(faces()[name])


class FontFinder(BaseFinder):
    """Named in STATICFILES_FINDERS."""

    storage = FaceStorage(location="/")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        face = faces().get(path)
        if find_all or kwargs.get("all"):
            return [str(face)] if face else []
        return str(face) if face else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FaceStorage]]:
        for name in faces():
            yield name, self.storage
