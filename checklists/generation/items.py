"""What an item is: a control, or the bureau's own words, with the clauses that ask for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checklists.catalogue.model import (
    AUTHORITIES,
    Binds,
    Condition,
    Control,
    Severity,
)
from checklists.decisions.model import Decision, OwnItem, Standing
from checklists.generation.model import (
    Citation,
    Item,
    Origin,
    Ruled,
    Subject,
    SwitchedOff,
    Threshold,
)
from checklists.generation.strictness import deadline_of, fits, holds, settled, strictness, traced
from checklists.local.model import LocalItem
from checklists.plans.actions import Judged
from checklists.plans.model import REASONS, Reason, Requirement, Unmatched

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
ON_SITE = frozenset({Binds.KINDERGARTEN, Binds.OPERATOR, Binds.STAFF})
"""Whom a clause that was mapped by hand binds where it is looked at in a kindergarten."""

NO_CLAUSE = (
    "本地自设检查项，未引用计划条款，不能据以发出通知书",
    "a local item that rests on no clause of a plan: it carries no notice",
)


@dataclass(frozen=True)
class Asking:
    """A clause as it asks. `left`: why the reading had made nothing of it; `ruled`: who did."""

    judged: Judged
    requirement: Requirement
    left: Reason | None = None
    ruled: tuple[Ruled, ...] = ()


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


def ruled(standing: Standing) -> Ruled:
    """Return a decision as a checklist keeps it."""
    decision = standing.decision
    return Ruled(
        id=decision.id,
        revision=decision.revision,
        region=decision.region,
        choice=decision.choice.value,
        reason=decision.reason,
        decided_at=decision.decided_at,
        why_again=standing.why_again,
    )


def mapped(clause: Requirement | Unmatched, decision: Decision, control: Control) -> Requirement:
    """Return the clause as it asks for the control that the bureau mapped it to."""
    given = decision.threshold
    if isinstance(clause, Requirement):
        return replace(
            clause,
            control=control.id,
            binds=control.binds,
            check_type=control.answer,
            photo_required=control.photo_required,
            severity=control.severity,
            applies_to_kindergarten=control.binds in ON_SITE,
            inspectable_on_site=True,
            threshold=given or clause.threshold,
        )
    return Requirement(
        control=control.id,
        section=clause.section,
        start=clause.start,
        end=clause.end,
        binds=control.binds,
        check_type=control.answer,
        photo_required=control.photo_required,
        severity=control.severity,
        applies_to_kindergarten=control.binds in ON_SITE,
        inspectable_on_site=True,
        words_sha256=clause.words_sha256,
        words_length=clause.words_length,
        threshold=given,
        quote=clause.quote,
    )


def in_own_words(clause: Requirement | Unmatched, own: OwnItem) -> Requirement:
    """Return the clause as it asks for an item in the bureau's own words."""
    return Requirement(
        control="",
        section=clause.section,
        start=clause.start,
        end=clause.end,
        binds=own.subjects[0],
        check_type=own.answer_kind,
        photo_required=own.photo_required,
        severity=own.severity,
        applies_to_kindergarten=True,
        inspectable_on_site=True,
        words_sha256=clause.words_sha256,
        words_length=clause.words_length,
        threshold=own.threshold,
        deadline=clause.deadline if isinstance(clause, Requirement) else None,
        consequence=clause.consequence if isinstance(clause, Requirement) else None,
        quote=clause.quote,
    )


def item_of(
    id_: str, control: Control, asking: Sequence[Asking], standing: Standing | None = None
) -> Item:
    """Return the item that a control becomes, its clauses strictest first.

    `standing` is what the bureau decided about the item itself: a choice among contradictions.
    """
    citations = sorted((cite(each) for each in asking), key=strictness)
    chosen = standing.decision.preferred if standing and standing.in_effect else None
    holding, over, open_ = settled(citations, chosen)
    requirements = [each.requirement for each in asking]
    carries = any(citation.carries_notice for citation in citations)
    names = dict.fromkeys(
        name
        for each in citations
        if each.threshold
        for name in (*each.threshold.any_of, *each.threshold.all_of, *each.threshold.terms)
    )
    place = f"（{citations[0].section}）" if control.general else ""
    rulings = [each for one in asking for each in one.ruled]
    return Item(
        id=id_,
        title=control.title["zh"] + place,
        title_en=control.title["en"] + place,
        family=control.family,
        place=control.place,
        how=control.how,
        answer_kind=control.answer,
        unit=control.unit,
        threshold=holds(holding, control.answer),
        severity=severity_of(control, requirements),
        photo_required=any(each.photo_required for each in requirements),
        evidence=control.evidence,
        conditions=conditions_of(citations),
        names=tuple(names),
        citations=tuple(citations),
        articles=control.articles,
        carries_notice=carries,
        why_not=None if carries else citations[0].why,
        contradiction=open_,
        two_persons=control.two_persons,
        drill=control.drill,
        deadline=deadline_of(citations),
        trace=traced(holding, over),
        decided=tuple(dict.fromkeys((*rulings, *((ruled(standing),) if standing else ())))),
    )


