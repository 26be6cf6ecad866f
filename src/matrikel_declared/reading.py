"""Reading one TOML file, or noting why it cannot be read."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .locate import Path as KeyPath
from .locate import lines_of
from .problems import Messages, Problem


def read_toml(
    file: Path, messages: Messages, problems: list[Problem]
) -> tuple[Mapping[str, Any], Mapping[KeyPath, int]] | None:
    """Return the table of a file and the line of every key, or None after noting what is wrong with the file."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        problems.append(Problem.of(messages, "not_utf8", str(file)))
        return None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{file}:{line[1]}" if line else str(file)
        problems.append(Problem.of(messages, "toml", place, reason=re.sub(r" \(at .*\)", "", str(error))))
        return None
    return data, lines_of(text.replace("\r\n", "\n"))
