"""Having checkpoints stamped by an outside authority, as soon as it answers."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import datetime

from cryptography.x509 import Certificate

from media.checkpoints.model import MOST, Checkpoint, Stamp
from media.checkpoints.stamping import Ask, Unanswered, question_on, time_in
from media.checkpoints.store import CheckpointStore
from media.documents import to_milliseconds
from media.refusals import NotFound

BATCH = 20
"""Checkpoints that one run has stamped at most."""


class Stamps:
    """`ask` reaches the authority; None where the bureau has chosen none.

    A checkpoint never waits for its stamp: it is made and signed, and stamped when the authority
    answers. The queue is the checkpoints without a stamp, the oldest first.
    """

    def __init__(
        self, store: CheckpointStore, ask: Ask | None, roots: Sequence[Certificate] = ()
    ) -> None:
        self._store = store
        self._ask = ask
        self._roots = roots

    def stamp(self, clock: Callable[[], datetime]) -> int:
        """Ask for the stamps that are wanting; return how many came. Stops where none comes."""
        if self._ask is None:
            return 0
        done = 0
        for checkpoint in self._store.unstamped(BATCH):
            stamp = self._try(checkpoint, self._ask, clock())
            self._store.put_stamp(stamp)
            if stamp.token is None:
                break
            done += 1
        return done

    def _try(self, checkpoint: Checkpoint, ask: Ask, now: datetime) -> Stamp:
        before = self._store.stamp(checkpoint.id)
        attempts, tried_at = (before.attempts if before else 0) + 1, to_milliseconds(now)
        message = checkpoint.message()
        question = question_on(message)
        try:
            answer = ask(question.as_bytes())
            at = time_in(answer, message, question, self._roots)
        except Unanswered as why:
            return Stamp(checkpoint.id, None, None, tried_at, attempts, str(why)[:300])
        return Stamp(checkpoint.id, b64encode(answer).decode(), at, tried_at, attempts)

    def of(self, number: int) -> Stamp:
        """Return a checkpoint's stamp, or that it waits for one. Raises NotFound."""
        if number >= MOST or self._store.find(number) is None:
            raise NotFound(what=("检查点", "checkpoint"))
        found = self._store.stamp(number)
        if found is None:
            raise NotFound(what=("时间戳", "time stamp"))
        return found
