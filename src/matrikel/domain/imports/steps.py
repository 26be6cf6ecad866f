"""The parts of a plan: steps through the doors of other rooms, problems met, and what a human has answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from matrikel.domain.imports.rules import CLOSE_REASONS, KINDS, PROTECTION, RECEIVERS, STUDIES, UNSAID, Effect


@dataclass(frozen=True)
class Step:
    """One act, by the name of a method of the writer, with its arguments."""

    name: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Met:
    """A problem met when a row was compared with the register. `field` names the column at fault."""

    kind: str
    field: str
    severity: str
    args: dict[str, str]


@dataclass
class Plan:
    """What a row would do. A held row is flagged and waits for a human."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Met] = field(default_factory=list)
    effect: Effect = Effect.UNCHANGED
    held: bool = False

    def step(self, name: str, **values: Any) -> None:
        self.steps.append(Step(name, values))
        if self.effect == Effect.UNCHANGED:
            self.effect = Effect.FILLED

    def flag(self, kind: str, column: str, **args: str) -> None:
        self.problems.append(Met(kind, column, "flagged", args))

    def refuse(self, kind: str, column: str, **args: str) -> None:
        self.problems.append(Met(kind, column, KINDS[kind].severity, args))
        self.effect = Effect.NONE


@dataclass(frozen=True)
class Terms:
    """What holds for a whole batch. `posts` are the case workers by the text that stands for them in the file."""

    municipality: str
    today: date
    protection: str = "unknown"
    column_of_protection: bool = False
    hold_alike: bool = False
    studies: str = STUDIES[0]
    posts: Mapping[str, UUID] = field(default_factory=dict)

    @classmethod
    def of(
        cls, choices: Mapping[str, Any], *, municipality: str, today: date, posts: Mapping[str, UUID], fields: set[str]
    ) -> "Terms":
        """From the answers of a batch and the fields that its columns hold."""
        return cls(
            municipality=municipality, today=today, protection=UNSAID.get(choices.get("protected", ""), "unknown"),
            column_of_protection="protected" in fields, hold_alike=choices.get("alike") == "hold",
            studies=choices.get("studies") or STUDIES[0], posts=posts,
        )  # fmt: skip

    def level(self, said: str) -> str:
        """The protection of somebody new: what the file's own column says, else the answer for the whole register."""
        return PROTECTION[said] if self.column_of_protection else self.protection

    def post_of(self, text: str) -> UUID | None:
        """The post chosen for a case worker of the file; None leaves the case to whoever runs the import."""
        return self.posts.get(text) if text else None

    def close_reason(self, reason: str) -> str:
        return CLOSE_REASONS.get(reason, reason or "other")

    def receiver(self, reason: str) -> str:
        return RECEIVERS.get(reason, "")
