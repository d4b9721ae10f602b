"""A message: what happened, to what, and who is to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from media.custody.model import Role


class Kind(StrEnum):
    INSPECTION_PLANNED = "inspection_planned"
    INSPECTION_SUBMITTED = "inspection_submitted"
    INSPECTION_RETURNED = "inspection_returned"
    INSPECTION_APPROVED = "inspection_approved"
    INSPECTION_CANCELLED = "inspection_cancelled"
    INSPECTION_HANDED_OVER = "inspection_handed_over"
    NOTICE_SERVED = "notice_served"
    NOTICE_DUE_SOON = "notice_due_soon"
    NOTICE_CLOCK = "notice_clock"
    EXTENSION_ASKED = "extension_asked"
    NOTICE_RECKONED = "notice_reckoned"
    NOTICE_OBJECTED = "notice_objected"
    OBJECTION_DECIDED = "objection_decided"
    MEASURE_DUE = "measure_due"
    MEASURE_TAKEN = "measure_taken"
    USE_STOPPED = "use_stopped"
    STOPPAGE_PROVEN = "stoppage_proven"
    STOPPAGE_OVERDUE = "stoppage_overdue"
    STOPPAGE_ENDED = "stoppage_ended"
    DRILL_FAILED = "drill_failed"
    DOSSIER_OPENED = "dossier_opened"
    DOSSIER_ANSWERED = "dossier_answered"
    DOSSIER_ENDED = "dossier_ended"
    DOSSIER_OVERDUE = "dossier_overdue"
    TIP_RECEIVED = "tip_received"
    REVIEW_PUBLISHED = "review_published"
    NOTICE_OVERDUE = "notice_overdue"
    NOTICE_RESPONDED = "notice_responded"
    NOTICE_REINSPECTED = "notice_reinspected"
    NOTICE_REOPENED = "notice_reopened"
    NOTICE_CLOSED = "notice_closed"
    CASE_OPENED = "case_opened"
    CASE_DECIDED = "case_decided"
    RENAMING_TOLD = "renaming_told"
    RENAMING_ANSWERED = "renaming_answered"
    RENAMING_ENDED = "renaming_ended"
    RENAMING_OVERDUE = "renaming_overdue"
    RENAMING_RECKONED = "renaming_reckoned"
    CASE_RECKONED = "case_reckoned"
    EVIDENCE_DAMAGED = "evidence_damaged"


class Topic(StrEnum):
    INSPECTION = "inspection"
    NOTICE = "notice"
    CASE = "case"
    EVIDENCE = "evidence"
    MEASURE = "measure"
    STOPPAGE = "stoppage"
    DRILL = "drill"
    DOSSIER = "dossier"
    TIP = "tip"
    REVIEW = "review"


@dataclass(frozen=True)
class About:
    """The thing that is told of. `region` is a six-digit code."""

    kind: Topic
    id: str
    region: str
    kindergarten_id: str | None = None
    case_id: str | None = None


@dataclass(frozen=True)
class Audience:
    """Who is told: whoever is in one of these.

    `directors_of` is a kindergarten's id: whoever directs it on the day of reading. `roles` are
    those whose regions cover the region of the thing.
    """

    directors_of: str | None = None
    accounts: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Telling:
    """A message as it is asked for, before it is written."""

    kind: Kind
    about: About
    audience: Audience
    facts: Mapping[str, Any]
    key: str
    seal: str | None = None


@dataclass(frozen=True)
class Message:
    """`key` names the event: what is told under one key is told once.

    `facts` are few and plain JSON values. `seal` names a sealed matter: then only the accounts of
    the audience see it. `handed_on` once the worker has addressed it to the receivers.
    """

    id: str
    key: str
    kind: Kind
    about: About
    audience: Audience
    facts: Mapping[str, Any]
    at: datetime
    seal: str | None = None
    read_by: tuple[str, ...] = ()
    handed_on: bool = False
    schema_version: int = 1


@dataclass(frozen=True)
class Unreadable:
    """A message that this version of the service cannot read: where it stands in an inbox."""

    id: str
    at: datetime


@dataclass(frozen=True)
class Told:
    """A message as one account has it in its inbox."""

    message: Message
    read: bool = field(default=False)
