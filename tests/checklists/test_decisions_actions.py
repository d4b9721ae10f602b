"""What a bureau decides on clauses and items, on a real MongoDB, and what becomes of it."""

from dataclasses import replace

import pytest

from checklists.catalogue.model import Binds
from checklists.decisions.errors import NotDecidable
from checklists.decisions.model import Choice
from checklists.plans.model import Reason
from checklists.plans.words import words_hash
from media.refusals import BadValue, NotFound, NotPermitted, RevisionMissing, StaleRevision
from tests.checklists.desks import (
    ABOVE,
    AMENDED,
    CITY,
    COUNTY,
    FAR,
    FIRST,
    GUARD,
    LIGHT,
    LOOSE,
    NEIGHBOUR,
    ON_GUARD,
    ON_LIGHT,
    ON_LOOSE,
    ON_TREES,
    OWN,
    OWN_ID,
    PLAN,
    SCREEN,
    SECOND,
    TREES,
    ids,
    item,
)
from tests.checklists.plans import NOON


def unmatched(desk, **asked):
    facts = {"actor": FIRST, "limit": 50}
    return desk.decisions.unmatched(PLAN.id, **(facts | asked))


def test_what_became_no_requirement_is_listed_with_counts_by_reason(desk):
    page = unmatched(desk)

    assert [each.clause.quote for each in page.items] == [LIGHT, TREES]
    assert page.counts == {"no_control": 1, "encouragement": 1}
    assert (page.undecided, page.region, page.next) == (2, COUNTY, None)


def test_it_is_paged_and_narrowed_by_reason(desk):
    first = unmatched(desk, limit=1)
    second = unmatched(desk, limit=1, cursor=first.next)

    assert [each.clause.quote for each in second.items] == [TREES]
    assert [each.clause.quote for each in unmatched(desk, reason=Reason.NO_CONTROL).items] == [
        LIGHT
    ]


def test_what_was_decided_stands_beside_the_clause(desk):
    desk.decide(Choice.SET_ASIDE, **ON_TREES)

    page = unmatched(desk)

    assert [each.standing and each.standing.decision.choice for each in page.items] == [
        None,
        Choice.SET_ASIDE,
    ]
    assert page.undecided == 1
    assert [each.clause.quote for each in unmatched(desk, undecided=True).items] == [LIGHT]


@pytest.mark.parametrize(
    ("actor", "asked"),
    [(FAR, {}), (NEIGHBOUR, {}), (NEIGHBOUR, {"region": "990103"})],
)
def test_a_plan_that_does_not_reach_the_actor_is_not_found(desk, actor, asked):
    with pytest.raises(NotFound):
        unmatched(desk, actor=actor, **asked)


def test_decisions_of_another_region_are_not_shown_by_asking_for_it(desk):
    with pytest.raises(NotPermitted):
        unmatched(desk, actor=NEIGHBOUR, region=COUNTY)


def test_a_countys_supervisor_reads_the_clauses_of_the_plans_above(desk):
    desk.add(replace(PLAN, id="city", region=CITY, series="city", sha256="d" * 64))

    page = desk.decisions.unmatched("city", actor=FIRST, limit=9)

    assert page.region == COUNTY
    assert len(page.items) == 2


def test_a_clause_becomes_an_item_in_the_bureaus_words_and_cites_the_clause(desk):
    desk.decide(Choice.ITEM, item=OWN, **ON_LIGHT)

    made = item(desk.draft(), OWN_ID)

    assert (made.title, made.place, made.origin) == (OWN.title, OWN.place, "decision")
    assert [each.quote for each in made.citations] == [LIGHT]
    assert made.carries_notice
    assert made.articles == ("学前教育法 51",)
    assert [each.reason for each in made.decided] == ["研究决定"]


def test_without_a_decision_it_is_no_item(desk):
    assert OWN_ID not in ids(desk.draft())


def test_an_item_is_for_the_subjects_that_the_bureau_names(desk):
    desk.decide(Choice.ITEM, item=replace(OWN, subjects=(Binds.TRAINING_INSTITUTION,)), **ON_LIGHT)

    assert OWN_ID not in ids(desk.draft())
    assert ids(desk.draft("training_institution")) == [OWN_ID]


def test_a_clause_is_mapped_to_a_control_with_its_figure(desk):
    figure = {"comparison": ">=", "value": 5, "unit": "名"}

    desk.decide(Choice.CONTROL, to_control="full-time-guard", threshold=figure, **ON_LIGHT)

    made = item(desk.draft(), "full-time-guard")
    assert made.threshold.value == 5
    assert len(made.citations) == 2
    assert made.decided[0].choice == "control"


def test_what_only_encourages_carries_no_notice_though_it_is_made_an_item(desk):
    desk.decide(Choice.ITEM, item=OWN, **ON_TREES)

    made = item(desk.draft(), f"own-{words_hash(TREES)[:12]}")

    assert not made.carries_notice
    assert "鼓励" in made.why_not[0]


