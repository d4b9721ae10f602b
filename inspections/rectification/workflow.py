"""The rules of a notice: which step follows which, what an order needs, who may close."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from inspections.findings.model import Finding
from inspections.rectification.clock import RUNNING, reckoned
from inspections.rectification.errors import (
    BadResponse,
    BadService,
    FindingsNotFree,
    LacksSignatures,
    MadeAVisit,
    NoBasis,
    NotOfTheVisit,
    OwnDraft,
    SignedAlready,
    StepNotAllowed,
    VetoIsACase,
)
from inspections.rectification.model import (
    Calendar,
    Correction,
    DayKind,
    Notice,
    Paper,
    Response,
    Round,
    Service,
    Signing,
    Status,
    Step,
    Way,
)
from inspections.visits.model import Inspection, Result
from media.days import day_in_shanghai
from media.refusals import BadValue

NEXT: Mapping[tuple[Status, Step], Status] = {
    (Status.DRAFT, Step.ISSUE): Status.ISSUED,
    (Status.DRAFT, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.ISSUED, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.ISSUED, Step.SERVE): Status.SERVED,
    (Status.SERVED, Step.ACKNOWLEDGE): Status.ACKNOWLEDGED,
    (Status.SERVED, Step.RESPOND): Status.RESPONDED,
    (Status.ACKNOWLEDGED, Step.RESPOND): Status.RESPONDED,
    (Status.REOPENED, Step.RESPOND): Status.RESPONDED,
    **{
        (status, step): outcome
        for status in (Status.SERVED, Status.ACKNOWLEDGED, Status.RESPONDED, Status.REOPENED)
        for step, outcome in (
            (Step.FIND_MET, Status.VERIFIED),
            (Step.FIND_NOT_MET, Status.REOPENED),
        )
    },
    (Status.VERIFIED, Step.CLOSE): Status.CLOSED,
    (Status.VERIFIED, Step.REOPEN): Status.REOPENED,
}
"""A re-inspection may come without a response: the deadline does not wait for one."""

SERVED = (*RUNNING, Status.VERIFIED, Status.CLOSED, Status.REVOKED)
"""What has reached the director, who sees it from then on."""

CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much a tablet's clock may be ahead of the service's."""

EARLIEST = timedelta(days=180)
"""How long before its recording a service may have been: a paper carried in later."""


FARTHEST = timedelta(days=366)
"""How far ahead a re-inspection may be planned."""


def advance(notice: Notice, step: Step, *, at: datetime) -> Notice:
    """Return the notice as it stands after the step.

    Raises StepNotAllowed when its status does not permit the step.
    """
    after = NEXT.get((notice.status, step))
    if after is None:
        raise StepNotAllowed(step=step.value, status=notice.status.value, told=notice.status.told)
    return replace(notice, status=after, changed_at=at, revision=notice.revision + 1)


def corrections(findings: Sequence[Finding], paper: Paper) -> tuple[Correction, ...]:
    """Return what the notice asks to correct.

    Raises FindingsNotFree, VetoIsACase, and NoBasis where an order lacks its clause or article.
    """
    if len({finding.inspection_id for finding in findings}) != 1 or any(
        finding.notice_id or finding.closed_at for finding in findings
    ):
        raise FindingsNotFree
    if any(finding.item.severity == "one_vote_veto" for finding in findings):
        raise VetoIsACase
    lacking = [finding for finding in findings if not may_be_ordered(finding)]
    if paper is Paper.ORDER and lacking:
        titles = "；".join(finding.item.title for finding in lacking)
        raise NoBasis(why=(titles, titles), findings=[finding.id for finding in lacking])
    return tuple(
        Correction(
            finding_id=finding.id,
            item_id=finding.item.id,
            title=finding.item.title,
            severity=finding.item.severity,
            standard=finding.item.citations,
            basis=finding.item.articles if paper is Paper.ORDER else (),
            note=finding.note,
            evidence_ids=finding.evidence_ids,
        )
        for finding in findings
    )


def may_be_ordered(finding: Finding) -> bool:
    """Tell whether a clause in force is its standard and a statutory article its basis."""
    return finding.item.carries_notice and bool(finding.item.articles)


SIGNATURES = 2
"""So many officers of the visit sign before it is issued."""


