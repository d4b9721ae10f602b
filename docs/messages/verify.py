"""How a receiver of Huyuan's messages tells that one is genuine; the standard library suffices."""

import hmac
import time
from hashlib import sha256

OLDEST_SECONDS = 300


def is_ours(body: bytes, signature: str, secret: str, now: float | None = None) -> bool:
    """Tell whether the body as it came was signed with the secret, within five minutes.

    `signature` is the header Huyuan-Signature: "t=<Unix seconds>,v1=<hex HMAC-SHA256>".
    """
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    at, given = parts.get("t", ""), parts.get("v1", "")
    if not at.isdecimal() or abs((time.time() if now is None else now) - int(at)) > OLDEST_SECONDS:
        return False
    wanted = hmac.new(secret.encode(), at.encode() + b"." + body, sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), given.encode())
