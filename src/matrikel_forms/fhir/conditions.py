"""Conditions as FHIR says them: `enableWhen` where it can, else the expression of Structured Data Capture."""

from matrikel_forms.declared.form import Condition, Form, Item

from .elements import SDC, Json, extension, step_coding, steps


def enabling(form: Form, condition: Condition | None) -> Json:
    """Return what makes an item shown.

    One leaf, or any of several, is `enableWhen`; so are several that must all hold, when each is one comparison.
    Everything else is an expression in FHIRPath. FHIR looks at the whole response: a condition within a row reads as
    true when it is true in any row.
    """
    if condition is None:
        return {}
    leaves = condition.parts if condition.op in ("all", "any") else (condition,)
    told = [_comparisons(form, leaf) for leaf in leaves]
    simple = all(told) and (condition.op != "all" or all(len(each) == 1 for each in told))
    if not simple:
        expression = {"language": "text/fhirpath", "expression": _path(form, condition)}
        found = extension(SDC + "sdc-questionnaire-enableWhenExpression", "Expression", expression)
        return {"extension": [found]}
    comparisons = [comparison for each in told for comparison in each]
    behaviour = {"enableBehavior": "all" if condition.op == "all" else "any"} if len(comparisons) > 1 else {}
    return {"enableWhen": comparisons, **behaviour}


def _comparisons(form: Form, leaf: Condition) -> list[Json]:
    """Return comparisons of which one must hold, none when FHIR cannot say it."""
    if leaf.op == "not" and leaf.parts[0].op == "answered":
        return [{"question": leaf.parts[0].item, "operator": "exists", "answerBoolean": False}]
    if leaf.op in ("all", "any", "not"):
        return []
    item = form.items[leaf.item]
    if leaf.op == "answered":
        return [{"question": item.id, "operator": "exists", "answerBoolean": True}]
    if item.type == "number":
        kind = "answerDecimal" if item.decimals or leaf.limit != int(leaf.limit or 0) else "answerInteger"
        limit = leaf.limit if kind == "answerDecimal" else int(leaf.limit or 0)
        return [{"question": item.id, "operator": ">=" if leaf.op == "at_least" else "<=", kind: limit}]
    system = step_coding(form, item, 0)["system"]
    return [
        {"question": item.id, "operator": "=", "answerCoding": {"system": system, "code": code}}
        for code in _codes(item, leaf)
    ]


def _codes(item: Item, leaf: Condition) -> list[str]:
    if leaf.op == "is":
        return list(leaf.values)
    limit = leaf.limit or 0
    return [str(step) for step in steps(item) if (step >= limit if leaf.op == "at_least" else step <= limit)]


def _path(form: Form, condition: Condition) -> str:
    if condition.op in ("all", "any"):
        return "(" + (" and " if condition.op == "all" else " or ").join(_path(form, p) for p in condition.parts) + ")"
    if condition.op == "not":
        return f"({_path(form, condition.parts[0])}).not()"
    item = form.items[condition.item]
    answers = f"%resource.descendants().where(linkId = '{item.id}').answer"
    if condition.op == "answered":
        return f"{answers}.exists()"
    if item.type == "number":
        sign = ">=" if condition.op == "at_least" else "<="
        return f"{answers}.value.where($this {sign} {condition.limit or 0:.15g}).exists()"
    codes = " | ".join(f"'{code}'" for code in _codes(item, condition)) or "{}"
    return f"{answers}.value.where(code in ({codes})).exists()"
