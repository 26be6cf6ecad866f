"""The four ways an action or a read can be refused. Mapped once to pages and once to exit codes."""


class Refused(Exception):
    """Base of every refusal that a person can understand and mend."""


class RuleBroken(Refused):
    """The act would break a rule; nothing was written.

    `code` names the rule for tests and logs, `message` is shown to the user, `paragraph` cites the law.
    `field` names the form field that can mend it.
    """

    def __init__(self, code: str, message: object, *, paragraph: str = "", field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.paragraph = paragraph
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Missing(Refused):
    """The thing does not exist, or does not exist for this reader: the two are never told apart."""


class NotAllowed(Refused):
    """The reader's role lacks the right, whatever the object."""


class Conflict(Refused):
    """Somebody else changed the same row since it was read.

    `mine` and `theirs` map field names to values, so that a page can show both and lose neither. `version` is the row's
    now: who has seen both texts may save over that one.
    """

    def __init__(self, mine: dict[str, object], theirs: dict[str, object], version: int | None = None) -> None:
        super().__init__("conflict")
        self.mine = mine
        self.theirs = theirs
        self.version = version


class Unscoped(RuntimeError):
    """A programming fault: rows of a board were touched without saying on whose behalf."""
