"""Which decision holds, where it is to be looked at again, and which can be made at all.

Decisions are kept by the plan's series and the hash of the clause's words: the next edition keeps
them where the words are the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from checklists.catalogue.model import Catalogue, Control
from checklists.decisions.errors import NotDecidable
from checklists.decisions.model import Choice, Decision, OwnItem, Rulings, Standing, Target
from checklists.plans.model import Plan, Requirement

CHANGED = (
    "该计划的最新版本中已没有相同文字的条款，请重新决定。",
    "the latest edition of the plan has no clause of the same words: decide anew.",
)
MORE = (
    "决定作出后，又有其他条款对该项提出要求，请重新决定。",
    "other clauses ask for the item since it was decided: decide anew.",
)


def nearest(decisions: Iterable[Decision], reach: Sequence[str], plans: Sequence[Plan]) -> Rulings:
    """Return the decisions that hold in a region; `reach` is it and those above it, nearest first.

    One that was withdrawn leaves the next bureau's above it. `plans` are the latest editions.
    """
    found: dict[Target, Standing] = {}
    for each in sorted(decisions, key=lambda decision: reach.index(decision.region)):
        if each.choice is not Choice.WITHDRAWN and each.target not in found:
            found[each.target] = stands(each, plans)
    return Rulings(found)


def stands(decision: Decision, plans: Iterable[Plan]) -> Standing:
    """Return the decision with why it is to be looked at again, by the plans' latest editions."""
    target = decision.target
    if target.series is None:
        asked = {each.words_sha256 for each in asking(plans, target.control)}
        return Standing(decision, MORE if asked - set(decision.words) else None)
    there = any(has(plan, target) for plan in plans if plan.series == target.series)
    return Standing(decision, None if there else CHANGED)


def asking(plans: Iterable[Plan], control: str | None) -> list[Requirement]:
    """Return the requirements by which plans ask for a control."""
    return [each for plan in plans for each in plan.requirements if each.control == control]


def has(plan: Plan, target: Target) -> bool:
    """Tell whether the words stand in the plan and ask, or do not ask, for what the target says."""
    if target.control is None:
        return any(each.words_sha256 == target.words_sha256 for each in plan.unmatched)
    return any(
        each.words_sha256 == target.words_sha256 and each.control == target.control
        for each in plan.requirements
    )


def must_go_together(decision: Decision, plans: Sequence[Plan], catalogue: Catalogue) -> None:
    """Raise NotDecidable unless the choice can be made about the target, with what it needs."""
    target, choice = decision.target, decision.choice
    if target.series is None:
        _must_fit_item(decision, plans, catalogue)
    elif choice is Choice.PREFER:
        raise NotDecidable(
            why=(
                "择一的决定须针对检查项，请写明 control 而不写 plan_id",
                "a contradiction is decided on its item: name control without plan_id",
            )
        )
    elif target.control is not None and choice in (Choice.ITEM, Choice.CONTROL):
        control = catalogue.controls.get(target.control)
        if control is None or not control.general:
            raise NotDecidable(
                why=(
                    "该条款已对应目录中的检查事项，只能不予采用",
                    "the clause asks for a control of its own; it can only be set aside",
                )
            )
    if choice is Choice.CONTROL:
        must_be_control(decision.to_control, catalogue)
    if decision.own is not None:
        must_be_whole(decision.own, catalogue)


def _must_fit_item(decision: Decision, plans: Sequence[Plan], catalogue: Catalogue) -> None:
    control = catalogue.controls.get(decision.target.control or "")
    asked = asking(plans, decision.target.control)
    if control is None or control.general or not asked:
        raise NotDecidable(
            why=(
                "本地区没有计划要求该检查事项，或它须逐条决定",
                "no plan of the region asks for this control, or its clauses are decided singly",
            )
        )
    if decision.choice is Choice.PREFER:
        rivals = {_figure(each) for each in asked}
        if len(rivals) < 2 or decision.preferred not in {each.words_sha256 for each in asked}:
            raise NotDecidable(
                why=(
                    "所选条款不在对该项提出不同数值的条款之中",
                    "the clause is none of those that state different figures for the item",
                )
            )
    elif decision.choice in (Choice.ITEM, Choice.CONTROL):
        raise NotDecidable(
            why=("检查项只能不予采用或择一", "an item is set aside or chosen among contradictions")
        )


def _figure(requirement: Requirement) -> str:
    given: Mapping[str, object] = requirement.threshold or {}
    return str([given.get(key) for key in ("comparison", "value", "unit")])


def must_be_control(control_id: str | None, catalogue: Catalogue) -> Control:
    """Return the control. Raises NotDecidable for one that is general or not known."""
    control = catalogue.controls.get(control_id or "")
    if control is None or control.general:
        raise NotDecidable(why=("目录中没有该检查事项", "the catalogue has no such control"))
    return control


def must_be_whole(own: OwnItem, catalogue: Catalogue) -> None:
    """Raise NotDecidable unless family and articles of an own item are known."""
    if own.family not in catalogue.families:
        told = "、".join(catalogue.families)
        raise NotDecidable(
            why=(
                f"没有该类别，可用：{told}",
                f"no such family; there are {', '.join(catalogue.families)}",
            )
        )
    known = {article for each in catalogue.controls.values() for article in each.articles}
    unknown = sorted(set(own.articles) - known)
    if unknown:
        raise NotDecidable(
            why=(
                f"目录中没有该法律依据：{'、'.join(unknown)}",
                (
                    f"the catalogue knows no such article: give one of its controls' "
                    f"({len(unknown)} are unknown)"
                ),
            )
        )
