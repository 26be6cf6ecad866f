from matrikel.domain.imports.actions.batches import (
    ask_for_preview,
    begin,
    discard,
    map_columns,
    resume,
    stop,
    undo_batch,
    upload,
)
from matrikel.domain.imports.actions.preview import preview
from matrikel.domain.imports.actions.run import run_batch
from matrikel.domain.imports.actions.undoing import run_undo
from matrikel.domain.imports.models import Batch, Row
from matrikel.domain.imports.queries import Waiting, batch_for, batches, foresee, problem_rows, waiting, workbook
from matrikel.domain.imports.telling import columns_of, fault_in_words, in_words, keep, notice_in_words, notice_kept
from matrikel.domain.imports.understanding import open_file

__all__ = [
    "Batch",
    "Row",
    "Waiting",
    "ask_for_preview",
    "batch_for",
    "batches",
    "begin",
    "columns_of",
    "discard",
    "fault_in_words",
    "foresee",
    "in_words",
    "keep",
    "map_columns",
    "notice_in_words",
    "notice_kept",
    "open_file",
    "preview",
    "problem_rows",
    "resume",
    "run_batch",
    "run_undo",
    "stop",
    "undo_batch",
    "upload",
    "waiting",
    "workbook",
]
