"""A veto case: what was said and shown, who is named on it, and how it was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checklists.generation.model import Item


class Verdict(StrEnum):
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Status(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    UNDER_REVIEW = "under_review"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value.replace("_", " "))


STATUSES: Mapping[Status, str] = {
    Status.OPEN: "审理中",
    Status.UPHELD: "成立",
    Status.DISMISSED: "不成立",
    Status.UNDER_REVIEW: "复议中",
}


@dataclass(frozen=True)
class Member:
    """Somebody as the case knows them; `certificate` is the enforcement certificate's number."""

    account_id: str
    person_id: str
    name: str
    unit: str
    certificate: str | None = None


@dataclass(frozen=True)
class Naming:
    """An account was named on the case, by whom and why: from then on it sees the case.

    `decides`: it was a supervisor's account when it was named.
    """

    member: Member
    at: datetime
    by: str
    why: str
    decides: bool = False


@dataclass(frozen=True)
class Statement:
    """What somebody said of the matter: an officer's answer to the item, or a later statement."""

    at: datetime
    by: Member
    note: str | None
    result: str | None = None
    value: str | float | None = None
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Respondent:
    """The person concerned, told of the matter and of the right to be heard (行政处罚法 44, 45).

    `due_at` is the first instant after the window for the defence, of `days` working days.
    """

    name: str
    duty: str
    way: str
    told_at: datetime
    recorded_at: datetime
    recorded_by: str
    due_at: datetime
    provisional: bool = False
    days: int | None = None


@dataclass(frozen=True)
class Defence:
    """What the person concerned said, or (`waived`) that it has nothing to say."""

    at: datetime
    recorded_by: Member
    text: str
    waived: bool = False
    evidence_ids: tuple[str, ...] = ()


class ConsequenceKind(StrEnum):
    """What follows an upheld case beside the failed annual review (学前教育法 44, 80)."""

    HIRING_BAN = "hiring_ban"
    LEGAL_REFERRAL = "legal_referral"


@dataclass(frozen=True)
class Consequence:
    """A hiring ban with its days (`until` None: for good), or a referral with its department."""

    kind: ConsequenceKind
    at: datetime
    recorded_by: Member
    text: str
    since: date | None = None
    until: date | None = None
    department: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Vote:
    """One supervisor's verdict, bound to the statements and photos as they stood (`material`)."""

    member: Member
    verdict: Verdict
    why: str
    at: datetime
    material: str


@dataclass(frozen=True)
class Round:
    """The first hearing, or a review; `outcome` is None while it goes on."""

    opened_at: datetime
    opened_by: str
    why: str
    votes: tuple[Vote, ...] = ()
    outcome: Verdict | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class VetoCase:
    """`id` is also the finding's, and the seal on everything of the case.

    `inspection_id` is None where a complaint opened it; `source` says where that came from.
    `officers` made the visit and `opened_by` opened the case: none of these persons decides.
    `year` is the year (Asia/Shanghai) whose annual review an upheld case fails. `standing` is the
    verdict that holds now: that of the last round decided.
    """

    id: str
    inspection_id: str | None
    kindergarten_id: str
    kindergarten_name: str
    region: str
    item: Item
    year: int
    opened_at: datetime
    opened_by: Member
    officers: tuple[Member, ...]
    named: tuple[Naming, ...]
    status: Status
    rounds: tuple[Round, ...]
    seal: str
    changed_at: datetime
    recused: tuple[Member, ...] = ()
    statements: tuple[Statement, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    standing: Verdict | None = None
    source: str | None = None
    respondent: Respondent | None = None
    defences: tuple[Defence, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    revision: int = 1
    schema_version: int = 1

    def names(self, account_id: str) -> bool:
        return any(each.member.account_id == account_id for each in self.named)
