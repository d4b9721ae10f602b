"""Taking a photo in pieces, and handing it on once it is whole."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import new, sha256
from typing import IO, Any

from media.custody.actions import Custody
from media.custody.model import Actor
from media.documents import Transact, Transaction, to_milliseconds
from media.evidence.actions import EvidenceRoom
from media.refusals import BadValue, IdTaken, NotFound
from media.uploads.errors import (
    NotWhatWasDeclared,
    TooManyUploads,
    UploadNotWhole,
    UploadTooLarge,
    WrongChecksum,
    WrongOffset,
)
from media.uploads.model import KEPT, LARGEST, MOST_OPEN, PIECE, Checksum, Upload
from media.uploads.store import UploadStore

UPLOAD = ("上传", "upload")
BATCH = 100
SETTLED = timedelta(hours=1)
"""How long an upload stays after its photo is kept, for a client that never got the answer."""


class Uploads:
    """Pieces are kept in transactions of their own; a kill at any moment leaves a true offset.

    The photo itself is kept by the room that it belongs to, in one transaction with its record:
    an upload is no evidence. It stays until its photo is kept, or until nobody went on with it.
    """

    def __init__(
        self,
        store: UploadStore,
        transact: Transact[Any],
        custody: Custody,
        evidence: EvidenceRoom,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._evidence = evidence

    def begin(
        self, upload_id: str, length: int, digest: str, *, actor: Actor, now: datetime
    ) -> Upload:
        """Open an upload; sent again, the one that is there with what it holds.

        Raises UploadTooLarge, TooManyUploads, IdTaken for another file under the id (on record).
        """
        if length > LARGEST:
            raise UploadTooLarge(length=length, most=LARGEST)
        at = to_milliseconds(now)
        upload = Upload(upload_id, actor.account_id, actor.device, length, digest, 0, at, at + KEPT)

        def act(tx: Transaction) -> Upload | None:
            held = self._store.find(upload_id, tx=tx)
            if held is not None:
                return held if _declares(held) == _declares(upload) else None
            if self._store.unfinished_of(actor.account_id, actor.device, tx) >= MOST_OPEN:
                raise TooManyUploads(most=MOST_OPEN)
            self._store.add(upload, tx)
            return upload

        begun: Upload | None = self._transact(act)
        if begun is None:
            self._record(upload_id, "upload_refused", {"sha256": digest}, actor, now)
            raise IdTaken(id=upload_id, what=UPLOAD)
        return begun

    def get(self, upload_id: str, *, actor: Actor) -> Upload:
        """Return an upload of this account and device. Raises NotFound."""
        found = self._store.find(upload_id)
        if found is None or not _is_of(found, actor):
            raise NotFound(what=UPLOAD)
        return found

    def append(
        self,
        upload_id: str,
        offset: int,
        data: IO[bytes],
        checksum: Checksum | None = None,
        *,
        actor: Actor,
        now: datetime,
    ) -> Upload:
        """Keep what comes, piece by piece, from the offset on; what came before a break stays.

        With a checksum all of it is kept or none. Raises NotFound, WrongOffset, WrongChecksum,
        UploadTooLarge for more than was declared, NotWhatWasDeclared once the last byte is there.
        """
        upload = self.get(upload_id, actor=actor)
        if offset != upload.offset:
            raise WrongOffset(offset=upload.offset)
        left = upload.length - offset
        for piece in _pieces(data, checksum, left):
            offset = self._keep(upload, offset, piece, now)
        if offset == upload.length and upload.length > upload.offset:
            self._must_be_declared(upload, actor, now)
        return self.get(upload_id, actor=actor)

    def _keep(self, upload: Upload, offset: int, piece: bytes, now: datetime) -> int:
        expires_at = to_milliseconds(now) + KEPT

        def act(tx: Transaction) -> bool:
            return self._store.append(upload.id, offset, piece, expires_at, tx)

        if not self._transact(act):
            there = self._store.find(upload.id)
            raise WrongOffset(offset=there.offset if there else 0)
        return offset + len(piece)

    def _must_be_declared(self, upload: Upload, actor: Actor, now: datetime) -> None:
        found = sha256(self._store.whole(upload.id)).hexdigest()
        if found == upload.sha256:
            return
        self._transact(lambda tx: self._store.empty(upload.id, tx))
        facts = {"declared": upload.sha256, "found": found}
        self._record(upload.id, "upload_not_as_declared", facts, actor, now)
        raise NotWhatWasDeclared

    def end(self, upload_id: str, *, actor: Actor) -> None:
        """Throw an upload away. Raises NotFound."""
        upload = self.get(upload_id, actor=actor)
        self._transact(lambda tx: self._store.remove([upload.id], tx))

    def photo(self, sent: IO[bytes] | None, upload_id: str, *, actor: Actor) -> bytes:
        """Return a photo's bytes: those sent with its form, else those uploaded under its id.

        Raises BadValue where there are neither, UploadNotWhole.
        """
        if sent is not None:
            return sent.read()
        upload = self._store.find(upload_id)
        if upload is None or not _is_of(upload, actor):
            raise BadValue(
                field="photo",
                why_zh="请附上照片文件，或先以同一编号分段上传。",
                why_en="attach the photo, or upload it in pieces under the same id first.",
            )
        if not upload.complete:
            raise UploadNotWhole(offset=upload.offset, length=upload.length)
        return self._store.whole(upload.id)

    def sweep(self, *, now: datetime) -> int:
        """Throw away what nobody went on with, and what is evidence by now; return how many."""
        finished = self._store.finished_before(now - SETTLED, BATCH)
        gone = {*self._store.expired(now, BATCH), *self._evidence.kept(finished)}
        if not gone:
            return 0
        swept: int = self._transact(lambda tx: self._store.remove(sorted(gone), tx))
        return swept

    def _record(
        self, upload_id: str, verb: str, facts: dict[str, Any], actor: Actor, now: datetime
    ) -> None:
        chain = f"upload:{upload_id}"
        self._transact(
            lambda tx: self._custody.record(chain, verb, actor=actor, now=now, facts=facts, tx=tx)
        )


def _pieces(data: IO[bytes], checksum: Checksum | None, left: int) -> Iterator[bytes]:
    """Yield what may be written at once. Raises UploadTooLarge, WrongChecksum."""
    if checksum is None:
        yield from _limited(iter(lambda: data.read(PIECE), b""), left)
        return
    whole = b"".join(_limited(iter(lambda: data.read(PIECE), b""), left))
    if new(checksum.algorithm.value, whole, usedforsecurity=False).digest() != checksum.digest:
        raise WrongChecksum
    for start in range(0, len(whole), PIECE):
        yield whole[start : start + PIECE]


def _limited(pieces: Iterable[bytes], left: int) -> Iterator[bytes]:
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise UploadTooLarge(length="> Upload-Length", most="Upload-Length")
        yield piece


def _declares(upload: Upload) -> tuple[Any, ...]:
    return upload.account_id, upload.device, upload.length, upload.sha256


def _is_of(upload: Upload, actor: Actor) -> bool:
    return (upload.account_id, upload.device) == (actor.account_id, actor.device)
