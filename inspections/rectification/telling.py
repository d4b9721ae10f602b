"""Whom each step and each stage of a notice is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Telling, Topic
from inspections.rectification import workflow
from inspections.rectification.model import Notice
from media.custody.model import Role
from media.documents import Transaction

TOLD: Mapping[str, Kind] = {
    "served": Kind.NOTICE_SERVED,
    "responded": Kind.NOTICE_RESPONDED,
    "reinspected": Kind.NOTICE_REINSPECTED,
    "reopened": Kind.NOTICE_REOPENED,
    "closed": Kind.NOTICE_CLOSED,
    "extension_asked": Kind.EXTENSION_ASKED,
    "objected": Kind.NOTICE_OBJECTED,
    "objection_decided": Kind.OBJECTION_DECIDED,
    **dict.fromkeys(
        ("clock_stopped", "clock_restarted", "extended", "extension_refused"),
        Kind.NOTICE_CLOCK,
    ),
}
"""By the verb of the step. The response goes to those who saw and to supervisors, the others to
the director."""

SUPERVISORS = (Role.SUPERVISOR,)


def tell_step(
    messages: Messages, verb: str, notice: Notice, *, now: datetime, tx: Transaction
) -> None:
    """Tell what a step did, where anybody is to be told; each revision of a notice once."""
    kind = TOLD.get(verb)
    if kind is None:
        return
    audience = Audience(directors_of=notice.kindergarten_id)
    if kind is Kind.NOTICE_RESPONDED:
        saw = tuple(sorted(workflow.made_visits(notice)))
        audience = Audience(persons=saw, roles=SUPERVISORS)
    if kind in (Kind.EXTENSION_ASKED, Kind.NOTICE_OBJECTED):
        audience = Audience(roles=SUPERVISORS)
    facts = {"verb": verb} if kind is Kind.NOTICE_CLOCK else {}
    _tell(messages, kind, notice, audience, facts, f"{verb}:{notice.revision}", now, tx)


def tell_due_soon(
    messages: Messages, notice: Notice, days: int, *, now: datetime, tx: Transaction
) -> None:
    """Remind the director, once a stage of a deadline."""
    audience = Audience(directors_of=notice.kindergarten_id)
    stage = f"due_soon:{days}:{_spelled(notice.due_at)}"
    _tell(messages, Kind.NOTICE_DUE_SOON, notice, audience, {"days": days}, stage, now, tx)


def tell_overdue(
    messages: Messages, notices: Sequence[Notice], *, now: datetime, tx: Transaction
) -> None:
    """Tell director and supervisors that deadlines lapsed, and when, however late it is seen."""
    messages.tell_all(
        [
            _message(
                Kind.NOTICE_OVERDUE,
                each,
                Audience(directors_of=each.kindergarten_id, roles=SUPERVISORS),
                {"lapsed_at": _spelled(each.due_at)},
                f"overdue:{_spelled(each.due_at)}",
            )
            for each in notices
        ],
        now=now,
        tx=tx,
    )


def tell_reckoned(
    messages: Messages, notice: Notice, before: str | None, *, now: datetime, tx: Transaction
) -> None:
    """Tell director and supervisors that a deadline was reckoned by a new calendar."""
    audience = Audience(directors_of=notice.kindergarten_id, roles=SUPERVISORS)
    event = f"reckoned:{notice.revision}"
    _tell(messages, Kind.NOTICE_RECKONED, notice, audience, {"before": before}, event, now, tx)


def _tell(
    messages: Messages,
    kind: Kind,
    notice: Notice,
    audience: Audience,
    facts: dict[str, Any],
    event: str,
    now: datetime,
    tx: Transaction,
) -> None:
    messages.tell_all([_message(kind, notice, audience, facts, event)], now=now, tx=tx)


def _message(
    kind: Kind, notice: Notice, audience: Audience, facts: dict[str, Any], event: str
) -> Telling:
    return Telling(
        kind,
        About(Topic.NOTICE, notice.id, notice.region, notice.kindergarten_id, notice.case_id),
        audience,
        {
            "number": notice.number,
            "paper": notice.paper.value,
            "kindergarten": notice.kindergarten_name,
            "status": notice.status.value,
            "due": notice.due.isoformat() if notice.due else None,
            "due_at": _spelled(notice.due_at),
            "provisional": notice.provisional,
            "open": len(workflow.still_open(notice)),
            **facts,
        },
        f"notice:{notice.id}:{event}",
    )


def _spelled(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="milliseconds")
