import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from media.photos import decoding
from media.photos.actions import Photos
from media.photos.decoding import Decoders
from media.photos.errors import DecoderUnavailable, PhotoTooCostly, PhotoTooLarge, TooManyPixels
from media.photos.model import Format, Limits
from tests.media.picture import encode, halves

PHOTO = encode(halves())


@pytest.fixture
def decoders():
    with Decoders(2) as made:
        yield made


def idle(decoders):
    return list(decoders._idle.queue)


def test_a_photo_is_read_with_its_hash_and_size(decoders):
    photo = Photos(decoders).read(PHOTO)

    assert (photo.format, photo.width, photo.height) == (Format.JPEG, 600, 400)
    assert (photo.size, photo.sha256) == (len(PHOTO), sha256(PHOTO).hexdigest())
    assert photo.complete
    assert set(photo.derivatives) == {1280, 320}


def test_limits_are_settings(decoders):
    with pytest.raises(PhotoTooLarge):
        Photos(decoders, Limits(size=len(PHOTO) - 1)).read(PHOTO)
    with pytest.raises(TooManyPixels):
        Photos(decoders, Limits(pixels=600 * 400 - 1)).read(PHOTO)


def test_one_process_reads_many_photos(decoders):
    photos = Photos(decoders)

    photos.read(PHOTO)
    first = idle(decoders)
    photos.read(PHOTO)

    assert idle(decoders) == first


def test_a_decoder_that_was_ended_is_replaced_unseen(decoders):
    photos = Photos(decoders)
    photos.read(PHOTO)
    [decoder] = idle(decoders)

    os.kill(decoder._process.pid, signal.SIGKILL)
    photo = photos.read(PHOTO)

    assert photo.width == 600
    assert idle(decoders) != [decoder]


def test_a_fault_of_our_own_ends_the_decoder_and_is_not_hidden(decoders, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(decoding._Decoder, "ask", stop)

    with pytest.raises(KeyboardInterrupt):
        Photos(decoders).read(PHOTO)
    assert idle(decoders) == []


def test_a_decoder_lost_in_the_middle_is_tried_once_more(decoders, monkeypatch):
    asked = []
    ask = decoding._Decoder.ask

    def lose_the_first(self, *question):
        asked.append(self)
        if len(asked) == 1:
            self._process.kill()
            self._process.wait()
        return ask(self, *question)

    monkeypatch.setattr(decoding._Decoder, "ask", lose_the_first)

    assert Photos(decoders).read(PHOTO).width == 600
    assert len(asked) == 2


def test_a_photo_that_loses_two_decoders_is_refused(decoders, monkeypatch):
    ask = decoding._Decoder.ask

    def lose(self, *question):
        self._process.kill()
        self._process.wait()
        return ask(self, *question)

    monkeypatch.setattr(decoding._Decoder, "ask", lose)

    with pytest.raises(PhotoTooCostly):
        Photos(decoders).read(PHOTO)
    assert idle(decoders) == []


def test_a_photo_that_takes_too_much_memory_is_refused_and_the_next_is_read(decoders):
    large = encode(Image.new("RGBA", (6000, 6000)), "PNG", compress_level=1)

    with pytest.raises(PhotoTooCostly):
        Photos(decoders, Limits(memory=100 * 1024 * 1024)).read(large)

    assert Photos(decoders).read(PHOTO).width == 600


def test_a_photo_that_takes_too_long_is_refused_and_the_next_is_read(decoders):
    large = encode(Image.new("RGB", (7000, 7000)), "PNG", compress_level=1)
    begun = time.monotonic()

    with pytest.raises(PhotoTooCostly):
        Photos(decoders, Limits(patience=0.05)).read(large)

    assert time.monotonic() - begun < 5
    assert Photos(decoders).read(PHOTO).width == 600


def test_a_decoder_that_grew_too_large_is_not_kept(decoders, monkeypatch):
    monkeypatch.setattr(decoding, "GROWN", 1)

    Photos(decoders).read(PHOTO)

    assert idle(decoders) == []


def test_threads_share_the_decoders(decoders):
    photos = Photos(decoders)

    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(photos.read, [PHOTO] * 24))

    assert {photo.sha256 for photo in read} == {sha256(PHOTO).hexdigest()}
    assert len(idle(decoders)) <= 2


def test_after_a_fork_the_parents_decoders_are_left_alone(decoders, monkeypatch):
    photos = Photos(decoders)
    photos.read(PHOTO)
    [parents] = idle(decoders)

    decoders._process = -1
    photos.read(PHOTO)

    assert parents.lives()
    assert parents not in idle(decoders)
    parents.end()


def test_a_decoder_that_does_not_begin_is_the_services_trouble(decoders, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(DecoderUnavailable):
        Photos(decoders).read(PHOTO)

    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(DecoderUnavailable):
        Photos(decoders).read(PHOTO)


def test_a_closed_pool_leaves_no_process():
    decoders = Decoders(1)
    Photos(decoders).read(PHOTO)
    [decoder] = idle(decoders)

    decoders.close()

    assert not decoder.lives()


def test_a_decoder_knows_nothing_of_the_services_surroundings(decoders, monkeypatch):
    monkeypatch.setenv("HUYUAN_SECRET", "do not pass this on")
    Photos(decoders).read(PHOTO)
    [decoder] = idle(decoders)

    known = Path(f"/proc/{decoder._process.pid}/environ").read_bytes()

    assert b"HUYUAN_SECRET" not in known
