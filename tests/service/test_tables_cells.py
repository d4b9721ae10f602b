"""What cells say, heading by heading, value by value."""

import pytest

from service.tables import cells
from service.tables.errors import HeadingsWrong
from service.tables.judging import column_at, differing, match_headings, read_cells, sentence
from service.tables.kindergartens import COLUMNS, PERSON
from service.tables.model import Trouble

DAYS = ["2024-09-01", "2024/9/1", "2024.9.1", "2024年9月1日", "2024 年 9 月 1 日", "20240901"]


@pytest.mark.parametrize("spelling", DAYS)
def test_a_day_is_read_in_the_usual_spellings(spelling):
    assert cells.day(spelling) == "2024-09-01"


@pytest.mark.parametrize("spelling", ["2024-13-01", "2024-02-30", "9/1/2024", "45536", "明天", "1"])
def test_what_is_no_day_says_so(spelling):
    with pytest.raises(cells.Unreadable):
        cells.day(spelling)


@pytest.mark.parametrize(
    ("said", "meant"), [("是", True), ("Yes", True), ("否", False), ("0", False)]
)
def test_yes_and_no_are_read_in_both_languages(said, meant):
    assert cells.yes_no(said) is meant
    assert cells.yes_no(cells.write_yes_no(meant)) is meant


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (cells.yes_no, "也许"),
        (cells.whole, "-1"),
        (cells.whole, "１２"),
        (cells.whole, "3.5"),
        (cells.decimal, "nan"),
        (cells.decimal, "1e999999"),
        (cells.choice(("公办", "public"))[0], "私立"),
        (lambda cell: cells.fields(cell, PERSON, "姓名/职务/电话", 2), "姓名甲"),
        (lambda cell: cells.fields(cell, PERSON, "姓名/职务/电话", 2), "a/b/c/d"),
    ],
)
def test_what_a_column_does_not_take_is_said_in_two_languages(read, said):
    with pytest.raises(cells.Unreadable) as refused:
        read(said)

    assert refused.value.zh
    assert any("a" <= sign <= "z" for sign in refused.value.en)


def test_a_choice_is_written_in_chinese():
    read, write = cells.choice(("公办", "public"), ("民办", "private"))

    assert (read("Public"), read("公办"), write("private")) == ("public", "public", "民办")


def test_numbers_are_read():
    assert (cells.whole("007"), cells.decimal("-116.5")) == (7, -116.5)


THINGS = [
    [{"name": "姓名甲", "duty": "园长", "phone": "138"}, {"name": "姓名乙", "duty": "举办者"}],
    [{"name": "甲;/乙；／", "duty": "末\\"}, {"name": "丙", "duty": "\\/"}],
    [],
]


@pytest.mark.parametrize("things", THINGS)
def test_a_list_of_persons_is_written_as_it_is_read(things):
    cell = cells.write_fields(things, PERSON)

    assert cells.fields(cell, PERSON, "姓名/职务/电话", 2) == things


def test_a_list_is_written_as_it_is_read():
    parts = ["990102", "a;b", "c\\"]

    assert cells.listed(cells.write_listed(parts)) == parts
    assert cells.listed("990102;； 990103") == ["990102", "990103"]


@pytest.mark.parametrize(
    "heading", ["机构标识码", "标识码*", "Code", " code ", "机构标识码（必填）"]
)
def test_a_heading_is_known_in_either_language(heading):
    assert match_headings([heading], COLUMNS, "code")[0].name == "code"


def test_headings_of_the_report_are_left_out():
    found = match_headings(["行号", "问题", "code"], COLUMNS, "code")

    assert [column and column.name for column in found] == [None, None, "code"]


@pytest.mark.parametrize(
    "headings",
    [["code", "密码"], ["code", "标识码"], ["名称"], ["code", "lon"], ["code", ""], []],
)
def test_other_headings_are_refused(headings):
    with pytest.raises(HeadingsWrong):
        match_headings(headings, COLUMNS, "code")


def test_a_heading_that_is_a_formula_is_refused():
    with pytest.raises(HeadingsWrong):
        match_headings(["code", Trouble("", "=1", "公式", "formula")], COLUMNS, "code")


def test_cells_become_values_and_troubles():
    formula = Trouble("", "=1", "公式", "formula")
    row = {"code": "1", "nature": "?", "headcount": "", "rural": "", "name": formula}

    values, troubles = read_cells(row, COLUMNS)

    assert values == {("code",): "1", ("headcount",): None, ("rural",): False}
    assert [(each.column, each.value) for each in troubles] == [("name", "=1"), ("nature", "?")]
    assert sentence(troubles, {"name": "名称"}).startswith("名称：公式 / formula；")


def test_only_what_differs_is_told_and_white_space_does_not():
    assert differing({"a": "1 ", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == (
        {"b": "2", "c": ""},
        {"b": "3", "c": "4"},
    )


@pytest.mark.parametrize(
    ("path", "column"),
    [
        (["licence", "number"], "licence_number"),
        (["licence"], "licence_number"),
        (["persons_in_charge", "0", "phone"], "persons_in_charge"),
        (["elsewhere"], ""),
        ([], ""),
    ],
)
def test_a_fault_of_the_wire_is_told_at_its_column(path, column):
    assert column_at(path, COLUMNS) == column
