"""The wording of the faults of answers: (English, Swedish), said to the one who fills in."""

from matrikel_declared import Messages

ANSWERS: Messages = {
    "answer_missing": ("This has to be answered.", "Det här måste besvaras."),
    "answer_unknown": (
        "The form does not ask this; the answer was not taken in.",
        "Formuläret frågar inte detta; svaret togs inte emot.",
    ),
    "answer_form": (
        "The answer could not be read; answer again.",
        "Svaret gick inte att läsa; svara igen.",
    ),
    "answer_option": (
        "{value!r} is not one of the answers; choose one in the list.",
        "{value!r} är inget av svaren; välj ett i listan.",
    ),
    "answer_option_ended": (
        "{value!r} is no longer in use; choose another answer.",
        "{value!r} används inte längre; välj ett annat svar.",
    ),
    "answer_exclusive": (
        "The answer {value!r} stands alone; take away it or the others.",
        "Svaret {value!r} står ensamt; ta bort det eller de andra.",
    ),
    "answer_low": ("At least {least}; the answer is {value}.", "Minst {least}; svaret är {value}."),
    "answer_high": ("At most {most}; the answer is {value}.", "Högst {most}; svaret är {value}."),
    "answer_decimals": (
        "At most {decimals} decimals; the answer is {value}.",
        "Högst {decimals} decimaler; svaret är {value}.",
    ),
    "answer_long": (
        "The text is {length} characters, at most {longest}. Nothing has been saved of it; shorten it and try again.",
        "Texten är {length} tecken, högst {longest}. Inget av den har sparats; korta den och försök igen.",
    ),
    "answer_characters": (
        "The text holds hidden characters that can change how it is read ({found}); remove them.",
        "Texten har dolda tecken som kan ändra hur den läses ({found}); ta bort dem.",
    ),
    "answer_date": (
        "{value!r} is not a day between 1900 and 2100; write YYYY-MM-DD.",
        "{value!r} är ingen dag mellan 1900 och 2100; skriv ÅÅÅÅ-MM-DD.",
    ),
    "rows_few": ("At least {least} of these; there are {count}.", "Minst {least} av dessa; det finns {count}."),
    "rows_many": ("At most {most} of these; there are {count}.", "Högst {most} av dessa; det finns {count}."),
}
