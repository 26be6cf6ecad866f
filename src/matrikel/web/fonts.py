"""Serves the typeface from its installed packages: fonts are dependencies, never files of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SANS, ARABIC = "fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic"

# Own names: the packages' brackets and commas do not survive every web server's paths.
FACES: dict[str, tuple[str, str]] = {
    "fonts/plex-sans.ttf": (SANS, "IBMPlexSans[wdth,wght].ttf"),
    "fonts/plex-sans-italic.ttf": (SANS, "IBMPlexSans-Italic[wdth,wght].ttf"),
    "fonts/plex-sans-arabic-regular.ttf": (ARABIC, "IBMPlexSansArabic-Regular.ttf"),
    "fonts/plex-sans-arabic-medium.ttf": (ARABIC, "IBMPlexSansArabic-Medium.ttf"),
    "fonts/plex-sans-arabic-semibold.ttf": (ARABIC, "IBMPlexSansArabic-SemiBold.ttf"),
}


@cache
def face_paths() -> dict[str, Path]:
    """Faces that are installed, by static name. A missing package leaves the system's typeface in place."""
    found = {}
    for name, (package, file) in FACES.items():
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            continue
        path = Path(spec.origin).parent / "files" / file
        if path.is_file():
            found[name] = path
    return found


class FaceStorage(FileSystemStorage):
    """Maps the static names onto the packages' files."""

    def path(self, name: str) -> str:
        return str(face_paths()[name])


class FontFinder(BaseFinder):
    """Named in STATICFILES_FINDERS."""

    storage = FaceStorage(location="/")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        face = face_paths().get(path)
        if find_all or kwargs.get("all"):
            return [str(face)] if face else []
        return str(face) if face else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FaceStorage]]:
        for name in face_paths():
            yield name, self.storage
