"""From the catalogue's data to controls; says everything that is wrong with the data at once.

The data's keys are documented in docs/reading-plans.md, "Add a control".
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from checklists.catalogue.errors import BadCatalogue
from checklists.catalogue.model import (
    AnswerKind,
    Ask,
    Binds,
    Catalogue,
    Condition,
    Control,
    Place,
    Severity,
    Window,
)

E = TypeVar("E", bound=StrEnum)

FIGURES = frozenset(
    {"percent", "grade", "count", "people", "period", "hours", "staffing", "class", "terms"}
)

_KEYS = frozenset(
    [
        "id",
        "title",
        "how",
        "asks",
        "binds",
        "also",
        "answer",
        "unit",
        "photo",
        "severity",
        "on_site",
        "place",
        "evidence",
        "articles",
        "only",
        "figure",
        "alternatives",
        "lists",
        "goals",
        "encouraged",
        "yields",
        "general",
        "two_persons",
        "drill",
    ]
)
_ENUMS: Mapping[str, type[StrEnum]] = {
    "binds": Binds,
    "also": Binds,
    "answer": AnswerKind,
    "severity": Severity,
    "place": Place,
    "only": Condition,
}
_ASK_KEYS = frozenset({"all", "context", "without", "never", "within"})
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ARTICLE = re.compile(r"[\u4e00-\u9fff]{3,20} \d{1,3}")
LONGEST_TERM = 16
"""Characters; a longer term would be a quotation, not a word by which clauses ask."""


def read_catalogue(
    files: Iterable[tuple[str, Mapping[str, Any]]], offices: Iterable[str] = ()
) -> Catalogue:
    """Return the catalogue in the parsed files (name, content), a family each, in order.

    `offices` are words of clauses that ask for no general control. Raises BadCatalogue naming
    every fault with its file and control.
    """
    faults: list[str] = []
    families: dict[str, Mapping[str, str]] = {}
    controls: dict[str, Control] = {}
    for file, content in files:
        family = str(content.get("family"))
        families[family] = content.get("title", {})
        if not {"zh", "en"} <= set(families[family]):
            faults.append(f"{file}: the family needs a title in zh and en")
        for raw in content.get("controls", ()):
            where = f"{file}: {raw.get('id')}"
            found = list(_faults(raw))
            if raw.get("id") in controls:
                found.append("the id is taken")
            faults += [f"{where}: {fault}" for fault in found]
            if not found:
                controls[raw["id"]] = _control(family, raw)
    faults += [
        f"{control.id} yields to {other}, which is no control"
        for control in controls.values()
        for other in control.yields
        if other not in controls
    ]
    if faults:
        raise BadCatalogue(faults="; ".join(faults))
    return Catalogue(families, controls, tuple(offices))


def _faults(raw: Mapping[str, Any]) -> Iterable[str]:
    return (*_missing(raw), *_misspelt(raw))


def _missing(raw: Mapping[str, Any]) -> Iterable[str]:
    if unknown := set(raw) - _KEYS:
        yield f"unknown keys {sorted(unknown)}"
    if not _ID.fullmatch(str(raw.get("id", ""))):
        yield "the id is not kebab-case"
    if not {"zh", "en"} <= set(raw.get("title", ())):
        yield "a title in zh and en is missing"
    for key, missing in (("how", "how it is checked"), ("asks", "the words that ask for it")):
        if not raw.get(key):
            yield f"{missing} is missing"


def _misspelt(raw: Mapping[str, Any]) -> Iterable[str]:
    for key, kind in _ENUMS.items():
        yield from _unknown(raw, key, kind)
    if raw.get("figure") not in FIGURES | {None}:
        yield f"figure {raw['figure']} is none of {sorted(FIGURES)}"
    yield from (
        f"article {article!r} is not 'law number'"
        for article in raw.get("articles", ())
        if not _ARTICLE.fullmatch(article)
    )
    yield from (fault for ask in raw.get("asks", ()) for fault in _ask_faults(ask))


def _unknown(raw: Mapping[str, Any], key: str, kind: type[StrEnum]) -> Iterable[str]:
    value = raw.get(key, ())
    for each in [value] if isinstance(value, str) else value:
        if each not in list(kind):
            yield f"{key} {each} is none of {[str(known) for known in kind]}"


def _ask_faults(ask: Mapping[str, Any]) -> Iterable[str]:
    if unknown := set(ask) - _ASK_KEYS:
        yield f"unknown keys {sorted(unknown)} in an asking"
    if not ask.get("all"):
        yield "an asking without words"
    if ask.get("within", "pair") not in list(Window):
        yield f"within {ask['within']} is none of {[str(each) for each in Window]}"
    groups = [*ask.get("all", ()), *ask.get("context", ())]
    groups += [ask[key] for key in ("without", "never") if key in ask]
    for term in (term for group in groups for term in _terms(group)):
        if not all(term.split("…")):
            yield f"an empty term in {ask}"
        if len(term) > LONGEST_TERM:
            yield f"the term {term} is longer than {LONGEST_TERM} characters"


def _terms(group: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in str(group).split("|"))


def _control(family: str, raw: Mapping[str, Any]) -> Control:
    return Control(
        id=raw["id"],
        family=family,
        title=raw["title"],
        how=raw["how"],
        asks=tuple(_ask(ask) for ask in raw["asks"]),
        binds=Binds(raw.get("binds", Binds.KINDERGARTEN)),
        also=tuple(Binds(each) for each in raw.get("also", ())),
        answer=AnswerKind(raw.get("answer", AnswerKind.YES_NO)),
        unit=raw.get("unit"),
        photo_required=raw.get("photo", False),
        severity=Severity(raw.get("severity", Severity.ORDINARY)),
        on_site=raw.get("on_site", True),
        place=Place(raw.get("place", Place.PAPERS)),
        evidence=raw.get("evidence", ""),
        articles=tuple(raw.get("articles", ())),
        only=tuple(Condition(each) for each in raw.get("only", ())),
        figure=raw.get("figure"),
        alternatives=tuple(raw.get("alternatives", ())),
        lists=tuple(raw.get("lists", ())),
        goals=raw.get("goals", False),
        encouraged=raw.get("encouraged", False),
        yields=tuple(raw.get("yields", ())),
        general=raw.get("general", False),
        two_persons=raw.get("two_persons", False),
        drill=raw.get("drill", False),
    )


def _ask(raw: Mapping[str, Any]) -> Ask:
    return Ask(
        all=tuple(_terms(group) for group in raw["all"]),
        context=tuple(_terms(group) for group in raw.get("context", ())),
        without=_terms(raw["without"]) if "without" in raw else (),
        never=_terms(raw["never"]) if "never" in raw else (),
        within=Window(raw.get("within", Window.PAIR)),
    )
