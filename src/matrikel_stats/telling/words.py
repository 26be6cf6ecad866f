"""The words prose is made of: labels of attributes, values and reasons, lengths of time, lists with and or or."""

from matrikel_stats.declared.codes import LIST_FOR_ATTRIBUTE
from matrikel_stats.declared.definition import Definition, Window
from matrikel_stats.problems import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "unknown_person": ("finns inte bland personerna", "not among the persons"),
    "after_freeze": ("ligger efter frysdatum, räknas som planerat", "after the freeze date, counted as planned"),
    "age": ("ålder utanför spannet", "age outside the range"),
    "age_unknown": ("födelsedatum saknas", "birth date missing"),
    "sex": ("det andra könet", "the other sex"),
    "sex_unknown": ("uppgift om kön saknas", "sex missing"),
    "category": ("annan kategori", "other category"),
    "before_data": ("månaderna börjar före uppgifterna", "the months begin before the data"),
    "incomplete": ("alla frågor är inte besvarade", "not every item is answered"),
    "no_anchor": ("har inte den händelse som mätningen utgår från", "does not have what the measure starts from"),
    "outside_period": ("utanför perioden", "outside the period"),
}
_ATTRIBUTES: dict[str, tuple[str, str]] = {
    "category": ("kategori", "category"),
    "municipality": ("kommun", "municipality"),
    "unit": ("enhet", "unit"),
    "sex": ("kön", "sex"),
    "age_band": ("åldersgrupp", "age band"),
    "year": ("år", "year"),
    "period": ("period", "period"),
    "result": ("resultat", "result"),
    "receiver": ("mottagare", "receiver"),
    "route": ("väg", "route"),
    "basis": ("bygger på tidigare yrke", "builds on earlier occupation"),
    "reason": ("skäl", "reason"),
}
MEANINGS: dict[str, tuple[str, str]] = {
    "work": ("arbete", "work"),
    "labour_market_activity": ("arbetsmarknadsinsats", "labour-market activity"),
    "studies": ("studier", "studies"),
    "refugee": ("flykting", "refugee"),
    "other": ("annan", "other"),
}


def pick(pair: tuple[str, str], lang: Lang) -> str:
    """Return the Swedish or the English half."""
    return pair[0] if lang == "sv" else pair[1]


def attribute_label(name: str, lang: Lang) -> str:
    """Return what an attribute or dimension is called."""
    return pick(_ATTRIBUTES.get(name, (name, name)), lang)


def value_label(definition: Definition, dimension: str, value: str, lang: Lang) -> str:
    """Return the label of a value in a breakdown."""
    if not value:
        return pick(("okänt", "unknown"), lang)
    if dimension == "age_band" and value == "other":
        return pick(("övriga", "other"), lang)
    name = LIST_FOR_ATTRIBUTE.get(dimension, "municipalities" if dimension == "municipality" else "")
    return definition.codes.label(name, value, lang)


def reason_label(definition: Definition, reason: str, lang: Lang) -> str:
    """Return why someone was left out, in words."""
    own = definition.text(lang).reasons.get(reason) or definition.texts["sv"].reasons.get(reason)
    if own:
        return own
    if reason in _WORDS:
        return pick(_WORDS[reason], lang)
    return pick(("annan {}", "other {}"), lang).format(attribute_label(reason, lang))


def join(parts: list[str], lang: Lang, last: tuple[str, str] = ("eller", "or")) -> str:
    """Return `a, b or c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {pick(last, lang)} {parts[-1]}"


def window_prose(window: Window, lang: Lang) -> str:
    """Return the length of a window."""
    n, one, several = (
        (window.months, ("månad", "month"), ("månader", "months"))
        if window.months
        else (window.days, ("dag", "day"), ("dagar", "days"))
    )
    return f"{n} {pick(one if n == 1 else several, lang)}"


def spaced(code: str) -> str:
    """Return a code of a form or a list that has no words of its own, as words."""
    return code.replace("_", " ")
