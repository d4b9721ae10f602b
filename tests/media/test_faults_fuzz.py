"""Photos mangled by chance: the reader answers with a photo or with a refusal, and goes on."""

import random
import time

import pytest

from media.photos.errors import PhotoRefused
from media.photos.model import DERIVATIVES, Photo

LARGEST = 400_000
SECONDS = 10.0
"""No file takes longer than this."""


def flipped(chance, data, _other):
    mangled = bytearray(data)
    for _ in range(chance.choice((1, 4, 64))):
        mangled[chance.randrange(len(mangled))] ^= 1 << chance.randrange(8)
    return bytes(mangled)


def at_the_front(chance, data, _other):
    """Headers are where the lengths and the offsets stand."""
    mangled = bytearray(data)
    for _ in range(chance.choice((1, 3, 9))):
        at = chance.randrange(min(len(mangled), 1200))
        mangled[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF, chance.randrange(256)))
    return bytes(mangled)


def cut(chance, data, _other):
    return data[: chance.randrange(1, len(data))]


def spliced(chance, data, other):
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def repeated(chance, data, _other):
    at = chance.randrange(len(data))
    piece = data[at : at + chance.randrange(1, 4096)]
    return data[:at] + piece * chance.randrange(2, 9) + data[at:]


def taken_out(chance, data, _other):
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 4096) :]


MANGLINGS = (flipped, at_the_front, cut, spliced, repeated, taken_out)


@pytest.mark.parametrize("seconds", [5, pytest.param(600, marks=pytest.mark.fault)])
def test_no_mangled_photo_is_more_than_refused(photos, manifest, seconds):
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    files = [path.read_bytes() for path, _ in manifest if 0 < path.stat().st_size < LARGEST]
    until, tried, taken, slowest = time.monotonic() + seconds, 0, 0, 0.0

    while time.monotonic() < until:
        data = chance.choice(MANGLINGS)(chance, chance.choice(files), chance.choice(files))
        start = time.monotonic()
        try:
            found = photos.read(data)
        except PhotoRefused:
            pass
        else:
            assert isinstance(found, Photo), seed
            assert set(found.derivatives) == set(DERIVATIVES), seed
            taken += 1
        slowest = max(slowest, time.monotonic() - start)
        tried += 1

    print(
        f"\n{tried} mangled photos: {taken} taken, {tried - taken} refused, {slowest:.1f} s at most"
    )
    assert tried > 20
    assert 0 < taken < tried
    assert slowest < SECONDS
