"""On whose behalf something is done: the post that a session, a command or a job acts from."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4


@dataclass(frozen=True)
class Acting:
    """One post at work, fixed for a request or a job. Everything written and read names it as `by`.

    `page_view` groups what one page or one command read and wrote. `rights` are the role's permissions.
    """

    user_id: UUID
    post_id: UUID
    unit_id: UUID
    board_id: UUID
    municipality: str
    role: str
    name: str
    rights: frozenset[str]
    channel: str = "web"
    page_view: UUID = field(default_factory=uuid4)

    def may(self, right: str) -> bool:
        return right in self.rights

    def on_page(self, page_view: UUID) -> "Acting":
        return replace(self, page_view=page_view)
