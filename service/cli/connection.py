"""How a command reaches the database: the user's own, the one that serves now, or one it starts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import click
from pymongo.errors import PyMongoError

from media.refusals import Refusal
from service.database import WeakMongo, connect
from service.embedded_mongo import EmbeddedMongo, MongoWillNotRun, is_free, nothing
from service.migrations import WrongVersion, migrate, must_be_current
from service.rooms import Rooms, assemble
from service.settings import BadSettings, Settings, read_settings


def settings() -> Settings:
    """Return the settings, or end the command with every bad one named."""
    try:
        return read_settings()
    except BadSettings as bad:
        raise click.ClickException("\n".join(bad.lines)) from bad


@contextmanager
def connected(
    asked: Settings | None = None,
    say: Callable[[str], None] = nothing,
    *,
    of_any_version: bool = False,
) -> Iterator[Rooms]:
    """Give the rooms on the database; an embedded server started for this ends with it.

    The database must be of this program's version: outside of production it is brought to it.
    """
    given = asked or settings()
    server = None
    try:
        if given.mongodb_uri:
            uri = given.mongodb_uri
        else:
            server = EmbeddedMongo(
                given.data / "mongo", given.mongo_port, given.mongo_cache_mb, say
            )
            serves_now = (server.folder / "password").exists() and not is_free(given.mongo_port)
            uri = server.uri if serves_now else server.start()
        with connect(uri) as client:
            rooms = assemble(replace(given, mongodb_uri=uri), client)
            if not (of_any_version or given.production):
                migrate(rooms, lambda *_: None)
            if not of_any_version:
                must_be_current(rooms.database)
            with rooms.decoders:
                yield rooms
    except (MongoWillNotRun, WeakMongo, WrongVersion) as refused:
        raise click.ClickException(str(refused)) from refused
    except Refusal as refused:
        sentence = f"{refused.sentence('zh')} / {refused.sentence('en')}"
        raise click.ClickException(sentence) from refused
    except PyMongoError as away:
        raise click.ClickException(
            f"无法使用 MongoDB（{type(away).__name__}）：请检查 MONGODB_URI 与服务器"
            " / MongoDB cannot be used: check MONGODB_URI and the server"
        ) from away
    finally:
        if server is not None:
            server.stop()
