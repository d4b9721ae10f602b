from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from media.photos.exif import Exif, read_exif
from media.photos.gps import raw, read_gps
from media.photos.kind import kind_of, name_of
from media.photos.model import Format
from media.places.model import Datum, Flag
from tests.media.picture import encode, exif, halves

HERE = {1: "N", 2: (23.0, 33.0, 12.0), 3: "E", 4: (116.0, 21.0, 0.0)}


def read(block):
    return read_exif(Image.open(BytesIO(encode(halves(), exif=block))))


@pytest.mark.parametrize(
    ("tags", "captured"),
    [
        ({"taken": "2026:03:02 10:11:12"}, "2026-03-02T10:11:12"),
        ({"taken": "2026:03:02 10:11:12", "offset": "+08:00"}, "2026-03-02T10:11:12+08:00"),
        (
            {"taken": "2026:03:02 10:11:12", "fraction": "34 ", "offset": "+08:00"},
            "2026-03-02T10:11:12.34+08:00",
        ),
        ({"digitized": "2026:03:02 10:11:12"}, "2026-03-02T10:11:12"),
        ({"taken": "2026:03:02 10:11:12", "offset": "+8"}, "2026-03-02T10:11:12"),
        ({"taken": "2026:13:02 10:11:12"}, None),
        ({"taken": "0000:00:00 00:00:00"}, None),
        ({"taken": "    :  :     :  :  "}, None),
        ({"taken": "2026-03-02 10:11:12"}, None),
    ],
)
def test_the_time_is_the_cameras_with_its_offset_where_stated(tags, captured):
    assert read(exif(**tags)).captured_at == captured


def test_the_camera_is_named_without_what_cannot_be_printed():
    block = exif()
    block[0x010F], block[0x0110] = "HUAWEI\0", "Mate\x1b 60"

    assert read(block).camera == "HUAWEI Mate 60"


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_impossible_orientation_is_upright(orientation):
    assert read(exif(orientation)).orientation == 1


def test_a_block_that_cannot_be_read_says_nothing():
    image = Image.open(BytesIO(encode(halves())))
    image.info["exif"] = b"Exif\0\0not a tiff header"

    assert read_exif(image) == Exif()


def test_a_position_is_read_with_its_height_and_datum():
    tags = HERE | {5: b"\1", 6: IFDRational(25, 2), 18: "WGS-84  \0", 31: IFDRational(5)}

    position, flags, declared = read_gps(tags)

    assert position is not None
    assert position.lat == pytest.approx(23 + 33 / 60 + 12 / 3600, abs=1e-12)
    assert position.lon == pytest.approx(116.35, abs=1e-12)
    assert (position.altitude, position.accuracy) == (-12.5, 5)
    assert (flags, declared) == ((), True)


@pytest.mark.parametrize(("declared", "datum"), [("GCJ-02", Datum.GCJ02), ("bd09", Datum.BD09)])
def test_a_declared_chinese_datum_is_kept_as_declared(declared, datum):
    position, _, _ = read_gps(HERE | {18: declared})

    assert position is not None
    assert position.datum is datum


def test_an_undeclared_datum_is_told():
    assert read_gps(HERE)[2] is False


def test_south_and_west_are_negative():
    position, _, _ = read_gps(HERE | {1: "S", 3: "W"})

    assert position is not None
    assert position.lat < 0 > position.lon


NAN = IFDRational(0, 0)


