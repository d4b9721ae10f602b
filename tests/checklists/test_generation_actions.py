"""Checklists on a real MongoDB: proposed, published by another person, then unchanged."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from checklists.catalogue.actions import catalogue
from checklists.decisions.actions import Decisions
from checklists.decisions.store import DecisionStore
from checklists.generation.actions import Checklists
from checklists.generation.errors import NothingToPublish, OwnProposal, StepNotAllowed
from checklists.generation.model import Status, Subject
from checklists.generation.rules import draw_up
from checklists.generation.schemas import render
from checklists.generation.store import INDEXES, ChecklistStore
from checklists.local.actions import LocalItems
from checklists.local.store import LocalItemStore
from checklists.plans.actions import Plans, judged, known_plans
from checklists.plans.store import PlanStore
from checklists.regions import codes as regions
from media.custody.actions import Custody
from media.custody.model import Actor, Role, Scope
from media.custody.store import CustodyStore
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted, StaleRevision
from tests.checklists.plans import DAY, NOON

FIRST = Actor("a1", "p1", "监督员甲", frozenset({Role.SUPERVISOR}), Scope(("9901",)))
SECOND = replace(FIRST, account_id="a2", person_id="p2", name="监督员乙")
FIRST_AGAIN = replace(FIRST, account_id="a3")
INSPECTOR = replace(FIRST, account_id="a4", person_id="p4", roles=frozenset({Role.INSPECTOR}))
DIRECTOR = replace(INSPECTOR, roles=frozenset({Role.DIRECTOR}), scope=Scope((), ("k",)))
COUNTY = "990102"


@pytest.fixture
def custody(database):
    return Custody(CustodyStore(database))


@pytest.fixture
def plans(database, transact, custody):
    room = Plans(PlanStore(database), transact, custody)
    room.load_packs(now=NOON)
    return room


@pytest.fixture
def checklists(database, transact, custody, plans):
    for name, indexes in INDEXES.items():
        if indexes:
            database[name].create_indexes(indexes)
    decisions = Decisions(DecisionStore(database), transact, custody, plans)
    local = LocalItems(LocalItemStore(database), transact, custody, plans)
    return Checklists(ChecklistStore(database), transact, custody, plans, decisions, local, render)


def propose(room, actor=FIRST, region=COUNTY, subject="kindergarten", on=DAY):
    return room.propose(region=region, subject=Subject(subject), on=on, actor=actor, now=NOON)


def published(room, **change):
    draft = propose(room, **change)
    return room.publish(draft.id, seen=draft.revision, actor=SECOND, now=NOON)


def test_a_draft_is_inherited_from_the_city_and_cites_its_words(checklists):
    draft = propose(checklists)

    assert draft.status is Status.DRAFT
    assert len(draft.items) > 50
    cited = [each for item in draft.items for each in item.citations]
    assert all(each.quote for each in cited if each.region == "990100")
    assert any(item.carries_notice for item in draft.items)
    assert draft.until == date(2030, 12, 31)


def test_a_second_person_publishes(checklists, custody):
    done = published(checklists)

    assert (done.version, done.published_by) == (1, "p2")
    assert [each.verb for each in custody.history(f"checklist:{done.id}")] == [
        "checklist_proposed",
        "checklist_published",
    ]


@pytest.mark.parametrize("actor", [FIRST, FIRST_AGAIN], ids=["same", "other account"])
def test_the_person_who_proposed_does_not_publish(checklists, actor):
    draft = propose(checklists)

    with pytest.raises(OwnProposal):
        checklists.publish(draft.id, seen=1, actor=actor, now=NOON)


def test_heads_propose_within_their_regions(checklists):
    with pytest.raises(NotPermitted):
        propose(checklists, region="440000")
    with pytest.raises(BadValue):
        propose(checklists, region="123456")


def test_versions_count_by_region_and_subject(checklists):
    assert published(checklists).version == 1
    assert published(checklists).version == 2
    assert published(checklists, subject="training_institution").version == 1


def test_a_published_checklist_is_not_published_again(checklists):
    done = published(checklists)

    with pytest.raises(StepNotAllowed):
        checklists.publish(done.id, seen=2, actor=SECOND, now=NOON)


def test_a_stale_revision_publishes_nothing(checklists):
    draft = propose(checklists)

    with pytest.raises(StaleRevision):
        checklists.publish(draft.id, seen=7, actor=SECOND, now=NOON)


def test_of_many_who_publish_at_once_one_does(checklists):
    draft = propose(checklists)

    def publish(_):
        try:
            return checklists.publish(draft.id, seen=draft.revision, actor=SECOND, now=NOON)
        except (StaleRevision, StepNotAllowed):
            return None

    with ThreadPoolExecutor(4) as pool:
        done = [each for each in pool.map(publish, range(4)) if each]

    assert [each.version for each in done] == [1]


def test_an_empty_list_says_why_and_is_not_published(checklists):
    everywhere = replace(FIRST, scope=Scope(("",)))
    draft = propose(checklists, actor=everywhere, region="510800", on=date(2025, 5, 31))

    assert draft.items == ()
    assert "普通高中" in draft.why_empty[0]
    with pytest.raises(NothingToPublish):
        checklists.publish(draft.id, seen=1, actor=replace(SECOND, scope=Scope(("",))), now=NOON)


def test_a_published_checklists_bytes_are_kept_under_their_own_tag(checklists):
    done = published(checklists)

    copies = checklists.copies(done.id)

    assert copies.etag == sha256(copies.plain).hexdigest()
    assert gzip.decompress(copies.gzip) == copies.plain
    assert len(json.loads(copies.plain)["items"]) == len(done.items)
    assert checklists.get(done.id, actor=DIRECTOR) == done


def test_a_draft_is_for_officials_and_has_no_kept_bytes(checklists):
    draft = propose(checklists)

    assert checklists.copies(draft.id) is None
    assert checklists.get(draft.id, actor=INSPECTOR) == draft
    with pytest.raises(NotFound):
        checklists.get(draft.id, actor=DIRECTOR)
    assert checklists.page(actor=DIRECTOR, limit=9).items == ()
    assert len(checklists.page(actor=INSPECTOR, limit=9).items) == 1


def test_the_latest_version_that_stands_on_the_day_is_in_force(checklists):
    published(checklists)
    second = published(checklists)

    assert checklists.in_force(COUNTY, "kindergarten", DAY) == second
    assert checklists.in_force(COUNTY, "kindergarten", DAY - timedelta(days=1)) is None
    assert checklists.in_force(COUNTY, "kindergarten", date(2031, 1, 1)) is None
    assert checklists.in_force(COUNTY, "high_school", DAY) is None


def test_a_county_without_its_own_takes_its_citys(checklists):
    done = published(checklists, region="990100")

    assert checklists.in_force("990103", "kindergarten", DAY) == done


def test_a_withdrawn_draft_is_not_published(checklists):
    draft = propose(checklists)

    gone = checklists.withdraw(draft.id, seen=1, actor=FIRST, now=NOON)

    assert gone.items == draft.items
    with pytest.raises(StepNotAllowed):
        checklists.publish(draft.id, seen=2, actor=SECOND, now=NOON)


def test_what_is_not_there_is_not_found(checklists):
    with pytest.raises(NotFound):
        checklists.get("nothing", actor=FIRST)
    with pytest.raises(NotFound):
        checklists.withdraw("nothing", seen=1, actor=FIRST, now=NOON)


def test_pages_follow_one_another(checklists):
    for _ in range(3):
        propose(checklists)

    first = checklists.page(actor=FIRST, region=COUNTY, subject=Subject.KINDERGARTEN, limit=2)
    second = checklists.page(actor=FIRST, limit=2, cursor=first.next)

    assert [len(first.items), len(second.items)] == [2, 1]


def test_a_countys_own_plan_adds_to_the_citys(checklists, plans):
    before = propose(checklists)
    text = (
        "演示东区幼儿园补充办法（试行）\n一、措施\n"
        "（一）保安。每所幼儿园至少配备5名专职保安员。\n（二）防雷。幼儿园应当每年检测防雷装置。\n"
    )
    plans.upload(text.encode(), region=COUNTY, actor=FIRST, now=NOON)
    after = propose(checklists)

    found = checklists.compare(before.id, after.id, actor=FIRST)

    assert found.added == ("lightning-protection",)
    assert found.removed == ()
    assert "threshold" in found.changed["full-time-guard"]


def test_the_same_proposal_sent_again_changes_nothing(checklists):
    asked = {"region": COUNTY, "subject": Subject.KINDERGARTEN, "on": DAY, "actor": FIRST}

    first = checklists.propose(**asked, id="c-1", now=NOON)

    assert checklists.propose(**asked, id="c-1", now=NOON) == first
    with pytest.raises(IdTaken):
        checklists.propose(**(asked | {"on": date(2026, 7, 1)}), id="c-1", now=NOON)


def from_packs(region, day):
    reach = (region, *regions.ancestors(region))
    found = judged(known_plans(NOON), reach, date.fromisoformat(day))
    return draw_up(found, Subject.KINDERGARTEN, catalogue()).items


def test_the_packs_alone_give_the_same_items_as_the_database(checklists):
    items = from_packs(COUNTY, DAY.isoformat())

    assert [item.id for item in items] == [item.id for item in propose(checklists).items]


@pytest.mark.parametrize(
    ("region", "day", "least"),
    [("445202", "2024-06-01", 50), ("430200", "2025-06-01", 60), ("441600", "2026-06-01", 60)],
)
def test_the_regions_give_lists(region, day, least):
    assert len(from_packs(region, day)) >= least


def test_a_draft_plans_clauses_carry_no_notice():
    items = from_packs("430200", "2025-06-01")

    carrying = {each.region for item in items for each in item.citations if each.carries_notice}

    assert carrying == {"000000"}


def test_national_law_reaches_every_region_from_its_first_day():
    before, after = (from_packs("510800", day) for day in ("2025-05-31", "2025-06-01"))

    assert before == ()
    assert {each.region for item in after for each in item.citations} == {"000000"}
    assert next(each for each in after if each.id == "child-abuse").severity == "one_vote_veto"


def test_heyuan_contradicts_itself_on_teachers_degrees():
    items = from_packs("441600", "2024-06-01")

    item = next(each for each in items if each.id == "teacher-degree-ratio")

    assert "83%" in item.contradiction[0]
    assert item.threshold.value == 93
