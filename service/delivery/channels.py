"""How a message goes out over each channel, and how an answer is read: pure.

The contracts, as their makers document them: a group robot of WeCom (企业微信) takes text of at
most 2048 bytes and answers `errcode` 0; a custom robot of DingTalk (钉钉) also wants a timestamp in
milliseconds and an HMAC-SHA256 over it. The SMS gateway's and the webhook's are our own
(`docs/messages.md`).
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

import orjson

from service.delivery.model import Channel, Outcome
from service.delivery.signing import signature

WECOM_BYTES = 2048
ROBOTS = (Channel.WECOM, Channel.DINGTALK)


@dataclass(frozen=True)
class Outgoing:
    """One request; its URL holds a robot's key and is shown nowhere."""

    url: str = field(repr=False)
    body: bytes
    headers: Mapping[str, str] = field(repr=False)


def parted(url: str) -> tuple[str, str]:
    """Return a robot's address without its key, and the query that holds it."""
    base, _, query = url.partition("?")
    return base, query


def kept_of(query: str, signing: str) -> str:
    """Return what is kept, encrypted, of a robot: its key and what signs."""
    return orjson.dumps({"query": query, "signing": signing}).decode()


def as_webhook(url: str, key: str, payload: Any, secret: str, at: datetime) -> Outgoing:
    """Return the signed request of a webhook, and of the SMS gateway."""
    body = orjson.dumps(payload)
    return Outgoing(
        url, body, _json(key) | {"Huyuan-Signature": signature(secret, body, int(at.timestamp()))}
    )


def as_robot(channel: Channel, url: str, key: str, text: str, kept: str, at: datetime) -> Outgoing:
    """Return what a group robot of WeCom or DingTalk takes."""
    held = orjson.loads(kept)
    query = held["query"]
    if channel is Channel.DINGTALK and held["signing"]:
        stamp = str(int(at.timestamp() * 1000))
        mac = hmac.new(held["signing"].encode(), f"{stamp}\n{held['signing']}".encode(), sha256)
        query += f"&timestamp={stamp}&sign={quote_plus(b64encode(mac.digest()))}"
    body = {"msgtype": "text", "text": {"content": shortened(text, WECOM_BYTES)}}
    return Outgoing(f"{url}?{query}", orjson.dumps(body), _json(key))


def sms_payload(
    key: str, phones: Sequence[str], text: str, kind: str, at: datetime
) -> dict[str, Any]:
    """Return what the gateway is asked to send; under one `id` it sends once."""
    told = at.isoformat(timespec="milliseconds")
    return {"id": key, "phones": list(phones), "text": text, "kind": kind, "at": told}


def verdict(channel: Channel, outcome: Outcome) -> Outcome:
    """Return the outcome as the channel means it: a robot's 200 may be a refusal."""
    if channel not in ROBOTS or not outcome.arrived:
        return outcome
    try:
        code = orjson.loads(outcome.body)["errcode"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return Outcome(error="its answer has no errcode")
    return outcome if code == 0 else Outcome(error=f"errcode {code}")


def shortened(text: str, most: int) -> str:
    """Return the text within so many bytes of UTF-8, cut between characters."""
    raw = text.encode()
    return text if len(raw) <= most else raw[: most - 3].decode(errors="ignore") + "…"


def _json(key: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "huyuan",
        "Accept-Encoding": "identity",
        "Idempotency-Key": key,
    }
