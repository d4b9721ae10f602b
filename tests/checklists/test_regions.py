import pytest

from checklists.regions import codes as regions
from media.refusals import BadValue


def test_a_countys_ancestors_are_its_city_its_province_and_the_nation():
    assert regions.ancestors("445202") == ("445200", "440000", "000000")


def test_a_district_of_a_municipality_stands_under_it_at_once():
    assert regions.ancestors("110101") == ("110000", "000000")


def test_the_nation_has_no_ancestors():
    assert regions.ancestors("000000") == ()


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("445202", "445202"), ("445200", "4452"), ("440000", "44"), ("000000", "")],
)
def test_a_prefix_is_what_descendants_begin_with(code, prefix):
    assert regions.prefix(code) == prefix


def test_names_are_read_whole():
    assert regions.full_name("445202") == "广东省揭阳市榕城区"
    assert regions.name("710000") == "台湾省"
    assert regions.exists("510800")


def test_the_fictional_regions_say_that_they_are():
    codes = [code for code in regions.seeded() if code.startswith("99")]

    assert codes == ["990000", "990100", "990102", "990103"]
    assert all("虚构" in regions.name(code) and regions.is_fictional(code) for code in codes)
    assert not regions.is_fictional("440000")


def test_an_unknown_code_is_refused():
    with pytest.raises(BadValue):
        regions.name("123456")
