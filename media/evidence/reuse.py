"""Whether a photo was used before: the same bytes, or the same picture stored anew."""

from collections.abc import Iterable
from dataclasses import dataclass

from media.evidence.model import Evidence, Reuse

NEAR = 8
"""Bits of 128 that two photos of one picture may differ in."""

BANDS = tuple((number * 14, 14 if number < 8 else 16) for number in range(NEAR + 1))
"""Start and length of the bands of a likeness: two that differ in NEAR bits share one of them."""


@dataclass(frozen=True)
class Known:
    """A photo that is there: its bytes' hash, its likeness, and what it belongs to."""

    id: str
    sha256: str
    likeness: str | None
    kindergarten_id: str
    subject_id: str


def known(evidence: Evidence) -> Known:
    return Known(
        evidence.id,
        evidence.sha256,
        evidence.likeness,
        evidence.kindergarten_id,
        evidence.subject_id,
    )


def bands(likeness: str) -> list[int]:
    """Return the bands of a likeness as numbers that an index serves.

    Those that are all light or all dark are left out: half of all skies share them.
    """
    bits = int(likeness, 16)
    found = []
    for number, (start, length) in enumerate(BANDS):
        band = bits >> start & (1 << length) - 1
        if band not in (0, (1 << length) - 1):
            found.append(number << 16 | band)
    return found


def distance(one: str | None, other: str | None) -> int:
    """Return the bits in which two likenesses differ, 0 to 128; 128 where one shows nothing."""
    if one is None or other is None:
        return 128
    return (int(one, 16) ^ int(other, 16)).bit_count()


def alike(photo: Known, others: Iterable[Known]) -> list[Known]:
    """Return those that show the same picture, the nearest first.

    Photos of one inspection or notice may look alike, for a thing is photographed twice from one
    place; among them only the same bytes count.
    """
    found = [
        (distance(photo.likeness, each.likeness), each.id, each)
        for each in others
        if each.id != photo.id and _is_same(photo, each)
    ]
    return [each for _, _, each in sorted(found, key=lambda row: row[:2])]


def reuse(photo: Known, others: Iterable[Known]) -> tuple[Reuse, ...]:
    """Return what the same picture was used for besides."""
    same = alike(photo, others)
    elsewhere = any(each.kindergarten_id != photo.kindergarten_id for each in same)
    again = any(each.kindergarten_id == photo.kindergarten_id for each in same)
    told = ((Reuse.USED_TWICE, again), (Reuse.USED_FOR_TWO_SITES, elsewhere))
    return tuple(flag for flag, holds in told if holds)


def _is_same(photo: Known, other: Known) -> bool:
    if photo.sha256 == other.sha256:
        return True
    return photo.subject_id != other.subject_id and distance(photo.likeness, other.likeness) <= NEAR
