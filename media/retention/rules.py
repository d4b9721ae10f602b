"""When evidence's period is over, and what stands against deleting it."""

from datetime import datetime

from media.days import SHANGHAI
from media.evidence.model import Evidence
from media.retention.model import Deletion, Ground, Periods, Status


def kept_until(evidence: Evidence, periods: Periods) -> datetime:
    """Return when the period ends: at the end of the year, so many years after the receipt's year.

    As files are kept by years in Chinese archives: a period counts from the year after.
    """
    year = evidence.received_at.astimezone(SHANGHAI).year
    return datetime(year + periods.of(evidence.subject_kind) + 1, 1, 1, tzinfo=SHANGHAI)


def is_due(evidence: Evidence, periods: Periods, now: datetime) -> bool:
    return kept_until(evidence, periods) <= now


def fits(evidence: Evidence, ground: Ground, periods: Periods, now: datetime) -> bool:
    """Tell whether the ground carries this piece."""
    return ground is Ground.PERSONAL_DATA or is_due(evidence, periods, now)


def may_decide(deletion: Deletion, account_id: str, person_id: str) -> bool:
    """Whoever proposed it does not decide it, under no account of theirs."""
    by = deletion.proposed
    return (
        deletion.status is Status.PROPOSED
        and account_id != by.account_id
        and (person_id != by.person_id)
    )
