"""Region, subject and date decide: from the clauses that count to the items of a checklist.

Rules inherit down the region code. Where two clauses speak to one control the stricter holds and
both are cited; a clause that carries a notice comes before one that is only for information. What
a bureau decided about clauses and items, and what it adds of its own, is taken into a draft.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from json import dumps

from checklists.catalogue.model import Catalogue, Place
from checklists.decisions.model import Choice, Decision, OwnItem, Rulings, Standing, Target
from checklists.generation.errors import NothingToPublish, OwnProposal, StepNotAllowed
from checklists.generation.items import (
    CHINESE,
    Asking,
    in_own_words,
    item_id,
    item_of,
    local_item,
    mapped,
    own_item,
    ruled,
    ruled_of,
    speaks_to,
    switched_off,
)
from checklists.generation.model import Checklist, Drawn, Item, Ruled, Status, Subject, SwitchedOff
from checklists.local.model import LocalItem
from checklists.plans.actions import Judged
from checklists.plans.actions import Standing as PlanStanding
from checklists.plans.model import Continuation, Reason, Requirement, Unmatched
from media.documents import to_document

WALK = tuple(Place)
GONE = (
    "所引用的条款在计划的最新版本中已不存在，请重新研究。",
    "the clause that it names is not in the plan's latest edition: decide anew.",
)


@dataclass
class _Draft:
    """What is gathered while a checklist is drawn up."""

    subject: Subject
    catalogue: Catalogue
    rulings: Rulings
    asked: dict[str, list[Asking]] = field(default_factory=lambda: defaultdict(list))
    own: dict[str, tuple[OwnItem, list[Asking]]] = field(default_factory=dict)
    off: list[SwitchedOff] = field(default_factory=list)


def draw_up(
    judged: Sequence[Judged],
    subject: Subject,
    catalogue: Catalogue,
    rulings: Rulings | None = None,
    local: Sequence[LocalItem] = (),
) -> Drawn:
    """Return the items that the plans ask of a subject, in the order of a walk.

    `judged` are the plans of the region and its ancestors as they stand on the day; `rulings` what
    the bureaux decided, `local` the items of their own that are asked on the day.
    """
    draft = _Draft(subject, catalogue, rulings or Rulings())
    for plan in judged:
        if plan.counts:
            for requirement in plan.plan.requirements:
                _take(draft, plan, requirement)
            for clause in plan.plan.unmatched:
                _take_left(draft, plan, clause)
    added = [each for each in local if subject.value in each.item.subjects]
    items = [
        *_of_controls(draft),
        *(own_item(id_, own, asking) for id_, (own, asking) in draft.own.items()),
        *(local_item(each, _clause_of(each, judged)) for each in added),
    ]
    families = list(catalogue.families)
    items.sort(key=lambda item: (WALK.index(item.place), families.index(item.family), item.id))
    return Drawn(
        tuple(items),
        None if items else why_empty(judged, subject),
        tuple(draft.off),
        tuple(_to_review(draft.rulings, added, judged)),
    )


def _take(draft: _Draft, plan: Judged, requirement: Requirement) -> None:
    """Take in what a clause asks, as the bureau decided about it."""
    control = draft.catalogue.controls.get(requirement.control)
    if control is None:
        return
    target = Target(plan.plan.series, requirement.words_sha256, requirement.control)
    standing = draft.rulings.by_target.get(target)
    if standing is not None:
        if standing.decision.choice is not Choice.SET_ASIDE:
            _decided(draft, plan, requirement, standing, None)
        elif speaks_to(requirement, draft.subject):
            draft.off.append(switched_off(control, requirement, standing))
    elif speaks_to(requirement, draft.subject):
        draft.asked[item_id(control, requirement)].append(Asking(plan, requirement))


def _take_left(draft: _Draft, plan: Judged, clause: Unmatched) -> None:
    """Take in a sentence that became no requirement, where the bureau made something of it."""
    standing = draft.rulings.by_target.get(Target(plan.plan.series, clause.words_sha256))
    if standing is not None and standing.decision.choice is not Choice.SET_ASIDE:
        _decided(draft, plan, clause, standing, clause.reason)


def _decided(
    draft: _Draft,
    plan: Judged,
    clause: Requirement | Unmatched,
    standing: Standing,
    left: Reason | None,
) -> None:
    decision = standing.decision
    if decision.own is not None:
        if draft.subject.value in decision.own.subjects:
            _, asking = draft.own.setdefault(_own_id(decision), (decision.own, []))
            made = in_own_words(clause, decision.own)
            asking.append(Asking(plan, made, left, (ruled(standing),)))
        return
    control = draft.catalogue.controls.get(decision.to_control or "")
    if control is not None:
        made = mapped(clause, decision, control)
        if speaks_to(made, draft.subject):
            draft.asked[control.id].append(Asking(plan, made, left, (ruled(standing),)))


def _own_id(decision: Decision) -> str:
    return f"own-{(decision.target.words_sha256 or '')[:12]}"


def _of_controls(draft: _Draft) -> Iterator[Item]:
    for id_, asking in draft.asked.items():
        control = draft.catalogue.controls[asking[0].requirement.control]
        standing = draft.rulings.by_target.get(Target(control=id_))
        if standing and standing.in_effect and standing.decision.choice is Choice.SET_ASIDE:
            draft.off.append(switched_off(control, None, standing))
        else:
            yield item_of(id_, control, asking, standing)


def _clause_of(local: LocalItem, judged: Iterable[Judged]) -> Asking | None:
    """Return the clause that a local item names, as its plan's latest edition has it."""
    for plan in judged:
        if local.clause and plan.counts and plan.plan.series == local.clause.series:
            for each in plan.plan.requirements:
                if each.words_sha256 == local.clause.words_sha256:
                    return Asking(plan, each)
            for left in plan.plan.unmatched:
                if left.words_sha256 == local.clause.words_sha256:
                    return Asking(plan, in_own_words(left, local.item), left.reason)
    return None


