"""The service under a server of many processes: looked at once, made in each process.

A MongoClient that is carried across a fork may wait for ever on a lock that its parent held.
"""

import os
from collections.abc import Callable, Iterable
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import click
import orjson
from pymongo.errors import PyMongoError

from service import logs
from service.app import create_app
from service.cli.connection import connected, settings
from service.database import connect
from service.embedded_mongo import BRING_YOUR_OWN
from service.problems import PLAIN
from service.rooms import assemble

UNFIT = 4
"""Of gunicorn: the app cannot be loaded, so that it ends rather than begin workers without end."""

NOT_PREPARED = (
    "数据库尚未准备：请先运行 huyuan migrate / the database is not prepared: run huyuan migrate"
)


class EachProcess:
    """A WSGI application that every process makes for itself, when it is first asked."""

    def __init__(self, make: Callable[[], WSGIApplication]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: WSGIApplication | None = None
        os.register_at_fork(after_in_child=self._forget)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        try:
            with self._lock:
                if self._made is None:
                    self._made = self._make()
                app = self._made
        except PyMongoError:
            return _unavailable(start)
        return app(environ, start)

    def _forget(self) -> None:
        self._lock = Lock()
        self._made = None


def application() -> EachProcess:
    """Return the service for a WSGI server; end the start, a line a reason, where it cannot run."""
    logs.configure()
    try:
        asked = settings()
        if not asked.mongodb_uri:
            raise click.ClickException(BRING_YOUR_OWN)
        with connected(asked) as rooms:
            if rooms.database["plans"].find_one({}, {"_id": 1}) is None:
                raise click.ClickException(NOT_PREPARED)
    except click.ClickException as refused:
        refused.show()
        raise SystemExit(UNFIT) from refused
    return EachProcess(lambda: create_app(assemble(asked, connect(asked.mongodb_uri))))


def _unavailable(start: StartResponse) -> Iterable[bytes]:
    """Answer as `service.problems` does, which needs the app that could not be made."""
    slug, zh, _ = PLAIN[503]
    body = orjson.dumps({"type": f"/problems/{slug}", "status": 503, "detail": zh})
    headers = [("Content-Type", "application/problem+json"), ("Retry-After", "2")]
    start("503 Service Unavailable", [*headers, ("Content-Length", str(len(body)))])
    return [body]
