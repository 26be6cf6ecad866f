"""What the one who typed the command can mend. Printed without a traceback; the exit code is 2."""


class Fault(Exception):
    """One line, or one line for each fault, naming the place and the remedy."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines
