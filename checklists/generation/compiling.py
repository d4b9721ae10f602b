"""From plans to a checklist: inherited, one item per control, the strictest first.

Where two clauses speak to one control the stricter holds and both are cited; where one plan
contradicts itself the item says so and asks the bureau to choose.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

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
from checklists.generation.model import Citation, Item, Subject, Threshold
from checklists.plans.actions import Judged, Standing
from checklists.plans.model import Continuation, Departments, Requirement

SEVERITIES = (
    Severity.ONE_VOTE_VETO,
    Severity.UNLICENSED,
    Severity.MAJOR_HAZARD,
    Severity.ORDINARY,
)
GRADES = "ABCD"
_NAMES = {
    Subject.KINDERGARTEN: "幼儿园",
    Subject.TRAINING_INSTITUTION: "校外培训机构",
    Subject.UNLICENSED_SITE: "无证办园点",
    Subject.HIGH_SCHOOL: "普通高中",
    Subject.BUREAU: "主管部门",
}
_IN_KINDERGARTENS = frozenset({Binds.KINDERGARTEN, Binds.OPERATOR, Binds.STAFF})

Asked = tuple[Judged, Requirement]


def concerns(subject: Subject, requirement: Requirement) -> bool:
    """Tell whether a requirement is looked at when such a subject is inspected."""
    if subject is Subject.BUREAU:
        return requirement.binds in AUTHORITIES
    if subject is Subject.KINDERGARTEN:
        return (
            requirement.applies_to_kindergarten
            and requirement.inspectable_on_site
            and requirement.binds in _IN_KINDERGARTENS
        )
    return requirement.binds == subject.value and requirement.inspectable_on_site


def compile_items(
    plans: Sequence[Judged], subject: Subject, catalogue: Catalogue
) -> tuple[Item, ...]:
    """Return the items that the plans ask for, in the order of a walk."""
    asked: dict[str, list[Asked]] = defaultdict(list)
    for plan in plans:
        if plan.counts:
            for requirement in plan.plan.requirements:
                if concerns(subject, requirement) and requirement.control in catalogue.controls:
                    asked[requirement.control].append((plan, requirement))
    items = [_item(catalogue.controls[control], found) for control, found in asked.items()]
    families = list(catalogue.families)
    places = list(Place)
    return tuple(
        sorted(
            items,
            key=lambda each: (places.index(each.place), families.index(each.family), each.id),
        )
    )


def why_empty(plans: Sequence[Judged], subject: Subject, region: str) -> str:
    """Return, for people, why no plan asks anything of such a subject."""
    if not plans:
        return f"没有收录适用于{region}的计划，请先导入计划文本。"
    told = []
    for each in plans:
        about = any(concerns(subject, one) for one in each.plan.requirements)
        if not each.counts:
            told.append(f"《{each.plan.title}》{each.why}")
        elif not about:
            others = sorted({_whom(one) for one in each.plan.requirements})
            only = f"，只对{'、'.join(others)}提出要求" if others else ""
            told.append(f"《{each.plan.title}》没有针对{_NAMES[subject]}的条款{only}")
    return "；".join(told) + "。"


def _whom(requirement: Requirement) -> str:
    if requirement.binds in _IN_KINDERGARTENS:
        return "幼儿园"
    if requirement.binds in AUTHORITIES:
        return "主管部门"
    return _NAMES[Subject(requirement.binds.value)]


def last_day(
    plans: Iterable[Judged], on: date, continuations: Iterable[Continuation] = ()
) -> date | None:
    """Return the last day on which every plan stands as on the day; None where none is known."""
    days: list[date] = []
    for each in plans:
        plan = each.plan
        if each.standing is Standing.NOT_YET and plan.valid_from:
            days.append(plan.valid_from - timedelta(days=1))
        if each.counts and plan.valid_until:
            days.append(plan.valid_until)
        if each.standing is Standing.IN_FORCE and plan.horizon:
            days.append(date(plan.horizon, 12, 31))
        if each.standing is Standing.CONTINUED:
            days += [one.until for one in continuations if one.plan_id == plan.id and one.until]
    later = [day for day in days if day >= on]
    return min(later) if later else None


def _item(control: Control, asked: Sequence[Asked]) -> Item:
    carrying = [each for each in asked if each[0].carries_notice]
    holding = carrying or list(asked)
    strictest = _strictest(control, [one.threshold for _, one in holding if one.threshold])
    named = _named([one.threshold or {} for _, one in holding])
    return Item(
        id=control.id,
        title=control.title["zh"],
        title_en=control.title["en"],
        how=control.how,
        family=control.family,
        place=control.place,
        answer_kind=control.answer,
        severity=min((one.severity for _, one in holding), key=SEVERITIES.index),
        photo_required=control.photo_required,
        carries_notice=bool(carrying),
        why="；".join(dict.fromkeys(plan.why for plan, _ in holding)),
        citations=_citations(asked),
        unit=control.unit,
        threshold=_comparable(control, strictest),
        figure=words_of(strictest),
        any_of=named["any_of"],
        all_of=named["all_of"],
        terms=named["terms"],
        deadline=next((one.deadline for _, one in holding if one.deadline), None),
        consequence=next((one.consequence for _, one in holding if one.consequence), None),
        conditions=_conditions(holding),
        departments=next(
            (one.departments for _, one in holding if one.departments.lead), Departments()
        ),
        articles=control.articles,
        evidence=control.evidence,
        binds=holding[0][1].binds,
        two_persons=control.two_persons,
        drill=control.drill,
        contradiction=_contradiction(asked),
    )


def _named(thresholds: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the nouns of all clauses, each once: a list grows where a second clause adds to it."""
    return {
        key: tuple(dict.fromkeys(noun for each in thresholds for noun in each.get(key, ())))
        for key in ("any_of", "all_of", "terms")
    }


