"""What tus 1.0.0 says in headers, read strictly."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from uuid import UUID

from media.uploads.errors import BadUpload, NotPieces, WrongProtocol
from media.uploads.model import VERSION, Algorithm, Checksum

NUMBER = re.compile(r"\d{1,15}", re.ASCII)
SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
PIECES = "application/offset+octet-stream"


def must_be_tus(headers: Mapping[str, str]) -> None:
    """Raise WrongProtocol for another version, or none."""
    if headers.get("Tus-Resumable") != VERSION:
        raise WrongProtocol(version=VERSION)


def must_be_pieces(headers: Mapping[str, str]) -> None:
    if headers.get("Content-Type", "").partition(";")[0].strip() != PIECES:
        raise NotPieces


def number_in(headers: Mapping[str, str], name: str) -> int:
    """Return a header that counts bytes. Raises BadUpload."""
    found = headers.get(name, "")
    if not NUMBER.fullmatch(found):
        raise BadUpload(header=name, why=("应为字节数", "it counts bytes"))
    return int(found)


def declared_in(headers: Mapping[str, str]) -> tuple[str, str]:
    """Return the id and the SHA-256 that Upload-Metadata declares. Raises BadUpload."""
    told: dict[str, str] = {}
    for pair in headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        told[key] = _plain(value)
    try:
        id_ = str(UUID(told.get("id", "")))
    except ValueError:
        raise BadUpload(header="Upload-Metadata", why=("id 应为 UUID", "id is a UUID")) from None
    if not SHA256.fullmatch(told.get("sha256", "")):
        raise BadUpload(
            header="Upload-Metadata", why=("sha256 应为 64 位十六进制", "sha256 has 64 digits")
        )
    return id_, told["sha256"].lower()


def checksum_in(headers: Mapping[str, str]) -> Checksum | None:
    """Return Upload-Checksum, None where there is none. Raises BadUpload."""
    given = headers.get("Upload-Checksum")
    if given is None:
        return None
    algorithm, _, value = given.partition(" ")
    try:
        return Checksum(Algorithm(algorithm), b64decode(value, validate=True))
    except ValueError:
        words = ("应为 sha1 或 sha256 加 base64", "it is sha1 or sha256 and base 64")
        raise BadUpload(header="Upload-Checksum", why=words) from None


def _plain(value: str) -> str:
    try:
        return b64decode(value, validate=True).decode()
    except (Error, UnicodeDecodeError):
        return ""
