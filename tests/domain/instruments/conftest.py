"""Forms small enough to read in a test, in a catalogue of their own; Amina's case; a page that writes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from matrikel.domain.cases import door as cases
from matrikel.domain.instruments import door as instruments
from matrikel.domain.people.door import Person
from matrikel.kernel.acting import Acting
from tests.domain.cases.conftest import amina, case, person_of  # noqa: F401

DEFINITIONS = Path(__file__).parents[3] / "definitions"
HEALTH = """
id = "talk"
version = {version}
kind = "checklist"
name = "Samtal"
purpose = "Ett första samtal."
source = "Matrikel"
filled_in_by = "worker"
retention = "case"
due_again = {{ months = 6 }}
use = {{ rights = ["form.write"] }}

[[groups]]
id = "now"
heading = "Nu"
[[groups.items]]
id = "wish"
type = "long_text"
text = "Vad vill du?"
longest = 2000
required = true
[[groups.items]]
id = "level"
type = "choice"
text = "Hur går det?"
options = [{{ id = "well", text = "Bra" }}, {{ id = "badly", text = "Dåligt" }}]

[[groups]]
id = "later"
heading = "Sedan"
[[groups.items]]
id = "why"
type = "text"
text = "Vad är svårt?"
when = {{ item = "level", is = ["badly"] }}
{more}
[[groups]]
id = "steps"
heading = "Steg"
rows = {{ one = "Steg" }}
[[groups.items]]
id = "step"
type = "text"
text = "Vad?"
"""
FREDA = """
id = "violence"
version = 1
kind = "instrument"
name = "Frågor om våld"
purpose = "Egna frågor om våld i nära relation."
source = "Matrikel"
filled_in_by = "worker"
retention = "case"
sensitive = true
use = { rights = ["form.write"] }

[[groups]]
id = "asked"
heading = "Frågor"
[[groups.items]]
id = "hurt"
type = "choice"
text = "Har någon gjort dig illa?"
required = true
options = [{ id = "yes", text = "Ja", opens = "protection_check" }, { id = "no", text = "Nej" }]
"""


@pytest.fixture
def catalogue(tmp_path: Path, settings: Any) -> Path:
    """A folder of definitions: the code lists and instruments of the house, `talk` and `violence`."""
    folder = tmp_path / "instruments"
    folder.mkdir()
    (tmp_path / "codes").symlink_to(DEFINITIONS / "codes")
    (tmp_path / "phrases.toml").symlink_to(DEFINITIONS / "phrases.toml")
    for shipped in (DEFINITIONS / "instruments").glob("audit.*toml"):
        (folder / shipped.name).write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    write_talk(folder)
    (folder / "violence.toml").write_text(FREDA, encoding="utf-8")
    settings.DEFINITIONS = tmp_path
    return folder


def write_talk(folder: Path, *, version: int = 1, more: str = "") -> None:
    (folder / "talk.toml").write_text(HEALTH.format(version=version, more=more), encoding="utf-8")


@pytest.fixture
def talk(catalogue: Path, case: cases.Case, bertil: Acting) -> instruments.Response:  # noqa: F811
    """Bertil's draft of a talk with Amina."""
    return instruments.begin(case=case, form="talk", by=bertil)


Write = Callable[..., instruments.Saved]


@pytest.fixture
def write() -> Write:
    """An open page that saves a section at the version that stands."""

    def saved(
        response: instruments.Response, section: str, by: Acting, page: UUID | None = None, **answers: Any
    ) -> instruments.Saved:
        part = instruments.sections_of(instruments.response_for(by, response.pk))[section]
        return instruments.save_section(
            response=response, section=section, answers=answers, version=part.version, by=by,
            written_in=page or uuid4(),
        )  # fmt: skip

    return saved


def opened_for(person: Person, by: Acting) -> list[str]:
    return [opening.what for opening in instruments.openings_of(person, by)]
