from matrikel.domain.access.models.key import Key
from matrikel.domain.access.models.organisation import Board, Installation, Municipality, Unit
from matrikel.domain.access.models.relation import BoardRow, Relation
from matrikel.domain.access.models.staff import Post, User

__all__ = ["Board", "BoardRow", "Installation", "Key", "Municipality", "Post", "Relation", "Unit", "User"]
