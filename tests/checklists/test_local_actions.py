"""Items that a bureau adds of its own, on a real MongoDB."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checklists.catalogue.model import AnswerKind, Binds
from checklists.decisions.errors import NotDecidable
from checklists.plans.model import Reason
from media.refusals import (
    BadValue,
    IdTaken,
    NotFound,
    NotPermitted,
    RevisionMissing,
    StaleRevision,
)
from tests.checklists.desks import (
    ABOVE,
    AMENDED,
    CITY,
    COUNTY,
    FAR,
    FIRST,
    GUARD,
    LIGHT,
    OWN,
    PLAN,
    SECOND,
    left,
)
from tests.checklists.plans import DAY, NOON


def add(desk, **change):
    facts = {
        "region": COUNTY,
        "item": OWN,
        "reason": "多所幼儿园临河",
        "basis": "专题会议纪要",
        "valid_from": date(2026, 1, 1),
        "actor": FIRST,
        "now": NOON,
    }
    return desk.local.add(**(facts | change))


def local_in(checklist):
    return [item for item in checklist.items if item.origin == "local"]


def test_a_local_item_is_asked_with_its_basis_and_carries_no_notice(desk):
    added = add(desk)

    (made,) = local_in(desk.draft())

    assert (made.id, made.title, made.basis) == (f"local-{added.id}", OWN.title, "专题会议纪要")
    assert (made.citations, made.carries_notice) == ((), False)
    assert "不能据以发出通知书" in made.why_not[0]
    assert [each.reason for each in made.decided] == ["多所幼儿园临河"]


def test_a_local_item_holds_an_answer_against_its_figure(desk):
    figure = {"comparison": ">=", "value": 3, "unit": "盏"}
    add(desk, item=replace(OWN, answer_kind=AnswerKind.COUNT, unit="盏", threshold=figure))

    (made,) = local_in(desk.draft())

    assert (made.threshold.value, made.threshold.unit) == (3, "盏")


@pytest.mark.parametrize("clause", [GUARD, left(LIGHT)], ids=["asks", "asked nothing"])
def test_it_carries_a_notice_where_it_names_a_plans_clause(desk, clause):
    add(desk, plan_id=PLAN.id, words_sha256=clause.words_sha256)

    (made,) = local_in(desk.draft())

    assert made.carries_notice
    assert [each.quote for each in made.citations] == [clause.quote]


def test_what_only_encourages_lends_it_no_notice(desk):
    trees = next(each for each in PLAN.unmatched if each.reason is Reason.ENCOURAGEMENT)
    add(desk, plan_id=PLAN.id, words_sha256=trees.words_sha256)

    (made,) = local_in(desk.draft())

    assert (made.carries_notice, len(made.citations)) == (False, 1)


def test_where_its_clause_is_gone_it_stays_without_a_notice_and_is_to_be_looked_at(desk):
    add(desk, plan_id=PLAN.id, words_sha256=left(LIGHT).words_sha256)
    desk.add(AMENDED)

    draft = desk.draft()

    assert [item.carries_notice for item in local_in(draft)] == [False]
    assert [each.choice for each in draft.to_review] == ["local"]


@pytest.mark.parametrize(
    ("dates", "asked"),
    [
        ({"valid_from": DAY}, True),
        ({"valid_from": DAY + timedelta(days=1)}, False),
        ({"valid_until": DAY}, True),
        ({"valid_until": DAY - timedelta(days=1)}, False),
    ],
)
def test_it_is_asked_from_a_day_to_a_day(desk, dates, asked):
    add(desk, **dates)

    assert bool(local_in(desk.draft())) is asked


@pytest.mark.parametrize(
    ("dates", "until"),
    [
        ({"valid_until": date(2026, 8, 31)}, date(2026, 8, 31)),
        ({"valid_from": date(2026, 9, 1)}, date(2026, 8, 31)),
        ({}, None),
    ],
)
def test_a_checklist_stands_until_a_local_item_begins_or_ends(desk, dates, until):
    add(desk, **dates)

    assert desk.draft().until == until


def test_it_is_asked_below_its_region_and_nowhere_else(desk):
    add(desk, region=CITY, actor=ABOVE)

    assert local_in(desk.draft())
    assert local_in(desk.draft(region="990103"))
    assert not local_in(desk.draft(region="445202"))


def test_it_is_for_the_subjects_named(desk):
    add(desk, item=replace(OWN, subjects=(Binds.UNLICENSED_SITE,)))

    assert not local_in(desk.draft())
    assert local_in(desk.draft("unlicensed_site"))


def test_a_withdrawn_item_is_not_asked_any_more_and_stays_on_record(desk):
    added = add(desk)
    with pytest.raises(RevisionMissing):
        desk.local.withdraw(added.id, why="x", seen=None, actor=FIRST, now=NOON)
    with pytest.raises(StaleRevision):
        desk.local.withdraw(added.id, why="x", seen=4, actor=FIRST, now=NOON)

    gone = desk.local.withdraw(added.id, why="整治结束", seen=1, actor=SECOND, now=NOON)

    assert (gone.withdrawn_by, gone.withdrawn_why, gone.revision) == ("p2", "整治结束", 2)
    assert not local_in(desk.draft())
    history = desk.custody.history(f"local_item:{added.id}")
    assert [each.verb for each in history] == ["local_item_added", "local_item_withdrawn"]
    assert history[0].facts["basis"] == "专题会议纪要"


def test_a_published_checklist_keeps_a_local_item_that_was_withdrawn_later(desk):
    added = add(desk)
    done = desk.publish()

    desk.local.withdraw(added.id, why="x", seen=1, actor=FIRST, now=NOON)

    assert desk.checklists.get(done.id, actor=FIRST) == done
    assert local_in(done)


def test_sent_again_it_changes_nothing(desk):
    first = add(desk, id="l-1")

    assert add(desk, id="l-1") == first
    for change in ({"reason": "另一理由"}, {"region": CITY, "actor": ABOVE}):
        with pytest.raises(IdTaken):
            add(desk, id="l-1", **change)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"region": CITY}, NotPermitted),
        ({"region": "123456"}, BadValue),
        ({"valid_until": date(2025, 12, 31)}, BadValue),
        ({"item": replace(OWN, family="x")}, NotDecidable),
        ({"item": replace(OWN, articles=("某某法 9",))}, NotDecidable),
        ({"plan_id": PLAN.id, "words_sha256": "0" * 64}, NotFound),
        ({"plan_id": "nothing", "words_sha256": "0" * 64}, NotFound),
    ],
)
def test_what_cannot_be_added_is_refused(desk, change, refusal):
    with pytest.raises(refusal):
        add(desk, **change)


def test_a_clause_of_elsewhere_is_not_named(desk):
    desk.add(replace(PLAN, id="far", region="445202", series="far", sha256="9" * 64))

    with pytest.raises(NotFound):
        add(desk, plan_id="far", words_sha256=GUARD.words_sha256)


def test_they_are_listed_within_the_actors_regions(desk):
    for _ in range(3):
        add(desk)

    first = desk.local.page(actor=FIRST, region=COUNTY, limit=2)
    second = desk.local.page(actor=FIRST, limit=2, cursor=first.next)

    assert [len(first.items), len(second.items)] == [2, 1]
    assert desk.local.page(actor=FAR, limit=2).items == ()
    with pytest.raises(NotFound):
        desk.local.get(first.items[0].id, actor=FAR)
