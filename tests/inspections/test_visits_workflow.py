"""The rules of an inspection, each step against a table written apart from the code."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from checklists.catalogue.model import Condition
from inspections.kindergartens.model import Nature, Profit
from inspections.visits import planning, workflow
from inspections.visits.errors import (
    NotAnOfficer,
    NotComplete,
    NotYourInspection,
    OwnInspection,
    SignatureIncomplete,
    StepNotAllowed,
    TooFewOfficers,
    WrongAnswer,
)
from inspections.visits.model import Kind, Signature, SignatureKind, Status, Step
from media.custody.model import Role, Scope
from media.refusals import BadValue, NotFound
from tests.builders import (
    NOON,
    at_least,
    make_actor,
    make_answer,
    make_inspection,
    make_item,
)

TABLE = """
            begin     submit     return    approve   cancel
planned     underway  -          -         -         cancelled
underway    -         submitted  -         -         -
submitted   -         -          underway  approved  -
approved    -         -          -         -         -
cancelled   -         -          -         -         -
"""
"""Which step leads where: the law of the room, read by a person."""

HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (status, step, outcome)
    for status, *outcomes in LINES
    for step, outcome in zip(HEAD, outcomes, strict=True)
]


@pytest.mark.parametrize(("status", "step", "outcome"), CELLS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(status, step, outcome):
    inspection = make_inspection(status=Status(status))

    if outcome == "-":
        with pytest.raises(StepNotAllowed):
            workflow.advance(inspection, Step(step), at=NOON)
    else:
        after = workflow.advance(inspection, Step(step), at=NOON, by="person-9", why="原因")
        assert after.status == outcome
        assert after.revision == inspection.revision + 1


def test_the_table_covers_every_status_and_step():
    assert {(status, step) for status, step, _ in CELLS} == {
        (status.value, step.value) for status in Status for step in Step
    }


def test_a_returned_inspection_is_underway_again_and_keeps_why():
    submitted = make_inspection(status=Status.SUBMITTED)

    returned = workflow.advance(submitted, Step.RETURN, at=NOON, by="person-9", why="补照片")

    assert returned.status is Status.UNDERWAY
    assert [(each.why, each.by) for each in returned.returns] == [("补照片", "person-9")]


@pytest.mark.parametrize("step", [Step.BEGIN, Step.SUBMIT, None])
def test_walking_answering_and_submitting_are_an_officers(step):
    inspection = make_inspection()

    workflow.must_be_entitled(inspection, step, make_actor("person-2"))

    with pytest.raises(NotYourInspection):
        workflow.must_be_entitled(inspection, step, make_actor("person-8", Role.SUPERVISOR))


@pytest.mark.parametrize("step", [Step.RETURN, Step.APPROVE, Step.CANCEL])
def test_reviewing_is_a_supervisors_who_took_no_part(step):
    inspection = make_inspection()

    workflow.must_be_entitled(inspection, step, make_actor("person-8", Role.SUPERVISOR))

    with pytest.raises(NotYourInspection):
        workflow.must_be_entitled(inspection, step, make_actor("person-8"))
    with pytest.raises(OwnInspection):
        workflow.must_be_entitled(inspection, step, make_actor("person-1", Role.SUPERVISOR))


def test_an_answer_is_taken_only_while_the_inspection_is_underway():
    items = {"anti-ram-barrier": make_item()}

    with pytest.raises(StepNotAllowed):
        workflow.answer(make_inspection(), [make_answer()], items, at=NOON)
    with pytest.raises(StepNotAllowed):
        workflow.must_take_photos(make_inspection())


def test_an_item_answered_again_has_the_later_answer():
    inspection = make_inspection(status=Status.UNDERWAY)
    items = {"anti-ram-barrier": make_item()}

    first = workflow.answer(inspection, [make_answer()], items, at=NOON)
    again = workflow.answer(first, [make_answer(result="not_met")], items, at=NOON)

    assert again.answers["anti-ram-barrier"].result == "not_met"
    assert again.revision == inspection.revision + 2


def test_an_item_that_is_not_asked_cannot_be_answered():
    inspection = make_inspection(status=Status.UNDERWAY)

    with pytest.raises(WrongAnswer):
        workflow.answer(inspection, [make_answer("something-else")], {}, at=NOON)


RATIO = make_item(answer_kind="ratio", threshold=at_least(100))
COUNT = make_item(answer_kind="count", threshold=replace(at_least(25), comparison="<="))
GRADE = make_item(answer_kind="grade", threshold=at_least("B", "级"))
PLAIN = make_item()


@pytest.mark.parametrize(
    ("item", "result", "more", "fits"),
    [
        (PLAIN, "met", {}, True),
        (PLAIN, "not_applicable", {}, False),
        (PLAIN, "not_applicable", {"note": "无食堂"}, True),
        (PLAIN, "not_checked", {}, False),
        (RATIO, "met", {}, False),
        (RATIO, "met", {"value": 100.0}, True),
        (RATIO, "met", {"value": 99.0}, False),
        (RATIO, "not_met", {"value": 99.0}, True),
        (RATIO, "met", {"value": "all"}, False),
        (COUNT, "met", {"value": 25.0}, True),
        (COUNT, "met", {"value": 26.0}, False),
        (GRADE, "met", {"value": "A"}, True),
        (GRADE, "met", {"value": "B"}, True),
        (GRADE, "met", {"value": "C"}, False),
        (GRADE, "met", {"value": "none"}, False),
        (GRADE, "not_met", {"value": "none"}, True),
        (GRADE, "met", {"value": "excellent"}, False),
        (make_item(answer_kind="ratio"), "met", {"value": 3.0}, True),
        (make_item(threshold=at_least(100)), "met", {"value": 3.0}, True),
        (
            make_item(answer_kind="ratio", threshold=at_least({"教师": 2}, "人/班")),
            "met",
            {"value": 1.0},
            True,
        ),
    ],
)
def test_an_answer_fits_its_item_or_is_refused(item, result, more, fits):
    answer = make_answer(result=result, **more)

    if fits:
        workflow.must_fit(answer, item)
    else:
        with pytest.raises(WrongAnswer):
            workflow.must_fit(answer, item)


ITEMS = {
    "anti-ram-barrier": make_item(photo_required=True),
    "food-grade": make_item("food-grade"),
}


def signed(inspection, **changed):
    signature = Signature(
        **{
            "kind": SignatureKind.SIGNED,
            "answers_sha256": workflow.fingerprint(inspection),
            "at": NOON,
            "recorded_by": "person-1",
            "signer": "园长",
        }
        | changed
    )
    return workflow.sign(inspection, signature, at=NOON)


def answered():
    answers = [make_answer(evidence_ids=("photo-1",)), make_answer("food-grade")]
    return workflow.answer(make_inspection(status=Status.UNDERWAY), answers, ITEMS, at=NOON)


PHOTOS = frozenset({"photo-1"})


def test_a_complete_inspection_is_complete():
    workflow.must_be_complete(signed(answered()), ITEMS, PHOTOS)


def test_an_open_item_holds_the_submission_up():
    inspection = workflow.answer(
        make_inspection(status=Status.UNDERWAY), [make_answer("food-grade")], ITEMS, at=NOON
    )

    with pytest.raises(NotComplete) as refused:
        workflow.must_be_complete(signed(inspection), ITEMS, PHOTOS)

    assert refused.value.facts["items"] == ["anti-ram-barrier"]


@pytest.mark.parametrize("photos", [(), ("photo-of-another-visit",)])
def test_a_missing_photo_holds_the_submission_up(photos):
    inspection = workflow.answer(answered(), [make_answer(evidence_ids=photos)], ITEMS, at=NOON)

    with pytest.raises(NotComplete) as refused:
        workflow.must_be_complete(signed(inspection), ITEMS, PHOTOS)

    assert refused.value.facts["items"] == ["anti-ram-barrier"]


def test_what_was_not_looked_at_needs_no_photo():
    answer = make_answer(result="not_applicable", note="无大门")
    inspection = workflow.answer(answered(), [answer], ITEMS, at=NOON)

    workflow.must_be_complete(signed(inspection), ITEMS, PHOTOS)


def test_an_unsigned_inspection_is_not_complete():
    with pytest.raises(NotComplete):
        workflow.must_be_complete(answered(), ITEMS, PHOTOS)


def test_answers_changed_after_the_signature_need_a_new_one():
    inspection = signed(answered())
    changed = workflow.answer(inspection, [make_answer("food-grade", note="x")], ITEMS, at=NOON)

    with pytest.raises(NotComplete):
        workflow.must_be_complete(changed, ITEMS, PHOTOS)


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({}, True),
        ({"signer": None}, False),
        ({"kind": SignatureKind.REFUSED, "reason": "外出", "witness": "社区人员"}, True),
        ({"kind": SignatureKind.REFUSED, "reason": "外出"}, False),
        ({"kind": SignatureKind.REFUSED, "witness": "社区人员"}, False),
    ],
)
def test_a_signature_names_its_signer_a_refusal_its_reason_and_witness(changed, fits):
    if fits:
        assert signed(answered(), **changed).signature
    else:
        with pytest.raises(SignatureIncomplete):
            signed(answered(), **changed)


def test_nothing_is_signed_before_the_inspection_begins():
    with pytest.raises(StepNotAllowed):
        signed(make_inspection())


def test_what_is_not_met_becomes_a_finding_once_with_the_item_as_it_stood():
    answers = [make_answer(result="not_met", note="缺两个", evidence_ids=("photo-1",))]
    inspection = workflow.answer(answered(), answers, ITEMS, at=NOON)

    first, again = workflow.findings(inspection, ITEMS), workflow.findings(inspection, ITEMS)

    assert [finding.item.id for finding in first] == ["anti-ram-barrier"]
    assert first == again
    assert first[0].evidence_ids == ("photo-1",)
    assert first[0].note == "缺两个"


def test_the_history_keeps_an_answer_word_for_word():
    answer = make_answer(note="注", value=3.0, device_at=NOON)

    assert workflow.plain([answer, make_answer()]) == [
        {
            "item_id": "anti-ram-barrier",
            "result": "met",
            "value": 3.0,
            "note": "注",
            "evidence_ids": [],
            "device_at": "2026-03-02T04:00:00+00:00",
        },
        {
            "item_id": "anti-ram-barrier",
            "result": "met",
            "value": None,
            "note": None,
            "evidence_ids": [],
            "device_at": None,
        },
    ]


def officers(**known):
    def officer_of(account_id, _now):
        if account_id not in known:
            raise NotFound(what="account")
        return known[account_id]

    return officer_of


def test_two_persons_are_assigned():
    of = officers(a=make_actor("person-1"), b=make_actor("person-2"))

    found = planning.assign(["a", "b"], of, "990102", NOON)

    assert [officer.person_id for officer in found] == ["person-1", "person-2"]


def test_one_person_under_two_accounts_is_one_officer():
    of = officers(a=make_actor("person-1"), b=make_actor("person-1"))

    with pytest.raises(TooFewOfficers):
        planning.assign(["a", "b"], of, "990102", NOON)


@pytest.mark.parametrize(
    "other",
    [
        make_actor("person-2", Role.ADMINISTRATOR),
        make_actor("person-2", certificate=None),
        make_actor("person-2", scope=Scope(regions=("4452",))),
    ],
)
def test_who_may_not_inspect_here_is_not_assigned(other):
    of = officers(a=make_actor("person-1"), b=other)

    with pytest.raises(NotAnOfficer):
        planning.assign(["a", "b"], of, "990102", NOON)


@pytest.mark.parametrize(
    ("conditions", "changed", "asked"),
    [
        ((), {}, True),
        (("private",), {"nature": "public"}, False),
        (("private",), {"nature": "private"}, True),
        (("public",), {"nature": "public"}, True),
        (("non_profit",), {"nature": "private", "profit": "non_profit"}, True),
        (("non_profit",), {"nature": "private", "profit": "for_profit"}, False),
        (("non_profit",), {"nature": "private"}, True),
        (("non_profit",), {"nature": "public"}, False),
        (("rural",), {"rural": True}, True),
        (("rural",), {"rural": False}, False),
        (("boarding",), {}, True),
        (("private", "boarding"), {"nature": "public"}, True),
        (("public", "private"), {"nature": "public"}, True),
    ],
)
def test_an_item_is_asked_where_it_speaks_to_the_kindergarten(conditions, changed, asked):
    item = make_item(conditions=tuple(Condition(each) for each in conditions))
    facts = {"nature": "private", "profit": None, "rural": False} | changed
    kindergarten = SimpleNamespace(
        nature=Nature(facts["nature"]),
        profit=facts["profit"] and Profit(facts["profit"]),
        rural=facts["rural"],
    )

    found = planning.items_for(kindergarten, SimpleNamespace(items=(item,)))

    assert found == ((item.id,) if asked else ())


def test_an_unknown_account_is_not_assigned():
    with pytest.raises(NotAnOfficer):
        planning.assign(["a", "b"], officers(a=make_actor()), "990102", NOON)


def test_a_plan_asked_for_again_is_the_same_whatever_happened_since():
    planned = make_inspection()

    assert planning.is_same(make_inspection(status=Status.APPROVED, revision=9), planned)
    assert not planning.is_same(make_inspection(kind=Kind.RE_INSPECTION), planned)


DAYS = [(-32, False), (-31, True), (0, True), (366, True), (367, False)]


@pytest.mark.parametrize(("ahead", "taken"), DAYS)
def test_a_visit_is_planned_between_a_month_ago_and_a_year_from_now(ahead, taken):
    day = NOON.date() + timedelta(days=ahead)

    if taken:
        planning.must_be_near(day, NOON)
    else:
        with pytest.raises(BadValue):
            planning.must_be_near(day, NOON)
