"""The walk over all evidence: is each photo's record, and every byte, what was received?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from typing import Protocol

from media.checkpoints.actions import Checkpoints
from media.custody.actions import Custody
from media.custody.model import BadPlace, Entry, Progress, Reason
from media.evidence.model import DELETED, RECEIVED, Evidence, chain_of
from media.evidence.seal import fault_of_bytes, fault_of_record
from media.evidence.store import EvidenceStore, read

BATCH = 200
"""Documents that the walk looks up at once."""


class Verified(Protocol):
    """A room whose things are walked."""

    def verify(self, progress: Progress | None = None) -> Iterator[BadPlace]:
        """Yield what is not as it was received."""


class Walk:
    def __init__(self, store: EvidenceStore, custody: Custody) -> None:
        self._store = store
        self._custody = custody

    def bad_places(self, progress: Progress | None = None) -> Iterator[BadPlace]:
        """Walk all evidence; yield each piece whose record or bytes are not what was received.

        Reads every original and derivative. Runs beside writers.
        """
        total, done = self._store.how_many(), 0
        documents = self._store.all_documents()
        while batch := list(islice(documents, BATCH)):
            entries = self._custody.entries([str(each.get("entry_id")) for each in batch])
            for document in batch:
                evidence = read(document)
                fault = (
                    Reason.RECORD_ALTERED
                    if evidence is None
                    else self._fault(evidence, entries.get(evidence.entry_id))
                )
                if fault:
                    chain = chain_of(str(document.get("case_id")))
                    yield BadPlace(chain, None, str(document["_id"]), fault)
                done += 1
                if progress:
                    progress(done, max(done, total))
        yield from self._missing()

    def _fault(self, evidence: Evidence, entry: Entry | None) -> Reason | None:
        fault = fault_of_record(evidence, entry) or fault_of_bytes(
            evidence, self._store.original(evidence.id)
        )
        if fault:
            return fault
        for side, expected in evidence.derivatives.items():
            data = self._store.derivative(evidence.id, side)
            if data is None or sha256(data).hexdigest() != expected:
                return Reason.BYTES_ALTERED
        return None

    def _missing(self) -> Iterator[BadPlace]:
        """Yield what the chains say was received, is not there any more, and was not deleted.

        A deletion counts where its entry and what is left of the evidence name one another.
        """
        left = {each.id: each.entry_id for each in self._store.all_deleted()}
        deleted = set()
        for entry in self._custody.entries_of_verb(DELETED):
            id_ = str(entry.facts.get("evidence_id"))
            if left.pop(id_, None) == entry.id:
                deleted.add((entry.chain, id_))
            else:
                yield BadPlace(entry.chain, entry.sequence, id_, Reason.RECORD_ALTERED)
        for id_ in left:
            yield BadPlace("", None, id_, Reason.RECORD_ALTERED)
        received = self._custody.entries_of_verb(RECEIVED)
        while batch := list(islice(received, BATCH)):
            known = self._store.known(str(entry.facts.get("evidence_id")) for entry in batch)
            for entry in batch:
                id_ = str(entry.facts.get("evidence_id"))
                if id_ not in known and (entry.chain, id_) not in deleted:
                    yield BadPlace(entry.chain, entry.sequence, id_, Reason.RECORD_MISSING)


def verify_all(
    custody: Custody,
    evidence: Verified,
    checkpoints: Checkpoints | None = None,
    *,
    others: Iterable[Verified] = (),
    exported: Mapping[int, str] | None = None,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[BadPlace]:
    """Walk every chain, the checkpoints, all evidence, then what the others keep; yield bad places.

    `exported` are checkpoints that were kept elsewhere, digests by number. `on_progress` is told
    the part (`chains`, `checkpoints`, `originals`), how many are done, and of how many.
    """
    tell = on_progress or (lambda _part, _done, _total: None)
    yield from custody.verify(lambda done, total: tell("chains", done, total))
    if checkpoints is not None:
        yield from checkpoints.verify(
            exported, lambda done, total: tell("checkpoints", done, total)
        )
    yield from evidence.verify(lambda done, total: tell("originals", done, total))
    for other in others:
        yield from other.verify()
