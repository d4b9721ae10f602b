"""How a name is found by any part of it: its single characters and pairs of characters."""

from itertools import pairwise
from unicodedata import normalize


def fold(name: str) -> str:
    """Return the name as it is searched: compatibility forms, one case, no white space."""
    return "".join(normalize("NFKC", name).casefold().split())


def grams(name: str) -> list[str]:
    """Return what a name is indexed by: each character and each pair of neighbours, once."""
    folded = fold(name)
    pairs = {first + second for first, second in pairwise(folded)}
    return sorted(pairs | set(folded))


def wanted(part: str) -> list[str]:
    """Return the grams that every name holding the part has: its pairs, or its one character."""
    folded = fold(part)
    if len(folded) < 2:
        return list(folded)
    return sorted({first + second for first, second in pairwise(folded)})
