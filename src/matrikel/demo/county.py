"""The demo county: eight municipalities of Jämtland, their invented staff, and how things differ between them.

The municipalities exist; the persons, the staff and every figure are invented.
"""

from dataclasses import dataclass

N_ = str  # marks a text that is translated when it is printed

COUNTY = {"county_code": "23", "county_name": "Jämtlands län"}
BOARD = "Socialnämnden"
PERSONS = 1000
"""As many as can be registered within the minute that a first start may take."""
SEED = 2380


@dataclass(frozen=True)
class Place:
    """A municipality as the generator sees it. Shares and chances are invented.

    `share` of the county's receptions; `active_12` and `active_24`: chance for a man aged 20–64 to be in work, studies
    or a labour-market activity within 12 and 24 months of registration; `gap`: how much lower it is for women at 12
    months; `sfi_weeks`: mean wait from application to start; `quota`: share of those who come within the quota.
    """

    code: str
    name: str
    unit: str
    share: float
    active_12: float
    active_24: float
    gap: float
    sfi_weeks: float
    quota: float
    employers: tuple[str, ...]
    schools: tuple[str, ...]


PLACES: tuple[Place, ...] = (
    Place("2380", "Östersund", "Integrationsenheten", 0.47, 0.79, 0.96, 0.06, 5.0, 0.16,
          ("Storsjöns bageri", "Frösö äldreboende", "Lugnviks lager", "Odensala hotell", "Brunflo plåt"),
          ("Lärcentrum Östersund", "Jämtlandsfjällens folkhögskola")),
    Place("2309", "Krokom", "Integration och arbete", 0.11, 0.85, 0.97, 0.05, 4.0, 0.20,
          ("Ås trädgård", "Krokoms skola, köket", "Föllinge trä"), ("Krokoms lärcentrum",)),
    Place("2313", "Strömsund", "Mottagningsenheten", 0.11, 0.70, 0.92, 0.09, 7.0, 0.32,
          ("Vattudalens sågverk", "Strömsunds hemtjänst", "Hotell Vattudalen"), ("Hjalmar folkhögskola",)),
    Place("2321", "Åre", "Arbete och integration", 0.08, 0.90, 0.98, 0.02, 4.5, 0.10,
          ("Årefjällens hotell", "Liftbolaget i Åre", "Järpens livs", "Duveds restaurang"), ("Järpens lärcentrum",)),
    Place("2361", "Härjedalen", "Integrationsenheten", 0.08, 0.76, 0.95, 0.04, 6.0, 0.24,
          ("Svegs plast", "Funäsdalens värdshus", "Vemdalens städ"), ("Härjedalens lärcentrum",)),
    Place("2326", "Berg", "Mottagningen i Berg", 0.055, 0.66, 0.88, 0.08, 8.0, 0.22,
          ("Svenstaviks mejeri", "Bergs äldreboende"), ("Bergs lärcentrum",)),
    Place("2305", "Bräcke", "Enheten för introduktion", 0.05, 0.62, 0.86, 0.12, 9.0, 0.30,
          ("Gällö sågverk", "Bräcke hemtjänst"), ("Bräcke lärcentrum",)),
    Place("2303", "Ragunda", "Integration Ragunda", 0.045, 0.68, 0.90, 0.07, 6.5, 0.28,
          ("Hammarstrands bygg", "Ragunda äldreboende"), ("Ragunda lärcentrum",)),
)  # fmt: skip
SECOND_UNIT = "Försörjningsenheten"
COUNTY_UNIT = "Länssamverkan"
SHARE_OF_SECOND_UNIT = 0.1

OTHER_MUNICIPALITIES = ("0180", "1480", "1280", "2281", "2480", "0380", "1880", "2180", "0580", "1780")
"""Codes of towns outside the county that people move to and from."""


