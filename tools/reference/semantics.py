"""The page of the rules of counting, made from the tests that hold them."""

import ast

from tools.reference.markdown import ROOT, page, prose

SPECS = ROOT / "tests" / "stats" / "spec" / "test_stats_semantics.py"


def semantics() -> str:
    """Return the rules of counting: each is the text of a test that holds it."""
    module = ast.parse(SPECS.read_text(encoding="utf-8"))
    tests = [each for each in module.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")]
    told = [(each, ast.get_docstring(each)) for each in tests]
    place = SPECS.relative_to(ROOT).as_posix()
    return page(
        "Semantics", f"the texts of the tests in `{place}`",
        prose(
            "How things are counted: what a definition means where it says nothing, and what it can say instead. Every "
            f"rule below is the text of a test in [{place}](../../{place}) that holds it on both engines. Why the "
            "defaults are what they are: [decision 0021](../decisions/0021-days-windows-ages.md) and "
            "[decision 0031](../decisions/0031-choices-of-a-time-to-event.md). The keys: [statistics](statistics.md)."
        ),
        *(rule(each, text) for each, text in told if text),
    )  # fmt: skip


def rule(test: ast.FunctionDef, text: str) -> str:
    first, *rest = text.split("\n\n")
    words = test.name.removeprefix("test_").replace("_", " ")
    return "\n".join([f"## {words[:1].upper()}{words[1:]}", "", prose(" ".join([first, *rest]))])
