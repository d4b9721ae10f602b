"""What a term means where it stands in a name: a breach, a question, or nothing at all."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from checklists.naming.model import CERTAIN, Finding, Question, Rule
from checklists.naming.surroundings import (
    a_chain,
    a_college,
    a_community,
    a_course,
    a_developer,
    a_facility,
    a_landmark,
    a_public_school,
    a_settlement,
    an_estate,
    beside,
    ends_name,
    names_a_school,
    on_a_road,
    parted,
    region_end,
)
from checklists.naming.terms import Term

PRIVATE, PUBLIC = "民办", "公办"
SURE, LIKELY, OPEN, FAINT = 0.95, 0.85, 0.5, 0.4
_UNITS = (*"省市县区镇乡村旗州盟", "街道", "机关", "直属", "新区", "局", "委")


_TOGETHER = (Rule.RELIGIOUS, Rule.CURRICULUM, Rule.PUBLIC_NAME)
_NUMBERED = re.compile("第.{1,2}(?:实验|中心)?幼儿园")
_SCHOOL = re.compile("[一二三四五六七八九十]{1,2}[中小]|实小")
_USUAL = re.compile("第.*|.*中心.*|.*示范.*|.{1,2}幼|[省市县区州]直|直属机关")
"""What public ones are mostly called: nobody asks whether such a one is public."""


class Seen(NamedTuple):
    """A finding with its place in the name as compared."""

    start: int
    end: int
    finding: Finding


def weigh(term: Term, nature: str, plain: str, start: int, end: int) -> Seen | None:
    """Return the finding that a term makes here, None where it is no word at all."""
    place = region_end(plain)
    longer = start == 0 and end - start > 2  # 北海道 is not in 北海, nor 安吉拉 in 安吉
    if start < place and not (end > place and longer):
        return None  # within the name of a region, or across its end: 汉中 + 国光
    cut = parted(plain, start, end, place)
    rest, written = plain[end:], plain[start:end]
    elsewhere = all(cut) or (cut.right and not term.certain)  # 音乐 in 佳音乐园
    if elsewhere or _is_a_place(term, nature, plain, start, rest):
        return None
    if term.private_only:
        unsure = cut.left and not term.certain
        return None if unsure else _weigh_public(term, nature, plain, place, start, end)
    if any(cut):
        zh, en = (
            f"请核对“{written}”，可能分属前后两个词？",
            f"Does “{written}” belong to two words?",
        )
        return _seen(term, start, end, OPEN, Question(zh, en))
    if term.certain and _may_be_where_it_stands(term, plain[place:start], rest):
        zh = f"请核对“{written}”是否出自所在小区、楼盘或地点的名称？"
        en = f"Is “{written}” part of the name of the estate or place where it stands?"
        return _seen(term, start, end, OPEN, Question(zh, en))
    sure = term.certain or _what_is_taught(term, plain[place:start], rest)
    return _seen(term, start, end, SURE if sure else OPEN, term.ask)


def _is_a_place(term: Term, nature: str, plain: str, start: int, rest: str) -> bool:
    """Tell whether what a term stands in is where the kindergarten lies, and nobody's choice."""
    if on_a_road(rest) or _names_a_place(term, plain, start, rest):
        return True
    return nature == PUBLIC and _is_public_ground(term, rest)


def _is_public_ground(term: Term, rest: str) -> bool:
    """Tell whether a public one bears the name of a community, a village or a school here."""
    if term.rule is Rule.CURRICULUM and a_public_school(rest):
        return True
    if _religious(term) and term.word in ("寺", "庙", "庵", "祠"):
        return True
    return a_community(rest) or a_landmark(rest)


def _what_is_taught(term: Term, own: str, rest: str) -> bool:
    """Tell whether a term that may be a subject is what the kindergarten is told by."""
    if term.rule is not Rule.CURRICULUM:
        return False
    return a_course(rest) or (term.subject and len(own) > 1 and ends_name(rest))


def _may_be_where_it_stands(term: Term, own: str, rest: str) -> bool:
    """Tell whether a term may come with the estate, the college or the place beside it."""
    if term.rule is Rule.CURRICULUM and a_college(rest):
        return True
    if beside(rest) or (term.rule is Rule.BANNED_TERM and a_developer(own)):
        return True
    return a_landmark(rest) or (not _religious(term) and an_estate(rest))


