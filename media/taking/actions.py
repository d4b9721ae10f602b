"""How a room takes a photo: counted, examined outside of any transaction, kept inside of one."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from media.custody.model import Actor
from media.documents import Transact, Transaction
from media.evidence.actions import EvidenceRoom
from media.evidence.model import Evidence
from media.places.model import Site
from media.taking.model import Subject

Then = Callable[[Evidence, Transaction], None]


def nothing(_: Evidence, __: Transaction) -> None:
    """What most rooms do with a photo once it is kept."""


class Taking:
    def __init__(self, evidence: EvidenceRoom, transact: Transact[Any]) -> None:
        self._evidence = evidence
        self._transact = transact

    def take(
        self,
        data: bytes,
        subject: Callable[[Transaction], Subject],
        *,
        site: Site | None,
        actor: Actor,
        now: datetime,
        then: Then = nothing,
        **form: Any,
    ) -> Evidence:
        """Keep a photo, compared with where it should have been taken.

        `subject(tx)` looks in the transaction at what the photo belongs to, and refuses where it
        takes none any more; `then` follows in the same transaction. Raises what the examination
        refuses, QuotaReached, IdTaken.
        """
        self._evidence.admit(len(data), actor=actor, now=now)
        examined = self._evidence.examine(data, site=site, **form)

        def act(tx: Transaction) -> Evidence:
            belongs = asdict(subject(tx))
            kept = self._evidence.keep(examined, **belongs, actor=actor, now=now, tx=tx)
            then(kept, tx)
            return kept

        return self._transact(act)  # type: ignore[no-any-return]