@dataclass(frozen=True)
class Worker:
    """A member of staff: name, municipality, unit, role, title; `tries` is set for those whose log-in is printed."""

    name: str
    place: str
    unit: str
    role: str
    title: str
    tries: str = ""

    @property
    def email(self) -> str:
        plain = self.name.lower().translate(str.maketrans("åäöéü", "aaoeu")).replace(" ", ".")
        town = next(place.name for place in PLACES if place.code == self.place)
        return f"{plain}@{town.lower().translate(str.maketrans('åäö', 'aao'))}.example"


_CASEWORKER = "Integrationshandläggare"
_OF_OSTERSUND = "2380"


def _staff(code: str, unit: str, names: str, manager: str) -> tuple[Worker, ...]:
    workers = [Worker(name.strip(), code, unit, "caseworker", _CASEWORKER) for name in names.split(",")]
    return (*workers, Worker(manager, code, unit, "unit_manager", "Enhetschef"))


STAFF: tuple[Worker, ...] = (
    Worker("Maria Lindqvist", _OF_OSTERSUND, "Integrationsenheten", "caseworker", _CASEWORKER,
           N_("Selam Tesfay: öppna hennes sida, skriv en anteckning")),
    Worker("Anders Hallén", _OF_OSTERSUND, "Integrationsenheten", "caseworker", _CASEWORKER,
           N_("kollega: samma enhet, ser inte den skyddade personen")),
    Worker("Karin Bergström", _OF_OSTERSUND, "Integrationsenheten", "unit_manager", "Enhetschef",
           N_("resultat med personlistor, fördela ärenden, läs in register")),
    Worker("Per Jonsson", _OF_OSTERSUND, "Integrationsenheten", "reader", "Assistent", N_("läser, ändrar inget")),
    Worker("Ulrika Sand", _OF_OSTERSUND, "Integrationsenheten", "controller", "Controller",
           N_("mått för nämnden, inga personer")),
    Worker("Gunnar Wik", _OF_OSTERSUND, "Integrationsenheten", "log_reviewer", "Loggranskare",
           N_("vem har läst vad, inga akter")),
    Worker("Eva Norrman", _OF_OSTERSUND, "Integrationsenheten", "administrator", "Systemförvaltare",
           N_("enheter, konton och tjänster")),
    Worker("Birgitta Åslund", _OF_OSTERSUND, COUNTY_UNIT, "coordinator", "Länssamordnare",
           N_("länets mått, inga personer")),
    Worker("Lars Hemmingsson", "2309", "Integration och arbete", "caseworker", _CASEWORKER,
           N_("Krokom: ser ingen av Östersunds personer")),
    *(Worker(name, _OF_OSTERSUND, "Integrationsenheten", "caseworker", _CASEWORKER)
      for name in ("Sofia Eklund", "Johan Nyman", "Ingrid Falk")),
    *_staff(_OF_OSTERSUND, SECOND_UNIT, "Helena Strand, Mats Öberg, Camilla Dahl, Oskar Lind", "Annika Holm"),
    *_staff("2309", "Integration och arbete", "Frida Moberg, Tomas Edlund", "Kerstin Näs"),
    *_staff("2313", "Mottagningsenheten", "Elin Vallgren, Stefan Bjuhr, Lena Tåsjö", "Bengt Hallgren"),
    *_staff("2321", "Arbete och integration", "Jenny Kall, Niklas Mörtsell", "Monica Huså"),
    *_staff("2361", "Integrationsenheten", "Roger Svedin, Anna Vemdal, Pia Linsell", "Göran Lillhärdal"),
    *_staff("2326", "Mottagningen i Berg", "Malin Klövsjö, Erik Storsjö", "Sara Oviken"),
    *_staff("2305", "Enheten för introduktion", "Linda Hunge, Peter Revsund", "Marie Bodsjö"),
    *_staff("2303", "Integration Ragunda", "Ida Stugun, Daniel Fors", "Åsa Hammar"),
)  # fmt: skip
