"""The command's help and faults in Swedish. What it prints besides is worded where it is printed."""

import re

HELP = {
    # commands
    "write a commented definition to begin from": "skriv en kommenterad definition att utgå från",
    "find faults in definitions": "hitta fel i definitioner",
    "count indicators on a dataset": "räkna mått på en datamängd",
    "say in plain words what a definition counts": "säg med vanliga ord vad en definition räknar",
    "hold a value against others, and say whether chance could do it":
        "håll ett värde mot andras, och säg om slumpen kan förklara skillnaden",
    "write figures for others, without persons and small numbers":
        "skriv siffror till andra, utan personer och små tal",
    "check a package from elsewhere": "kontrollera ett paket från någon annan",
    "make a key to sign packages with": "skapa en nyckel att signera paket med",
    "say how long each indicator takes": "säg hur lång tid varje mått tar",
    "show this help": "visa den här hjälpen",
    # what is counted
    "language of what is said; English": "språk för det som sägs; engelska",
    "folder of code lists; the nearest when left out": "mapp med kodlistor; den närmaste om inget anges",
    "folder with persons, spells, events …, or postgresql://user@host/name":
        "mapp med persons, spells, events …, eller postgresql://användare@värd/namn",
    "tell who would be counted there, and who not": "säg vilka som skulle räknas där, och vilka inte",
    "definition or folder of them": "definition, eller mapp med definitioner",
    "reference is the plain one": "reference är den enkla",
    "last day known about (YYYY-MM-DD)": "sista dagen uppgifterna gäller (ÅÅÅÅ-MM-DD)",
    "only anchors in 2006, 2006-2008 or 2006-03": "bara utgångsdagar i 2006, 2006-2008 eller 2006-03",
    "one breakdown instead of those of the definition; empty for none":
        "en uppdelning i stället för definitionens; tomt för ingen",
    "count with Spark: local[4], spark://host:7077, yarn": "räkna med Spark: local[4], spark://värd:7077, yarn",
    "schema of the tables in a database; public": "schema för tabellerna i en databas; public",
    "pull the tables of a database over, and count here": "hämta tabellerna ur en databas, och räkna här",
    "most memory to count with; what goes beyond is put on disk":
        "högsta minne att räkna med; det som inte får plats läggs på disk",
    "print the compiled SQL as well; needs --dataset": "skriv också ut SQL; kräver --dataset",
    # results
    "form of the result": "resultatets form",
    "write to a file instead of to standard output": "skriv till en fil i stället för på skärmen",
    "hide small numbers, as for those without access to persons":
        "dölj små tal, som för den som inte får se personerna",
    "runs of each, after one that is not counted": "omgångar av varje, efter en som inte räknas",
    # new
    "name of the file and the indicator, such as work_18_months": "filens och måttets namn, som work_18_months",
    "what sort of figure it is": "vilket slags mått det är",
    "what it is called, in Swedish": "vad det heter, på svenska",
    "folder to write in; here": "mapp att skriva i; här",
    # compare
    "packages of others and one's own": "andras paket och ens eget",
    "known signers of the packages": "kända signerare av paketen",
    "whose value the sentence is about; all outside when left out":
        "vems värde meningen handlar om; alla utanför om inget anges",
    "Kolada's municipality_groups: compare within one": "Koladas municipality_groups: jämför inom en",
    "which group of the file": "vilken grupp i filen",
    "Kolada's data: hold against a value from there": "Koladas data: håll mot ett värde därifrån",
    "key figure of that value, a share in per cent": "det värdets nyckeltal, en andel i procent",
    "year of that value": "det värdets år",
    "of that value; the nation when left out": "det värdets; riket om inget anges",
    # publish, receive, key
    "SCB code of the municipality or county": "kommunens eller länets kod hos SCB",
    "its name (package)": "dess namn (paket)",
    "private key to sign with (package)": "privat nyckel att signera med (paket)",
    "id of the key figure (kolada)": "nyckeltalets id (kolada)",
    "leave out what cannot be counted, and tell it": "utelämna det som inte kan räknas, och säg det",
    "a .zip file, a new folder, or a .json file": "en .zip-fil, en ny mapp eller en .json-fil",
    "known signers": "kända signerare",
    "one's own definitions": "ens egna definitioner",
    "keep the package there once it has passed": "behåll paketet där när det har godkänts",
    "where the private key is written; only you may read it":
        "var den privata nyckeln skrivs; bara du får läsa den",
    "the name it signs as": "namnet den signerar som",
}  # fmt: skip

_FAULTS = (
    (r"the following arguments are required: (.+)", r"det här behövs: \1"),
    (r"argument (.+): expected .+", r"\1: ett värde behövs"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1: \2 finns inte; välj bland \3"),
    (r"argument (.+): invalid int value: (.+)", r"\1: \2 är inget heltal"),
    (r"argument (.+): (.+) is not a date; write YYYY-MM-DD", r"\1: \2 är inget datum; skriv ÅÅÅÅ-MM-DD"),
    (r"unrecognized arguments: (.+)", r"okända argument: \1"),
    (r"argument (.+): (.+)", r"\1: \2"),
)


def fault(message: str) -> str:
    """Return in Swedish what argparse says is wrong with the command."""
    for pattern, words in _FAULTS:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, words, message)
    return message
