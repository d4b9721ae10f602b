"""What every room of the media floor is tried with."""

import csv
from datetime import UTC, datetime

import pytest

from media.custody.actions import Custody
from media.custody.model import Actor, Role, Scope
from media.custody.store import INDEXES, CustodyStore
from media.photos.actions import Photos
from media.photos.decoding import Decoders
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


@pytest.fixture(scope="session")
def photos():
    with Decoders(2) as decoders:
        yield Photos(decoders)


@pytest.fixture(scope="session")
def manifest(shared):
    """The photos of the corpus: path and what is expected of it, one row a file."""
    with (shared / "corpus" / "MANIFEST.tsv").open(encoding="utf-8") as listed:
        rows = list(csv.DictReader(listed, delimiter="\t"))
    folder = shared / "corpus"
    return [
        (folder / row["file"], row["expected"])
        for row in rows
        if not row["file"].startswith("strings/")
    ]
