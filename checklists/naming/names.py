"""The rules of the name check: pure, and quick for a name that breaks none of them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import Any, NamedTuple, TypeAlias

import ahocorasick

from checklists.naming.model import CERTAIN, Checked, Finding, Question, Rule, Rules, Verdict
from checklists.naming.pinyin import are_initials, is_pinyin
from checklists.naming.signs import offsets, table
from checklists.naming.terms import Term, terms
from checklists.naming.weighing import OPEN, SURE, Seen, strengthened, weigh

_FOREIGN = re.compile(
    "[a-z\u00df-\u024f\u1e00-\u1eff]+|[\u0370-\u03ff\u1f00-\u1fff]+|[\u0400-\u052f]+|[\u0530-\u058f]+"
    "|[\u0590-\u05ff]+|[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff]+|[\u0900-\u0dff]+|[\u0e00-\u0eff]+"
    "|[\u0f00-\u0fff]+|[\u1000-\u109f]+|[\u10a0-\u10ff]+|[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+"
    "|[\u1780-\u17ff]+|[\u1800-\u18af]+|[\u3040-\u30ff\u31f0-\u31ff]+|[\u3105-\u312f\u31a0-\u31bf]+"
)
_ODD = re.compile("[^\u4e00-\u9fff0-9\x01]")
"""What no plain name holds: quick to look for, so that the scripts are looked for seldom."""

_BLOCK = re.compile(r"[区座栋期幢馆组段号]")
_BETWEEN = "[0-9a-z\u3007]{1,3}"
"""What is put between the characters of a term and belongs to neither."""

PART = "\x01"
"""What stands between names that are looked through together: no name as written has it."""

BATCH = 500
Hit: TypeAlias = tuple[int, tuple[int, tuple[Term, ...]]]
"""Where a term ends in a name, how long it is, and what it may mean there."""


class _Search(NamedTuple):
    iterate: Any
    between: re.Pattern[str] | None
    named: dict[str, Term]


@lru_cache(maxsize=64)
def _search(rules: Rules) -> _Search:
    found: dict[str, list[Term]] = {}
    folded = table()
    named = {}
    for term in terms(rules):
        found.setdefault(term.written.translate(folded), []).append(term)
        if term.listed and term.written == term.word and len(term.word) < 5:
            named[term.word.translate(folded)] = term
    automaton = ahocorasick.Automaton()
    automaton.add_word("\0", (1, (Term(None, "\0"),)))  # without a word it would refuse to search
    for word, meant in found.items():
        plainly = [term for term in meant if term.rule is None]
        automaton.add_word(word, (len(word), tuple(plainly or meant)))
    automaton.make_automaton()
    spread = "|".join(_BETWEEN.join(map(re.escape, word)) for word in named if len(word) > 1)
    return _Search(automaton.iter, re.compile(spread) if spread else None, named)


def check_names(names: Iterable[tuple[str, str]], rules: Rules) -> Iterator[Checked]:
    """Return the verdict on each (name, nature), in order.

    `nature` is 公办, 民办 or empty; offsets in findings are those of the name as written.
    """
    search = _search(rules)
    letters = Rule.FOREIGN_WORD in rules.holding
    waiting = iter(names)
    size = 1  # the first is answered at once; a long list is looked through by the hundred
    while batch := list(islice(waiting, size)):
        yield from _batch(batch, search, letters=letters)
        size = BATCH


def _batch(
    batch: Sequence[tuple[str, str]], search: _Search, *, letters: bool
) -> Iterator[Checked]:
    """Look through many names at once, then closely at those in which something stands."""
    text = PART.join(name for name, _ in batch).translate(table())
    plain = text.split(PART)
    if len(plain) != len(batch):  # a name holds the sign that parts them
        for each in batch:
            clean = (each[0].replace(PART, " "), each[1])
            yield next(_batch([clean], search, letters=letters))._replace(name=each[0])
        return
    ends = list(accumulate(len(each) + 1 for each in plain))
    hits: dict[int, list[Hit]] = {}
    for last, (length, meant) in search.iterate(text):
        number = bisect_right(ends, last)
        start = ends[number - 1] if number else 0
        hits.setdefault(number, []).append((last - start, (length, meant)))
    odd: set[int] = set()
    if letters:
        odd.update(bisect_right(ends, found.start()) for found in _ODD.finditer(text))
    if search.between is not None:
        odd.update(bisect_right(ends, found.start()) for found in search.between.finditer(text))
    make = tuple.__new__  # a third of the time of Checked(…), for nearly all names
    for number, (name, nature) in enumerate(batch):
        terms = _standing(hits[number]) if number in hits else ()
        if terms or number in odd:
            found = [
                seen
                for start, end, meant in terms
                for term in meant
                if (seen := weigh(term, nature, plain[number], start, end))
            ]
            if number in odd:
                found += _oddly(plain[number], search, found, letters=letters)
            if found:
                found = strengthened(found, plain[number])
                yield settled(name, plain[number], found)
                continue
        yield make(Checked, (name, Verdict.OK, ()))


def _standing(hits: Sequence[Hit]) -> list[tuple[int, int, tuple[Term, ...]]]:
    """Return where terms stand, and what they may be, but where they belong to ordinary words."""
    ordinary = [
        (last + 1 - length, last) for last, (length, meant) in hits if meant[0].rule is None
    ]
    standing = []
    for last, (length, meant) in hits:
        start = last + 1 - length
        if meant[0].rule is None:
            continue
        for first, until in ordinary:
            if first <= start and last <= until:
                break
        else:
            standing.append((start, last + 1, meant))
    return standing


def _oddly(plain: str, search: _Search, found: Sequence[Seen], *, letters: bool) -> Iterator[Seen]:
    """Yield what signs other than plain characters say, but those within a term just found."""
    spread = list(_spread(plain, search))
    yield from spread
    if not letters:
        return
    certain = [each for each in (*found, *spread) if each.finding.confidence >= CERTAIN]
    for each in _foreign(plain):
        if not any(other.start < each.start and each.end < other.end for other in certain):
            yield each


def settled(name: str, plain: str, found: Sequence[Seen]) -> Checked:
    """Return the verdict that the findings make, their places those of the name as written."""
    at = range(len(name)) if len(plain) == len(name) else offsets(name)
    kept = [each for each in found if not _inside_another(each, found)]
    kept.sort(key=lambda each: (each.start, -each.end))
    placed = tuple(
        Finding(rule, term, at[start], at[end - 1] + 1, confidence, why, ask)
        for start, end, (rule, term, _, _, confidence, why, ask) in kept
    )
    broken = any(each.confidence >= CERTAIN for each in placed)
    return Checked(name, Verdict.VIOLATION if broken else Verdict.REVIEW, placed)


def _inside_another(own: Seen, found: Sequence[Seen]) -> bool:
    return any(
        other.start <= own.start
        and own.end <= other.end
        and other.end - other.start > own.end - own.start
        and (other.finding.rule is own.finding.rule or own.finding.confidence < CERTAIN)
        for other in found
    )


def _spread(plain: str, search: _Search) -> Iterator[Seen]:
    """Yield the listed terms with letters or figures between their characters."""
    if search.between is None:
        return
    for found in search.between.finditer(plain):
        word = re.sub("[0-9a-z\u3007]", "", found.group())
        term = search.named[word]
        assert term.rule is not None
        why = f"{term.why}（字间夹有其他字符）"
        yield Seen(*found.span(), Finding(term.rule, term.word, 0, 0, SURE, why))


def _foreign(plain: str) -> Iterator[Seen]:
    for found in _FOREIGN.finditer(plain):
        start, end = found.span()
        word = found.group()
        ask = None
        confidence, why = SURE, f"名称含有外文“{word}”"
        if end - start == 1 and word.isascii():
            if _BLOCK.match(plain[end:]):
                continue
            ask = Question(
                f"请核对单个字母“{word}”在名称中的含义？",
                f"What does the letter “{word}” stand for?",
            )
        elif "\u3105" <= word[0] <= "\u312f":
            ask = Question(
                f"请核对注音“{word}”代替的是什么字？",
                f"What does the phonetic “{word}” stand for?",
            )
        elif are_initials(word):
            ask = Question(
                f"请核对“{word}”是汉语拼音首字母还是外文缩写？",
                f"Is “{word}” the initials of pinyin or a foreign short form?",
            )
        elif len(word) > 3 and is_pinyin(word):
            ask = Question(
                f"请核对“{word}”是汉语拼音还是外语词？", f"Is “{word}” pinyin or a foreign word?"
            )
        if ask is not None:
            confidence, why = OPEN, ask.zh
        yield Seen(start, end, Finding(Rule.FOREIGN_WORD, word, 0, 0, confidence, why, ask))
