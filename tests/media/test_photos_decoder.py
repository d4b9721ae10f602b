"""What the decoder's process answers, asked here without the process."""

from io import BytesIO
from json import loads

import pytest

from media.photos import decoder
from media.photos.protocol import LONGEST, read_frame, write_frame
from tests.media.picture import encode, exif, halves

GPS = {1: "N", 2: (23.0, 33.0, 0.0), 3: "E", 4: (116.0, 21.0, 0.0), 6: 12.5}
QUESTION = {"kind": "JPEG", "pixels": 1_000_000}


def ask(data, **question):
    answers = BytesIO()
    decoder._answer(QUESTION | question, data, answers)
    answers.seek(0)
    told = loads(read_frame(answers))
    derivatives = [read_frame(answers) for _ in told.get("derivatives", ())]
    assert answers.read() == b""
    return told, derivatives


def test_an_accepted_photo_is_told_with_its_derivatives():
    told, derivatives = ask(encode(halves(), exif=exif(6, gps=GPS)))

    assert (told["width"], told["height"], told["complete"]) == (600, 400, True)
    assert told["position"] == [116.35, 23.55, 12.5, "WGS-84", None]
    assert (told["flags"], told["datum_declared"]) == ([], False)
    assert told["raw_gps"]["longitude_ref"] == "E"
    assert told["derivatives"] == [1280, 320]
    assert all(each.startswith(b"\xff\xd8") for each in derivatives)
    assert told["resident"] > 0


def test_a_refused_photo_is_told_by_its_slug_and_facts():
    told, _ = ask(encode(halves()), pixels=1)

    assert told["refused"] == "too_many_pixels"
    assert told["facts"] == {"width": 600, "height": 400, "limit": 1}


def test_memory_that_runs_out_is_an_answer(monkeypatch):
    def run_out(*_):
        raise MemoryError

    monkeypatch.setattr(decoder, "render", run_out)
    assert ask(b"")[0]["refused"] == "too_costly"

    monkeypatch.undo()
    monkeypatch.setattr("media.photos.rendering.read_exif", run_out)
    assert ask(encode(halves()))[0]["refused"] == "too_costly"


def test_memory_is_told_even_without_proc(monkeypatch):
    monkeypatch.setattr(decoder.Path, "read_text", lambda *_: (_ for _ in ()).throw(OSError))

    assert decoder._memory() == (256 * 1024 * 1024, 0)


@pytest.mark.parametrize(
    "stream", [b"", b"\0\0", b"\0\0\0\5abc", (LONGEST + 1).to_bytes(4, "big") + b"x"]
)
def test_a_frame_that_is_cut_or_nonsense_is_an_end(stream):
    with pytest.raises(EOFError):
        read_frame(BytesIO(stream))


def test_frames_come_back_as_written():
    pipe = BytesIO()

    for frame in (b"one", b"", b"three"):
        write_frame(pipe, frame)
    pipe.seek(0)

    assert [read_frame(pipe) for _ in range(3)] == [b"one", b"", b"three"]
