"""What stands on sign, seal and licence, beside the name that was approved."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from checklists.naming.signs import compared

MEDDLED = dict.fromkeys(map(ord, " \t\u3000\n\r"))
"""Space is layout, on a seal as on a sign."""


class Difference(StrEnum):
    """`form`: the same characters in another form, as traditional ones or with a symbol between."""

    NONE = "none"
    FORM = "form"
    WORDING = "wording"


class Carrier(NamedTuple):
    """How what a carrier bears differs; `at` is where, an offset in the words as they stand."""

    carrier: str
    words: str
    difference: Difference
    at: int | None = None


def compare(approved: str, carriers: Mapping[str, str]) -> tuple[Carrier, ...]:
    """Return, carrier by carrier (园牌, 印章, 许可证 …), how its words differ from the approved."""
    return tuple(_compared(approved, carrier, words) for carrier, words in carriers.items())


def same(approved: str, words: str) -> bool:
    """Tell whether the words are the approved name, however they are laid out."""
    return approved.translate(MEDDLED) == words.translate(MEDDLED)


def _compared(approved: str, carrier: str, words: str) -> Carrier:
    if same(approved, words):
        return Carrier(carrier, words, Difference.NONE)
    alike = compared(approved) == compared(words)
    wanted = approved.translate(MEDDLED)
    standing = [(at, sign) for at, sign in enumerate(words) if ord(sign) not in MEDDLED]
    agreed = sum(
        1
        for _ in takewhile(lambda pair: pair[0][1] == pair[1], zip(standing, wanted, strict=False))
    )
    at = standing[agreed][0] if agreed < len(standing) else len(words)
    return Carrier(carrier, words, Difference.FORM if alike else Difference.WORDING, at)
