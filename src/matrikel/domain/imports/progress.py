"""How far a batch has come. No act of anybody's, so it stays out of the log."""

from dataclasses import asdict, dataclass
from uuid import UUID

from matrikel.domain.imports.models import Batch
from matrikel.domain.imports.rules import Effect
from matrikel.kernel import clock


@dataclass
class Counts:
    """Rows dealt with: read is always good + refused + flagged + skipped. Effects are of the rows taken in."""

    good: int = 0
    refused: int = 0
    flagged: int = 0
    skipped: int = 0
    new: int = 0
    filled: int = 0
    unchanged: int = 0

    @classmethod
    def of(cls, batch: Batch) -> "Counts":
        return cls(**{name: getattr(batch, name) for name in cls.__dataclass_fields__})

    @property
    def read(self) -> int:
        return self.good + self.refused + self.flagged + self.skipped

    def add(self, status: str, effect: Effect) -> None:
        setattr(self, status, getattr(self, status) + 1)
        if effect != Effect.NONE and status != "skipped":
            setattr(self, effect.value, getattr(self, effect.value) + 1)

    def fields(self) -> dict[str, int]:
        return asdict(self) | {"rows_read": self.read}


def heard(batch_id: UUID, runner: UUID, counts: Counts) -> bool:
    """Tell how far a run has come. False when the batch has been stopped, or taken over by another run."""
    held = Batch.objects.filter(pk=batch_id, runner=runner)
    return bool(held.update(heard_at=clock.now(), **counts.fields()))
