"""Plans on a real MongoDB: packs, uploads, imports of other layouts, continuations."""

from dataclasses import replace
from datetime import date

import pytest

from checklists.plans.actions import Plans, demonstration_texts, packs
from checklists.plans.errors import DatesMissing, PackMismatch
from checklists.plans.model import Reason, Status
from checklists.plans.store import PlanStore
from checklists.plans.words import plain, words_hash
from media.custody.actions import Custody
from media.custody.model import SERVICE, Actor, Role, Scope
from media.custody.store import CustodyStore
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted
from tests.checklists.plans import NOON

HEAD = Actor("a1", "p1", "监督员甲", frozenset({Role.SUPERVISOR}), Scope(("9901",)))
INSPECTOR = replace(HEAD, account_id="a2", person_id="p2", roles=frozenset({Role.INSPECTOR}))
OURS = demonstration_texts()[0]

NEW = """晨曦县幼儿园守护方案（试行）
一、措施
（一）守门。各幼儿园应当在大门外设置石墩，并配备专职保安。
（二）名称。幼儿园名称不得使用“银河”等字样。
"""


@pytest.fixture
def custody(database):
    return Custody(CustodyStore(database))


@pytest.fixture
def plans(database, transact, custody):
    return Plans(PlanStore(database), transact, custody)


@pytest.fixture
def loaded(plans):
    plans.load_packs(now=NOON)
    return plans


def ours(plans):
    return next(each for each in plans.page(limit=50).items if each.region == "990100")


def test_packs_are_loaded_once(plans):
    assert plans.load_packs(now=NOON) == len(packs()) == 7
    assert plans.load_packs(now=NOON) == 0
    assert [each.imported for each in plans.page(limit=50).items].count(True) == 1


def test_the_fictional_citys_plan_comes_with_its_words(loaded):
    plan = ours(loaded)

    assert all(OURS[each.start : each.end] == each.quote for each in plan.requirements)
    assert plan.valid_until == date(2030, 12, 31)


def test_what_is_loaded_is_on_record(loaded, custody):
    (entry,) = custody.history(f"plan:{ours(loaded).id}")

    assert (entry.verb, entry.account_id) == ("added", "service")


def test_pages_follow_one_another(loaded):
    first = loaded.page(limit=4)
    second = loaded.page(limit=4, cursor=first.next)

    assert len(first.items) == 4
    assert second.next is None
    assert {each.id for each in first.items}.isdisjoint(each.id for each in second.items)
    assert [each.region for each in loaded.page(region="440000").items] == [
        "440000",
        "441600",
        "445200",
    ]


def test_a_plan_that_is_not_there_is_not_found(plans):
    with pytest.raises(NotFound):
        plans.get("nothing")


def test_an_upload_makes_a_plan_of_its_region(loaded):
    plan = loaded.upload(NEW.encode(), region="990102", status=None, actor=HEAD, now=NOON)

    assert (plan.region, plan.status, plan.origin) == ("990102", Status.TRIAL, "upload")
    assert {each.control for each in plan.requirements} >= {"anti-ram-barrier", "full-time-guard"}
    assert loaded.judged("990102", date(2026, 6, 1))[0].plan.id == plan.id


def test_the_same_upload_again_changes_nothing(loaded):
    first = loaded.upload(NEW.encode(), region="990102", actor=HEAD, now=NOON)
    again = loaded.upload(NEW.encode(), region="990102", actor=HEAD, now=NOON)

    assert again == first


