"""Writes are refused before the disk is full: MongoDB ends itself when it meets the end of it."""

from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from flask import Flask, request
from pymongo.database import Database

from media.refusals import Refusal

SECONDS = 5.0
"""How long a reading of the free space holds."""

WRITES = ("POST", "PUT", "PATCH", "DELETE")


class DiskAlmostFull(Refusal):
    """RFC 4918, 11.5; reads go on."""

    zh = (
        "服务器磁盘空间不足，暂停写入，查询不受影响。请管理员清理或扩容后重试，设备上的数据请保留。"
    )
    en = "The server's disk is almost full: reading goes on, writing stops. Keep the data, retry."


@dataclass
class DiskGuard:
    """`reserve` bytes of MongoDB's disk stay free."""

    database: Database[dict[str, Any]]
    reserve: int
    _until: float = 0.0
    _full: bool = False
    _lock: Lock = field(default_factory=Lock)

    def must_have_room(self) -> None:
        """Raise DiskAlmostFull where less than the reserve was free a moment ago."""
        with self._lock:
            if monotonic() >= self._until:
                told = self.database.command("dbStats")
                self._full = told["fsTotalSize"] - told["fsUsedSize"] < self.reserve
                self._until = monotonic() + SECONDS
        if self._full:
            raise DiskAlmostFull


def install(app: Flask, guard: DiskGuard) -> None:
    """Ask the guard before every request that writes, but for logging in."""

    @app.before_request
    def room() -> None:
        writes = request.method in WRITES and request.endpoint is not None
        if writes and request.endpoint != "accounts.log_in":
            guard.must_have_room()
