from matrikel.domain.figures.models.figure import Figure, Published
from matrikel.domain.figures.models.run import Run

__all__ = ["Figure", "Published", "Run"]
