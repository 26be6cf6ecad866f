"""The wording of every fault of a form: (English, Swedish), each with the remedy."""

from matrikel_declared import COMMON, Messages

from .answering.messages import ANSWERS

MESSAGES: Messages = {
    **COMMON,
    "no_forms": ("no forms (*.toml) here; check the path", "inga formulär (*.toml) här; kontrollera sökvägen"),
    # what is asked
    "id_twice": (
        "the id {value!r} is also on line {other}; groups and items share one set of ids, rename one",
        "id {value!r} finns också på rad {other}; grupper och frågor delar id, byt namn på en",
    ),
    "id_reserved": (
        "the id {value!r} has a meaning of its own on a page; make it longer, such as {value}_asked",
        "id {value!r} har en egen betydelse på en sida; gör det längre, till exempel {value}_fraga",
    ),
    "listed_twice": ("{value!r} stands twice in the list; keep one", "{value!r} står två gånger i listan; behåll en"),
    "text_characters": (
        "the text holds forbidden characters ({found}); remove them",
        "texten har otillåtna tecken ({found}); ta bort dem",
    ),
    "group_empty": (
        "the group {value!r} asks nothing; give it items or groups, or remove it",
        "gruppen {value!r} frågar inget; ge den frågor eller grupper, eller ta bort den",
    ),
    "groups_none": ("the form asks nothing; write [[groups]]", "formuläret frågar inget; skriv [[groups]]"),
    "key_not_for_type": (
        "{key!r} does not belong to the type {type!r}; remove it",
        "{key!r} hör inte till typen {type!r}; ta bort den",
    ),
    "bounds": (
        "{most} does not lie above {least}; correct one of them",
        "{most} ligger inte över {least}; rätta någon av dem",
    ),
    "options_none": ("no options; write at least one", "inga svarsalternativ; skriv minst ett"),
    "choices_unknown": (
        "there are no [[choices]] called {value!r}{hint}; declare them above, or list the options here",
        "det finns inga [[choices]] som heter {value!r}{hint}; skriv dem högre upp, eller räkna upp svaren här",
    ),
    "scale_options": (
        "options beside a scale, such as do not know, have no value; the steps of the scale are the values",
        "svar bredvid en skala, som vet inte, har inget värde; skalans steg är värdena",
    ),
    "codes_unknown": (
        "there is no code list {value!r}{hint}; add definitions/codes/{value}.csv",
        "det finns ingen kodlista {value!r}{hint}; lägg till definitions/codes/{value}.csv",
    ),
    "codes_unreadable": (
        "the code list {value!r} cannot be read as code, sv, en, valid_from, valid_to ({reason})",
        "kodlistan {value!r} går inte att läsa som code, sv, en, valid_from, valid_to ({reason})",
    ),
    # conditions
    "item_unknown": (
        "there is no item {value!r}{hint}",
        "det finns ingen fråga {value!r}{hint}",
    ),
    "condition_scope": (
        "{value!r} lies in rows that this does not lie in; a condition looks at the same row or outside all rows",
        "{value!r} ligger i rader som det här inte ligger i; ett villkor ser samma rad eller utanför alla rader",
    ),
    "condition_type": (
        "{test!r} cannot be asked of {value!r}, which is {type}; is: options, at_least and at_most: scale and number",
        "{test!r} kan inte prövas på {value!r} som är {type}; is: svarsalternativ, at_least och at_most: skala och tal",
    ),
    "option_unknown": (
        "{item!r} has no option {value!r}{hint}",
        "{item!r} har inget svarsalternativ {value!r}{hint}",
    ),
    "condition_loop": (
        "conditions in a loop: {path}; take one of them away",
        "villkor som går i ring: {path}; ta bort ett av dem",
    ),
    "unreachable": (
        "{value!r} can never be shown: no answers meet its conditions and those around it; change or remove one",
        "{value!r} kan aldrig visas: inga svar uppfyller villkoren på den och runt den; ändra eller ta bort något",
    ),
    # scores
    "score_unknown": ("there is no score {value!r}{hint}", "det finns ingen poäng {value!r}{hint}"),
    "score_loop": (
        "a score that is made of itself: {path}; take one of the references away",
        "en poäng som bygger på sig själv: {path}; ta bort en av hänvisningarna",
    ),
    "score_type": (
        "{value!r} is {type} and cannot be scored; choose, scale or number outside rows can",
        "{value!r} är {type} och kan inte ge poäng; val, skala och tal utanför rader kan",
    ),
    "option_unscored": (
        "the options {options} of {value!r} have no value; give them one, or name them under excluded",
        "svaren {options} i {value!r} har inget värde; ge dem ett, eller nämn dem under excluded",
    ),
    "index_bounds": (
        "an index needs a lowest and a highest value of {value!r}; give least and most, or options that differ",
        "ett index kräver ett lägsta och ett högsta värde för {value!r}; ange least och most, eller svar som skiljer",
    ),
    "not_shown_range": (
        "not_shown lies outside {least} to {most}, which {value!r} can score; choose a value within",
        "not_shown ligger utanför {least} till {most}, som {value!r} kan ge; välj ett värde inom",
    ),
    "sum_of_fewer": (
        "a sum of fewer answers would be too low; leave at_least out, or use mean or index",
        "en summa av färre svar blir för låg; ta bort at_least, eller använd mean eller index",
    ),
    "bands_and_limits": (
        "bands need limits and limits need bands; write [[scores.bands]] and [[scores.limits]]",
        "band kräver gränser och gränser band; skriv [[scores.bands]] och [[scores.limits]]",
    ),
    "bands_rise": (
        "starts must name every band in rising order: {bands}",
        "starts ska nämna varje band i stigande ordning: {bands}",
    ),
    "bands_cover": (
        "scores run from {least} to {most}, but the bands start at {first} and the last at {last}; cover all of them",
        "poängen går från {least} till {most}, men banden börjar på {first} och det sista på {last}; täck alla",
    ),
    "due_after": (
        "{value!r} is no date item outside rows{hint}; write signed or such an item",
        "{value!r} är ingen datumfråga utanför rader{hint}; skriv signed eller en sådan fråga",
    ),
    # texts
    "language_form": (
        "{value!r} is no language tag; write such as en, prs or sv-x-lattlast",
        "{value!r} är ingen språkkod; skriv till exempel en, prs eller sv-x-lattlast",
    ),
    "text_unknown": (
        "the form has no text {value!r}{hint}; remove it or correct the key",
        "formuläret har ingen text {value!r}{hint}; ta bort den eller rätta nyckeln",
    ),
    "language_incomplete": (
        "{count} of {of} texts are missing in {lang} and shown in Swedish: {keys}",
        "{count} av {of} texter saknas på {lang} och visas på svenska: {keys}",
    ),
    "translation_stale": (
        "{count} texts in {lang} were made from Swedish that has changed since: {keys}; translate again",
        "{count} texter på {lang} är gjorda av svenska som har ändrats: {keys}; översätt på nytt",
    ),
    "asked_changed": (
        "what was kept of the form cannot be read or has been changed; restore it from a backup",
        "det som sparats av formuläret går inte att läsa eller har ändrats; återställ det från en säkerhetskopia",
    ),
    **ANSWERS,
}
NOTICES = frozenset(("language_incomplete", "translation_stale", "text_unknown", "translation_orphan"))
"""What does not stop a form from being used."""
