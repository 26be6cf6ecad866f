"""`matrikel-forms`: look at forms and their texts at the shell.

matrikel-forms check PATH                    every fault with file and line
matrikel-forms texts PATH                    how many texts are fresh, draft, stale and missing, by language
matrikel-forms texts FILE --write LANG       write or renew the file a translator works in
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .declared.catalogue import examine
from .declared.wordings import LANGUAGE, is_notice
from .problems import Problem, problem
from .translating import coverage, translation_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return 0, or 1 when something is wrong with the forms."""
    parser = argparse.ArgumentParser(prog="matrikel-forms", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--lang", choices=("sv", "en"), default="en", help="language of the messages")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="every fault with file and line").add_argument("path", type=Path)
    texts = commands.add_parser("texts", help="how far each language has come")
    texts.add_argument("path", type=Path)
    texts.add_argument("--write", metavar="LANG", help="write the side file of a language, with what there is")
    chosen = parser.parse_args(arguments)
    forms, problems = examine(chosen.path)
    serious = [found for found in problems if not is_notice(found)]
    if chosen.command == "check" or serious:
        _tell(problems, chosen.lang)
        print(f"{len(forms)} forms, {len(serious)} faults, {len(problems) - len(serious)} notices")
        return 1 if serious else 0
    if chosen.write:
        if not LANGUAGE.fullmatch(chosen.write) or chosen.write == "sv":
            _tell([problem("language_form", "--write", value=chosen.write)], chosen.lang)
            return 1
        for form in forms:
            file = Path(form.path).with_suffix(f".{chosen.write}.toml")
            file.write_text(translation_file(form, chosen.write), encoding="utf-8")
            print(f"wrote {file}")
        return 0
    for form in forms:
        for lang, states in coverage(form).items():
            print(f"{form.id:32} {lang:16} " + "  ".join(f"{count:4} {state}" for state, count in states.items()))
    return 0


def _tell(problems: Sequence[Problem], lang: str) -> None:
    for found in problems:
        print(found.text("sv" if lang == "sv" else "en"), file=sys.stderr)
