"""What is counted by period, in words: flows, stocks, months of assistance, ratios, sums, scores, means of others."""

from matrikel_stats.declared.definition import Definition
from matrikel_stats.problems import Lang

from .words import join, pick, spaced

TABLES: dict[str, tuple[str, str]] = {
    "assistance_months": ("månad med ekonomiskt bistånd", "month with economic assistance"),
    "attendance": ("planerade och besökta tillfällen", "occasions planned and attended"),
    "responses": ("svar på instrumentet", "answers to the instrument"),
}
LIMITS: dict[str, tuple[str, str]] = {
    "wilson": ("Wilsons metod", "Wilson's method"),
    "normal": ("normalfördelningen", "the normal distribution"),
    "poisson": ("Poissonfördelningen, exakta", "the Poisson distribution, exact"),
    "linearised": (
        "linearisering över hushåll eller personer",
        "linearisation over households or persons",
    ),
    "bootstrap": ("upprepad dragning med fast frö", "drawing again with a fixed seed"),
}
_MOMENTS: dict[str, tuple[str, str]] = {
    "31 december": ("Personer för vilka det gäller den 31 december.", "Persons for whom it holds on 31 December."),
    "month_end": ("Personer för vilka det gäller månadens sista dag.", "Persons for whom it holds at month end."),
    "any_time_in_year": (
        "Personer för vilka det gäller någon dag under året.",
        "Persons for whom it holds on any day of the year.",
    ),
}


def counted_prose(definition: Definition, lang: Lang) -> str:
    """Return in a sentence or two what counts, for the kinds counted by period and for means of others."""
    if definition.parts:
        return _composite(definition, lang)
    if definition.long_term:
        return _long_term(definition, lang)
    if definition.score:
        return _score(definition, lang)
    if definition.kind in ("amount", "attendance"):
        return _summed(definition, lang)
    text = pick(_MOMENTS[definition.moment], lang) if definition.moment else _flow(definition, lang)
    if definition.mean_of > 1:
        n = definition.mean_of
        text += pick((f" Medelvärde av {n} månader.", f" Mean of {n} months."), lang)
    if definition.kind == "ratio":
        per = f"{definition.per:,}".replace(",", "\u00a0")
        text += pick(
            (
                f" Per {per} invånare i befolkningen samma år, med samma kön, ålder och annat som befolkningen är "
                "känd efter.",
                f" Per {per} inhabitants of the same year, by sex, age and what else the population is known by.",
            ),
            lang,
        )
    return text


def _every(definition: Definition, lang: Lang) -> str:
    return pick({"year": ("år", "year"), "month": ("månad", "month")}[definition.every], lang)


def _flow(definition: Definition, lang: Lang) -> str:
    every = _every(definition, lang)
    if definition.count == "persons":
        words = (f"Personer per {every}; den som har flera räknas en gång.", f"Persons per {every}, each counted once.")
        return pick(words, lang)
    return pick((f"Antal tillfällen per {every}.", f"Number of occurrences per {every}."), lang)


def _long_term(definition: Definition, lang: Lang) -> str:
    rule = definition.long_term
    assert rule is not None
    gap = rule.longest_break
    sv, en = "", ""
    if gap is not None:
        sv = f" med uppehåll på högst {gap} {'månad' if gap == 1 else 'månader'} i rad"
        en = f" with breaks of at most {gap} {'month' if gap == 1 else 'months'} in a row"
    return pick(
        (
            f"Av dem som fick bistånd någon månad under året: de som fick det minst {rule.at_least} av de {rule.of} "
            f"månader som slutar med december{sv}. Den som fick bistånd på flera håll räknas där årets sista månad "
            "står. Ett år vars månader börjar före uppgifterna räknas inte.",
            f"Of those with assistance in any month of the year: those who had it in at least {rule.at_least} of the "
            f"{rule.of} months ending in December{en}. Someone with assistance in several places is counted where the "
            "last month of the year stands. A year whose months begin before the data is not counted.",
        ),
        lang,
    )


def _summed(definition: Definition, lang: Lang) -> str:
    every = _every(definition, lang)
    if definition.kind == "attendance":
        return pick((f"Närvaro av det planerade, per {every}.", f"Attended of planned, per {every}."), lang)
    return pick(
        (
            f"Kronor per hushåll och månad med bistånd, per {every}. Ett hushåll räknas där dess senaste månad står; "
            "den som saknar hushåll är ett eget.",
            f"Kronor per household and month with assistance, per {every}. A household is counted where its latest "
            "month stands; a person without one is a household.",
        ),
        lang,
    )


def _score(definition: Definition, lang: Lang) -> str:
    score = definition.score
    assert score is not None
    items = join([spaced(item) for item in score.items], lang, ("och", "and"))
    instrument = spaced(score.instrument)
    sv = "index 0–100" if score.index else "summan"
    en = "index 0-100" if score.index else "the sum"
    first = score.take == "first"
    answers = tuple(
        text.format(score.at_least, len(score.items)) for text in ("minst {} av {} svar", "at least {} of {} answers")
    )
    enough = answers if score.at_least else ("alla svar", "every answer")
    return pick(
        (
            f"{instrument}: {sv} av {items}, varje svar {score.least}–{score.most}; årets "
            f"{'första' if first else 'sista'} tillfälle med {enough[0]}.",
            f"{instrument}: {en} of {items}, each answer {score.least}-{score.most}; the "
            f"{'first' if first else 'last'} occasion of the year with {enough[1]}.",
        ),
        lang,
    )


def _composite(definition: Definition, lang: Lang) -> str:
    parts = [f"{part.definition.text(lang).name} ({part.weight})" for part in definition.parts]
    named = join(parts, lang, ("och", "and"))
    return pick((f"Vägt medelvärde av {named}.", f"Weighted mean of {named}."), lang)
