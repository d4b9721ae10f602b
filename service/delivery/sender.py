"""Sending one request to a receiver: to the address looked at, within a time, and no further."""

import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from service.delivery.addresses import Address, Allowed, must_be_open, read
from service.delivery.errors import AddressRefused
from service.delivery.model import Outcome

SECONDS = 10.0
"""For everything: connection, handshake, request, and the answer with its body."""

RESOLVE_SECONDS = 4.0
LARGEST_ANSWER = 64 * 1024

Resolve = Callable[[str, int], list[str]]
"""Gives the IP addresses of a host; raises OSError where it has none."""

_RESOLVERS = ThreadPoolExecutor(16, thread_name_prefix="resolve")


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, as the machine resolves it. Raises OSError."""
    asked = _RESOLVERS.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = asked.result(RESOLVE_SECONDS)
    except TookTooLong as slow:
        raise TimeoutError(host) from slow
    return list(dict.fromkeys(str(each[4][0]) for each in found))


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
        address = read(url)
        return must_be_open(address, self._found(address), self._allowed)

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """POST a body; redirects are not followed, at most 64 KB of the answer are read."""
        try:
            ip = self.check(url)
        except AddressRefused as refused:
            return Outcome(error=refused.sentence("en"))
        line = _Line(ip, self._seconds)
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

    def _found(self, address: Address) -> list[str]:
        if address.literal is not None:
            return [str(address.literal)]
        try:
            return self._resolve(address.host, address.port)
        except (OSError, UnicodeError):
            return []


class _Line:
    """One connection to one IP address, cut when its time is up, whatever trickles through it."""

    def __init__(self, ip: str, seconds: float) -> None:
        self.cut = False
        self._ip = ip
        self._seconds = seconds
        self._ends: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for end in self._ends:
            end.close()

    def open(self, port: int) -> socket.socket:
        made = socket.create_connection((self._ip, port), timeout=self._seconds)
        self._ends.append(made.dup())  # TLS takes the socket over; this end stays ours
        if self.cut:
            made.close()
            raise TimeoutError
        return made

    def _cut(self) -> None:
        self.cut = True
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


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
