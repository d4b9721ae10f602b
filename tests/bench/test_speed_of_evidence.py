"""`make bench`: keeping photos (W4) and verifying ten thousand of them. Figures are printed."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from uuid import uuid4

import pytest

from media.custody.model import SERVICE
from media.photos.drawing import draw_photo
from tests.bench.test_speed import told
from tests.test_serve import descendants

pytestmark = pytest.mark.bench

PHOTOS = 2_000
SIZE = 1_000_000
"""Bytes of each: what a camera photo has."""


def cpu_of_all():
    """CPU seconds of this process and of all that it began: the decoder, MongoDB."""
    ticks = 0
    for pid in descendants(os.getpid()):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return process_time() + ticks / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def kept(stage):
    """Many photos over many cases, each with bytes of its own, examined once."""
    room, transact = stage.rooms.evidence, stage.rooms.inspections._transact
    picture = draw_photo("bench", datetime.now(UTC), 116.39, 39.9, posts=4)
    examined, chance = room.examine(picture, id="x"), Random(1)
    for number in range(PHOTOS):
        data = picture + chance.randbytes(SIZE - len(picture))
        photo = replace(examined.photo, sha256=sha256(data).hexdigest(), size=len(data))
        one = replace(examined, id=str(uuid4()), data=data, photo=photo)
        belongs = {
            "case_id": f"case-{number % 100}",
            "region": "990102",
            "kindergarten_id": "k",
            "subject_kind": "inspection",
            "subject_id": f"visit-{number}",
        }
        transact(
            lambda tx, one=one, belongs=belongs: room.keep(
                one, **belongs, actor=SERVICE, now=stage.clock(), tx=tx
            )
        )
    return stage


def test_ten_thousand_photos_are_verified_in_ten_minutes(kept):
    start, before = perf_counter(), process_time()

    bad = list(kept.rooms.evidence.verify())

    wall, cpu = perf_counter() - start, process_time() - before
    count = kept.rooms.database["evidence"].count_documents({})
    told("10,000 photos of 1 MB verified", wall * 10_000 / count, "s wall", "600 s")
    told("the same", cpu * 10_000 / count, "s CPU of the verifier", "no goal")
    assert bad == []
    assert wall * 10_000 / count < 600


def test_w4_a_photo_of_12_megapixels_is_kept_with_all_that_belongs_to_it(stage):
    room, transact = stage.rooms.evidence, stage.rooms.inspections._transact
    picture = draw_photo("w4", datetime.now(UTC), 116.39, 39.9, posts=4, width=4000)
    runs, belongs = 20, {"region": "990102", "kindergarten_id": "k", "subject_kind": "inspection"}

    def keep(number):
        data = picture + number.to_bytes(4)
        examined = room.examine(data, id=str(uuid4()), declared_sha256=sha256(data).hexdigest())
        transact(
            lambda tx: room.keep(
                examined,
                **belongs,
                case_id=f"w4-{number}",
                subject_id=f"w4-{number}",
                actor=SERVICE,
                now=stage.clock(),
                tx=tx,
            )
        )

    keep(999)
    start, before, all_before = perf_counter(), process_time(), cpu_of_all()
    for number in range(runs):
        keep(number)

    whole = (cpu_of_all() - all_before) / runs * 1000
    told("W4 in the service", (process_time() - before) / runs * 1000, "ms CPU", "none")
    told("W4 with decoder and database", whole, "ms CPU", "84, at most 105")
    told("the same", (perf_counter() - start) / runs * 1000, "ms wall", "none")
    assert whole < 105
