import random
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.places.actions import fault_of, metres, place, to_wgs84
from media.places.datum import from_wgs84, in_china
from media.places.model import Datum, Flag, Margins, Position, Site, Source

GATE = Site(116.3500, 23.5500, tolerance=200)

inside = st.tuples(st.floats(73.6, 135), st.floats(18.2, 53.5))


def at(east=0.0, north=0.0, datum=Datum.WGS84, source=Source.EXIF, accuracy=None, site=GATE):
    """A position so many metres east and north of the site, given in the datum."""
    lon = site.lon + east / (111_320 * cos(radians(site.lat)))
    lat = site.lat + north / 110_900
    lon, lat = from_wgs84((lon, lat), datum)
    return Position(lon, lat, source=source, accuracy=accuracy)


@given(inside, st.sampled_from(Datum))
def test_there_and_back_again_is_a_millionth_of_a_metre(point, datum):
    back = to_wgs84(*from_wgs84(point, datum), datum)

    assert metres(Position(*back), Position(*point)) == 0
    assert max(abs(back[0] - point[0]), abs(back[1] - point[1])) < 1e-11


@given(inside)
def test_the_shifts_are_of_the_size_that_is_known(point):
    gcj02 = metres(Position(*point), Position(*from_wgs84(point, Datum.GCJ02)))
    bd09 = metres(Position(*point), Position(*from_wgs84(point, Datum.BD09)))

    assert 10 < gcj02 < 1000
    assert 300 < bd09 < 2500


def test_known_points_are_shifted_as_maps_shift_them():
    """Tiananmen, to within a metre of what map services show."""
    lon, lat = from_wgs84((116.391349, 39.907375), Datum.GCJ02)

    assert (lon, lat) == pytest.approx((116.397593, 39.908777), abs=1e-5)


@pytest.mark.parametrize("point", [(2.297, 48.857833), (-122.0, 37.4), (151.2, -33.9)])
@pytest.mark.parametrize("datum", Datum)
def test_outside_of_china_nothing_is_shifted(point, datum):
    assert not in_china(*point)
    assert from_wgs84(point, datum) == point
    assert to_wgs84(*point, datum) == point


def test_a_photo_at_the_gate_has_no_flags():
    placed = place(at(20, 10), device=at(15, 5, source=Source.DEVICE), site=GATE)

    assert placed.flags == ()
    assert placed.position == at(20, 10)
    assert placed.distance_to_site_m == pytest.approx(22.4, abs=0.5)
    assert placed.exif_to_device_m == pytest.approx(7.1, abs=0.5)
    assert placed.device_to_site_m == pytest.approx(15.8, abs=0.5)


def test_a_declared_datum_is_converted_and_the_original_kept():
    declared = at(20, 10, Datum.GCJ02)
    declared = Position(declared.lon, declared.lat, datum=Datum.GCJ02, source=Source.EXIF)

    placed = place(declared, site=GATE)

    assert placed.flags == ()
    assert placed.given == (declared,)
    assert placed.position.datum is Datum.WGS84
    assert placed.distance_to_site_m == pytest.approx(22.4, abs=0.5)


def test_without_exif_the_device_is_the_witness():
    placed = place(None, [Flag.ABSENT], device=at(10, source=Source.DEVICE), site=GATE)

    assert placed.flags == (Flag.ABSENT,)
    assert placed.position.source is Source.DEVICE
    assert placed.distance_to_site_m == pytest.approx(10, abs=0.5)
    assert placed.exif_to_site_m is None


def test_without_any_witness_there_is_no_place():
    placed = place(None, [Flag.ZERO], site=GATE)

    assert (placed.position, placed.flags, placed.distance_to_site_m) == (None, (Flag.ZERO,), None)


def test_far_from_the_site_is_flagged_and_the_accuracy_is_credited():
    assert place(at(1, 900), site=GATE).flags == (Flag.FAR_FROM_SITE,)
    assert place(at(-250), site=GATE).flags == (Flag.FAR_FROM_SITE,)
    assert place(at(-250, accuracy=80), site=GATE).flags == ()
    assert place(at(-250, accuracy=1e9), site=GATE).flags == ()
    assert Flag.FAR_FROM_SITE in place(at(-900, accuracy=1e9), site=GATE).flags


def test_another_county_is_out_of_region():
    assert place(at(0, 150_000), site=GATE).flags == (Flag.OUT_OF_REGION, Flag.FAR_FROM_SITE)
    assert place(Position(2.3, 48.9)).flags == (Flag.OUT_OF_REGION,)
    assert place(Position(116.3, 23.5)).flags == ()


@pytest.mark.parametrize(
    ("region", "kilometres"), [("", 100), ("445202", 100), ("445200", 250), ("440000", 1000)]
)
def test_a_region_reaches_as_far_as_its_level(region, kilometres):
    site = Site(GATE.lon, GATE.lat, region=region)

    near = place(at(0, (kilometres - 5) * 1000), site=site)
    far = place(at(0, (kilometres + 15) * 1000), site=site)

    assert Flag.OUT_OF_REGION not in near.flags
    assert Flag.OUT_OF_REGION in far.flags


