from matrikel.domain.trail.actions.record import deny, note, read, take_turn
from matrikel.domain.trail.actions.write import Writing, once, reached, undo, writing
from matrikel.domain.trail.queries import broken_chains, changes_since, of_board, of_person, undoable
from matrikel.domain.trail.rules import UNDO_MINUTES

__all__ = [
    "UNDO_MINUTES",
    "Writing",
    "broken_chains",
    "changes_since",
    "deny",
    "note",
    "of_board",
    "of_person",
    "once",
    "reached",
    "read",
    "take_turn",
    "undo",
    "undoable",
    "writing",
]
