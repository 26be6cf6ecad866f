"""`new`: write a commented definition to begin from. What it writes passes `check`."""

import argparse
import re
import sys
from pathlib import Path

from matrikel_stats.declared.catalogue import examine
from matrikel_stats.declared.texts import OUT_OF
from matrikel_stats.problems import Lang, StatsError, problem
from matrikel_stats.telling.prose import pick

from .options import add_language, codes_of
from .output import check_folder
from .templates import BREAKDOWNS, HEAD, SECTIONS

KINDS: tuple[str, ...] = tuple(SECTIONS)
_COMMENT = re.compile(r"^# (.+) \| (.+)$", re.MULTILINE)


def add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", help="name of the file and the indicator, such as work_18_months")
    parser.add_argument("--kind", choices=KINDS, help="what sort of figure it is")
    parser.add_argument("--name", help="what it is called, in Swedish")
    parser.add_argument("--out", type=Path, default=Path("."), metavar="DIR", help="folder to write in; here")
    add_language(parser)
    parser.set_defaults(act=new)


def new(arguments: argparse.Namespace) -> int:
    name = arguments.id or _asked(pick(("Id (små bokstäver, _)", "Id (lower case, _)"), arguments.lang), "id")
    kind = arguments.kind or _asked(pick(("Slag", "Kind"), arguments.lang) + f" ({', '.join(KINDS)})", "--kind")
    if kind not in KINDS:
        raise StatsError([
            problem("indicator_kind_unknown", "--kind", value=kind, hint="", allowed=", ".join(KINDS))
        ])  # fmt: skip
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise StatsError([problem("id_form", "id", value=name)])
    path = arguments.out / f"{name}.toml"
    check_folder(path)
    codes = codes_of(arguments, arguments.out)
    text = template(name, kind, arguments.lang, title=arguments.name or "")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise StatsError([problem("definition_there", str(path))]) from None
    except OSError as error:
        raise StatsError([problem("cannot_write", str(path), reason=error.strerror)]) from None
    _, problems = examine(path, codes)
    if problems:
        # Another code list than ours may lack the kinds of the example: the file is right all the same.
        print("\n".join(found.text(arguments.lang) for found in problems), file=sys.stderr)
    print(pick((f"Skrev {path}. Rätta den och kör check.", f"Wrote {path}. Change it and run check."), arguments.lang))
    return 0


def template(name: str, kind: str, lang: Lang, *, title: str = "") -> str:
    """Return a commented definition of a kind."""
    title = title or name.replace("_", " ").capitalize()
    prose = pick((f"Mått av slaget {kind}.", f"An indicator of the kind {kind}."), lang)
    rows = [
        line
        for line in HEAD.splitlines()
        if kind in OUT_OF or not line.startswith("denominator")
    ]  # fmt: skip
    head = "\n".join(rows).format(
        prose=prose, id=name, kind=kind, name=title.replace('"', "'"), question="Hur många eller hur stor andel?",
        numerator="De som räknas.", denominator="Alla som kunde ha räknats.", owner="Enheten",
        source="Verksamhetsplanen",
        breakdowns="breakdowns = " + BREAKDOWNS.get(kind, '[["sex"]]'),
    )  # fmt: skip
    return _COMMENT.sub(lambda found: f"# {found[1 if lang == 'sv' else 2]}", f"{head}\n\n{SECTIONS[kind]}")


def _asked(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise StatsError([problem("option_needed", option)])
    return input(f"{question}: ").strip()
