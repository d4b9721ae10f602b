"""The kinds of papers, and what is kept of one so that the public can verify it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    INSPECTION_RECORD = "inspection_record"
    NOTICE = "notice"
    REINSPECTION_OPINION = "reinspection_opinion"
    VETO_DECISION = "veto_decision"
    ANNUAL_REVIEW = "annual_review"
    INTERVIEW_RECORD = "interview_record"
    BULLETIN = "bulletin"


KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.INSPECTION_RECORD: ("现场检查记录", "inspection record"),
    Kind.NOTICE: ("整改通知书", "rectification notice"),
    Kind.REINSPECTION_OPINION: ("整改复查意见书", "re-inspection opinion"),
    Kind.VETO_DECISION: ("一票否决案件决定书", "veto decision"),
    Kind.ANNUAL_REVIEW: ("年度检查结果通知书", "annual review result"),
    Kind.INTERVIEW_RECORD: ("约谈记录", "record of an interview or another measure"),
    Kind.BULLETIN: ("通报", "bulletin"),
}


@dataclass(frozen=True)
class Paper:
    """A paper that was made out. `id` is the code on it.

    `content_sha256` covers everything it says; `pdf_sha256` are those of the files made of it, one
    for each version of layout and fonts. `checkpoint` is the last signed one when it was first made
    out, number and digest, which every copy prints. The public sees title, number, issuer, day and
    hashes.
    """

    id: str
    kind: Kind
    subject_id: str
    region: str
    title: str
    number: str | None
    issuer: str
    at: datetime
    content_sha256: str
    made_at: datetime
    made_by: str
    pdf_sha256: tuple[str, ...] = ()
    checkpoint: str | None = None
    schema_version: int = 1
