"""The wording of every fault: (English, Swedish), each with the remedy. Placeholders are filled by `problems`."""

from matrikel_declared import COMMON

from .definition_messages import DEFINITIONS
from .exchange_messages import EXCHANGE

MESSAGES: dict[str, tuple[str, str]] = {
    **COMMON,
    # dataset
    "dataset_missing": (
        "no such folder; give the folder that holds persons and spells with --dataset",
        "mappen finns inte; ange mappen med persons och spells med --dataset",
    ),
    "table_missing": (
        "the table {table} is missing; add {table}.csv or {table}.parquet",
        "tabellen {table} saknas; lägg till {table}.csv eller {table}.parquet",
    ),
    "table_missing_there": (
        "the table {table} is missing, or the role may not read it; create it or GRANT SELECT",
        "tabellen {table} saknas, eller så får rollen inte läsa den; skapa den eller ge GRANT SELECT",
    ),
    "column_type": (
        "the column {column} is {found}; make it one of {wanted}, or give a view that does",
        "kolumnen {column} är {found}; gör den till någon av {wanted}, eller ange en vy som gör det",
    ),
    "database_unreachable": (
        "the database does not answer ({reason}); check address, name, user and password",
        "databasen svarar inte ({reason}); kontrollera adress, namn, användare och lösenord",
    ),
    "database_refused": (
        "the database refused ({reason}); the role needs SELECT on the tables and TEMPORARY on the database",
        "databasen vägrade ({reason}); rollen behöver SELECT på tabellerna och TEMPORARY på databasen",
    ),
    "table_missing_to_spark": (
        "the table {table} is missing; add {table}.parquet to the folder, or create the table in the schema",
        "tabellen {table} saknas; lägg {table}.parquet i mappen eller skapa tabellen i schemat",
    ),
    "spark_missing": (
        "PySpark is not installed; install it with: pip install 'matrikel[spark]'",
        "PySpark är inte installerat; installera det med: pip install 'matrikel[spark]'",
    ),
    "java_missing": (
        "Spark needs Java 17; install it (on Debian: apt install openjdk-17-jre-headless) or point JAVA_HOME at it",
        "Spark behöver Java 17; installera det (på Debian: apt install openjdk-17-jre-headless) eller peka ut det med "
        "JAVA_HOME",
    ),
    "spark_unreachable": (
        "Spark could not be started there ({reason}); check the master, and that Java is version 17 or 21",
        "Spark gick inte att starta där ({reason}); kontrollera adressen och att Java är version 17 eller 21",
    ),
    "spark_refused": (
        "Spark could not read the tables ({reason}); check that every machine sees the folder or may read the schema",
        "Spark kunde inte läsa tabellerna ({reason}); kontrollera att alla maskiner ser mappen eller får läsa schemat",
    ),
    "scanner_missing": (
        "pulling tables from PostgreSQL needs duckdb-extension-postgres-scanner for DuckDB {release}; install it with "
        "pip install 'matrikel[embedded]', or count where the tables lie, without --embedded",
        "för att hämta tabeller ur PostgreSQL behövs duckdb-extension-postgres-scanner för DuckDB {release}; skriv "
        "pip install 'matrikel[embedded]', eller räkna där tabellerna ligger, utan --embedded",
    ),
    "memory_form": (
        "{value!r} is no amount of memory; write 400MB or 2GB",
        "{value!r} är ingen mängd minne; skriv 400MB eller 2GB",
    ),
    "only_database": (
        "only a database can be pulled; give --dataset postgresql://user@host/name",
        "bara en databas kan hämtas; ange --dataset postgresql://användare@värd/namn",
    ),
    "table_twice": (
        "the table {table} is there as both CSV and Parquet; remove one",
        "tabellen {table} finns både som CSV och Parquet; ta bort den ena",
    ),
    "table_empty_file": (
        "the file is empty; write at least a heading row with {columns}",
        "filen är tom; skriv åtminstone en rubrikrad med {columns}",
    ),
    "table_unreadable": (
        "the file cannot be read ({reason}); write it again as UTF-8 CSV or as Parquet",
        "filen går inte att läsa ({reason}); skriv den på nytt som CSV i UTF-8 eller som Parquet",
    ),
    "column_missing": (
        "the column {column} is missing; found {found}. Add it or rename the heading",
        "kolumnen {column} saknas; filen har {found}. Lägg till den eller byt rubrik",
    ),
    "column_twice": (
        "the column {column} occurs twice; keep one",
        "kolumnen {column} finns två gånger; behåll en",
    ),
    "date_unreadable": (
        "column {column}: {value!r} is not a date; write YYYY-MM-DD",
        "kolumn {column}: {value!r} är inget datum; skriv ÅÅÅÅ-MM-DD",
    ),
    "date_out_of_range": (
        "column {column}: {value} lies outside 1900-2100; correct the date",
        "kolumn {column}: {value} ligger utanför 1900–2100; rätta datumet",
    ),
    "date_missing": (
        "column {column}: the date is missing; give it or remove the row",
        "kolumn {column}: datum saknas; fyll i det eller ta bort raden",
    ),
    "number_unreadable": (
        "column {column}: {value!r} is not a number; write digits with a decimal point",
        "kolumn {column}: {value!r} är inget tal; skriv siffror med decimalpunkt",
    ),
    "number_negative": (
        "column {column}: {value} is below zero; correct it, or take the row away",
        "kolumn {column}: {value} är mindre än noll; rätta talet eller ta bort raden",
    ),
    "number_not_whole": (
        "column {column}: {value} is not a whole number; write whole hours, occasions or inhabitants",
        "kolumn {column}: {value} är inget heltal; skriv hela timmar, tillfällen eller invånare",
    ),
    "attended_more": (
        "attended {attended} is more than planned {planned}; correct one of them",
        "attended {attended} är mer än planned {planned}; rätta någon av dem",
    ),
    "end_before_start": (
        "column end_date: {end} is before start_date {start}; a one-day spell has the same day in both",
        "kolumn end_date: {end} ligger före start_date {start}; en endagsperiod har samma dag i båda",
    ),
    "sex_unknown": (
        "column sex: {value!r} is not known; write female or male, or leave it empty",
        "kolumn sex: {value!r} är okänt; skriv kvinna eller man, eller lämna tomt",
    ),
    "kind_unknown": (
        "column kind: {value!r} is not in {codes}{hint}; correct it or add the code to the list",
        "kolumn kind: {value!r} finns inte i {codes}{hint}; rätta värdet eller lägg till koden i listan",
    ),
    "id_missing": (
        "column person_id is empty; give the person an id or remove the row",
        "kolumn person_id är tom; ge personen ett id eller ta bort raden",
    ),
    "id_twice": (
        "column person_id: {value!r} occurs {count} times; every person is one row",
        "kolumn person_id: {value!r} finns {count} gånger; varje person ska vara en rad",
    ),
    "dataset_toml": (
        "{reason}; see the table of keys in docs/reference/statistics.md",
        "{reason}; se tabellen över nycklar i docs/reference/statistics.md",
    ),
    "more": ("and {count} more of the same sort", "och {count} till av samma slag"),
    # running
    "counting_stopped": (
        "counting was broken off ({reason}); write a damaged file again, or give more memory with --memory",
        "räkningen avbröts ({reason}); skriv en skadad fil på nytt, eller ge mer minne med --memory",
    ),
    "freeze_missing": (
        "no freeze date; give --freeze or write freeze in dataset.toml",
        "inget frysdatum; ange --freeze eller skriv freeze i dataset.toml",
    ),
    "freeze_outside": (
        "the freeze date {value} lies outside 1900-2100; correct it",
        "frysdatumet {value} ligger utanför 1900–2100; rätta det",
    ),
    "period_form": (
        "{value!r} is not a period; write 2006, 2006-2008 or 2006-03",
        "{value!r} är ingen period; skriv 2006, 2006-2008 eller 2006-03",
    ),
    "argument": ("{reason}", "{reason}"),
    "dimension_unknown": (
        "the dataset has no {value!r} to break down by{hint}; there is {found}",
        "datamängden har inget {value!r} att dela upp på{hint}; det finns {found}",
    ),
    "attribute_missing": (
        "the definition needs the column {column!r}, which neither {table} nor persons has; add it",
        "definitionen behöver kolumnen {column!r} som varken {table} eller persons har; lägg till den",
    ),
    "add_logic": (
        "the tables count different things (logic {first} and {second}); only tables of the same logic can be added",
        "tabellerna räknar olika saker (logik {first} och {second}); bara tabeller med samma logik kan läggas ihop",
    ),
    "add_shape": (
        "the tables differ in {what}; run them with the same breakdowns and freeze date",
        "tabellerna skiljer sig i {what}; kör dem med samma uppdelning och frysdatum",
    ),
    "add_none": ("there are no tables to add", "det finns inga tabeller att lägga ihop"),
    **DEFINITIONS,
    **EXCHANGE,
}
