"""Asking the platform that cameras are linked with; the contract stands in `docs/drills.md`."""

import orjson

from inspections.drills.errors import PlatformSilent
from inspections.drills.model import AskPlatform, CameraLink
from service.delivery.sender import Sender

MOST = 10_000


def platform(url: str, token: str, sender: Sender) -> AskPlatform | None:
    """Return what asks the platform at the URL for a kindergarten, by its code; None without a URL.

    Raises PlatformSilent where no answer comes, or one that does not keep to the contract.
    """
    if not url:
        return None

    def ask(code: str) -> CameraLink:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        outcome = sender.send(url, orjson.dumps({"code": code}), headers)
        if not outcome.arrived:
            told = str(outcome.status or outcome.error)
            raise PlatformSilent(why=(told, told))
        return _read(outcome.body, code)

    return ask


def _read(body: bytes, code: str) -> CameraLink:
    try:
        told = orjson.loads(body)
        if told["code"] != code:
            raise ValueError(code)
        online, total = _count(told["online"]), _count(told["total"])
        percent, days = told.get("period_percent"), told.get("period_days")
        if online > total or not (percent is None or 0 <= float(percent) <= 100):
            raise ValueError(told)
        return CameraLink(
            online,
            total,
            None if percent is None else float(percent),
            None if days is None else _count(days),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as bad:
        why = ("回答不符合约定", "its answer does not keep to the contract")
        raise PlatformSilent(why=why) from bad


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise ValueError(value)
    return value
