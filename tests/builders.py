"""Small things in full, each with what a test changes of it."""

from datetime import UTC, date, datetime, timedelta

from checklists.generation.model import Citation, Item, Threshold
from checklists.naming.model import Verdict
from checklists.plans.actions import Standing
from inspections.cases.veto.model import Member, Naming, Respondent, Statement, VetoCase
from inspections.cases.veto.model import Round as Hearing
from inspections.cases.veto.model import Status as VetoStatus
from inspections.findings.model import Finding
from inspections.kindergartens.model import Kindergarten, NameCheck, Nature
from inspections.rectification.model import (
    Calendar,
    Correction,
    DayKind,
    Notice,
    Paper,
    Round,
    Service,
    Signing,
    Way,
)
from inspections.rectification.model import Status as NoticeStatus
from inspections.visits.model import Answer, Inspection, Kind, Officer, Result, Status
from media.custody.model import Actor, Role, Scope

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""Monday, 12:00 in Shanghai."""

CALENDAR = Calendar(frozenset(), frozenset(), date(2026, 1, 1), date(2026, 12, 31))


def make_actor(person="person-1", *roles, **changed):
    return Actor(
        **{
            "account_id": f"account-of-{person}",
            "person_id": person,
            "name": person,
            "roles": frozenset(roles or (Role.INSPECTOR,)),
            "scope": Scope(regions=("9901",)),
            "unit": "bureau",
            "certificate": "0001",
        }
        | changed
    )


def make_citation(**changed):
    return Citation(
        **{
            "plan_id": "plan-1",
            "region": "990100",
            "title": "演示方案",
            "number": "演教〔2025〕18号",
            "standing": Standing.IN_FORCE,
            "carries_notice": True,
            "why": ("现行有效", "in force"),
            "section": "二、（一）",
            "start": 10,
            "end": 20,
            "words_sha256": "a" * 64,
            "quote": None,
            "threshold": None,
            "conditions": (),
            "deadline": None,
            "consequence": None,
            "lead": (),
            "others": (),
        }
        | changed
    )


def make_item(id="anti-ram-barrier", **changed):  # noqa: A002
    return Item(
        **{
            "id": id,
            "title": f"事项 {id}",
            "title_en": id,
            "family": "physical",
            "place": "gate",
            "how": "看",
            "answer_kind": "yes_no",
            "unit": None,
            "threshold": None,
            "severity": "ordinary",
            "photo_required": False,
            "evidence": "",
            "conditions": (),
            "names": (),
            "citations": (make_citation(),),
            "articles": ("学前教育法 51",),
            "carries_notice": True,
            "why_not": None,
            "contradiction": None,
            "two_persons": False,
            "drill": False,
        }
        | changed
    )


def at_least(value, unit="%"):
    return Threshold(">=", value, unit)


def make_member(person, unit="甲局", **changed):
    facts = {"account_id": f"account-of-{person}", "name": person, "certificate": None}
    return Member(**{**facts, "person_id": person, "unit": unit} | changed)


def make_respondent(**changed):
    """Told so long ago that the window for a defence is over."""
    facts = {"name": "当事人", "duty": "教师", "way": "in_person", "recorded_by": "account"}
    times = {"told_at": NOON, "recorded_at": NOON, "due_at": NOON}
    return Respondent(**facts | times | changed)


def make_veto_case(**changed):
    """Opened by person-1 on a visit with person-2; `members` are named on it too."""
    officers = (make_member("person-1"), make_member("person-2"))
    members = (*officers, *changed.pop("members", ()))
    said = Statement(NOON, officers[0], "腕部有伤", "not_met")
    return VetoCase(
        **{
            "id": "matter-1",
            "inspection_id": "inspection-1",
            "kindergarten_id": "kindergarten-1",
            "kindergarten_name": "演示县实验幼儿园",
            "region": "990102",
            "item": make_item("child-abuse", severity="one_vote_veto"),
            "year": 2026,
            "opened_at": NOON,
            "opened_by": officers[0],
            "officers": officers,
            "named": tuple(Naming(each, NOON, "account", "审理") for each in members),
            "status": VetoStatus.OPEN,
            "rounds": (Hearing(NOON, "account", "发现"),),
            "seal": "matter-1",
            "changed_at": NOON,
            "statements": (said,),
            "respondent": make_respondent(),
        }
        | changed
    )


def make_kindergarten(**changed):
    return Kindergarten(
        **{
            "id": "kindergarten-1",
            "name": "演示县实验幼儿园",
            "nature": Nature.PUBLIC,
            "region": "990102",
            "address": "演示路 1 号",
            "created_at": NOON,
            "changed_at": NOON,
            "name_check": NameCheck(Verdict.OK, (), NOON.date()),
        }
        | changed
    )


def make_officer(person, **changed):
    return Officer(f"account-of-{person}", person, person, "bureau", "0001", **changed)


def make_inspection(**changed):
    items = changed.pop("items", ("anti-ram-barrier", "food-grade"))
    return Inspection(
        **{
            "id": "inspection-1",
            "case_id": "case-1",
            "kind": Kind.ROUTINE,
            "kindergarten_id": "kindergarten-1",
            "kindergarten_name": "演示县实验幼儿园",
            "region": "990102",
            "checklist_id": "checklist-1",
            "checklist_version": 1,
            "checklist_sha256": "c" * 64,
            "item_ids": tuple(items),
            "planned_for": date(2026, 3, 2),
            "purpose": "日常检查",
            "officers": (make_officer("person-1"), make_officer("person-2")),
            "status": Status.PLANNED,
            "planned_by": "person-9",
            "changed_at": NOON,
        }
        | changed
    )


def make_answer(item_id="anti-ram-barrier", result=Result.MET, **changed):
    return Answer(item_id, Result(result), NOON, "person-1", **changed)


def make_finding(id="finding-1", **changed):  # noqa: A002
    return Finding(
        **{
            "id": id,
            "inspection_id": "inspection-1",
            "case_id": "case-1",
            "kindergarten_id": "kindergarten-1",
            "kindergarten_name": "演示县实验幼儿园",
            "region": "990102",
            "item": make_item(),
            "found_at": NOON,
            "evidence_ids": ("photo-1",),
        }
        | changed
    )


def make_correction(finding_id="finding-1", **changed):
    return Correction(
        **{
            "finding_id": finding_id,
            "item_id": "anti-ram-barrier",
            "title": "门口硬质防冲撞设施",
            "severity": "ordinary",
            "standard": (make_citation(),),
            "basis": ("学前教育法 51",),
        }
        | changed
    )


def make_service(**changed):
    return Service(
        **{
            "way": Way.IN_PERSON,
            "receiver": "园长",
            "served_at": NOON,
            "recorded_at": NOON + timedelta(hours=1),
            "recorded_by": "person-1",
        }
        | changed
    )


def make_round(**changed):
    return Round(
        **{
            "inspection_id": "inspection-2",
            "at": NOON,
            "recorded_by": "person-1",
            "outcomes": {"finding-1": True, "finding-2": True},
            "visitors": ("person-3", "person-4"),
        }
        | changed
    )


def make_signing(person):
    return Signing(person, person, "0001", NOON)


def make_notice(**changed):
    return Notice(
        **{
            "id": "notice-1",
            "case_id": "case-1",
            "inspection_id": "inspection-1",
            "kindergarten_id": "kindergarten-1",
            "kindergarten_name": "演示县实验幼儿园",
            "region": "990102",
            "paper": Paper.ORDER,
            "corrections": (make_correction(), make_correction("finding-2")),
            "days": 15,
            "day_kind": DayKind.WORKING,
            "status": NoticeStatus.DRAFT,
            "drafted_at": NOON,
            "drafted_by": "person-1",
            "visitors": ("person-1", "person-2"),
            "changed_at": NOON,
            "signatures": (make_signing("person-1"), make_signing("person-2")),
        }
        | changed
    )