def test_a_general_item_is_mapped_or_set_aside(desk):
    general = f"other-physical-{LOOSE.words_sha256[:12]}"
    assert general in ids(desk.draft())

    told = desk.decide(Choice.CONTROL, to_control="anti-ram-barrier", **ON_LOOSE)
    mapped = desk.draft()
    desk.decide(Choice.SET_ASIDE, seen=told.decision.revision, **ON_LOOSE)
    aside = desk.draft()

    assert general not in ids(mapped)
    assert item(mapped, "anti-ram-barrier").citations[0].quote == SCREEN
    assert not {general, "anti-ram-barrier"} & set(ids(aside))
    assert [(each.item_id, each.section) for each in aside.switched_off] == [
        (general, LOOSE.section)
    ]


def test_a_general_item_takes_the_bureaus_words(desk):
    desk.decide(Choice.ITEM, item=OWN, **ON_LOOSE)

    made = desk.draft()

    assert f"own-{LOOSE.words_sha256[:12]}" in ids(made)
    assert not any(each.startswith("other-") for each in ids(made))


def test_an_item_is_switched_off_with_its_reason_on_record(desk):
    told = desk.decide(Choice.SET_ASIDE, control="full-time-guard", reason="由街道统一配备")

    draft = desk.draft()

    assert "full-time-guard" not in ids(draft)
    assert draft.switched_off[0].ruled.reason == "由街道统一配备"
    (entry,) = desk.custody.history(f"decision:{told.decision.id}")
    assert (entry.verb, entry.why, entry.person_id) == ("decided", "由街道统一配备", "p1")
    assert entry.facts["words"] == [GUARD.words_sha256]


def test_one_clause_set_aside_leaves_the_others_of_the_item(desk):
    more = replace(GUARD, words_sha256="e" * 64, start=9)
    desk.add(replace(PLAN, id="other", series="other", sha256="e" * 64, requirements=(more,)))

    desk.decide(Choice.SET_ASIDE, **ON_GUARD)

    made = desk.draft()
    assert [each.words_sha256 for each in item(made, "full-time-guard").citations] == ["e" * 64]
    assert [each.item_id for each in made.switched_off] == ["full-time-guard"]


def test_another_clause_on_a_switched_off_item_brings_it_back_to_be_looked_at(desk):
    desk.decide(Choice.SET_ASIDE, control="full-time-guard")
    more = replace(GUARD, words_sha256="e" * 64)
    desk.add(replace(PLAN, id="other", series="other", sha256="e" * 64, requirements=(more,)))

    draft = desk.draft()

    assert item(draft, "full-time-guard").decided[0].why_again
    assert [each.choice for each in draft.to_review] == ["set_aside"]
    (shown,) = desk.decisions.page(actor=FIRST, now=NOON, limit=9).items
    assert not shown.in_effect


def test_the_next_edition_keeps_what_was_decided_where_the_words_are_the_same(desk):
    desk.decide(Choice.ITEM, item=OWN, **ON_TREES)
    desk.decide(Choice.SET_ASIDE, **ON_LOOSE)
    desk.add(AMENDED)

    draft = desk.draft()

    made = item(draft, f"own-{words_hash(TREES)[:12]}")
    assert made.citations[0].plan_id == AMENDED.id
    assert [each.section for each in draft.switched_off] == [LOOSE.section]
    assert draft.to_review == ()


def test_where_the_clause_changed_the_decision_is_to_be_looked_at_again(desk):
    told = desk.decide(Choice.ITEM, item=OWN, **ON_LIGHT)
    assert told.in_effect
    desk.add(AMENDED)

    draft = desk.draft()

    assert OWN_ID not in ids(draft)
    assert "最新版本" in draft.to_review[0].why_again[0]
    assert not desk.decisions.get(told.decision.id, actor=FIRST, now=NOON).in_effect
    page = desk.decisions.unmatched(AMENDED.id, actor=FIRST, limit=9)
    assert [each.standing for each in page.items] == [None, None]


def test_those_to_be_looked_at_again_are_listed_alone(desk):
    changed = desk.decide(Choice.ITEM, item=OWN, **ON_LIGHT)
    desk.decide(Choice.SET_ASIDE, **ON_TREES)
    desk.add(AMENDED)

    again = desk.decisions.page(actor=FIRST, now=NOON, again=True, limit=9).items
    desk.decisions.withdraw(changed.decision.id, why="x", seen=1, actor=FIRST, now=NOON)
    after = desk.decisions.page(actor=FIRST, now=NOON, again=True, limit=9).items

    assert [each.decision.id for each in again] == [changed.decision.id]
    assert after == ()


def test_a_clause_that_the_latest_edition_has_not_is_not_decided_on(desk):
    desk.add(AMENDED)

    with pytest.raises(NotFound):
        desk.decide(Choice.SET_ASIDE, **ON_LIGHT)