@pytest.mark.parametrize(
    ("change", "flags"),
    [
        ({2: None, 4: None}, [Flag.ABSENT]),
        ({2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, [Flag.ZERO]),
        ({2: (NAN, NAN, NAN), 4: (NAN, NAN, NAN)}, [Flag.INVALID]),
        ({2: (23.0, 33.0, NAN)}, [Flag.INVALID]),
        ({2: (float("inf"), 0.0, 0.0)}, [Flag.INVALID]),
        ({2: (91.0, 0.0, 0.0), 4: (10.0, 0.0, 0.0)}, [Flag.INVALID]),
        ({4: (181.0, 0.0, 0.0)}, [Flag.INVALID]),
        ({2: (116.0, 21.0, 0.0), 4: (23.0, 33.0, 0.0)}, [Flag.INVALID, Flag.SWAPPED]),
        ({1: "E", 3: "N"}, [Flag.INVALID, Flag.SWAPPED]),
        ({1: None}, [Flag.INVALID]),
        ({3: None}, [Flag.INVALID]),
        ({3: "?"}, [Flag.INVALID]),
        ({2: (23.0, 60.0, 0.0)}, [Flag.INVALID]),
        ({2: (23.0, 0.0, 60.0)}, [Flag.INVALID]),
        ({2: (-23.0, 0.0, 0.0)}, [Flag.INVALID]),
        ({2: (23.0, 30.0)}, [Flag.INVALID]),
        ({2: 23.5}, [Flag.INVALID]),
        ({2: ("a", "b", "c")}, [Flag.INVALID]),
        ({4: None}, [Flag.INVALID]),
        ({18: "TOKYO"}, [Flag.INVALID]),
    ],
)
def test_a_place_that_cannot_be_is_flagged_and_never_mended(change, flags):
    tags = {tag: value for tag, value in (HERE | change).items() if value is not None}

    position, found, _ = read_gps(tags)

    assert position is None
    assert list(found) == flags


values = st.one_of(
    st.none(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.integers(),
    st.floats(),
    st.builds(IFDRational, st.integers(0, 2**32), st.integers(0, 3)),
)


@given(st.dictionaries(st.integers(0, 31), values | st.tuples(values, values, values)))
def test_no_tags_make_a_position_out_of_range(tags):
    position, flags, _ = read_gps(tags)

    raw(tags)
    if position is None:
        assert flags
    else:
        assert -90 <= position.lat <= 90
        assert -180 <= position.lon <= 180
        assert position.altitude is None or abs(position.altitude) >= 0


def test_what_exif_says_of_the_place_is_kept_word_for_word():
    kept = raw({1: "N\0", 2: (IFDRational(23), NAN, 1.5), 5: b"\0", 99: "unknown"})

    assert kept == {"latitude_ref": "N", "latitude": ["23/1", "0/0", "1.5"], "altitude_ref": "00"}


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe0", Format.JPEG),
        (b"\x89PNG\r\n\x1a\n", Format.PNG),
        (b"RIFF\0\0\0\0WEBPVP8 ", Format.WEBP),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Format.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Format.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", None),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1heic", None),
        (b"\0\0\0\x18ftypisom\0\0\0\0mp41heic", None),
        (b"RIFF\0\0\0\0WAVEfmt ", None),
        (b"", None),
    ],
)
def test_the_kind_is_told_by_the_first_bytes(start, kind):
    assert kind_of(start) is kind


def test_a_refused_file_is_called_by_what_it_looks_like():
    assert name_of(b"GIF89a" + b"\0" * 20) == "image/gif"
    assert "empty" in name_of(b"")
    assert "unknown" in name_of(b"hello")
    assert Format.WEBP.media_type == "image/webp"


@pytest.mark.parametrize(
    "packet",
    [
        b'<rdf:Description exif:GPSLatitude="23,33.2N" exif:GPSLongitude="116,21.0E"/>',
        b"<exif:GPSLatitude>23,33.2N</exif:GPSLatitude><exif:GPSLongitude>116,21.0E</exif:GPS>",
    ],
)
def test_a_position_in_xmp_is_reported_and_not_taken(packet):
    image = Image.open(BytesIO(encode(halves(), xmp=packet)))

    found = read_exif(image)

    assert found.beside == {"xmp": {"GPSLatitude": "23,33.2N", "GPSLongitude": "116,21.0E"}}
    assert read_gps(found.gps) == (None, (Flag.ABSENT,), False)


def test_maker_notes_are_told_by_their_length():
    block = Image.Exif()
    block[0x8769] = {0x927C: b"\x00" * 300}

    assert read(block).beside == {"maker_note_bytes": 300}


def test_xmp_that_is_none_says_nothing():
    assert read_exif(Image.open(BytesIO(encode(halves(), xmp=b"\xff\xfe<exif:GPS")))).beside == {}
