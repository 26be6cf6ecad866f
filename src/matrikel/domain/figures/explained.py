"""How a figure was counted, term by term: the drawer on the page, the second sheet of a workbook, `figures explain`."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matrikel.domain.figures import catalogue
from matrikel.domain.figures.shown import View
from matrikel.domain.figures.wording import date_words, number
from matrikel_stats import Definition, anchor_prose, counts_prose, reason_label
from matrikel_stats.declared.codes import undated
from matrikel_stats.declared.definition import Rows
from matrikel_stats.telling.prose import limits_prose, rows_prose, target_prose

Terms = list[tuple[str, str]]


@dataclass(frozen=True)
class Explained:
    """Terms with their texts: of the definition, of this result, of its origin; and the steps to it as table rows."""

    definition: Terms
    result: Terms
    origin: Terms
    steps: list[tuple[str, int | None, bool]]

    @property
    def terms(self) -> Terms:
        return [*self.definition, *self.result, *self.origin]


def explained(view: View) -> Explained:
    """How the figure of a view was counted."""
    return Explained(definition_terms(view.definition), result_terms(view), origin_terms(view), steps(view))


def definition_terms(definition: Definition) -> Terms:
    """What the definition itself says, whatever was counted by it."""
    lang = catalogue.language()
    texts = definition.text(lang)
    terms = [
        (_("Vilka"), texts.denominator),
        (_("Räknas"), texts.numerator),
        (_("Läsning"), texts.reading),
        (_("Utgår från"), anchor_prose(definition, lang)),
        (_("Det som räknas"), counts_prose(definition, lang)),
        (_("Lämnar mätningen"), _leaving(definition)),
        (_("Tas bort"), "; ".join(reason_label(definition, each.id, lang) for each in definition.cohort.exclusions)),
        (_("Mål"), target_prose(definition, lang)),
    ]
    return [(term, text) for term, text in terms if text]


def result_terms(view: View) -> Terms:
    """What is to be known of this very result: who was left out, until which day, what is hidden and how sure it is."""
    kind = view.definition.kind
    terms: Terms = []
    if view.excluded:
        left_out = ", ".join(f"{reason} ({_few(n, view.definition.threshold)})" for reason, n in view.excluded)
        terms.append((_("Räknas inte"), _("%(reasons)s. Antalen gäller alla år.") % {"reasons": left_out}))
    if kind == "reached":
        terms.append((_("Pågår ännu"), _("De vars tid inte har gått ut räknas varken som nått eller inte nått.")))
        terms.append((_("Den som flyttar"), _("Står kvar bland dem som andelen räknas på.")))
        terms.append((_("Osäkerhet"), _("95 procents intervall enligt Wilson.")))
        terms.append((_("Skattning"), _("Aalen–Johansen, med alla. Flytt och död är konkurrerande händelser.")))
    if view.definition.limits_by and kind != "reached":
        method = {"method": limits_prose(view.definition, catalogue.language())}
        terms.append((_("Osäkerhet"), _("95 procents intervall: %(method)s.") % method))
    if view.protected:
        hidden = _("Grupper under %(n)s personer, och fler där de annars skulle gå att räkna ut.")
        terms.append((_("Döljs"), hidden % {"n": view.definition.threshold}))
    if view.freeze is not None:
        terms.append((_("Frysdag"), _("%(day)s. Det som hände senare är inte med.") % {"day": date_words(view.freeze)}))
    return terms


def origin_terms(view: View) -> Terms:
    """Who stands for the definition, and the marks by which two results can be told to be counted alike."""
    definition = view.definition
    terms = [
        (_("Ansvarig"), definition.owner),
        (_("Källa"), definition.source),
        (_("Lag"), definition.law),
        (_("Version"), _("%(version)s, räkneregel %(logic)s, text %(text)s")
         % {"version": definition.version, "logic": definition.logic_hash, "text": definition.text_hash}),
        (_("Underlag"), view.digest),
        (_("Kördes"), date_words(view.published_at) if view.published_at else ""),
    ]  # fmt: skip
    return [(term, text) for term, text in terms if text]


def steps(view: View) -> list[tuple[str, int | None, bool]]:
    """How the denominator and the numerator came to be, as rows of a table; None is hidden. The last is the result."""
    cell = view.total.cell
    if view.definition.kind != "reached" or view.total.hidden or cell.n is None:
        return []
    whole = None if cell.not_mature is None else cell.n + cell.not_mature
    left = cell.left_before
    rows: list[tuple[str, int | None, bool]] = [
        (_("Med i mätningen"), whole, True),
        (_("Tiden har inte gått ut än"), cell.not_mature, False),
        (_("Räknas"), cell.n, True),
    ]
    if left is not None:
        rows += [
            (_("varav flyttade inom länet innan"), left.inside, False),
            (_("varav flyttade från länet innan"), left.outside, False),
            (_("varav avlidna innan"), left.died, False),
        ]
    return [*rows, (_("Nådde målet"), cell.k, True)]


def _leaving(definition: Definition) -> str:
    kinds = [*definition.leaving.events, *definition.leaving.deaths]
    return rows_prose(definition, Rows("events", undated(kinds)), catalogue.language()) if kinds else ""


def _few(n: int | None, threshold: int) -> str:
    return _("färre än %(n)s") % {"n": threshold} if n is None else number(n)
