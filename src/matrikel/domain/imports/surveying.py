"""What a reading through of a file meets and a human is asked about: unknown words, case workers, duplicates."""

from collections import Counter
from typing import Any

from matrikel.domain.imports.reading import Outcome, Reading
from matrikel.domain.imports.reading.cells import fold
from matrikel.domain.imports.rules import UNKNOWN_KINDS, WORDS


class Survey:
    """Counts while rows go by; keeps no row."""

    def __init__(self) -> None:
        self.words: dict[str, Counter[str]] = {}
        self.spelling: dict[str, str] = {}
        self.workers: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.rows = 0

    def add(self, outcome: Outcome) -> None:
        self.rows += 1
        for problem in outcome.problems:
            self.kinds[problem.kind] += 1
            if field := UNKNOWN_KINDS.get(problem.kind):
                plain = fold(problem.value)
                self.spelling.setdefault(plain, problem.value)
                self.words.setdefault(field, Counter())[plain] += 1
        if outcome.record and outcome.record.caseworker:
            self.workers[outcome.record.caseworker] += 1

    def result(self, reading: Reading) -> dict[str, Any]:
        """As it is stored with the batch."""
        columns = {column.field for sheet in reading.sheets for column in sheet.headings.columns}
        return {
            "rows": self.rows,
            "words": {
                field: [[plain, self.spelling[plain], count] for plain, count in found.most_common(WORDS)]
                for field, found in self.words.items()
            },
            "workers": self.workers.most_common(WORDS),
            "kinds": dict(self.kinds),
            "says_protected": "protected" in columns,
            "says_studies": any(name and name.startswith("studies_") for name in columns),
            "sheets": [sheet.name for sheet in reading.sheets],
            "format": reading.format,
        }
