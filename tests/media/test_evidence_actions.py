from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from media.custody.model import Scope
from media.evidence.actions import EvidenceRoom
from media.evidence.errors import HashMismatch, QuotaReached
from media.evidence.model import DISCLOSED, RECEIVED, VIEWED, Quota, Times
from media.evidence.store import INDEXES, EvidenceStore
from media.photos.errors import KindNotAllowed
from media.places.model import Datum, Flag, Position, Site, Source
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted
from service.database import ensure_indexes
from tests.media.picture import encode, exif, halves

GPS = {1: "N", 2: (23.0, 33.0, 0.0), 3: "E", 4: (116.0, 21.0, 0.0)}
PHOTO = encode(halves(1600, 1200), exif=exif(6, gps=GPS, taken="2026:03:02 12:00:00"))
OTHER = encode(halves(50, 50))
SITE = Site(116.35, 23.55, region="445202")


def verbs(custody):
    return [entry.verb for entry in custody.history("case:c1")]


def test_what_is_kept_is_read_back_with_all_that_is_known(keep, room, custody, inspector, noon):
    fix = Position(116.351, 23.551, datum=Datum.WGS84, accuracy=8, source=Source.DEVICE)
    taken = datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC)

    kept = keep(PHOTO, device_fix=fix, times=Times(taken), site=SITE, item_id="gate")

    found = room.get(kept.id, actor=inspector, now=noon)
    assert found == kept
    assert (found.sha256, found.size) == (sha256(PHOTO).hexdigest(), len(PHOTO))
    assert (found.format, found.width, found.height) == ("JPEG", 1600, 1200)
    assert found.captured_at == "2026-03-02T12:00:00"
    assert found.device_captured_at == taken.replace(microsecond=123000)
    assert found.received_at == noon
    assert found.position.source is Source.EXIF
    assert found.distance_to_site_m < 1
    assert found.exif_to_device_m == pytest.approx(150, abs=5)
    assert found.given[1] == fix
    assert found.raw_gps["latitude_ref"] == "N"
    assert (found.uploaded_by, found.uploaded_person, found.device) == ("a1", "p1", "tablet")
    assert (found.item_id, found.disclosed, found.flags) == ("gate", False, ())


def test_the_receipt_stands_in_the_cases_chain(keep, custody):
    kept = keep(PHOTO)

    [entry] = custody.history("case:c1")
    assert entry.verb == RECEIVED
    assert entry.id == kept.entry_id
    assert entry.facts["sha256"] == sha256(PHOTO).hexdigest()
    assert entry.facts["size"] == len(PHOTO)


def test_the_original_stays_untouched_in_gridfs_layout(keep, database):
    large = PHOTO + b"\0" * 600_000

    kept = keep(large)

    chunks = list(database["originals.chunks"].find({"files_id": kept.id}).sort("n", 1))
    file = database["originals.files"].find_one({"_id": kept.id})
    assert b"".join(chunk["data"] for chunk in chunks) == large
    assert [len(chunk["data"]) for chunk in chunks[:-1]] == [255 * 1024] * (len(chunks) - 1)
    assert (file["length"], file["chunkSize"]) == (len(large), 255 * 1024)


def test_the_same_photo_again_under_its_id_is_the_first(keep, custody, room):
    first = keep(PHOTO)

    second = keep(PHOTO, id=first.id)

    assert second == first
    assert verbs(custody) == [RECEIVED]
    assert list(room.verify()) == []


def test_other_bytes_or_another_subject_under_a_known_id_are_refused(keep, room, inspector, noon):
    first = keep(PHOTO)

    with pytest.raises(IdTaken):
        keep(OTHER, id=first.id)
    with pytest.raises(IdTaken):
        keep(PHOTO, id=first.id, subject_id="i2")

    assert room.get(first.id, actor=inspector, now=noon) == first


def test_eight_tablets_sending_one_photo_at_once_make_one_evidence(keep, room, custody, inspector):
    id_ = str(uuid4())

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: keep(OTHER, id=id_), range(8)))

    assert len({each.entry_id for each in kept}) == 1
    assert verbs(custody) == [RECEIVED]


def test_a_transaction_that_fails_leaves_nothing_of_the_photo(room, transact, database, inspector):
    examined = room.examine(PHOTO, id=str(uuid4()))

    def act(tx):
        room.keep(
            examined,
            case_id="c1",
            region="445202",
            kindergarten_id="k1",
            subject_kind="inspection",
            subject_id="i1",
            actor=inspector,
            now=datetime.now(UTC),
            tx=tx,
        )
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transact(act)

    for name in ("evidence", "originals.files", "originals.chunks", "derivatives", "custody"):
        assert database[name].count_documents({}) == 0


def test_a_photo_is_refused_before_it_touches_the_database(room):
    with pytest.raises(HashMismatch):
        room.examine(PHOTO, id="x", declared_sha256="0" * 64)
    with pytest.raises(KindNotAllowed):
        room.examine(b"GIF89a", id="x")

    assert room.examine(PHOTO, id="x", declared_sha256=sha256(PHOTO).hexdigest().upper())


