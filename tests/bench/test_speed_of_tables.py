"""`make bench`: tens of thousands of rows, in and out, on the cache that `make serve` gives."""

import csv
import io
import resource
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from media.custody.model import SERVICE
from service.database import connect
from service.embedded_mongo import EmbeddedMongo
from service.rooms import assemble
from service.settings import read_settings
from service.tables.kindergartens import COLUMNS
from service.tables.model import Format, Kind
from service.tables.reading import read_rows
from tests.conftest import free_port

pytestmark = pytest.mark.bench
ROWS = 30_000
HEADINGS = [column.title for column in COLUMNS[:-1]]


def table(headcount):
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for number in range(ROWS):
        facts = [
            f"B{number:06d}",
            f"演示县第{number}向阳幼儿园",
            "民办",
            "营利性",
            "990102",
            f"演示路 {number} 号",
        ]
        facts += [f"教民{number:06d}", "演示县教育局", "2024/9/1", "2029年8月31日", 116.3, 39.9]
        writer.writerow([*facts, "WGS-84", headcount, 6, "否", f"园长{number}/园长/13800000000"])
    return file.getvalue().encode("utf-8-sig")


@pytest.fixture
def rooms(tmp_path):
    server = EmbeddedMongo(tmp_path / "mongo", free_port(), cache_mb=512)
    try:
        with connect(server.start()) as client:
            settings = read_settings({"HUYUAN_DATA": str(tmp_path), "MONGODB_URI": server.uri})
            rooms = assemble(replace(settings, database="bench"), client)
            with rooms.decoders:
                rooms.plans.load_packs(now=rooms.clock())
                yield rooms
    finally:
        server.stop()


def timed(what, act):
    start, cpu = time.perf_counter(), time.process_time()
    done = act()
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{what}: {wall:.1f} s wall, {cpu:.1f} s CPU, {peak} MB at the peak")
    return done, wall


def come_in(rooms, data, what):
    def now():
        return datetime.now(UTC)

    sent = rooms.tables.take_in(
        data, kind=Kind.KINDERGARTENS, name="bench.csv", actor=SERVICE, now=now()
    )
    timed(f"{what}, checked", lambda: rooms.tables.work(now=now()))
    checked = rooms.tables.get(sent.id, actor=SERVICE)
    if checked.counts.new + checked.counts.changed:
        rooms.tables.apply(sent.id, skip_bad=False, seen=checked.revision, actor=SERVICE, now=now())
        _, wall = timed(f"{what}, written in one transaction", lambda: rooms.tables.work(now=now()))
        assert wall < 55
    done = rooms.tables.get(sent.id, actor=SERVICE)
    assert done.why is None
    return done


def test_30_000_kindergartens_come_in_change_and_go_out(rooms):
    new = come_in(rooms, table(90), "30,000 new")
    changed = come_in(rooms, table(91), "30,000 changed")
    same = come_in(rooms, table(91), "30,000 unchanged")
    out, _ = timed(
        "30,000 as XLSX",
        lambda: b"".join(
            rooms.tables.export(
                Kind.KINDERGARTENS, Format.XLSX, actor=SERVICE, now=datetime.now(UTC)
            )
        ),
    )
    rows, _ = timed("30,000 from XLSX, read", lambda: list(read_rows(out)))

    assert (new.status, new.counts.new) == ("applied", ROWS)
    assert (changed.status, changed.counts.changed) == ("applied", ROWS)
    assert (same.status, same.counts.unchanged) == ("checked", ROWS)
    assert len(rows) == ROWS + 1
