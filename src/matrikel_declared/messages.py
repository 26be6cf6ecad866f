"""The wording of the faults that every definition file can have: (English, Swedish), each with the remedy."""

from .problems import Messages

COMMON: Messages = {
    "file_missing": ("no such file or folder; check the path", "filen eller mappen finns inte; kontrollera sökvägen"),
    "toml": ("not valid TOML: {reason}", "inte giltig TOML: {reason}"),
    "not_utf8": ("the file is not UTF-8; save it again as UTF-8", "filen är inte UTF-8; spara den på nytt som UTF-8"),
    "key_unknown": (
        "unknown key {key!r}{hint}; allowed here: {allowed}",
        "okänd nyckel {key!r}{hint}; tillåtna här: {allowed}",
    ),
    "key_missing": ("the key {key!r} is missing; {remedy}", "nyckeln {key!r} saknas; {remedy}"),
    "wrong_type": (
        "{key!r} must be {expected}, not {found}",
        "{key!r} ska vara {expected}, inte {found}",
    ),
    "text_missing": ("the text {key!r} is empty; write it in Swedish", "texten {key!r} är tom; skriv den på svenska"),
    "id_form": (
        "id {value!r} must be lower-case letters, digits and _ and begin with a letter",
        "id {value!r} ska vara små bokstäver, siffror och _ och börja med en bokstav",
    ),
    "id_not_file": (
        "id {value!r} does not match the file name; call the file {value}.toml",
        "id {value!r} stämmer inte med filnamnet; kalla filen {value}.toml",
    ),
    "definition_twice": (
        "the id {value!r} is also used in {other}; ids are unique",
        "id {value!r} används också i {other}; varje id ska vara unikt",
    ),
    "value_not_allowed": (
        "{key!r} is {value!r}{hint}; one of {allowed}",
        "{key!r} är {value!r}{hint}; något av {allowed}",
    ),
    "number_too_small": (
        "{key!r} is {value}; write at least {least}",
        "{key!r} är {value}; skriv minst {least}",
    ),
    "number_too_large": ("{key!r} is {value}; at most {most}", "{key!r} är {value}; högst {most}"),
    "choose_one": ("give exactly one of {keys}", "ange exakt en av {keys}"),
    "translation_orphan": (
        "there is no definition {value}.toml beside it; remove or rename",
        "det finns ingen definition {value}.toml bredvid; ta bort eller byt namn",
    ),
}
