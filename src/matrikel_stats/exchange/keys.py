"""Who signs and who is trusted: Ed25519 keys as files, and a list of known signers by name."""

import base64
import os
import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from matrikel_stats.problems import StatsError, problem


@dataclass(frozen=True)
class SigningKey:
    """A private key and the name it signs as. Never printed, never put in a package."""

    signer: str
    private: bytes = field(repr=False)

    @property
    def public(self) -> str:
        """The public key as text, for the trust lists of others."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return base64.b64encode(
            Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()
        ).decode()

    def sign(self, message: bytes) -> str:
        """Return the signature as text."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return base64.b64encode(Ed25519PrivateKey.from_private_bytes(self.private).sign(message)).decode()


def is_signed(message: bytes, signature: str, public: str) -> bool:
    """Return whether the owner of a public key signed exactly this message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_key(path: Path, signer: str) -> SigningKey:
    """Make a key and write it to a new file that only its owner can read. Raises StatsError if the file is there."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not signer.strip():
        raise StatsError([problem("key_name", str(path))])
    key = SigningKey(signer.strip(), Ed25519PrivateKey.generate().private_bytes_raw())
    text = f"# Private key. Only its owner may read it.\nsigner = {_quoted(key.signer)}\nprivate = "
    text += f"{_quoted(base64.b64encode(key.private).decode())}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StatsError([problem("key_exists", str(path))]) from None
    except OSError as error:
        raise StatsError([problem("cannot_write", str(path), reason=error.strerror)]) from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return key


def read_key(path: Path) -> SigningKey:
    """Read a private key. Raises StatsError when it is missing, unreadable, or open to others than its owner."""
    data = _toml(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise StatsError([problem("key_open", str(path))])
    try:
        private = base64.b64decode(str(data.get("private")), validate=True)
    except ValueError:
        private = b""
    signer = data.get("signer")
    if len(private) != 32 or not isinstance(signer, str):
        raise StatsError([problem("key_form", str(path))])
    return SigningKey(signer, private)


def trust_line(key: SigningKey) -> str:
    """Return the line that others put under [signers] in their trust list."""
    return f"{_quoted(key.signer)} = {_quoted(key.public)}"


def read_trust(path: Path) -> dict[str, str]:
    """Return the known signers, name to public key, from a TOML file with a table `signers`."""
    signers = _toml(path).get("signers")
    if not isinstance(signers, dict) or not all(isinstance(key, str) and is_public(key) for key in signers.values()):
        raise StatsError([problem("trust_form", str(path))])
    return dict(signers)


def is_public(text: str) -> bool:
    """Return whether a text has the form of a public key."""
    try:
        return len(base64.b64decode(text, validate=True)) == 32
    except ValueError:
        return False


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError):
        raise StatsError([problem("file_missing", str(path))]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StatsError([problem("toml", str(path), reason=error)]) from None
    except OSError as error:
        raise StatsError([problem("cannot_read", str(path), reason=error.strerror)]) from None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
