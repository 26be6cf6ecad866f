"""The commented definition that `new` writes. A comment is told in Swedish and English, `# svenska | English`."""

HEAD = """\
# {prose}
id = "{id}"
version = 1
kind = "{kind}"
# Vad måttet heter och frågar efter. | What it is called and asks.
name = "{name}"
question = "{question}"
# Skriv med ord vilka som räknas, och av vilka. | Say in words who is counted, and of whom.
numerator = "{numerator}"
denominator = "{denominator}"
# Vem som svarar för måttet, och var det är bestämt. | Who answers for it, and where it was decided.
owner = "{owner}"
source = "{source}"
# En lista för varje uppdelning; ["sex", "year"] korsar två. | A list for each; ["sex", "year"] crosses two.
{breakdowns}
"""

SECTIONS = {
    "reached": """\
# Vilka det gäller: ålder på utgångsdagen, båda med. | Whom it is about: age on the anchor day, both included.
[cohort]
age = { from = 20, to = 64 }

# Dagen som fönstret räknas från; den första om det finns flera. | The day the window is counted from; the first.
[cohort.anchor]
spell = ["registration"]
take = "first"

# Tiden målet ska nås inom. | The time it must be reached within.
[window]
months = 12

# Vad som räknas som nått: slag i kodlistan. | What counts as reached: kinds of the code list.
[outcome]
spell = { counts_as = ["work"] }

# De som lämnar är kvar i nämnaren. | Those who leave stay in the denominator.
[leaving]
events = ["left"]
deaths = ["death"]
""",
    "duration": """\
[cohort]
age = { from = 16, to = 64 }

# Dagen som väntan börjar. | The day the wait begins.
[cohort.anchor]
event = ["sfi_application"]
take = "first"

# Det som avslutar väntan, och gränser att hålla den mot. | What ends the wait, and limits to hold it against.
[duration]
to = { spell = ["sfi"] }
unit = "weeks"
limits = [{ months = 3 }]

[leaving]
events = ["left"]
deaths = ["death"]
""",
    "flow": """\
# Händelsen som räknas. | The event that is counted.
[cohort.anchor]
event = ["reception"]
take = "every"

# Personer en gång per period, eller alla tillfällen: occurrences. | Persons once a period, or every occurrence.
[flow]
every = "year"
count = "persons"
""",
    "stock": """\
# Tillståndet som räknas. | The state that is counted.
[cohort.anchor]
spell = ["sfi"]
take = "every"

# "31 december", "month_end" eller "any_time_in_year". | "31 december", "month_end" or "any_time_in_year".
[stock]
moment = "31 december"
""",
    "state": """\
[cohort]
age = { from = 20, to = 64 }

# Dagen som tiden räknas från. | The day the time is counted from.
[cohort.anchor]
spell = ["registration"]

# Dagen man ser på: så lång tid senare. | The day that is looked at: so long after.
[state]
at = { months = 24 }

# Vad som ska gälla den dagen. | What must hold that day.
[outcome]
spell = { counts_as = ["work"] }
""",
    "long_term": """\
# Ålder vid årets slut. Månaderna står i assistance_months. | Age at the end of the year. Months of assistance_months.
[cohort]
age = { from = 18 }

# Minst så många av månaderna som slutar i december. | At least so many of the months ending in December.
[long_term]
at_least = 10
of = 12
""",
    "ratio": """\
# Det som räknas: här alla med bistånd någon månad. | What is counted: here all with assistance in any month.
[cohort.anchor]
table = "assistance_months"

# Per så många invånare i populations. | Per so many inhabitants of populations.
[ratio]
per = 1000

[flow]
every = "year"
""",
    "amount": """\
# Kronor per hushåll och månad i assistance_months. | Kronor per household and month of assistance_months.
[amount]
every = "year"
""",
    "attendance": """\
# Besökt av planerat i attendance. | Attended of planned, of attendance.
[attendance]
every = "year"
""",
    "score": """\
# Frågorna i responses, med lägsta och högsta svar. | The items in responses, with the lowest and highest answer.
[score]
instrument = "WHO-5"
items = ["1", "2", "3", "4", "5"]
least = 0
most = 5

# Sant ger ett index 0–100. | True gives an index 0–100.
index = true
""",
}

BREAKDOWNS = dict.fromkeys(("reached", "state", "duration"), '[["sex"], ["year"]]')
"""The other kinds are broken down by period by themselves."""
