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


@pytest.mark.parametrize(("half", "least"), [(0, 0.98), (1, 0.89)], ids=["opened", "unopened"])
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
