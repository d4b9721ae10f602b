"""What a bureau chooses among contradictory clauses, and whom a decision reaches."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from checklists.catalogue.actions import catalogue
from checklists.decisions.model import Choice
from checklists.generation.model import Subject
from checklists.generation.rules import draw_up
from checklists.plans.words import words_hash
from media.refusals import NotFound, NotPermitted, RevisionMissing
from tests.checklists.desks import (
    ABOVE,
    AMENDED,
    CITY,
    COUNTY,
    FAR,
    FIRST,
    GUARD,
    LIGHT,
    NEIGHBOUR,
    ON_LIGHT,
    ON_LOOSE,
    ON_TREES,
    OWN,
    OWN_ID,
    PLAN,
    ids,
    item,
)
from tests.checklists.plans import DAY, NOON, requirement


def contradicting(desk):
    """Add a clause of the same plan that states another number of guards."""
    loose = replace(
        GUARD,
        words_sha256="f" * 64,
        section="九、",
        threshold={
            "comparison": ">=",
            "value": 1,
            "unit": "名",
        },
    )
    desk.add(replace(PLAN, id="both", series="both", sha256="f" * 64, requirements=(GUARD, loose)))
    return loose


def test_until_the_bureau_chooses_the_stricter_of_contradictory_clauses_holds(desk):
    contradicting(desk)

    made = item(desk.draft(), "full-time-guard")

    assert made.threshold.value == 2
    assert "请主管部门确定" in made.contradiction[0]


def test_the_bureau_chooses_among_contradictory_clauses(desk):
    loose = contradicting(desk)

    desk.decide(Choice.PREFER, control="full-time-guard", preferred=loose.words_sha256)

    made = item(desk.draft(), "full-time-guard")
    assert (made.threshold.value, made.contradiction) == (1, None)
    assert len(made.citations) == 3
    assert made.decided[0].choice == "prefer"
    assert made.trace[0][0].startswith("主管部门择一")


def test_a_choice_is_looked_at_again_where_a_clause_is_new(desk):
    loose = contradicting(desk)
    desk.decide(Choice.PREFER, control="full-time-guard", preferred=loose.words_sha256)
    more = requirement(
        "full-time-guard",
        words_sha256="1" * 64,
        threshold={"comparison": ">=", "value": 3, "unit": "名"},
    )
    desk.add(replace(PLAN, id="new", series="new", sha256="1" * 64, requirements=(more,)))

    made = item(desk.draft(), "full-time-guard")

    assert made.threshold.value == 3
    assert made.contradiction
    assert made.decided[0].why_again


def test_decisions_are_listed_by_the_region_that_they_reach(desk):
    desk.decide(Choice.SET_ASIDE, **ON_LIGHT)
    desk.decide(Choice.SET_ASIDE, **ON_TREES)

    first = desk.decisions.page(actor=FIRST, now=NOON, region=COUNTY, limit=1)
    second = desk.decisions.page(actor=FIRST, now=NOON, cursor=first.next, limit=1)
    of_plan = desk.decisions.page(actor=ABOVE, now=NOON, plan_id=PLAN.id, limit=9)

    assert [len(first.items), len(second.items), len(of_plan.items)] == [1, 1, 2]
    assert desk.decisions.page(actor=FAR, now=NOON, limit=9).items == ()
    with pytest.raises(NotPermitted):
        desk.decisions.page(actor=FAR, now=NOON, region=COUNTY, limit=9)


def test_a_decision_is_seen_in_its_region_and_below(desk):
    desk.add(replace(PLAN, id="city", region=CITY, series="city", sha256="d" * 64))
    on_city = {"plan_id": "city", "words_sha256": words_hash(LIGHT)}
    told = desk.decide(Choice.SET_ASIDE, actor=ABOVE, region=CITY, **on_city)

    assert desk.decisions.get(told.decision.id, actor=NEIGHBOUR, now=NOON) == told
    with pytest.raises(NotFound):
        desk.decisions.get(told.decision.id, actor=FAR, now=NOON)
    with pytest.raises(NotPermitted):
        desk.decisions.withdraw(told.decision.id, why="x", seen=1, actor=FIRST, now=NOON)


def test_a_published_checklist_keeps_what_was_decided_then(desk):
    desk.decide(Choice.ITEM, item=OWN, **ON_LIGHT)
    done = desk.publish()

    desk.decide(Choice.SET_ASIDE, seen=1, **ON_LIGHT)
    desk.add(AMENDED)

    assert desk.checklists.get(done.id, actor=FIRST) == done
    assert OWN_ID in ids(done)
    (_, published) = desk.custody.history(f"checklist:{done.id}")
    assert len(published.facts["decided"]) == 1


def test_what_was_decided_for_one_subject_does_not_show_for_another(desk):
    desk.decide(Choice.SET_ASIDE, **ON_LOOSE)
    desk.decide(Choice.CONTROL, to_control="anti-ram-barrier", **ON_LIGHT)

    drawn = desk.draft("training_institution")

    assert (drawn.items, drawn.switched_off) == ((), ())


def test_a_control_that_left_the_catalogue_is_asked_by_no_decision(desk):
    desk.decide(Choice.CONTROL, to_control="anti-ram-barrier", **ON_LIGHT)
    judged = desk.plans.judged(COUNTY, DAY, whole=True)
    rulings = desk.decisions.rulings(COUNTY, judged)
    controls = {
        id_: each for id_, each in catalogue().controls.items() if id_ != "anti-ram-barrier"
    }

    drawn = draw_up(judged, Subject.KINDERGARTEN, replace(catalogue(), controls=controls), rulings)

    assert len(drawn.items) == 2


def test_of_many_who_decide_at_once_one_is_first_and_the_others_see_it(desk):
    def decide(index):
        try:
            return desk.decide(Choice.SET_ASIDE, reason=f"理由{index}", **ON_LIGHT)
        except RevisionMissing:
            return None

    with ThreadPoolExecutor(4) as pool:
        done = [each for each in pool.map(decide, range(4)) if each]

    assert [each.decision.revision for each in done] == [1]
    assert desk.decisions.get(done[0].decision.id, actor=FIRST, now=NOON) == done[0]
    assert len(desk.decisions.history(done[0].decision.id, actor=FIRST)) == 1


def test_a_county_decides_for_itself_on_national_law(desk):
    law = replace(PLAN, id="law", region="000000", series="law", sha256="9" * 64, unmatched=())
    desk.add(law)
    on_law = {"plan_id": "law", "words_sha256": GUARD.words_sha256, "control": GUARD.control}

    desk.decide(Choice.SET_ASIDE, **on_law)

    here = item(desk.draft(), "full-time-guard")
    there = item(desk.draft(region="990103"), "full-time-guard")
    assert [each.plan_id for each in here.citations] == [PLAN.id]
    assert [each.plan_id for each in there.citations] == ["law"]
