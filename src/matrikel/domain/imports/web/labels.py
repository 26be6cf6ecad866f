"""Words of the pages: what columns may hold, how sure the reading is, what happens to a row."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "identity": _("Personnummer"),
    "family_name": _("Efternamn"),
    "given_name": _("Förnamn"),
    "full_name": _("Hela namnet"),
    "birth_date": _("Född"),
    "sex": _("Kön"),
    "country": _("Land"),
    "language": _("Språk"),
    "interpreter": _("Behöver tolk"),
    "protected": _("Skyddade uppgifter"),
    "lma_number": _("LMA-nummer"),
    "dossier_number": _("Dossiernummer"),
    "local_number": _("Lokalt nummer"),
    "source_number": _("Radens nummer i registret"),
    "category": _("Kategori"),
    "enrolled_on": _("Inskriven"),
    "registered_on": _("Folkbokförd"),
    "municipality": _("Kommun"),
    "previous_municipality": _("Tidigare kommun"),
    "permit_date": _("Uppehållstillstånd, datum"),
    "caseworker": _("Handläggare"),
    "sfi_applied_on": _("Sfi, ansökan"),
    "sfi_start_on": _("Sfi, från"),
    "sfi_end_on": _("Sfi, till och med"),
    "sfi_result": _("Sfi, resultat"),
    "sfi_course": _("Sfi, kurs"),
    "internship_start_on": _("Praktik, från"),
    "internship_end_on": _("Praktik, till och med"),
    "job_start_on": _("Arbete, från"),
    "job_end_on": _("Arbete, till och med"),
    "studies_start_on": _("Studier, från"),
    "studies_end_on": _("Studier, till och med"),
    "discharged_on": _("Utskriven"),
    "discharge_reason": _("Orsak till utskrivning"),
    "note": _("Anteckning"),
}
"""What a column may hold, in the order it is offered."""

UNREAD = {
    "note": _("fritext läses inte"),
    "permit_date": _("läses inte, grund saknas"),
    "ignored": _("hoppas över"),
}
"""Columns that are understood but not taken in, and why."""

HOW = {
    "heading": ("done", _("känns igen")),
    "similar": ("done", _("liknar en känd rubrik")),
    "neighbour": ("done", _("efter kolumnen före")),
    "values": ("soon", _("gissat efter värdena")),
    "given": ("done", _("valt av dig")),
    "none": ("none", _("hoppas över")),
    "duplicate": ("soon", _("samma som en annan kolumn")),
    "ambiguous": ("soon", _("kan betyda flera saker")),
    "contradicted": ("soon", _("värdena passar inte rubriken")),
}
"""How a column was understood: the mark and the words."""

HAPPENS = {
    "new": ("todo", _("ny person")),
    "filled": ("done", _("fyller på")),
    "unchanged": ("done", _("oförändrad")),
    "alike": ("soon", _("liknar en annan")),
    "held": ("soon", _("väntar på dig")),
    "refused": ("late", _("avvisas")),
}

WORDS_OF = {
    "category": _("Kategori"),
    "sex": _("Kön"),
    "sfi_result": _("Sfi, resultat"),
    "discharge_reason": _("Orsak till utskrivning"),
}
