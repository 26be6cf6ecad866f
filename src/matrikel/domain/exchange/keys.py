"""The board's own key: a file in the installation's folder that the server alone can read, made when first needed."""

from pathlib import Path

from django.conf import settings

from matrikel.kernel.acting import Acting
from matrikel_stats.exchange.keys import SigningKey, new_key, read_key


def path_of(by: Acting) -> Path:
    return Path(settings.HOME) / "keys" / f"{by.board_id}.toml"


def own_key(by: Acting) -> SigningKey | None:
    """The key of the acting board, None when none has been made."""
    return read_key(path_of(by)) if path_of(by).exists() else None


def make(by: Acting, signer: str) -> SigningKey:
    """Make the board's key. Raises StatsError when there is one already."""
    path_of(by).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return new_key(path_of(by), signer)
