"""The stage: a real MongoDB for every test process, an empty database for each test."""

import logging
import os
import socket
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from service import logs
from service.app import create_app
from service.database import connect, transactions
from service.embedded_mongo import EmbeddedMongo
from service.rooms import assemble
from service.settings import read_settings
from tests.cast import Cast, Clock, set_up

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
logs.configure(level=logging.WARNING)
settings.load_profile("busy")  # the machine may be busy with another test process

SHARED = Path(__file__).parents[1].parent / "shared"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def mongo():
    """The embedded MongoDB on a free port, or the replica set that TEST_MONGODB_URI names."""
    given = os.environ.get("TEST_MONGODB_URI")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="huyuan-tests-") as folder:
        server = EmbeddedMongo(Path(folder), free_port(), cache_mb=256)
        try:
            yield server.start()
        finally:
            server.stop()


@pytest.fixture(scope="session")
def client(mongo):
    with connect(mongo) as client:
        yield client


@pytest.fixture
def database(client):
    name = f"test_{uuid4().hex[:12]}"
    yield client[name]
    client.drop_database(name)


@pytest.fixture
def transact(client):
    return transactions(client)


@pytest.fixture(scope="session")
def shared():
    """The folder of source texts and camera photos beside the project."""
    if not SHARED.is_dir():
        assert not os.environ.get("CI"), "CI has ../shared beside the project"
        pytest.skip("the folder ../shared with the source texts and photos is not here")
    return SHARED


@pytest.fixture(scope="module")
def stage(client, mongo, tmp_path_factory):
    """The whole service over a database of the module's own, with the demonstration's cast."""
    folder = tmp_path_factory.mktemp("data")
    asked = replace(
        read_settings({"HUYUAN_DATA": str(folder), "MONGODB_URI": mongo}),
        database=f"test_{uuid4().hex[:12]}",
    )
    clock = Clock()
    rooms = assemble(asked, client, clock)
    set_up(rooms)
    with rooms.decoders:
        yield Cast(create_app(rooms), rooms, clock)
    client.drop_database(asked.database)


@pytest.fixture(scope="module")
def rooms(stage):
    return stage.rooms
