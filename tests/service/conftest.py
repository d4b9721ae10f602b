"""The service of an operator who vouches for loopback, and a receiver that listens there."""

from dataclasses import replace

import pytest

from service.app import create_app
from service.delivery.addresses import read_allowed
from service.rooms import assemble
from service.settings import read_settings
from tests.cast import Cast
from tests.receiver import receiver

LOOPBACK = read_allowed("127.0.0.0/8")


@pytest.fixture(scope="module")
def cast(stage, client):
    """The service as an operator runs it who vouches for loopback."""
    settings = replace(stage.rooms.settings, delivery_allow=LOOPBACK)
    rooms = assemble(settings, client, stage.clock)
    yield Cast(create_app(rooms), rooms, stage.clock)
    rooms.post.close()


@pytest.fixture
def here(cast):
    """A receiver that listens, with nothing registered but what the test registers."""
    cast.rooms.database.receivers.delete_many({})
    cast.rooms.database.deliveries.delete_many({})
    with receiver() as listening:
        yield listening


@pytest.fixture
def rooms(client, mongo, database, tmp_path):
    """The rooms of a service on a database of its own, whose operator vouches for loopback."""
    given = {"HUYUAN_DATA": str(tmp_path), "MONGODB_URI": mongo}
    settings = replace(
        read_settings(given), database=database.name, delivery_allow=read_allowed("127.0.0.0/8")
    )
    made = assemble(settings, client)
    yield made
    made.post.close()
