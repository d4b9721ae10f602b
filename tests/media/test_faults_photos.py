"""F17 and F18, fast: bad images, and files that lie about what they are."""

import json
import re
from contextlib import suppress

import pytest
from click.testing import CliRunner
from PIL import Image

from media.photos.errors import KindNotAllowed, PhotoRefused
from service.cli.photos import photos_group
from tests.media.picture import encode, exif, halves

LIES = ["photo.jpg", "page.html", "x.png"]


def verdicts(files):
    done = CliRunner().invoke(photos_group, ["read", *map(str, files)])
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(file) for file in files]
    return lines


@pytest.fixture(scope="module")
def judged(manifest):
    return verdicts([file for file, _ in manifest])


def test_every_file_of_the_corpus_gets_the_verdict_of_its_manifest(manifest, judged):
    wrong = [
        (file.name, expected, line["reason"])
        for (file, expected), line in zip(manifest, judged, strict=True)
        if not expected.startswith(line["verdict"])
    ]

    assert len(judged) > 200
    assert wrong == []


def test_a_lying_name_changes_no_verdict(manifest, judged, tmp_path):
    liars = []
    for number, (file, _) in enumerate(manifest):
        liar = tmp_path / f"{number}-{LIES[number % len(LIES)]}"
        liar.symlink_to(file)
        liars.append(liar)

    lied = verdicts(liars)

    assert [line | {"file": ""} for line in lied] == [line | {"file": ""} for line in judged]


def test_positions_of_the_corpus_are_exact(manifest, judged):
    positions = 0
    for (file, expected), line in zip(manifest, judged, strict=True):
        found = re.match(r"accepted: lat=(\S+) lon=(\S+)", expected)
        if found:
            positions += 1
            assert abs(line["position"]["lat"] - float(found[1])) < 1e-6, file.name
            assert abs(line["position"]["lon"] - float(found[2])) < 1e-6, file.name
            assert line["flags"] == []
        else:
            assert line["position"] is None, file.name
            for flag in re.findall(r"flag gps_(\w+)", expected):
                assert line["flags"] == [flag], file.name
    assert positions > 20


def test_every_verdict_has_a_reason_in_both_languages(judged):
    for line in judged:
        zh, _, en = line["reason"].partition(" / ")
        assert re.search("[\u4e00-\u9fff]", zh), line
        assert re.search("[A-Za-z]{3}", en), line


@pytest.mark.parametrize(
    "start",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"GIF89a",
        b"BM",
        b"II*\0",
        b"\0\0\0\x1cftypavif\0\0\0\0mif1",
        b"",
    ],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(photos, start):
    with pytest.raises(KindNotAllowed):
        photos.read(start + b" " * 100 if start else b"")


def test_derivatives_carry_nothing_of_what_hides_in_the_original(photos):
    block = exif(gps={1: "N", 2: (23.0, 1.0, 2.0), 3: "E", 4: (113.0, 1.0, 2.0)})
    block[0x010E] = "<?php phpinfo(); ?>"
    page = b"<html><script>alert(1)</script></html>"
    polyglot = encode(halves(), exif=block, comment=b"<?php evil ?>") + page

    photo = photos.read(polyglot)

    assert photo.position is not None
    for derivative in photo.derivatives.values():
        assert derivative.endswith(b"\xff\xd9")
        assert not re.search(rb"php|script|Exif|http", derivative)


def test_the_php_photo_of_the_corpus_leaves_no_php_in_its_derivatives(photos, manifest):
    [file] = [file for file, _ in manifest if "PHP_exif" in file.name]
    data = file.read_bytes()
    assert b"<?php" in data or b"phpinfo" in data

    photo = photos.read(data)

    assert not any(b"php" in each for each in photo.derivatives.values())


def test_a_photo_cut_anywhere_is_refused_or_whole(photos):
    for kind in ("JPEG", "PNG", "WEBP"):
        data = encode(Image.effect_noise((64, 64), 60).convert("RGB"), kind)
        for end in range(0, len(data) - 40, max(1, len(data) // 25)):
            with pytest.raises(PhotoRefused):
                photos.read(data[:end])


def test_noise_in_a_photo_never_raises_anything_but_a_refusal(photos, noon):
    data = bytearray(encode(halves(), exif=exif(1, gps={1: "N", 2: (1.0, 2.0, 3.0)})))
    for at in range(2, min(400, len(data))):
        spoilt = bytearray(data)
        spoilt[at] ^= 0xFF
        with suppress(PhotoRefused):
            photos.read(bytes(spoilt))