def test_an_amended_text_is_a_new_edition(loaded):
    first = loaded.upload(NEW.encode(), region="990102", actor=HEAD, now=NOON)
    amended = (
        NEW + "（三）食品。食堂食品安全等级应当达到A级。\n（四）班额。每班配备两教一保。\n"
        "（五）许可。应当取得办园许可证。\n"
    )

    second = loaded.upload(amended.encode(), region="990102", actor=HEAD, now=NOON)

    assert (second.edition, second.series) == (2, first.series)
    assert second.id != first.id


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        (lambda text: text.replace("石墩", "石墩和栏杆"), 1, 1),
        (lambda text: text + "（三）许可。幼儿园应当取得办园许可证。\n", 0, 1),
        (lambda text: text.replace("，并配备专职保安", ""), 1, 0),
    ],
    ids=["words", "one clause more", "one clause less"],
)
def test_a_text_amended_in_one_place_is_an_edition_and_no_copy(loaded, change, gone, come):
    first = loaded.upload(NEW.encode(), region="990102", actor=HEAD, now=NOON)

    second = loaded.upload(change(NEW).encode(), region="990102", actor=HEAD, now=NOON)

    before = {each.words_sha256 for each in first.requirements}
    after = {each.words_sha256 for each in second.requirements}
    assert second.edition == 2
    assert (len(before - after), len(after - before)) >= (gone, come)
    assert loaded.editions(first.series) == [second, first]


def test_a_copy_in_another_layout_is_no_new_edition(loaded):
    first = loaded.upload(NEW.encode(), region="990102", actor=HEAD, now=NOON)
    copy = NEW.replace("。", "。\n\n　　").encode("gb18030")

    again = loaded.upload(copy, region="990102", actor=HEAD, now=NOON)

    assert (again.id, again.edition, again.revision) == (first.id, 1, 2)


def test_a_copy_of_an_earlier_edition_does_not_come_after_the_latest(loaded):
    first = loaded.upload(NEW.encode(), region="990102", actor=HEAD, now=NOON)
    amended = NEW.replace("专职保安", "两名专职保安").encode()
    second = loaded.upload(amended, region="990102", actor=HEAD, now=NOON)
    copy = NEW.replace("。", "。\n\n　　").encode()

    again = loaded.upload(copy, region="990102", actor=HEAD, now=NOON)

    assert (again.id, again.edition) == (first.id, 1)
    assert loaded.editions(first.series)[0] == second


def test_what_became_no_requirement_is_kept_with_its_place_and_reason(loaded):
    words = "鼓励各幼儿园种植花木，美化园舍环境。"
    text = NEW + f"（三）花木。{words}\n"

    plan = loaded.upload(text.encode(), region="990102", actor=HEAD, now=NOON)

    kept = loaded.get(plan.id).unmatched
    (found,) = [each for each in kept if "种植" in each.quote]
    assert text[found.start : found.end] == found.quote
    assert (found.reason, found.words_sha256) == (Reason.ENCOURAGEMENT, words_hash(found.quote))
    assert found.words_length == len(plain(found.quote))


def test_packs_hold_what_became_no_requirement_without_its_words():
    for pack in packs():
        assert pack["unmatched"], pack["title"]
        assert all(
            set(each) == {"section", "start", "end", "words_sha256", "words_length", "reason"}
            for each in pack["unmatched"]
        )


def test_what_was_kept_before_is_completed_at_the_next_start(loaded, database, custody):
    plan = ours(loaded)
    database["plans"].update_one({"_id": plan.id}, {"$unset": {"unmatched": ""}})

    assert loaded.load_packs(now=NOON) == 0

    assert len(loaded.get(plan.id).unmatched) == len(plan.unmatched)
    assert [each.verb for each in custody.history(f"plan:{plan.id}")] == ["added", "completed"]


def test_what_the_text_does_not_say_is_asked_for(loaded):
    silent = NEW.replace("（试行）", "").encode()
    with pytest.raises(DatesMissing) as refused:
        loaded.upload(silent, region="990102", actor=HEAD, now=NOON)
    assert refused.value.facts["field"] == "status"
    with pytest.raises(DatesMissing) as refused:
        loaded.upload(NEW.encode(), actor=HEAD, now=NOON)
    assert refused.value.facts["field"] == "region"

    plan = loaded.upload(
        silent,
        region="990102",
        status=Status.ISSUED,
        valid_from=date(2026, 1, 1),
        number="文〔2026〕9号",
        actor=HEAD,
        now=NOON,
    )

    assert (plan.status, plan.valid_from, plan.number) == (
        Status.ISSUED,
        date(2026, 1, 1),
        "文〔2026〕9号",
    )


def test_a_title_is_asked_for_where_there_is_none(loaded):
    with pytest.raises(DatesMissing):
        loaded.upload("幼儿园应当配备保安。".encode(), region="990102", actor=HEAD, now=NOON)


