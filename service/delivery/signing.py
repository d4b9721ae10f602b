"""How a delivery is signed, and how the keys of the signatures are kept.

A receiver's key signs, so it cannot be kept as a hash: it is encrypted with a key derived from the
service's own secret (HKDF, RFC 5869) by AES-256-GCM, bound to the receiver's id.
"""

import hmac
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class SecretUnreadable(Exception):  # noqa: N818 - it says what to do
    """A kept key was encrypted under another secret of the service: rotate it."""


def make_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def signature(secret: str, body: bytes, at: int) -> str:
    """Return the value of `Huyuan-Signature`: HMAC-SHA256 over "at.body", `at` in Unix seconds."""
    mac = hmac.new(secret.encode(), b"%d." % at + body, sha256).hexdigest()
    return f"t={at},v1={mac}"


@dataclass(frozen=True)
class Keeper:
    """Encrypts and reads the keys of receivers under the service's secret."""

    secret: str = field(repr=False)

    def keep(self, receiver_id: str, secret: str) -> str:
        nonce = secrets.token_bytes(NONCE)
        sealed = self._cipher().encrypt(nonce, secret.encode(), receiver_id.encode())
        return b64encode(nonce + sealed).decode()

    def read(self, receiver_id: str, kept: str) -> str:
        """Return the key. Raises SecretUnreadable."""
        raw = b64decode(kept)
        try:
            plain = self._cipher().decrypt(raw[:NONCE], raw[NONCE:], receiver_id.encode())
        except InvalidTag as other:
            raise SecretUnreadable from other
        return plain.decode()

    def _cipher(self) -> AESGCM:
        derived = HKDF(SHA256(), 32, salt=None, info=b"huyuan receivers")
        return AESGCM(derived.derive(self.secret.encode()))
