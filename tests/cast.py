"""The cast of a test: each of the demonstration's accounts, logged in, and a clock to move."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from media.days import day_in_shanghai
from service import demonstration
from service.embedded_mongo import nothing
from service.rooms import Rooms

NAMES = ("admin", "inspector", "inspector2", "supervisor", "supervisor2", "director")


def set_up(rooms: Rooms) -> None:
    """Bring a database to where `huyuan serve` has it at the first start."""
    rooms.plans.load_packs(now=rooms.clock())
    demonstration.first_administrator(rooms)
    rooms.checkpoints.create_key(now=rooms.clock())
    demonstration.add(rooms, nothing)


@dataclass
class Clock:
    """The real time, moved on by what a test adds."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def today(self) -> date:
        """The day in Asia/Shanghai, by which whatever is in force is."""
        return day_in_shanghai(self())

    def pass_by(self, **time: float) -> None:
        self.ahead += timedelta(**time)


@dataclass
class Caller:
    """One account at the service; `call` returns the answer whatever its status."""

    app: Flask
    token: str
    account: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, json: Any = None, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        revision = more.pop("revision", None)
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        headers |= more.pop("headers", {})
        if json is not None:
            more["json"] = json
        path = path if path.startswith("/") else f"/api/v1/{path}"
        with self.app.test_client().open(path, method=method, headers=headers, **more) as answer:
            answer.get_data()  # whole, before its file is closed
        return answer

    def get(self, path: str, **query: Any) -> Any:
        answer = self.call("GET", path, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, json: Any = None, wanted: int = 200, **more: Any) -> Any:
        answer = self.call("POST", path, json, **more)
        assert answer.status_code == wanted, answer.text
        return answer.json if answer.data else None


@dataclass
class Cast:
    """`cast.inspector` and the others are logged in when first called for."""

    app: Flask
    rooms: Rooms
    clock: Clock

    def __getattr__(self, name: str) -> Caller:
        if name not in NAMES:
            raise AttributeError(name)
        caller = self.enter(name, self.passwords[name])
        self.__dict__[name] = caller
        return caller

    @cached_property
    def passwords(self) -> dict[str, str]:
        return demonstration.kept_passwords(self.rooms.settings)

    @cached_property
    def nobody(self) -> Caller:
        return Caller(self.app, "")

    def enter(self, username: str, password: str) -> Caller:
        body = {"username": username, "password": password, "device": "test"}
        login = self.nobody.post("login", body)
        return Caller(self.app, login["token"], login["account"])