def _to_review(
    rulings: Rulings, local: Iterable[LocalItem], judged: Sequence[Judged]
) -> Iterator[Ruled]:
    yield from (ruled(each) for each in rulings.by_target.values() if each.why_again)
    for each in local:
        if each.clause and _clause_of(each, judged) is None:
            yield ruled_of(each, GONE)


def why_empty(judged: Sequence[Judged], subject: Subject) -> tuple[str, str]:
    """Return why no plan gives an item, plan by plan, in Chinese and English."""
    if not judged:
        return (
            "本地区及上级地区没有任何政策文件。",
            "There is no plan of this region or of one above it.",
        )
    chinese, english = [], []
    for each in judged:
        title, number = each.plan.title, len(each.plan.requirements)
        if not each.counts:
            chinese.append(f"《{title}》{each.why[0]}")
            english.append(f"“{title}”: {each.why[1]}")
            continue
        bound = sorted({requirement.binds.value for requirement in each.plan.requirements})
        told = "、".join(CHINESE[binds] for binds in bound)
        chinese.append(
            f"《{title}》没有约束{CHINESE[subject.value]}的条款：其 {number} 项要求针对{told}"
        )
        english.append(
            f"“{title}” binds no {subject.value}: its {number} requirements bind {', '.join(bound)}"
        )
    return "；".join(chinese) + "。", "; ".join(english) + "."


def last_day(
    judged: Iterable[Judged],
    on: date,
    continuations: Iterable[Continuation] = (),
    local: Iterable[LocalItem] = (),
) -> date | None:
    """Return the last day on which every plan stands as on the day; None where none is known.

    `local` are the region's own items: one that begins or ends later changes what is asked, too.
    """
    days = [each.valid_until for each in local if each.valid_until]
    days += [each.valid_from - timedelta(days=1) for each in local if each.valid_from > on]
    for each in judged:
        plan = each.plan
        if each.standing is PlanStanding.NOT_YET and plan.valid_from:
            days.append(plan.valid_from - timedelta(days=1))
        if each.counts and plan.valid_until:
            days.append(plan.valid_until)
        if each.standing is PlanStanding.IN_FORCE and plan.horizon:
            days.append(date(plan.horizon, 12, 31))
        if each.standing is PlanStanding.CONTINUED:
            days += [one.until for one in continuations if one.plan_id == plan.id and one.until]
    return min((day for day in days if day >= on), default=None)


def fingerprint(region: str, subject: Subject, on: str, drawn: Drawn) -> str:
    """Return the SHA-256 of a checklist's content, for its strong ETag."""
    parts = (drawn.items, drawn.switched_off)
    content = [region, subject.value, on, *([to_document(each) for each in part] for part in parts)]
    packed = dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day)
    return sha256(packed.encode()).hexdigest()


def _day(time: datetime) -> str:
    return time.isoformat()


def publish(checklist: Checklist, *, version: int, by: str, at: datetime) -> Checklist:
    """Return the checklist published. Raises StepNotAllowed, OwnProposal, NothingToPublish."""
    if checklist.status is not Status.DRAFT:
        raise StepNotAllowed(
            step="publish", status=checklist.status.value, told=checklist.status.told
        )
    if by == checklist.proposed_by:
        raise OwnProposal
    if not checklist.items:
        raise NothingToPublish(why=checklist.why_empty or ("", ""))
    return replace(
        checklist,
        status=Status.PUBLISHED,
        version=version,
        published_by=by,
        published_at=at,
        revision=checklist.revision + 1,
    )


def withdraw(checklist: Checklist) -> Checklist:
    """Return the draft withdrawn; what is published stays. Raises StepNotAllowed."""
    if checklist.status is not Status.DRAFT:
        raise StepNotAllowed(
            step="withdraw", status=checklist.status.value, told=checklist.status.told
        )
    return replace(checklist, status=Status.WITHDRAWN, revision=checklist.revision + 1)
