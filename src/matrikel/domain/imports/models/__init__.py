from matrikel.domain.imports.models.batch import Batch
from matrikel.domain.imports.models.row import Row

__all__ = ["Batch", "Row"]
