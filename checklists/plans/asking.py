"""Whether a clause in which a control's words stand really asks for it, and of whom."""

import re
from dataclasses import dataclass

from checklists.catalogue.model import AUTHORITIES, Binds, Control
from checklists.plans import binding
from checklists.plans.model import Level, Reason

_SAFEGUARDS = (
    "组织领导",
    "组织实施",
    "组织保障",
    "保障措施",
    "工作保障",
    "组织与实施",
    "部门协调",
    "部门责任",
)
_OBLIGED = re.compile(r"幼儿园(?:要|应|必须|不得)")


@dataclass(frozen=True)
class Case:
    """A control's words in a sentence.

    `words` are the clauses that hold them, `signs` the whole sentence, `about` whether it speaks
    of kindergartens (None: of no school by name), `encouraged` whether it only encourages.
    """

    control: Control
    words: str
    signs: str
    headings: tuple[str, ...]
    level: Level
    about: bool | None
    encouraged: bool
    is_heading: bool


def refused(case: Case) -> Reason | None:
    """Return why the control is not asked for; None if it is."""
    for rule in (
        _of_other_schools,
        _of_training,
        _only_a_goal,
        _of_others,
        _only_encouraged,
        _of_offices,
    ):
        reason = rule(case)
        if reason is not None:
            return reason
    return None


def _of_other_schools(case: Case) -> Reason | None:
    binds, high = case.control.binds, Binds.HIGH_SCHOOL
    if case.level is Level.HIGH_SCHOOL:
        fits = binds is high or high in case.control.also
    elif binds is high or case.level is Level.OTHER:
        fits = False
    else:
        fits = binds is Binds.TRAINING_INSTITUTION or bool(case.about)
    return None if fits else Reason.OTHER_SCHOOLS


def _of_training(case: Case) -> Reason | None:
    """What speaks of training institutions asks nothing of a kindergarten, and the other way."""
    if case.level is Level.HIGH_SCHOOL:
        return None
    if case.control.binds is Binds.TRAINING_INSTITUTION:
        speaks = binding.TRAINING.search(case.signs + "".join(case.headings))
        return None if speaks else Reason.NO_CONTROL
    if case.control.family == "training" or not binding.TRAINING.search(case.signs):
        return None
    return None if binding.KINDERGARTEN.search(case.words) else Reason.NO_CONTROL


def _only_a_goal(case: Case) -> Reason | None:
    if binding.is_goal(case.headings) and not case.control.goals:
        return Reason.GOAL
    named = case.level is not Level.GENERAL or binding.KINDERGARTEN.search(case.words)
    return None if named or not case.control.goals else Reason.OTHER_SCHOOLS


def _of_others(case: Case) -> Reason | None:
    return Reason.OTHERS if binding.binds_others(case.signs) else None


def _only_encouraged(case: Case) -> Reason | None:
    return Reason.ENCOURAGEMENT if case.encouraged and not case.control.encouraged else None


def _of_offices(case: Case) -> Reason | None:
    if case.control.binds in AUTHORITIES:
        return Reason.NO_CONTROL if case.is_heading else None
    safeguard = any(word in heading for heading in case.headings for word in _SAFEGUARDS)
    task = binding.is_duty_of_authorities(case.signs, case.words)
    if task or (safeguard and not _OBLIGED.search(case.words)):
        return Reason.AUTHORITIES
    return None
