"""The key that signs checkpoints: a file that the database user cannot read.

Ed25519 (RFC 8032), PKCS 8 in PEM, mode 0600.
"""

import os
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from media.checkpoints.errors import KeyExists, NoSigningKey


def create(path: Path) -> Ed25519PrivateKey:
    """Write a new key to a file that is not there yet. Raises KeyExists."""
    key = Ed25519PrivateKey.generate()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise KeyExists from there
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    return key


def load(path: Path | None) -> Ed25519PrivateKey:
    """Return the key in the file. Raises NoSigningKey."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None) if path else None
    except (OSError, ValueError, TypeError) as unusable:
        raise NoSigningKey from unusable
    if not isinstance(key, Ed25519PrivateKey):
        raise NoSigningKey
    return key


def replace(path: Path) -> tuple[Ed25519PrivateKey, Ed25519PrivateKey]:
    """Put a new key in the file's place and keep the old one beside it; return both, old first."""
    old = load(path)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    new = create(fresh)
    path.rename(path.with_name(f"{path.name}.{key_id(old)[:12]}"))
    fresh.rename(path)
    return old, new


def public_pem(key: Ed25519PrivateKey) -> str:
    public = key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def key_id(key: Ed25519PrivateKey) -> str:
    """Return the SHA-256 of the public key's DER (SubjectPublicKeyInfo)."""
    return key_id_of(public_pem(key))


def key_id_of(pem: str) -> str:
    """Return the id of a public key in PEM. Raises ValueError for what is none."""
    public = load_pem_public_key(pem.encode())
    return sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def sign(key: Ed25519PrivateKey, message: bytes) -> str:
    return b64encode(key.sign(message)).decode()


def fits(pem: str, message: bytes, signature: str) -> bool:
    """Tell whether a signature is the key's over the message."""
    try:
        public = load_pem_public_key(pem.encode())
        if isinstance(public, Ed25519PublicKey):
            public.verify(b64decode(signature, validate=True), message)
            return True
    except (InvalidSignature, ValueError):
        return False
    return False
