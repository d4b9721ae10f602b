"""Sending one request to a receiver: to the address looked at, within a time, and no further."""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from service.delivery.addresses import Allowed, read
from service.delivery.errors import AddressRefused
from service.delivery.line import SECONDS, Line, Resolve, open_ip, resolve
from service.delivery.model import Outcome

LARGEST_ANSWER = 64 * 1024


class Sender:
    """`verify` is what `requests` verifies certificates with: the usual authorities, or a file."""

    def __init__(
        self,
        allowed: Allowed,
        resolver: Resolve = resolve,
        *,
        seconds: float = SECONDS,
        verify: bool | str = True,
    ) -> None:
        self._allowed = allowed
        self._resolve = resolver
        self._seconds = seconds
        self._verify = verify

    def check(self, url: str) -> str:
        """Return the IP address that a URL may be sent to now. Raises AddressRefused."""
        return open_ip(read(url), self._allowed, self._resolve)

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """POST a body; redirects are not followed, at most 64 KB of the answer are read."""
        try:
            ip = self.check(url)
        except AddressRefused as refused:
            return Outcome(error=refused.sentence("en"))
        line = Line(ip, self._seconds)
        try:
            with line, requests.Session() as session:
                session.trust_env = False  # no proxy, no netrc
                adapter = _PinnedAdapter(line.open)
                session.mount("https://", adapter)
                session.mount("http://", adapter)
                with session.post(
                    url,
                    data=body,
                    headers=dict(headers),
                    timeout=self._seconds,
                    allow_redirects=False,
                    stream=True,
                    verify=self._verify,
                ) as answer:
                    if line.cut:  # what looks like the end of the headers was ours
                        return Outcome(error="timeout")
                    told = b""
                    with suppress(Exception):  # the status has come; the body is a courtesy
                        told = answer.raw.read(LARGEST_ANSWER, decode_content=False)
                    return Outcome(status=answer.status_code, body=told)
        except (requests.RequestException, OSError, ValueError) as fault:
            return Outcome(error="timeout" if line.cut else type(fault).__name__)


class _PinnedAdapter(HTTPAdapter):
    """Connects to an address that was looked at; Host, SNI and certificate go by the name."""

    def __init__(self, open_line: Callable[[int], socket.socket]) -> None:
        self._open_line = open_line
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        open_line = self._open_line

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return open_line(self.port)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return open_line(self.port)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
