"""The alarm that evidence is not what was received."""

from datetime import datetime

from inspections.messages.actions import Messages
from inspections.messages.model import About, Audience, Kind, Topic
from media.custody.model import Reason, Role
from media.days import day_in_shanghai
from media.documents import Transaction
from media.evidence.model import Evidence


class Alarms:
    """Tells administrators and supervisors of the region, once a day for each piece.

    Of a sealed piece they learn its id and nothing of what it belongs to.
    """

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def damaged(self, evidence: Evidence, reason: Reason, now: datetime, tx: Transaction) -> None:
        sealed = evidence.seal is not None
        self._messages.tell(
            Kind.EVIDENCE_DAMAGED,
            about=About(
                Topic.EVIDENCE,
                evidence.id,
                evidence.region,
                None if sealed else evidence.kindergarten_id,
                None if sealed else evidence.case_id,
            ),
            audience=Audience(roles=(Role.ADMINISTRATOR, Role.SUPERVISOR)),
            facts={"reason": reason.value},
            key=f"evidence_damaged:{evidence.id}:{day_in_shanghai(now).isoformat()}",
            now=now,
            tx=tx,
        )
