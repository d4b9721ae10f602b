"""How long a paper takes, warm."""

import time
from dataclasses import replace

import pytest

from inspections.papers import contents
from inspections.visits.model import Result
from inspections.visits.model import Status as VisitStatus
from media.papers import actions
from media.papers.model import Picture
from media.photos.drawing import draw_photo
from tests.builders import (
    NOON,
    make_answer,
    make_inspection,
    make_item,
    make_kindergarten,
    make_notice,
)

pytestmark = pytest.mark.bench
PICTURE = Picture("证据", draw_photo("gate", NOON, 116.4, 39.9, posts=2))


def record():
    items = {f"item-{n}": make_item(f"item-{n}") for n in range(40)}
    answers = {id_: make_answer(id_, Result.MET) for id_ in items}
    facts = {"status": VisitStatus.SUBMITTED, "begun_at": NOON, "submitted_at": NOON}
    visit = make_inspection(item_ids=tuple(items), answers=answers, **facts)
    return contents.inspection_record(visit, make_kindergarten(), items, [PICTURE] * 5)


def notice():
    paper = make_notice(number="1号", issued_at=NOON)
    visit = make_inspection(begun_at=NOON)
    return contents.notice(paper, visit, make_kindergarten(), [PICTURE] * 2)


@pytest.mark.parametrize("sheet", [notice(), record()], ids=["notice", "record"])
def test_a_paper_is_there_within_a_second(sheet):
    code = {"code": "ABCDE-FGHIJ", "address": "https://example.cn/verify/ABCDE-FGHIJ"}
    sheet = replace(sheet, **code)
    actions.pdf(sheet)

    start = time.perf_counter()
    made = actions.pdf(sheet)
    took = time.perf_counter() - start

    print(f"\n{sheet.title}: {took:.2f} s, {len(made.pdf) // 1000} KB (goal: 1 s)")
    assert took < 1
