"""The page of roles and rights. Only its words about rights stand here (RIGHTS)."""

from pathlib import Path

from tools.reference.markdown import both, code, codes, item, page, prose, table

RIGHTS = {
    "home": "Own settings and own posts.",
    "person.read": "Open a person within reach, with cases, journal and services.",
    "person.search": "Search, and see lists of persons within reach.",
    "person.write": "Register and correct persons, households, residence, work and studies.",
    "protection.write": "Say how a person's data are protected, and who belongs to the circle.",
    "case.write": "Enrol, open, close and refer; correct a reception.",
    "case.assign": "Give a case of the unit to another case worker; strike a colleague's note.",
    "note.write": "Write, sign and strike notes in the journal.",
    "service.write": "Register applications, starts, results and ends of services.",
    "survey.run": "Plan, open and close surveys of the unit, and read what was answered.",
    "form.write": "Fill in and sign forms, go on with colleagues' drafts, settle what an answer opened.",
    "form.sensitive": "The same with sensitive forms, of one's own, in cases one works, and in the unit one leads.",
    "plan.write": "Draw up plans, agree on them with the person, follow them up and end them.",
    "import.run": "Read in a register for the own unit, and undo it.",
    "figure.read": "Read figures; small numbers are hidden.",
    "figure.run": "Count the figures of the board anew.",
    "figure.people": "See the persons behind a figure, those within reach, and the unit's small numbers.",
    "figure.exchange": "Give the board's figures as a signed package, and take in those of others.",
    "emergency.open": "Open one person outside the reach for an hour, with a reason.",
    "emergency.review": "Review emergency openings in the unit.",
    "log.read": "Read who has read and changed what.",
    "staff.write": "Set up units, accounts and posts.",
}
REACH = {"unit": "persons of the own unit", "board": "persons of the whole board", "none": "no persons"}


def rights() -> str:
    from matrikel.domain.access import rules

    if words := set(RIGHTS) ^ {right.value for right in rules.Right}:
        raise SystemExit(f"RIGHTS in {Path(__file__).name} and access.rules.Right differ: {sorted(words)}")
    roles = list(rules.ROLES.values())
    return page(
        "Roles and rights", "`src/matrikel/domain/access/rules.py`",
        prose(
            "A post has one role. The role says what kind of act the post may do; the relation to a person says to "
            "whom. Roles are code, and a change of them is reviewed like code."
        ),
        "## Roles\n",
        table(
            ["code", "Swedish", "what it is for", "reaches"],
            [[code(r.code), both(r.label), both(r.description), REACH[r.reach]] for r in roles],
        ),
        "## Rights\n",
        table(
            ["right", "what one may do", *(code(role.code) for role in roles)],
            [
                [code(right.value), RIGHTS[right.value], *("yes" if right in role.rights else "" for role in roles)]
                for right in rules.Right
            ],
        ),
        "## Other limits\n",
        "\n".join([
            item(f"An emergency opening lasts {rules.EMERGENCY_MINUTES} minutes, needs a reason of at least "
                 f"{rules.EMERGENCY_REASON_LENGTH} characters and is to be reviewed within "
                 f"{rules.EMERGENCY_REVIEW_WORKDAYS} working days."),
            item("Levels of protection, weakest first: "
                 + codes(sorted(rules.Protection, key=lambda level: rules.STRENGTH[level]))
                 + ". From `marked` on only the named circle sees the person."),
            item("Grounds for a relation: " + codes(rules.Ground) + "."),
            item("Which page needs which right: [pages](pages.md). What opens a person: "
                 "[walls and secrecy](../explanation/walls-and-secrecy.md)."),
        ]),
    )  # fmt: skip
