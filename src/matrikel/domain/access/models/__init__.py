from matrikel.domain.access.models.organisation import Board, Installation, Municipality, Unit
from matrikel.domain.access.models.relation import BoardRow, Relation
from matrikel.domain.access.models.staff import Post, User

__all__ = ["Board", "BoardRow", "Installation", "Municipality", "Post", "Relation", "Unit", "User"]
