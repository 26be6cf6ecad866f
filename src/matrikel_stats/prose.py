"""A definition in plain Swedish or English, rendered from the very object the engines run."""

from .codes import LIST_FOR_ATTRIBUTE, undated
from .definition import Anchor, Branch, Condition, Definition, Match, Outcome, Rows, Window
from .problems import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "unknown_person": ("finns inte bland personerna", "not among the persons"),
    "after_freeze": ("ligger efter frysdatum, räknas som planerat", "after the freeze date, counted as planned"),
    "age": ("ålder utanför spannet", "age outside the range"),
    "age_unknown": ("födelsedatum saknas", "birth date missing"),
    "sex": ("det andra könet", "the other sex"),
    "sex_unknown": ("uppgift om kön saknas", "sex missing"),
    "category": ("annan kategori", "other category"),
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
_MEANINGS: dict[str, tuple[str, str]] = {
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
    if window.months:
        return pick((f"{window.months} månader", f"{window.months} months"), lang)
    return pick((f"{window.days} dagar", f"{window.days} days"), lang)


def rows_prose(definition: Definition, rows: Rows, lang: Lang) -> str:
    """Return the kinds and attributes of rows in words."""
    name = "activities" if rows.table == "spells" else "events"
    kinds = list(dict.fromkeys(kind.value for kind in rows.kinds))
    labels = [_lower(definition.codes.label(name, kind, lang)) for kind in kinds]
    text = join(labels, lang)
    if rows.counts_as:
        meanings = join([pick(_MEANINGS.get(each, (each, each)), lang) for each in rows.counts_as], lang)
        text = pick((f"det som räknas som {meanings} ({text})", f"what counts as {meanings} ({text})"), lang)
    for match in rows.where:
        text += f", {match_prose(definition, match, lang)}"
    return text


def match_prose(definition: Definition, match: Match, lang: Lang) -> str:
    """Return an attribute condition in words."""
    values = list(dict.fromkeys(dated.value for dated in match.values))
    labels = join([_lower(value_label(definition, match.attribute, value, lang)) for value in values], lang)
    label = attribute_label(match.attribute, lang)
    if match.counts_as:
        meanings = join([pick(_MEANINGS.get(each, (each, each)), lang) for each in match.counts_as], lang)
        return pick(
            (f"{label} som räknas som {meanings} ({labels})", f"{label} counting as {meanings} ({labels})"), lang
        )
    return f"{label}: {labels}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _take(anchor: Anchor, lang: Lang) -> str:
    word = {
        "first": ("Den första dagen för", "The first day of"),
        "last": ("Den senaste dagen för", "The latest day of"),
        "every": ("Varje dag för", "Every day of"),
    }[anchor.take]
    return pick(word, lang)


def anchor_prose(definition: Definition, lang: Lang) -> str:
    """Return in one sentence what the measure starts from and who belongs to the cohort."""
    cohort = definition.cohort
    rows = rows_prose(definition, cohort.anchor.rows, lang)
    if definition.kind in ("flow", "stock"):
        text = rows[:1].upper() + rows[1:]
    else:
        text = f"{_take(cohort.anchor, lang)} {rows}"
    if cohort.anchor.per:
        text += pick((" i varje ", " in each "), lang) + attribute_label(cohort.anchor.per, lang)
    if cohort.anchor.until:
        text += pick((", till och med ", ", up to and including "), lang) + rows_prose(
            definition, cohort.anchor.until, lang
        )
    terms = [match_prose(definition, match, lang) for match in cohort.where]
    if cohort.first_age is not None or cohort.last_age is not None:
        terms.append(_ages(cohort.first_age, cohort.last_age, lang))
    if cohort.sex:
        terms.append(_lower(value_label(definition, "sex", cohort.sex, lang)))
    return "; ".join([text, *terms]) + "."


def _ages(first: int | None, last: int | None, lang: Lang) -> str:
    if first is None:
        return pick((f"högst {last} år den dagen", f"at most {last} years old that day"), lang)
    if last is None:
        return pick((f"minst {first} år den dagen", f"at least {first} years old that day"), lang)
    return pick((f"{first}–{last} år den dagen", f"{first}–{last} years old that day"), lang)


def counts_prose(definition: Definition, lang: Lang) -> str:
    """Return in one sentence what counts."""
    if definition.kind == "flow":
        every = pick({"year": ("år", "year"), "month": ("månad", "month")}[definition.every], lang)
        if definition.count == "persons":
            return pick(
                (
                    f"Personer per {every}; den som har flera räknas en gång.",
                    f"Persons per {every}, each counted once.",
                ),
                lang,
            )
        return pick((f"Antal tillfällen per {every}.", f"Number of occurrences per {every}."), lang)
    if definition.kind == "stock":
        moments = {
            "31 december": (
                "Personer för vilka det gäller den 31 december.",
                "Persons for whom it holds on 31 December.",
            ),
            "month_end": (
                "Personer för vilka det gäller månadens sista dag.",
                "Persons for whom it holds at month end.",
            ),
            "any_time_in_year": (
                "Personer för vilka det gäller någon dag under året.",
                "Persons for whom it holds on any day of the year.",
            ),
        }
        return pick(moments[definition.moment or "31 december"], lang)
    assert definition.outcome is not None
    outcome = outcome_prose(definition, definition.outcome, lang)
    if definition.kind == "duration":
        return pick((f"Tiden till: {outcome}.", f"The time until: {outcome}."), lang)
    assert definition.window is not None
    within = window_prose(definition.window, lang)
    return pick((f"Inom {within}: {outcome}.", f"Within {within}: {outcome}."), lang)


def outcome_prose(definition: Definition, outcome: Outcome, lang: Lang, nested: bool = False) -> str:
    """Return an outcome tree in words, with brackets where parts are nested."""
    if isinstance(outcome, Branch):
        word = ("eller", "or") if outcome.op == "any" else ("och", "and")
        text = f" {pick(word, lang)} ".join(outcome_prose(definition, part, lang, True) for part in outcome.parts)
        return f"({text})" if nested and len(outcome.parts) > 1 else text
    return _condition_prose(definition, outcome, lang)


def _condition_prose(definition: Definition, condition: Condition, lang: Lang) -> str:
    text = rows_prose(definition, condition.rows, lang)
    if condition.completed:
        return text + pick((", avslutad inom tiden", ", completed within the time"), lang)
    if condition.total_days:
        return pick(
            (f"minst {condition.total_days} dagar {text}", f"at least {condition.total_days} days of {text}"), lang
        )
    if condition.rows.table == "spells" and not condition.running:
        return text + pick((" som börjar samma dag eller senare", " beginning that day or later"), lang)
    return text


def explain(definition: Definition, lang: Lang = "sv") -> str:
    """Return the whole definition in prose, a heading and short paragraphs."""
    texts = definition.text(lang)
    lines = [texts.name, "=" * len(texts.name), "", texts.question, ""]

    def add(sv: str, en: str, text: str) -> None:
        if text:
            lines.append(f"{pick((sv, en), lang)}: {text}")

    add("Räknas", "Counted", texts.numerator)
    add("Av", "Out of", texts.denominator)
    add("Läsning", "Reading", texts.reading)
    lines.append("")
    add("Utgångspunkt", "Starts from", anchor_prose(definition, lang))
    add("Det som räknas", "What counts", counts_prose(definition, lang))
    for exclusion in definition.cohort.exclusions:
        add("Undantas", "Left out", reason_label(definition, exclusion.id, lang))
    add("Lämnar mätningen", "Leaves the measure", _leaving_prose(definition, lang))
    if definition.window and definition.window.months:
        lines.append(
            pick(
                (
                    "Sista dagen är den före årsdagen eller månadsdagen. Den vars tid inte har gått ut på frysdagen är "
                    "ännu inte mogen och räknas inte som misslyckad.",
                    "The last day is the one before the anniversary. Someone whose time has not run out on the freeze "
                    "date is not yet mature, and never a failure.",
                ),
                lang,
            )
        )
    lines.append("")
    add("Mål", "Target", target_prose(definition, lang))
    add("Fördelas på", "Broken down by", "; ".join(_dimensions(each, lang) for each in definition.breakdowns))
    add("Ansvarig", "Owner", definition.owner)
    add("Källa", "Source", definition.source)
    add("Lag", "Law", definition.law)
    add("Version", "Version", f"{definition.version} (logic {definition.logic_hash}, text {definition.text_hash})")
    return "\n".join(lines).rstrip() + "\n"


def _dimensions(names: tuple[str, ...], lang: Lang) -> str:
    return " × ".join(attribute_label(name, lang) for name in names)


def _leaving_prose(definition: Definition, lang: Lang) -> str:
    leaving = definition.leaving
    kinds = [*leaving.events, *leaving.deaths]
    if not kinds:
        return ""
    text = rows_prose(definition, Rows("events", undated(kinds)), lang)
    if leaving.anchor_ends:
        text += pick((", eller när utgångsperioden tar slut", ", or when the anchor spell ends"), lang)
    return text


def target_prose(definition: Definition, lang: Lang) -> str:
    """Return the target in words, empty without one."""
    target = definition.target
    if target is None:
        return ""
    word = pick(("minst", "at least") if target.at_least else ("högst", "at most"), lang)
    if definition.kind == "reached":
        return f"{word} {target.value * 100:g} %".replace(".", "," if lang == "sv" else ".")
    return f"{word} {target.value:g}"
