"""Merkle trees as RFC 6962 (section 2.1) makes them: SHA-256, leaves and nodes told apart."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from json import dumps
from typing import TypeAlias

Step: TypeAlias = tuple[str, str]
"""On which side the other hash stands (`left` or `right`), and the hash in hexadecimal."""


def leaf_of(chain: str, sequence: int, digest: str) -> bytes:
    """Return the bytes of a leaf: a chain's head as canonical JSON."""
    head = {"chain": chain, "hash": digest, "sequence": sequence}
    return dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_leaf(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> str:
    """Return the root over the leaves in their order, 64 hexadecimal digits.

    That of no leaf is the SHA-256 of nothing.
    """
    level = [hash_leaf(leaf) for leaf in leaves]
    if not level:
        return sha256(b"").hexdigest()
    while len(level) > 1:
        level = _paired(level)
    return level[0].hex()


def proof(leaves: Sequence[bytes], index: int) -> tuple[Step, ...]:
    """Return the hashes beside the way from a leaf to the root. Raises IndexError for no leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level = [hash_leaf(leaf) for leaf in leaves]
    steps: list[Step] = []
    while len(level) > 1:
        other = index ^ 1
        if other < len(level):
            steps.append(("left" if other < index else "right", level[other].hex()))
        level, index = _paired(level), index // 2
    return tuple(steps)


def root_by(leaf: bytes, steps: Iterable[Step]) -> str:
    """Return the root that a proof leads to from a leaf."""
    held = hash_leaf(leaf)
    for side, other in steps:
        beside = bytes.fromhex(other)
        held = hash_node(beside, held) if side == "left" else hash_node(held, beside)
    return held.hex()


def _paired(level: Sequence[bytes]) -> list[bytes]:
    """Return the level above; a hash without a partner is carried up as it is.

    Pairing from the left and carrying the last gives the same tree as RFC 6962's split at the
    largest power of two.
    """
    above = [hash_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above