def own_item(id_: str, own: OwnItem, asking: Sequence[Asking]) -> Item:
    """Return the item that clauses became by a decision, in the bureau's words."""
    citations = tuple(sorted((cite(each) for each in asking), key=strictness))
    carries = any(citation.carries_notice for citation in citations)
    return _own(
        id_,
        own,
        citations=citations,
        carries_notice=carries,
        why_not=None if carries else citations[0].why,
        deadline=deadline_of(citations),
        origin=Origin.DECISION,
        decided=tuple(each for one in asking for each in one.ruled),
    )


def local_item(local: LocalItem, asking: Asking | None) -> Item:
    """Return the item that a bureau added; `asking` is the clause that it names, if it stands."""
    citation = cite(asking) if asking else None
    carries = citation is not None and citation.carries_notice
    return _own(
        f"local-{local.id}",
        local.item,
        citations=(citation,) if citation else (),
        carries_notice=carries,
        why_not=None if carries else (citation.why if citation else NO_CLAUSE),
        origin=Origin.LOCAL,
        basis=local.basis,
        decided=(ruled_of(local),),
    )


def ruled_of(local: LocalItem, why_again: tuple[str, str] | None = None) -> Ruled:
    """Return a local item as a checklist keeps the bureau's word for it."""
    return Ruled(
        id=local.id,
        revision=local.revision,
        region=local.region,
        choice="local",
        reason=local.reason,
        decided_at=local.added_at,
        why_again=why_again,
    )


def _own(id_: str, own: OwnItem, **more: Any) -> Item:
    threshold = threshold_of(own.threshold)
    return Item(
        id=id_,
        title=own.title,
        title_en=own.title_en,
        family=own.family,
        place=own.place,
        how=own.how,
        answer_kind=own.answer_kind,
        unit=own.unit,
        threshold=threshold if threshold and fits(threshold, own.answer_kind) else None,
        severity=own.severity,
        photo_required=own.photo_required,
        evidence=own.evidence,
        conditions=own.conditions,
        names=(),
        articles=own.articles,
        contradiction=None,
        two_persons=own.two_persons,
        drill=own.drill,
        **more,
    )


def switched_off(
    control: Control, requirement: Requirement | None, standing: Standing
) -> SwitchedOff:
    """Return what the bureau set aside: a clause's asking, or without one the whole item."""
    return SwitchedOff(
        item_id=item_id(control, requirement) if requirement else control.id,
        title=control.title["zh"],
        title_en=control.title["en"],
        section=requirement.section if requirement else None,
        ruled=ruled(standing),
    )


def severity_of(control: Control, requirements: Iterable[Requirement]) -> Severity:
    """Return the gravest severity that a clause gives the control.

    Abuse and corporal punishment are a matter for sealed review whichever clause forbids them:
    that a plan names the veto as the consequence is told by its citation.
    """
    if control.severity is Severity.ONE_VOTE_VETO:
        return control.severity
    return min((each.severity for each in requirements), key=SEVERITIES.index)


def threshold_of(given: Mapping[str, Any] | None) -> Threshold | None:
    if not given:
        return None
    return Threshold(
        comparison=given.get("comparison"),
        value=given.get("value"),
        unit=given.get("unit"),
        any_of=tuple(given.get("any_of") or ()),
        all_of=tuple(given.get("all_of") or ()),
        terms=tuple(given.get("terms") or ()),
    )


def cite(asking: Asking) -> Citation:
    judged, requirement = asking.judged, asking.requirement
    withheld = withholding(asking)
    return Citation(
        plan_id=judged.plan.id,
        region=judged.plan.region,
        title=judged.plan.title,
        number=judged.plan.number,
        standing=judged.standing,
        carries_notice=judged.carries_notice and not withheld,
        why=withheld or judged.why,
        section=requirement.section,
        start=requirement.start,
        end=requirement.end,
        words_sha256=requirement.words_sha256,
        quote=requirement.quote,
        threshold=threshold_of(requirement.threshold),
        conditions=requirement.conditions,
        deadline=requirement.deadline,
        consequence=requirement.consequence,
        lead=requirement.departments.lead,
        others=requirement.departments.others,
    )


def withholding(asking: Asking) -> tuple[str, str] | None:
    """Return why the clause carries no notice to who is inspected, whatever its plan's standing.

    It binds somebody else, or was a goal, an encouragement or another's task before it was made
    an item by hand.
    """
    if asking.left not in (None, Reason.NO_CONTROL):
        zh, en = REASONS[asking.left]
        return (
            f"该条款原为：{zh}；经决定列入，不能据以发出通知书",
            f"the clause as it stands: {en}; asked by decision, it carries no notice",
        )
    return binds_elsewhere(asking.requirement)


def binds_elsewhere(requirement: Requirement) -> tuple[str, str] | None:
    """Return whom the clause binds instead, where nobody on the site owes what it asks."""
    if requirement.binds not in AUTHORITIES:
        return None
    who = requirement.binds.value
    return (
        f"该条款约束{CHINESE[who]}，不能据以向被检查方发出通知书",
        f"the clause binds the {who}: it carries no notice to the inspected party",
    )


def conditions_of(citations: Iterable[Citation]) -> tuple[Condition, ...]:
    """Return to which kindergartens alone the item speaks: to all where one clause does."""
    each = [set(citation.conditions) for citation in citations]
    if not all(each):
        return ()
    return tuple(sorted(set().union(*each)))
