"""Two counties of the same seed are the same county."""

import time_machine
from django.db import transaction

from matrikel.demo import generate
from tests.demo.test_county import NOW, TODAY, digest


def test_the_same_seed_writes_the_same_county(db: None) -> None:
    digests = []
    for seed in (11, 11, 12):
        with time_machine.travel(NOW, tick=False), transaction.atomic():
            generate.populate(today=TODAY, seed=seed, persons=25)
            digests.append(digest())
            transaction.set_rollback(True)
    assert digests[0] == digests[1] != digests[2]
