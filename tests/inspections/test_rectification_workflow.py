"""The rules of a notice, each step against a table written apart from the code."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inspections.rectification import workflow
from inspections.rectification.errors import (
    BadResponse,
    BadService,
    FindingsNotFree,
    LacksSignatures,
    MadeAVisit,
    NoBasis,
    NotOfTheVisit,
    OwnDraft,
    SignedAlready,
    StepNotAllowed,
    VetoIsACase,
)
from inspections.rectification.model import Paper, Reply, Response, Status, Step, Way
from inspections.visits.model import Status as VisitStatus
from tests.builders import (
    CALENDAR,
    NOON,
    make_answer,
    make_correction,
    make_finding,
    make_inspection,
    make_item,
    make_notice,
    make_officer,
    make_round,
    make_service,
    make_signing,
)

TABLE = """
              issue   withdraw   serve   acknowledge   respond    find_met  find_not_met  close   reopen
draft         issued  withdrawn  -       -             -          -         -             -       -
issued        -       withdrawn  served  -             -          -         -             -       -
served        -       -          -       acknowledged  responded  verified  reopened      -       -
acknowledged  -       -          -       -             responded  verified  reopened      -       -
responded     -       -          -       -             -          verified  reopened      -       -
reopened      -       -          -       -             responded  verified  reopened      -       -
verified      -       -          -       -             -          -         -             closed  reopened
closed        -       -          -       -             -          -         -             -       -
withdrawn     -       -          -       -             -          -         -             -       -
revoked       -       -          -       -             -          -         -             -       -
"""  # noqa: E501 - a table is read across

HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (status, step, outcome)
    for status, *outcomes in LINES
    for step, outcome in zip(HEAD, outcomes, strict=True)
]


@pytest.mark.parametrize(("status", "step", "outcome"), CELLS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(status, step, outcome):
    notice = make_notice(status=Status(status))

    if outcome == "-":
        with pytest.raises(StepNotAllowed):
            workflow.advance(notice, Step(step), at=NOON)
    else:
        assert workflow.advance(notice, Step(step), at=NOON).status == outcome


def test_the_table_covers_every_status_and_step():
    assert {(status, step) for status, step, _ in CELLS} == {
        (status.value, step.value) for status in Status for step in Step
    }


def test_an_order_cites_clause_and_article():
    found = workflow.corrections([make_finding()], Paper.ORDER)

    assert found[0].basis == ("学前教育法 51",)
    assert found[0].standard == make_finding().item.citations


@pytest.mark.parametrize("lacking", [{"carries_notice": False}, {"articles": ()}])
def test_without_a_clause_in_force_or_an_article_there_is_no_order(lacking):
    finding = make_finding(item=make_item(**lacking))

    with pytest.raises(NoBasis) as refused:
        workflow.corrections([finding], Paper.ORDER)

    assert refused.value.facts["findings"] == ["finding-1"]
    assert workflow.corrections([finding], Paper.RECOMMENDATION)[0].basis == ()


def test_a_veto_finding_is_never_put_into_a_notice():
    finding = make_finding(item=make_item(severity="one_vote_veto"))

    for paper in Paper:
        with pytest.raises(VetoIsACase):
            workflow.corrections([finding], paper)


@pytest.mark.parametrize(
    "other",
    [
        {"inspection_id": "inspection-9"},
        {"notice_id": "notice-9"},
        {"closed_at": NOON},
    ],
)
def test_findings_of_another_visit_or_notice_are_not_taken(other):
    findings = [make_finding(), make_finding("finding-2", **other)]

    with pytest.raises(FindingsNotFree):
        workflow.corrections(findings, Paper.ORDER)


def test_who_drafted_does_not_issue():
    draft = make_notice()

    with pytest.raises(OwnDraft):
        workflow.issue(draft, number="1", by="person-1", at=NOON)

    issued = workflow.issue(draft, number="990102教整改〔2026〕1号", by="person-9", at=NOON)
    assert issued.number == "990102教整改〔2026〕1号"


def test_the_clock_starts_with_service_and_the_day_itself_is_not_counted():
    served = workflow.serve(make_notice(status=Status.ISSUED), make_service(), CALENDAR)

    assert served.due.isoformat() == "2026-03-23"
    assert served.due_at > make_service().served_at
    assert not served.provisional
    assert served.due_why


@pytest.mark.parametrize(
    "bad",
    [
        {"served_at": NOON + timedelta(hours=2)},
        {"served_at": NOON - timedelta(days=181)},
        {"way": Way.REFUSED},
        {"way": Way.LEFT},
    ],
)
def test_a_service_in_the_future_long_past_or_without_its_witness_is_refused(bad):
    with pytest.raises(BadService):
        workflow.serve(make_notice(status=Status.ISSUED), make_service(**bad), CALENDAR)


def test_a_refused_service_before_a_witness_counts():
    service = make_service(way=Way.REFUSED, witness="社区人员")

    assert workflow.serve(make_notice(status=Status.ISSUED), service, CALENDAR).due


def respond(notice, *finding_ids, photos=()):
    replies = tuple(Reply(id_, "已整改", photos) for id_ in finding_ids)
    response = Response("response-1", NOON, "person-7", replies)
    return workflow.respond(notice, response, frozenset({"photo-9"}))


def test_a_response_answers_every_open_finding():
    notice = make_notice(status=Status.SERVED)

    responded = respond(notice, "finding-1", "finding-2", photos=("photo-9",))

    assert responded.status is Status.RESPONDED
    assert len(responded.responses) == 1


@pytest.mark.parametrize(
    "answered",
    [("finding-1",), ("finding-1", "finding-1"), ("finding-1", "finding-2", "finding-3")],
)
def test_a_response_that_leaves_out_doubles_or_invents_is_refused(answered):
    with pytest.raises(BadResponse):
        respond(make_notice(status=Status.SERVED), *answered)


def test_a_response_names_photos_of_its_own_notice_only():
    with pytest.raises(BadResponse):
        respond(make_notice(status=Status.SERVED), "finding-1", "finding-2", photos=("photo-1",))


def test_a_reinspection_that_finds_all_met_verifies():
    found = workflow.find(make_notice(status=Status.RESPONDED), make_round())

    assert found.status is Status.VERIFIED
    assert workflow.still_open(found) == []


def test_a_reinspection_carries_open_what_is_not_met():
    outcomes = {"finding-1": True, "finding-2": False}

    found = workflow.find(make_notice(status=Status.RESPONDED), make_round(outcomes=outcomes))

    assert found.status is Status.REOPENED
    assert workflow.still_open(found) == ["finding-2"]


def test_a_later_round_asks_only_what_is_still_open():
    corrections = (make_correction(met=True), make_correction("finding-2"))
    notice = make_notice(status=Status.REOPENED, corrections=corrections)

    found = workflow.find(notice, make_round(outcomes={"finding-2": True}))

    assert found.rounds[0].outcomes == {"finding-2": True}
    assert found.status is Status.VERIFIED


def test_what_a_reinspection_did_not_find_met_stays_open():
    visit = make_inspection(
        status=VisitStatus.APPROVED,
        officers=(make_officer("person-3"),),
        answers={"anti-ram-barrier": make_answer(result="not_checked", note="无人")},
    )
    notice = make_notice(corrections=(make_correction(), make_correction("finding-2", met=True)))

    found = workflow.outcome(notice, visit, "person-9", NOON)

    assert found.outcomes == {"finding-1": False}
    assert found.visitors == ("person-3",)


@pytest.mark.parametrize("visitor", ["person-1", "person-2", "person-3"])
def test_nobody_who_made_a_visit_closes(visitor):
    notice = make_notice(status=Status.VERIFIED, rounds=(make_round(),))

    with pytest.raises(MadeAVisit):
        workflow.close(notice, by=visitor, at=NOON)


def test_somebody_who_made_no_visit_closes():
    notice = make_notice(status=Status.VERIFIED, rounds=(make_round(),))

    closed = workflow.close(notice, by="person-9", at=NOON)

    assert (closed.status, closed.closed_by, closed.closed_at) == (
        Status.CLOSED,
        "person-9",
        NOON,
    )


def test_reopening_opens_what_the_last_round_had_found_met():
    corrections = (make_correction(met=True), make_correction("finding-2", met=True))
    seen = make_round(outcomes={"finding-2": True})
    notice = make_notice(status=Status.VERIFIED, corrections=corrections, rounds=(seen,))

    assert workflow.still_open(workflow.reopen(notice, at=NOON)) == ["finding-2"]
    bare = make_notice(status=Status.VERIFIED, corrections=corrections)
    assert workflow.still_open(workflow.reopen(bare, at=NOON)) == []


@pytest.mark.parametrize("status", list(Status))
def test_only_a_running_notice_becomes_overdue_and_only_once(status):
    running = {"served", "acknowledged", "responded", "reopened"}
    notice = make_notice(status=status, due_at=NOON)

    assert workflow.is_overdue(notice, NOON) is (status in running)
    assert not workflow.is_overdue(notice, NOON - timedelta(seconds=1))
    assert not workflow.is_overdue(workflow.lapse(notice), NOON + timedelta(days=9))


def test_a_notice_lapsed_at_its_deadline_whenever_that_is_noticed():
    assert workflow.lapse(make_notice(due_at=NOON)).overdue_at == NOON


def test_a_notice_without_a_deadline_is_not_overdue():
    assert not workflow.is_overdue(make_notice(status=Status.SERVED), NOON)


@pytest.mark.parametrize("status", list(Status))
def test_photos_come_with_a_response_and_visits_while_the_clock_runs(status):
    notice = make_notice(status=status)
    running = status in {"served", "acknowledged", "responded", "reopened"}
    awaited = status in {"served", "acknowledged", "reopened"}

    for rule, allowed in ((workflow.must_run, running), (workflow.must_await_response, awaited)):
        if allowed:
            rule(notice)
        else:
            with pytest.raises(StepNotAllowed):
                rule(notice)


def test_the_history_keeps_dates_service_and_what_is_open():
    served = workflow.serve(make_notice(status=Status.ISSUED), make_service(), CALENDAR)
    responded = respond(served, "finding-1", "finding-2")
    lapsed = workflow.lapse(responded)

    kept = workflow.facts(lapsed)

    assert kept["due"] == "2026-03-23"
    assert kept["overdue_at"] == lapsed.due_at.isoformat()
    assert kept["service"]["receiver"] == "园长"
    assert kept["last_response"] == "response-1"
    assert kept["still_open"] == ["finding-1", "finding-2"]
    assert workflow.facts(make_notice())["service"] is None


def test_two_officers_of_the_visit_sign_before_it_is_issued():
    unsigned = make_notice(signatures=())
    once = workflow.sign(unsigned, make_signing("person-1"))

    with pytest.raises(LacksSignatures):
        workflow.issue(once, number="1", by="person-9", at=NOON)
    with pytest.raises(SignedAlready):
        workflow.sign(once, make_signing("person-1"))
    with pytest.raises(NotOfTheVisit):
        workflow.sign(once, make_signing("person-9"))
    twice = workflow.sign(once, make_signing("person-2"))
    assert workflow.issue(twice, number="1", by="person-9", at=NOON).status is Status.ISSUED
    with pytest.raises(StepNotAllowed):
        workflow.sign(replace(unsigned, status=Status.ISSUED), make_signing("person-1"))
