"""Working out ahead, once a run is published, what must be held back from each of its readers (decision 0054)."""

from dataclasses import replace

from django.db import transaction

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.attacked import Kept
from matrikel.domain.figures.models import Figure, Published, Run
from matrikel.domain.figures.reader import Reader
from matrikel.domain.figures.sources import Held, read
from matrikel.domain.trail import door as trail
from matrikel.kernel.acting import Acting

OF = "figures.run"


def attack(*, run: Run, by: Acting) -> None:
    """Attack the figures of a run as every reader of the board, and every reader of the county alone, will see them.

    What is kept decides nothing but how fast a page is: what is not there is worked out when it is looked at.
    Between the figures nothing is locked.
    """
    counted = Figure.objects.filter(run=run, is_current=True).values_list("indicator", flat=True)
    definitions = [catalogue.definition(each) for each in counted]
    for held in read(by, definitions).values():
        of_board, of_county = _by_readers(held), _by_the_county(held)
        with transaction.atomic():
            Figure.objects.filter(run=run, indicator=held.definition.id).update(attacked=of_board)
            Published.objects.filter(run_id=run.pk, indicator=held.definition.id).update(attacked=of_county)
    with transaction.atomic():
        trail.note("figures.run.attacked", by=by, object=run.pk, of=OF, figures=len(definitions))


def _by_readers(held: Held) -> Kept:
    """For those who work with the persons of each unit, and for those of the board who work with nobody's."""
    around = held.surroundings
    kept: Kept = {}
    stands = [replace(around, with_people=False)]
    stands += [replace(around, with_people=True, unit=place.key) for place in around.units]
    for each in stands:
        Reader(replace(held, surroundings=each, kept=kept)).judge_everything()
    return kept


def _by_the_county(held: Held) -> Kept:
    kept: Kept = {}
    around = replace(held.surroundings, with_people=False)
    Reader(replace(held, surroundings=around, figure=None, kept=kept)).judge_everything()
    return kept
