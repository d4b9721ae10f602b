"""Making checkpoints, proving that a head is in one, and finding what was rewritten since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from media.checkpoints import signing
from media.checkpoints.errors import NoSigningKey
from media.checkpoints.merkle import Step, leaf_of, proof, root
from media.checkpoints.model import GENESIS, MOST, Checkpoint, Key, Leaf
from media.checkpoints.store import CheckpointStore
from media.custody.model import BadPlace, Progress, Reason
from media.documents import Transact, Transaction, to_milliseconds
from media.pages import Page, cut, read_cursor
from media.refusals import NotFound

Heads = Mapping[str, tuple[int, str]]
CHAIN = "checkpoints"
"""What a bad place of a checkpoint names as its chain."""


@dataclass(frozen=True)
class Inclusion:
    """That a chain's head stood under a checkpoint's root: what to hash, and along which way.

    `stamp` is an outside authority's answer over the checkpoint (RFC 3161, DER, base 64), if any.
    """

    checkpoint: Checkpoint
    chain: str
    sequence: int
    hash: str
    steps: tuple[Step, ...]
    public_pem: str
    stamp: str | None = None


class Checkpoints:
    """Signs with the key in a file that only the service's user reads; `key_file` None: never.

    What a checkpoint shows: whoever rewrites a chain later, heads and all, cannot make the root
    fit, for the key is not in the database. What it does not: anything since the last one, and
    anything at all to who holds the database and the key together, but for the copies of
    checkpoints that were exported and are kept elsewhere.
    """

    def __init__(
        self, store: CheckpointStore, transact: Transact[Any], key_file: Path | None
    ) -> None:
        self._store = store
        self._transact = transact
        self._key_file = key_file

    def make(self, *, now: datetime, even_if_idle: bool = False) -> Checkpoint | None:
        """Return a new checkpoint, None where nothing was recorded since the last.

        Raises NoSigningKey.
        """
        key = signing.load(self._key_file)
        last = self._store.last()
        heads = self._store.heads_at_one_moment()
        before = self._store.leaves_until(last.id) if last else {}
        grown = {chain: head for chain, head in heads.items() if before.get(chain) != head}
        if not grown and last and not even_if_idle:
            return None
        covered = {**before, **heads}
        unsigned = Checkpoint(
            id=last.id + 1 if last else 1,
            at=to_milliseconds(now),
            chains=len(covered),
            root=root_of(covered),
            previous=last.digest() if last else GENESIS,
            key_id=signing.key_id(key),
        )
        made = replace(unsigned, signature=signing.sign(key, unsigned.message()))
        leaves = [Leaf(made.id, chain, *head) for chain, head in sorted(grown.items())]
        self._keep_key(key, now)

        def act(tx: Transaction) -> bool:
            return self._store.add(made, leaves, tx)

        return made if self._transact(act) else self._store.last()

    def create_key(self, *, now: datetime) -> Key:
        """Make the first key. Raises KeyExists, NoSigningKey where no file is named for it."""
        if self._key_file is None:
            raise NoSigningKey
        return self._keep_key(signing.create(self._key_file), now)

    def rotate_key(self, *, now: datetime) -> Key:
        """Put a new key in the old one's place, endorsed by it. Raises NoSigningKey."""
        if self._key_file is None:
            raise NoSigningKey
        old, new = signing.replace(self._key_file)
        pem = signing.public_pem(new)
        key = Key(
            id=signing.key_id(new),
            public_pem=pem,
            made_at=to_milliseconds(now),
            endorsed_by=signing.key_id(old),
            endorsement=signing.sign(old, pem.encode()),
        )
        self._store.add_key(key)
        return key

    def _keep_key(self, private: Any, now: datetime) -> Key:
        pem = signing.public_pem(private)
        key = Key(id=signing.key_id(private), public_pem=pem, made_at=to_milliseconds(now))
        self._store.add_key(key)
        return key

    def page(self, *, cursor: str | None = None, limit: int) -> Page[Checkpoint]:
        """Return checkpoints from the newest."""
        (after,) = read_cursor(cursor, int) if cursor else (0,)
        found = self._store.listed(after, limit + 1)
        return cut(found, limit, lambda each: [each.id])

    def get(self, number: int) -> Checkpoint:
        """Return one checkpoint. Raises NotFound."""
        found = self._store.find(number) if number < MOST else None
        if found is None:
            raise NotFound(what=("检查点", "checkpoint"))
        return found

    def last_in_words(self) -> str | None:
        """Return number and digest of the last checkpoint, as a paper prints it; None without."""
        last = self._store.last()
        return None if last is None else f"{last.id}：{last.digest()}"

    def every(self) -> Iterator[Checkpoint]:
        return self._store.all_in_order()

    def keys(self) -> list[Key]:
        """Return the public keys, the oldest first."""
        return sorted(self._store.keys().values(), key=lambda key: key.made_at)

    def prove(self, chain: str) -> Inclusion:
        """Return the proof that a chain stood under the last checkpoint. Raises NotFound."""
        last = self._store.last()
        covered = self._store.leaves_until(last.id) if last else {}
        if last is None or chain not in covered:
            raise NotFound(what=("检查点", "checkpoint"))
        names = sorted(covered)
        leaves = [leaf_of(name, *covered[name]) for name in names]
        steps = proof(leaves, names.index(chain))
        pem = self._store.keys()[last.key_id].public_pem
        stamp = self._store.stamp(last.id)
        token = stamp.token if stamp else None
        return Inclusion(last, chain, *covered[chain], steps, pem, token)

    def verify(
        self, exported: Mapping[int, str] | None = None, progress: Progress | None = None
    ) -> Iterator[BadPlace]:
        """Walk all checkpoints: links, signatures, keys, and every head that they cover.

        `exported` are digests by number of checkpoints that were kept elsewhere: the ones here
        must be the same. Roots are reckoned anew for those and for the last: what an earlier one
        covers is linked to what the last covers. Yields the first bad place of each.
        """
        keys = self._store.keys()
        yield from _bad_keys(keys)
        leaves = self._store.leaves_in_order()
        waiting = next(leaves, None)
        covered: dict[str, tuple[int, str]] = {}
        previous, expected = GENESIS, 1
        missing = dict(exported or {})
        last = self._store.last()
        to_reckon = {*missing, last.id if last else 0}
        for each in self._store.all_in_order():
            while waiting is not None and waiting.checkpoint <= each.id:
                covered[waiting.chain] = (waiting.sequence, waiting.hash)
                waiting = next(leaves, None)
            kept = missing.pop(each.id, each.digest())
            reason = _fault(each, expected, previous, keys)
            if reason is None and each.id in to_reckon:
                reason = _fault_of_root(each, covered, kept)
            if reason:
                yield BadPlace(CHAIN, each.id, str(each.id), reason)
            previous, expected = each.digest(), each.id + 1
        for number in sorted(missing):
            yield BadPlace(CHAIN, number, None, Reason.CHECKPOINT_MISSING)
        yield from self._rewritten(covered, progress)

    def _rewritten(self, covered: Heads, progress: Progress | None) -> Iterator[BadPlace]:
        for done, (chain, (sequence, digest)) in enumerate(covered.items(), 1):
            if self._store.hash_at(chain, sequence) != digest:
                yield BadPlace(chain, sequence, None, Reason.REWRITTEN)
            if progress:
                progress(done, len(covered))