def test_flags_of_exif_and_of_place_are_kept(keep):
    far = keep(PHOTO, site=replace(SITE, lat=23.6))
    absent = keep(OTHER, site=SITE)

    assert far.flags == (Flag.FAR_FROM_SITE,)
    assert (absent.flags, absent.position) == ((Flag.ABSENT,), None)


def test_a_director_sees_derivatives_once_disclosed_and_never_originals(
    keep, room, custody, transact, director, inspector, noon
):
    kept = keep(PHOTO)
    with pytest.raises(NotFound):
        room.get(kept.id, actor=director, now=noon)
    with pytest.raises(NotFound):
        room.derivative(kept.id, 320, actor=director, now=noon)
    assert room.of_case("c1", actor=director) == []

    def disclose(tx):
        room.disclose([kept.id, "unknown"], case_id="c1", actor=inspector, now=noon, tx=tx)

    transact(disclose)
    transact(disclose)

    found = room.get(kept.id, actor=director, now=noon)
    assert (found.disclosed, found.revision) == (True, 2)
    assert room.derivative(kept.id, 320, actor=director, now=noon).data.startswith(b"\xff\xd8")
    assert [each.id for each in room.of_case("c1", actor=director)] == [kept.id]
    with pytest.raises(NotPermitted):
        room.original(kept.id, actor=director, now=noon, why="好奇想看看")
    assert verbs(custody) == [RECEIVED, DISCLOSED]


def test_disclosing_touches_only_the_case_named(keep, room, transact, inspector, director, noon):
    kept = keep(PHOTO, case_id="c2")

    transact(lambda tx: room.disclose([kept.id], case_id="c1", actor=inspector, now=noon, tx=tx))

    assert not room.get(kept.id, actor=inspector, now=noon).disclosed


@pytest.mark.parametrize("scope", [Scope(regions=("4401",)), Scope(), Scope(kindergartens=("k2",))])
def test_outside_of_its_scope_nobody_sees_that_it_exists(keep, room, inspector, noon, scope):
    kept = keep(PHOTO, disclosed=True)
    stranger = replace(inspector, scope=scope)

    for look in (
        lambda id_: room.get(id_, actor=stranger, now=noon),
        lambda id_: room.derivative(id_, 320, actor=stranger, now=noon),
        lambda id_: room.original(id_, actor=stranger, now=noon, why="检查"),
    ):
        with pytest.raises(NotFound) as there:
            look(kept.id)
        with pytest.raises(NotFound) as nowhere:
            look(str(uuid4()))
        assert there.value.facts == nowhere.value.facts
    assert room.of_case("c1", actor=stranger) == []


def test_the_original_is_shown_for_a_reason_that_goes_on_record(
    keep, room, custody, inspector, noon
):
    kept = keep(PHOTO)

    evidence, data = room.original(kept.id, actor=inspector, now=noon, why=" 复核护栏 ")

    assert (evidence, data) == (kept, PHOTO)
    viewing = custody.history("case:c1")[-1]
    assert (viewing.verb, viewing.why) == (VIEWED, "复核护栏")
    assert viewing.facts["evidence_id"] == kept.id


@pytest.mark.parametrize("why", ["", " ", "看", "x" * 501])
def test_without_a_reason_the_original_stays_sealed(keep, room, custody, inspector, noon, why):
    kept = keep(PHOTO)

    with pytest.raises(BadValue):
        room.original(kept.id, actor=inspector, now=noon, why=why)

    assert verbs(custody) == [RECEIVED]


def test_there_are_two_sizes_of_derivative(keep, room, inspector, noon):
    kept = keep(PHOTO)

    assert len(room.derivative(kept.id, 1280, actor=inspector, now=noon).data) > len(
        room.derivative(kept.id, 320, actor=inspector, now=noon).data
    )
    with pytest.raises(NotFound):
        room.derivative(kept.id, 640, actor=inspector, now=noon)


def test_a_subject_knows_its_photos(keep, room):
    mine, _ = keep(PHOTO), keep(OTHER, subject_id="i2")

    assert room.ids_of("i1") == [mine.id]


def test_a_device_sends_its_share_of_a_day_and_another_still_may(
    database, custody, photos, transact, inspector, noon
):
    ensure_indexes(database, INDEXES)
    room = EvidenceRoom(
        EvidenceStore(database), custody, photos, transact, quota=Quota(photos=2, megabytes=25)
    )
    for _ in range(2):
        room.admit(1000, actor=inspector, now=noon)

    with pytest.raises(QuotaReached) as refused:
        room.admit(1000, actor=inspector, now=noon)

    assert refused.value.facts["retry_after"] == 12 * 3600 + 1
    room.admit(1000, actor=replace(inspector, device="tablet-2"), now=noon)
    room.admit(1000, actor=inspector, now=noon + timedelta(hours=13))


def test_the_share_is_also_one_of_bytes(database, custody, photos, transact, inspector, noon):
    quota = Quota(photos=100, megabytes=25)
    room = EvidenceRoom(EvidenceStore(database), custody, photos, transact, quota=quota)
    room.admit(24_000_000, actor=inspector, now=noon)

    with pytest.raises(QuotaReached):
        room.admit(2_000_000, actor=inspector, now=noon)
