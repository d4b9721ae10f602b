"""Text that can be read, and times that can be reckoned with."""

import pytest
from marshmallow import ValidationError

from media.schemas import moment, prose, text

LEGIBLE = ["演示县实验幼儿园", "𠮷", "a b", "O'Neil & <b>", "$where", "٣", "👩‍👩‍👧", "क्ष", "x" * 40]
ILLEGIBLE = [
    "",
    " ",
    "\t",
    "\u3000",
    "\x00",
    "甲\x00乙",
    "\x1b[31m",
    "甲\x7f",
    "\x85",
    "甲\u2028乙",
]
TURNED = ["\u202e甲", "甲\u202a", "\u2066甲\u2069"]
LINES = ["甲\n乙", "甲\r\n乙", "一\t二", "甲\n"]


@pytest.mark.parametrize("written", LEGIBLE)
def test_what_can_be_read_is_taken_as_it_is(written):
    assert text(40).deserialize(written) == prose(40).deserialize(written) == written


@pytest.mark.parametrize("written", [*ILLEGIBLE, *TURNED, "x" * 41])
@pytest.mark.parametrize("field", [text, prose])
def test_what_is_blank_or_unseen_or_turned_or_long_is_refused(field, written):
    with pytest.raises(ValidationError):
        field(40).deserialize(written)


@pytest.mark.parametrize("written", LINES)
def test_only_prose_has_lines(written):
    assert prose(40).deserialize(written) == written
    with pytest.raises(ValidationError):
        text(40).deserialize(written)


@pytest.mark.parametrize(
    "written", ["1970-01-01T00:00:00+08:00", "2026-03-02T10:00:00+08:00", "2199-12-31T00:00:00Z"]
)
def test_a_tablets_wrong_clock_is_taken(written):
    assert moment().deserialize(written).tzinfo


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1899-12-31T23:59:59Z",
        "2026-03-02T10:00:00",
        "2026-03-02",
    ],
)
def test_a_time_that_no_calendar_reaches_or_that_has_no_offset_is_refused(written):
    with pytest.raises(ValidationError):
        moment().deserialize(written)