def _religious(term: Term) -> bool:
    return term.rule is Rule.RELIGIOUS


def _names_a_place(term: Term, plain: str, start: int, rest: str) -> bool:
    """Tell whether what stands around makes it the name of a place, which is nobody's choice."""
    if term.private_only:
        return not term.certain and a_facility(plain[:start])
    if _religious(term) and a_settlement(rest, wide=not term.certain):
        return True
    if not term.certain and term.rule in (Rule.RELIGIOUS, Rule.CURRICULUM) and a_landmark(rest):
        return True
    open_ground = term.rule not in (Rule.FOREIGN_PLACE, Rule.BANNED_TERM)
    named = term.rule is Rule.FOREIGN_WORD and len(term.word) > 2  # 爱丽丝 + 花园
    return not term.certain and open_ground and not named and an_estate(rest)


def _weigh_public(
    term: Term, nature: str, plain: str, place: int, start: int, end: int
) -> Seen | None:
    """Weigh a public name; the region at the beginning ends at `place`."""
    own = plain[place:start]
    numbered = _NUMBERED.match(plain, start if term.word[0] == "第" else start - 1)
    if nature == PUBLIC or (numbered and (a_chain(own.removesuffix("第")))):
        return None
    if nature == PRIVATE:
        if _SCHOOL.fullmatch(term.word) and ((not own and place) or own in _UNITS):
            return _seen(term, start, end, LIKELY, None)  # 市 + 一中
        whose = not beside(plain[end:])
        if numbered:
            whose = whose and (place > 0 or own.endswith(_UNITS))
        elif term.word.startswith(("附属", "附设")):
            whose = whose and names_a_school(own)
        return _seen(term, start, end, LIKELY if term.certain and whose else OPEN, term.ask)
    if _USUAL.fullmatch(term.word) and start > 0:
        return None
    zh = f"请核对办园性质：公办的可以使用“{term.word}”，民办的不可以？"
    en = f"Is it public or private? A private one may not bear “{term.word}”."
    return _seen(term, start, end, FAINT, Question(zh, en))


def _seen(term: Term, start: int, end: int, confidence: float, ask: Question | None) -> Seen:
    assert term.rule is not None
    if confidence >= CERTAIN or ask is None:
        return Seen(start, end, Finding(term.rule, term.word, 0, 0, confidence, term.why))
    return Seen(start, end, Finding(term.rule, term.word, 0, 0, confidence, ask.zh, ask))


def _is_by_sound(seen: Seen, plain: str) -> bool:
    """Tell whether a term stands here in other characters, one for each of its own."""
    written, term = plain[seen.start : seen.end], seen.finding.term
    return written != term and len(written) == len(term) and seen.finding.confidence < CERTAIN


def strengthened(found: Sequence[Seen], plain: str) -> list[Seen]:
    """Return what was found; what one word leaves open, two may settle.

    Two of one kind in a row (师大 + 实验幼儿园), or two terms written by their sound (国纪, 双雨).
    """
    if len(found) < 2:
        return list(found)
    by_sound = {each for each in found if _is_by_sound(each, plain)}
    raised = by_sound if len({each.finding.term for each in by_sound}) > 1 else set()
    for one in found:
        for two in found:
            rule = one.finding.rule
            pair = one.end == two.start and rule is two.finding.rule and rule in _TOGETHER
            known = min(one.finding.confidence, two.finding.confidence) > FAINT
            if pair and known and min(len(one.finding.term), len(two.finding.term)) > 1:
                raised |= {one, two}
    return [
        each._replace(
            finding=each.finding._replace(confidence=SURE, why=_why(each, by_sound), ask=None)
        )
        if each in raised and each.finding.confidence < CERTAIN
        else each
        for each in found
    ]


def _why(seen: Seen, by_sound: set[Seen]) -> str:
    term = seen.finding.term
    if seen in by_sound:
        return f"名称不止一处以谐音代替禁用字样，其中一处为“{term}”"
    return f"名称含有“{term}”，与相邻的词同类"
