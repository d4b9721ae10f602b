"""The rooms from plans to checklists on one database, and a plan to decide about."""

from dataclasses import dataclass, replace
from typing import Any

from checklists.catalogue.model import Place
from checklists.decisions.actions import Decisions
from checklists.decisions.model import OwnItem
from checklists.decisions.store import DecisionStore
from checklists.generation.actions import Checklists
from checklists.generation.model import Subject
from checklists.generation.schemas import render
from checklists.generation.store import INDEXES, ChecklistStore
from checklists.local.actions import LocalItems
from checklists.local.store import LocalItemStore
from checklists.plans.actions import Plans
from checklists.plans.model import Plan, Reason, Unmatched
from checklists.plans.store import PlanStore
from checklists.plans.words import words_hash
from media.custody.actions import Custody
from media.custody.model import Actor, Role, Scope
from media.custody.store import CustodyStore
from tests.checklists.plans import DAY, NOON, plan, requirement

COUNTY, CITY = "990102", "990100"
FIRST = Actor("a1", "p1", "监督员甲", frozenset({Role.SUPERVISOR}), Scope((COUNTY,)))
SECOND = replace(FIRST, account_id="a2", person_id="p2", name="监督员乙")
ABOVE = replace(FIRST, account_id="a3", person_id="p3", scope=Scope(("9901",)))
NEIGHBOUR = replace(FIRST, account_id="a4", person_id="p4", scope=Scope(("990103",)))
FAR = replace(FIRST, account_id="a5", person_id="p5", scope=Scope(("4452",)))

LIGHT, SCREEN, TREES = "门外灯光应当明亮", "办公场所应当整洁有序", "鼓励种植花木"
GUARD = requirement(
    "full-time-guard",
    section="一、（一）",
    words_sha256=words_hash("配备两名保安"),
    quote="配备两名保安",
    threshold={"comparison": ">=", "value": 2, "unit": "名"},
)
LOOSE = requirement(
    "other-physical",
    section="一、（二）",
    start=10,
    words_sha256=words_hash(SCREEN),
    words_length=len(SCREEN),
    quote=SCREEN,
)


def left(words: str, reason: Reason = Reason.NO_CONTROL, start: int = 20) -> Unmatched:
    digest, length = words_hash(words), len(words)
    return Unmatched("一、（三）", start, start + length, digest, length, reason, words)


PLAN = replace(
    plan(GUARD, LOOSE),
    id="county-plan",
    region=COUNTY,
    series="county-plan",
    unmatched=(left(LIGHT), left(TREES, Reason.ENCOURAGEMENT, 40)),
)
AMENDED = replace(
    PLAN,
    id="county-plan-2",
    edition=2,
    sha256="c" * 64,
    unmatched=(left(LIGHT + "，损坏的当日更换"), left(TREES, Reason.ENCOURAGEMENT, 40)),
)
OWN = OwnItem(
    title="门外灯光",
    title_en="Light at the gate",
    how="天黑后到门口看灯是否亮。",
    family="physical",
    place=Place.GATE,
    articles=("学前教育法 51",),
)


@dataclass(frozen=True)
class Desk:
    store: PlanStore
    custody: Custody
    plans: Plans
    decisions: Decisions
    local: LocalItems
    checklists: Checklists

    def add(self, *plans: Plan) -> None:
        for each in plans:
            self.store.add(each, None)

    def decide(
        self, choice: Any, *, actor: Actor = FIRST, seen: int | None = None, **more: Any
    ) -> Any:
        facts = {"region": COUNTY, "reason": "研究决定", **more}
        return self.decisions.decide(choice=choice, seen=seen, actor=actor, now=NOON, **facts)

    def draft(self, subject: str = "kindergarten", region: str = COUNTY, on: Any = DAY) -> Any:
        actor = replace(FIRST, scope=Scope(("",)))
        asked = {"region": region, "subject": Subject(subject), "on": on}
        return self.checklists.propose(**asked, actor=actor, now=NOON)

    def publish(self, **asked: Any) -> Any:
        draft = self.draft(**asked)
        actor = replace(SECOND, scope=Scope(("",)))
        return self.checklists.publish(draft.id, seen=1, actor=actor, now=NOON)


def set_up(database: Any, transact: Any) -> Desk:
    for name, indexes in INDEXES.items():
        if indexes:
            database[name].create_indexes(indexes)
    custody = Custody(CustodyStore(database))
    kept = PlanStore(database)
    plans = Plans(kept, transact, custody)
    decisions = Decisions(DecisionStore(database), transact, custody, plans)
    local = LocalItems(LocalItemStore(database), transact, custody, plans)
    store = ChecklistStore(database)
    lists = Checklists(store, transact, custody, plans, decisions, local, render)
    return Desk(kept, custody, plans, decisions, local, lists)


ON_LIGHT = {"plan_id": PLAN.id, "words_sha256": words_hash(LIGHT)}
ON_TREES = {"plan_id": PLAN.id, "words_sha256": words_hash(TREES)}
ON_LOOSE = {"plan_id": PLAN.id, "words_sha256": LOOSE.words_sha256, "control": LOOSE.control}
ON_GUARD = {"plan_id": PLAN.id, "words_sha256": GUARD.words_sha256, "control": GUARD.control}
OWN_ID = f"own-{words_hash(LIGHT)[:12]}"


def ids(checklist):
    return [item.id for item in checklist.items]


def item(checklist, item_id):
    return next(each for each in checklist.items if each.id == item_id)
