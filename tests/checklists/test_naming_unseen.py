"""How the name check does on names written without a look at it.

Of `unseen/names.tsv` the rows of odd number were opened after the first score, and what they taught
went into the lists; those of even number have only ever been counted. Neither is printed here.
"""

import csv
from pathlib import Path

import pytest

from checklists.naming.actions import check

TABLE = Path(__file__).parent / "unseen" / "names.tsv"


def tallied(half):
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[half::2]
    found = [each.verdict for each in check([(row["name"], row["nature"]) for row in rows])]
    return [(row["verdict"], str(verdict)) for row, verdict in zip(rows, found, strict=True)]


@pytest.mark.parametrize(("half", "least"), [(0, 0.98), (1, 0.95)], ids=["opened", "unopened"])
def test_names_are_judged_as_another_person_judged_them(half, least):
    told = tallied(half)

    assert sum(wanted == got for wanted, got in told) >= least * len(told)


@pytest.mark.parametrize("half", [0, 1], ids=["opened", "unopened"])
def test_no_violation_is_let_through(half):
    told = tallied(half)

    assert sum(wanted == "violation" for wanted, _ in told) > 70
    assert ("violation", "ok") not in told


@pytest.mark.parametrize("half", [0, 1], ids=["opened", "unopened"])
def test_no_innocent_name_is_called_a_violation(half):
    assert ("ok", "violation") not in tallied(half)


@pytest.mark.parametrize(
    ("name", "nature", "verdict"),
    [
        ("音乐幼儿园", "民办", "review"),  # a subject alone; behind a name of one's own; as a claim
        ("小海豚音乐幼儿园", "民办", "violation"),
        ("小海豚体能课程幼儿园", "民办", "violation"),
        ("佳音乐园幼儿园", "民办", "ok"),
        ("第二幼儿园", "民办", "review"),  # a number alone, in a chain, of a county
        ("小蜜蜂第二幼儿园", "民办", "ok"),
        ("晨曦县第二幼儿园", "民办", "violation"),
        ("晨曦县第二幼儿园", "", "ok"),
        ("晨曦师大幼儿园", "", "review"),  # a school's name: nature unknown, beside it, twice over
        ("复旦大学附近幼儿园", "民办", "review"),
        ("晨曦师大实验幼儿园", "民办", "violation"),
        ("春芽附属幼儿园", "民办", "review"),
        ("万科国际幼儿园", "民办", "review"),  # where it stands: private ones are asked, public not
        ("人民路8号国际幼儿园", "民办", "review"),
        ("世界花园社区幼儿园", "民办", "review"),
        ("世界花园社区幼儿园", "公办", "ok"),
        ("美术学院附属幼儿园", "公办", "ok"),
        ("龙泉寺幼儿园", "公办", "ok"),
        ("天堂圣光幼儿园", "民办", "violation"),  # two religious words in a row
        ("XQ幼儿园", "民办", "review"),  # initials, pinyin with tones, words spelt like pinyin
        ("KFC幼儿园", "民办", "violation"),
        ("tàiyáng幼儿园", "民办", "review"),
        ("China幼儿园", "民办", "violation"),
        ("guo际幼儿园", "民办", "violation"),  # a listed term half in letters, others in parts
        ("剑木乔幼儿园", "民办", "violation"),
        ("奥斯迪尔幼儿园", "民办", "review"),  # foreign by its syllables
        ("迪迪幼儿园", "民办", "ok"),
        ("成双语溪幼儿园", "民办", "ok"),
    ],
)
def test_what_the_opened_half_taught(name, nature, verdict):
    assert next(check([(name, nature)])).verdict == verdict
