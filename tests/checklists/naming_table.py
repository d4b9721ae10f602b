"""The names with the verdict that an official would give, as `naming_table.tsv` has them.

Written down before the check was tuned; what shows nothing is written as its escape there.
"""

import re
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    name: str
    nature: str
    verdict: str
    rule: str


def rows():
    lines = Path(__file__).with_name("naming_table.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines[1:])
    return [Row(shown(name), *rest) for name, *rest in cells]


def shown(name):
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), name)