def sign(notice: Notice, signing: Signing) -> Notice:
    """Return the draft with an officer's signature.

    Raises StepNotAllowed, NotOfTheVisit for who was not there, SignedAlready.
    """
    if notice.status is not Status.DRAFT:
        raise StepNotAllowed(step="sign", status=notice.status.value, told=notice.status.told)
    if signing.person_id not in notice.visitors:
        raise NotOfTheVisit
    if any(each.person_id == signing.person_id for each in notice.signatures):
        raise SignedAlready
    return replace(
        notice,
        signatures=(*notice.signatures, signing),
        changed_at=signing.at,
        revision=notice.revision + 1,
    )


def issue(
    notice: Notice, *, number: str, by: str, at: datetime, objection_days: int | None = None
) -> Notice:
    """Return the notice issued.

    Raises OwnDraft for the person who drafted it, LacksSignatures before two officers signed it.
    """
    issued = advance(notice, Step.ISSUE, at=at)
    if len(notice.signatures) < SIGNATURES:
        raise LacksSignatures(count=len(notice.signatures))
    if by == notice.drafted_by:
        raise OwnDraft
    return replace(issued, number=number, issued_by=by, issued_at=at, objection_days=objection_days)


def serve(
    notice: Notice,
    service: Service,
    calendar: Calendar,
    *,
    first_day_counts: bool = False,
    last_day_moves: bool = True,
) -> Notice:
    """Return the notice served, its deadline reckoned from the day of service as the bureau counts.

    Raises BadService for a time that has not come or is long past, or a missing witness.
    """
    served = advance(notice, Step.SERVE, at=service.recorded_at)
    if service.served_at > service.recorded_at + CLOCKS_DIFFER:
        raise BadService(why=("送达时间晚于现在", "it lies in the future"))
    if service.served_at < service.recorded_at - EARLIEST:
        raise BadService(why=("送达时间早于 180 天", "it lies more than 180 days back"))
    if service.way in (Way.REFUSED, Way.LEFT) and not service.witness:
        raise BadService(why=("拒收或留置须有见证人", "refused or left, it needs a witness"))
    served = replace(
        served,
        service=service,
        first_day_counts=first_day_counts,
        last_day_moves=last_day_moves,
    )
    return reckoned(served, service, calendar)


def reckon_again(notice: Notice, calendar: Calendar, *, at: datetime) -> Notice | None:
    """Return the notice with its deadline by a calendar that was announced since.

    None where it stays as it is: where nothing moved, or the deadline lapsed already.
    """
    if notice.status not in RUNNING or notice.service is None or notice.overdue_at is not None:
        return None
    after = reckoned(notice, notice.service, calendar)
    if (after.due, after.provisional) == (notice.due, notice.provisional):
        return None
    return replace(after, changed_at=at, revision=notice.revision + 1)


def respond(notice: Notice, response: Response, held: frozenset[str]) -> Notice:
    """Return the notice with the director's response to every finding still open.

    `held` are the ids of the evidence that this notice really holds. Raises BadResponse.
    """
    responded = advance(notice, Step.RESPOND, at=response.at)
    answered = [reply.finding_id for reply in response.replies]
    if sorted(answered) != sorted(still_open(notice)):
        raise BadResponse(
            why=(
                "须逐项答复每个未销号的问题，且每项一次",
                "it answers every finding still open, each once",
            )
        )
    if any(set(reply.evidence_ids) - held for reply in response.replies):
        raise BadResponse(
            why=("所附照片不属于本通知书", "it names a photo that is not of this notice")
        )
    return replace(responded, responses=(*notice.responses, response))


def find(notice: Notice, seen: Round) -> Notice:
    """Return the notice after a re-inspection: verified where all is met, else open again."""
    outcomes = {id_: seen.outcomes[id_] for id_ in still_open(notice)}
    step = Step.FIND_MET if all(outcomes.values()) else Step.FIND_NOT_MET
    found = advance(notice, step, at=seen.at)
    return replace(
        found,
        rounds=(*notice.rounds, replace(seen, outcomes=outcomes)),
        corrections=tuple(
            replace(each, met=each.met or outcomes.get(each.finding_id, False))
            for each in notice.corrections
        ),
    )


