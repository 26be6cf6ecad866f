"""Where the typefaces lie: they are packages of Python or of the system, never files of the repository."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

SANS, ARABIC = "fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic"
ETHIOPIC = Path("/usr/share/fonts/truetype/abyssinica/AbyssinicaSIL-Regular.ttf")
"""Of Debian's package fonts-sil-abyssinica; no package for Python carries an Ethiopic face. Screens use their own."""

# Own names: the packages' brackets and commas do not survive every web server's paths.
FACES: dict[str, tuple[str, str]] = {
    "fonts/plex-sans.ttf": (SANS, "IBMPlexSans[wdth,wght].ttf"),
    "fonts/plex-sans-italic.ttf": (SANS, "IBMPlexSans-Italic[wdth,wght].ttf"),
    "fonts/plex-sans-arabic-regular.ttf": (ARABIC, "IBMPlexSansArabic-Regular.ttf"),
    "fonts/plex-sans-arabic-medium.ttf": (ARABIC, "IBMPlexSansArabic-Medium.ttf"),
    "fonts/plex-sans-arabic-semibold.ttf": (ARABIC, "IBMPlexSansArabic-SemiBold.ttf"),
}


def _files_of(package: str) -> Path | None:
    spec = find_spec(package)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent / "files"


@cache
def faces() -> dict[str, Path]:
    """Faces that are installed, by the name the browser asks for. A missing one leaves the system's in its place."""
    found = {name: folder / file for name, (package, file) in FACES.items() if (folder := _files_of(package))}
    return {name: path for name, path in found.items() if path.is_file()}


@cache
def folders() -> tuple[Path, ...]:
    """Folders of faces for what is set on paper."""
    return tuple(dict.fromkeys(path.parent for path in (*faces().values(), ETHIOPIC) if path.is_file()))
