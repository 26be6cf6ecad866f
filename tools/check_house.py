"""Sizes and shapes that keep a room readable in an afternoon. Exits 1 and names every place at fault."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ROOT / "src" / "matrikel" / "domain"
MODULE, FUNCTION, TEMPLATE, README, DOOR = 300, 60, 150, 40, 60
FORBIDDEN = {"utils.py", "helpers.py", "common.py", "misc.py", "manager.py"}


def sources() -> Iterator[Path]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def faults() -> Iterator[str]:
    for path in sources():
        name, text = path.relative_to(ROOT), path.read_text()
        if path.name in FORBIDDEN:
            yield f"{name}: say what it holds; {path.name} says nothing"
        if (lines := text.count("\n")) > MODULE:
            yield f"{name}: {lines} lines, at most {MODULE}"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno >= FUNCTION:
                length = node.end_lineno - node.lineno + 1
                yield f"{name}:{node.lineno}: {node.name} is {length} lines, at most {FUNCTION}"
        if path.name == "door.py" and text.count('    "') > DOOR:
            yield f"{name}: a door of {text.count(chr(10) + '    ' + chr(34))} names is two rooms"
    for path in sorted((ROOT / "src").rglob("templates/**/*.html")):
        if (lines := path.read_text().count("\n")) > TEMPLATE:
            yield f"{path.relative_to(ROOT)}: {lines} lines, at most {TEMPLATE}"
    for room in sorted(p for p in ROOMS.iterdir() if (p / "apps.py").exists()):
        readme = room / "README.md"
        if not readme.exists():
            yield f"{readme.relative_to(ROOT)} is missing"
        elif (lines := readme.read_text().count("\n")) > README:
            yield f"{readme.relative_to(ROOT)}: {lines} lines, at most {README}"


def main() -> int:
    found = list(faults())
    print("\n".join(found) or "The house is in order.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
