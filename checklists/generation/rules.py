"""Region, subject and date decide: from the clauses that count to the items of a checklist.

Rules inherit down the region code. Where two clauses speak to one control the stricter holds and
both are cited; a clause that carries a notice comes before one that is only for information.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from json import dumps

from checklists.catalogue.model import (
    AUTHORITIES,
    AnswerKind,
    Binds,
    Catalogue,
    Condition,
    Control,
    Place,
    Severity,
)
from checklists.generation.errors import NothingToPublish, OwnProposal, StepNotAllowed
from checklists.generation.model import (
    Checklist,
    Citation,
    Difference,
    Drawn,
    Item,
    Status,
    Subject,
    Threshold,
)
from checklists.plans.actions import Judged, Standing
from checklists.plans.model import Continuation, Requirement
from media.documents import to_document

GRADES = "ABCD"
WALK = tuple(Place)
SEVERITIES = ("one_vote_veto", "unlicensed", "major_hazard", "ordinary")
CHINESE = {
    "kindergarten": "幼儿园",
    "training_institution": "校外培训机构",
    "unlicensed_site": "无证办园点",
    "high_school": "普通高中",
    "bureau": "教育部门",
    "operator": "举办者",
    "staff": "教职工",
    "government": "政府",
    "police": "公安机关",
    "department": "其他部门",
}
BOUND = {
    Subject.TRAINING_INSTITUTION: Binds.TRAINING_INSTITUTION,
    Subject.UNLICENSED_SITE: Binds.UNLICENSED_SITE,
    Subject.HIGH_SCHOOL: Binds.HIGH_SCHOOL,
}


def draw_up(judged: Sequence[Judged], subject: Subject, catalogue: Catalogue) -> Drawn:
    """Return the items that the plans ask of a subject, in the order of a walk.

    `judged` are the plans of the region and its ancestors as they stand on the day.
    """
    asked: dict[str, list[tuple[Judged, Requirement]]] = defaultdict(list)
    for plan in judged:
        if plan.counts:
            for requirement in plan.plan.requirements:
                if speaks_to(requirement, subject) and requirement.control in catalogue.controls:
                    control = catalogue.controls[requirement.control]
                    asked[item_id(control, requirement)].append((plan, requirement))
    families = list(catalogue.families)
    items = [
        item_of(id_, catalogue.controls[asking[0][1].control], asking)
        for id_, asking in asked.items()
    ]
    items.sort(key=lambda item: (WALK.index(item.place), families.index(item.family), item.id))
    return Drawn(tuple(items), None if items else why_empty(judged, subject))


def speaks_to(requirement: Requirement, subject: Subject) -> bool:
    """Tell whether a requirement is looked at in a subject of this kind."""
    if subject is Subject.KINDERGARTEN:
        return (
            requirement.applies_to_kindergarten
            and requirement.inspectable_on_site
            and requirement.binds not in (Binds.UNLICENSED_SITE, Binds.TRAINING_INSTITUTION)
        )
    if subject is Subject.BUREAU:
        return requirement.binds in AUTHORITIES
    return requirement.binds is BOUND[subject]


def item_id(control: Control, requirement: Requirement) -> str:
    """Return the id of the item: the control's; of a general control, one for each clause."""
    return f"{control.id}-{requirement.words_sha256[:12]}" if control.general else control.id


def item_of(id_: str, control: Control, asking: Sequence[tuple[Judged, Requirement]]) -> Item:
    """Return the item that a control becomes, its clauses strictest first."""
    citations = sorted((cite(plan, requirement) for plan, requirement in asking), key=strictness)
    requirements = [requirement for _, requirement in asking]
    carries = any(citation.carries_notice for citation in citations)
    thresholds = [each.threshold for each in citations if each.threshold]
    comparable = [each for each in thresholds if fits(each, control.answer)]
    names = dict.fromkeys(
        name for each in thresholds for name in (*each.any_of, *each.all_of, *each.terms)
    )
    place = f"（{citations[0].section}）" if control.general else ""
    return Item(
        id=id_,
        title=control.title["zh"] + place,
        title_en=control.title["en"] + place,
        family=control.family,
        place=control.place,
        how=control.how,
        answer_kind=control.answer,
        unit=control.unit,
        threshold=comparable[0] if comparable else None,
        severity=severity_of(control, requirements),
        photo_required=any(each.photo_required for each in requirements),
        evidence=control.evidence,
        conditions=conditions_of(citations),
        names=tuple(names),
        citations=tuple(citations),
        articles=control.articles,
        carries_notice=carries,
        why_not=None if carries else citations[0].why,
        contradiction=contradiction(citations),
        two_persons=control.two_persons,
        drill=control.drill,
    )


def severity_of(control: Control, requirements: Iterable[Requirement]) -> Severity:
    """Return the gravest severity that a clause gives the control.

    Abuse and corporal punishment are a matter for sealed review whichever clause forbids them:
    that a plan names the veto as the consequence is told by its citation.
    """
    if control.severity is Severity.ONE_VOTE_VETO:
        return control.severity
    return min((each.severity for each in requirements), key=SEVERITIES.index)