def close(notice: Notice, *, by: str, at: datetime) -> Notice:
    """Return the notice closed. Raises MadeAVisit for whoever made one of its visits."""
    closed = advance(notice, Step.CLOSE, at=at)
    if by in made_visits(notice):
        raise MadeAVisit
    return replace(closed, closed_by=by, closed_at=at)


def reopen(notice: Notice, *, at: datetime) -> Notice:
    """Return the notice sent back before closure: the last round's findings are open again."""
    opened = advance(notice, Step.REOPEN, at=at)
    doubted = set(notice.rounds[-1].outcomes) if notice.rounds else set()
    return replace(
        opened,
        corrections=tuple(
            replace(each, met=each.met and each.finding_id not in doubted)
            for each in notice.corrections
        ),
    )


def lapse(notice: Notice) -> Notice:
    """Return the notice marked overdue since its deadline, whenever that is noticed."""
    return replace(
        notice,
        overdue_at=notice.due_at,
        climb_at=notice.due_at,
        revision=notice.revision + 1,
    )


def is_overdue(notice: Notice, now: datetime) -> bool:
    """Tell whether the deadline passed unmarked while the clock was running."""
    return (
        notice.status in RUNNING
        and notice.overdue_at is None
        and notice.stopped_at is None
        and notice.due_at is not None
        and notice.due_at <= now
    )


def outcome(notice: Notice, visit: Inspection, by: str, at: datetime) -> Round:
    """Return what an approved re-inspection found of each finding still open.

    An item that it did not find met, whatever the reason, stays open.
    """
    met = {item_id for item_id, answer in visit.answers.items() if answer.result is Result.MET}
    return Round(
        inspection_id=visit.id,
        at=at,
        recorded_by=by,
        outcomes={each.finding_id: each.item_id in met for each in notice.corrections if each.open},
        visitors=tuple(officer.person_id for officer in visit.officers),
    )


def asks(
    notice: Notice, finding_ids: Sequence[str], paper: Paper, days: int, day_kind: DayKind
) -> bool:
    """Tell whether the notice was drafted in these words; what happened since does not count."""
    kept = sorted(each.finding_id for each in notice.corrections)
    asked = (sorted(finding_ids), paper, days, day_kind)
    return asked == (kept, notice.paper, notice.days, notice.day_kind)


def must_run(notice: Notice) -> None:
    """Raise StepNotAllowed unless the notice is served and not yet verified."""
    if notice.status not in RUNNING:
        raise StepNotAllowed(step="reinspect", status=notice.status.value, told=notice.status.told)


def must_be_near(planned_for: date, now: datetime) -> None:
    """Raise BadValue unless the day lies between today in Shanghai and a year from now."""
    today = day_in_shanghai(now)
    if not today <= planned_for <= today + FARTHEST:
        raise BadValue(
            field="planned_for",
            why_zh="复查日期须在今天至一年之内",
            why_en="a re-inspection is planned for a day between today and a year from now",
        )


def must_await_response(notice: Notice) -> None:
    """Raise StepNotAllowed unless the director may respond now."""
    if (notice.status, Step.RESPOND) not in NEXT:
        raise StepNotAllowed(
            step=Step.RESPOND.value, status=notice.status.value, told=notice.status.told
        )


def facts(notice: Notice) -> dict[str, Any]:
    """Return what the history keeps of it as it stands: status, dates, service, rounds, open."""
    service, last = notice.service, notice.responses[-1] if notice.responses else None
    return {
        "status": notice.status.value,
        "due": notice.due.isoformat() if notice.due else None,
        "provisional": notice.provisional,
        "stopped_at": notice.stopped_at.isoformat() if notice.stopped_at else None,
        "overdue_at": notice.overdue_at.isoformat() if notice.overdue_at else None,
        "still_open": still_open(notice),
        "service": {
            "way": service.way.value,
            "receiver": service.receiver,
            "served_at": service.served_at.isoformat(),
            "witness": service.witness,
        }
        if service
        else None,
        "last_response": last.id if last else None,
        "objections": [[each.id, each.upheld] for each in notice.objections],
        "rounds": [each.inspection_id for each in notice.rounds],
    }


def still_open(notice: Notice) -> list[str]:
    return [each.finding_id for each in notice.corrections if each.open]


def made_visits(notice: Notice) -> set[str]:
    """Return the persons who made any of its visits."""
    return {*notice.visitors, *(person for each in notice.rounds for person in each.visitors)}
