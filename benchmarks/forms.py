"""A plan of 120 questions, opened and saved again and again as it is while somebody writes in it.

`python -m benchmarks.forms` on SQLite, `python tools/with_postgres.py python -m benchmarks.forms` on PostgreSQL. The
plan is the introduction plan with sections added, five goals with three steps each, every question answered; what the
open page sends is what its fields hold.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.web import measured, prepare_database, queries

QUESTIONS, GOALS, STEPS = 120, 5, 3
IN_EACH = 12
"""Questions in each section that is added."""
DEFINITIONS = Path(__file__).parents[1] / "definitions"
KINDS = (
    'type = "text"', 'type = "long_text"', 'type = "date"', 'type = "number"\nleast = 0\nmost = 99',
    'type = "choice"\noptions = [{ id = "yes", text = "Ja" }, { id = "no", text = "Nej" }]',
    'type = "multi_choice"\noptions = [{ id = "one", text = "Ett" }, { id = "two", text = "Två" }]',
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=200)
    asked = parser.parse_args()
    prepare_database()
    with tempfile.TemporaryDirectory() as folder:
        register(Path(folder))
        report(asked.asks)


def register(folder: Path) -> None:
    """Make a catalogue that holds the long plan and the house's code lists."""
    from django.conf import settings

    for name in ("codes", "phrases.toml"):
        (folder / name).symlink_to(DEFINITIONS / name)
    (folder / "instruments").mkdir()
    told = (DEFINITIONS / "instruments" / "introduction_plan_adult.toml").read_text(encoding="utf-8")
    told = told.replace('id = "introduction_plan_adult"', 'id = "long_plan"', 1)
    for number in range(QUESTIONS - told.count("[[groups.items]]") - told.count("[[groups.groups.items]]")):
        if number % IN_EACH == 0:
            told += f'\n[[groups]]\nid = "more{number}"\nheading = "Mer {number}"\n'
        told += f'[[groups.items]]\nid = "extra{number}"\n{KINDS[number % len(KINDS)]}\ntext = "Fråga {number}?"\n'
    (folder / "instruments" / "long_plan.toml").write_text(told, encoding="utf-8")
    settings.DEFINITIONS = folder
    settings.ALLOWED_HOSTS = ["testserver"]


def report(asks: int) -> None:
    from django.test import Client
    from django.urls import reverse

    from matrikel.base.scope import acting_as
    from matrikel.domain.access.models import User
    from matrikel.domain.cases import door as cases
    from matrikel.domain.instruments import door as instruments
    from matrikel.domain.plans import door as plans
    from matrikel.kernel import clock
    from tests.cast import assemble
    from tests.domain.cases.conftest import person_of

    by = assemble().bertil
    with acting_as(by):
        case = cases.open_case(person=person_of(by), on=clock.today(), by=by)
        plan = plans.draw_up(case=case, kind="long_plan", by=by)
        form = instruments.form_of(plan.response)
        assert len(form.items) == QUESTIONS, len(form.items)
        for name, part in instruments.sections_of(plan.response).items():
            instruments.save_section(
                response=plan.response, section=name, answers=answers(form, name), version=part.version, by=by
            )
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    page, save = (reverse(name, args=[plan.pk]) for name in ("plans-write", "plans-save"))
    work: dict[str, Callable[[], Any]] = {f"opening a plan of {QUESTIONS} questions": lambda: client.get(page)}
    for label, section, changed in (
        (f"saving a section of {IN_EACH}", f"more{IN_EACH}", f"extra{IN_EACH}"),
        (f"saving {GOALS} goals with {STEPS} steps each", "goals", "goals/g1/goal"),
    ):
        work[label] = saving(client, save, sent(client.get(page).content.decode(), form, section), changed)
    print("| what | questions to the database | p50 ms | p95 ms | max ms | CPU ms |\n|---|---:|---:|---:|---:|---:|")
    for label, do in work.items():
        figures = measured(do, asks)
        print(f"| {label} | {queries(do)} | " + " | ".join(f"{ms:.0f}" for ms in figures) + " |", flush=True)


def answers(form: Any, section: str) -> dict[str, Any]:
    """Something in every question of a section, in each row of those that repeat."""
    told: dict[str, Any] = {}

    def fill(group: Any, prefix: str) -> None:
        insides = [prefix]
        if group.rows:
            rows = [f"{group.id[0]}{number}" for number in range(1, (STEPS if prefix else GOALS) + 1)]
            told[prefix + group.id] = rows
            insides = [f"{prefix}{group.id}/{row}/" for row in rows]
        for place in insides:
            for item in group.items:
                told[place + item.id] = answer(item)
            for each in group.groups:
                fill(each, place)

    fill(next(group for group in form.groups if group.id == section), "")
    return told


def answer(item: Any) -> Any:
    if item.options:
        return [item.options[0].id] if item.type == "multi_choice" else item.options[0].id
    if item.type in ("number", "scale"):
        return int(item.least or 0)
    return "2027-06-01" if item.type == "date" else "Vi ringer på måndag."


def sent(page: str, form: Any, section: str) -> dict[str, list[str]]:
    """What the open page sends when a section saves itself."""
    from matrikel.domain.instruments.rules import section_of
    from tests.domain.instruments.test_shown_forms import Fields

    def ours(name: str) -> bool:
        return name in ("form", f"version.{section}") or section_of(form, name.split("@")[0].split("/")[0]) == section

    return {name: values for name, values in Fields(page).data.lists() if ours(name)}


def saving(client: Any, url: str, held: dict[str, list[str]], changed: str) -> Callable[[], Any]:
    """Save the section with one more word each time."""

    def save() -> Any:
        held[changed] = [f"{held[changed][0][:100]} {'ja' if held[changed][0].endswith('nej') else 'nej'}"]
        return client.post(url, held, headers={"hx-request": "true"})

    return save


if __name__ == "__main__":
    main()
