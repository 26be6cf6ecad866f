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
}
