"""A person's way, told by the rooms, as the picture of it."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matrikel.kernel import clock
from matrikel.kernel.period import add_months
from matrikel.kernel.timeline import Mark, Spell, Timeline
from matrikel.web.pictures import lifeline

LANES = {
    "registered": (_("Folkbokförd"), None),
    "housing": (_("Bostad"), None),
    "permit": (_("Tillstånd"), None),
    "case": (_("Ärende"), None),
    "sfi": (_("Sfi"), 1),
    "course": (_("Kurs"), 4),
    "internship": (_("Praktik"), 2),
    "studies": (_("Studier"), 5),
    "work": (_("Arbete"), 3),
    "support": (_("Stöd"), 6),
}
COUNTING = frozenset({"work", "labour_market_activity", "studies"})
"""What the county goals count; the code list says which kind is which."""

ACTIVITIES = frozenset({"sfi", "course", "internship", "studies", "work"})
WINDOWS = (12, 24)


def picture_of(way: Timeline, *, anchor: date | None) -> lifeline.LifeLine:
    """The life line. `anchor` is the first day of registration here: goal windows are counted from it."""
    return lifeline.LifeLine(
        [_bar(spell) for spell in way.spells],
        [_mark(mark) for mark in way.marks],
        _windows(anchor),
        today=clock.today(),
        lanes=[lifeline.Lane(str(name), hue) for name, hue in LANES.values()],
        locale=(get_language() or "sv")[:2],
    )


def way_label(picture: lifeline.LifeLine) -> str:
    """The picture's point in a sentence, for those who do not see it."""
    if not picture.rows:
        return str(_("Livslinjen är tom."))
    first = min(row.start for row in picture.rows)
    return str(
        _("Livslinje från %(first)s. Samma uppgifter finns i listan under bilden.") % {"first": first.isoformat()}
    )


def _bar(spell: Spell) -> lifeline.Bar:
    tone: lifeline.Tone = "circumstance"
    if spell.lane in ACTIVITIES:
        tone = "counts" if spell.counts_as in COUNTING else "activity"
    name, _hue = LANES.get(spell.lane, (spell.lane, None))
    return lifeline.Bar(
        lane=str(name),
        label=spell.label,
        start=spell.first,
        end=spell.last,
        tone=tone,
        planned=spell.first > clock.today(),
        href=spell.url,
        source=spell.note,
    )


def _mark(mark: Mark) -> lifeline.Mark:
    return lifeline.Mark(
        date=mark.on,
        label=mark.label,
        shape="diamond" if mark.weighty else "dot",
        done=mark.on <= clock.today(),
        href=mark.url,
        source=mark.note,
    )


def _windows(anchor: date | None) -> list[lifeline.Window]:
    if anchor is None:
        return []
    windows, first = [], anchor
    for months in WINDOWS:
        end = add_months(anchor, months)
        windows.append(
            lifeline.Window(
                label=str(_("%(n)s mån") % {"n": months}), start=first, end=date.fromordinal(end.toordinal() - 1)
            )
        )
        first = end
    return windows
