"""What every room of the media floor is tried with."""

from datetime import UTC, datetime

import pytest

from media.custody.actions import Custody
from media.custody.model import Actor, Role, Scope
from media.custody.store import INDEXES, CustodyStore
from service.database import ensure_indexes


@pytest.fixture
def noon():
    return datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def inspector():
    scope = Scope(regions=("4452",))
    return Actor(
        "a1", "p1", "检查员", frozenset({Role.INSPECTOR}), scope, "教育局", device="tablet"
    )


@pytest.fixture
def custody(database):
    ensure_indexes(database, INDEXES)
    return Custody(CustodyStore(database))
