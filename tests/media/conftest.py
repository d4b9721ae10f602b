"""What every room of the media floor is tried with."""

import csv
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from media.custody.actions import Custody
from media.custody.model import Actor, Role, Scope
from media.custody.store import INDEXES, CustodyStore
from media.evidence.actions import EvidenceRoom
from media.evidence.store import INDEXES as EVIDENCE_INDEXES
from media.evidence.store import EvidenceStore
from media.layers.actions import Layers
from media.layers.store import INDEXES as LAYER_INDEXES
from media.layers.store import LayerStore
from media.photos.actions import Photos
from media.photos.decoding import Decoders
from service.database import ensure_indexes

FORM = {"id", "declared_sha256", "device_fix", "times", "site"}


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
def director():
    scope = Scope(kindergartens=("k1",))
    return Actor("a2", "p2", "园长", frozenset({Role.DIRECTOR}), scope, "幼儿园")


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


@pytest.fixture
def room(database, custody, transact, photos):
    ensure_indexes(database, EVIDENCE_INDEXES)
    return EvidenceRoom(EvidenceStore(database), custody, photos, transact)


@pytest.fixture
def layers(database, custody, transact, photos):
    """Layers, and what is below them: photos that are shown with the marks that hold."""
    ensure_indexes(database, EVIDENCE_INDEXES, LAYER_INDEXES)
    store = LayerStore(database)
    below = EvidenceRoom(
        EvidenceStore(database), custody, photos, transact, marks_over=store.marks_over
    )
    return Layers(store, transact, custody, below)


@pytest.fixture
def keep(room, transact, inspector, noon):
    """Examine a photo and keep it with an inspection, as a room above does."""

    def do(data, **given):
        asked = {"id": str(uuid4()), "site": None, "actor": inspector} | given
        form = {name: asked.pop(name) for name in list(asked) if name in FORM}
        place = {
            "case_id": "c1",
            "region": "445202",
            "kindergarten_id": "k1",
            "subject_kind": "inspection",
            "subject_id": "i1",
        }
        examined = room.examine(data, **form)
        return transact(lambda tx: room.keep(examined, **(place | asked), now=noon, tx=tx))

    return do
