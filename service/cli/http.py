"""The small HTTP client of `huyuan demo`: JSON, photos, a token, revisions."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart


class Unexpected(Exception):  # noqa: N818 - it says what came instead
    """The service answered otherwise than the story wants."""


@dataclass
class Caller:
    """One account at one service; `revision` of what was read last is sent as If-Match."""

    address: str
    token: str = field(default="", repr=False)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        revision: int | None = None,
        wanted: int = 200,
        **query: Any,
    ) -> Any:
        """Return the JSON of the answer. Raises Unexpected for another status than `wanted`."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        data = orjson.dumps(body) if body is not None else None
        if query:
            path = f"{path}?{urlencode(query, doseq=True)}"
        return self._send(method, path, data, headers, revision, wanted)

    def send_photo(self, path: str, photo: bytes, **form: Any) -> Any:
        """Send one photo with its fields; return the evidence kept."""
        return self._send_form(path, "photo", FileStorage(BytesIO(photo), "photo.jpg"), form)

    def send_file(self, path: str, name: str, data: bytes, **form: Any) -> Any:
        """Send one file with its fields."""
        return self._send_form(path, "file", FileStorage(BytesIO(data), name), form)

    def _send_form(self, path: str, name: str, file: FileStorage, form: dict[str, Any]) -> Any:
        values = MultiDict[str, Any]({key: str(value) for key, value in form.items()})
        values.add(name, file)
        boundary, data = encode_multipart(values)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._send("POST", path, data, headers, None, 201)

    def read(self, path: str) -> tuple[int, bytes]:
        """Return status and bytes of whatever is there."""
        return self._ask("GET", path, None, {})[:2]

    def exchange(
        self, method: str, path: str, body: Any = None
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Return status, bytes and headers, whatever they are."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        data = orjson.dumps(body) if body is not None else None
        return self._ask(method, path, data, headers)

    def _send(
        self,
        method: str,
        path: str,
        data: bytes | None,
        headers: dict[str, str],
        revision: int | None,
        wanted: int,
    ) -> Any:
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        status, body, _ = self._ask(method, path, data, headers)
        if status != wanted:
            told = body.decode(errors="replace")
            raise Unexpected(f"{method} {path}: {status}, not {wanted}: {told}")
        return orjson.loads(body) if body else None

    def _ask(
        self, method: str, path: str, data: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, Mapping[str, str]]:
        parts = urlsplit(self.address)
        token = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as connection:
            connection.request(method, path, data, {**headers, **token})
            with connection.getresponse() as answer:
                return answer.status, answer.read(), dict(answer.getheaders())