def root_of(heads: Heads) -> str:
    """Return the root over heads, their leaves in the order of the chains' names."""
    return root(leaf_of(chain, *heads[chain]) for chain in sorted(heads))


def _fault(
    checkpoint: Checkpoint,
    expected: int,
    previous: str,
    keys: Mapping[str, Key],
) -> Reason | None:
    if checkpoint.id != expected or checkpoint.previous != previous:
        return Reason.CHECKPOINT_UNLINKED
    key = keys.get(checkpoint.key_id)
    message = checkpoint.message()
    if key is None or not signing.fits(key.public_pem, message, checkpoint.signature):
        return Reason.CHECKPOINT_UNSIGNED
    return None


def _fault_of_root(checkpoint: Checkpoint, covered: Heads, kept: str) -> Reason | None:
    whole = checkpoint.root == root_of(covered) and checkpoint.chains == len(covered)
    return None if whole and checkpoint.digest() == kept else Reason.CHECKPOINT_ALTERED


def _bad_keys(keys: Mapping[str, Key]) -> Iterator[BadPlace]:
    """Yield the keys that nothing vouches for: all but the first are endorsed by another."""
    oldest = min(keys.values(), key=lambda key: key.made_at, default=None)
    for key in keys.values():
        before = keys.get(key.endorsed_by or "")
        pem = key.public_pem.encode()
        vouched = before and signing.fits(before.public_pem, pem, key.endorsement or "")
        if _id_or_none(key.public_pem) != key.id or (key is not oldest and not vouched):
            yield BadPlace(CHAIN, None, key.id, Reason.KEY_UNKNOWN)


def _id_or_none(pem: str) -> str | None:
    try:
        return signing.key_id_of(pem)
    except ValueError:
        return None
