"""The terms that the rules speak of, as data, and the words in which a term is no word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from checklists.naming.model import Question, Rule, Rules
from checklists.naming.signs import compared
from checklists.regions import codes as regions

FILES: Mapping[Rule, str] = {
    Rule.BANNED_TERM: "banned",
    Rule.CURRICULUM: "curriculum",
    Rule.FOREIGN_PLACE: "foreign_places",
    Rule.FOREIGN_WORD: "foreign_words",
    Rule.RELIGIOUS: "religious",
    Rule.PUBLIC_NAME: "public_names",
}
LISTED, DOUBTFUL, SUBJECTS = "listed", "doubtful", "subjects"
"""Terms of clauses; what is always asked about; what is taught, which may be what a name claims."""


@dataclass(frozen=True)
class Term:
    """A term of a rule. `certain`: where it stands as a word, the rule is broken.

    `written` is how it stands in a name: another spelling of the term, or the term itself. `ask`
    is what to find out where it is not certain. Without a rule it is an ordinary word.
    """

    rule: Rule | None
    word: str
    certain: bool = False
    why: str = ""
    ask: Question | None = None
    written: str = ""
    listed: bool = False
    subject: bool = False

    @property
    def private_only(self) -> bool:
        return self.rule is Rule.PUBLIC_NAME


_WHY = {
    Rule.BANNED_TERM: "名称含有禁用字样“{word}”",
    Rule.CURRICULUM: "名称含有“{word}”，片面强调课程特色",
    Rule.FOREIGN_PLACE: "名称含有外国国名、地名、校名或人名“{word}”",
    Rule.FOREIGN_WORD: "名称含有外语词的音译“{word}”",
    Rule.RELIGIOUS: "名称含有带宗教色彩的“{word}”",
    Rule.PUBLIC_NAME: "民办幼儿园名称含有公办学校名称或简称“{word}”",
}
ASK = {
    Rule.BANNED_TERM: Question(
        "请核对“{word}”在名称中的含义，是否夸大办园范围？",
        "What does “{word}” mean in this name; does it claim more than the kindergarten is?",
    ),
    Rule.CURRICULUM: Question(
        "请核对“{word}”是否片面强调课程特色？",
        "Does “{word}” put one part of the curriculum first?",
    ),
    Rule.FOREIGN_PLACE: Question(
        "请核对“{word}”是否指外国或外国的地方、学校、人物？",
        "Is “{word}” meant as a foreign country, place, school or person?",
    ),
    Rule.FOREIGN_WORD: Question(
        "请核对“{word}”是否为外语词音译，取名由来是什么？",
        "Is “{word}” a foreign word in Chinese characters; where does it come from?",
    ),
    Rule.RELIGIOUS: Question(
        "请核对“{word}”是地名、人名还是宗教用语？",
        "Is “{word}” a place, a person's name, or religious?",
    ),
    Rule.PUBLIC_NAME: Question(
        "请核对“{word}”是否为公办学校的名称或简称，双方有无隶属关系？",
        "Is “{word}” a public school's name or short form; do the two belong together?",
    ),
}
HOMOPHONE = Question(
    "请核对“{written}”与禁用字样“{word}”谐音，取名用意是什么？",
    "“{written}” sounds like the banned “{word}”: what is it meant to say?",
)


@cache
def data(name: str) -> Mapping[str, Any]:
    text = (files("checklists.naming") / "terms" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def listed(rule: Rule) -> frozenset[str]:
    """Return the terms that hold where no plan lists any."""
    return frozenset(data(FILES[rule]).get(LISTED, ()))


@cache
def homes() -> Mapping[str, Rule]:
    """Return the rule that each known term belongs to."""
    return {
        word: rule
        for rule, name in FILES.items()
        for group in data(name).values()
        for word in group
    }


def terms(rules: Rules) -> Iterator[Term]:
    """Return the terms to look for under the rules that hold, and the ordinary words."""
    named = {Rule.BANNED_TERM: rules.banned, Rule.CURRICULUM: rules.curriculum}
    for rule, name in FILES.items():
        if rule not in rules.holding:
            continue
        words = named.get(rule, frozenset())
        yield from _known(rule, name, words)
        for word in sorted(words):
            yield _term(rule, word, certain=True, listed=True)
            yield from _disguised(rule, word)
    if Rule.FOREIGN_WORD in rules.holding:
        for word in sorted(syllables()):
            yield _term(Rule.FOREIGN_WORD, word, certain=False)
    for word in data("ordinary")["ordinary"]:
        yield Term(None, word, written=word)


def _known(rule: Rule, name: str, listed: frozenset[str]) -> Iterator[Term]:
    """Return the terms of a file but those that plans list; what is certain, in parts too."""
    for group, known in data(name).items():
        sure = group not in (DOUBTFUL, SUBJECTS)
        for word in known:
            if group == LISTED or word in listed:
                continue
            yield _term(rule, word, certain=sure, subject=group == SUBJECTS)
            if sure and len(word) < 4:
                yield from _in_parts(rule, word)


@cache
def syllables() -> frozenset[str]:
    """Return the pairs of signs by which foreign names are mostly written, but the terms."""
    told = data("syllables")
    pairs = {first + last for first in told["first"] for last in told["last"] if first != last}
    return frozenset(pairs - homes().keys() - set(told["never"]) - region_names())


def _term(
    rule: Rule,
    word: str,
    *,
    certain: bool,
    written: str = "",
    listed: bool = False,
    subject: bool = False,
) -> Term:
    question = Question(*(each.format(word=word) for each in ASK[rule]))
    why = _WHY[rule].format(word=word) if certain else question.zh
    if written:
        why += f"（写作“{written}”）"
    return Term(rule, word, certain, why, question, written or word, listed, subject)


def _disguised(rule: Rule, word: str) -> Iterator[Term]:
    """Return a listed term as it is written to slip past: by its parts, or by its sound."""
    told = data("homophones")
    yield from _in_parts(rule, word, listed=True)
    for spelled, meant in told["same"].items():
        if meant == word != compared(spelled):
            yield _term(rule, word, certain=True, written=spelled, listed=True)
    for spelled in sorted(alike(word)):
        question = Question(*(each.format(word=word, written=spelled) for each in HOMOPHONE))
        yield Term(rule, word, False, question.zh, question, spelled)


def _in_parts(rule: Rule, word: str, *, listed: bool = False) -> Iterator[Term]:
    """Return a term with the parts of its signs side by side, or some of them in letters."""
    parts = data("homophones")["parts"]
    ways = [(sign, *parts.get(sign, ())) for sign in word]
    for spelled in ("".join(way) for way in product(*ways)):
        if compared(spelled) != word and not spelled.isascii():
            yield _term(rule, word, certain=True, written=spelled, listed=listed)


def alike(word: str) -> set[str]:
    """Return what sounds like a term and keeps some of its characters, and what is listed so."""
    sounds = _sounds()
    ways = [sounds.get(sign, sign) for sign in word]
    if len(word) > 4:
        return set()
    found = {
        spelled
        for spelled in map("".join, product(*ways))
        if spelled != word and any(a == b for a, b in zip(spelled, word, strict=True))
    }
    return found | set(data("homophones")["also"].get(word, ()))


@cache
def _sounds() -> Mapping[str, str]:
    return {sign: group for group in data("homophones")["sounds"] for sign in group}


@cache
def before() -> Mapping[str, frozenset[str]]:
    return {sign: frozenset(words) for sign, words in data("neighbours")["before"].items()}


@cache
def after() -> Mapping[str, frozenset[str]]:
    return {sign: frozenset(words) for sign, words in data("neighbours")["after"].items()}


_LAST = ("自治区", "自治州", "自治县", "特别行政区", "新区", "省", "市", "区", "县", "旗", "盟")


@cache
def region_names() -> frozenset[str]:
    """Return the names of regions, whole and without their last word, as names are compared."""
    found = set()
    for code, name in regions.names().items():
        if code == regions.NATION:
            continue
        plain = compared(name)
        found.add(plain)
        for last in _LAST:
            if plain.endswith(last) and len(plain) - len(last) >= 2:
                found.add(plain.removesuffix(last))
                break
    return frozenset(found)
