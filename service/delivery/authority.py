"""Asking a time-stamping authority over HTTP (RFC 3161, 3.4), by the one sender of the house."""

from media.checkpoints.stamping import Ask, Unanswered
from service.delivery.sender import Sender

QUESTION, ANSWER = "application/timestamp-query", "application/timestamp-reply"


def authority(url: str, sender: Sender) -> Ask:
    """Return what asks the authority at the address."""

    def ask(question: bytes) -> bytes:
        outcome = sender.send(url, question, {"Content-Type": QUESTION, "Accept": ANSWER})
        if not outcome.arrived:
            raise Unanswered(outcome.error or f"status {outcome.status}")
        return outcome.body

    return ask