@pytest.mark.parametrize(
    ("actor", "region", "refusal"),
    [
        (INSPECTOR, "990102", NotPermitted),
        (HEAD, "440000", NotPermitted),
        (HEAD, "123456", BadValue),
    ],
)
def test_only_heads_of_the_region_upload(loaded, actor, region, refusal):
    with pytest.raises(refusal):
        loaded.upload(NEW.encode(), region=region, actor=actor, now=NOON)


def bare(plans):
    """The fictional city's plan as a pack alone would have it."""
    plan = ours(plans)
    stripped = replace(
        plan,
        requirements=tuple(replace(each, quote=None) for each in plan.requirements),
        imported=False,
        text_sha256=None,
    )
    plans._store.replace(stripped, plan.revision, None)
    return stripped


def test_a_copy_in_another_layout_gives_its_words(loaded, custody):
    bare(loaded)
    copy = OURS.replace("。", "。\n　　").replace("幼儿园", "幼 儿园")

    plan = loaded.import_text(copy.encode("gb18030"), region="990100", actor=HEAD, now=NOON)

    assert all(each.quote for each in plan.requirements)
    assert all(copy[each.start : each.end] == each.quote for each in plan.requirements)
    assert [each.verb for each in custody.history(f"plan:{plan.id}")] == [
        "added",
        "words_imported",
    ]


def test_the_same_words_are_imported_once(loaded, custody):
    plan = loaded.import_text(OURS.encode(), actor=HEAD, now=NOON)

    assert plan.revision == 1
    assert len(custody.history(f"plan:{plan.id}")) == 1


def test_an_upload_of_a_known_text_imports_its_words_without_a_region(loaded):
    bare(loaded)

    plan = loaded.upload(OURS.encode(), actor=HEAD, now=NOON)

    assert plan.imported
    assert plan.revision == 2


def test_another_edition_is_not_imported_as_the_known_one(loaded):
    bare(loaded)
    cut = OURS[: OURS.index("三、卫生与食品")]

    with pytest.raises(PackMismatch):
        loaded.import_text(cut.encode(), region="990100", actor=HEAD, now=NOON)


def test_a_text_of_no_known_plan_is_not_imported(loaded):
    with pytest.raises(NotFound):
        loaded.import_text(NEW.encode(), region="990102", actor=HEAD, now=NOON)
    with pytest.raises(NotFound):
        loaded.import_text(NEW.encode(), actor=HEAD, now=NOON)


def record(plans, plan, **change):
    facts = {
        "number": "文〔2031〕1号",
        "decided_on": date(2026, 1, 5),
        "reason": "新计划出台前继续执行",
        "actor": HEAD,
        "now": NOON,
    }
    return plans.record_continuation(plan.id, **(facts | change))


def test_a_continuation_is_recorded_once_under_its_id(loaded, custody):
    plan = ours(loaded)

    first = record(loaded, plan, id="11111111-1111-1111-1111-111111111111")
    again = record(loaded, plan, id=first.id)

    assert again == first
    assert [each.id for each in loaded.continuations([plan.id])] == [first.id]
    assert custody.history(f"plan:{plan.id}")[-1].verb == "continued"
    with pytest.raises(IdTaken):
        record(loaded, plan, id=first.id, number="文〔2031〕2号")


def test_only_heads_record_that_a_plan_continues(loaded):
    with pytest.raises(NotPermitted):
        record(loaded, ours(loaded), actor=INSPECTOR)


def test_a_draft_cannot_continue(loaded):
    draft = next(each for each in loaded.page(limit=50).items if each.status is Status.DRAFT)

    with pytest.raises(BadValue):
        record(loaded, draft, actor=SERVICE)


def test_past_the_horizon_a_record_makes_the_plan_carry_notices_again(loaded):
    plan = next(each for each in loaded.page(limit=50).items if each.region == "440000")
    before = loaded.judged("440000", date(2026, 6, 1))[0]

    record(loaded, plan, actor=SERVICE)

    assert before.counts
    assert not before.carries_notice
    assert loaded.judged("440000", date(2026, 6, 1))[0].carries_notice
