"""The same picture used twice, or for two sites, is flagged; nothing else is."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from media.evidence.model import Reuse
from media.evidence.reuse import NEAR, Known, alike, bands, distance, reuse
from media.photos.drawing import draw_photo
from media.photos.likeness import likeness
from media.refusals import NotPermitted
from tests.builders import NOON
from tests.media.picture import encode

LIKENESS = st.integers(0, (1 << 128) - 1).map(lambda bits: f"{bits:032x}")


def gate(posts=3, width=1600, caption="gate"):
    return draw_photo(caption, NOON, 116.39, 39.9, posts=posts, width=width)


def stored_anew(data, quality=60, scale=2):
    image = Image.open(BytesIO(data))
    return encode(image.resize((image.width // scale, image.height // scale)), quality=quality)


def shown(data):
    return likeness(Image.open(BytesIO(data)).convert("RGB"))


def flip(text, places):
    bits = int(text, 16)
    for place in places:
        bits ^= 1 << place
    return f"{bits:032x}"


@given(LIKENESS, st.sets(st.integers(0, 127), max_size=NEAR))
def test_two_likenesses_that_differ_little_share_a_band_or_only_even_ones(one, places):
    other = flip(one, places)

    assert distance(one, other) == len(places)
    if len(bands(one)) == len(bands(other)) == NEAR + 1:
        assert set(bands(one)) & set(bands(other))


@pytest.mark.parametrize(("quality", "scale"), [(40, 1), (60, 2), (80, 4)])
def test_a_picture_stored_anew_or_made_smaller_keeps_its_likeness(quality, scale):
    assert distance(shown(gate()), shown(stored_anew(gate(), quality, scale))) <= NEAR


def test_the_drawn_photos_of_two_places_are_two_pictures():
    drawn = [shown(gate(caption=f"gate {number}")) for number in range(12)]

    apart = [distance(one, other) for at, one in enumerate(drawn) for other in drawn[:at]]

    assert min(apart) > NEAR


def test_a_brighter_copy_keeps_its_likeness():
    image = Image.open(BytesIO(gate())).convert("RGB")

    assert distance(likeness(image), likeness(ImageEnhance.Brightness(image).enhance(1.1))) <= NEAR


def test_a_picture_that_shows_nothing_has_no_likeness():
    assert likeness(Image.new("RGB", (320, 240), (90, 90, 90))) is None
    assert distance(None, "0" * 32) == 128


def test_photos_of_the_corpus_are_not_taken_for_one_another(manifest, photos):
    found = {}
    for path, expected in manifest:
        if expected.startswith("accept") and len(found) < 25:
            read = photos.read(path.read_bytes())
            if read.likeness and min(read.width, read.height) >= 200:
                found.setdefault(read.sha256, read.likeness)
    pairs = [
        distance(one, other)
        for number, one in enumerate(found.values())
        for other in list(found.values())[:number]
    ]

    near = [each for each in pairs if 0 < each <= NEAR]

    assert len(pairs) > 100
    assert near == []


def known(id_, kindergarten="k1", subject="i1", sha256="a", shown="0" * 31 + "1"):
    return Known(id_, sha256, shown, kindergarten, subject)


def test_the_nearest_comes_first_and_one_visit_may_show_a_thing_twice():
    mine = known("mine")
    same_visit = known("same-visit", sha256="b")
    same_bytes = known("same-bytes")
    later = known("later", subject="i2", sha256="c", shown="0" * 31 + "3")
    other = known("other", kindergarten="k2", subject="i3", sha256="d")
    far = known("far", subject="i4", sha256="e", shown="f" * 32)

    found = alike(mine, [mine, same_visit, later, other, far, same_bytes])

    assert [each.id for each in found] == ["other", "same-bytes", "later"]
    assert reuse(mine, [later]) == (Reuse.USED_TWICE,)
    assert reuse(mine, [later, other]) == (Reuse.USED_TWICE, Reuse.USED_FOR_TWO_SITES)
    assert reuse(mine, [same_visit, far]) == ()


def test_a_picture_used_for_a_second_site_is_flagged_and_shown(keep, room, inspector, noon):
    first = keep(gate())
    second = keep(
        stored_anew(gate()), kindergarten_id="k2", case_id="c2", subject_id="i2", region="445203"
    )

    evidence, found = room.alike(second.id, actor=inspector, now=noon)

    assert first.reuse == ()
    assert second.reuse == (Reuse.USED_FOR_TWO_SITES,)
    assert [each.id for each in found] == [first.id]
    assert evidence == second


def test_the_same_bytes_under_another_id_are_flagged_within_one_visit(keep):
    keep(gate())

    assert keep(gate()).reuse == (Reuse.USED_TWICE,)


def test_a_sealed_photo_gives_nothing_away(keep, room, inspector, noon, transact):
    sealed = keep(gate(), subject_id="i0", seal="v1")
    later = keep(gate(), subject_id="i1")
    under = keep(gate(caption="yard"), subject_id="i2")
    transact(lambda tx: room.seal_up([under.id], "v2", actor=inspector, now=noon, tx=tx))

    assert sealed.reuse == later.reuse == ()
    assert keep(gate(caption="yard"), subject_id="i3").reuse == ()


def test_what_lies_outside_of_the_asker_is_not_listed_and_a_director_is_refused(
    keep, room, inspector, director, noon
):
    keep(gate(), region="110101", kindergarten_id="k9", subject_id="i9")
    mine = keep(gate(), subject_id="i1", disclosed=True)

    assert mine.reuse == (Reuse.USED_FOR_TWO_SITES,)
    assert room.alike(mine.id, actor=inspector, now=noon)[1] == []
    with pytest.raises(NotPermitted):
        room.alike(mine.id, actor=director, now=noon)
