"""A definition in plain Swedish or English, rendered from the very object the engines run."""

from matrikel_stats.declared.codes import undated
from matrikel_stats.declared.definition import Anchor, Branch, Condition, Definition, Match, Outcome, Rows
from matrikel_stats.problems import Lang

from .counting_prose import LIMITS, TABLES, counted_prose
from .words import MEANINGS, attribute_label, join, pick, reason_label, spaced, value_label, window_prose

__all__ = [
    "anchor_prose",
    "attribute_label",
    "counts_prose",
    "explain",
    "limits_prose",
    "pick",
    "reason_label",
    "target_prose",
    "value_label",
    "window_prose",
]


def rows_prose(definition: Definition, rows: Rows, lang: Lang) -> str:
    """Return the kinds and attributes of rows in words."""
    if rows.table in TABLES:
        return pick(TABLES[rows.table], lang)
    name = "activities" if rows.table == "spells" else "events"
    kinds = list(dict.fromkeys(kind.value for kind in rows.kinds))
    labels = [_lower(definition.codes.label(name, kind, lang)) for kind in kinds]
    text = join(labels, lang)
    if rows.counts_as:
        meanings = join([pick(MEANINGS.get(each, (each, each)), lang) for each in rows.counts_as], lang)
        text = pick((f"det som räknas som {meanings} ({text})", f"what counts as {meanings} ({text})"), lang)
    for match in rows.where:
        text += f", {match_prose(definition, match, lang)}"
    return text


def match_prose(definition: Definition, match: Match, lang: Lang) -> str:
    """Return an attribute condition in words."""
    values = list(dict.fromkeys(dated.value for dated in match.values))
    labels = join([spaced(_lower(value_label(definition, match.attribute, value, lang))) for value in values], lang)
    label = attribute_label(match.attribute, lang)
    if match.counts_as:
        meanings = join([pick(MEANINGS.get(each, (each, each)), lang) for each in match.counts_as], lang)
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
    if definition.parts:
        return pick(("Det som delarna utgår från.", "What the parts start from."), lang)
    rows = rows_prose(definition, cohort.anchor.rows, lang)
    text = rows[:1].upper() + rows[1:] if definition.is_periodic else f"{_take(cohort.anchor, lang)} {rows}"
    if cohort.anchor.per:
        text += pick((" i varje ", " in each "), lang) + attribute_label(cohort.anchor.per, lang)
    if cohort.anchor.until:
        text += pick((", till och med ", ", up to and including "), lang) + rows_prose(
            definition, cohort.anchor.until, lang
        )
    terms = [match_prose(definition, match, lang) for match in cohort.where]
    if cohort.first_age is not None or cohort.last_age is not None:
        at_the_end = definition.kind in ("long_term", "amount", "attendance")
        when = ("vid periodens slut", "at the end of the period") if at_the_end else ("den dagen", "that day")
        terms.append(_ages(cohort.first_age, cohort.last_age, pick(when, lang), lang))
    if cohort.sex:
        terms.append(_lower(value_label(definition, "sex", cohort.sex, lang)))
    return "; ".join([text, *terms]) + "."


def _ages(first: int | None, last: int | None, when: str, lang: Lang) -> str:
    if first is None:
        return pick((f"högst {last} år {when}", f"at most {last} years old {when}"), lang)
    if last is None:
        return pick((f"minst {first} år {when}", f"at least {first} years old {when}"), lang)
    return pick((f"{first}–{last} år {when}", f"{first}–{last} years old {when}"), lang)


def counts_prose(definition: Definition, lang: Lang) -> str:
    """Return in one sentence what counts."""
    if definition.is_periodic or definition.parts:
        return counted_prose(definition, lang)
    assert definition.outcome is not None
    outcome = outcome_prose(definition, definition.outcome, lang)
    if definition.kind == "duration":
        return pick((f"Tiden till: {outcome}.", f"The time until: {outcome}."), lang)
    if definition.at is not None:
        after = window_prose(definition.at, lang)
        return pick((f"Den dag som infaller {after} senare: {outcome}.", f"On the day {after} later: {outcome}."), lang)
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
    if condition.at_end and definition.at is None:
        text += pick((", som gäller den sista dagen", ", holding on the last day"), lang)
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
    if definition.at is not None:
        lines.append(
            pick(
                (
                    "Dagen är årsdagen, månadsdagen eller så många dagar senare; det som slutar den dagen gäller ännu. "
                    "Den vars dag ligger efter frysdagen är ännu inte mogen och räknas inte som misslyckad.",
                    "The day is the anniversary, or that many days later; what ends that day still holds. Someone "
                    "whose day is after the freeze date is not yet mature, and never a failure.",
                ),
                lang,
            )
        )
    elif definition.window and definition.window.months:
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
    add("Gränser", "Limits", limits_prose(definition, lang))
    add("Ansvarig", "Owner", definition.owner)
    add("Källa", "Source", definition.source)
    add("Lag", "Law", definition.law)
    logic = pick(("logik", "logic"), lang)
    add("Version", "Version", f"{definition.version} ({logic} {definition.logic_hash}, text {definition.text_hash})")
    return "\n".join(lines).rstrip() + "\n"


def limits_prose(definition: Definition, lang: Lang) -> str:
    """Return how the limits of a value are reckoned, empty for numbers of persons."""
    return pick(LIMITS[definition.limits_by], lang) if definition.limits_by else ""


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
    if leaving.dropped:
        text += pick(
            (
                "; den som lämnar före utfallet räknas inte i andelen",
                "; who leaves before the outcome is not in the share",
            ),
            lang,
        )
    return text


def target_prose(definition: Definition, lang: Lang) -> str:
    """Return the target in words, empty without one."""
    target = definition.target
    if target is None:
        return ""
    word = pick(("minst", "at least") if target.at_least else ("högst", "at most"), lang)
    if definition.measure == "share":
        return f"{word} {target.value * 100:g} %".replace(".", "," if lang == "sv" else ".")
    return f"{word} {target.value:g}"
