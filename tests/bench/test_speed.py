"""`make bench`: CPU time of what people wait for, against its goal. Figures are printed."""

from datetime import UTC, datetime
from time import process_time, thread_time

import pytest

from checklists.naming.actions import check
from checklists.plans.actions import read_file
from media.photos.actions import Photos
from media.photos.decoding import Decoders
from media.photos.drawing import draw_photo

pytestmark = pytest.mark.bench


def cpu(act, runs=5, clock=process_time):
    """Return the median CPU seconds of some runs, after one to warm up."""
    act()
    taken = []
    for _ in range(runs):
        start = clock()
        act()
        taken.append(clock() - start)
    return sorted(taken)[runs // 2]


def told(what, figure, unit, goal):
    print(f"\n{what}: {figure:.2f} {unit} (goal: {goal})")


def test_a_plan_of_100_kb_is_read_in_a_second(shared):
    data = (shared / "plans" / "441600-heyuan.txt").read_bytes()

    seconds = cpu(lambda: read_file(data)) * 100_000 / len(data)

    told("a plan of 100 KB", seconds, "s CPU", "1 s")
    assert seconds <= 1


def test_w8_300_000_names_are_checked_in_two_seconds():
    words = ("春芽", "小太阳", "实验", "中心", "国际", "阳光", "金色摇篮", "第一")
    names = [
        (f"{place}{words[number % 8]}{number % 1000}幼儿园", "民办")
        for place in ("揭阳市", "株洲市", "佛山市")
        for number in range(100_000)
    ]

    seconds = cpu(lambda: list(check(names)), runs=3)

    told("300,000 names", seconds, "s CPU", "2 s")
    assert seconds <= 2


def test_one_name_is_checked_in_less_than_a_millisecond():
    disguised = [("演示市小国★際藝術幼儿园", "民办")]

    seconds = cpu(lambda: [list(check(disguised)) for _ in range(1000)]) / 1000

    told("one name with two findings", seconds * 1000, "ms CPU", "1 ms")
    assert seconds < 0.001


def test_w4_a_photo_of_12_megapixels_is_examined():
    photo = draw_photo("bench", datetime.now(UTC), 116.39, 39.9, posts=4, width=4000)
    with Decoders(1) as decoders:
        photos = Photos(decoders)

        service = cpu(lambda: photos.read(photo), clock=thread_time)
        start = datetime.now(UTC)
        photos.read(photo)
        wall = (datetime.now(UTC) - start).total_seconds()

    told("a 12-megapixel photo, service", service * 1000, "ms CPU", "hash only")
    told("a 12-megapixel photo, with its decoder", wall * 1000, "ms wall", "no goal")
    assert service < 0.05


def test_w1_a_published_checklist_is_sent_from_its_kept_bytes(stage):
    found = stage.supervisor.get("checklists", region="990102")["items"][0]
    path = f"checklists/{found['id']}"
    etag = stage.inspector.call("GET", path).headers["ETag"]

    whole = cpu(lambda: stage.inspector.call("GET", path), runs=101)
    unchanged = cpu(
        lambda: stage.inspector.call("GET", path, headers={"If-None-Match": etag}), runs=101
    )

    told("a checklist of 60 items, test client and all", whole * 1000, "ms CPU", "2.7")
    told("the same, 304", unchanged * 1000, "ms CPU", "2.1")
    assert whole < 0.02
