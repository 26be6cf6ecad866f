from matrikel.domain.trail.actions.gather import together
from matrikel.domain.trail.actions.record import deny, memo, note, read, take_turn
from matrikel.domain.trail.actions.write import Writing, new_rows, once, reached, under_way, undo, writing
from matrikel.domain.trail.queries import broken_chains, changes_since, of_board, of_person, undoable
from matrikel.domain.trail.rules import UNDO_MINUTES

__all__ = [
    "UNDO_MINUTES",
    "Writing",
    "broken_chains",
    "changes_since",
    "deny",
    "memo",
    "new_rows",
    "note",
    "of_board",
    "of_person",
    "once",
    "reached",
    "read",
    "take_turn",
    "together",
    "under_way",
    "undo",
    "undoable",
    "writing",
]