def test_a_decision_is_revised_at_the_revision_seen_and_all_of_it_is_kept(desk):
    first = desk.decide(Choice.SET_ASIDE, **ON_LIGHT)
    same = desk.decide(Choice.SET_ASIDE, **ON_LIGHT)
    assert same.decision.revision == first.decision.revision == 1
    with pytest.raises(RevisionMissing):
        desk.decide(Choice.ITEM, item=OWN, **ON_LIGHT)
    with pytest.raises(StaleRevision):
        desk.decide(Choice.ITEM, item=OWN, seen=7, **ON_LIGHT)

    second = desk.decide(Choice.ITEM, item=OWN, seen=1, actor=SECOND, **ON_LIGHT)

    assert (second.decision.id, second.decision.revision) == (first.decision.id, 2)
    history = desk.decisions.history(first.decision.id, actor=FIRST)
    assert [each.facts["choice"] for each in history] == ["set_aside", "item"]
    assert [each.person_id for each in history] == ["p1", "p2"]


def test_a_withdrawn_decision_leaves_things_as_if_nothing_were_decided(desk):
    told = desk.decide(Choice.SET_ASIDE, control="full-time-guard")

    after = desk.decisions.withdraw(
        told.decision.id, why="重新研究", seen=1, actor=SECOND, now=NOON
    )

    assert (after.decision.choice, after.in_effect) == (Choice.WITHDRAWN, False)
    assert "full-time-guard" in ids(desk.draft())
    verbs = [each.verb for each in desk.decisions.history(told.decision.id, actor=FIRST)]
    assert verbs == ["decided", "decision_withdrawn"]


def test_the_nearer_bureau_decides_and_without_it_the_one_above(desk):
    desk.add(replace(PLAN, id="city", region=CITY, series="city", sha256="d" * 64, unmatched=()))
    on_city = {"plan_id": "city", "words_sha256": LOOSE.words_sha256, "control": LOOSE.control}
    above = desk.decide(Choice.SET_ASIDE, actor=ABOVE, region=CITY, **on_city)
    near = desk.decide(Choice.CONTROL, to_control="anti-ram-barrier", **on_city)

    nearer = desk.draft()
    desk.decisions.withdraw(near.decision.id, why="x", seen=1, actor=FIRST, now=NOON)
    farther = desk.draft()

    assert item(nearer, "anti-ram-barrier").decided[0].id == near.decision.id
    assert [each.ruled.id for each in farther.switched_off] == [above.decision.id]
    assert [each.ruled.region for each in desk.draft(region="990103").switched_off] == [CITY]


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"choice": Choice.CONTROL, "to_control": "anti-ram-barrier", **ON_GUARD}, NotDecidable),
        ({"choice": Choice.ITEM, "item": OWN, **ON_GUARD}, NotDecidable),
        ({"choice": Choice.CONTROL, "to_control": "nothing", **ON_LIGHT}, NotDecidable),
        ({"choice": Choice.CONTROL, "to_control": "other-physical", **ON_LIGHT}, NotDecidable),
        ({"choice": Choice.PREFER, "preferred": "a" * 64, **ON_LIGHT}, NotDecidable),
        ({"choice": Choice.ITEM, "item": replace(OWN, family="x"), **ON_LIGHT}, NotDecidable),
        (
            {"choice": Choice.ITEM, "item": replace(OWN, articles=("某某法 9",)), **ON_LIGHT},
            NotDecidable,
        ),
        ({"choice": Choice.SET_ASIDE, "control": "lightning-protection"}, NotDecidable),
        ({"choice": Choice.SET_ASIDE, "control": "other-physical"}, NotDecidable),
        ({"choice": Choice.SET_ASIDE, "control": "nothing"}, NotDecidable),
        ({"choice": Choice.ITEM, "item": OWN, "control": "full-time-guard"}, NotDecidable),
        (
            {"choice": Choice.PREFER, "preferred": "a" * 64, "control": "full-time-guard"},
            NotDecidable,
        ),
        ({"choice": Choice.SET_ASIDE, "plan_id": PLAN.id, "words_sha256": "0" * 64}, NotFound),
        ({"choice": Choice.SET_ASIDE, "region": CITY, **ON_LIGHT}, NotPermitted),
        ({"choice": Choice.SET_ASIDE, "region": "123456", **ON_LIGHT}, BadValue),
        ({"choice": Choice.SET_ASIDE, "actor": NEIGHBOUR, **ON_LIGHT}, NotPermitted),
        (
            {"choice": Choice.SET_ASIDE, "actor": NEIGHBOUR, "region": "990103", **ON_LIGHT},
            NotFound,
        ),
    ],
)
def test_what_cannot_be_decided_is_refused(desk, asked, refusal):
    with pytest.raises(refusal):
        desk.decide(**asked)
