"""The wording of faults in code lists and definitions: (English, Swedish), each with the remedy."""

DEFINITIONS: dict[str, tuple[str, str]] = {
    # code lists
    "codes_missing": (
        "no code lists found; give the folder with activities.csv and events.csv with --codes",
        "inga kodlistor hittades; ange mappen med activities.csv och events.csv med --codes",
    ),
    "codes_heading": (
        "the heading must hold {columns}; found {found}",
        "rubriken ska innehålla {columns}; filen har {found}",
    ),
    "codes_date": ("{value!r} is not a date; write YYYY-MM-DD", "{value!r} är inget datum; skriv ÅÅÅÅ-MM-DD"),
    "codes_twice": (
        "the code {value} occurs twice for the same days; end the first before the second begins",
        "koden {value} gäller två gånger samma dagar; avsluta den första innan den andra börjar",
    ),
    "codes_order": (
        "valid_to {end} is before valid_from {start}; correct one of them",
        "valid_to {end} ligger före valid_from {start}; rätta någon av dem",
    ),
    # definitions
    "no_definitions": (
        "no definitions (*.toml) here; check the path",
        "inga definitioner (*.toml) här; kontrollera sökvägen",
    ),
    "key_not_for_kind": (
        "{key!r} does not belong to the kind {kind!r}; remove it",
        "{key!r} hör inte till slaget {kind!r}; ta bort den",
    ),
    "indicator_kind_unknown": (
        "unknown kind {value!r}{hint}; one of {allowed}",
        "okänt slag {value!r}{hint}; något av {allowed}",
    ),
    "code_unknown": (
        "{value!r} is not in the code list {codes}{hint}; correct it or add the code to the list",
        "{value!r} finns inte i kodlistan {codes}{hint}; rätta värdet eller lägg till koden i listan",
    ),
    "counts_as_unknown": (
        "nothing in the code list {codes} counts as {value!r}{hint}; correct it, or write it under counts_as there",
        "inget i kodlistan {codes} räknas som {value!r}{hint}; rätta det, eller skriv det under counts_as där",
    ),
    "list_unknown": (
        "there is no code list for the attribute {value!r}; name the values with 'values' instead",
        "det finns ingen kodlista för {value!r}; ange värdena med 'values' i stället",
    ),
    "kolada_form": (
        "{value!r} is not the id of a key figure; such as N31807",
        "{value!r} är inte ett nyckeltals id; som N31807",
    ),
    "age_range": (
        "the age range {first}-{last} is empty; write the lower age first",
        "åldersspannet {first}–{last} är tomt; skriv den lägre åldern först",
    ),
    "age_bands": (
        "the age bands must rise without overlapping; see {band}",
        "åldersgrupperna ska stiga utan att överlappa; se {band}",
    ),
    "state_of_spells": (
        "a state at a time is made of spells that hold on the day; remove event, completed and total_days",
        "ett läge vid en tidpunkt består av perioder som gäller den dagen; ta bort event, completed och total_days",
    ),
    "mean_of_months": (
        'mean_of is a mean of months; set moment to "month_end"',
        'mean_of är ett medelvärde av månader; sätt moment till "month_end"',
    ),
    "whole_years": (
        "of is {value} months; whole years ending in December: 12, 24, 36",
        "of är {value} månader; hela år som slutar i december: 12, 24, 36",
    ),
    "ratio_by_year": (
        "the population is known by year; count the numerator by year or on 31 December",
        "befolkningen är känd per år; räkna täljaren per år eller den 31 december",
    ),
    "score_items": (
        'name the items of the instrument, each once: items = ["q1", "q2"]',
        'ange instrumentets frågor, var och en en gång: items = ["q1", "q2"]',
    ),
    "score_bounds": (
        "the highest answer {most} must be above the lowest {least}",
        "det högsta svaret {most} ska vara större än det lägsta {least}",
    ),
    "score_at_least": (
        "a sum needs every item; say index = true, or leave at_least out",
        "en summa kräver alla frågor; skriv index = true, eller ta bort at_least",
    ),
    "composite_parts": (
        'name the indicators: parts = [{{ indicator = "id", weight = 1 }}]',
        'ange indikatorerna: parts = [{{ indicator = "id", weight = 1 }}]',
    ),
    "composite_unknown": (
        "there is no definition {value!r}{hint}; name one in the same folder",
        "det finns ingen definition {value!r}{hint}; ange en i samma mapp",
    ),
    "composite_faulty": (
        "the definition {value!r} has faults of its own; mend {file} first",
        "definitionen {value!r} har egna fel; rätta {file} först",
    ),
    "composite_units": (
        "the parts are of different sorts ({found}); a mean needs one sort: shares, or indices from 0 to 100",
        "delarna är av olika sort ({found}); ett medelvärde kräver en sort: andelar, eller index från 0 till 100",
    ),
    "definition_loop": (
        "a definition that refers to itself: {path}; take one of the references away",
        "en definition som hänvisar till sig själv: {path}; ta bort en av hänvisningarna",
    ),
    "no_persons_behind": (
        "{value} is not counted by persons; there is no list of persons behind it",
        "{value} räknas inte per person; det finns ingen lista över personer bakom talet",
    ),
    "population_missing": (
        "populations has no column {column!r}, which the definition restricts the numerator by; add it",
        "populations saknar kolumnen {column!r} som definitionen begränsar täljaren med; lägg till den",
    ),
    "cohort_itself": (
        "the cohort refers to itself; write it out here or name another definition",
        "kohorten hänvisar till sig själv; skriv ut den här eller ange en annan definition",
    ),
    "cohort_loop": (
        "the cohort goes in a loop: {path}; write it out in one of them",
        "kohorten går runt i en ring: {path}; skriv ut den i en av dem",
    ),
    "cohort_unknown": (
        "the cohort refers to {value!r}, which is not among the definitions{hint}",
        "kohorten hänvisar till {value!r} som inte finns bland definitionerna{hint}",
    ),
    "translation_stale": (
        "translated from text {found}, the Swedish text is now {now}; translate again and set translated_from",
        "översatt från text {found}, den svenska texten är nu {now}; översätt på nytt och sätt translated_from",
    ),
}
