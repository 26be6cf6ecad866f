"""`matrikel figures run|show|explain`: the same figures as on the pages, with the same numbers hidden."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from matrikel.cli import installation, posts
from matrikel.cli.faults import Fault
from matrikel.cli.wording import _


def add_to(nouns: Any) -> None:
    verbs = nouns.add_parser("figures", help=_("mått och resultat")).add_subparsers(required=True, metavar=_("VAD"))
    run = verbs.add_parser("run", help=_("räkna om nämndens mått ur registret"))
    run.add_argument("indicator", nargs="*", metavar=_("MÅTT"), help=_("bara dessa mått (annars alla)"))
    run.add_argument("--freeze", metavar=_("DAG"), help=_("sista dagen som räknas, 2026-10-31 (i dag om inget sägs)"))
    run.set_defaults(run=run_run)
    show = verbs.add_parser("show", help=_("visa ett resultat, eller alla i korthet"))
    show.add_argument("indicator", nargs="?", metavar=_("MÅTT"), help=_("måttets namn (alla om inget sägs)"))
    show.add_argument("--area", default="", metavar=_("OMRÅDE"), help=_("enhet, kommun eller lan"))
    show.add_argument("--year", default="", metavar=_("ÅR"), help=_("ett år, eller alla"))
    show.add_argument("--by", default="", metavar=_("DELA"), help=_("sex, category eller place"))
    show.set_defaults(run=run_show)
    explain = verbs.add_parser("explain", help=_("hur ett mått räknas"))
    explain.add_argument("indicator", metavar=_("MÅTT"))
    explain.set_defaults(run=run_explain)
    for verb in (run, show, explain):
        posts.add_as(verb)
        verb.add_argument("--json", action="store_true", help=_("som JSON"))


def run_run(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.extract import door as extract
    from matrikel.kernel import clock

    freeze = _day(arguments.freeze) if arguments.freeze else clock.today()
    with posts.acting(arguments.post) as by:
        tell, named = _teller(arguments.json), arguments.indicator or None
        run = extract.run_figures(by=by, freeze=freeze, indicators=named, tell=tell)
    if arguments.json:
        _print(
            {
                "run": str(run.pk), "status": run.status, "freeze": run.freeze.isoformat(), "persons": run.persons,
                "figures": run.figures, "digest": run.digest, "error": run.error,
            }
        )  # fmt: skip
    if run.status != "done":
        raise Fault(*run.error.splitlines(), _("Inget är publicerat. Rätta det som står ovan och kör igen."))
    if not arguments.json:
        told = {"figures": run.figures, "persons": run.persons, "day": run.freeze.isoformat()}
        print(_("Klart: %(figures)s mått ur %(persons)s personer, till och med %(day)s.") % told)
        if run.error:
            print(run.error)
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.domain.figures import door as figures

    with posts.acting(arguments.post) as by:
        if arguments.indicator is None:
            lines = [figures.line_json(line) for line in figures.overview(by)]
            _print(lines) if arguments.json else _table(lines)
            return 0
        view = figures.show(by, arguments.indicator, area=arguments.area, year=arguments.year, split=arguments.by)
        if arguments.json:
            _print(figures.view_json(view))
        elif view.empty:
            raise Fault(_("Måttet har inte körts. Kör: matrikel figures run --as %(post)s") % {"post": arguments.post})
        else:
            print("\n".join(figures.view_lines(view)))
    return 0


def run_explain(arguments: argparse.Namespace) -> int:
    installation.start_installed()
    from matrikel.domain.figures import door as figures

    with posts.acting(arguments.post) as by:
        view = figures.show(by, arguments.indicator)
    terms = figures.explained(view).terms
    texts = view.definition.text(figures.language())
    if arguments.json:
        _print({"indicator": view.definition.id, "name": texts.name, "question": texts.question, "terms": dict(terms)})
        return 0
    print(f"{texts.name}\n{'=' * len(texts.name)}\n\n{texts.question}\n")
    for term, text in terms:
        print(f"{term}: {text}")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Fault(_("%(text)s är ingen dag. Skriv till exempel 2026-10-31.") % {"text": text}) from fault


def _teller(quiet: bool) -> Callable[[int], None] | None:
    if quiet or not sys.stderr.isatty():
        return None
    return lambda percent: print(f"\r{percent} %", end="\n" if percent == 100 else "", file=sys.stderr, flush=True)


def _print(plain: Any) -> None:
    print(json.dumps(plain, ensure_ascii=False, indent=2, default=str))


def _table(lines: list[dict[str, Any]]) -> None:
    width = max((len(line["name"]) for line in lines), default=0)
    for line in lines:
        shown = ", ".join(f"{area['place']} {area['text']}" for area in line["areas"])
        print(f"{line['name']:<{width}}  {line['year']:<7}  {shown or _('inte kört')}")