def cite(judged: Judged, requirement: Requirement) -> Citation:
    given = requirement.threshold
    threshold = None
    if given:
        threshold = Threshold(
            comparison=given.get("comparison"),
            value=given.get("value"),
            unit=given.get("unit"),
            any_of=tuple(given.get("any_of") or ()),
            all_of=tuple(given.get("all_of") or ()),
            terms=tuple(given.get("terms") or ()),
        )
    elsewhere = binds_elsewhere(requirement)
    return Citation(
        plan_id=judged.plan.id,
        region=judged.plan.region,
        title=judged.plan.title,
        number=judged.plan.number,
        standing=judged.standing,
        carries_notice=judged.carries_notice and not elsewhere,
        why=elsewhere or judged.why,
        section=requirement.section,
        start=requirement.start,
        end=requirement.end,
        words_sha256=requirement.words_sha256,
        quote=requirement.quote,
        threshold=threshold,
        conditions=requirement.conditions,
        deadline=requirement.deadline,
        consequence=requirement.consequence,
        lead=requirement.departments.lead,
        others=requirement.departments.others,
    )


def binds_elsewhere(requirement: Requirement) -> tuple[str, str] | None:
    """Return whom the clause binds instead, where nobody on the site owes what it asks."""
    if requirement.binds not in AUTHORITIES:
        return None
    who = requirement.binds.value
    return (
        f"该条款约束{CHINESE[who]}，不能据以向被检查方发出通知书",
        f"the clause binds the {who}: it carries no notice to the inspected party",
    )


def strictness(citation: Citation) -> tuple[bool, bool, float, int, str, int]:
    """Return the key that sorts the strictest clause first.

    What carries a notice before what does not; a figure before none; the higher minimum or the
    lower maximum; the nearer bureau, by the longer region code; then plan and place.
    """
    threshold = citation.threshold
    strict = 0.0
    if threshold and threshold.is_figure:
        strict = -float(threshold.value) if threshold.at_least else float(threshold.value)
    elif threshold and isinstance(threshold.value, str) and threshold.value in GRADES:
        strict = float(GRADES.index(threshold.value))
    has_value = threshold is not None and threshold.value is not None
    near = -len(citation.region.rstrip("0"))
    return (
        not citation.carries_notice,
        not has_value,
        strict,
        near,
        citation.plan_id,
        citation.start,
    )


def fits(threshold: Threshold, answer: AnswerKind) -> bool:
    """Tell whether an answer of this kind can be held against the threshold."""
    if answer is AnswerKind.RATIO:
        return threshold.is_figure and threshold.unit == "%"
    if answer is AnswerKind.COUNT:
        return threshold.is_figure and threshold.unit != "%"
    return answer is AnswerKind.GRADE and threshold.value in tuple(GRADES)


def conditions_of(citations: Iterable[Citation]) -> tuple[Condition, ...]:
    """Return to which kindergartens alone the item speaks: to all where one clause does."""
    each = [set(citation.conditions) for citation in citations]
    if not all(each):
        return ()
    return tuple(sorted(set().union(*each)))


def contradiction(citations: Iterable[Citation]) -> tuple[str, str] | None:
    """Return where one plan states different figures for the same thing, None where none does."""
    stated: dict[tuple[str, str | None, tuple[Condition, ...]], dict[float, str]]
    stated = defaultdict(dict)
    for each in citations:
        if each.threshold and each.threshold.is_figure:
            key = (each.title, each.threshold.unit, each.conditions)
            stated[key].setdefault(float(each.threshold.value), each.section)
    for (title, unit, _), figures in stated.items():
        if len(figures) > 1:
            places = "，".join(f"{place}: {figure:g}{unit}" for figure, place in figures.items())
            return (
                f"《{title}》前后不一致（{places}），暂按较严者检查，请主管部门确定。",
                f"“{title}” contradicts itself ({places}): the bureau must choose.",
            )
    return None


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
    judged: Iterable[Judged], on: date, continuations: Iterable[Continuation] = ()
) -> date | None:
    """Return the last day on which every plan stands as on the day; None where none is known."""
    days: list[date] = []
    for each in judged:
        plan = each.plan
        if each.standing is Standing.NOT_YET and plan.valid_from:
            days.append(plan.valid_from - timedelta(days=1))
        if each.counts and plan.valid_until:
            days.append(plan.valid_until)
        if each.standing is Standing.IN_FORCE and plan.horizon:
            days.append(date(plan.horizon, 12, 31))
        if each.standing is Standing.CONTINUED:
            days += [one.until for one in continuations if one.plan_id == plan.id and one.until]
    return min((day for day in days if day >= on), default=None)


def fingerprint(region: str, subject: Subject, on: str, items: Sequence[Item]) -> str:
    """Return the SHA-256 of a checklist's content, for its strong ETag."""
    content = [region, subject.value, on, [to_document(item) for item in items]]
    packed = dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(packed.encode()).hexdigest()


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


def compare(before: Checklist, after: Checklist) -> Difference:
    """Return what `after` changes of `before`, item by item."""
    old = {item.id: item for item in before.items}
    new = {item.id: item for item in after.items}
    changed = {}
    for id_ in sorted(old.keys() & new.keys()):
        fields = tuple(
            name
            for name in Item.__dataclass_fields__
            if getattr(old[id_], name) != getattr(new[id_], name)
        )
        if fields:
            changed[id_] = fields
    return Difference(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=changed,
    )