def test_exif_and_device_apart_are_flagged():
    placed = place(at(), device=at(0, -190, source=Source.DEVICE), site=GATE)
    apart = place(at(0, 150), device=at(0, -150, source=Source.DEVICE), site=GATE)

    assert placed.flags == ()
    assert apart.flags == (Flag.SOURCE_DIFFERS,)
    loose = Margins(sources=400)
    assert place(at(0, 150), device=at(0, -150), site=GATE, margins=loose).flags == ()


@pytest.mark.parametrize(
    ("datum", "flag"),
    [(Datum.GCJ02, Flag.SUSPECTED_GCJ02), (Datum.BD09, Flag.SUSPECTED_BD09)],
)
def test_a_chinese_datum_passed_off_as_wgs84_is_suspected_and_not_corrected(datum, flag):
    passed_off = at(10, 10, datum)

    by_site = place(passed_off, site=GATE)
    by_device = place(passed_off, device=at(0, 0, source=Source.DEVICE))

    assert flag in by_site.flags
    assert flag in by_device.flags
    assert by_site.position == passed_off


def test_exchanged_values_are_suspected_by_the_site():
    site = Site(80.0, 40.0)

    placed = place(Position(40.0, 80.0), site=site)

    assert Flag.SWAPPED in placed.flags
    assert placed.position == Position(40.0, 80.0)


@pytest.mark.parametrize(
    ("lon", "lat", "flag"),
    [
        (0.0, -0.0, Flag.ZERO),
        (float("nan"), 20, Flag.INVALID),
        (20, float("inf"), Flag.INVALID),
        (200, 20, Flag.INVALID),
        (10, 91, Flag.INVALID),
        (23.5, 116.3, Flag.SWAPPED),
        (116.3, 23.5, None),
    ],
)
def test_a_fix_that_cannot_be_is_flagged_and_passed_over(lon, lat, flag):
    fix = Position(lon, lat, source=Source.DEVICE)

    placed = place(at(), device=fix, site=GATE)

    assert fault_of(fix) is flag
    assert placed.position == at()
    if flag:
        assert flag in placed.flags
        assert placed.exif_to_device_m is None


def test_f20_shifted_points_are_suspected_and_true_ones_are_not():
    """F20: 95 % of a thousand shifted points inside China, at most 1 % of the true ones."""
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    suspected = dict.fromkeys(Datum, 0)
    for _ in range(1000):
        site = Site(chance.uniform(98, 122), chance.uniform(22, 42))
        for datum in Datum:
            seen = at(chance.gauss(0, 15), chance.gauss(0, 15), datum, site=site)
            flags = place(seen, site=site).flags
            suspected[datum] += any(flag.startswith("suspected") for flag in flags)
    assert suspected[Datum.GCJ02] >= 950, seed
    assert suspected[Datum.BD09] >= 950, seed
    assert suspected[Datum.WGS84] <= 10, seed


def yard(*corners):
    """A site whose outline has corners so many metres east and north of its point."""
    ring = tuple((each.lon, each.lat) for each in (at(east, north) for east, north in corners))
    return Site(GATE.lon, GATE.lat, 50, outline=ring)


SQUARE = yard((-100, -100), (300, -100), (300, 300), (-100, 300))
HOOK = yard((0, 0), (300, 0), (300, 300), (200, 300), (200, 100), (0, 100))


@pytest.mark.parametrize(
    ("site", "east", "north", "metres_away"),
    [
        (SQUARE, 0, 0, 0),
        (SQUARE, 299, 299, 0),
        (SQUARE, 340, 100, 40),
        (SQUARE, 330, 340, 50),
        (SQUARE, 100, -180, 80),
        (HOOK, 250, 250, 0),
        (HOOK, 100, 200, 100),
        (HOOK, -30, 50, 30),
    ],
)
def test_the_distance_to_an_outline_is_zero_inside(site, east, north, metres_away):
    assert metres(at(east, north), site) == pytest.approx(metres_away, abs=0.6)


@given(st.floats(-900, 900), st.floats(-900, 900))
def test_no_point_is_farther_from_the_outline_than_from_a_corner(east, north):
    here = at(east, north)

    to_corners = [metres(here, Position(*corner)) for corner in SQUARE.outline]

    assert metres(here, SQUARE) <= min(to_corners) + 0.02


def test_what_lies_in_the_grounds_is_not_far_from_the_site():
    inside, outside = at(290, 290), at(300, 380)

    assert place(inside, site=SQUARE).flags == ()
    assert place(outside, site=SQUARE).flags == (Flag.FAR_FROM_SITE,)
    assert place(inside, site=GATE).flags == (Flag.FAR_FROM_SITE,)
