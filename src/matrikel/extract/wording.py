"""Where a person stands towards a goal, in words: reached by what, how long is left, or why they are not counted."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matrikel.base import codes
from matrikel_stats import Definition, Standing, anchor_prose, reason_label
from matrikel_stats.problems import Lang

SOON = 60
"""Days before the window ends when a goal is about to run out."""

Told = tuple[str, str, str]


def told_standing(definition: Definition, each: Standing, today: date, lang: Lang) -> Told:
    """Mark, state in a word or two, and the reason as a sentence."""
    teller = {
        "reached": _reached,
        "waiting": _waiting,
        "not_reached": _not_reached,
        "left": _left,
        "counted": _counted,
        "excluded": _excluded,
        "no_anchor": _no_anchor,
    }[each.standing]
    return teller(definition, each, lang)


def day(value: date | None, lang: Lang) -> str:
    if value is None:
        return ""
    month = format_date(value, "LLL", locale="sv" if lang == "sv" else "en_GB")[:3]
    return f"{value.day} {month} {value.year}"


def _reached(definition: Definition, each: Standing, lang: Lang) -> Told:
    by = codes.label("activities", each.by) if each.by else ""
    why = _("%(day)s: %(what)s.") % {"day": day(each.date, lang), "what": by or _("det som mäts")}
    if each.last_day is not None and not each.mature:
        why += " " + _("Räknas in i andelen när tiden har gått ut, %(day)s.") % {"day": day(each.last_day, lang)}
    return "done", _("Nått"), why


def _waiting(definition: Definition, each: Standing, lang: Lang) -> Told:
    if each.days_left is None:
        return "wait", _("Väntar"), _("Väntar sedan %(day)s.") % {"day": day(each.anchor, lang)}
    left = ngettext("%(n)d dag kvar", "%(n)d dagar kvar", each.days_left) % {"n": each.days_left}
    why = _("Tiden går ut %(last)s. Den räknas från %(first)s.") % {
        "last": day(each.last_day, lang),
        "first": day(each.anchor, lang),
    }
    return "soon" if each.days_left <= SOON else "todo", left, why


def _not_reached(definition: Definition, each: Standing, lang: Lang) -> Told:
    why = _("Tiden gick ut %(last)s utan något som räknas. Den räknades från %(first)s.") % {
        "last": day(each.last_day, lang),
        "first": day(each.anchor, lang),
    }
    return "stop", _("Inte nått"), why


def _left(definition: Definition, each: Standing, lang: Lang) -> Told:
    when = {"day": day(each.date, lang)}
    texts = {
        "died": (_("Avliden"), _("Avled %(day)s, innan målet var nått.")),
        "left_inside": (_("Flyttat inom länet"), _("Flyttade inom länet %(day)s, innan målet var nått.")),
        "left_outside": (_("Flyttat"), _("Flyttade från länet %(day)s, innan målet var nått.")),
    }
    state, why = texts[each.status or "left_outside"]
    return "closed", state, f"{why % when} {_('Står kvar bland dem som andelen räknas på.')}"


def _counted(definition: Definition, each: Standing, lang: Lang) -> Told:
    return "done", _("Räknas"), _("Räknas från %(day)s.") % {"day": day(each.anchor, lang)}


def _excluded(definition: Definition, each: Standing, lang: Lang) -> Told:
    reason = reason_label(definition, each.reason, lang)
    if each.reason == "age" and definition.cohort.first_age is not None and definition.cohort.last_age is not None:
        reason = _("var inte %(first)s–%(last)s år den dagen") % {
            "first": definition.cohort.first_age,
            "last": definition.cohort.last_age,
        }
    if each.reason == "after_freeze":
        return "wait", _("Planerat"), _("Börjar räknas %(day)s.") % {"day": day(each.anchor, lang)}
    why = _("Räknas inte: %(reason)s (%(day)s).") % {"reason": reason, "day": day(each.anchor, lang)}
    return "none", _("Räknas inte"), why


def _no_anchor(definition: Definition, each: Standing, lang: Lang) -> Told:
    anchor = anchor_prose(definition, lang).rstrip(".")
    why = _("Räknas inte: det som mätningen utgår från finns inte. Den utgår från: %(anchor)s.") % {
        "anchor": anchor[:1].lower() + anchor[1:]
    }
    return "none", _("Räknas inte"), why
