"""The terms that the rules speak of, as data, and the words that tell where a term is no word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from checklists.naming.model import Rule, Rules
from checklists.naming.signs import compared
from checklists.regions import codes as regions


@dataclass(frozen=True)
class Term:
    """A term of a rule. `certain`: where it stands as a word, the rule is broken."""

    rule: Rule
    word: str
    certain: bool
    why: str
    private_only: bool = False


_WHY = {
    Rule.BANNED_TERM: "名称含有禁用字样“{word}”",
    Rule.CURRICULUM: "名称含有“{word}”，片面强调课程特色",
    Rule.FOREIGN_PLACE: "名称含有外国国名、地名、校名或人名“{word}”",
    Rule.FOREIGN_WORD: "名称含有外语词的音译“{word}”",
    Rule.RELIGIOUS: "名称含有带宗教色彩的“{word}”",
    Rule.PUBLIC_NAME: "民办幼儿园名称含有公办学校名称或简称“{word}”",
}
_ASK = {
    Rule.BANNED_TERM: "请核对“{word}”在名称中的含义",
    Rule.CURRICULUM: "请核对“{word}”是否片面强调课程特色",
    Rule.FOREIGN_PLACE: "请核对“{word}”是否指外国或外国地方",
    Rule.FOREIGN_WORD: "请核对“{word}”是否为外语词音译",
    Rule.RELIGIOUS: "请核对“{word}”是地名还是宗教用语",
    Rule.PUBLIC_NAME: "请核对“{word}”是否为公办学校的名称或简称",
}


@cache
def data() -> Mapping[str, Any]:
    text = (files("checklists.naming") / "terms" / "rules.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def every_rule() -> Rules:
    """Return every naming rule known, with the terms listed here."""
    told = data()
    return Rules(
        banned=frozenset(told["banned"]["listed"]),
        curriculum=frozenset(told["curriculum"]["listed"]),
    )


def terms(rules: Rules) -> Iterator[Term]:
    """Return the terms to look for under the rules that hold."""
    told = data()
    listed = {Rule.BANNED_TERM: rules.banned, Rule.CURRICULUM: rules.curriculum}
    for rule, key in (
        (Rule.BANNED_TERM, "banned"),
        (Rule.CURRICULUM, "curriculum"),
        (Rule.FOREIGN_PLACE, "foreign_place"),
        (Rule.FOREIGN_WORD, "foreign_word"),
        (Rule.RELIGIOUS, "religious"),
        (Rule.PUBLIC_NAME, "public_name"),
    ):
        if rule not in rules.holding:
            continue
        words = listed.get(rule, frozenset())
        for kind, group in told[key].items():
            if kind != "listed":
                for word in group:
                    if word not in words:
                        yield _term(rule, word, certain=kind != "doubtful")
        for word in words:
            yield _term(rule, word, certain=True)
            for alike in told["homophones"].get(word, ()):
                why = f"“{alike}”与禁用字样“{word}”谐音，请核对取名用意"
                yield Term(rule, alike, certain=False, why=why)


def _term(rule: Rule, word: str, *, certain: bool) -> Term:
    why = (_WHY if certain else _ASK)[rule].format(word=word)
    return Term(rule, word, certain, why, private_only=rule is Rule.PUBLIC_NAME)


@cache
def before() -> Mapping[str, frozenset[str]]:
    return {sign: frozenset(words) for sign, words in data()["before"].items()}


@cache
def after() -> Mapping[str, frozenset[str]]:
    return {sign: frozenset(words) for sign, words in data()["after"].items()}


@cache
def region_names() -> frozenset[str]:
    """Return the names of regions, whole and without their last word, as names are compared."""
    found = set()
    for code, name in regions.names().items():
        if code == regions.NATION:
            continue
        plain = compared(name)
        found.add(plain)
        for last in (
            "自治区",
            "自治州",
            "自治县",
            "特别行政区",
            "新区",
            "省",
            "市",
            "区",
            "县",
            "旗",
            "盟",
        ):
            if plain.endswith(last) and len(plain) - len(last) >= 2:
                found.add(plain.removesuffix(last))
                break
    return frozenset(found)
