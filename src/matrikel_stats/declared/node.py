"""A table of a definition file, with the code lists at hand while it is read."""

from dataclasses import dataclass, field

import matrikel_declared as declared
from matrikel_declared import Messages
from matrikel_stats.messages import MESSAGES

from .codes import CodeLists


@dataclass
class Source(declared.Source):
    """The file being read, with its lines, its code lists and the faults found so far."""

    codes: CodeLists
    messages: Messages = field(default_factory=lambda: MESSAGES, repr=False, kw_only=True)


Node = declared.Node[Source]
