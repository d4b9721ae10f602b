"""Passwords by argon2id (RFC 9106, the low-memory profile) and tokens by keyed SHA-256."""

import hmac
import secrets
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

SHORTEST = 10
LONGEST = 200
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_NOBODY = _HASHER.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def is_right(password: str, hashed: str | None) -> bool:
    """Tell whether the password is the hashed one; as slow for nobody's hash as for somebody's."""
    try:
        return _HASHER.verify(hashed or _NOBODY, password) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


def is_weak(password: str, username: str) -> bool:
    return (
        not SHORTEST <= len(password) <= LONGEST
        or len(set(password)) < SHORTEST // 2
        or password.casefold() == username.casefold()
    )


def make_password() -> str:
    """Return a password of 16 letters and digits that are not mistaken for one another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def make_token() -> str:
    return secrets.token_urlsafe(32)


def hash_token(token: str, secret: str) -> str:
    return hmac.new(secret.encode(), token.encode(), sha256).hexdigest()
