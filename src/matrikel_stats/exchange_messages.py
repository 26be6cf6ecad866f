"""The wording of faults in comparison, exchange and Kolada files: (English, Swedish), each with the remedy."""

EXCHANGE: dict[str, tuple[str, str]] = {
    "compare_twice": (
        "{name!r} occurs twice; everyone compared is there once",
        "{name!r} finns två gånger; var och en ska vara med en gång",
    ),
    "compare_numbers": (
        "{k} of {n} is not possible; the number reached is between 0 and all of them",
        "{k} av {n} är inte möjligt; de som nått målet är mellan 0 och alla",
    ),
    "compare_nothing": (
        "there is nothing to compare: every number is hidden or empty; take more years together or a larger area",
        "det finns inget att jämföra: alla tal är dolda eller tomma; ta flera år tillsammans eller ett större område",
    ),
    "compare_centre": (
        "the common value {value} is not possible; a share lies between 0 and 1",
        "det gemensamma värdet {value} är inte möjligt; en andel ligger mellan 0 och 1",
    ),
    "compare_kind": (
        "figures of the kind {kind!r} have no share to compare; choose a definition of the kind reached",
        "mått av slaget {kind!r} har ingen andel att jämföra; välj en definition av slaget reached",
    ),
    # keys and packages
    "key_name": (
        "a key needs the name it signs as; give --name",
        "en nyckel behöver ett namn att signera med; ange --name",
    ),
    "key_exists": (
        "there is a file already; a key is never written over, choose another name",
        "filen finns redan; en nyckel skrivs aldrig över, välj ett annat namn",
    ),
    "key_open": (
        "others than the owner can read the private key; run chmod 600 on it",
        "fler än ägaren kan läsa den privata nyckeln; kör chmod 600 på den",
    ),
    "key_form": (
        "this is not a private key with its signer; make one with the command key",
        "det här är ingen privat nyckel med namn; skapa en med kommandot key",
    ),
    "trust_form": (
        'needs a table [signers] with lines such as "Name" = "public key"',
        'behöver en tabell [signers] med rader som "Namn" = "öppen nyckel"',
    ),
    "cannot_write": (
        "cannot be written ({reason}); choose another place",
        "går inte att skriva ({reason}); välj en annan plats",
    ),
    "cannot_read": (
        "cannot be read ({reason}); check its rights",
        "går inte att läsa ({reason}); se över rättigheterna",
    ),
    "package_exists": (
        "there is something already; nothing is written over, choose another name",
        "där finns redan något; inget skrivs över, välj ett annat namn",
    ),
    "package_empty": ("there is no result to put in it", "det finns inget resultat att lägga i"),
    "package_parts": (
        "the mean of other indicators, of which {parts} are not in the package; put them in as well",
        "medelvärde av andra mått, där {parts} saknas i paketet; lägg med dem också",
    ),
    "package_tables": (
        "a protected result has no sums left, and a mean needs them; give the result before it is protected",
        "ett skyddat resultat har inga summor kvar, och ett medelvärde behöver dem; ge resultatet innan det skyddas",
    ),
    "package_mixed": (
        "another freeze date or period than the first result; run all with the same",
        "annat frysdatum eller annan period än det första; kör alla med samma",
    ),
    "package_area": (
        "give the SCB code (four digits for a municipality, two for a county) and the name of the area",
        "ange områdets SCB-kod (fyra siffror för en kommun, två för ett län) och namn",
    ),
    "package_unreadable": (
        "the file is no whole zip file ({reason}); ask for it again",
        "filen är ingen hel zip-fil ({reason}); be om den på nytt",
    ),
    "package_large": (
        "more than {most} MB or too many files when unpacked; a package of figures is small, ask the sender",
        "mer än {most} MB eller för många filer uppackat; ett paket med mått är litet, fråga avsändaren",
    ),
    "package_path": (
        "the file {name!r} would end up outside the package or is there twice; do not use it, ask the sender",
        "filen {name!r} skulle hamna utanför paketet eller finns två gånger; använd det inte, fråga avsändaren",
    ),
    "package_not": (
        "this is no package of figures; give a file that the command publish made",
        "det här är inget paket med mått; ange en fil som kommandot publish har skapat",
    ),
    "package_newer": (
        "made in format {version}, this program knows {known}; upgrade, or ask for an older one",
        "skapat i format {version}, programmet kan {known}; uppgradera, eller be om ett äldre",
    ),
    "package_signer": (
        "signed by {signer!r}, who is not in the trust list with this key; check by another road that {key} is "
        "theirs, then add it",
        "signerat av {signer!r} som inte står i listan med den nyckeln; kontrollera på annan väg att {key} är "
        "deras och lägg sedan till den",
    ),
    "package_changed": (
        "changed since it was signed; do not use it, ask for it again",
        "ändrad sedan den signerades; använd den inte, be om den på nytt",
    ),
    "package_missing": ("the file {name} is missing; ask for it again", "filen {name} saknas; be om det på nytt"),
    "package_extra": (
        "the file {name} was not signed; remove it or ask again",
        "filen {name} är inte signerad; ta bort den eller be om det på nytt",
    ),
    "package_shape": (
        "not in the shape of a package; see docs/reference/packages.md",
        "har inte ett pakets form; se docs/reference/packages.md",
    ),
    "package_logic": (
        "counts by other logic ({theirs}, own {own}); use the same version of the definition on both sides",
        "räknar med en annan räkneregel ({theirs}, egen {own}); använd samma version av definitionen på båda håll",
    ),
    "package_sum": (
        "{number}: the parts make {parts}, the whole is {total}; ask the sender",
        "{number}: delarna blir {parts}, det hela är {total}; fråga avsändaren",
    ),
    "package_small": (
        "holds a number under {threshold}, which must not be given out; ask the sender to make it anew",
        "innehåller ett tal under {threshold} som inte får lämnas ut; be avsändaren göra om det",
    ),
    "package_hidden": (
        "marked as hidden but shows a number; ask the sender to make it anew",
        "är märkt som dold men visar ett tal; be avsändaren göra om det",
    ),
    "package_twice": ("the cell is there twice; ask the sender", "cellen finns två gånger; fråga avsändaren"),
    "package_forms": (
        "the JSON and Parquet forms of the table differ; ask the sender",
        "tabellens JSON- och Parquet-form skiljer sig; fråga avsändaren",
    ),
    "package_freeze": (
        "freeze date and period {found}, the others {expected}; ask for one of the same",
        "frysdatum och period {found}, övriga {expected}; be om ett med samma",
    ),
    "package_without": (
        "does not hold the indicator {indicator}; ask the sender to put it in",
        "innehåller inte måttet {indicator}; be avsändaren lägga till det",
    ),
    # Kolada files
    "kolada_json": (
        "not valid JSON: {reason}; fetch the file again",
        "inte giltig JSON: {reason}; hämta filen på nytt",
    ),
    "kolada_shape": (
        'not in the shape of Kolada: an object with a list "values" is needed; save the whole answer',
        'har inte Koladas form: ett objekt med en lista "values" behövs; spara hela svaret',
    ),
    "kolada_page": (
        "only the first page of several; fetch with a larger per_page, or join the pages",
        "bara första sidan av flera; hämta med större per_page, eller slå ihop sidorna",
    ),
    "kolada_count": (
        "says {count} values and holds {found}; fetch the file again",
        "säger {count} värden men innehåller {found}; hämta filen på nytt",
    ),
    "kolada_value": (
        "{reason} is missing or has the wrong form; fetch the file again or correct it",
        "{reason} saknas eller har fel form; hämta filen på nytt eller rätta den",
    ),
    "kolada_id": (
        "a key figure's id is N or U and five digits, such as N31807",
        "ett nyckeltals id är N eller U och fem siffror, till exempel N31807",
    ),
    "kolada_municipality": (
        "a municipality's code is four digits, such as 2380",
        "en kommuns kod är fyra siffror, till exempel 2380",
    ),
    "kolada_protect": (
        "only a protected result is written to a file for others; use protect first",
        "bara ett skyddat resultat skrivs till en fil för andra; använd protect först",
    ),
    "kolada_group": ("there is no such group; there is {known}", "det finns ingen sådan grupp; det finns {known}"),
    "kolada_none": (
        "the file has no value for {kpi}, {municipality}, {period}; choose another year or fetch it",
        "filen har inget värde för {kpi}, {municipality}, {period}; välj ett annat år eller hämta det",
    ),
    "kolada_years": (
        "no value of a single year; give --period 2024, or break down by year",
        "inget värde för ett enskilt år; ange --period 2024, eller dela upp på år",
    ),
    # the command
    "out_needed": (
        "does not fit on a screen; give a file with --out result.{ending}",
        "går inte att visa på skärmen; ange en fil med --out resultat.{ending}",
    ),
    "dataset_needed": (
        "needs a dataset, since the SQL depends on its columns; give --dataset",
        "behöver en datamängd, eftersom SQL beror på dess kolumner; ange --dataset",
    ),
    "option_needed": ("is needed here; give it on the command line", "behövs här; ange det på kommandoraden"),
    "definition_there": (
        "there is a definition of that name; choose another id",
        "det finns redan en definition med det namnet; välj ett annat id",
    ),
    "compare_source": (
        "give either packages or --dataset with --by, not both and not neither",
        "ange antingen paket eller --dataset med --by, inte båda och inte ingetdera",
    ),
    "one_indicator": (
        "{count} definitions; give the file of a single one",
        "{count} definitioner; ange filen för en enda",
    ),
    "own_unknown": (
        "{value!r} is not among those compared: {found}",
        "{value!r} finns inte bland de jämförda: {found}",
    ),
}