def _strictest(
    control: Control, thresholds: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Return the figure that is hardest to reach, of those in the unit that comes first."""
    figured = [each for each in thresholds if each.get("value") is not None]
    if not figured:
        return None
    unit = control.unit if any(each["unit"] == control.unit for each in figured) else None
    alike = [each for each in figured if each["unit"] == (unit or figured[0]["unit"])]
    return max(alike, key=strictness)


def strictness(threshold: Mapping[str, Any]) -> float:
    """Return a figure that is the greater, the stricter a threshold of one unit is."""
    value = threshold["value"]
    if isinstance(value, str):
        return -float(GRADES.find(value)) if value in GRADES else -len(GRADES)
    total = float(sum(value.values()) if isinstance(value, Mapping) else value)
    return total if threshold["comparison"] == ">=" else -total


def _comparable(control: Control, figure: Mapping[str, Any] | None) -> Threshold | None:
    """Return the figure where an inspector's answer can be compared with it, None elsewhere."""
    if figure is None or isinstance(figure["value"], Mapping):
        return None
    unit, value = figure["unit"], figure["value"]
    fits = {
        AnswerKind.RATIO: unit == "%",
        AnswerKind.COUNT: unit != "%" and not isinstance(value, str),
        AnswerKind.GRADE: isinstance(value, str) and value in GRADES,
    }
    if not fits.get(control.answer, False):
        return None
    return Threshold(value, unit, at_least=figure["comparison"] == ">=")


def words_of(threshold: Mapping[str, Any] | None) -> str | None:
    """Return a figure in words for people, such as ≥100% or 小班≤25人."""
    if threshold is None or threshold.get("value") is None:
        return None
    sign = {">=": "≥", "<=": "≤", "=": "="}[threshold["comparison"]]
    value, unit = threshold["value"], threshold["unit"]
    if isinstance(value, Mapping):
        return "，".join(f"{name}{sign}{count}{unit}" for name, count in value.items())
    return f"{sign}{value}{unit}"


def _citations(asked: Sequence[Asked]) -> tuple[Citation, ...]:
    found = [
        Citation(
            plan_id=plan.plan.id,
            plan_sha256=plan.plan.sha256,
            title=plan.plan.title,
            number=plan.plan.number,
            region=plan.plan.region,
            section=one.section,
            status=plan.plan.status,
            standing=plan.standing,
            carries_notice=plan.carries_notice,
            why=plan.why,
            start=one.start,
            end=one.end,
            words_sha256=one.words_sha256,
            quote=one.quote,
            asks=words_of(one.threshold),
        )
        for plan, one in asked
    ]
    return tuple(sorted(found, key=lambda each: not each.carries_notice))


def _conditions(asked: Sequence[Asked]) -> tuple[Condition, ...]:
    """A clause without a condition speaks to all; else the conditions of all clauses hold."""
    if any(not one.conditions for _, one in asked):
        return ()
    return tuple(dict.fromkeys(each for _, one in asked for each in one.conditions))


def _contradiction(asked: Sequence[Asked]) -> str | None:
    figures: dict[tuple[str, str, tuple[Condition, ...]], dict[str, str]] = defaultdict(dict)
    for plan, one in asked:
        words = words_of(one.threshold)
        if words and one.threshold:
            key = (plan.plan.title, str(one.threshold["unit"]), one.conditions)
            figures[key].setdefault(words, one.section)
    for (title, _, _), told in figures.items():
        if len(told) > 1:
            places = "，".join(f"{section}写明{words}" for words, section in told.items())
            return f"《{title}》前后不一致：{places}。暂按较严者执行，请主管部门确定。"
    return None
