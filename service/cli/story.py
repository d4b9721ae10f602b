"""What the chapters of the story that `huyuan demo` tells have in common.

Each chapter is a function of the story that makes its requests and says what came of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from media.days import SHANGHAI
from media.photos.drawing import draw_photo
from service.cli.http import Caller
from service.demonstration import SITE

API = "/api/v1"


Chapter: TypeAlias = tuple[str, Callable[["Story"], str]]
"""A title in two languages, and what makes the requests and says what came of them."""


@dataclass
class Story:
    """The running service, the passwords, and what the chapters hand on to one another."""

    address: str
    passwords: dict[str, str] = field(repr=False)
    plans: Path | None = None
    run: str = field(default_factory=lambda: str(uuid4().int % 1_000_000))
    callers: dict[str, Caller] = field(default_factory=dict)
    accounts: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def log_in(self, username: str, password: str, called: str | None = None) -> None:
        caller = Caller(self.address)
        login = caller.call(
            "POST",
            f"{API}/login",
            {"username": username, "password": password, "device": f"demo-{self.run}"},
        )
        caller.token = login["token"]
        self.callers[called or username] = caller
        self.accounts[called or username] = login["account"]

    def photo(self, caption: str, posts: int) -> bytes:
        at = datetime.now(SHANGHAI)
        return draw_photo(f"{caption} {self.run} {at:%H:%M:%S.%f}", at, *SITE, posts=posts)

    def step(self, who: str, inspection: Any, body: dict[str, Any]) -> Any:
        path = f"{API}/inspections/{inspection['id']}/steps"
        return self.callers[who].call("POST", path, body, revision=inspection["revision"])


def now() -> datetime:
    return datetime.now(SHANGHAI)


def today() -> date:
    return now().date()
