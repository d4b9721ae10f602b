"""The rules of a renaming case: which step follows which, by whom, and what must be right."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from checklists.naming.actions import same
from inspections.cases.renaming.errors import (
    NameStillWrong,
    PhotosMissing,
    SecondPerson,
    StepNotAllowed,
    WordingDiffers,
)
from inspections.cases.renaming.model import Borne, Judgement, RenamingCase, Status, Step, Taken
from inspections.rectification import calendar as reckoning
from inspections.rectification.model import Calendar, DayKind

NEXT: Mapping[tuple[Status, Step], Status] = {
    (Status.OPENED, Step.TELL): Status.TOLD,
    (Status.OPENED, Step.DISMISS): Status.DISMISSED,
    (Status.TOLD, Step.ANSWER): Status.ANSWERED,
    (Status.TOLD, Step.OBJECT): Status.OBJECTED,
    (Status.TOLD, Step.DISMISS): Status.DISMISSED,
    (Status.ANSWERED, Step.RETURN): Status.TOLD,
    (Status.ANSWERED, Step.ACCEPT): Status.ACCEPTED,
    (Status.ANSWERED, Step.DISMISS): Status.DISMISSED,
    (Status.OBJECTED, Step.RETURN): Status.TOLD,
    (Status.OBJECTED, Step.DISMISS): Status.DISMISSED,
    (Status.ACCEPTED, Step.RETURN): Status.TOLD,
    (Status.ACCEPTED, Step.RENAME): Status.RENAMED,
}

DIRECTORS_STEPS = (Step.ANSWER, Step.OBJECT)
ENDING = (Step.RENAME, Step.DISMISS)
"""What a second person does: a supervisor without part in the case so far."""

ENDED = (Status.RENAMED, Status.DISMISSED)
CARRIERS = {"sign": ("园牌", "sign"), "seal": ("印章", "seal"), "licence": ("许可证", "licence")}


def advance(
    case: RenamingCase,
    step: Step,
    *,
    by: str,
    why: str,
    at: datetime,
    proposal: Judgement | None = None,
    borne: Borne | None = None,
) -> RenamingCase:
    """Return the case after the step.

    `proposal` is the new name just checked, for an answer, its acceptance, and the renaming.
    Raises StepNotAllowed, SecondPerson, NameStillWrong, WordingDiffers, PhotosMissing.
    """
    after = NEXT.get((case.status, step))
    if after is None:
        raise StepNotAllowed(step=step.value, status=case.status.value, told=case.status.told)
    if step in ENDING and by in involved(case):
        raise SecondPerson
    if step in (Step.ACCEPT, Step.RENAME) and proposal is not None:
        must_be_right(proposal)
    if step is Step.RENAME and proposal is not None and borne is not None:
        must_agree(proposal.name, borne)
        must_be_shown(case.photos)
    return replace(
        case,
        climb_at=None if after in ENDED else case.climb_at,
        status=after,
        steps=(*case.steps, Taken(step, after, at, by, why)),
        proposal=proposal or case.proposal,
        borne=borne or case.borne,
        changed_at=at,
        revision=case.revision + 1,
    )


def involved(case: RenamingCase) -> set[str]:
    """Return who opened the case or took a step of the bureau's in it."""
    return {
        case.opened_by,
        *(each.by for each in case.steps if each.step not in DIRECTORS_STEPS),
    }


def must_be_right(proposal: Judgement) -> None:
    """Raise NameStillWrong for a new name in breach; a doubtful one is the official's to judge."""
    if proposal.verdict == "violation":
        what = "；".join(dict.fromkeys(str(each["why"]) for each in proposal.findings))
        terms = ", ".join(dict.fromkeys(str(each["term"]) for each in proposal.findings))
        raise NameStillWrong(name=proposal.name, what=(what, terms))


def must_agree(name: str, borne: Borne) -> None:
    """Raise WordingDiffers unless sign, seal and licence bear the name."""
    for field, carrier in CARRIERS.items():
        words = getattr(borne, field)
        if not same(name, words):
            raise WordingDiffers(carrier=carrier, words=words, name=name)


def must_be_shown(photos: Mapping[str, str]) -> None:
    """Raise PhotosMissing unless sign, seal and licence were photographed with the new name."""
    lacking = [words for carrier, words in CARRIERS.items() if carrier not in photos]
    if lacking:
        zh, en = "、".join(each[0] for each in lacking), ", ".join(each[1] for each in lacking)
        raise PhotosMissing(what=(zh, en))


def give(case: RenamingCase, days: int, since: date, calendar: Calendar) -> RenamingCase:
    """Return the case with its working days reckoned from a day; a lapse before is over."""
    return replace(
        _reckoned(case, days, since, calendar),
        days=days,
        days_since=since,
        overdue_at=None,
        climb_at=None,
    )


def reckon_again(case: RenamingCase, calendar: Calendar, *, at: datetime) -> RenamingCase | None:
    """Return the case with its deadline by a calendar that was announced since.

    None where it stays as it is: where nothing moved, or the deadline lapsed already.
    """
    if case.status in ENDED or case.overdue_at is not None:
        return None
    if case.days is None or case.days_since is None:
        return None
    after = _reckoned(case, case.days, case.days_since, calendar)
    if (after.due, after.provisional) == (case.due, case.provisional):
        return None
    return replace(after, changed_at=at, revision=case.revision + 1)


def _reckoned(case: RenamingCase, days: int, since: date, calendar: Calendar) -> RenamingCase:
    last = reckoning.deadline(since, days, DayKind.WORKING, calendar)
    return replace(case, due=last.due, due_at=last.due_at, provisional=last.provisional)


def lapse(case: RenamingCase, now: datetime) -> RenamingCase | None:
    """Return the case marked overdue since its days were over; None where nothing lapsed."""
    waits = case.status not in ENDED and case.overdue_at is None
    if not waits or case.due_at is None or case.due_at > now:
        return None
    return replace(case, overdue_at=case.due_at, climb_at=case.due_at, revision=case.revision + 1)
