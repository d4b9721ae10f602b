"""The rules of the name check: pure, and quick for a name that breaks none of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

import ahocorasick

from checklists.naming.model import CERTAIN, Checked, Finding, Rule, Rules, Verdict
from checklists.naming.signs import offsets, table
from checklists.naming.terms import Term, after, before, region_names, terms

_FOREIGN = re.compile(
    "[a-z\u00df-\u024f\u1e00-\u1eff]+|[\u0370-\u03ff\u1f00-\u1fff]+|[\u0400-\u052f]+|[\u0530-\u058f]+"
    "|[\u0590-\u05ff]+|[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff]+|[\u0900-\u0dff]+|[\u0e00-\u0eff]+"
    "|[\u0f00-\u0fff]+|[\u1000-\u109f]+|[\u10a0-\u10ff]+|[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+"
    "|[\u1780-\u17ff]+|[\u1800-\u18af]+|[\u3040-\u30ff\u31f0-\u31ff]+"
)
_ODD = re.compile("[^\u4e00-\u9fff0-9]")
"""What is no plain name: quick to look for, so that the scripts are looked for seldom."""

_PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|"
    r"ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|v))+"
)
_BLOCK = re.compile(r"[区座栋期幢馆组段]")
_STREET = re.compile(
    r"(?!小镇|小村|大学)(?:[寺庙庵堂殿院])?(?:[东西南北中上下前后新老大小一二三四五六七八九十])?"
    r"(?:路|街|大道|巷|弄|胡同|村|镇|乡|屯|社区|居委|桥|山|门|湖|河|塔|岭|沟|坪|庄|街道|岩|洞|阁|井|坡|塘|洲|滩)"
)
_ESTATE = re.compile(
    r".{0,2}?(?:花园|小区|新城|水城|名城|城|苑|湾|家园|公馆|庄园|小镇|广场|大厦|山庄|名邸|华府|府|豪庭|新村|公寓|嘉园|"
    r"雅园|花苑|豪园|世家|商城|街区|半岛|岛|公园|里|郡|港|花都|学院|大学|剧院|剧场|中心|博览|会展|机场|酒店|商贸)"
)
_END = re.compile(r"(?:幼儿园|幼稚园|托儿所|幼儿学校|学校|园)?$")

PRIVATE, PUBLIC = "民办", "公办"


@lru_cache(maxsize=64)
def _automaton(rules: Rules) -> Any:
    found: dict[str, list[Term]] = {}
    folded = table()
    for term in terms(rules):
        found.setdefault(term.word.translate(folded), []).append(term)
    automaton = ahocorasick.Automaton()
    automaton.add_word("\0", (1, ()))  # without a word it would refuse to search
    for word, meant in found.items():
        automaton.add_word(word, (len(word), tuple(meant)))
    automaton.make_automaton()
    return automaton


def check_names(names: Iterable[tuple[str, str]], rules: Rules) -> Iterator[Checked]:
    """Return the verdict on each (name, nature), in order.

    `nature` is 公办, 民办 or empty; offsets in findings are those of the name as written.
    """
    folded = table()
    search = _automaton(rules).iter
    odd, foreign = _ODD.search, _FOREIGN.search
    letters = Rule.FOREIGN_WORD in rules.holding
    for name, nature in names:
        plain = name.translate(folded)
        hits = list(search(plain))
        if hits or (letters and odd(plain) and foreign(plain)):
            yield _closely(name, nature, plain, hits, letters=letters)
        else:
            yield Checked(name, Verdict.OK)


def _closely(
    name: str,
    nature: str,
    plain: str,
    hits: Sequence[tuple[int, tuple[int, tuple[Term, ...]]]],
    *,
    letters: bool,
) -> Checked:
    place = _region_end(plain)
    found: list[tuple[int, int, Finding]] = []
    for last, (length, meant) in hits:
        start, end = last + 1 - length, last + 1
        for term in meant:
            confidence, why = _weigh(term, nature, plain, start, end, place)
            if confidence:
                found.append((start, end, Finding(term.rule, term.word, 0, 0, confidence, why)))
    if letters:
        found += _foreign(plain)
    if not found:
        return Checked(name, Verdict.OK)
    at = offsets(name)
    kept = [
        Finding(each.rule, each.term, at[start], at[end - 1] + 1, each.confidence, each.why)
        for start, end, each in sorted(found, key=lambda item: (item[0], -item[1]))
        if not _inside_another(start, end, each, found)
    ]
    broken = any(each.confidence >= CERTAIN for each in kept)
    return Checked(name, Verdict.VIOLATION if broken else Verdict.REVIEW, tuple(kept))


def _inside_another(
    start: int, end: int, own: Finding, found: Sequence[tuple[int, int, Finding]]
) -> bool:
    return any(
        first <= start
        and end <= last
        and last - first > end - start
        and (other.rule is own.rule or own.confidence < CERTAIN)
        for first, last, other in found
    )


def _weigh(
    term: Term, nature: str, plain: str, start: int, end: int, place: int
) -> tuple[float, str]:
    """Return how sure it is that a term breaks its rule here, 0 where it is no word at all."""
    if start < place:  # within the name of a region, or across its end: 汉中 + 国光
        return 0.0, ""
    parted = _parted(plain, start, end, place)
    rest = plain[end:]
    street = term.rule is not Rule.FOREIGN_WORD and _STREET.match(rest)
    estate = _ESTATE.match(rest)
    if term.private_only:
        return (0.0, "") if parted == 2 else _weigh_public(term, nature)
    if parted == 2 or street or (estate and not term.certain):
        return 0.0, ""
    if parted:
        return 0.5, f"“{plain[start:end]}”可能分属前后两个词，请核对"
    if term.certain and term.rule is not Rule.RELIGIOUS and estate:
        return 0.5, f"“{plain[start:end]}”可能出自小区或地点名称，请核对"
    return (0.95, term.why) if term.certain else (0.5, term.why)


def _weigh_public(term: Term, nature: str) -> tuple[float, str]:
    if nature == PUBLIC or (nature != PRIVATE and not term.certain):
        return 0.0, ""
    if nature == PRIVATE:
        return (0.85, term.why) if term.certain else (0.5, term.why)
    return (0.4, f"办园性质未填写；{term.why}") if "附" in term.word else (0.0, "")


def _parted(plain: str, start: int, end: int, place: int) -> int:
    """Return on how many sides a term's outer sign makes another word with its neighbour."""
    if start == place or (_END.fullmatch(plain[end:]) and start < 2):
        return 0
    left = any(
        plain[max(place, start + 1 - len(word)) : start + 1] == word
        for word in before().get(plain[start], ())
    )
    right = any(plain.startswith(word, end - 1) for word in after().get(plain[end - 1], ()))
    return int(left) + int(right)


def _region_end(plain: str) -> int:
    """Return where the names of regions at the beginning of a name end."""
    known, starts, end = region_names(), _region_starts(), 0
    while plain[end : end + 2] in starts:
        for length in range(min(12, len(plain) - end), 1, -1):
            if plain[end : end + length] in known:
                end += length
                break
        else:
            return end
    return end


@cache
def _region_starts() -> frozenset[str]:
    return frozenset(name[:2] for name in region_names())


def _foreign(plain: str) -> Iterator[tuple[int, int, Finding]]:
    for found in _FOREIGN.finditer(plain):
        start, end = found.span()
        word = found.group()
        confidence, why = 0.95, f"名称含有外文“{word}”"
        if end - start == 1 and word.isascii():
            if _BLOCK.match(plain[end:]):
                continue
            confidence, why = 0.5, f"名称含有单个字母“{word}”，请核对含义"
        elif word.isascii() and len(word) > 3 and _PINYIN.fullmatch(word):
            confidence, why = 0.6, f"“{word}”像是汉语拼音，请核对是否为外语词"
        yield start, end, Finding(Rule.FOREIGN_WORD, word, 0, 0, confidence, why)
