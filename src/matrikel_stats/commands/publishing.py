"""`publish`, `receive` and `key`: give figures away without persons, and take in those of others."""

import argparse
import sys
from pathlib import Path

from matrikel_stats.exchange.keys import new_key, read_key, read_trust, trust_line
from matrikel_stats.exchange.kolada import data_file, values_of
from matrikel_stats.problems import StatsError, problem
from matrikel_stats.telling.prose import pick

from .counting import count_all, refused_text
from .options import add_counting, add_language, definitions_of
from .output import as_json, check_folder, check_output, write


def add_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", type=Path, metavar="FILE", help="where the private key is written; only you may read it"
    )
    parser.add_argument("--name", required=True, help="the name it signs as")
    add_language(parser)
    parser.set_defaults(act=key)


def key(arguments: argparse.Namespace) -> int:
    made = new_key(arguments.path, arguments.name)
    words = ("Ge raden till dem som ska lita på dig:", "Give this line to those who shall trust you:")
    print(f"{pick(words, arguments.lang)}\n{trust_line(made)}")
    return 0


def add_publish(parser: argparse.ArgumentParser) -> None:
    add_counting(parser)
    parser.add_argument("--area", required=True, metavar="CODE", help="SCB code of the municipality or county")
    parser.add_argument("--area-name", metavar="NAME", help="its name (package)")
    parser.add_argument("--key", type=Path, metavar="FILE", help="private key to sign with (package)")
    parser.add_argument("--kpi", metavar="ID", help="id of the key figure (kolada)")
    parser.add_argument("--leave-out", action="store_true", help="leave out what cannot be counted, and tell it")
    parser.add_argument("--format", choices=("package", "kolada"), default="package", help="form of the result")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="a .zip file, a new folder, or a .json file"
    )
    add_language(parser)
    parser.set_defaults(act=publish)


def publish(arguments: argparse.Namespace) -> int:
    """Count, protect, check and write. Nothing is published when an indicator cannot be counted, unless left out."""
    from matrikel_stats.exchange.package import Area, write_package

    check_output(arguments)
    wanted = ("kpi",) if arguments.format == "kolada" else ("area_name", "key")
    if lacking := [name for name in wanted if getattr(arguments, name) is None]:
        raise StatsError([problem("option_needed", f"--{name.replace('_', '-')}") for name in lacking])
    signing = read_key(arguments.key) if arguments.format == "package" else None
    definitions, codes = definitions_of(arguments)
    counted = count_all(arguments, definitions, codes, protected=arguments.format == "kolada")
    if counted.refused and not arguments.leave_out:
        raise StatsError([found for _, problems in counted.refused for found in problems])
    if arguments.format == "kolada":
        if len(counted.results) != 1:
            raise StatsError([problem("one_indicator", str(arguments.indicators), count=len(counted.results))])
        values = values_of(counted.results[0], arguments.kpi, arguments.area)
        if not values:
            raise StatsError([problem("kolada_years", str(arguments.indicators))])
        write(arguments, as_json(data_file(values)))
    else:
        assert signing is not None
        area = Area(arguments.area, arguments.area_name)
        write_package(arguments.out, counted.results, counted.definitions, area=area, key=signing)
    sys.stderr.write(refused_text(counted.refused, arguments.lang))
    done = len(counted.results)
    one = "indicator" if done == 1 else "indicators"
    words = (f"{done} mått skrivna till {arguments.out}", f"{done} {one} written to {arguments.out}")
    print(pick(words, arguments.lang))
    return 0


def add_receive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PACKAGE")
    parser.add_argument("--trust", type=Path, required=True, metavar="FILE", help="known signers")
    parser.add_argument("--indicators", type=Path, required=True, metavar="FILE_OR_DIR", help="one's own definitions")
    parser.add_argument("--into", type=Path, metavar="DIR", help="keep the package there once it has passed")
    add_language(parser)
    parser.set_defaults(act=receive)


def receive(arguments: argparse.Namespace) -> int:
    from matrikel_stats.exchange.receive import read_package

    definitions, _ = definitions_of(arguments)
    found = read_package(arguments.path, read_trust(arguments.trust), definitions)
    lang = arguments.lang
    signed = pick(("signerat av", "signed by"), lang)
    print(f"{found.area.name} ({found.area.code}), {signed} {found.signer}, {found.freeze}, {found.digest}")
    for indicator in found.indicators:
        print(f"  {indicator.names.get(lang) or indicator.id}  {indicator.logic_hash}")
    for name in found.left_out:
        print("  " + pick((f"{name}: finns inte här, utelämnat", f"{name}: not known here, left out"), lang))
    if arguments.into is not None:
        print(_kept(arguments.path, arguments.into / f"{found.area.code}-{found.freeze}-{found.digest}"))
    return 0


def _kept(path: Path, target: Path) -> str:
    """Copy a package that has passed into a folder, named by area, freeze date and digest."""
    from matrikel_stats.exchange.package import copy_package

    check_folder(target)
    return str(copy_package(path, target))
