"""Sentences for the journals of people who do not exist. Harmless on purpose."""

from datetime import date, datetime, time
from random import Random

from matrikel.demo.plan import Entry
from matrikel.kernel.clock import SWEDEN

KINDS = ("visit", "phone", "letter", "meeting", "other")
SENTENCES: dict[str, tuple[str, ...]] = {
    "visit": (
        "Besök på kontoret. Vi gick igenom veckans tider och vem som hjälper till med vad.",
        "Besök. Hen visade papperen från skolan och vi läste dem tillsammans.",
        "Hembesök enligt överenskommelse. Allt fungerar i lägenheten, utom en lampa i hallen som hyresvärden byter.",
        "Besök med tolk på plats. Vi pratade om hur en vanlig vecka ser ut och vad som känns svårt med bussarna.",
    ),
    "phone": (
        "Ringde om tiden på torsdag. Den är flyttad till klockan tio, samma lokal.",
        "Samtal med telefontolk. Hen undrar när besked om praktik kommer; jag ringer handledaren i morgon.",
        "Handledaren ringer och berättar att första veckan gått bra. Arbetskläder är utlämnade.",
        "Ringde skolan. Plats finns i gruppen som börjar efter lovet.",
    ),
    "letter": (
        "Brev med kallelse skickat på svenska och modersmålet.",
        "Intyg från kursen inkommet och lagt i akten.",
        "Skickade information om föreningslivet och bibliotekets språkcafé.",
    ),
    "meeting": (
        "Trepartsmöte med handledaren. Vi är överens om att fortsätta en månad till och mäta hur svenskan går.",
        "Möte om planen framåt. Målet är arbete inom kök eller vård; nästa steg är studiebesök.",
        "Gruppträff om att bo i Sverige: sopor, tvättstuga, hyra. Deltog hela tiden.",
    ),
    "other": (
        "Överlämning: planen är uppdaterad och nästa tid bokad.",
        "Noterar att telefonnumret är bytt. Nytt nummer finns i kontaktlistan.",
    ),
}
WRONG_CASE = "Skriven i fel ärende."


def entry(chance: Random, on: date, *, state: str = "signed", text: str = "", kind: str = "") -> Entry:
    """A note about something that happened in working hours on a day."""
    kind = kind or chance.choices(KINDS, (4, 4, 1, 3, 1))[0]
    at = datetime.combine(on, time(chance.randrange(8, 16), chance.choice((0, 10, 15, 30, 40, 45))), SWEDEN)
    return Entry(kind, at, text or chance.choice(SENTENCES[kind]), state)
