"""What the engines' definition files have in common: TOML with file and line, faults in two languages, fingerprints.

Each engine brings its own messages: a mapping from code to (English, Swedish), with `COMMON` in it.
"""

from .messages import COMMON
from .node import Node, Source, hint
from .plain import read_plain, to_plain
from .problems import Faulty, Lang, Messages, Problem, Words
from .reading import read_toml

__all__ = [
    "COMMON",
    "Faulty",
    "Lang",
    "Messages",
    "Node",
    "Problem",
    "Source",
    "Words",
    "hint",
    "read_plain",
    "read_toml",
    "to_plain",
]
