"""Names that a private kindergarten may not bear: those of public ones, however shortened."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from checklists.naming.model import CERTAIN, Checked, Finding, Question, Rule, Verdict
from checklists.naming.signs import compared, offsets
from checklists.naming.surroundings import region_end
from checklists.naming.weighing import LIKELY, OPEN, PRIVATE

_LAST = re.compile(
    r"(?:附属|附设)?(?:实验)?(?:幼儿园|幼稚园|幼儿学校|幼教中心|幼园|托儿所|小学|中学|学校)+(?:[总分]园|[东西南北]园区?|分部)?$"
)
_UNIT = re.compile(r"^.{1,6}?[省市县区镇乡](?!区)")
_NUMBER = re.compile(r"^(?:第)?([一二三四五六七八九十\d]{1,3})(?:实验|中心)?$")
ALIKE = 0.86
LEAST = 3
"""A name of fewer characters is compared whole: the shorter, the more are alike by chance."""


def core(name: str) -> str:
    """Return what a name is told by: without regions before and the word for school behind."""
    plain = compared(name)
    plain = plain[region_end(plain) :]
    kept = _LAST.sub("", plain)
    shorter = _UNIT.sub("", kept)
    return shorter if len(shorter) >= 2 else kept


class Namesakes:
    """The names of public kindergartens and schools near by, found by what they are told by."""

    def __init__(self, names: Iterable[str]) -> None:
        self._cores: dict[str, str] = {}
        for name in names:
            told = core(name)
            if len(told) >= 2:
                self._cores.setdefault(told, name)
            if number := _NUMBER.match(told):
                self._cores.setdefault(f"{number[1]}幼", name)
        self._pairs: dict[str, list[str]] = defaultdict(list)
        for told in self._cores:
            if len(told) >= LEAST:
                for pair in _pairs(told):
                    self._pairs[pair].append(told)

    def with_names(self, checked: Iterable[tuple[tuple[str, str], Checked]]) -> Iterator[Checked]:
        """Return the verdicts with what was found among the names of public ones."""
        for (name, nature), each in checked:
            found = self.find(name) if nature == PRIVATE else None
            yield _joined(each, found) if found else each

    def find(self, name: str) -> Finding | None:
        """Return the finding of the public name that a private one bears, if any."""
        told = core(name)
        if len(told) < 2 or not self._cores:
            return None
        if told in self._cores:
            other = self._cores[told]
            whole = compared(other) == compared(name)
            return _finding(name, told, other, LIKELY if whole else OPEN)
        alike = self._alike(told)
        return _finding(name, told, self._cores[alike], OPEN) if alike else None

    def _alike(self, told: str) -> str | None:
        """Return the nearest name: held in the other, or with a sign or two that differ."""
        if len(told) < LEAST:
            return None
        best, found = ALIKE, None
        near = dict.fromkeys(
            other for pair in sorted(_pairs(told)) for other in self._pairs.get(pair, ())
        )
        for other in near:
            alike = 1.0 if other in told else Indel.normalized_similarity(told, other)
            if alike >= best:
                best, found = alike, other
        return found


def _pairs(told: str) -> set[str]:
    return {told[at : at + 2] for at in range(len(told) - 1)}


@lru_cache(maxsize=32)
def namesakes(names: Sequence[str]) -> Namesakes:
    """Return the namesakes of some names, made once."""
    return Namesakes(names)


def _finding(name: str, told: str, other: str, confidence: float) -> Finding:
    at = offsets(name)
    start = compared(name).find(told)
    first, last = at[start], at[start + len(told) - 1] + 1
    why = f"与公办的“{other}”同名"
    if confidence >= CERTAIN:
        return Finding(Rule.PUBLIC_NAME, other, first, last, confidence, why)
    ask = Question(
        f"请核对名称是否使用了公办的“{other}”的名称或简称，双方有无关系？",
        f"Does the name use that of the public “{other}”, or its short form; are they related?",
    )
    return Finding(Rule.PUBLIC_NAME, other, first, last, confidence, ask.zh, ask)


def _joined(checked: Checked, found: Finding) -> Checked:
    findings = tuple(sorted((*checked.findings, found), key=lambda each: (each.start, -each.end)))
    broken = any(each.confidence >= CERTAIN for each in findings)
    return Checked(checked.name, Verdict.VIOLATION if broken else Verdict.REVIEW, findings)
