"""What stands on each paper, by the record that it is made of."""

from dataclasses import replace
from datetime import date

from inspections.cases.veto.model import Round, Status, Verdict, Vote
from inspections.papers import contents
from inspections.rectification.model import Paper
from inspections.rectification.model import Status as NoticeStatus
from inspections.supervision.model import Grade, Result
from inspections.visits.model import Result as Found
from inspections.visits.model import Signature, SignatureKind
from inspections.visits.model import Status as VisitStatus
from tests.builders import (
    NOON,
    make_answer,
    make_correction,
    make_inspection,
    make_item,
    make_kindergarten,
    make_member,
    make_notice,
    make_round,
    make_veto_case,
)

PARTY = make_kindergarten()


def words(sheet):
    return str(sheet.blocks)


def record(**changed):
    items = {id_: make_item(id_, title=f"检查 {id_}") for id_ in ("gate", "alarm", "abuse")}
    facts = {
        "item_ids": tuple(items),
        "sealed_item_ids": ("abuse",),
        "answers": {
            "gate": make_answer("gate", Found.NOT_MET, note="间距过大"),
            "alarm": make_answer("alarm", Found.MET, value=12.0),
            "abuse": make_answer("abuse", Found.NOT_MET, note="家长反映"),
        },
        "identity_shown": True,
        "recusal_told": True,
        "begun_at": NOON,
        "submitted_at": NOON,
        "status": VisitStatus.SUBMITTED,
    }
    return contents.inspection_record(make_inspection(**facts | changed), PARTY, items, [])


def test_a_record_says_who_was_there_what_was_found_and_what_was_told():
    sheet = record()

    for told in ("检查 gate", "不符合", "间距过大", "（12", "出示执法证件", "回避", "执法证号"):
        assert told in words(sheet)
    assert not sheet.is_draft


def test_what_is_sealed_stands_on_no_record():
    assert "检查 abuse" not in words(record())
    assert "家长反映" not in words(record())


def test_a_visit_that_goes_on_gives_a_draft():
    assert record(status=VisitStatus.UNDERWAY, submitted_at=None).is_draft


def test_a_refusal_stands_with_its_reason_and_witness():
    refusal = Signature(
        SignatureKind.REFUSED, "0" * 64, NOON, "person-1", reason="不同意", witness="社区人员"
    )

    assert "不同意" in words(record(signature=refusal))
    assert "社区人员" in words(record(signature=refusal))


def notice(**changed):
    facts = {"status": NoticeStatus.SERVED, "number": "演教整改〔2026〕1号", "issued_at": NOON}
    paper = make_notice(**facts | changed)
    return contents.notice(paper, make_inspection(begun_at=NOON), PARTY, [])


def test_an_order_names_its_articles_and_a_recommendation_none():
    order, advice = notice(), notice(paper=Paper.RECOMMENDATION)

    assert order.title == "责令限期整改通知书"
    assert "学前教育法 51，责令你园" in words(order)
    assert advice.title == "整改建议书"
    assert "建议你园" in words(advice)
    assert "责令" not in words(advice)


def test_a_notice_says_by_when_and_that_the_day_may_move():
    told = words(notice(due=date(2027, 1, 4), provisional=True))

    assert "2027年1月4日（含当日）前完成整改" in told
    assert "重新计算" in told


def test_a_notice_says_within_how_many_days_it_may_be_objected_to():
    assert "可在收到之日起 7 日内向发文机关" in words(notice(objection_days=7))
    assert "可在收到之日起向发文机关" in words(notice())


def test_a_draft_of_a_notice_is_one_and_an_issued_one_is_none():
    assert notice(status=NoticeStatus.DRAFT).is_draft
    assert notice(status=NoticeStatus.WITHDRAWN).is_draft
    assert not notice(status=NoticeStatus.ISSUED).is_draft


def test_an_opinion_says_item_by_item_what_is_met_now():
    corrections = (make_correction("f1", title="大门"), make_correction("f2", title="报警"))
    counted = make_round(outcomes={"f1": True, "f2": False})
    paper = make_notice(corrections=corrections, rounds=(counted,), number="1号")

    told = words(contents.reinspection_opinion(paper, counted, make_inspection(), PARTY))

    assert "('1', '大门', '已整改')" in told
    assert "('2', '报警', '未整改到位')" in told
    assert "尚有 1 项" in told


def test_a_decision_says_who_decided_and_holds_no_statement():
    votes = tuple(
        Vote(make_member(person, unit), Verdict.UPHELD, "证据充分", NOON, "0" * 64)
        for person, unit in (("p1", "甲局"), ("p2", "乙局"))
    )
    heard = Round(NOON, "p0", "x", votes, Verdict.UPHELD, NOON)
    case = make_veto_case(
        status=Status.UPHELD, standing=Verdict.UPHELD, rounds=(heard,), evidence_ids=("e1",)
    )

    sheet = contents.veto_decision(case, PARTY)

    for told in ("甲局", "乙局", "一票否决情形成立", "不合格", "照片 1 张"):
        assert told in words(sheet)
    assert not sheet.is_draft
    undecided = replace(case, standing=None, rounds=())
    assert contents.veto_decision(undecided, PARTY).is_draft


def test_a_year_fails_by_a_veto_and_is_a_draft_while_open():
    failed = Result(PARTY.id, 2026, Grade.FAILED, vetoed=True, review=None, revision=0)

    sheet = contents.annual_review(failed, PARTY, "演示县教育局")

    assert "一票否决案件成立" in words(sheet)
    assert not sheet.is_draft
    assert contents.annual_review(
        replace(failed, grade=None, vetoed=False), PARTY, "演示县教育局"
    ).is_draft
