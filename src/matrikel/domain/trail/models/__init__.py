from matrikel.domain.trail.models.entry import Entry, Head
from matrikel.domain.trail.models.receipt import Receipt

__all__ = ["Entry", "Head", "Receipt"]
